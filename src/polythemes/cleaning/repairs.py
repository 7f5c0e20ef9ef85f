"""Mend what was done to a text on purpose, for counting and embedding; the text shown stays."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence

import pandas as pd

from polythemes.languages.text import HAN, han

#: A phrase is stuffing if it has this many characters or more, ...
SHORTEST, LONGEST = 6, 16
#: ... stands at least this often, ...
OFTEN = 12
#: ... and once in at most this many Han characters of the article.
DENSE = 200
#: So many of its characters may be swapped for look-alikes.
SWAPPED = 2


def repair(articles: pd.DataFrame, passages: pd.DataFrame, *, names: Sequence[str]) -> pd.DataFrame:
    """Add to every passage the text that is counted and embedded.

    Parameters
    ----------
    articles : pandas.DataFrame
        Columns ``article_id`` and ``text``.
    passages : pandas.DataFrame
        The table ``passages`` with the column ``text``.
    names : sequence of str
        Names of the field; a phrase glued to one of them beyond chance is reduced to the name.

    Returns
    -------
    pandas.DataFrame
        The same rows with the column ``repaired``: compatibility forms folded (Unicode NFKC) and
        stuffed phrases reduced.
    """
    phrases = {
        article.article_id: stuffing(_fold(article.text), names)
        for article in articles.itertuples()
    }
    repaired = []
    for passage in passages.itertuples():
        text = _fold(passage.text)
        found = phrases[passage.article_id]
        repaired.append(reduce(text, *found) if found else text)
    return passages.assign(repaired=repaired)


def _fold(text: str) -> str:
    """Fold compatibility forms: full-width letters and radicals become the usual ones."""
    return unicodedata.normalize("NFKC", text)


def stuffing(text: str, names: Iterable[str]) -> tuple[str, str] | None:
    """Find the phrase that was glued to a name all over an article.

    Parameters
    ----------
    text : str
        The article.
    names : iterable of str
        Names of the field.

    Returns
    -------
    tuple of (str, str) or None
        The longest phrase that begins with a name, stands far beyond chance, and is no mere
        name; and the name.
    """
    known = [name for name in sorted(names) if HAN.match(name)]
    limit = max(OFTEN, han(text) / DENSE)
    longest: tuple[int, int, str, str] = (0, 0, "", "")
    for name in known:
        places = [found.start() for found in re.finditer(re.escape(name), text)]
        for size in range(max(SHORTEST, len(name) + 3), LONGEST + 1):
            seen = Counter(text[i : i + size] for i in places)
            phrase, count = max(seen.items(), key=lambda it: (it[1], it[0]), default=("", 0))
            if count >= limit and count * 2 >= len(places) and han(phrase) == size:
                longest = max(longest, (size, count, phrase, name))
    return longest[2:] if longest[0] else None


def reduce(text: str, phrase: str, name: str) -> str:
    """Put the name in the place of the phrase stuffed behind it.

    Parameters
    ----------
    text : str
        The text.
    phrase, name : str
        What :func:`stuffing` found.

    Returns
    -------
    str
        The text with every copy of the phrase reduced, those with a few characters swapped
        for look-alikes too.
    """
    size, out, i = len(phrase), [], 0
    while i < len(text):
        window = text[i : i + size]
        wrong = sum(a != b for a, b in zip(window, phrase, strict=False))
        if len(window) == size and wrong <= SWAPPED and window[0] == phrase[0]:
            out.append(name)
            i += size
        else:
            out.append(text[i])
            i += 1
    return "".join(out)
