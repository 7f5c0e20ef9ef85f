"""Weak signs of one line on its page, each a number from 0 to 1, whatever the language."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache

from polythemes.cleaning import counts, notices, people, shapes
from polythemes.cleaning.lines import PROSE, Line
from polythemes.cleaning.shapes import KEPT
from polythemes.cleaning.spoken import FREE, LEAST, STEM, units
from polythemes.languages import cues
from polythemes.languages.text import WORD

#: Sorts of cues that are page furniture, word by word.
FURNITURE = (
    "navigation",
    "teaser",
    "comment",
    "counter",
    "advert",
    "offer",
    "footer",
    "disclaimer",
)
QUOTE = re.compile('["“”„«»「」『』‘]')
SYMBOL = re.compile(r"[©®™@#|>*→←↑★☆✓✔▶•·_/\U0001f000-\U0001ffff\u2600-\u27bf]")
ADDRESS = re.compile(r"\w@\w|(?<!\w)@\w|https?://|\bwww\.|\d{3,4}[ -]\d{4,}")
CALL = frozenset("!?！？")
#: What a line of the page counts against the core, where a paragraph counts one.
AGAINST = 0.5
#: What a run of them counts against it at most, as the body has islands of the page.
ISLAND = 1.5
#: Lines on either side that are neighbours.
NEAR = 3


def looks(lines: Sequence[Line], places: Sequence[int]) -> list[dict[str, float]]:
    """Find the weak signs of some lines of a page, but for those of what they speak of.

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article, all named.
    places : sequence of int
        Which of them.

    Returns
    -------
    list of dict of str to float
        For each place the signs by their names, from 0 to 1.
    """
    shown = [i for i, line in enumerate(lines) if line.kind != "blank"]
    order = {i: k for k, i in enumerate(shown)}
    run, sums = core(lines), _sums(lines)
    found = []
    for i in places:
        around = [lines[k] for k in shown[max(order[i] - NEAR, 0) : order[i] + NEAR + 1]]
        found.append(
            dict(_look(lines[i].text, lines[i].words, lines[i].is_item))
            | _place(lines[i], i, sums)
            | _apart(i, run, sums)
            | _near(around, min(order[i], NEAR))
        )
    return found


def core(lines: Sequence[Line]) -> tuple[int, int]:
    """Find the run of lines that holds most paragraphs of the body and fewest lines of the page.

    The largest sum of a run of tokens, after Finn, Kushmerick and Smyth 2001; a line counts half
    against it, a paragraph once for it however long it is.

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article, all named.

    Returns
    -------
    first, last : int
        Places of its ends.
    """
    best, first, last, start, total, gap = 0.0, 0, len(lines) - 1, 0, 0.0, 0.0
    for i, line in enumerate(lines):
        if line.kind == "body":
            total, gap = total + min(line.words, PROSE) / PROSE, 0.0
        elif line.kind == "boilerplate" and gap < ISLAND:
            total, gap = total - AGAINST, gap + AGAINST
        if total > best:
            best, first, last = total, start, i
        if total <= 0:
            start, total = i + 1, 0.0
    return first, last


def _sums(lines: Sequence[Line]) -> list[tuple[int, int, int]]:
    """Count words of paragraphs, lines of the page, and these up to the last paragraph."""
    words, page, since, found = 0, 0, 0, []
    for line in lines:
        found.append((words, page, since))
        if line.kind == "boilerplate":
            page += 1
        elif line.kind == "body" and line.words >= PROSE:
            words, since = words + line.words, page
    return [*found, (words, page, since)]


def _apart(i: int, run: tuple[int, int], sums: Sequence[tuple[int, int, int]]) -> dict[str, float]:
    """Give the signs of how far from the core of the body a line stands."""
    first, last = run
    above, below = i < first, i > last
    page = sums[first][1] - sums[i][1] if above else sums[i][1] - sums[last + 1][1] if below else 0
    return {
        "above the core": float(above),
        "below the core": float(below),
        "page above the core": min(page, 5) / 5 * above,
        "page below the core": min(page, 5) / 5 * below,
    }


@lru_cache(maxsize=KEPT)
def _look(text: str, words: int, item: bool) -> Mapping[str, float]:
    """Give the signs that a line bears itself."""
    text = text.strip()
    found = notices.notice(text)[1]
    tokens = WORD.findall(text)
    capital = [word for word in tokens if word[0].isupper()]
    end = text.rstrip(shapes.CLOSERS)[-1:]
    stop = shapes.has_full_stop(text)
    return {
        "long": min(math.log1p(words) / math.log1p(100), 1.0),
        "prose": float(words >= PROSE),
        "full stop": float(stop),
        "a call or a question": float(end in CALL),
        "no sentence": float(not shapes.is_sentence(text)),
        "breaks off": float(shapes.is_truncated(text)),
        "a sentence inside": float(shapes.INSIDE.search(text) is not None),
        "comma": float("," in text or "，" in text or "、" in text),
        "quotation": float(QUOTE.search(text) is not None),
        "item": float(item),
        "colon": float(":" in text[:40] or "：" in text[:20]),
        "digits": min(4 * len(counts.DIGIT.findall(text)) / max(len(text), 1), 1.0),
        "capitals": len(capital) / max(len(tokens), 1),
        "all capitals": float(_shouts(text, capital, tokens)),
        "symbols": float(SYMBOL.search(text) is not None),
        "address": float(ADDRESS.search(text) is not None),
        "year": float(shapes.YEAR.search(text) is not None),
        "cues": min(len(found), 3) / 3,
        "cues of biographies": min(len(people.bio_cues(text)), 3) / 3,
        "furniture": _furniture_share(tokens, text),
    }


def _shouts(text: str, capital: Sequence[str], tokens: Sequence[str]) -> bool:
    """Tell whether seven letters of ten are capitals."""
    # Letters are counted only where words begin with capitals.
    if len(capital) <= len(tokens) / 2:
        return False
    return sum(map(str.isupper, text)) > 0.7 * max(sum(map(str.isalpha, text)), 1)


def _furniture_share(tokens: Sequence[str], text: str) -> float:
    """Give the share of words that are page furniture."""
    known = _furniture()
    lower = [word.casefold() for word in tokens]
    pairs = [run[i : i + 2] for run in FREE.findall(text) for i in range(len(run) - 1)]
    mine = [word[:STEM] for word in lower if len(word) >= LEAST and not FREE.match(word)] + pairs
    return sum(unit in known for unit in mine) / max(len(mine), 4)


@cache
def _furniture() -> frozenset[str]:
    """Give the units of cues."""
    return frozenset(unit for sort in FURNITURE for cue in cues(sort) for unit in units(cue))


def _place(line: Line, i: int, sums: Sequence[tuple[int, int, int]]) -> dict[str, float]:
    """Give the signs of where a line stands among the long paragraphs."""
    own = line.words if line.kind == "body" and line.words >= PROSE else 0
    before, page, since = sums[i]
    total = sums[-1][0] - own
    above = page - since
    return {
        "before the body": float(before == 0),
        "behind the body": float(before == total > 0),
        "late": before / max(total, 1),
        "page above": min(above, 4) / 4,
        "page above, behind the body": min(above, 4) / 4 * (before == total),
        "page below, before the body": min(sums[-1][1] - page, 4) / 4 * (before == 0),
    }


def _near(around: Sequence[Line], at: int) -> dict[str, float]:
    """Give the signs of the neighbours of a line."""
    page = [line.kind == "boilerplate" for line in around]
    short = [line.words < PROSE for line in around]
    before, after = page[:at], page[at + 1 :]
    shape = _shape(around[at])
    beside = [*around[:at][-1:], *around[at + 1 :][:1]]
    alone = all(line.kind == "boilerplate" for line in beside)
    return {
        "page before": float(before[-1] if before else 0),
        "page after": float(after[0] if after else 0),
        "page around": sum((*before, *after)) / (2 * NEAR),
        "a paragraph beside it": sum(o.kind == "body" and o.words >= PROSE for o in beside) / 2,
        "alone among the page": float(alone),
        "a paragraph alone among the page": float(alone and around[at].words >= PROSE),
        "short lines around": (sum(short) - short[at]) / (2 * NEAR),
        "same shape near": float(
            any(_shape(o) == shape for k, o in enumerate(around) if abs(k - at) > 1)
        ),
        "end of the page": float(len(after) < NEAR),
    }


def _shape(line: Line) -> tuple[object, ...]:
    """Give the shape of a line: its length, how it closes, whether it holds figures."""
    size = int(math.log2(1 + line.words))
    return size, shapes.is_sentence(line.text), any(map(str.isdecimal, line.text))
