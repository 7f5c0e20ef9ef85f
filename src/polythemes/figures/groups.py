"""Whether themes take more of some groups of articles than of others."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from polythemes import languages
from polythemes.errors import PolythemesError, choices
from polythemes.figures import labels, rows, sheet, sizes, style
from polythemes.figures.themes import named

MOST = 15
# A panel is no narrower than the least. Where height is limited, bands of panels find room for few
# groups or themes.
WIDTH, ACROSS, BETWEEN, LEAST = 8.2, 3, 0.22, 1.0
BANDS, ABOVE = 3, 1.6
HEAD, FOOT, ROW = 0.28, 0.42, 0.3
DOT, DIFFERS = "#1F5C8B", "differs"


def groups(
    theme_groups: pd.DataFrame, themes: pd.DataFrame, *, by: str = "language"
) -> tuple[Figure, pd.DataFrame]:
    """Draw the shares of the themes in groups of articles.

    Parameters
    ----------
    theme_groups, themes : pandas.DataFrame
        Tables of a run. The order of the rows of ``themes`` counts, that of the others does not.
    by : str
        The column of the catalogue that makes the groups.

    Returns
    -------
    figure : Figure
        A panel a theme, a row a group: a dot with its interval, hollow for a small group; at most
        15 groups, those of the most articles. A stroke is the share in all other articles.
    data : pandas.DataFrame
        The columns of ``theme_groups``, and ``theme``.

    Raises
    ------
    PolythemesError
        If the groups were not compared.
    """
    given = rows.of(theme_groups, "theme_groups").round(6)
    if by not in set(given["by"]):
        msg = (
            f"by = {by!r} is not compared; compared are {choices(sorted(set(given['by'])))}; name "
            "it in corpus.toml under compare, then run `polythemes build` again"
        )
        raise PolythemesError(msg)
    label = named(themes, given["theme_id"])
    data = given[given["by"].eq(by)].assign(theme=lambda t: t["theme_id"].map(label))
    data = data.assign(order=data["theme_id"].map([*label].index))
    data = data.sort_values(["order", "group"], ignore_index=True).drop(columns="order")
    counts = data.drop_duplicates("group").set_index("group")["articles"]
    most = sizes.rows(MOST, each=BANDS * ROW, besides=ABOVE + BANDS * (HEAD + FOOT))
    largest = counts.sort_values(ascending=False, kind="stable").index[:most]
    shown = [group for group in counts.index if group in set(largest)]
    with style.use():
        return _draw(data, label, counts[shown], by), data


def _draw(data: pd.DataFrame, label: dict[str, str], counts: pd.Series, by: str) -> Figure:
    """Draw the themes in bands of panels, the groups before each band."""
    shown, width = list(counts.index), sizes.room(WIDTH)
    names = [_name(group, by) for group in shown]
    side = labels.column([*names, "100 articles"], min(1.5, 0.27 * width))
    across = sizes.across(ACROSS, width - side, least=LEAST, between=BETWEEN)
    between = BETWEEN + 0.1 * (across < ACROSS)
    wide = (width - side - between * (across - 1)) / across
    high = ROW * len(shown)
    band = HEAD + high + FOOT
    title = f"Do the themes differ by {labels.plain(by)}?"
    told = rows.note(len(shown), data["group"].nunique(), "groups")
    note = f"{verdict(data)} {_how(data)}{told}"
    besides = sheet.besides(title, note + rows.note(10, 20, "themes"), width=width)
    bands = sizes.rows(math.ceil(len(label) / across), each=band, besides=besides)
    chosen = list(label)[: bands * across]
    page = sheet.new(
        title,
        note + rows.note(len(chosen), len(label), "themes"),
        width=width,
        height=bands * band - 0.1,
        kind="Dot chart",
    )
    drawn = data[data["group"].isin(shown)]
    most = 1.07 * max(0.05, float(drawn[["share", "high"]].max(axis=None)))
    for i, theme in enumerate(chosen):
        top, left = i // across * band, side + i % across * (wide + between)
        if i % across == 0:
            _sides(page, names, counts, side=side, top=top + HEAD)
        _head(page, label[theme], style.themes(label)[theme], left=left, top=top, wide=wide)
        axes = page.axes(left, top + HEAD, wide, high)
        axes.locator_params(axis="x", nbins=max(2, min(4, int(wide / 0.45))))
        _panel(axes, drawn[drawn["theme_id"].eq(theme)], shown, most=most)
    return page.figure


def verdict(data: pd.DataFrame) -> str:
    """Say in plain words what may be read from a comparison.

    Parameters
    ----------
    data : pandas.DataFrame
        Rows of ``theme_groups`` or ``theme_times`` that were corrected together.

    Returns
    -------
    str
        A sentence or two.
    """
    tested, many = data["p"].notna(), int(data["differs"].sum())
    if not tested.any():
        return (
            "Nothing can be told of differences here: it takes two sides of five articles or more. "
            "What is seen may be single articles."
        )
    if not many:
        return (
            f"None of {int(tested.sum())} differences is larger than chance may make it: do not "
            "read one into the dots."
        )
    return (
        f"{many} of {int(tested.sum())} differences (marked “{DIFFERS}”) "
        f"{'is' if many == 1 else 'are'} larger than chance: p < 0.05 after Holm's correction."
    )


def _how(data: pd.DataFrame) -> str:
    """Say how to read the panels."""
    said = "A dot is a share, the line its 95 % interval over articles, the stroke the share in all"
    said += " other articles."
    return said + (" Hollow: fewer than five articles, not tested." if data["small"].any() else "")


def _name(group: str, by: str) -> str:
    """Name a group."""
    if not group:
        return "not given"
    return languages.name(group) if by == "language" else labels.plain(group)


def _sides(
    page: sheet.Sheet, names: list[str], counts: pd.Series, *, side: float, top: float
) -> None:
    """Name the groups before a row of panels."""
    for i, (name, articles) in enumerate(zip(names, counts, strict=True)):
        middle = top + ROW * (i + 0.5)
        said = labels.fit(name, side - 0.1, size=8, least=5.5, lines=1)
        page.write(side - 0.1, middle - 0.06, said.text, size=said.size, ha="right")
        count = labels.count(int(articles), "article")
        page.write(side - 0.1, middle + 0.07, count, size=6, color=style.look().soft, ha="right")


def _head(
    page: sheet.Sheet, theme: str, colour: str, *, left: float, top: float, wide: float
) -> None:
    """Name the theme of a panel."""
    name = labels.fit(theme, wide, size=8.5, least=6, lines=1)
    page.write(left, top + 0.08, name.text, size=name.size)
    page.box(left, top + 0.19, wide, 0.035, colour)


def _panel(axes: Axes, own: pd.DataFrame, shown: list[str], *, most: float) -> None:
    """Draw one theme in every group."""
    axes.set(xlim=(-0.03 * most, most), ylim=(len(shown), 0), yticks=[])
    axes.spines["left"].set_visible(False)
    axes.xaxis.set_major_formatter(lambda value, _: labels.percent(value))
    axes.tick_params(axis="x", labelsize=6.5)
    for i in range(len(shown)):
        axes.axhline(i + 0.5, color=style.look().faint, linewidth=0.8, zorder=0)
    for row in rows.each(own):
        _dot(axes, row, shown.index(row.group) + 0.5, most)


def _dot(axes: Axes, row: Any, middle: float, most: float) -> None:
    """Draw the share of a group with its interval, and that of all others."""
    colour = style.language(row.group) if row.by == "language" else style.look().turned(DOT, 0)
    shape = style.marker(row.group) if row.by == "language" else "o"
    others = row.share - row.difference
    if pd.notna(others):
        axes.plot([others] * 2, [middle - 0.3, middle + 0.3], color="#999999", linewidth=1.2)
    axes.plot([row.low, row.high], [middle] * 2, color=colour, linewidth=0.8 if row.small else 1.4)
    fill = style.look().ground if row.small else colour
    look: dict[str, Any] = {"markersize": 4.5, "markeredgewidth": 0.9, "clip_on": False}
    axes.plot(row.share, middle, shape, color=colour, markerfacecolor=fill, **look)
    if row.differs:
        # On the side with more room.
        low, high = min(row.low, row.share), max(row.high, row.share)
        left = low + high > most
        place = low if left else high
        axes.annotate(
            DIFFERS,
            (place, middle),
            xytext=(-4 if left else 4, 0),
            textcoords="offset points",
            size=6.5,
            ha="right" if left else "left",
            va="center_baseline",
        )
