"""How many topics there are: what was measured for every number, and which one was taken."""

from __future__ import annotations

import math
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from polythemes.errors import PolythemesError
from polythemes.figures import labels, rows, sheet, sizes, style

WIDTH, SIDE, PANEL, HEAD, FOOT = 6.6, 0.42, 1.05, 0.36, 0.42
CURVE, TAKEN = "#1F5C8B", "#D55E00"
SIZE, NOTE = 8.5, 7.0
# Room for a value.
VALUE = 0.4
#: Up to so many numbers are written below the panels.
TICKS = 16
#: What is measured, and what it means.
MEASURES = {
    "stability": "how alike topics of different parts of the passages are (adjusted Rand index)",
    "separation": "how much nearer passages are to their own topic than to the next (silhouette)",
    "coherence": "how often the terms of a topic stand in the same passages of the corpus (NPMI)",
}


def choice(topic_choice: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw what was measured for every number of topics.

    Parameters
    ----------
    topic_choice : pandas.DataFrame
        Columns n_topics, stability (0 to 1), separation (-1 to 1), chosen (bool, one row), why
        (text), and coherence (-1 to 1) where it was measured.

    Returns
    -------
    figure : Figure
        A panel a measure over the number of topics, the number taken marked, and why.
    data : pandas.DataFrame
        Those columns, by number; a measure without values is left out.

    Raises
    ------
    PolythemesError
        If not exactly one row is chosen.
    """
    needed = ["n_topics", "stability", "separation", "chosen", "why"]
    asked = [*needed[:3], *[c for c in ("coherence",) if c in topic_choice.columns], *needed[3:]]
    data = rows.chosen(topic_choice, asked, "topic_choice").round(6).dropna(axis=1, how="all")
    measures = [name for name in MEASURES if name in data.columns]
    taken = data[data["chosen"].astype(bool)]
    if len(taken) != 1:
        msg = (
            f"table 'topic_choice' marks {len(taken)} numbers of topics as chosen; exactly one is "
            "allowed; run `polythemes build` again"
        )
        raise PolythemesError(msg)
    number = int(taken["n_topics"].iloc[0])
    with style.use():
        wide = sizes.room(WIDTH)
        why = labels.plain(taken["why"].iloc[0]) if "why" in taken else ""
        reason = f"{labels.count(number, 'topic')}{why and ': '}{why.rstrip('.')}."
        said = labels.Fitted(labels.wrap(reason, wide, SIZE), SIZE)
        below = _below(wide - SIDE, measures)
        head = HEAD + below
        page = sheet.new(
            "How many topics are there?",
            "What was measured for every number of topics; the number taken has a larger dot, "
            "its values stand on the right.",
            width=wide,
            height=said.height + (head + PANEL) * len(measures) + FOOT,
            kind="Line chart",
        )
        page.block(0, 0, said)
        for i, name in enumerate(measures):
            top = said.height + head + i * (head + PANEL)
            _head(page, name, taken[name].iloc[0], top=top - below, below=below)
            axes = page.axes(SIDE, top, wide - SIDE, PANEL)
            _panel(axes, data, name, last=i == len(measures) - 1)
    return page.figure, data


def _below(wide: float, measures: list[str]) -> float:
    """Give the height of the lines that say what is measured: 0 where each stands beside a name."""
    said = [labels.wrap(MEASURES[name], wide, NOTE) for name in measures]
    ends = [labels.width(name, SIZE) + labels.width(MEASURES[name], NOTE) for name in measures]
    beside = max(ends) + 0.1 + VALUE < wide
    return 0.0 if beside else max(map(len, said)) * NOTE * labels.LEADING / labels.POINTS


def _head(page: sheet.Sheet, name: str, value: float, *, top: float, below: float) -> None:
    """Name a measure, say what it means, and write its value for the number taken on the right."""
    look: dict[str, Any] = {"size": SIZE, "va": "baseline"}
    page.write(SIDE, top - 0.14, name, **look)
    soft: dict[str, Any] = {"color": style.look().soft}
    if below:
        lines = labels.wrap(MEASURES[name], page.width - SIDE, NOTE)
        page.block(SIDE, top - 0.1, labels.Fitted(lines, NOTE), **soft)
    else:
        right = SIDE + labels.width(name, SIZE) + 0.1
        page.write(right, top - 0.14, MEASURES[name], **look | soft | {"size": NOTE})
    told = "" if pd.isna(value) else f"{value:z.2f}".replace("-", "\u2212")
    page.write(page.width, top - 0.14, told, ha="right", color=_taken(), **look)


def _panel(axes: Axes, data: pd.DataFrame, name: str, *, last: bool) -> None:
    """Draw one measure over the number of topics."""
    known = data.dropna(subset=[name])
    least, most = float(known[name].min()), float(known[name].max())
    low, high = (min(0.0, least), 1.0) if name == "stability" else (min(0.0, least), max(0.0, most))
    room = 0.08 * max(high - low, 0.01)
    first, end = int(data["n_topics"].min()), int(data["n_topics"].max())
    axes.set(xlim=(first - 0.5, end + 0.5), ylim=(low - room * (low < 0), high + room))
    step = next(s for s in (1, 2, 5, 10, 20, 50, 10**6) if (end - first) / s < TICKS)
    ticks = range(math.ceil(first / step) * step, end + 1, step)
    axes.set_xticks(list(ticks), [str(tick) for tick in ticks] if last else [""] * len(ticks))
    axes.locator_params(axis="y", nbins=4)
    if low < 0:
        axes.axhline(0, color=style.look().line, linewidth=0.6)
    if last:
        axes.set_xlabel("number of topics")
    axes.plot(
        known["n_topics"],
        known[name],
        "o-",
        color=style.look().turned(CURVE, 0),
        markersize=3.5,
        clip_on=False,
    )
    taken = data[data["chosen"].astype(bool)]
    axes.axvline(taken["n_topics"].iloc[0], color=_taken(), linewidth=1, alpha=0.5, zorder=1)
    axes.plot(taken["n_topics"], taken[name], "o", color=_taken(), markersize=7, clip_on=False)


def _taken() -> str:
    """Give the colour of the number that was taken."""
    return style.look().turned(TAKEN, 1)
