"""Where passages lie: one map, coloured by article, by language and by topic."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from numpy.typing import NDArray

from polythemes import languages
from polythemes.figures import labels, rows, sheet, sizes, style
from polythemes.figures.keys import LINE, MARK, of_languages

# In inches: a panel at its widest and narrowest, between panels, above one, and below one.
PANEL, NARROW, GAP, HEAD, FOOT = 3.1, 2.1, 0.15, 0.26, 0.06
TITLE = "Do passages lie together by article, by language or by topic?"
NOTE = (
    "Three times the same map. Each mark is a passage, larger the more words it has; like "
    "lies near like, as far as two dimensions can show it."
)
# A panel is no flatter than this, as a part of its width.
FLATTEST = 0.6
# Up to so many names are written large.
FEW = 12
#: Area of a marker in square points for each word of its passage, and the smallest and largest.
AREA, SMALLEST, LARGEST = 0.45, 8.0, 110.0

Floats = NDArray[np.float64]


class Frame(NamedTuple):
    """Hold the width and height of a panel in inches, and half its width as the map measures."""

    wide: float
    high: float
    reach: float


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
    weak = int(data["weak"].sum()) if members is not None else 0
    panels: list[tuple[str, Callable[[Axes, pd.DataFrame], None]]] = [
        ("by article: lines lead to its middle", _by_article),
        ("by language", _by_language),
        ("by topic: its number at its middle", _by_topic),
    ]
    with style.use():
        across, wide = _across(len(panels))
        key = of_languages(codes, list(map(languages.name, codes)), wide, shapes=True)
        below = [0.0, key.height, LINE * (weak > 0)]
        deep = [max(below[i : i + across]) for i in range(0, len(below), across)]
        board = across * wide + (across - 1) * GAP
        room = sizes.height() - sheet.besides(TITLE, NOTE, width=board) - sum(deep)
        frame = _fitted(data, wide, room / len(deep) - HEAD - FOOT)
        highs = [HEAD + frame.high + FOOT + foot for foot in deep]
        page = sheet.new(TITLE, NOTE, width=board, height=sum(highs), kind="Map")
        feet = []
        for i, (said, draw) in enumerate(panels):
            left, top = i % across * (wide + GAP), sum(highs[: i // across])
            page.write(left, top + HEAD - 0.08, said, va="baseline")
            axes = page.axes(left, top + HEAD, wide, frame.high)
            _frame(axes, data, frame)
            draw(axes, data)
            feet.append((left, top + HEAD + frame.high + FOOT))
        key.draw(page, *feet[1])
        if weak:
            _rings(page, *feet[2], f"{labels.count(weak, 'passage')} of {len(data):,}", wide)
    return page.figure, data


def _across(count: int) -> tuple[int, float]:
    """Give how many panels stand side by side, and their width in inches."""
    room = sizes.room(count * (PANEL + GAP) - GAP)
    across = sizes.across(count, room, least=NARROW, between=GAP)
    return across, min(PANEL, round((room + GAP) / across - GAP, 2))


def _fitted(data: pd.DataFrame, width: float, room: float) -> Frame:
    """Fit the map into a panel of a width, no higher than there is room."""
    wide, high = np.ptp(data[["x", "y"]].to_numpy(), axis=0)
    flat = min(FLATTEST, room / width)
    ratio = float(np.clip(high / max(wide, 1e-6), flat, min(1, room / width)))
    return Frame(width, round(width * ratio, 2), max(wide, high / ratio, 1e-6) * 0.55)


def _frame(axes: Axes, data: pd.DataFrame, frame: Frame) -> None:
    """Give a panel a frame, no ticks, and one scale for both directions."""
    spots = data[["x", "y"]].to_numpy()
    x, y = (spots.max(axis=0) + spots.min(axis=0)) / 2
    reach, rise = frame.reach, frame.reach * frame.high / frame.wide
    axes.set(xlim=(x - reach, x + reach), ylim=(y - rise, y + rise), xticks=[], yticks=[])
    axes.spines[:].set(visible=True, color=style.look().line)


def _rings(page: sheet.Sheet, left: float, top: float, said: str, room: float) -> None:
    """Say below a panel what a ring is."""
    page.board.scatter(left + 0.05, top + LINE / 2, s=30, **_ring(style.look().soft))
    fitted = labels.fit(f"weakly in its topic: {said}", room - MARK, size=8, least=6, lines=1)
    page.write(left + MARK, top + LINE / 2, fitted.text, size=fitted.size)


def _dots(axes: Axes, some: pd.DataFrame, colour: str, shape: str = "o") -> None:
    """Draw passages in one colour."""
    _marks(axes, some, facecolor=colour, edgecolor=style.look().ground, linewidth=0.4, marker=shape)


def _marks(axes: Axes, some: pd.DataFrame, **look: Any) -> None:
    """Draw a mark for each passage, larger the more words it has."""
    part = round(axes.bbox.width / axes.figure.dpi / PANEL, 3)
    area = (some["words"] * AREA).clip(SMALLEST, LARGEST) * min(1, part**2)
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
