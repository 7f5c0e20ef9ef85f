"""The surroundings of rare characters that are in no word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from polythemes.repairs.lexicon import Lexicon
from polythemes.repairs.simplified import simplified

HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff]+")
KANA = re.compile(r"[\u3040-\u30ff]")
#: Characters to each side that are weighed with a doubtful one.
AROUND = 6
#: From this many on, doubtful characters that are every third are no disguise of a few.
MANY = 4


@dataclass(frozen=True)
class Window:
    """Hold a few characters, some of them doubtful.

    Parameters
    ----------
    start : int
        Offset in the article.
    written : str
        The characters as they stand.
    plain : str
        The same, simplified.
    places : tuple of int
        Where the doubtful ones are.
    """

    start: int
    written: str
    plain: str
    places: tuple[int, ...]


def windows_of(text: str, rare: set[str], words: Lexicon) -> Iterator[Window]:
    """Cut out the surroundings of the rare characters that are in no word.

    Parameters
    ----------
    text : str
        A Chinese article.
    rare : set of str
        Characters that may stand for others, not empty.
    words : Lexicon
        The words.

    Yields
    ------
    Window
        The surroundings, in the order of the text; characters beside Japanese kana are left.
    """
    doubtful = re.compile(f"[{''.join(sorted(rare))}]")
    for run in HAN.finditer(text):
        found = [match.start() for match in doubtful.finditer(run.group())]
        start, end = run.span()
        if not found or KANA.match(text[end : end + 1]) or KANA.match(text[start - 1 : start]):
            continue
        plain = "".join(_plain(c) for c in run.group())
        places = [place for place in found if not words.inside_word(plain, place)]
        for group in _groups(places):
            low, high = max(0, group[0] - AROUND), min(len(plain), group[-1] + AROUND + 1)
            if len(group) < MANY or 3 * len(group) <= high - low:
                inside = tuple(place - low for place in group)
                yield Window(start + low, run.group()[low:high], plain[low:high], inside)


def _groups(places: Sequence[int]) -> Iterator[list[int]]:
    """Put places together that are in each other's surroundings."""
    group: list[int] = []
    for place in places:
        if group and place - group[-1] > AROUND:
            yield group
            group = []
        group.append(place)
    if group:
        yield group


@cache
def _plain(character: str) -> str:
    """Simplify one character."""
    plain = simplified(character)
    return plain if len(plain) == 1 else character
