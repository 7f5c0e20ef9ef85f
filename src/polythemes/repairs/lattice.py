"""The likeliest words of a few characters, some of which may stand for others."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from polythemes.repairs.lexicon import LONGEST, Lexicon, following

#: What it costs more to read a lone character as another than to find it in a word.
ALONE = 1.0
#: Readings of one stretch that are followed at most.
MOST = 100
#: How much the kinds of neighbouring words count, and those never seen together.
KINDS, UNSEEN = 0.7, -3.0

NOTHING: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True)
class Reading:
    """Hold one character that another may stand for.

    Parameters
    ----------
    character : str
        The character meant.
    cost : float
        How unlikely it is that it was written so, as a negative logarithm.
    """

    character: str
    cost: float


class Step(NamedTuple):
    """Hold the best way to one place by words of which the last is of one kind."""

    value: float
    word: str
    kind_before: str


def words_of(
    text: str,
    readings: Mapping[int, Sequence[Reading]],
    unread: Mapping[int, float],
    words: Lexicon,
) -> tuple[list[str], float]:
    """Cut a few characters into the likeliest words, reading some as others where that pays.

    Parameters
    ----------
    text : str
        Han characters.
    readings : mapping of int to sequence of Reading
        What the character at an offset may stand for.
    unread : mapping of int to float
        Logarithm of the share of the character at an offset as it stands.
    words : Lexicon
        The words.

    Returns
    -------
    list of str, float
        The words, as long together as the text, and the logarithm of their probability (Viterbi
        over single words and over the kinds of two neighbours).
    """
    steps: list[dict[str, Step]] = [{"": Step(0.0, "", "")}, *({} for _ in text)]
    for start in range(len(text)):
        paths = [("", 0.0)]
        for place in range(start, min(len(text), start + LONGEST)):
            paths = _longer(paths, text[place], readings.get(place, ()))
            for word, cost in paths:
                if place > start or cost:
                    weighed = words.weigh(word)
                else:
                    weighed = _lone(word, unread.get(place), words)
                if weighed:
                    dear = cost + (ALONE if cost and place == start else 0)
                    _step(steps[start], steps[place + 1], word, weighed[0] - dear, weighed[1])
    return _back(steps)


def _longer(
    paths: list[tuple[str, float]], character: str, readings: Sequence[Reading]
) -> list[tuple[str, float]]:
    """Lengthen every path by a character and by what it may stand for."""
    longer = [(word + character, cost) for word, cost in paths]
    for one in readings:
        longer += [(word + one.character, cost + one.cost) for word, cost in paths]
    return longer[:MOST]


def _lone(character: str, unread: float | None, words: Lexicon) -> tuple[float, str]:
    """Weigh a character as it stands, alone; an unknown one counts a little."""
    if unread is not None:
        return unread, ""
    return words.weigh(character) or (-math.log(words.total) - 1, "")


def _step(
    here: Mapping[str, Step], there: dict[str, Step], word: str, share: float, kind: str
) -> None:
    """Go on from a place by one word."""
    table = following()
    for last, step in here.items():
        gains = table.get(last, NOTHING)
        unseen = UNSEEN if gains and kind in table else 0.0
        value = step.value + share + KINDS * gains.get(kind, unseen)
        if kind not in there or value > there[kind].value:
            there[kind] = Step(value, word, last)


def _back(steps: Sequence[Mapping[str, Step]]) -> tuple[list[str], float]:
    """Follow the best way back to its start."""
    place = len(steps) - 1
    kind = max(steps[place], key=lambda k: (steps[place][k].value, k))
    value, found = steps[place][kind].value, list[str]()
    while place:
        _, word, kind_before = steps[place][kind]
        found.append(word)
        place, kind = place - len(word), kind_before
    return found[::-1], value
