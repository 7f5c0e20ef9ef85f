"""How topics join into fewer: their tree, with the names and sizes of its leaves."""

from __future__ import annotations

from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from polythemes.errors import PolythemesError, choices
from polythemes.figures import labels, rows, sheet, sizes, style

WIDTH, NAMES, BARS, SAID = 8.4, 2.9, 1.3, 0.85
# From the mark of a topic to its name.
NUMBER = 0.42
ROW, HEAD, FOOT, BAR = 0.29, 0.3, 0.45, 0.15
# Where bars stand below the names: of a board its part that is the tree, height of a row, of a bar
# with its room, and of a title with its note.
TREE, TALL, UNDER, ABOVE = 0.32, 0.44, 0.13, 1.3
THIN, THICK = 0.9, 3.2
COLUMNS = ["node", "left", "right", "height"]


def nodes(topic_tree: pd.DataFrame, topics: pd.DataFrame) -> pd.DataFrame:
    """Put the topics and what they join into in the order drawn.

    Parameters
    ----------
    topic_tree : pandas.DataFrame
        A row a joining: columns node (a number above all topics'), left, right (what it joins),
        height. It has no rows where there is one topic.
    topics : pandas.DataFrame
        Table ``topics``.

    Returns
    -------
    pandas.DataFrame
        Columns node, left, right, height, passages (those of its topics), label, place: first the
        topics from the top down, then the joinings by height. Of what is joined the larger part
        stands above.

    Raises
    ------
    PolythemesError
        If the joinings are no tree over the topics.
    """
    leaves = rows.of(topics, "topics")[["topic_id", "label", "passages"]]
    leaves = leaves.rename(columns={"topic_id": "node"}).assign(height=0.0)
    joined = leaves.iloc[:0]
    if len(leaves) > 1 or len(topic_tree):
        joined = rows.chosen(topic_tree, COLUMNS, "topic_tree").round(6)
        joined = joined.sort_values(["height", "node"], ignore_index=True)
    parts = _parts(joined, leaves)
    size = leaves.set_index("node")["passages"].to_dict()
    for node, pair in parts.items():
        size[node] = size[pair[0]] + size[pair[1]]
    order, todo = [], [[*size][-1]]
    while todo:
        node = todo.pop()
        if node not in parts:
            order.append(node)
        todo += sorted(parts.get(node, ()), key=lambda part: (size[part], -part))
    place = {node: float(i) for i, node in enumerate(order)}
    for node, pair in parts.items():
        place[node] = (place[pair[0]] + place[pair[1]]) / 2
    found = leaves.set_index("node").loc[order].reset_index()
    # pandas warns of joining tables without rows.
    found = pd.concat([found, joined], ignore_index=True) if len(joined) else found
    found["place"], found["passages"] = found["node"].map(place), found["node"].map(size)
    found = found.reindex(columns=[*COLUMNS, "passages", "label", "place"])
    return found.astype({"left": "Int64", "right": "Int64"})


def _parts(joined: pd.DataFrame, leaves: pd.DataFrame) -> dict[int, tuple[int, int]]:
    """List what every joining joins, and hold it to be a tree."""
    free, parts = set(leaves["node"]), {}
    for row in rows.each(joined):
        pair = {row.left, row.right}
        if row.left == row.right or not pair <= free or row.node in free:
            break
        free = free - pair | {row.node}
        parts[row.node] = (row.left, row.right)
    if len(free) > 1 or len(parts) < len(joined):
        msg = (
            f"table 'topic_tree' is no tree over the topics {choices(sorted(leaves['node']))}; "
            "every topic, and every joining but the last, must be joined once; run `polythemes "
            "build` again"
        )
        raise PolythemesError(msg)
    return parts


