"""Say of every line of an article what it is, and why; keep its body."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

import pandas as pd

from polythemes.cleaning import (
    blocks,
    model,
    notices,
    pages,
    people,
    places,
    sections,
    shapes,
    tables,
)
from polythemes.cleaning.distance import Embed
from polythemes.cleaning.lines import PROSE, Line, split
from polythemes.tables import check

__all__ = ["Line", "clean", "label"]

#: Words up to which a paragraph can be an author's biography, a notice, a row of links.
BIO, NOTICE, ROW = 150, 80, 60
#: Words between two blanks, on average, of Thai that is prose: it needs no mark.
CLAUSE = 4
#: Words of the longest biography of a person that the article does not speak of.
STRANGER = 70
#: Words to each cue in a notice as long as a paragraph.
DENSE = 20
#: Words up to which a line can be a credit alone, or a caption with one.
CREDIT, CAPTION = 16, 40
#: Characters of the longest line that gives itself away.
LONGEST = 4 * shapes.SCRAP


@dataclass(frozen=True)
class Page:
    """Hold what the signs of a line ask of its article."""

    language: str
    texts: Sequence[str] = ()
    top: int = 0
    behind: int = sys.maxsize
    shared: frozenset[str] = frozenset()
    names: Sequence[str] = ()


def clean(articles: pd.DataFrame, *, embed: Embed | None = None) -> pd.DataFrame:
    """Say of every line of every article what it is.

    Parameters
    ----------
    articles : pandas.DataFrame
        Columns ``article_id``, ``language`` and ``text``.
    embed : callable, optional
        Gives the unit vectors of a list of texts, one a row; with it lines at the edges of an
        article are held against its own body and against what pages say.

    Returns
    -------
    pandas.DataFrame
        The table ``lines``, one row a line: ``line`` (from 1), ``start`` and ``end`` (characters),
        ``kept_end`` (what is kept of a body line ends there), ``words``, ``kind`` (title, heading,
        byline, body, boilerplate, blank), ``sort`` (of boilerplate: teaser, navigation, bio,
        footer, counter, disclaimer, advert, comment, repeat; of a body line: what was cut off its
        end) and ``reason``.
    """
    articles = articles.sort_values("article_id")
    texts = [split(text) for text in articles["text"]]
    shared = _shared(texts)
    named = _label(texts, list(articles["language"]), shared, embed)
    rows = [
        (article_id, number, line)
        for article_id, lines in zip(articles["article_id"], named, strict=True)
        for number, line in enumerate(lines, 1)
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
    return _label([split(text)], [language], shared, None)[0]


def _label(
    texts: Sequence[Sequence[Line]],
    languages: Sequence[str],
    shared: frozenset[str],
    embed: Embed | None,
) -> list[list[Line]]:
    """Say of every line of every article what it is."""
    alone = [[_alone(line) for line in tables.rows(lines)] for lines in texts]
    runs = [blocks.runs(lines) for lines in alone]
    whole = [
        _judge(blocks.join(lines, run), language, shared)
        for lines, run, language in zip(alone, runs, languages, strict=True)
    ]
    whole = [sections.trim(lines) for lines in model.trim(whole, embed)]
    whole = [_cut_bio(*one) for one in zip(whole, languages, strict=True)]
    return [blocks.part(*one) for one in zip(alone, runs, whole, strict=True)]


def _judge(lines: Sequence[Line], language: str, shared: frozenset[str]) -> list[Line]:
    """Say of every paragraph of one article what it is."""
    lines = sections.close(lines)
    page = Page(
        language=language,
        texts=[line.text for line in lines if line.is_prose],
        top=next((line.start for line in lines if line.is_prose), 0),
        behind=places.behind(lines),
        shared=shared,
    )
    lines = places.edges(lines, partial(_notice, page=page))
    lines = places.top(lines, shared)
    names = places.under_title(lines)
    lines = places.edges(lines, partial(_apart, page=replace(page, names=names)))
    lines = [_offer(line, page) for line in lines]
    lines = places.inside(lines, shared)
    lines = [line if line.kind else line.is_("body", "prose") for line in lines]
    return sections.trim(lines)


def _shared(texts: Sequence[Sequence[Line]]) -> frozenset[str]:
    """Find the lines that stand in several articles."""
    seen = Counter(key for lines in texts for key in {line.key for line in lines} if key)
    return frozenset(line for line, count in seen.items() if count > 1)


def _alone(line: Line) -> Line:
    """Name the lines that give themselves away wherever they stand."""
    if line.kind or (line.words > CAPTION and len(line.text) > LONGEST):
        return line
    if not line.key:
        return line.is_("blank", "no visible character")
    label, found = pages.cue(line.text)
    if label in pages.LABELS and found:
        return line.is_("boilerplate", f"{label}: {found}", label)
    credit = line.words <= CREDIT and not shapes.is_sentence(line.text)
    if credit and people.is_byline(line.text):
        return line.is_("byline", "label and value")
    if line.words <= CAPTION and people.is_caption(line.text):
        return line.is_("byline", "caption with a credit")
    sort, why = pages.sign(line.text)
    if not why and not line.words:
        sort, why = "navigation", "no word"
    return line.is_("boilerplate", why, sort) if why else line


def _notice(line: Line, page: Page) -> tuple[str, str]:
    """Give what speaks for a notice of the page: legal lines, offers, rows of links."""
    if line.words >= PROSE and shapes.GLUED.search(line.text):  # it is cut off, not all of it
        return "", ""
    if line.words <= NOTICE:
        sort, found = notices.notice(line.text)
        own = [cue for cue in found if notices.own(cue, page.texts)]
        # A paragraph with a word that the article speaks of is the article's.
        found = () if own and line.words >= PROSE else tuple(c for c in found if c not in own)
        # One is enough in a short line that is no offer in a sentence, and behind the article.
        short = line.words < PROSE and not (sort == "advert" and shapes.is_sentence(line.text))
        # A title may speak of one.
        title = line.start < page.top and not any(m in line.text for m in (". ", "。", "|"))
        title = title and not line.text.casefold().startswith(found[:1] or "\0")
        least = 1 if (short and not title) or line.start > page.behind else 2
        if len(found) >= max(least, line.words / DENSE / (3 - least)):
            return sort, f"{sort}: {' + '.join(found[:3])}"
    row = line.words >= PROSE and not shapes.has_mark(line.text)
    pieces = len(line.text.split())
    if row and PROSE <= pieces <= ROW and line.words < CLAUSE * pieces:
        return "navigation", "a row of words, no mark"
    return "", ""


def _offer(line: Line, page: Page) -> Line:
    """Name a short line that bears two cues of offers, as they stand inside articles too."""
    if line.kind or line.words >= PROSE:
        return line
    sort, found = notices.notice(line.text)
    if sort != "advert" or len(found) < 2 or any(notices.own(c, page.texts) for c in found):
        return line
    return line.is_("boilerplate", f"advert: {' + '.join(found[:3])}", sort)


def _apart(line: Line, page: Page) -> tuple[str, str]:
    """Give what speaks for a line apart from the article: notices, repeats, biographies."""
    if line.words <= BIO and (why := _bio(line, page)):
        return "bio", f"author's biography: {why}"
    sort, why = _notice(line, page)
    if line.words < PROSE and line.key in page.shared:
        return sort or "repeat", f"{why}; {places.SHARED}" if why else places.SHARED
    return sort, why


def _bio(line: Line, page: Page) -> str:
    """Give what speaks for the biography of an author."""
    at, why = people.bio_start(line.text, page.language, page.names)
    # What is glued to the article is cut off it, not all of it.
    if why and at < len(line.text) / 3 and not line.text[at - 1 : at].strip():
        return why
    last = line.text in page.texts and page.texts.index(line.text) * 3 >= 2 * len(page.texts)
    if last and pages.is_about(line.text):
        return "announced as one"
    others = [text for text in page.texts if text != line.text]
    return people.stranger(line.text, others) if last and line.words <= STRANGER else ""


def _cut_bio(lines: Sequence[Line], language: str) -> list[Line]:
    """Cut an author's biography off the end of the last body line."""
    lines, names = list(lines), places.under_title(lines)
    last = max((i for i, line in enumerate(lines) if line.kind == "body"), default=None)
    if last is not None:
        at, why = people.bio_start(lines[last].text, language, names)
        if at:
            lines[last] = lines[last].cut(at, f"an author's biography: {why}", "bio")
    return lines
