"""Say of every line of an article what it is, and why; keep its body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial

import pandas as pd

from polythemes.cleaning import pages, people, places, shapes
from polythemes.cleaning.lines import PROSE, Line, is_wrapped, split
from polythemes.tables import check

__all__ = ["Line", "clean", "label"]

#: Words up to which a paragraph can be an author's biography, a disclaimer, a row of links.
BIO, DISCLAIMER, ROW = 150, 80, 60
#: Words up to which a line can be a credit alone, or a caption with one.
CREDIT, CAPTION = 16, 40


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
    articles = articles.sort_values("article_id")
    texts = [split(text) for text in articles["text"]]
    shared = _shared(texts)
    rows = [
        (article_id, number, line)
        for article_id, language, lines in zip(
            articles["article_id"], articles["language"], texts, strict=True
        )
        for number, line in enumerate(_label(lines, language, shared), 1)
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
    return _label(split(text), language, shared)


def _label(lines: Sequence[Line], language: str, shared: frozenset[str]) -> list[Line]:
    """Say of every line of one article what it is."""
    lines = [_alone(line) for line in lines]
    if is_wrapped(lines):
        return [line if line.kind else line.is_("body", "part of a paragraph") for line in lines]
    lines = places.edges(lines, _notice)
    lines = places.top(lines, shared)
    names = places.under_title(lines)
    lines = places.edges(lines, partial(_apart, language=language, names=names, shared=shared))
    lines = places.inside(lines, shared)
    lines = [line if line.kind else line.is_("body", "prose") for line in lines]
    return _cut_bio(lines, language, names)


def _shared(texts: Sequence[Sequence[Line]]) -> frozenset[str]:
    """Find the lines that stand in several articles."""
    seen = Counter(key for lines in texts for key in {line.key for line in lines} if key)
    return frozenset(line for line, count in seen.items() if count > 1)


def _alone(line: Line) -> Line:
    """Name the lines that give themselves away wherever they stand."""
    if not line.key:
        return line.is_("blank", "no visible character")
    credit = line.words <= CREDIT and not shapes.is_sentence(line.text)
    if credit and people.is_byline(line.text):
        return line.is_("byline", "label and value")
    if line.words <= CAPTION and people.is_caption(line.text):
        return line.is_("byline", "caption with a credit")
    cue = pages.navigation(line.text)
    signs = (
        ("navigation", "name of a language" if pages.is_language_name(line.text) else ""),
        ("counter", "a count" if pages.is_counter(line.text) else ""),
        ("navigation", f"navigation: {cue}" if cue else ""),
        ("navigation", pages.menu(line.text)),
        ("navigation", "an address" if pages.is_address(line.text) else ""),
        ("navigation", "" if line.words else "no word"),
    )
    sort, why = next((sign for sign in signs if sign[1]), ("", ""))
    return line.is_("boilerplate", why, sort) if why else line


def _notice(line: Line) -> tuple[str, str]:
    """Give what speaks for a notice of the page: disclaimers, rows of links."""
    cues = pages.disclaimer(line.text) if line.words <= DISCLAIMER else []
    if len(cues) > 1 or (cues and line.words < PROSE):
        return "disclaimer", f"disclaimer: {', '.join(cues[:3])}"
    row = PROSE <= len(line.text.split()) <= ROW and not shapes.has_mark(line.text)
    return ("navigation", "a row of words, no mark") if row else ("", "")


def _apart(line: Line, language: str, names: list[str], shared: frozenset[str]) -> tuple[str, str]:
    """Give what speaks for a line apart from the article: notices, repeats, biographies."""
    if line.words < PROSE and line.key in shared:
        return "repeat", places.SHARED
    at, why = people.bio_start(line.text, language, names) if line.words <= BIO else (0, "")
    if why and at < len(line.text) / 3:
        return "bio", f"author's biography: {why}"
    return _notice(line)


def _cut_bio(lines: list[Line], language: str, names: list[str]) -> list[Line]:
    """Cut an author's biography off the end of the last body line."""
    lines = list(lines)
    last = max((i for i, line in enumerate(lines) if line.kind == "body"), default=None)
    if last is not None:
        at, why = people.bio_start(lines[last].text, language, names)
        if at:
            lines[last] = lines[last].cut(at, f"an author's biography: {why}", "bio")
    return lines
