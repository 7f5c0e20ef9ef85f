"""What each topic is about, in the words of each language."""

from __future__ import annotations

import pandas as pd
from matplotlib.figure import Figure

from polythemes import languages
from polythemes.figures import labels, rows, sheet, style

SIDE, COLUMN, ROOM = 1.25, 1.5, 1.38
SIZE, LEAST = 7.5, 6.5
# From a baseline to the bar below it, the bar, and from there to the next term, in inches.
BELOW, BAR, GAP = 0.036, 0.018, 0.014
HEAD, ABOVE = 0.28, 0.08
EMPTY = "—"

Cell = list[tuple[labels.Fitted, float]]


def terms(topic_terms: pd.DataFrame, topics: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the terms of every topic in every language.

    Parameters
    ----------
    topic_terms, topics : pandas.DataFrame
        Tables of a run.

    Returns
    -------
    figure : Figure
        A row a topic, a column a language; terms by rank, each above a bar as long as its weight
        relative to the largest of its list. A dash stands for no terms.
    data : pandas.DataFrame
        Columns topic_id, label, passages, language, rank, term, weight.
    """
    given = rows.of(topic_terms, "topic_terms").round(6)
    known = rows.of(topics, "topics")[["topic_id", "label", "passages"]]
    data = given.merge(known, on="topic_id", how="outer", validate="m:1")
    data = data.sort_values(["topic_id", "language", "rank", "term"], ignore_index=True)
    data = data[["topic_id", "label", "passages", "language", "rank", "term", "weight"]]
    codes = sorted(data["language"].dropna().unique())
    with style.use():
        blocks = [block for _, block in data.groupby("topic_id")]
        sides = [_side(block.iloc[0]) for block in blocks]
        cells = [[_fitted(block[block["language"].eq(code)]) for code in codes] for block in blocks]
        rooms = [
            ABOVE + max(0.2 + side.height, *map(_height, row)) + 0.1
            for side, row in zip(sides, cells, strict=True)
        ]
        page = sheet.new(
            "What is each topic about, in the words of each language?",
            "The strongest terms first; the line below a term is as long as its weight, measured "
            "against the first term of the same list.",
            width=SIDE + COLUMN * len(codes),
            height=HEAD + sum(rooms),
        )
        lefts = [SIDE + COLUMN * i for i in range(len(codes))]
        for left, code in zip(lefts, codes, strict=True):
            page.write(left, 0.12, languages.name(code), color=style.SOFT)
        top = HEAD
        for block, side, row, room in zip(blocks, sides, cells, rooms, strict=True):
            _topic(page, top, f"topic {block['topic_id'].iloc[0]}", side)
            for left, code, cell in zip(lefts, codes, row, strict=True):
                _cell(page, left, top + ABOVE, cell, style.language(code))
            top += room
    return page.figure, data


def _side(row: pd.Series) -> labels.Fitted:
    """Lay out what is said of a topic beside its terms."""
    count = "" if pd.isna(row["passages"]) else labels.count(int(row["passages"]), "passage")
    said = [line for line in labels.wrap(labels.plain(row["label"]), SIDE - 0.15, 7) if line]
    return labels.Fitted((*said, count), 7)


def _topic(page: sheet.Sheet, top: float, name: str, side: labels.Fitted) -> None:
    """Draw the line above a topic, and say what it is."""
    page.rule(top)
    page.block(0, top + ABOVE - 0.03, labels.Fitted((name,), SIZE + 1))
    page.block(0, top + ABOVE + 0.17, side, color=style.SOFT)


def _fitted(cell: pd.DataFrame) -> Cell:
    """Lay out the terms of a topic in a language, each with its weight relative to the largest."""
    most = float(cell["weight"].max()) if len(cell) else 0.0
    return [
        (
            labels.fit(row.term, ROOM, size=SIZE, least=LEAST, lines=3),
            max(0.0, row.weight / most) if most > 0 else 0.0,
        )
        for row in rows.each(cell)
    ]


def _line(term: labels.Fitted) -> float:
    """Give the height of a line of a term, the same for all that need only one."""
    size = SIZE if len(term.lines) == 1 else term.size
    return size * 1.2 / labels.POINTS


def _height(cell: Cell) -> float:
    """Measure the terms of a topic in a language, in inches."""
    return sum(len(term.lines) * _line(term) + BELOW + BAR + GAP for term, _ in cell)


def _cell(page: sheet.Sheet, left: float, top: float, cell: Cell, colour: str) -> None:
    """Draw the terms of a topic in a language."""
    if not cell:
        page.write(left, top, EMPTY, color=style.SOFT, va="top")
    for term, weight in cell:
        for line in term.lines:
            top += _line(term)
            page.write(left, top - 0.01, line, size=term.size, va="baseline")
        page.box(left, top + BELOW - 0.01, ROOM * weight, BAR, colour)
        top += BELOW + BAR + GAP
