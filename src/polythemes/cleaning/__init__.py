"""Say of every line of an article what it is, and why; keep its body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import groupby

import pandas as pd

from polythemes.cleaning import shapes
from polythemes.languages.text import han, sentences, words
from polythemes.tables import check

#: Words of a line that is a paragraph of prose by its length alone.
PROSE = 18
#: Words up to which a line can be a title or a heading.
HEADING = 16
#: Words up to which a paragraph can be an author's biography.
BIO = 150
#: Words up to which a line can be an item of a menu or a list of other articles.
ITEM = 24


@dataclass(frozen=True)
class Line:
    """One line and what became of it.

    Parameters
    ----------
    text : str
        The line without its end.
    start, end : int
        Its place in the article, in characters.
    kept_end : int
        End of what is kept; ``start`` for a line that is not kept.
    kind, sort, reason : str
        What it is, the sort of boilerplate, and why.
    """

    text: str
    start: int
    end: int
    kept_end: int
    kind: str = ""
    sort: str = ""
    reason: str = ""

    @property
    def words(self) -> int:
        """Length in words."""
        return words(self.text)

    def is_(self, kind: str, reason: str, sort: str = "") -> Line:
        """Give the same line with its kind and the reason."""
        kept = self.end if kind == "body" else self.start
        return replace(self, kind=kind, sort=sort, reason=reason, kept_end=kept)


def clean(articles: pd.DataFrame) -> pd.DataFrame:
    """Say of every line of every article what it is.

    Parameters
    ----------
    articles : pandas.DataFrame
        Columns ``article_id``, ``language`` and ``text``.

    Returns
    -------
    pandas.DataFrame
        The table ``lines``, one row a line: ``line`` (from 1), ``start`` and ``end`` (characters),
        ``kept_end`` (what is kept of a body line ends there), ``words``, ``kind`` (title, heading,
        byline, body, boilerplate, blank), ``sort`` (of boilerplate: repeat, teaser, navigation,
        counter, bio, disclaimer; of a body line: what was cut off its end) and ``reason``.
    """
    shared = _shared(articles)
    rows = [
        (row.article_id, number, line)
        for row in articles.sort_values("article_id").itertuples()
        for number, line in enumerate(label(row.text, row.language, shared), 1)
    ]
    columns = ("start", "end", "kept_end", "words", "kind", "sort", "reason")
    table = pd.DataFrame(
        [(a, n, *(getattr(line, column) for column in columns)) for a, n, line in rows],
        columns=["article_id", "line", *columns],
    )
    return check(table, "lines")


def label(text: str, language: str, shared: frozenset[str] = frozenset()) -> list[Line]:
    """Say of every line of one article what it is.

    The rules look at shape, place and repetition; words that give a line away come from the
    records of all languages. What opens the article is title and byline; its body ends at the last
    paragraph of prose; the short lines after that are the page's, not the article's.

    Parameters
    ----------
    text : str
        The article.
    language : str
        Its ISO 639-1 code.
    shared : frozenset of str
        Squeezed lines that stand in several articles.

    Returns
    -------
    list of Line
        One a line, in order.
    """
    lines = _split(text)
    lines = [_alone(line, shared) for line in lines]
    lines = _top(lines)
    lines = _tail(lines)
    lines = _menus(lines)
    lines = _headings(lines)
    lines = [line if line.kind else line.is_("body", "prose") for line in lines]
    return _cut_bio(lines, language)


def _shared(articles: pd.DataFrame) -> frozenset[str]:
    """Find the lines that stand in several articles."""
    seen = Counter(
        line
        for text in articles["text"]
        for line in {shapes.squeeze(one) for one in text.split("\n")}
        if line
    )
    return frozenset(line for line, count in seen.items() if count > 1)


def _split(text: str) -> list[Line]:
    """Cut an article into lines."""
    lines, start = [], 0
    for piece in text.split("\n"):
        lines.append(Line(piece, start, start + len(piece), start + len(piece)))
        start += len(piece) + 1
    return lines


def _alone(line: Line, shared: frozenset[str]) -> Line:
    """Name the lines that give themselves away wherever they stand."""
    if not shapes.squeeze(line.text):
        return line.is_("blank", "no visible character")
    for sort, why in _signs(line, shared):
        if why:
            return line.is_("boilerplate", why, sort)
    return line


def _signs(line: Line, shared: frozenset[str]) -> Iterator[tuple[str, str]]:
    """Give each sort of boilerplate with the sign of it in a line, "" for none."""
    text = line.text
    yield "navigation", "name of a language" if shapes.is_language_name(text) else ""
    yield "counter", "a count" if shapes.is_counter(text) else ""
    cue = shapes.navigation(text)
    yield "navigation", f"navigation: {cue}" if cue else ""
    cues = shapes.disclaimer(text)
    told = len(cues) > 1 or (len(cues) == 1 and line.words < PROSE)
    yield "disclaimer", f"disclaimer: {', '.join(cues[:3])}" if told else ""
    why = shapes.bio(text) if line.words < BIO else ""
    yield "bio", f"author's biography: {why}" if why else ""
    again = line.words < PROSE and shapes.squeeze(text) in shared
    yield "repeat", "stands in several articles" if again else ""


def _prose(line: Line) -> bool:
    """Tell whether a line is a paragraph of prose."""
    if line.kind or shapes.BULLET.match(line.text):
        return False
    if line.words >= ITEM:
        return not (shapes.is_truncated(line.text) and line.words < 2 * ITEM)
    return line.words >= PROSE and not shapes.is_truncated(line.text)


def _top(lines: list[Line]) -> list[Line]:
    """Name the title and the bylines: what stands before the first paragraph of prose."""
    lines, title = list(lines), ""
    for i, line in enumerate(lines):
        if _prose(line):
            break
        if line.kind:
            continue
        if shapes.is_byline(line.text):
            lines[i] = line.is_("byline", "label and value before the body")
        elif not title and line.words <= 2 * PROSE:
            title = shapes.squeeze(line.text)
            lines[i] = line.is_("title", "first line, before the body")
        elif title and shapes.squeeze(line.text) == title:
            lines[i] = line.is_("title", "the title again")
    return lines


def _tail(lines: list[Line]) -> list[Line]:
    """Name the short lines after the last paragraph of prose.

    A closing sentence that comes before any sign of the page (navigation, a list, a counter) is
    still the article's.
    """
    prose = [i for i, line in enumerate(lines) if _prose(line)]
    if not prose:
        return lines
    lines, ended = list(lines), False
    for i in range(prose[-1] + 1, len(lines)):
        line = lines[i]
        if line.kind in ("blank", ""):
            closing = not ended and shapes.is_sentence(line.text) and line.words > 3
            page = shapes.BULLET.match(line.text) or shapes.is_truncated(line.text)
            if line.kind == "blank" or (closing and not page):
                continue
            near = lines[i + 1 : i + 4]
            teaser = shapes.is_truncated(line.text) or any(
                shapes.is_truncated(one.text) for one in near
            )
            sort = "teaser" if teaser else "navigation"
            why = "breaks off, as lists of other articles do" if teaser else "no sentence"
            lines[i] = line.is_("boilerplate", f"after the last paragraph: {why}", sort)
        ended = True
    return lines


def _menus(lines: list[Line]) -> list[Line]:
    """Name runs of three and more bulleted scraps, and of broken-off lines, inside the article."""
    lines = list(lines)
    places = [i for i, line in enumerate(lines) if line.kind != "blank"]
    for scraps, run in groupby(places, key=lambda i: _scrap(lines[i])):
        found = list(run)
        if scraps and len(found) >= 3:
            for i in found:
                lines[i] = lines[i].is_("boilerplate", "one of a list of scraps", "navigation")
    return lines


def _scrap(line: Line) -> bool:
    """Tell whether a line is an item of a menu or a line that breaks off."""
    if line.kind or line.words > ITEM:
        return False
    bullet = shapes.BULLET.match(line.text) and line.words <= 4
    return shapes.is_truncated(line.text) or bool(bullet and not shapes.is_sentence(line.text))


def _headings(lines: list[Line]) -> list[Line]:
    """Name the headings: short, no sentence, with prose after them."""
    lines = list(lines)
    for i, line in enumerate(lines):
        if line.kind or shapes.is_sentence(line.text) or shapes.ITEM.match(line.text):
            continue
        if shapes.BULLET.match(line.text):
            continue
        short = han(line.text) <= HEADING if han(line.text) > 4 else line.words <= HEADING
        after = next((one for one in lines[i + 1 :] if one.kind != "blank"), None)
        if short and after is not None and not after.kind and after.words > line.words:
            lines[i] = line.is_("heading", "short, no sentence, prose follows")
    return lines


def _cut_bio(lines: list[Line], language: str) -> list[Line]:
    """Cut an author's biography off the end of the last body line."""
    lines = list(lines)
    last = max((i for i, line in enumerate(lines) if line.kind == "body"), default=None)
    if last is None:
        return lines
    line = lines[last]
    spans = sentences(line.text, language)
    for start, end in spans[-4:]:
        if start > len(line.text) / 2 and (why := shapes.bio(line.text[start:end])):
            kept = line.start + len(line.text[:start].rstrip())
            reason = f"prose; from character {kept} on an author's biography: {why}"
            lines[last] = replace(line, kept_end=kept, sort="bio", reason=reason)
            break
    return lines
