"""What a line is by its place and its neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby

from polythemes.cleaning import shapes
from polythemes.cleaning.lines import HEADING, ITEM, PROSE, Line

Sign = Callable[[Line], tuple[str, str]]


def edges(lines: Sequence[Line], sign: Sign) -> list[Line]:
    """Name the lines with a weak sign of boilerplate that stand around all prose without one.

    What would give a line away at the foot of a page may be what an article speaks of.

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article.
    sign : callable
        Gives the sort of boilerplate and the reason, ``""`` for none.

    Returns
    -------
    list of Line
        The lines. Where all prose bears the sign, none of it is named.
    """
    signs = [("", "") if line.kind else sign(line) for line in lines]
    prose = [i for i, line in enumerate(lines) if line.is_prose]
    sure = [i for i in prose if not signs[i][1]] or prose or [len(lines)]
    return [
        line.is_("boilerplate", why, sort) if why and not sure[0] <= i <= sure[-1] else line
        for i, (line, (sort, why)) in enumerate(zip(lines, signs, strict=True))
    ]


def top(lines: Sequence[Line], shared: frozenset[str]) -> list[Line]:
    """Name what stands before the first paragraph of prose: title, bylines, headings.

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article.
    shared : frozenset of str
        Squeezed lines that stand in several articles; one of them is the title only where no
        other line can be.

    Returns
    -------
    list of Line
        The lines. One that closes with a full stop stays as it is: it opens the body.
    """
    lines = list(lines)
    prose = next((i for i, line in enumerate(lines) if line.is_prose), None)
    zone = [i for i in range(len(lines) if prose is None else prose) if not lines[i].kind]
    for i in zone:
        if shapes.is_byline(lines[i].text):
            lines[i] = lines[i].is_("byline", "label and value before the body")
    zone = [i for i in zone if not lines[i].kind]
    title = _title(lines, zone, shared)
    for i in zone:
        line = lines[i]
        if title is not None and line.key == lines[title].key:
            why = "the title again" if i > title else "first line, before the body"
            lines[i] = line.is_("title", why)
        elif title is not None and title < i and shapes.is_stamp(line.text):
            lines[i] = line.is_("byline", "author, date or time to read, under the title")
        elif prose is not None and line.is_scrap and not line.is_item:
            lines[i] = line.is_("heading", "short, no sentence, before the body")
    return lines


def _title(lines: Sequence[Line], zone: Sequence[int], shared: frozenset[str]) -> int | None:
    """Find the title: the line that stands twice, else the first that is this article's own."""
    twice = Counter(lines[i].key for i in zone)
    found = []
    for i in zone:
        doubled = twice[lines[i].key] > 1
        if shapes.has_full_stop(lines[i].text) and not doubled:
            break
        found.append((not doubled, lines[i].key in shared, i))
    return min(found, default=(False, False, None))[2]


def repeats(lines: Sequence[Line], shared: frozenset[str]) -> list[Line]:
    """Name short lines that close as no sentence does and stand several times.

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article.
    shared : frozenset of str
        Squeezed lines that stand in several articles.

    Returns
    -------
    list of Line
        The lines.
    """
    again = Counter(line.key for line in lines)
    lines = list(lines)
    for i, line in enumerate(lines):
        if line.kind or line.words >= PROSE or shapes.is_sentence(line.text):
            continue
        if line.key in shared:
            lines[i] = line.is_("boilerplate", "stands in several articles", "repeat")
        elif again[line.key] > 1:
            lines[i] = line.is_("boilerplate", f"stands {again[line.key]} times", "repeat")
    return lines


def lists(lines: Sequence[Line]) -> list[Line]:
    """Name the items of lists that a line of the article announces with a colon.

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article.

    Returns
    -------
    list of Line
        The lines. After the last paragraph of prose only items with a bullet or a number count,
        for there a colon may as well announce other articles.
    """
    lines = list(lines)
    last = max((i for i, line in enumerate(lines) if line.is_prose), default=len(lines))
    places = [i for i, line in enumerate(lines) if line.kind != "blank"]
    opened = False
    for i in places:
        line = lines[i]
        if opened and not line.kind and (line.is_item or (line.is_scrap and i < last)):
            lines[i] = line.is_("body", "item of a list that a colon announces")
            continue
        opened = not line.kind and line.words > 3 and bool(shapes.COLON.search(line.text))
    return lines


def tail(lines: Sequence[Line]) -> list[Line]:
    """Name the short lines after the last paragraph of prose.

    A closing sentence that comes before any sign of the page (navigation, a scrap, a counter) is
    still the article's.

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article.

    Returns
    -------
    list of Line
        The lines.
    """
    lines = list(lines)
    last = max((i for i, line in enumerate(lines) if line.is_prose), default=len(lines))
    rest = [i for i in range(last + 1, len(lines)) if lines[i].kind != "blank"]
    broken = [shapes.is_truncated(lines[i].text) for i in rest]
    ended = False
    for place, i in enumerate(rest):
        line, near = lines[i], broken[place : place + 2]
        if not line.kind and not ended and _closes(line, near, alone=sum(broken) == 1):
            continue
        ended = ended or line.kind != "body"
        if not line.kind:
            sort = "teaser" if any(near) else "navigation"
            why = "breaks off, as lists of other articles do" if any(near) else "no sentence"
            lines[i] = line.is_("boilerplate", f"after the last paragraph: {why}", sort)
    return lines


def _closes(line: Line, near: Sequence[bool], *, alone: bool) -> bool:
    """Tell whether a line after the last long paragraph still belongs to the article."""
    if shapes.BULLET.match(line.text) or not shapes.is_sentence(line.text) or line.words < 2:
        return False
    if near[0]:
        return alone and line.words > 5
    if shapes.COLON.search(line.text):
        return line.words > 3 and not any(near)
    # A title that asks or calls stands over the abstract that breaks off.
    return shapes.has_full_stop(line.text) or not any(near)


def menus(lines: Sequence[Line]) -> list[Line]:
    """Name runs of three and more scraps, or of broken-off lines, inside the article.

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article.

    Returns
    -------
    list of Line
        The lines.
    """
    lines = list(lines)
    if not any(line.is_prose for line in lines):
        return lines
    places = [i for i, line in enumerate(lines) if line.kind != "blank"]
    for scraps, run in groupby(places, key=lambda i: _in_menu(lines[i])):
        found = list(run)
        if scraps and len(found) >= 3:
            for i in found:
                lines[i] = lines[i].is_("boilerplate", "one of a list of scraps", "navigation")
    return lines


def _in_menu(line: Line) -> bool:
    """Tell whether a line can be one of a menu or of a list of other articles."""
    if line.kind:
        return False
    if shapes.is_truncated(line.text):
        return line.words <= ITEM
    return line.is_scrap and (not line.is_item or line.words <= 4)


def headings(lines: Sequence[Line]) -> list[Line]:
    """Name the headings: short, no sentence, with a longer line of the body after them.

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article.

    Returns
    -------
    list of Line
        The lines.
    """
    lines, after = list(lines), 0
    for i in reversed(range(len(lines))):
        line = lines[i]
        if line.kind not in ("", "body"):
            continue
        if not line.kind and line.is_scrap and not line.is_item and after > line.words:
            lines[i] = line.is_("heading", "short, no sentence, prose follows")
        else:
            after = line.words
    return lines
