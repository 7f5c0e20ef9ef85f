"""What a line is by its place and its neighbours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from itertools import groupby

from polythemes.cleaning import people, shapes
from polythemes.cleaning.lines import ITEM, PROSE, Line, last_prose
from polythemes.cleaning.tail import tail

#: Lines among which the title is looked for, words below which one may be a menu's.
TITLE, MENU = 20, 4
#: Words of a label with a colon ("Share with:"), which announces no list of the article.
LABEL = 2
#: Why a line is the site's and not an article's.
SHARED = "stands in several articles"

#: What closes a quotation that opens a line; lines of the longest one that is told by it.
QUOTES = {"«": "»", "“": "”", "„": "“”", "「": "」", "『": "』", "‹": "›"}
VERSES = 12

Sign = Callable[[Line], tuple[str, str]]


def edges(lines: Sequence[Line], sign: Sign) -> list[Line]:
    """Name the lines with a weak sign of boilerplate around the prose that bears none.

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
        The lines. Where all prose bears the sign, none of it is named; in an article without
        prose the same holds for its short lines.
    """
    own = [i for i, line in enumerate(lines) if line.is_prose]
    own = own or [i for i, line in enumerate(lines) if not line.kind] or [0]
    first = next((i for i in own if not sign(lines[i])[1]), own[0])
    last = next((i for i in reversed(own) if not sign(lines[i])[1]), own[-1])
    named = list(lines)
    for i, line in enumerate(lines):
        if not first <= i <= last and not line.kind:
            sort, why = sign(line)
            named[i] = line.is_("boilerplate", why, sort) if why else line
    return named


def behind(lines: Sequence[Line]) -> int:
    """Find where the page goes on behind the article.

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article; those that give themselves away are named.

    Returns
    -------
    int
        The first character of the first line of boilerplate behind two thirds of the prose.
    """
    total, before = sum(line.words for line in lines if line.is_prose), 0
    for line in lines:
        before += line.words if line.is_prose else 0
        if line.kind == "boilerplate" and before and 3 * before >= 2 * total:
            return line.start
    return lines[-1].end + 1


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
    zone = [i for i, line in enumerate(lines[:prose]) if not line.kind]
    title = _first(lines, zone) if prose is None else _title(lines, zone, shared)
    for i in zone:
        line = lines[i]
        if title is not None and line.key == lines[title].key and (i == title or prose):
            why = "the title again" if i > title else "first line, before the body"
            lines[i] = line.is_("title", why)
        elif prose is not None and line.key in shared:
            lines[i] = line.is_("boilerplate", SHARED, "repeat")
        elif prose is not None:
            lines[i] = _before_body(line, under=title is not None and title < i)
    return _deck(lines, prose) if title is not None and prose is not None else lines


def _deck(lines: list[Line], prose: int) -> list[Line]:
    """Name the bylines between the first paragraph, which may be a summary, and the second."""
    for i, line in enumerate(lines[prose + 1 :], prose + 1):
        stamp = line.is_scrap and line.words > 1 and people.is_stamp(line.text)
        if not line.kind and not stamp:
            break
        if not line.kind:
            lines[i] = line.is_("byline", "author, date or time to read, under the summary")
    return lines


def _before_body(line: Line, *, under: bool) -> Line:
    """Name a line before the body that is no title; a sentence or item is the body's."""
    if under and people.is_stamp(line.text):
        return line.is_("byline", "author, date or time to read, under the title")
    if shapes.is_sentence(line.text) or line.is_item:
        return line
    if shapes.holds_sentence(line.text):
        why = "breaks off behind a sentence, before the body"
        return line.is_("boilerplate", why, "navigation")
    if line.is_scrap and not under:
        return line.is_("boilerplate", "short, above the title", "navigation")
    return line.is_("heading", "short, no sentence, before the body") if line.is_scrap else line


def _title(lines: Sequence[Line], zone: Sequence[int], shared: frozenset[str]) -> int | None:
    """Find the title: the line that stands twice, else the first own one longer than a menu's."""
    twice = Counter(lines[i].key for i in zone[:TITLE])
    found = [
        (twice[line.key] == 1, line.key in shared, line.words < MENU, i)
        for i in zone[:TITLE]
        if twice[(line := lines[i]).key] > 1 or not shapes.holds_sentence(line.text)
    ]
    return min(found, default=(False, False, False, None))[3]


def _first(lines: Sequence[Line], zone: Sequence[int]) -> int | None:
    """Find the title of an article without a paragraph of prose: its first line, if more follow."""
    return zone[0] if len(zone) > 1 and not shapes.holds_sentence(lines[zone[0]].text) else None


def under_title(lines: Sequence[Line]) -> list[str]:
    """List the names that stand under the title.

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article, bylines and headings before the body named.

    Returns
    -------
    list of str
        Whatever may be a name; other short lines yield names that no paragraph begins with.
    """
    prose = next((i for i, line in enumerate(lines) if line.is_prose), len(lines))
    found = [line for line in lines[:prose] if line.kind in ("byline", "heading")]
    return [name for line in found if (name := people.author(line.text))]


