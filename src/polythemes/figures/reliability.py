"""How far the share of a theme can be trusted: what it says beside how often labels confirm it."""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from polythemes.contracts import CONTRACTS
from polythemes.figures import labels, rows, sheet, sizes, style
from polythemes.tables import check

TITLE = "How far can a share be trusted?"
SIDE, PANEL, BETWEEN, HEAD, FOOT = 0.55, 2.75, 0.6, 0.62, 0.42
WIDTH = SIDE + 2 * PANEL + BETWEEN + 0.1
# Of its width, the height of a panel that stands above another.
FLAT = 0.75
DOT, FEW = "#1F5C8B", 5
#: Answers to what counts as right, in the order drawn.
RIGHT = {
    "named": "right: a theme that the label names",
    "main": "right: the theme that the label names first",
}


def reliability(
    reliability: pd.DataFrame, made_labels: pd.DataFrame, *, origin: str = ""
) -> tuple[Figure, pd.DataFrame]:
    """Draw how often the largest theme of a passage is right, by how large its share is.

    Parameters
    ----------
    reliability, made_labels : pandas.DataFrame
        Tables ``reliability`` and ``labels`` of a run.
    origin : str
        Where the labels come from, in plain words.

    Returns
    -------
    figure : Figure
        A panel an answer to what counts as right: a dot a tenth of shares with its interval,
        hollow where articles are few. Without labels, a sentence that says what to do.
    data : pandas.DataFrame
        The columns of ``reliability``.
    """
    if reliability.empty:
        return _none(check(reliability, "reliability"))
    given = rows.of(reliability, "reliability").round(6)
    order = given.assign(order=given["rule"].map([*RIGHT].index))
    data = order.sort_values(["order", "share_from"], ignore_index=True).drop(columns="order")
    with style.use():
        width = sizes.room(WIDTH)
        across = sizes.across(len(RIGHT), width - SIDE, least=2, between=BETWEEN)
        wide = min(PANEL, width - SIDE - 0.1)
        high = wide * (1 if across > 1 else FLAT)
        band = HEAD + high + FOOT
        page = sheet.new(
            TITLE,
            f"{_how(data)} {_labelled(made_labels)} {labels.plain(origin)}".strip(),
            width=width,
            height=band if across > 1 else len(RIGHT) * band,
            kind="Dot chart",
        )
        for i, right in enumerate(RIGHT):
            left, top = SIDE + i % across * (wide + BETWEEN), i // across * band
            own = data[data["rule"].eq(right)]
            _head(page, right, own, place=(left, top, wide))
            axes = page.axes(left, top + HEAD, wide, high)
            _panel(axes, own, first=left == SIDE)
    return page.figure, data


def _head(
    page: sheet.Sheet, right: str, own: pd.DataFrame, *, place: tuple[float, float, float]
) -> None:
    """Write above a panel, from a left and a top over a width, what is right, and how often."""
    left, top, wide = place
    soft: dict[str, Any] = {"color": style.look().soft}
    for text, middle, size, look in ((RIGHT[right], 0.1, 8.5, {}), (_error(own), 0.28, 7, soft)):
        said = labels.fit(text, wide + 0.12, size=size, least=5.5, lines=1)
        page.write(left, top + middle, said.text, size=said.size, **look)
    page.write(left - 0.08, top + 0.5, "labels", size=6, ha="right", **soft)
    for row in rows.each(own):
        middle = left + wide * (row.share_from + row.share_to) / 2
        page.write(middle, top + 0.5, f"{row.labels}", size=6, ha="center", **soft)


def _none(table: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Say that there are no labels, and what to do."""
    said = "No passage of this corpus is labelled, so nothing can be told."
    todo = "`polythemes label NAME` writes sheets for two readers; `--read` reads them."
    with style.use():
        page = sheet.new(TITLE, f"{said} {todo}", width=sizes.room(WIDTH), height=0.05)
    return page.figure, table[list(CONTRACTS["reliability"])]


def _how(data: pd.DataFrame) -> str:
    """Say how to read the panels."""
    said = (
        "A dot is all labels of passages whose largest theme has a share within one tenth: across, "
        "the mean of these shares; upwards, in what part of the labels that theme is right, with "
        "its 95 % interval over articles. On the line a share of 70 % is right 70 % of the time; "
        "above it shares say too little, below it too much."
    )
    return said + (" Hollow: fewer than five articles." if data["articles"].lt(FEW).any() else "")


def _labelled(made: pd.DataFrame) -> str:
    """Say how many labels there are, and of how many passages."""
    given = check(made, "labels")
    own = given[given["drawn"].eq("random")]
    counts = [
        labels.count(len(own), "label"),
        labels.count(own["passage_id"].nunique(), "passage"),
        labels.count(own["article_id"].nunique(), "article"),
    ]
    return f"{counts[0]} of {counts[1]} in {counts[2]}."


def _error(own: pd.DataFrame) -> str:
    """Say how far from the line the dots are, weighted by their labels."""
    away = (own["said"] - own["confirmed"]).abs() * own["labels"]
    error = 100 * away.sum() / own["labels"].sum()
    return f"off by {error:.1f} points on average (expected calibration error)"


def _panel(axes: Axes, own: pd.DataFrame, *, first: bool) -> None:
    """Draw the dots of one answer."""
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="share of the largest theme")
    axes.set_ylabel("labels for which it is right" if first else "")
    ticks = [0, 0.2, 0.4, 0.6, 0.8, 1]
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_ticks(ticks, [labels.percent(tick) for tick in ticks])
    for edge in range(1, 10):
        axes.axvline(edge / 10, color=style.look().faint, linewidth=0.6, zorder=0)
    axes.plot(
        [0, 1], [0, 1], color=style.look().soft, linewidth=0.8, linestyle=(0, (4, 3)), zorder=1
    )
    look: dict[str, Any] = {"markersize": 5, "markeredgewidth": 0.9, "clip_on": False}
    colour = style.look().turned(DOT, 0)
    for row in rows.each(own):
        small = row.articles < FEW
        ends: dict[str, Any] = {
            "color": colour,
            "linewidth": 0.8 if small else 1.4,
            "clip_on": False,
        }
        axes.plot([row.said] * 2, [row.low, row.high], **ends)
        fill = style.look().ground if small else colour
        axes.plot(row.said, row.confirmed, "o", color=colour, markerfacecolor=fill, **look)
