"""Where passages lie: one map, coloured by article, by language and by topic."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from numpy.typing import NDArray

from polythemes import languages
from polythemes.figures import labels, rows, sheet, style
from polythemes.figures.keys import LINE, MARK, of_languages

PANEL, GAP, HEAD = 3.1, 0.15, 0.26
# A panel is no flatter than this, as a part of its width.
FLATTEST = 0.6
# Up to so many names are written large.
FEW = 12
#: Area of a marker in square points for each word of its passage, and the smallest and largest.
AREA, SMALLEST, LARGEST = 0.45, 8.0, 110.0

Floats = NDArray[np.float64]


def placed(
    layout: pd.DataFrame,
    passages: pd.DataFrame,
    topic_shares: pd.DataFrame,
    articles: pd.DataFrame,
    members: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Bring together what the map shows of every passage.

    Parameters
    ----------
    layout, passages, topic_shares, articles : pandas.DataFrame
        Tables of a run.
    members : pandas.DataFrame, optional
        Columns passage_id, topic_id, weak (bool): the topic of every passage.

    Returns
    -------
    pandas.DataFrame
        Columns passage_id, article_id, language, words, topic_id (its topic, or else the one with
        the largest share; missing where there is none), weak (bool, with ``members``), x, y; by
        passage.
    """
    spots = rows.of(layout, "layout").round(6)
    known = rows.of(passages, "passages")[["passage_id", "article_id", "words"]]
    home = rows.of(articles, "articles")[["article_id", "language"]]
    data = spots.merge(known, on="passage_id", validate="1:1")
    data = data.merge(home, on="article_id", validate="m:1")
    own, weak = rows.topic_of(topic_shares), []
    if members is not None:
        own, weak = (
            rows.chosen(members, ["passage_id", "topic_id", "weak"], "topic_members"),
            ["weak"],
        )
    data = data.merge(own, on="passage_id", how="left", validate="1:1")
    data["topic_id"] = data["topic_id"].astype("Int64")
    data[weak] = data[weak].eq(True)
    order = ["passage_id", "article_id", "language", "words", "topic_id", *weak, "x", "y"]
    return data[order].sort_values("passage_id", ignore_index=True)


def passages(
    layout: pd.DataFrame,
    passages: pd.DataFrame,
    topic_shares: pd.DataFrame,
    articles: pd.DataFrame,
    members: pd.DataFrame | None = None,
) -> tuple[Figure, pd.DataFrame]:
    """Draw the same map three times: by article, by language, by topic.

    Parameters
    ----------
    layout, passages, topic_shares, articles : pandas.DataFrame
        Tables of a run.
    members : pandas.DataFrame, optional
        As for :func:`placed`.

    Returns
    -------
    figure : Figure
        Three panels. A marker is a passage, its area grows with its words; a ring is one that is
        weakly in its topic.
    data : pandas.DataFrame
        As :func:`placed` gives.
    """
    data = placed(layout, passages, topic_shares, articles, members)
    codes = sorted(data["language"].unique())
    with style.use():
        _, high = _scale(data)
        key = of_languages(codes, list(map(languages.name, codes)), PANEL, shapes=True)
        page = sheet.new(
            "Do passages lie together by article, by language or by topic?",
            "Three times the same map. Each mark is a passage, larger the more words it has; like "
            "lies near like, as far as two dimensions can show it.",
            width=3 * PANEL + 2 * GAP,
            height=HEAD + high + 0.06 + key.height,
            kind="Map",
        )
        panels: list[tuple[str, Callable[[Axes, pd.DataFrame], None]]] = [
            ("by article: lines lead to its middle", _by_article),
            ("by language", _by_language),
            ("by topic: its number at its middle", _by_topic),
        ]
        for i, (said, draw) in enumerate(panels):
            left = i * (PANEL + GAP)
            page.write(left, HEAD - 0.08, said, va="baseline")
            axes = page.axes(left, HEAD, PANEL, high)
            _frame(axes, data)
            draw(axes, data)
        key.draw(page, PANEL + GAP, HEAD + high + 0.06)
        weak = int(data["weak"].sum()) if members is not None else 0
        if weak:
            left, middle = 2 * (PANEL + GAP), HEAD + high + 0.06 + LINE / 2
            page.board.scatter(left + 0.05, middle, s=30, **_ring(style.look().soft))
            said = f"weakly in its topic: {labels.count(weak, 'passage')} of {len(data):,}"
            page.write(left + MARK, middle, said)
    return page.figure, data


def _scale(data: pd.DataFrame) -> tuple[float, float]:
    """Give half the width of the map in its own units, and the panel's height in inches."""
    wide, high = np.ptp(data[["x", "y"]].to_numpy(), axis=0)
    ratio = float(np.clip(high / max(wide, 1e-6), FLATTEST, 1))
    return max(wide, high / ratio, 1e-6) * 0.55, round(PANEL * ratio, 2)