def inside(lines: Sequence[Line], shared: frozenset[str]) -> list[Line]:
    """Name what stands between and behind the paragraphs of prose.

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article, what stands above the prose and at its edges named.
    shared : frozenset of str
        Squeezed lines that stand in several articles.

    Returns
    -------
    list of Line
        The lines: repeats, lists that a colon announces, the page below, menus, headings named.
    """
    lines = list(lines)
    _repeats(lines, shared)
    _verses(lines)
    _lists(lines)
    lines = tail(lines)
    if last_prose(lines) >= 0:
        _menus(lines)
        _headings(lines)
    return lines


def _repeats(lines: list[Line], shared: frozenset[str]) -> None:
    """Name short lines that close as no sentence does and stand several times."""
    again = Counter(line.key for line in lines) if last_prose(lines) >= 0 else Counter()
    for i, line in enumerate(lines):
        if line.kind or line.words >= PROSE or shapes.is_sentence(line.text):
            continue
        if line.key in shared:
            lines[i] = line.is_("boilerplate", SHARED, "repeat")
        elif again[line.key] > 1:
            lines[i] = line.is_("boilerplate", f"stands {again[line.key]} times", "repeat")


def _lists(lines: list[Line]) -> None:
    """Name the items of lists that a line inside the article announces with a colon."""
    opened, last = 0, max(last_prose(lines), 0)
    for i, line in enumerate(lines[: max(last, _figures(lines, last))]):
        if line.kind == "blank":
            continue
        if opened and not line.kind and (line.is_item or (line.is_scrap and opened > LABEL)):
            lines[i] = line.is_("body", "item of a list that a colon announces")
        else:
            opened = line.words if not line.kind and shapes.opens_list(line.text) else 0


def _figures(lines: Sequence[Line], last: int) -> int:
    """Find the sentence behind a list of figures that follows the last paragraph of prose."""
    rest = [i for i in range(last + 1, len(lines)) if lines[i].kind != "blank"]
    if not rest or lines[rest[0]].kind or not shapes.opens_list(lines[rest[0]].text):
        return -1
    for place, i in enumerate(rest[1:], 1):
        line = lines[i]
        if not line.kind and line.is_scrap and any(map(str.isdecimal, line.text)):
            continue
        return i if place > 2 and not line.kind and shapes.has_full_stop(line.text) else -1
    return -1


def _verses(lines: list[Line]) -> None:
    """Name the scraps of a quotation that runs over several lines, as verses do."""
    opened, close = -1, ""
    for i, line in enumerate(lines):
        text = line.text.strip()
        # Two lines with blanks at their marks are a menu: "‹ before", "after ›".
        apart = opened >= 0 and lines[opened].text.strip()[1:2].isspace()
        if close and close in text and i > opened + apart:
            for k in range(opened, i + 1):  # the mark that closes it looks like an arrow
                if not lines[k].kind or k == i:
                    lines[k] = lines[k].is_("body", "one of the lines of a quotation")
            close = ""
        elif text[:1] in QUOTES and not any(mark in text for mark in QUOTES[text[0]]):
            opened, close = i, QUOTES[text[0]][0]
        elif line.kind not in ("", "blank") or i - opened > VERSES:
            close = ""


def _menus(lines: list[Line]) -> None:
    """Name runs of three and more scraps, or of broken-off lines, inside the article."""
    places = [i for i, line in enumerate(lines) if line.kind != "blank"]
    for scraps, run in groupby(places, key=lambda i: _in_menu(lines[i])):
        found = list(run)
        if not scraps or len(found) < 3:
            continue
        figures = sum(any(map(str.isdecimal, lines[i].text)) for i in found)
        for i in found:
            if 4 * figures >= 3 * len(found):
                lines[i] = lines[i].is_("body", "one of a table of figures")
            else:
                lines[i] = lines[i].is_("boilerplate", "one of a list of scraps", "navigation")


def _in_menu(line: Line) -> bool:
    """Tell whether a line can be one of a menu or of a list of other articles."""
    if line.kind:
        return False
    if shapes.is_truncated(line.text):
        return line.words <= ITEM
    if shapes.BULLET.match(line.text):
        return line.is_scrap and line.words <= 4
    return line.is_scrap and not line.is_item


def _headings(lines: list[Line]) -> None:
    """Name the headings: short, no sentence, with a longer line of the body after them."""
    after = 0
    for i in reversed(range(len(lines))):
        line = lines[i]
        if line.kind not in ("", "body"):
            continue
        if not line.kind and line.is_scrap and not line.is_item and after > line.words:
            lines[i] = line.is_("heading", "short, no sentence, prose follows")
        else:
            after = line.words
