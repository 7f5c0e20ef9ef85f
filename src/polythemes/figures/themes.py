"""How much of each article each theme takes, and where that can be read."""

from __future__ import annotations

import math
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from polythemes.figures import cells, labels, rows, sheet, sizes, style
from polythemes.figures.stacks import Stacks

MOST = 60
# Height of a row of the heat map in inches, and the least that it may have.
ROW, TIGHT = 0.44, 0.235
# Sizes of the texts of the evidence, and on a board that is narrower than usual.
SIZE, SMALL = 7.5, 6.5
# In inches: below a row, between themes, above the rows, and a line of that.
PAD, GAP, HEAD, LINE = 0.05, 0.14, 0.25, 0.14
#: Columns of the evidence: left edges in inches by their heads.
COLUMNS = {
    "theme": 0.0,
    "article": 1.5,
    "reference": 2.65,
    "characters": 3.45,
    "share": 4.35,
    "terms": 5.25,
}
WIDTH, CITED = 8.3, 20
#: The same on a board narrower than this, where themes stand above their rows.
NARROW = 5.0
STACKED = {"article": 0.14, "reference": 0.14, "characters": 0.95, "share": 0.95, "terms": 1.65}
TOLD = [
    "theme_id",
    "theme",
    "article_id",
    "language",
    "rank",
    "passage_id",
    "reference",
    "start",
    "end",
    "share",
    "terms",
    "shown",
]


class Group(NamedTuple):
    """Hold the rows of a theme laid out: how high its name stands above them, and all of it."""

    theme: str
    name: labels.Fitted
    rows: pd.DataFrame
    first: float
    high: float


def named(themes: pd.DataFrame, found: pd.Series) -> dict[str, str]:
    """List the themes to show with their labels, in their order.

    Parameters
    ----------
    themes : pandas.DataFrame
        Table ``themes``; the order of its rows is the order of ``themes.toml``, and is kept.
    found : pandas.Series
        Themes that have shares.

    Returns
    -------
    dict of str to str
        Label by theme; a theme that is not in the table comes after, ``rest`` last.
    """
    rows.of(themes, "themes")
    label = dict(zip(themes["theme_id"], themes["label"], strict=True))
    have = set(found)
    order = [*label, *sorted(have - set(label))]
    order.sort(key=style.REST.__eq__)
    return {theme: label.get(theme) or theme for theme in order if theme in have}


def heatmap(
    article_themes: pd.DataFrame, themes: pd.DataFrame, articles: pd.DataFrame
) -> tuple[Figure, pd.DataFrame]:
    """Draw how much of each article each theme takes.

    Parameters
    ----------
    article_themes, themes, articles : pandas.DataFrame
        Tables of a run. The order of the rows of ``themes`` counts, that of the others does not.

    Returns
    -------
    figure : Figure
        A row an article, a column a theme; a cell holds the share and, smaller, its interval.
    data : pandas.DataFrame
        Columns article_id, language, theme_id, theme, share, low, high (0 to 1).
    """
    data, label = _shares(article_themes, themes, articles)
    order = list(dict.fromkeys(data["article_id"]))
    names = list(map(labels.article, data["article_id"], data["language"]))
    title = "How much of each article does each theme take?"
    note = "Share of the article and, smaller, its 95 % interval over passages, both in percent."
    with style.use():
        columns = cells.columns(label, cells.side(names, 1.6))
        listed = min(MOST, len(order))
        count, row = cells.shown(columns, (title, note), listed, high=ROW, least=TIGHT)
        shown = _largest(data, order, count)
        page = sheet.new(
            title,
            note + rows.note(len(shown), len(order), "articles"),
            width=columns.board,
            height=columns.top + row * len(shown),
            kind="Heat map",
        )
        columns.draw(page)
        most = math.ceil(10 * float(data["share"].max())) / 10
        for i, article in enumerate(shown):
            own = data[data["article_id"].eq(article)]
            _row(page, own, columns, (columns.top + row * i, row), most)
    return page.figure, data


