"""The page's words that are glued to the end of a paragraph, without a line end between."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from polythemes.cleaning import shapes
from polythemes.cleaning.lines import Line
from polythemes.cleaning.shapes import squeeze
from polythemes.languages.text import HAN, words

#: Where a sentence ends and another one, or a sign of the page, begins.
JOINT = re.compile(r"[.!?…。！？][\"”’»」』】）)']*(\s*)(?=[^\W\d_a-zß-ÿа-яё]|[©®【（(\[])")
#: Last joints of a paragraph that are looked at, characters in which they are looked for.
LAST, REACH = 3, 600
#: Last such paragraphs of an article: more find nothing more, and cost time.
ENDS = 1


def joints(text: str) -> list[tuple[int, bool]]:
    """Find where what is glued to a paragraph may begin.

    Parameters
    ----------
    text : str
        A paragraph.

    Returns
    -------
    list of (int, bool)
        The first character, and whether no blank stands before it; where words have no blanks,
        whether what begins there closes as no sentence does.
    """
    found = []
    offset = max(len(text) - REACH, 0)
    for joint in JOINT.finditer(text[offset:]):
        at = offset + joint.end()
        free = HAN.match(text, at) is not None
        bare = not shapes.is_sentence(text) if free else not joint.group(1)
        found.append((at, bare))
    return found[-LAST:]


def ends(lines: Sequence[Line], places: Sequence[int]) -> list[int]:
    """List the paragraphs to which the page may be glued: no line of the body follows.

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article, all named.
    places : sequence of int
        Those that no rule named.

    Returns
    -------
    list of int
        Their places.
    """
    shown = [i for i, line in enumerate(lines) if line.kind != "blank"]
    after = dict(pairwise(shown))
    last = {i for i in shown if i not in after or lines[after[i]].kind in ("boilerplate", "byline")}
    return [i for i in places if i in last][-ENDS:]


def parted(lines: Sequence[Line], place: int, at: int) -> list[Line]:
    """Give the lines with one of them cut in two.

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article.
    place : int
        The one that is cut.
    at : int
        Where, in characters of its own.

    Returns
    -------
    list of Line
        The lines, one more than before.
    """
    line = lines[place]
    made = []
    for start, text in ((0, line.text[:at]), (at, line.text[at:])):
        first = line.start + start
        end = first + len(text)
        one = Line(text, first, end, end, words(text), squeeze(text))
        made.append(one.is_("body", line.reason))
    return [*lines[:place], *made, *lines[place + 1 :]]
