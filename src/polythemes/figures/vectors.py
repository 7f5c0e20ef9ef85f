"""What the vectors say before any topic is sought: nearest neighbours, and lengths of passages."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from polythemes import languages
from polythemes.figures import labels, rows, sheet, style

CELL, HIGH = 0.95, 0.46
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
    down = sorted(set(data["language"]))
    across = sorted({*down, *data["neighbour_language"]})
    with style.use():
        side = labels.column(map(languages.name, down), 1.6, size=8)
        page = sheet.new(
            "In which language is the nearest passage of another article?",
            "Of the passages in the language on the left, the share whose nearest neighbour is in "
            "the language above and, smaller, the mean similarity.",
            width=max(4.4, side + CELL * len(across)),
            height=0.3 + HIGH * len(down),
            kind="Heat map",
        )
        for i, code in enumerate(across):
            middle = side + CELL * (i + 0.5) - 0.02
            page.write(middle, 0.14, languages.name(code), ha="center")
        most = float(data["share"].max())
        for j, code in enumerate(down):
            top = 0.3 + HIGH * j
            page.write(side - 0.1, top + HIGH / 2 - 0.02, languages.name(code), ha="right")
            row = data[data["language"].eq(code)].set_index("neighbour_language")
            for i, other in enumerate(across):
                found = row.loc[other].to_dict() if other in row.index else {"share": 0.0}
                _cell(page, side + CELL * i, top, found, most)
    return page.figure, data


def _cell(page: sheet.Sheet, left: float, top: float, found: dict[Any, float], most: float) -> None:
    """Draw the neighbours that one language has in another."""
    fill = style.shade(found["share"], most)
    page.box(left, top, CELL - 0.04, HIGH - 0.04, fill)
    middle, ink = left + CELL / 2 - 0.02, style.ink(fill)
    if "similarity" not in found:
        page.write(middle, top + 0.21, "0 %", color=style.look().soft, ha="center")
        return
    page.write(middle, top + 0.14, labels.percent(found["share"]), size=9, color=ink, ha="center")
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
        side = labels.column(map(languages.name, codes), 1.6, size=8)
        page = sheet.new(
            "How long are the passages of each language?",
            "Words of each passage; two Han characters count as one word. The line is the median.",
            width=WIDTH,
            height=LANE * len(codes) + 0.5,
            kind="Dot chart",
        )
        wide = WIDTH - side - 0.1
        axes = page.axes(side, 0, wide, LANE * len(codes) + 0.1)
        axes.set(
            xlim=(0, longest * 1.04), ylim=(len(codes) + 0.1 / LANE, 0), yticks=[], xlabel="words"
        )
        axes.spines["left"].set_visible(False)
        for i, code in enumerate(codes):
            middle = i + 0.6
            page.write(side - 0.1, middle * LANE, languages.name(code), ha="right")
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