def _largest(data: pd.DataFrame, order: list[str], count: int) -> list[str]:
    """Choose the articles of which a theme takes most."""
    spoken = data[data["theme_id"].ne(style.REST)].groupby("article_id")["share"].max()
    largest = set(spoken.sort_values(ascending=False, kind="stable").index[:count])
    return [article for article in order if article in largest] or order[:count]


def _shares(
    article_themes: pd.DataFrame, themes: pd.DataFrame, articles: pd.DataFrame
) -> tuple[pd.DataFrame, dict[str, str]]:
    """Bring the cells of the heat map in their order; give the themes' labels too."""
    given = rows.of(article_themes, "article_themes").round(6)
    label = named(themes, given["theme_id"])
    known = rows.of(articles, "articles")[["article_id", "language"]]
    places = {"article_id": rows.in_order(known), "theme_id": list(label)}
    data = given.merge(known, on="article_id", validate="m:1")
    data["theme"] = data["theme_id"].map(label)
    data = data.sort_values(
        list(places), key=lambda column: column.map(places[column.name].index), ignore_index=True
    )
    return data[["article_id", "language", "theme_id", "theme", "share", "low", "high"]], label


def _row(
    page: sheet.Sheet,
    own: pd.DataFrame,
    columns: cells.Columns,
    place: tuple[float, float],
    most: float,
) -> None:
    """Draw the cells of one article, at the upper edge and in the height of its row."""
    top, high = place[0], place[1] - 0.04
    edge, middle = min(columns.lefts.values()) - 0.1, top + high / 2
    name = labels.article(own["article_id"].iloc[0], own["language"].iloc[0])
    label = labels.fit(name, edge, size=8, least=5.5, lines=2)
    page.write(edge, middle, label.text, size=label.size, ha="right")
    for cell in rows.each(own):
        columns.cell(page, cell, top, high=high, most=most)


def evidence(
    evidence: pd.DataFrame, themes: pd.DataFrame, passages: pd.DataFrame
) -> tuple[Figure, pd.DataFrame]:
    """Draw the table of the passages that speak most for each theme.

    Parameters
    ----------
    evidence, themes, passages : pandas.DataFrame
        Tables of a run. The order of the rows of ``themes`` counts, that of the others does not.

    Returns
    -------
    figure : Figure
        A row a passage, grouped by theme; at most 20 a theme, those of the highest share.
    data : pandas.DataFrame
        Columns theme_id, theme, article_id, language, rank, passage_id, reference (article:lines),
        start, end (characters), share (0 to 1), terms, shown (bool: where no size bounds it).
    """
    data = _told(evidence, themes, passages)
    listed = data[data["shown"]].reset_index(drop=True)
    title = "Where can each theme be read?"
    note = (
        "The passages that speak most for each theme. A reference is article:lines; characters "
        "count from the start of the article."
    )
    with style.use():
        table = _table()
        laid = [_cells(row, table) for row in rows.each(listed)]
        listed["high"] = [table.height(cells) + PAD for cells in laid]
        longest = note + rows.note(0, len(data), "passages")
        room = sizes.height() - sheet.besides(title, longest, width=table.width)
        groups = _groups(listed, table, room)
        note += rows.note(sum(len(group.rows) for group in groups), len(data), "passages")
        high = _high(groups, table)
        page = sheet.new(title, note, width=table.width, height=high, kind="Table")
        for head, left in table.lefts.items():
            at = 0.1 + LINE * len(table.above(head))
            page.write(left, at, head, size=SIZE, color=style.look().soft)
        colour, top = style.themes(named(themes, data["theme_id"])), HEAD + LINE * (table.depth - 1)
        for group in groups:
            page.rule(top)
            top += GAP / 2
            page.box(0, top, 0.06, group.high, colour[group.theme])
            page.block(0.14, top + PAD / 2, group.name)
            at = top + PAD / 2 + group.first
            for row in rows.each(group.rows):
                _cite(page, table, laid[row.Index], row.share, at)
                at += row.high
            top += group.high + GAP / 2
    return page.figure, data


