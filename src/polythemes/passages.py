"""Cut the body of an article into passages of even length."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from itertools import chain

import numpy as np
import pandas as pd

from polythemes.languages.text import sentences, words
from polythemes.tables import CONTRACTS

#: All but what is told of a passage's own language.
COLUMNS = [*(name for name in CONTRACTS["passages"] if name != "confidence"), "text"]
#: What a break inside a paragraph costs, against 1 for a passage of twice the wanted length.
INSIDE = 0.12
#: A sentence longer than this many wanted lengths is cut at a comma, a blank or anywhere.
LONGEST = 1.6
CLAUSE = re.compile(r"(?:[，、;；：]|(?<!\d)[,:]|[,:](?!\d))\s*")
BLANK = re.compile(r"\s+")

Span = tuple[int, int]


def cut(articles: pd.DataFrame, lines: pd.DataFrame, *, length: int = 80) -> pd.DataFrame:
    """Cut the body of every article into passages.

    Parameters
    ----------
    articles : pandas.DataFrame
        Columns ``article_id``, ``language`` and ``text``.
    lines : pandas.DataFrame
        The table ``lines``.
    length : int
        Wanted length of a passage in words (two Han characters count as one word).

    Returns
    -------
    pandas.DataFrame
        The table ``passages`` with the column ``text`` and the language of the article, which
        ``identify`` makes that of the passage: whole sentences, in order, none across a
        heading or a removed line, which together hold every kept character. ``start`` and ``end``
        are offsets into the decoded article.
    """
    own = dict(iter(lines.groupby("article_id")))
    rows = []
    for article in articles.sort_values("article_id").itertuples():
        table = own.get(article.article_id, lines[:0]).sort_values("line")
        runs = [_fit(article.text, run, article.language, length) for run in _runs(table)]
        for number, (start, end) in enumerate(chain.from_iterable(runs), 1):
            text = article.text[start:end]
            rows.append(
                {
                    "passage_id": f"{article.article_id}-{number:02d}",
                    "article_id": article.article_id,
                    "language": article.language,
                    "first_line": _line_at(table, start),
                    "last_line": _line_at(table, end - 1),
                    "start": start,
                    "end": end,
                    "words": words(text),
                    "sha256": hashlib.sha256(text.encode()).hexdigest(),
                    "text": text,
                }
            )
    return pd.DataFrame(rows, columns=COLUMNS)


def _runs(lines: pd.DataFrame) -> Iterator[list[Span]]:
    """Group the kept lines into runs that no heading and no removed line breaks."""
    run: list[Span] = []
    for line in lines.itertuples():
        if line.kind == "body" and line.kept_end > line.start:
            run.append((line.start, line.kept_end))
        ends = line.kind not in ("body", "blank") or (
            line.kind == "body" and line.kept_end < line.end
        )
        if run and ends:
            yield run
            run = []
    if run:
        yield run


def _fit(text: str, run: list[Span], language: str, length: int) -> list[Span]:
    """Cut one run of lines into passages of even length by dynamic programming.

    The sum over passages of ((words - wanted) / wanted)^2 is least, plus a cost for each break
    inside a paragraph (after Knuth and Plass 1981, who break lines so).
    """
    units, opens = _units(text, run, language, length)
    total = np.concatenate([[0.0], np.cumsum([words(text[a:b]) for a, b in units])])
    wanted = total[-1] / max(1, round(total[-1] / length)) or 1.0
    inside = np.array([0.0 if i in opens else INSIDE for i in range(len(units))])
    best, back = np.zeros(len(units) + 1), [0]
    for j in range(1, len(units) + 1):
        first = _reach(total, j, wanted)
        sizes = total[j] - total[first:j]
        costs = best[first:j] + ((sizes - wanted) / wanted) ** 2 + inside[first:j]
        i = int(np.argmin(np.round(costs, 9)))
        best[j] = costs[i]
        back.append(first + i)
    return [_trim(text, units[i][0], units[j - 1][1]) for i, j in _steps(back)]


def _units(text: str, run: list[Span], language: str, length: int) -> tuple[list[Span], set[int]]:
    """Cut a run of lines into sentences, and tell which of them open a paragraph."""
    units: list[Span] = []
    opens: set[int] = set()
    for start, end in run:
        opens.add(len(units))
        for a, b in sentences(text[start:end], language):
            if units and not words(text[start + a : start + b]):
                units[-1] = (units[-1][0], start + b)  # marks alone go with what they follow
            else:
                units += _halve(text, (start + a, start + b), length)
    return units, opens


def _reach(total: np.ndarray, j: int, wanted: float) -> int:
    """Find the first unit that a passage ending before unit ``j`` may begin with."""
    far = int(np.searchsorted(total, total[j] - 3 * wanted))
    return min(far, j - 1)


def _steps(back: list[int]) -> list[Span]:
    """Follow the best breaks back to the start."""
    steps, j = [], len(back) - 1
    while j > 0:
        steps.append((back[j], j))
        j = back[j]
    return steps[::-1]


def _halve(text: str, span: Span, length: int) -> list[Span]:
    """Cut a sentence that is far too long at the clause, blank or character nearest its middle."""
    start, end = span
    piece = text[start:end]
    if end - start < 2 or words(piece) <= LONGEST * length:
        return [span]
    middle = len(piece) // 2
    for pattern in (CLAUSE, BLANK):
        ends = [m.end() for m in pattern.finditer(piece) if 0 < m.end() < len(piece)]
        near = [e for e in ends if len(piece) / 4 < e < 3 * len(piece) / 4]
        if near:
            middle = min(near, key=lambda e: (abs(e - middle), e))
            break
    at = start + middle
    return [*_halve(text, (start, at), length), *_halve(text, (at, end), length)]


def _trim(text: str, start: int, end: int) -> Span:
    """Take white space off both ends of a span."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def _line_at(lines: pd.DataFrame, place: int) -> int:
    """Find the number of the line that a character stands in."""
    return int(lines["line"].iloc[lines["start"].searchsorted(place, side="right") - 1])
