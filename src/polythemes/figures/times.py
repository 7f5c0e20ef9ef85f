"""How much each theme takes of the articles of a year, quarter or month."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from polythemes.contracts import CONTRACTS
from polythemes.figures import labels, rows, sheet, sizes, style
from polythemes.figures.groups import DIFFERS, verdict
from polythemes.figures.themes import named
from polythemes.tables import check

TITLE = "Do the themes change over time?"
WIDTH, ACROSS, BETWEEN, SIDE, LEAST = 8.2, 3, 0.5, 0.34, 1.1
HEAD, HIGH, FOOT = 0.3, 1.15, 0.36
#: Periods in a year, by unit; and characters of a date that goes so far.
YEARLY = {"year": 1, "quarter": 4, "month": 12}
LENGTHS = {"year": 4, "quarter": 7, "month": 7}
TICKS = 4


def times(
    theme_times: pd.DataFrame, themes: pd.DataFrame, articles: pd.DataFrame
) -> tuple[Figure, pd.DataFrame]:
    """Draw the shares of the themes over time.

    Parameters
    ----------
    theme_times, themes, articles : pandas.DataFrame
        Tables of a run. The order of the rows of ``themes`` counts, that of the others does not.

    Returns
    -------
    figure : Figure
        A panel a theme: a dot a period with its interval, hollow where articles are few. The unit
        is that in which most articles stand in periods of five articles or more, the finest of
        equal ones, and the year where there are none. Without a date, a sentence that says so.
    data : pandas.DataFrame
        The columns of ``theme_times``, and ``theme``, of the unit drawn.
    """
    if theme_times.empty:
        return _none(check(theme_times, "theme_times"))
    given = rows.of(theme_times, "theme_times").round(6)
    unit = _unit(given)
    label = named(themes, given["theme_id"])
    data = given[given["unit"].eq(unit)].assign(theme=lambda t: t["theme_id"].map(label))
    data = data.assign(order=data["theme_id"].map([*label].index))
    data = data.sort_values(["order", "period"], ignore_index=True).drop(columns="order")
    missing = _missing(articles, unit)
    with style.use():
        return _draw(data, label, unit, missing), data


def _draw(data: pd.DataFrame, label: dict[str, str], unit: str, missing: str) -> Figure:
    """Draw the themes in bands of panels."""
    width, band = sizes.room(WIDTH), HEAD + HIGH + FOOT
    across = sizes.across(ACROSS, width - SIDE, least=LEAST, between=BETWEEN)
    wide = (width - SIDE - BETWEEN * (across - 1)) / across
    note = (
        f"{verdict(data)} {missing}A dot is the share in the articles of a {unit}, the line its "
        "95 % interval over articles."
    ) + (" Hollow: fewer than five articles, not tested." if data["small"].any() else "")
    besides = sheet.besides(TITLE, note + rows.note(10, 20, "themes"), width=width)
    bands = sizes.rows(math.ceil(len(label) / across), each=band, besides=besides)
    shown = list(label)[: bands * across]
    page = sheet.new(
        TITLE,
        note + rows.note(len(shown), len(label), "themes"),
        width=width,
        height=bands * band,
        kind="Dot chart",
    )
    most = 1.07 * max(0.05, float(data[["share", "high"]].max(axis=None)))
    for i, theme in enumerate(shown):
        left, top = SIDE + i % across * (wide + BETWEEN), i // across * band
        name = labels.fit(label[theme], wide, size=8.5, least=6, lines=1)
        page.write(left, top + 0.1, name.text, size=name.size)
        axes = page.axes(left, top + HEAD, wide, HIGH)
        colour, own = style.themes(label)[theme], data[data["theme_id"].eq(theme)]
        _panel(axes, own, unit, colour=colour, most=most, wide=wide)
    return page.figure


def _none(table: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Say that no article has a date."""
    said = "No article has a date, so nothing can be told. Dates go into catalogue.csv."
    with style.use():
        page = sheet.new(TITLE, said, width=sizes.room(WIDTH), height=0.05)
    return page.figure, table[list(CONTRACTS["theme_times"])].assign(theme="")


def _unit(given: pd.DataFrame) -> str:
    """Choose the unit of time."""
    periods = given.drop_duplicates(["unit", "period"])
    large = periods[~periods["small"]].groupby("unit")["articles"].sum()
    counts = [int(large.get(unit, 0)) for unit in YEARLY]
    best = [unit for unit, count in zip(YEARLY, counts, strict=True) if count == max(counts)]
    return best[-1] if max(counts) else "year"


def _missing(articles: pd.DataFrame, unit: str) -> str:
    """Say how many articles cannot be placed in time."""
    dates = rows.of(articles, "articles")["date"].fillna("").astype(str)
    short = int((dates.str.len() < LENGTHS[unit]).sum())
    if not short:
        return ""
    return f"Left out: {short} of {labels.count(len(dates), 'article')} without a {unit}. "


def _place(period: str, unit: str) -> int:
    """Count periods from the year 0."""
    return int(period[:4]) * YEARLY[unit] + (int(period[5:].strip("Q")) - 1 if period[5:] else 0)


def _panel(
    axes: Axes, own: pd.DataFrame, unit: str, *, colour: str, most: float, wide: float
) -> None:
    """Draw one theme over time."""
    places = [_place(period, unit) for period in own["period"]]
    first, last = min(places), max(places)
    room = 0.06 * (last - first) + 0.5
    axes.set(xlim=(first - room, last + room), ylim=(-0.03 * most, most))
    axes.locator_params(axis="y", nbins=4)
    axes.yaxis.set_major_formatter(lambda value, _: labels.percent(value))
    ticks = max(2, min(TICKS, int(wide / labels.width(_named(last, unit), 6.5) / 1.25)))
    steps = max(1, math.ceil((last - first) / (ticks - 1)))
    names = {place: _named(place, unit) for place in range(first, last + 1, steps)}
    axes.set_xticks(list(names), list(names.values()))
    axes.tick_params(labelsize=6.5)
    large = own[~own["small"]]
    line = [_place(period, unit) for period in large["period"]]
    axes.plot(line, large["share"], color=colour, linewidth=0.8, alpha=0.6)
    for place, row in zip(places, rows.each(own), strict=True):
        _dot(axes, row, place, colour, most, wide=wide)


def _named(place: int, unit: str) -> str:
    """Name the period at a place."""
    year, part = divmod(place, YEARLY[unit])
    return {"year": f"{year}", "quarter": f"{year}-Q{part + 1}"}.get(unit, f"{year}-{part + 1:02d}")


def _dot(axes: Axes, row: Any, place: int, colour: str, most: float, *, wide: float) -> None:
    """Draw the share of a period with its interval."""
    look: dict[str, Any] = {"markersize": 4.5, "markeredgewidth": 0.9, "clip_on": False}
    axes.plot([place] * 2, [row.low, row.high], color=colour, linewidth=0.8 if row.small else 1.4)
    fill = style.look().ground if row.small else colour
    axes.plot(place, row.share, "o", color=colour, markerfacecolor=fill, **look)
    if row.differs:
        above = row.high < 0.85 * most
        first, last = axes.get_xlim()
        half = (last - first) * labels.width(DIFFERS, 6.5) / wide / 2
        axes.annotate(
            DIFFERS,
            (min(max(place, first + half), last - half), row.high if above else row.low),
            xytext=(0, 4 if above else -4),
            textcoords="offset points",
            size=6.5,
            ha="center",
            va="bottom" if above else "top",
        )