def tree(topic_tree: pd.DataFrame, topics: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw the tree of the topics.

    Parameters
    ----------
    topic_tree, topics : pandas.DataFrame
        As for :func:`nodes`.

    Returns
    -------
    figure : Figure
        The root on the left, a leaf a topic on the right with its name and its passages; branches
        are thicker the more passages they hold.
    data : pandas.DataFrame
        As :func:`nodes` gives.

    Raises
    ------
    PolythemesError
        If the joinings are no tree over the topics.
    """
    data = nodes(topic_tree, topics)
    leaves = data[data["left"].isna()]
    with style.use():
        place = _place(leaves)
        page = sheet.new(
            "How do the topics join into fewer?",
            "The further right topics join, the nearer they are by Ward's rule; a branch is "
            "thicker the more passages it holds. On top: how many topics a cut there leaves.",
            width=sizes.room(WIDTH),
            height=HEAD + place.row * len(leaves) + FOOT,
            kind="Tree",
        )
        axes = page.axes(0, HEAD, place.tree, place.row * len(leaves))
        most = float(data["height"].max()) or 1.0
        axes.set(xlim=(most * 1.06, 0), ylim=(len(leaves) - 0.5, -0.5), yticks=[])
        axes.spines["left"].set_visible(False)
        axes.set_xlabel("height at which they join", loc="left" if place.below else "center")
        axes.locator_params(axis="x", nbins=min(6, 1 + int(place.tree / 0.4)))
        _branches(axes, data, most * 1.06)
        heights = sorted(data.loc[data["left"].notna(), "height"], reverse=True)
        _cuts(page, [most * 1.06, *heights, 0.0], place.tree)
        colours = {n: style.position(i) for i, n in enumerate(sorted(leaves["node"]))}
        largest = max(1, int(leaves["passages"].max()))
        for row in rows.each(leaves):
            _leaf(page, row, place, part=row.passages / largest, colour=colours[row.node])
    return page.figure, data


class Place(NamedTuple):
    """Where things stand, in inches.

    Attributes
    ----------
    tree, side, row : float
        Widths of the tree and of the names, and height of a row.
    below : bool
        Whether bars stand below the names, not beside them.
    """

    tree: float
    side: float
    row: float
    below: bool


def _place(leaves: pd.DataFrame) -> Place:
    """Lay out the rows: bars go below the names where they would leave the tree no room."""
    wide = sizes.room(WIDTH)
    side = NUMBER + labels.column(leaves["label"], min(NAMES, 0.35 * wide)) + 0.1
    tree = wide - side - BARS - SAID
    if tree > TREE * wide / 2:
        return Place(tree, side, ROW, below=False)
    row = sizes.row(TALL, len(leaves), besides=ABOVE + HEAD + FOOT)
    return Place(TREE * wide, (1 - TREE) * wide, row, below=True)


def _branches(axes: Axes, data: pd.DataFrame, root: float) -> None:
    """Draw every branch from where it begins to where it is joined."""
    known = {row.node: row for row in rows.each(data)}
    whole = max(1, int(data["passages"].max()))
    above = {
        part: row for row in known.values() if pd.notna(row.left) for part in (row.left, row.right)
    }
    for node, row in known.items():
        end = above[node].height if node in above else root
        width = THIN + (THICK - THIN) * row.passages / whole
        look: dict[str, Any] = {
            "color": style.look().soft,
            "solid_capstyle": "butt",
            "clip_on": False,
        }
        axes.plot([row.height, end], [row.place] * 2, linewidth=width, **look)
        if pd.notna(row.left):
            ends = [known[row.left].place, known[row.right].place]
            axes.plot(
                [row.height] * 2, ends, linewidth=THIN, **look | {"solid_capstyle": "projecting"}
            )


def _cuts(page: sheet.Sheet, heights: list[float], wide: float) -> None:
    """Write above the tree how many topics a cut between two heights leaves, where it fits."""
    end = -1.0
    for count, (upper, lower) in enumerate(pairwise(heights), start=1):
        middle = wide * (1 - (upper + lower) / 2 / heights[0])
        half = labels.width(str(count), 7) / 2
        if middle - half > end:
            page.write(
                middle, HEAD - 0.14, str(count), size=7, ha="center", color=style.look().soft
            )
            page.board.plot(
                [middle] * 2, [HEAD - 0.06, HEAD], color=style.look().line, linewidth=0.6
            )
            end = middle + half + 0.05


def _leaf(page: sheet.Sheet, row: Any, place: Place, *, part: float, colour: str) -> None:
    """Draw a topic: its colour, its number, its name, and a bar with its passages."""
    middle, left = HEAD + place.row * (row.place + 0.5), place.tree + 0.1
    page.board.scatter(left + 0.05, middle, s=36, color=colour, linewidth=0)
    page.write(left + 0.15, middle, str(row.node))
    number = NUMBER - 0.08 * place.below
    room = place.side - 0.2 - number
    lines = 1 if place.below and place.row < TALL else 2
    name = labels.fit(row.label, room, size=8, least=6, lines=lines)
    top = middle - (name.height + UNDER * place.below) / 2
    page.block(left + number, top, name)
    count = labels.count(int(row.passages), "passage")
    start, high, size, most = place.tree + place.side, BAR, 7.0, BARS
    if place.below:
        start, high, size = left + number, BAR / 2, 6.0
        middle = top + name.height + UNDER / 2
        most = room - labels.width("1,000 passages", size)
    page.box(start, middle - high / 2, most * part, high, colour)
    soft: dict[str, Any] = {"color": style.look().soft}
    page.write(start + most * part + 0.06, middle, count, size=size, **soft)
