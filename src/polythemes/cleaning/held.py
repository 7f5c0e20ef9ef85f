"""Which of the words that give a page away a text holds, found in one pass over it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

import ahocorasick

from polythemes.cleaning.shapes import KEPT
from polythemes.languages import cues

#: Sorts of cues that may stand anywhere in a line.
SORTS = ("footer", "disclaimer", "offer", "bio")


@lru_cache(maxsize=KEPT)
def held(text: str) -> Mapping[str, frozenset[str]]:
    """Find the cues in a text, whether or not they are whole words there.

    Parameters
    ----------
    text : str
        Any text, in small letters.

    Returns
    -------
    dict of str to frozenset of str
        The cues of every sort that holds some. Found with an automaton (Aho and Corasick 1975),
        so that the time does not grow with their number.
    """
    found: dict[str, set[str]] = {}
    for cue in {cue for _, cue in _automaton().iter(text)}:
        for sort in _sorts()[cue]:
            found.setdefault(sort, set()).add(cue)
    return {sort: frozenset(listed) for sort, listed in found.items()}


@cache
def _sorts() -> dict[str, list[str]]:
    """Give the sorts of every cue."""
    found: dict[str, list[str]] = {}
    for sort in SORTS:
        for cue in cues(sort):
            found.setdefault(cue, []).append(sort)
    return found


@cache
def _automaton() -> ahocorasick.Automaton:
    """Build the automaton of all cues."""
    automaton = ahocorasick.Automaton()
    for cue in _sorts():
        automaton.add_word(cue, cue)
    automaton.make_automaton()
    return automaton
