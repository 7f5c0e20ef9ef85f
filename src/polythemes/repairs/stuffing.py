"""A phrase of search words glued to a name all over an article."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from polythemes.languages.text import HAN
from polythemes.repairs.edits import Repair
from polythemes.repairs.lexicon import Lexicon, lexicon
from polythemes.repairs.phrases import TOKEN, WORD_WEIGHT, Found, repeated

#: What is glued to the name weighs this much (a Han character 1, another word 2), ...
GLUED = 5
#: ... or this much if it stands twice as often.
SHORT = 4
#: The phrase stands in so many of the name's places, and the name so often without it.
SHARE, ALONE = 0.5, 2
#: A name that never stands alone is believed where the phrase stands so many times too often.
UNSEEN = 1.25
#: A word met more often than this in the dictionary is no name.
COMMON = 100


def stuffing(text: str, names: Sequence[str]) -> list[Repair]:
    """Find the copies of phrases that were glued to a name far beyond chance.

    Parameters
    ----------
    text : str
        An article.
    names : sequence of str
        Names of the field.

    Returns
    -------
    list of Repair
        Each copy of such a phrase, reduced to the name; one with a few characters swapped too.
        The name is what the phrase begins with and is in ``names``, or stands in the text without
        the rest, or is no word while the rest is nothing but words.
    """
    found: list[Repair] = []
    for phrase in repeated(text):
        spans = [span for span in copies(text, phrase.text) if not _taken(span, found)]
        head = _head(phrase, names, _without(text, spans), len(spans))
        if head is None:
            continue
        start, name = head
        reason = (
            f"{phrase.text[start:]!r} stands {len(spans)} times in this article, far beyond "
            f"chance: {name} with search words glued to it"
        )
        found += [
            Repair(low + start, high, text[low + start : high], name, "stuffing", reason)
            for low, high in spans
        ]
        found.sort(key=lambda one: one.start)
    return found


def _taken(span: tuple[int, int], found: Sequence[Repair]) -> bool:
    """Tell whether a span is reduced already, in whole or in part."""
    last = bisect_left(found, span[1], key=lambda one: one.start)
    return last > 0 and found[last - 1].end > span[0]


def copies(text: str, phrase: str) -> list[tuple[int, int]]:
    """Find a phrase, with a few of its characters swapped too.

    Parameters
    ----------
    text : str
        An article.
    phrase : str
        The phrase.

    Returns
    -------
    list of (int, int)
        Start and end of each copy, without overlap: one character swapped in a phrase of less
        than nine, two in one of less than twenty, else three.
    """
    size = len(phrase)
    swaps = 1 + (size >= 9) + (size >= 20)
    # With so many swaps, one of so many pieces and one is whole.
    cuts = [size * k // (swaps + 1) for k in range(swaps + 2)]
    starts: set[int] = set()
    for low, high in pairwise(cuts):
        piece = re.compile(re.escape(phrase[low:high]), re.IGNORECASE)
        starts.update(match.start() - low for match in piece.finditer(text))
    small, found, place = phrase.lower(), list[tuple[int, int]](), 0
    for start in sorted(starts):
        written = text[start : start + size] if start >= place else ""
        if len(written) == size and "\n" not in written:
            wrong = sum(a != b and a.lower() != b for a, b in zip(written, small, strict=False))
            if wrong <= swaps:
                found.append((start, start + size))
                place = start + size
    return found


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Leave the copies of a phrase out of a text."""
    parts, place = [], 0
    for start, end in spans:
        parts.append(text[place:start])
        place = end
    return "\n".join([*parts, text[place:]])


def _head(phrase: Found, names: Sequence[str], rest: str, count: int) -> tuple[int, str] | None:
    """Find the name in a phrase and where in the phrase it begins; None where there is none."""
    for name in sorted(names, key=lambda n: (-len(n), n)):
        start = phrase.text.lower().find(name.lower())
        if start >= 0 and _stuffed(phrase, start + len(name), rest, name, count):
            return start, phrase.text[start : start + len(name)]
    spans = [match.span() for match in TOKEN.finditer(phrase.text)]
    heads = [(phrase.text[:end], end) for _, end in spans[:-1]]
    fit = [
        name
        for name, end in heads
        if _like_name(name, phrase.text[end:]) and _stuffed(phrase, end, rest, name, count)
    ]
    alone = [name for name in fit if _seen(name, rest) >= ALONE]
    if alone:
        return 0, alone[-1]
    return (0, fit[0]) if fit and count >= UNSEEN * phrase.limit else None


def _stuffed(phrase: Found, end: int, rest: str, name: str, count: int) -> bool:
    """Tell whether enough is glued to a name, often enough."""
    glued = TOKEN.findall(phrase.text[end:])
    weight = sum(1 if HAN.match(word) else WORD_WEIGHT for word in glued)
    long = [word for word in glued if len(word) > 3 and not HAN.match(word)]
    # Words that all have capitals may be the rest of a long name.
    proper = bool(long) and all(word[0].isupper() for word in long)
    needed = phrase.limit * (2 if weight < GLUED or proper else 1)
    share = count / (count + _seen(name, rest))
    return weight >= SHORT and phrase.count >= needed and share >= SHARE


def _seen(name: str, rest: str) -> int:
    """Count a name in what the phrase leaves of the text."""
    edge = "" if HAN.match(name[-1]) else r"\b"
    return len(re.findall(re.escape(name) + edge, rest))


def _like_name(name: str, rest: str) -> bool:
    """Tell whether the head of a phrase can be a name and the rest mere words."""
    if not HAN.search(name):
        following = TOKEN.findall(rest)[0]
        return name[0].isupper() and not following[0].isupper()
    words = lexicon()
    count, _ = words.words.get(name, (0, ""))
    return len(name) > 1 and count <= COMMON and _all_words(rest, words)


def _all_words(text: str, words: Lexicon) -> bool:
    """Tell whether a text is nothing but words of two characters or more, and one at the end."""
    ends = {0}
    for start in range(len(text)):
        if start in ends:
            ends |= {
                end for end in range(start + 2, len(text) + 1) if text[start:end] in words.words
            }
    return len(text) in ends or len(text) - 1 in ends