def _table() -> Stacks:
    """Lay out the columns of the evidence."""
    wide = sizes.room(WIDTH)
    if wide < NARROW:
        return Stacks(STACKED, wide)
    return Stacks({one: left * (wide / WIDTH) for one, left in COLUMNS.items()}, wide)


def _groups(listed: pd.DataFrame, table: Stacks, room: float) -> list[Group]:
    """Bring the rows of every theme together, as many of each as have room."""
    place = _place(listed)
    for most in range(CITED, 0, -1):
        cited = listed[place <= most].groupby("theme_id", sort=False)
        groups = [_group(own, table) for _, own in cited]
        if _high(groups, table) <= room:
            break
    return groups


def _group(own: pd.DataFrame, table: Stacks) -> Group:
    """Lay out a theme: its name stands beside its rows, or above them."""
    above = "theme" not in table.lefts
    room = table.width - 0.14 if above else table.room("theme") - 0.2
    name = labels.fit(own["theme"].iloc[0], room, size=SIZE, least=SIZE)
    first = name.height + PAD if above else 0.0
    high = max(sum(own["high"]) + first, name.height + PAD)
    return Group(own["theme_id"].iloc[0], name, own, first, high)


def _high(groups: list[Group], table: Stacks) -> float:
    """Give the height of the table in inches."""
    heads = HEAD + LINE * (table.depth - 1)
    return heads + sum(group.high for group in groups) + GAP * len(groups)


def _place(data: pd.DataFrame) -> pd.Series:
    """Give passages their places within their themes, by share."""
    return data.groupby("theme_id")["share"].rank(method="first", ascending=False)


def _told(evidence: pd.DataFrame, themes: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """Say of every piece of evidence where it stands."""
    given = rows.of(evidence, "evidence").round(6)
    label = named(themes, given["theme_id"])
    where = rows.of(passages, "passages").drop(columns=["article_id", "words", "sha256"])
    data = given.merge(where, on="passage_id", validate="m:1")
    data["theme"] = data["theme_id"].map(label)
    first, last = data["first_line"].astype(str), data["last_line"].astype(str)
    span = first.where(first.eq(last), first + "-" + last)
    data["reference"] = data["article_id"] + ":" + span
    data["terms"] = data["terms"].map(labels.plain)
    data["shown"] = _place(data) <= CITED
    data["order"] = data["theme_id"].map([*label].index)
    data = data.sort_values(["order", "article_id", "rank", "passage_id"], ignore_index=True)
    return data[TOLD]


def _cells(row: Any, table: Stacks) -> dict[str, labels.Fitted]:
    """Lay out one piece of evidence."""
    said = {
        "article": labels.article(row.article_id, row.language),
        "reference": row.reference,
        "characters": f"{row.start}-{row.end}",
        "share": labels.percent(row.share),
        "terms": row.terms,
    }
    size = SMALL if table.width < WIDTH else SIZE
    least = {"terms": size}
    return {
        column: labels.fit(text, table.room(column), size=size, least=least.get(column, 6))
        for column, text in said.items()
    }


def _cite(
    page: sheet.Sheet, table: Stacks, laid: dict[str, labels.Fitted], share: float, top: float
) -> None:
    """Write one piece of evidence."""
    for column, cell in laid.items():
        page.block(table.lefts[column], top + table.below(laid, column), cell)
    left, across = table.lefts["share"] + 0.4, min(0.4, table.room("share") - 0.4)
    middle = top + table.below(laid, "share") + 0.037 * laid["share"].size / SIZE
    page.box(left, middle, across, 0.06, style.look().faint)
    page.box(left, middle, across * share, 0.06, style.look().soft)
