"""Who is named where, and which themes stand in the passages that name them."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from polythemes import languages
from polythemes.figures import cells, heads, keys, labels, rows, sheet, sizes, style
from polythemes.figures.themes import named
from polythemes.tables import check

MOST = 30
#: Articles have a column each up to so many; then languages have.
ARTICLES = 10
#: Colour and marker of every sort of actor.
SORTS = {
    "company": ("#332288", "o"),
    "platform": ("#117733", "s"),
    "product": ("#88CCEE", "D"),
    "person": ("#CC6677", "^"),
    "practice": ("#999933", "v"),
}

ROW = 0.34
# What is left free for what is told of each actor.
TOLD = 0.75
# Width of a column at its widest and narrowest, height of a row, and the largest dot's diameter.
WIDE, NARROW, LINE, DOT = 0.72, 0.4, 0.25, 0.19
SIDE = 1.7


def ranked(actors: pd.DataFrame) -> pd.DataFrame:
    """Bring actors into the order drawn.

    Parameters
    ----------
    actors : pandas.DataFrame
        Table ``actors``.

    Returns
    -------
    pandas.DataFrame
        Its rows, those in most articles first, then in most passages.
    """
    order = ["articles", "passages", "mentions", "actor_id"]
    columns = list(check(actors, "actors"))
    found = actors.sort_values(order, ascending=[False, False, False, True], ignore_index=True)
    return found[columns]


def of_sorts() -> dict[str, tuple[str, str]]:
    """Give the colour and marker of every sort of actor as the look has them.

    Returns
    -------
    dict of str to (str, str)
        ``"#RRGGBB"`` and a marker of Matplotlib, by sort.
    """
    colours = style.scheme({sort: colour for sort, (colour, _) in SORTS.items()})
    return {sort: (colours[sort], marker) for sort, (_, marker) in SORTS.items()}


def nothing(title: str) -> Figure:
    """Draw a figure that says that no actor is named.

    Parameters
    ----------
    title : str
        What the figure would answer.

    Returns
    -------
    Figure
        A sheet with its title and a sentence.
    """
    with style.use():
        note = "No actor listed in actors.toml is named in the passages, or none beside another."
        return sheet.new(title, note, width=5.2, height=0.1, kind="Note").figure


def heatmap(
    actor_themes: pd.DataFrame, themes: pd.DataFrame, actors: pd.DataFrame
) -> tuple[Figure, pd.DataFrame]:
    """Draw how much of the passages that name an actor each theme takes.

    Parameters
    ----------
    actor_themes, themes, actors : pandas.DataFrame
        Tables of a run. The order of the rows of ``themes`` counts, that of the others does not.

    Returns
    -------
    figure : Figure
        A row an actor, a column a theme; a cell holds the share and, smaller, its interval.
    data : pandas.DataFrame
        Columns actor_id, actor, sort, theme_id, theme, share, low, high (0 to 1), passages,
        articles, small (bool).
    """
    title = "Which themes stand where an actor is named?"
    note = (
        "Share of the passages that name the actor, by words, and its 95 % interval over "
        "articles, in percent; in one article there is none. * fewer than five articles: the "
        "interval tells little."
    )
    label = named(themes, actor_themes["theme_id"])
    data = _shares(actor_themes, label, actors)
    if data.empty:
        return nothing(title), data
    order = list(dict.fromkeys(data["actor_id"]))
    listed = data[data["actor_id"].isin(order[:MOST])]
    with style.use():
        side = cells.side(listed["actor"] + " *", SIDE)
        # Counts stand beside the names, or below them where that takes too much of the board.
        below = side + TOLD > 0.4 * sizes.room(math.inf)
        columns = cells.columns(label, side + (0.08 if below else TOLD))
        sides = [
            _side(one, side - 0.06, below=below)
            for _, one in listed.groupby("actor_id", sort=False)
        ]
        least = max([ROW, *(one.height for one in sides)])
        count, high = cells.shown(columns, (title, note), len(sides), high=least, least=least)
        page = sheet.new(
            title,
            note + rows.note(count, len(order), "actors"),
            width=columns.board,
            height=columns.top + high * count,
            kind="Heat map",
        )
        columns.draw(page)
        most = math.ceil(10 * float(listed["share"].max())) / 10
        for i, actor in enumerate(order[:count]):
            own, top = listed[listed["actor_id"].eq(actor)], columns.top + high * i
            ink = style.look().soft if own["small"].iloc[0] else style.look().ink
            sides[i].draw(page, side, top, high, ink)
            for cell in rows.each(own):
                columns.cell(page, cell, top, high=high - 0.04, most=most)
    return page.figure, data


def _shares(
    actor_themes: pd.DataFrame, label: dict[str, str], actors: pd.DataFrame
) -> pd.DataFrame:
    """Bring the cells of the heat map in their order."""
    given = check(actor_themes, "actor_themes").round(6)
    who = ranked(actors)[["actor_id", "label", "sort"]].rename(columns={"label": "actor"})
    data = given.merge(who, on="actor_id", validate="m:1")
    data["theme"] = data["theme_id"].map(label)
    places = {"actor_id": list(who["actor_id"]), "theme_id": list(label)}
    data = data.sort_values(
        list(places), key=lambda column: column.map(places[column.name].index), ignore_index=True
    )
    shown = ["actor_id", "actor", "sort", "theme_id", "theme", "share", "low", "high"]
    return data[[*shown, "passages", "articles", "small"]]


def _side(own: pd.DataFrame, room: float, *, below: bool) -> cells.Side:
    """Lay out the name of an actor, and how often it is named."""
    first = next(rows.each(own))
    name = labels.fit(first.actor + " *" * first.small, room, size=8, least=5.5, lines=2)
    counts = labels.count(first.passages, "passage"), labels.count(first.articles, "article")
    if not below:
        return cells.Side(name, labels.Fitted(counts, 5.5), below=False)
    return cells.Side(name, labels.fit(", ".join(counts), room, size=5.5, least=5, lines=2))


def present(
    article_actors: pd.DataFrame, actors: pd.DataFrame, articles: pd.DataFrame
) -> tuple[Figure, pd.DataFrame]:
    """Draw where each actor is named, and how often.

    Parameters
    ----------
    article_actors, actors, articles : pandas.DataFrame
        Tables of a run.

    Returns
    -------
    figure : Figure
        A row an actor, a column an article, or a language where there are more than ten articles;
        the area of a dot is the number of mentions.
    data : pandas.DataFrame
        Columns actor_id, actor, sort, article_id, language, mentions, passages, share (0 to 1).
    """
    title = "Who is named where?"
    known = rows.of(articles, "articles")[["article_id", "language"]]
    who = ranked(actors)[["actor_id", "label", "sort"]].rename(columns={"label": "actor"})
    data = check(article_actors, "article_actors").merge(who, on="actor_id", validate="m:1")
    data = data.merge(known, on="article_id", validate="m:1")
    places = {"actor_id": list(who["actor_id"]), "article_id": rows.in_order(known)}
    data = data.sort_values(
        list(places), key=lambda column: column.map(places[column.name].index), ignore_index=True
    )
    shown = ["actor_id", "actor", "sort", "article_id", "language", "mentions", "passages", "share"]
    data = data[shown]
    if data.empty:
        return nothing(title), data
    whole = len(known) <= min(ARTICLES, 0.65 * sizes.room(math.inf) / NARROW)
    by = "article_id" if whole else "language"
    names = labels.articles(known) if whole else {c: languages.name(c) for c in known["language"]}
    order = [one for one in (places["article_id"] if whole else sorted(names)) if one in names]
    note = (
        f"Mentions in each {'article' if whole else 'language'}; the area of a dot stands for "
        "their number, its colour for the language."
    )
    return _dots(data, by, {one: names[one] for one in order}, title=title, note=note), data


def _dots(data: pd.DataFrame, by: str, listed: dict[str, str], *, title: str, note: str) -> Figure:
    """Draw the dots and what stands beside them."""
    names = data.drop_duplicates("actor_id")
    best = names[:MOST]
    with style.use():
        wide = sizes.room(math.inf)
        side = labels.column(best["actor"], min(SIDE, 0.3 * wide)) + 0.2
        each = min(WIDE, max(NARROW, (wide - side) / len(listed)))
        width = max(sizes.room(5.2), side + each * len(listed))
        key = _key(best["sort"], min(5.0, width))
        head = heads.fit(listed, each - 0.06, size=7, least=5.5)
        top = key.height + 0.12 + head.height + 0.06
        besides = top + sheet.besides(title, note + rows.note(0, len(names), "actors"), width=width)
        best = best[: sizes.rows(MOST, each=LINE, besides=besides)]
        note += rows.note(len(best), len(names), "actors")
        page = sheet.new(title, note, width=width, height=top + LINE * len(best), kind="Dot chart")
        key.draw(page, 0, 0)
        lefts = {one: side + each * (i + 0.5) for i, one in enumerate(listed)}
        for one, left in lefts.items():
            head.draw(page, one, left, top - 0.05)
        middles = {}
        for i, row in enumerate(rows.each(best)):
            middles[row.actor_id] = top + LINE * (i + 0.5)
            _name(page, row, side, middles[row.actor_id])
            page.rule(top + LINE * i, right=width)
        _mentions(page, data[data["actor_id"].isin(middles)], by, lefts, middles)
    return page.figure


def _mentions(
    page: sheet.Sheet,
    data: pd.DataFrame,
    by: str,
    lefts: dict[str, float],
    middles: dict[str, float],
) -> None:
    """Draw the dots, the largest for the most mentions."""
    groups = data.groupby(["actor_id", by, "language"], as_index=False, sort=False)
    counts = groups["mentions"].sum()
    most = int(counts["mentions"].max())
    for cell in rows.each(counts):
        _dot(page, lefts[getattr(cell, by)], middles[cell.actor_id], cell, most)


def _name(page: sheet.Sheet, row: Any, side: float, middle: float) -> None:
    """Write the name of an actor, with the mark of its sort."""
    colour, marker = of_sorts().get(row.sort, (style.look().soft, "P"))
    name = labels.fit(row.actor, side - 0.3, size=8, least=5.5, lines=2)
    page.write(side - 0.22, middle, name.text, size=name.size, ha="right")
    page.board.scatter(side - 0.1, middle, s=26, marker=marker, color=colour, linewidth=0)


def _dot(page: sheet.Sheet, left: float, middle: float, cell: Any, most: int) -> None:
    """Draw one dot with its number to the right."""
    across = DOT * math.sqrt(cell.mentions / most) * labels.POINTS
    colour = style.language(cell.language)
    page.board.scatter(left - 0.08, middle, s=across**2, color=colour, linewidth=0)
    page.write(left + 0.07, middle, f"{cell.mentions:,}", size=7, color=style.look().soft)


def _key(sorts: pd.Series, room: float) -> keys.Key:
    """Make the key of the sorts that are drawn."""
    found = set(sorts)
    known = [(sort, *look) for sort, look in of_sorts().items() if sort in found]
    other = [(sort, style.look().soft, "P") for sort in sorted(found - set(SORTS))]
    return keys.Key(tuple(known + other), room)
