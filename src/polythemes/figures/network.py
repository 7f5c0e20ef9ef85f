"""Who is named beside whom: a ring of actors, near those they share passages with."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.figure import Figure
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from polythemes.figures import keys, labels, rows, sheet, sizes, style
from polythemes.figures.actors import nothing, of_sorts, ranked
from polythemes.tables import check

#: Actors at the most, and links, so that each can be followed.
MOST, LINKS = 30, 60
# Height of a line, width of the board, and least width of the names beside the ring, in inches.
LINE, WIDTH, SIDE = 0.27, 6.2, 0.9
#: Diameter in inches of the largest node, least area of a node beside it, and room to the name.
NODE, LEAST, BESIDE = 0.2, 0.03, 0.16
#: Width in points of the widest link.
WIDEST = 5.0
#: How far a link is drawn to the middle of the ring.
PULL = 0.55

Pairs = Mapping[tuple[str, str], int]
Places = Mapping[str, tuple[float, float]]


def network(actor_links: pd.DataFrame, actors: pd.DataFrame) -> tuple[Figure, pd.DataFrame]:
    """Draw which actors are named in the same passages.

    Parameters
    ----------
    actor_links, actors : pandas.DataFrame
        Tables of a run.

    Returns
    -------
    figure : Figure
        The actors with the most passages that are named beside another of them, on a ring; a link
        is as wide as the passages that name both are many. Of many links the widest are drawn.
    data : pandas.DataFrame
        Columns actor_id, actor, other_id, other, passages, weight, shown (bool).
    """
    title = "Who is named beside whom?"
    who = ranked(actors).sort_values(["passages", "actor_id"], ascending=[False, True])
    label = dict(zip(who["actor_id"], who["label"], strict=True))
    columns = ["actor_id", "other_id", "passages", "weight"]
    data = check(actor_links, "actor_links").sort_values(columns, ignore_index=True)[columns]
    data.insert(1, "actor", data["actor_id"].map(label))
    data.insert(3, "other", data["other_id"].map(label))
    linked = {*data["actor_id"], *data["other_id"]}
    total = [one for one in label if one in linked]
    kept = set(total[:MOST])
    among = data["actor_id"].isin(kept) & data["other_id"].isin(kept)
    least = _least(data.loc[among, "passages"])
    data["shown"] = among & (data["passages"] >= least)
    drawn = data[data["shown"]]
    nodes = who[who["actor_id"].isin({*drawn["actor_id"], *drawn["other_id"]})]
    if nodes.empty:
        return nothing(title), data
    pairs = {(one.actor_id, one.other_id): int(one.passages) for one in rows.each(drawn)}
    note = (
        "The wider a link, the more passages name both; the larger a node, the more passages name "
        "it. Neighbours on the ring tend to be named together; where it begins means "
        "nothing." + rows.note(len(nodes), len(total), "actors")
    )
    if least > 1:
        note += f" Links of fewer than {least} passages are left out."
    return _draw(nodes, pairs, title, note), data


def _least(passages: pd.Series) -> int:
    """Give how many passages a link has at the least, so that there are not too many of them."""
    fewest = int(passages.min()) if len(passages) else 1
    while (passages >= fewest).sum() > LINKS and (passages > fewest).any():
        fewest += 1
    return fewest


def ring(actors: Sequence[str], pairs: Pairs) -> list[str]:
    """Order actors on a ring so that those often named together stand near each other.

    Two change places as long as that lowers the sum of passages times steps around the ring: whole
    numbers in a fixed order, so the ring is the same on every machine.

    Parameters
    ----------
    actors : sequence of str
        The actors, in any order.
    pairs : mapping of (str, str) to int
        Passages that name both.

    Returns
    -------
    list of str
        The actors around the ring.
    """
    order = sorted(actors)
    count = len(order)
    passages = {one: dict[str, int]() for one in order}
    for (one, other), number in pairs.items():
        passages[one][other] = passages[other][one] = number

    def cost(one: str, at: int, without: str) -> int:
        """Sum up what the links of an actor cost where it would stand."""
        own = passages[one].items()
        steps = ((abs(at - place[other]), number) for other, number in own if other != without)
        return sum(number * min(far, count - far) for far, number in steps)

    place = {one: at for at, one in enumerate(order)}
    better = True
    while better:
        better = False
        for i in range(count):
            for j in range(i + 1, count):
                a, b = order[i], order[j]
                before = cost(a, i, b) + cost(b, j, a)
                if cost(a, j, b) + cost(b, i, a) < before:
                    order[i], order[j] = b, a
                    place[a], place[b] = j, i
                    better = True
    return order


def _draw(nodes: pd.DataFrame, pairs: Pairs, title: str, note: str) -> Figure:
    """Draw the ring."""
    order = ring(list(nodes["actor_id"]), pairs)
    with style.use():
        centre = sizes.room(WIDTH) / 2
        found = [sort for sort in of_sorts() if sort in set(nodes["sort"])]
        key = keys.Key(tuple((sort, *of_sorts()[sort]) for sort in found), 2 * centre)
        top, high = key.height + 0.15, LINE * ((len(order) + 1) // 2)
        page = sheet.new(title, note, width=2 * centre, height=top + high, kind="Network")
        key.draw(page, 0, 0)
        places = _places(order, centre, top, high)
        most, largest = max(pairs.values()), int(nodes["passages"].max())
        for pair, number in sorted(pairs.items(), key=lambda item: (item[1], item[0])):
            ends = [places[one] for one in pair]
            _link(page, ends, (centre, top + high / 2), number / most)
        for node in rows.each(nodes):
            _node(page, node, places[node.actor_id], centre, node.passages / largest)
    return page.figure


def _node(
    page: sheet.Sheet, node: Any, place: tuple[float, float], centre: float, part: float
) -> None:
    """Draw one actor, with its name on the outside."""
    (x, y), away = place, 1 if place[0] > centre else -1
    colour, marker = of_sorts().get(node.sort, (style.look().soft, "P"))
    across = NODE * labels.POINTS * math.sqrt(max(LEAST, part))
    page.board.scatter(x, y, s=across**2, marker=marker, color=colour, linewidth=0, zorder=3)
    room = centre - abs(x - centre) - BESIDE
    name = labels.fit(node.label, room, size=8, least=5.5, lines=2)
    side = "left" if away > 0 else "right"
    page.write(x + BESIDE * away, y, name.text, size=name.size, ha=side)


def _places(order: Sequence[str], centre: float, top: float, high: float) -> Places:
    """Place actors down the right and up the left side, in even lines, on an ellipse."""
    right, radius = (len(order) + 1) // 2, min(centre / 2, centre - SIDE)
    found = {}
    for at, one in enumerate(order):
        line = at if at < right else len(order) - 1 - at
        y = (line + 0.5) * LINE
        out = radius * math.sqrt(max(0.12, 1 - (2 * y / high - 1) ** 2))
        found[one] = (round(centre + (out if at < right else -out), 6), round(top + y, 6))
    return found


def _link(
    page: sheet.Sheet, ends: list[tuple[float, float]], middle: tuple[float, float], part: float
) -> None:
    """Draw one link, bent to the middle of the ring."""
    bend = tuple((1 - PULL) * (a + b) / 2 + PULL * m for a, b, m in zip(*ends, middle, strict=True))
    path = Path([ends[0], bend, ends[1]], [Path.MOVETO, Path.CURVE3, Path.CURVE3])
    colour = style.shade(0.15 + 0.6 * part, 1)
    width = max(0.5, WIDEST * part)
    page.board.add_patch(PathPatch(path, fill=False, edgecolor=colour, linewidth=width))
