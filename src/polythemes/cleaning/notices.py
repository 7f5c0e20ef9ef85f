"""Notices at the edges of a page, told by their words: legal lines, offers, cookies."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from polythemes.languages import cues
from polythemes.languages.text import HAN

#: Sorts of notices; of two with as many cues the first one counts.
SORTS = ("footer", "disclaimer", "advert")
KANA_OR_THAI = re.compile(r"[\u3040-\u30ff\u0e00-\u0e7f]")
#: A word begins here; scripts that set no blanks leave that open.
BEGIN = r"(?<![^\W\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff])"


def notice(text: str) -> tuple[str, list[str]]:
    """Find the cues of notices in a text.

    Parameters
    ----------
    text : str
        A line.

    Returns
    -------
    sort : str
        The sort with the most cues: ``footer``, ``disclaimer`` or ``advert``; ``""`` for none.
    cues : list of str
        The cues of all sorts in it, those of the sort first.
    """
    text = text.casefold()
    found = {sort: list(dict.fromkeys(_pattern(sort).findall(text))) for sort in SORTS}
    most = max(SORTS, key=lambda sort: len(found[sort]))
    if not found[most]:
        return "", []
    others = [cue for sort in SORTS if sort != most for cue in found[sort]]
    return most, list(dict.fromkeys([*found[most], *others]))


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


@cache
def _pattern(sort: str) -> re.Pattern[str]:
    """Give the cues of a sort as one pattern, the longest first; they begin a word."""
    listed = cues("offer" if sort == "advert" else sort)
    ordered = sorted(listed, key=lambda cue: (-len(cue), cue))
    free = [cue for cue in ordered if HAN.match(cue) or KANA_OR_THAI.match(cue)]
    bound = [cue for cue in ordered if cue not in free]
    parts = [BEGIN + "(?:" + "|".join(map(re.escape, bound)) + ")", *map(re.escape, free)]
    return re.compile("|".join(parts))
