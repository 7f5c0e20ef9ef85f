"""Notices at the edges of a page, told by their words: legal lines, offers, cookies."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from functools import lru_cache

from polythemes.cleaning.held import held

#: Sorts of notices; of two with as many cues the first one counts.
SORTS = ("footer", "disclaimer", "advert")
#: What the cues of a sort are called, where not as it.
CUES = {"advert": "offer"}
#: Characters of the longest notice.
LONGEST = 1500
#: Scripts that set no blanks: a cue may stand anywhere.
FREE = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
#: Where a word begins.
BEGIN = r"(?<![^\W\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff])"


@lru_cache(maxsize=4096)
def notice(text: str) -> tuple[str, tuple[str, ...]]:
    """Find the cues of notices in a text.

    Parameters
    ----------
    text : str
        A line.

    Returns
    -------
    sort : str
        The sort with the most cues: ``footer``, ``disclaimer`` or ``advert``; ``""`` for none.
    cues : tuple of str
        The cues of all sorts in it, those of the sort first.
    """
    if len(text) > LONGEST:
        return "", ()
    text = text.casefold()
    listed = held(text)
    found = {sort: _found(listed.get(CUES.get(sort, sort), ()), text) for sort in SORTS}
    most = max(SORTS, key=lambda sort: len(found[sort]))
    if not found[most]:
        return "", ()
    others = [cue for sort in SORTS if sort != most for cue in found[sort]]
    return most, tuple(dict.fromkeys([*found[most], *others]))


def own(cue: str, texts: Sequence[str]) -> bool:
    """Tell whether a cue is what an article is about.

    Parameters
    ----------
    cue : str
        A cue, in small letters.
    texts : sequence of str
        The paragraphs of the article.

    Returns
    -------
    bool
        True if it stands in at least three paragraphs and in a quarter of them.
    """
    seen = sum(cue in text.casefold() for text in texts)
    return seen >= 3 and 4 * seen >= len(texts)


def _found(listed: Collection[str], text: str) -> list[str]:
    """Give the cues of a sort that begin a word, in their order; none within another."""
    if not listed:
        return []
    places = [(text.index(cue), cue) for cue in sorted(listed) if _begins(cue, text)]
    whole = [(at, cue) for at, cue in places if sum(cue in other for _, other in places) == 1]
    return [cue for _, cue in sorted(whole)]


def _begins(cue: str, text: str) -> bool:
    """Tell whether a cue begins a word somewhere in a text that holds it."""
    return FREE.match(cue) is not None or re.search(BEGIN + re.escape(cue), text) is not None
