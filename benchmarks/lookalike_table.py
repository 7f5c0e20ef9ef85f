"""Make the tables of `polythemes.repairs`: which rare characters look or sound like common ones.

    python benchmarks/lookalike_table.py          write lookalikes.tsv and kinds.tsv
    python benchmarks/lookalike_table.py --fit    fit the weights below to the developing pairs

Needs `pypinyin` (readings) beside what the package needs. Shapes are those of Noto Sans SC, drawn
by FreeType and compared by correlation: the whole character, its parts with the whole of a common
character (岼 and 平), and the whole with the parts of one (礻 and 示). Sounds are syllables without
tone. The cost of a pair is a conditional logit over those, the common character's frequency given.
About three minutes; the files are committed, so that nobody else has to run this.
"""

from __future__ import annotations

import argparse
import math
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from pathlib import Path

import numpy as np
from glyphs import Glyphs, Shape
from jieba.posseg.prob_trans import P as TRANSITIONS
from lookalikes import pairs
from numpy.typing import NDArray
from pypinyin.pinyin_dict import pinyin_dict
from scipy.optimize import minimize

from polythemes.repairs.lexicon import level
from polythemes.repairs.simplified import simplified

PACKAGE = Path(__file__).parents[1] / "src" / "polythemes" / "repairs"
#: Characters that others are put for, by frequency; those met more often are not rare.
TARGETS, RARE = 2500, 5000
#: A shape among the first so many is near.
NEAR = 8
#: What a rare character counts for itself among 60 million words, by its level in GB 2312.
OWN = {0: 0.3, 1: 300.0, 2: 60.0}
#: Costs run from 0 for the surest pairs; those dearer than the first by more than SPAN are left.
SUREST, SPAN, MOST, LEAST = 6.0, 6.0, 6, -2.0
#: Which of them says that only the sound is near.
FAR = 7
#: A form of a radical scores as this.
RADICAL = 6.0
#: The commonest targets, which are the likeliest to be swapped for a sound.
COMMONEST = 50

#: By `--fit`: whole, part and lacking; each of them first; sound, sound of a shape that is not
#: near, of a common target, times shape; fourth powers of whole and part; log of the better rank.
WEIGHTS = np.array([1.05, 0.15, 1.01, 0.57, 1.25, -0.16, 2.39, 1.39, 0.94, 1.09, 1.32, 1.76, -0.68])


def counts() -> tuple[Counter[str], Counter[str], Counter[str], int]:
    """Count characters alone, in all words, and kinds of words, in jieba's dictionary."""
    alone, every, kinds, total = Counter[str](), Counter[str](), Counter[str](), 0
    for line in (resources.files("jieba") / "dict.txt").read_text("utf-8").splitlines():
        word, count, tag = line.split()
        if len(word) == 1 and tag == "zg" and level(word) != 1:
            continue
        total += int(count)
        kinds[f"{min(len(word), 2)}{tag}"] += int(count)
        for character in set(word):
            every[character] += int(count)
        if len(word) == 1:
            alone[word] += int(count)
    return alone, every, kinds, total


def syllables(character: str) -> set[str]:
    """Give the readings of a character without their tones."""
    readings = pinyin_dict.get(ord(character), "").split(",")
    plain = ("".join(c for c in unicodedata.normalize("NFD", r) if c.isascii()) for r in readings)
    return set(plain) - {""}