def _frame(axes: Axes, data: pd.DataFrame) -> None:
    """Give a panel a frame, no ticks, and one scale for both directions."""
    spots = data[["x", "y"]].to_numpy()
    x, y = (spots.max(axis=0) + spots.min(axis=0)) / 2
    reach, high = _scale(data)
    rise = reach * high / PANEL
    axes.set(xlim=(x - reach, x + reach), ylim=(y - rise, y + rise), xticks=[], yticks=[])
    axes.spines[:].set(visible=True, color=style.look().line)


def _dots(axes: Axes, some: pd.DataFrame, colour: str, shape: str = "o") -> None:
    """Draw passages in one colour."""
    _marks(axes, some, facecolor=colour, edgecolor=style.look().ground, linewidth=0.4, marker=shape)


def _marks(axes: Axes, some: pd.DataFrame, **look: Any) -> None:
    """Draw a mark for each passage, larger the more words it has."""
    area = (some["words"] * AREA).clip(SMALLEST, LARGEST)
    axes.scatter(some["x"], some["y"], s=area, alpha=0.9, zorder=2, **look)


def _ring(colour: str) -> dict[str, Any]:
    """Give the look of a passage that is weakly in its topic."""
    return {"facecolor": style.look().ground, "edgecolor": colour, "linewidth": 0.9}


def _by_article(axes: Axes, data: pd.DataFrame) -> None:
    """Join every passage to the middle of its article."""
    middles = data.groupby("article_id")[["x", "y"]].median()
    for i, (x, y) in enumerate(middles.to_numpy()):
        some, colour = data[data["article_id"].eq(str(middles.index[i]))], style.position(i)
        threads = [[(x, y), spot] for spot in zip(some["x"], some["y"], strict=True)]
        axes.add_collection(
            LineCollection(threads, colors=colour, linewidths=0.5, alpha=0.5, zorder=1)
        )
        _dots(axes, some, colour)
    _name(axes, middles, [labels.fit(a, 0.8, size=8, least=5, lines=1).text for a in middles.index])


def _by_language(axes: Axes, data: pd.DataFrame) -> None:
    """Give every language its colour and its marker."""
    for code, some in data.groupby("language"):
        _dots(axes, some, style.language(str(code)), style.marker(str(code)))


def _by_topic(axes: Axes, data: pd.DataFrame) -> None:
    """Give every topic its colour, and its number at its middle."""
    _dots(axes, data[data["topic_id"].isna()], style.look().line)
    middles = data.groupby("topic_id")[["x", "y"]].median()
    weak = data["weak"] if "weak" in data else pd.Series(data=False, index=data.index)
    for i, topic in enumerate(middles.index):
        own = data["topic_id"].eq(topic)
        _marks(axes, data[own & weak], **_ring(style.position(i)))
        _dots(axes, data[own & ~weak], style.position(i))
    _name(axes, middles, [str(topic) for topic in middles.index])


def _name(axes: Axes, middles: pd.DataFrame, names: list[str]) -> None:
    """Write names at their middles, apart from each other, each framed in its colour."""
    size = 8.0 if len(names) <= FEW else 6.5
    sizes = [(labels.width(name, size) + 0.1, size * 1.2 / 72 + 0.07) for name in names]
    panel = np.array(axes.bbox.size) / axes.figure.dpi
    spots = axes.transAxes.inverted().transform(axes.transData.transform(middles.to_numpy()))
    apart = _apart(spots * panel, np.array(sizes), panel)
    for i, (x, y) in enumerate(apart / panel):
        axes.text(
            x,
            y,
            names[i],
            size=size,
            ha="center",
            va="center_baseline",
            zorder=3,
            transform=axes.transAxes,
            bbox={
                "boxstyle": f"round,pad={0.025 * 72 / size},rounding_size=0.4",
                "facecolor": style.look().ground,
                "edgecolor": style.position(i),
                "linewidth": 1,
            },
        )


def _apart(spots: Floats, sizes: Floats, panel: Floats) -> Floats:
    """Move each frame the least way to where it covers none before it, in inches of the panel."""
    rings = [(0.0, 0.0)] + [
        (0.05 * ring * math.cos(math.tau * i / 16), 0.05 * ring * math.sin(math.tau * i / 16))
        for ring in range(1, 60)
        for i in range(16)
    ]
    placed = np.clip(spots, sizes / 2, panel - sizes / 2)
    for i in range(len(placed)):
        free = np.clip(placed[i] + np.array(rings), sizes[i] / 2, panel - sizes[i] / 2).round(4)
        over = np.abs(free[:, None] - placed[:i]) < (sizes[:i] + sizes[i]) / 2
        clear = ~over.all(axis=2).any(axis=1)
        placed[i] = free[clear.argmax()]
    return placed
