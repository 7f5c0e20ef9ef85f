"""Fit the weights of the cleaner's weak signs, and judge them on pages and languages left out.

    python benchmarks/cleaning_model.py            cross-validation by page and by language
    python benchmarks/cleaning_model.py --write    the weights of all pages, into the package

Rows are the lines that no rule names, of data/sample and benchmarks/pages. The rules name fewer
lines of pages nobody saw than of these; so each page is cleaned again with a part of the cue words
taken away, which leaves more of its lines to the signs.
"""

from __future__ import annotations

import argparse
import functools
import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import cleaning as benchmark
import numpy as np
from sklearn.linear_model import LogisticRegression

from polythemes import cleaning, languages
from polythemes.cleaning import (
    blocks,
    calls,
    counts,
    distance,
    held,
    model,
    notices,
    pages,
    people,
    signs,
    tables,
)
from polythemes.cleaning.lines import Line, split
from polythemes.cleaning.spoken import Spoken

WEIGHTS = Path(cleaning.__file__).parent / "weights.toml"
#: Parts of the cue words that are taken away, each with another draw.
DROPPED = (0.0, 0.5, 0.5, 0.8, 0.9)
#: Weight of a row of such a page, and the strength of the fit.
LESS, STRENGTH = 0.25, 1.0
USERS = (pages, held, notices, people, counts, signs, calls)


@dataclass
class Row:
    """A line: where it is from, whether it is the page's, what of the body it holds, its signs."""

    page: str
    language: str
    draw: int
    label: bool
    body: int
    place: int
    lines: list[Line]
    signs: dict[str, float]
    said: dict[str, float]


def drop(rate: float, draw: int) -> None:
    """Take a part of the cue words away, chosen by their hash."""

    @functools.cache
    def fewer(sort: str) -> frozenset[str]:
        kept = [word for word in languages.cues(sort) if _hash(f"{draw}{word}") >= rate]
        return frozenset(kept)

    for user in USERS:
        user.cues = fewer  # type: ignore[attr-defined]
        for name in vars(user).values():
            if hasattr(name, "cache_clear") and name is not fewer:
                name.cache_clear()


def _hash(text: str) -> float:
    """Give a number from 0 to 1 for a text."""
    return int(hashlib.sha256(text.encode()).hexdigest()[:8], 16) / 2**32


def read() -> list[tuple[str, str, str, list[benchmark.Wanted]]]:
    """Read the pages: name, language, text and what each line should be."""
    found = []
    for texts, wanted in (benchmark.read_sample(), benchmark.read_pages(benchmark.PAGES)):
        rest = iter(wanted)
        for row in texts.sort_values("article_id").itertuples():
            own = [next(rest) for _ in row.text.split("\n")]
            found.append((row.article_id, row.language, row.text, own))
    return found


def rows(draw: int, embed: distance.Embed) -> list[Row]:
    """Give the undecided lines of all pages, a part of the cue words taken away."""
    drop(DROPPED[draw], draw)
    found, asked = [], []
    for name, language, text, wanted in read():
        lines = [cleaning._alone(line) for line in tables.rows(split(text))]
        runs = blocks.runs(lines)
        named = cleaning._judge(blocks.join(lines, runs), language, frozenset())
        places = model.undecided(named)
        asked.append((named, places))
        spoken = Spoken(named)
        for i, one in zip(places, signs.looks(named, places), strict=True):
            own = wanted[runs[i][0] : runs[i][1] + 1]
            body = sum(w.kept for w in own)
            page = sum(len(w.text) for w in own if w.label.split("+")[0] in benchmark.SORTS)
            if body or page:
                found.append(
                    (
                        len(asked) - 1,
                        Row(
                            name,
                            language,
                            draw,
                            page > body,
                            body,
                            i,
                            named,
                            one | spoken.signs(i),
                            {},
                        ),
                    )
                )
    known = distance.vectors(asked, embed)
    for k, row in found:
        row.said = distance.meaning(
            row.lines[row.place].text, distance.paragraphs(asked[k][0]), known
        )[0]
    return [row for _, row in found]


def fit(data: Sequence[Row], *, said: bool) -> dict[str, float]:
    """Fit the weights of the signs, with or without those of the meaning."""
    names = [*data[0].signs, *(data[0].said if said else ())]
    table = [[{**row.signs, **row.said}[name] for name in names] for row in data]
    weight = [LESS if row.draw else 1.0 for row in data]
    found = LogisticRegression(C=STRENGTH, max_iter=5000)
    found.fit(np.array(table), [row.label for row in data], sample_weight=weight)
    always = {"always": float(found.intercept_[0])}
    return always | dict(zip(names, map(float, found.coef_[0]), strict=True))


def judge(data: Sequence[Row], group: Callable[[Row], str], *, said: bool) -> str:
    """Leave out pages or languages in turn: what is found of the page, what is lost of the body."""
    found, gone = 0, 0
    for one in sorted({group(row) for row in data}):
        weights = fit([row for row in data if group(row) != one], said=said)
        for row in data:
            if group(row) == one and not row.draw:
                all_ = row.signs | (row.said if said else {})
                score = weights["always"] + sum(weights[name] * all_[name] for name in all_)
                least = model.least(row.lines[row.place], row.signs)
                asked = model.open_(row.lines, [row.place], said=said)
                if asked and score > least + (0 if said else model.BLIND):
                    found, gone = found + row.label, gone + row.body * (not row.label)
    whole = [row for row in data if not row.draw]
    total = sum(row.label for row in whole)
    lost = 100 * gone / sum(row.body for row in whole)
    return f"{found} of {total} lines found, {lost:.2f} % of undecided body lost"


def write(data: Sequence[Row]) -> None:
    """Write the weights of all pages into the package."""
    text = "# Weights of the signs of a page, made by benchmarks/cleaning_model.py --write.\n"
    for name, said in (("shape", False), ("meaning", True)):
        weights = fit(data, said=said)
        ordered = sorted(weights, key=lambda sign: (sign != "always", -weights[sign]))
        text += f"\n[{name}]\n" + "".join(f'"{s}" = {weights[s]:.2f}\n' for s in ordered)
    WEIGHTS.write_text(text, "utf-8")


def main() -> None:
    """Fit and judge."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--write", action="store_true", help="write the weights")
    given = parser.parse_args()
    data = [row for draw in range(len(DROPPED)) for row in rows(draw, benchmark.encoder())]
    for said in (False, True):
        for name, group in (("page", lambda row: row.page), ("language", lambda row: row.language)):
            with_ = "with" if said else "without"
            print(f"{with_} encoder, one {name} left out: {judge(data, group, said=said)}")
    if given.write:
        write(data)


if __name__ == "__main__":
    main()
