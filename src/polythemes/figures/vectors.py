"""What the vectors say before any topic is sought: nearest neighbours, and lengths of passages."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from polythemes import languages
from polythemes.figures import labels, rows, sheet, sizes, style

# The table of neighbours: its cells, and how wide it is at the least and at the most.
CELL, SMALL, HIGH, NARROW, WIDE = 0.95, 0.38, 0.46, 4.4, 20.0
WIDTH, LANE, DOT = 6.6, 0.56, 3.6


def nearest(table: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw in which language the nearest passage of another article is.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns passage_id, language, neighbour_language, similarity (cosine); a row a passage and
        neighbour.

    Returns
    -------
    figure : Figure
        A row a language, a column the language of the neighbour; a cell holds the share and,
        smaller, the mean similarity.
    data : pandas.DataFrame
        Columns language, neighbour_language, neighbours (count), share (0 to 1, of the row),
        similarity (mean).
    """
    columns = ["passage_id", "language", "neighbour_language", "similarity"]
    given = rows.chosen(table, columns, "nearest neighbours").round(6)
    pairs = given.groupby(["language", "neighbour_language"])["similarity"]
    data = pairs.agg(neighbours="size", similarity="mean").reset_index()
    data["share"] = data["neighbours"] / data.groupby("language")["neighbours"].transform("sum")
    order = ["language", "neighbour_language", "neighbours", "share", "similarity"]
    data = data[order].round(6)
    with style.use():
        return _table(data), data


def _table(data: pd.DataFrame) -> Figure:
    """Draw a row a language, and a column a language of neighbours, as many as have room."""
    down, room = sorted(set(data["language"])), sizes.room(WIDE)
    side = labels.column(map(languages.name, down), min(1.6, 0.3 * room), size=8)
    counts = data.groupby("neighbour_language")["neighbours"].sum()
    counts = counts.reindex(sorted({*down, *counts.index}), fill_value=0)
    fit = counts.sort_values(ascending=False, kind="stable").index[: int((room - side) / SMALL)]
    across = sorted(fit)
    cell = min(CELL, (room - side) / len(across))
    page = sheet.new(
        "In which language is the nearest passage of another article?",
        "Of the passages in the language on the left, the share whose nearest neighbour is in "
        "the language above and, smaller, the mean similarity."
        + rows.note(len(across), len(counts), "languages"),
        width=max(min(NARROW, room), side + cell * len(across)),
        height=0.3 + HIGH * len(down),
        kind="Heat map",
    )
    _heads(page, across, side, cell)
    most = float(data["share"].max())
    for j, code in enumerate(down):
        top = 0.3 + HIGH * j
        name = labels.fit(languages.name(code), side - 0.1, size=8, least=5.5, lines=1)
        page.write(side - 0.1, top + HIGH / 2 - 0.02, name.text, size=name.size, ha="right")
        row = data[data["language"].eq(code)].set_index("neighbour_language")
        for i, other in enumerate(across):
            found = row.loc[other].to_dict() if other in row.index else {"share": 0.0}
            _cell(page, side + cell * i, top, found, most, wide=cell)
    return page.figure


def _heads(page: sheet.Sheet, across: list[str], side: float, cell: float) -> None:
    """Name the languages of the neighbours above their columns, all in one size."""
    heads = [
        labels.fit(languages.name(code), cell - 0.03, size=8, least=5.5, lines=1) for code in across
    ]
    size = min(head.size for head in heads)
    for i, head in enumerate(heads):
        page.write(side + cell * (i + 0.5) - 0.02, 0.14, head.text, size=size, ha="center")


def _cell(
    page: sheet.Sheet,
    left: float,
    top: float,
    found: dict[Any, float],
    most: float,
    *,
    wide: float,
) -> None:
    """Draw the neighbours that one language has in another."""
    fill = style.shade(found["share"], most)
    page.box(left, top, wide - 0.04, HIGH - 0.04, fill)
    middle, ink = left + wide / 2 - 0.02, style.ink(fill)
    if "similarity" not in found:
        page.write(middle, top + 0.21, "0 %", color=style.look().soft, ha="center")
        return
    share = labels.fit(labels.percent(found["share"]), wide - 0.06, size=9, least=5.5, lines=1)
    page.write(middle, top + 0.14, share.text, size=share.size, color=ink, ha="center")
    similarity = f"{found['similarity']:.2f}"
    page.write(middle, top + 0.31, similarity, size=6.5, color=ink, ha="center")


def lengths(passages: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw how long the passages of each language are.

    Parameters
    ----------
    passages : pandas.DataFrame
        Table of a run.

    Returns
    -------
    figure : Figure
        A lane a language, a dot a passage, a line at the median.
    data : pandas.DataFrame
        Columns language, passage_id, words.
    """
    given = rows.of(passages, "passages")[["language", "passage_id", "words"]]
    data = given.sort_values(["language", "words", "passage_id"], ignore_index=True)
    codes, longest = list(dict.fromkeys(data["language"])), int(data["words"].max())
    with style.use():
        room = sizes.room(WIDTH)
        side = labels.column(map(languages.name, codes), min(1.6, 0.3 * room), size=8)
        page = sheet.new(
            "How long are the passages of each language?",
            "Words of each passage; two Han characters count as one word. The line is the median.",
            width=room,
            height=LANE * len(codes) + 0.5,
            kind="Dot chart",
        )
        wide = room - side - 0.1
        axes = page.axes(side, 0, wide, LANE * len(codes) + 0.1)
        axes.set(
            xlim=(0, longest * 1.04), ylim=(len(codes) + 0.1 / LANE, 0), yticks=[], xlabel="words"
        )
        axes.spines["left"].set_visible(False)
        for i, code in enumerate(codes):
            middle = i + 0.6
            name = labels.fit(languages.name(code), side - 0.1, size=8, least=5.5, lines=1)
            page.write(side - 0.1, middle * LANE, name.text, size=name.size, ha="right")
            words = data.loc[data["language"].eq(code), "words"]
            _lane(axes, middle, words, longest * 1.04 / wide * DOT * 1.15 / 72)
            axes.lines[-1].set_color(style.language(code))
    return page.figure, data


def _lane(axes: Axes, middle: float, words: pd.Series, width: float) -> None:
    """Draw the median of a language, and a dot a passage: near equals one above the other."""
    median = float(words.median())
    axes.plot([median] * 2, [middle - 0.36, middle + 0.36], color=style.look().ink, linewidth=0.9)
    axes.text(median, middle - 0.38, f"{median:g}", size=7, ha="center", va="bottom")
    place = words.groupby(np.floor(words / width)).cumcount().to_numpy()
    away = (place + 1) // 2 * np.where(place % 2, -1, 1)
    step = min(DOT * 1.1 / 72 / LANE, 0.34 / max(1, int(abs(away).max())))
    axes.plot(words, middle + away * step, "o", markersize=DOT, alpha=0.8, markeredgewidth=0)
