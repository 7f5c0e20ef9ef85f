"""Topics that were found beside themes that were named."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from polythemes.figures import cells, labels, rows, sheet, style
from polythemes.figures.themes import named

ROW = 0.5
#: As the suggestions have it: a theme covers a topic of which it takes a third.
COVERED = 1 / 3
FREE = "no theme covers it"


def crosswalk(
    crosswalk: pd.DataFrame, themes: pd.DataFrame, topics: pd.DataFrame
) -> tuple[Figure, pd.DataFrame]:
    """Draw how much of every topic each theme takes.

    Parameters
    ----------
    crosswalk, themes, topics : pandas.DataFrame
        Tables of a run. The order of the rows of ``themes`` counts, that of the others does not.

    Returns
    -------
    figure : Figure
        A row a topic, a column a theme; a cell holds the share of the topic with its interval, the
        bar at its foot the part of the theme that stands in the topic.
    data : pandas.DataFrame
        Columns topic_id, topic, theme_id, theme, share, low, high, of_theme, of_theme_low,
        of_theme_high (0 to 1), passages, articles.
    """
    data, label = _told(crosswalk, themes, topics)
    spoken = data[data["theme_id"].ne(style.REST)].groupby("topic_id")["share"].max()
    names = data.drop_duplicates("topic_id").set_index("topic_id")
    with style.use():
        side = cells.side(
            [*(f"{i} {name}" for i, name in names["topic"].items()), f"000 passages, {FREE}"], 2.2
        )
        columns = cells.columns(label, side)
        sides = [_side(row, float(spoken.get(i, 0)), side - 0.1) for i, row in names.iterrows()]
        high = max([ROW, *(one.height for one in sides)])
        page = sheet.new(
            "Which topics does each theme take?",
            "Share of the topic's words that the theme takes and, smaller, its 95 % interval over "
            "articles, in percent. The bar at the foot of a cell: the part of the theme that "
            "stands in this topic.",
            width=columns.board,
            height=columns.top + high * len(names),
            kind="Heat map",
        )
        columns.draw(page)
        most = float(data["share"].max())
        for i, topic in enumerate(names.index):
            top = columns.top + high * i
            sides[i].draw(page, side - 0.1, top, high, style.look().ink)
            for cell in rows.each(data[data["topic_id"].eq(topic)]):
                _cell(page, columns, cell, (top, high), most)
    return page.figure, data


def _told(
    crosswalk: pd.DataFrame, themes: pd.DataFrame, topics: pd.DataFrame
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Bring the cells in their order; give the themes' labels too."""
    given = rows.of(crosswalk, "crosswalk").round(6)
    label = named(themes, given["theme_id"])
    known = rows.of(topics, "topics")[["topic_id", "label"]].rename(columns={"label": "topic"})
    data = given.merge(known, on="topic_id", validate="m:1")
    data["theme"] = data["theme_id"].map(label)
    data["order"] = data["theme_id"].map([*label].index)
    data = data.sort_values(["topic_id", "order"], ignore_index=True)
    front = ["topic_id", "topic", "theme_id", "theme"]
    rest = [column for column in given.columns if column not in front]
    return data[[*front, *rest]], label


def _side(row: pd.Series, most: float, room: float) -> cells.Side:
    """Lay out the name of a topic, and what is said below it."""
    said = labels.count(int(row["passages"]), "passage") + ("" if most >= COVERED else f", {FREE}")
    name = labels.fit(f"{row.name} {row['topic']}", room, size=8, least=5.5, lines=4)
    return cells.Side(name, labels.fit(said, room, size=6, least=5, lines=2))


def _cell(
    page: sheet.Sheet,
    columns: cells.Columns,
    cell: Any,
    place: tuple[float, float],
    most: float,
) -> None:
    """Draw one theme in one topic, at the upper edge and in the height of its row."""
    top, high = place
    left, foot = columns.lefts[cell.theme_id], top + high - 0.1
    columns.cell(page, cell, top, high=high - 0.1, most=most)
    page.box(left, foot, columns.box, 0.05, style.look().faint)
    page.box(left, foot, columns.box * cell.of_theme, 0.05, style.look().soft)
