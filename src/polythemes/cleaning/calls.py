"""Who speaks to whom: lines that turn to the reader, ask or offer something, speak of the page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache, lru_cache

import ahocorasick

from polythemes.cleaning.notices import FREE, LONGEST
from polythemes.cleaning.shapes import KEPT
from polythemes.languages import cues

#: Sorts of words, and how many of each are as good as more.
ENOUGH = {"reader": 2, "ask": 3, "page": 2}
#: Words that speak to the reader where they have a capital within a sentence.
POLITE = "polite"
#: What others say to each other is said to no reader.
SAID = re.compile(r'“[^”]*”|„[^“”]*[“”]|«[^»]*»|»[^«]*«|"[^"]*"|「[^」]*」')
#: A price asks for money.
PRICE = re.compile(
    r"[€£$¥₫₩₽₹]\s?\d|rp\.?\s?\d|"
    r"\d\s?(?:[€£₫₩₽₹元円원]|(?:euros?|eur|usd|dollars?|pounds?|tl|zł|руб)\b)"
)
DIGIT, TOKEN = re.compile(r"\d"), re.compile(r"\w+")
#: Marks behind which a sentence begins, and characters among which one is looked for.
STOPS, NEAR = ".!?:…»“”\"'", 4


@lru_cache(maxsize=KEPT)
def calls(text: str) -> Mapping[str, float]:
    """Find what speaks for a call of the page to its reader.

    Parameters
    ----------
    text : str
        A line.

    Returns
    -------
    dict of str to float
        For each sort of :data:`ENOUGH` how many of its words stand outside quotations, from 0 to 1.
    """
    text = SAID.sub(" ", text[:LONGEST])
    lower = text.lower()
    single, automaton = _cues()
    found: dict[str, set[str]] = {sort: set() for sort in ENOUGH}
    for cue in single.keys() & TOKEN.findall(lower):
        for sort in single[cue]:
            if sort != POLITE or _is_polite(cue, text, lower):
                found["reader" if sort == POLITE else sort].add(cue)
    for last, (cue, sorts) in automaton.iter(lower):
        if FREE.match(cue) or _is_whole(lower, last + 1 - len(cue), last + 1):
            for sort in sorts:
                found[sort].add(cue)
    if DIGIT.search(lower) and PRICE.search(lower):
        found["ask"].add("")
    return {sort: min(len(found[sort]), most) / most for sort, most in ENOUGH.items()}


def _is_whole(text: str, first: int, end: int) -> bool:
    """Tell whether no letter or digit stands right before or behind a part of a text."""
    return not (text[first - 1 : first].isalnum() or text[end : end + 1].isalnum())


def _is_polite(cue: str, text: str, lower: str) -> bool:
    """Tell whether a word has a capital within a sentence."""
    places = (m.start() for m in re.finditer(rf"\b{cue}\b", lower))
    return any(
        text[i : i + 1].isupper() and text[max(i - NEAR, 0) : i].rstrip()[-1:] not in STOPS
        for i in places
    )


@cache
def _cues() -> tuple[dict[str, list[str]], ahocorasick.Automaton]:
    """Give the single words, and the automaton of all others, with their sorts."""
    single: dict[str, list[str]] = {}
    others: dict[str, list[str]] = {}
    automaton = ahocorasick.Automaton()
    for sort in (*ENOUGH, POLITE):
        for cue in sorted(cues(sort)):
            alone = TOKEN.fullmatch(cue) and not FREE.match(cue)
            (single if alone else others).setdefault(cue, []).append(sort)
    for cue, sorts in others.items():
        automaton.add_word(cue, (cue, sorts))
    automaton.make_automaton()
    return single, automaton