class Candidates:
    """Say which common characters a rare one may stand for, and how they compare."""

    def __init__(self, glyphs: Glyphs, targets: Sequence[str]) -> None:
        self.glyphs, self.targets = glyphs, list(targets)
        drawn = [glyphs.shapes(target) for target in targets]
        self.whole = np.array([whole for whole, _ in drawn])
        self.parts = np.array([part for _, parts in drawn for part in parts])
        self.first = np.cumsum([0, *(len(parts) for _, parts in drawn[:-1])])
        self.sounds = [syllables(target) for target in targets]

    def of(self, rare: Sequence[str]) -> Iterator[tuple[str, dict[str, NDArray[np.float64]]]]:
        """Give the candidates of some characters with what speaks for each."""
        drawn = [self.glyphs.shapes(character) for character in rare]
        wholes = np.array([whole for whole, _ in drawn])
        alike = wholes @ self.whole.T
        lacking = np.maximum.reduceat(wholes @ self.parts.T, self.first, axis=1)
        for k, character in enumerate(rare):
            parts = drawn[k][1]
            part = (np.array(parts) @ self.whole.T).max(0) if parts else np.zeros(len(self.whole))
            yield character, self._features(character, (alike[k], part, lacking[k]))

    def _features(
        self, character: str, alike: tuple[Shape, Shape, Shape]
    ) -> dict[str, NDArray[np.float64]]:
        """Put together what speaks for each candidate of one character."""
        ranks = [np.argsort(np.argsort(-values, kind="stable")) for values in alike]
        mine = syllables(character)
        sound = np.array([bool(mine & theirs) for theirs in self.sounds])
        near = np.minimum(ranks[0], ranks[1])
        kept = (near < NEAR) | (ranks[2] < NEAR // 2)
        kept |= sound & ((near < 40) | (np.arange(len(sound)) < 300))
        whole, part, lacking = (np.clip(values, 0, None) for values in alike)
        firsts = [rank == 0 for rank in ranks]
        common = sound & (np.arange(len(sound)) < COMMONEST)
        columns = [whole, part, lacking, *firsts, sound, sound & (near >= NEAR), common]
        columns += [sound * np.maximum(whole, part), whole**4, part**4, np.log1p(near)]
        table = np.array(columns, dtype=np.float64).T
        others = [k for k in np.flatnonzero(kept) if self.targets[k] != character]
        return {self.targets[k]: table[k] for k in others}


def radicals(glyphs: Glyphs) -> dict[str, str]:
    """Pair the forms of radicals with the characters they stand for, as 礻 with 示.

    The font draws a radical's form and the character of that shape with one glyph; Unicode's names
    say which radical a form is of.
    """
    same: dict[int, list[str]] = defaultdict(list)
    for code, glyph in glyphs.map.items():
        same[glyph].append(chr(code))
    full = {unicodedata.name(chr(c))[15:]: chr(c) for c in range(0x2F00, 0x2FD6)}
    found = {}
    for characters in same.values():
        for form in characters:
            if 0x2E80 <= ord(form) <= 0x2EF3:
                words = unicodedata.name(form)[12:].split()
                words = [w for w in words if not w.endswith("SIMPLIFIED")]
                if words[-1:] and words[-1] in ("ONE", "TWO", "THREE", "FOUR"):
                    words.pop()
                target = unicodedata.normalize("NFKC", full.get(" ".join(words), form))
                found |= {c: target for c in characters if c not in (form, target)}
    return found


def fit(candidates: Candidates, every: Counter[str]) -> NDArray[np.float64]:
    """Fit the weights to the developing half of the pairs, frequent ones more (ridge of 0.002)."""
    known = dict[str, str]((rare, common) for common, rare in pairs(held_back=False))
    cases = []
    for rare, table in candidates.of(list(known)):
        if known[rare] in table:
            prior = np.log([every[target] for target in table])
            right = list(table).index(known[rare])
            cases.append((np.array(list(table.values())), prior, right, every[known[rare]] ** 0.5))

    total = sum(weight for *_, weight in cases)

    def loss(weights: NDArray[np.float64]) -> float:
        lost = 0.0
        for features, prior, right, weight in cases:
            score = features @ weights + prior
            lost += weight * float(np.logaddexp.reduce(score) - score[right])
        return lost / total + 0.002 * float(weights @ weights)

    found: NDArray[np.float64] = minimize(loss, np.zeros(len(WEIGHTS))).x
    return found


def scores(character: str, table: dict[str, NDArray[np.float64]], form: str) -> dict[str, float]:
    """Score what a character may stand for; a common one for nothing that only sounds like it."""
    heard = [target for target, values in table.items() if level(character) == 1 and values[FAR]]
    found = {target: float(WEIGHTS @ values) for target, values in table.items()}
    if form:
        found[form] = RADICAL
    return {target: score for target, score in found.items() if target not in heard}


def rows(
    candidates: Candidates, rare: Sequence[str], shares: dict[str, float], every: Counter[str]
) -> Iterator[tuple[str, ...]]:
    """Give the lines of the table: character, its own share, candidates with their costs."""
    forms = {c: t for c, t in radicals(candidates.glyphs).items() if t in candidates.targets}
    for start in range(0, len(rare), 500):
        for character, table in candidates.of(rare[start : start + 500]):
            score = scores(character, table, forms.get(character, ""))
            likely = {t: s + math.log(every[t]) for t, s in score.items() if s > LEAST}
            best = sorted(likely, key=lambda target: (-likely[target], target))[:MOST]
            kept = [t for t in best if likely[t] > likely[best[0]] - SPAN]
            if kept:
                kept.sort(key=lambda target: -score[target])
                costs = (f"{t}{round(10 * max(0.0, SUREST - score[t]))}" for t in kept)
                yield character, str(round(-10 * shares[character])), *costs


def kinds(mass: Counter[str], total: int) -> Iterator[tuple[str, ...]]:
    """Give the lines of what kinds of words follow each other, against chance."""
    long = {"S": "1", "E": "2", "B": "2"}
    for (end, tag), following in sorted(TRANSITIONS.items()):
        cells = []
        for (begin, next_tag), chance in sorted(following.items()):
            kind = long.get(begin, "") + next_tag
            if begin in "SB" and mass[kind] > 50 and chance > -30:
                cells.append(f"{kind} {round(10 * (chance - math.log(mass[kind] / total)))}")
        if end in "SE" and cells:
            yield long[end] + tag, *cells


def write(path: Path, head: str, lines: Iterable[Sequence[str]]) -> None:
    """Write a table."""
    text = "".join("\t".join(line) + "\n" for line in lines)
    path.write_text(f"# {head}\n{text}", encoding="utf-8")
    print(f"{path.name}: {len(text.splitlines())} lines, {path.stat().st_size} bytes")


def main() -> None:
    """Write the tables, or fit the weights."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--fit", action="store_true", help="print fitted weights, write nothing")
    given = parser.parse_args()
    glyphs = Glyphs()
    alone, every, mass, total = counts()
    drawn = [chr(c) for c in sorted(glyphs.map) if 0x3400 <= c <= 0x4DBF or 0x4E00 <= c <= 0x9FFF]
    plain = {c: simplified(c) for c in drawn}
    # A traditional character is no look-alike; one whose simplified form nobody writes may be.
    mine = [c for c in drawn if plain[c] == c or not every[plain[c]]]
    common = sorted(mine, key=lambda c: (-every[c], c))[:TARGETS]
    candidates = Candidates(glyphs, common)
    if given.fit:
        print(np.array2string(fit(candidates, every), separator=", ", precision=2))
        return
    rare = [c for c in mine if every[c] < RARE]
    shares = {
        c: math.log(max(OWN[level(c)], alone[c] * (level(c) > 0), every[c] / 10) / total)
        for c in rare
    }
    head = "made by benchmarks/lookalike_table.py: character, -10 log share, readings with 10 cost"
    write(PACKAGE / "lookalikes.tsv", head, rows(candidates, rare, shares, every))
    head = "made by benchmarks/lookalike_table.py from jieba's tagger (MIT licence): 10 log ratio"
    write(PACKAGE / "kinds.tsv", head, kinds(mass, total))


if __name__ == "__main__":
    main()
