"""Measure how many look-alike characters are restored, and how many clean ones are touched.

    python benchmarks/lookalikes.py                 the figures, on the pairs that were held back
    python benchmarks/lookalikes.py --developing    the same on the pairs that were worked with
    python benchmarks/lookalikes.py --read FILE     every repair of a Chinese text, to be read
    python benchmarks/lookalikes.py --clean FILE    the figures on other clean Chinese text

Three in a hundred Han characters of a clean text are put for a look-alike from
`lookalike_pairs.txt` (written for this; kinds seen in spam: a part added, a part taken away, an old
or foreign form, the same sound), five times with other seeds: in the text as one article, and cut
into articles of about a thousand characters.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

from polythemes.languages.text import HAN
from polythemes.repairs import repair

HERE = Path(__file__).parent
RATE, SEEDS, ARTICLE = 0.03, range(5), 1000


def pairs(*, held_back: bool) -> list[tuple[str, str]]:
    """Give one half of the pairs, split by hash: the character meant and its look-alike."""
    lines = (HERE / "lookalike_pairs.txt").read_text("utf-8").splitlines()
    every = [(line[0], other) for line in lines for other in line[1:].split()]
    return [
        (common, other)
        for common, other in every
        if hashlib.sha256((common + other).encode()).digest()[0] % 2 == held_back
    ]


def corrupt(text: str, table: Sequence[tuple[str, str]], seed: int) -> tuple[str, set[int]]:
    """Put look-alikes for some characters of a text; give the text and where they stand."""
    others = defaultdict(list)
    for common, other in table:
        others[common].append(other)
    generator = random.Random(seed)  # noqa: S311
    places = [k for k, character in enumerate(text) if character in others]
    chosen = set(generator.sample(places, min(len(places), round(RATE * len(HAN.findall(text))))))
    spoofed = [generator.choice(others[c]) if k in chosen else c for k, c in enumerate(text)]
    return "".join(spoofed), chosen


def articles(text: str) -> Iterator[str]:
    """Cut a text into articles of whole paragraphs."""
    article = ""
    for line in text.splitlines(keepends=True):
        article += line
        if len(article) >= ARTICLE:
            yield article
            article = ""
    if article:
        yield article


def measure(texts: Sequence[str], table: Sequence[tuple[str, str]]) -> tuple[int, int, int, int]:
    """Count look-alikes, those restored, clean characters, and those touched."""
    spoofs = restored = clean = touched = 0
    for seed in SEEDS:
        for number, text in enumerate(texts):
            spoofed, chosen = corrupt(text, table, 1000 * seed + number)
            mended, _ = repair(spoofed, "zh", names=())
            if len(mended) != len(text):
                sys.exit("a repair changed the length of the text: the text is not clean")
            right = [a == b for a, b in zip(mended, text, strict=True)]
            spoofs += len(chosen)
            restored += sum(right[k] for k in chosen)
            clean += len(text) - len(chosen)
            touched += sum(not same for k, same in enumerate(right) if k not in chosen)
    return spoofs, restored, clean, touched


def read(path: Path) -> None:
    """Print every repair of a text with what stands around it."""
    text = path.read_text(encoding="utf-8")
    for one in repair(text, "zh", names=())[1]:
        before, after = text[max(0, one.start - 8) : one.start], text[one.end : one.end + 8]
        around = f"{before}[{one.before!r}→{one.after!r}]{after}".replace("\n", "|")
        print(f"{one.start:>7}  {one.sort:<10}  {around}  ({one.reason})")


def main() -> None:
    """Print the figures, or the repairs of one text."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--developing", action="store_true", help="the pairs worked with")
    parser.add_argument("--clean", type=Path, default=HERE / "lookalike_clean.txt")
    parser.add_argument("--read", type=Path, help="print the repairs of this text instead")
    given = parser.parse_args()
    if given.read:
        read(given.read)
        return
    text, table = given.clean.read_text(encoding="utf-8"), pairs(held_back=not given.developing)
    alone = len(repair(text, "zh", names=())[1])
    print(f"{len(text)} characters, {len(table)} pairs; {alone} repairs of the clean text itself")
    print("text            look-alikes  restored  clean touched  seconds")
    for name, texts in (("one article", [text]), ("short articles", list(articles(text)))):
        begun = time.perf_counter()
        spoofs, restored, clean, touched = measure(texts, table)
        took = time.perf_counter() - begun
        shares = f"{restored / spoofs:>8.1%}  {touched / clean:>13.3%}"
        print(f"{name:<14}  {spoofs:>11}  {shares}  {took:>7.2f}")


if __name__ == "__main__":
    main()
