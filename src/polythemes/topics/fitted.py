"""The topics of one cut: their centres, and what every passage has of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from polythemes.grid import Floats, Steps, Whole, cosines
from polythemes.topics import draws, shares
from polythemes.topics.groups import by_size, centres, packed
from polythemes.topics.growth import Tree, divided
from polythemes.topics.named import ground
from polythemes.topics.rows import Rows


@dataclass(frozen=True)
class Topics:
    """The topics of one cut.

    Parameters
    ----------
    centres : ndarray of float32, shape (k, d)
        In whole steps, the largest topic first.
    edges : ndarray of float64, shape (k,)
        Cosine up to which a member is weak.
    labels, shares, weak : ndarray
        Of every distinct passage: its topic from 0, its shares, and whether it is a weak member.
    """

    centres: Steps
    edges: Floats
    labels: Whole
    shares: Floats
    weak: NDArray[np.bool_]


def found(rows: Rows, tree: Tree, drawn: list[draws.Draw], asked: int) -> Topics:
    """Find the topics of a cut.

    Parameters
    ----------
    rows : Rows
        Distinct vectors.
    tree : Tree
        The tree over them.
    drawn : list of Draw
        Draws of the rows, which settle where a row belongs.
    asked : int
        How many topics.

    Returns
    -------
    Topics
        Every row is in the topic of which it has the largest share.
    """
    labels, _ = divided(rows, tree, asked)
    if drawn and asked > 1:
        labels = draws.settled(rows, labels, draws.votes(rows, drawn, asked, ground(rows)))
    while True:
        labels = by_size(rows, labels)
        middle = centres(rows, labels)
        near = cosines(rows.steps, middle)
        soft = shares.soft(near)
        # Rounded shares may tie and leave a topic without a passage: it goes.
        labels = packed(soft.argmax(axis=1))
        if labels.max() + 1 == len(middle):
            edge = shares.edges(near, labels)
            return Topics(middle, edge, labels, soft, shares.weak(near, soft, edge))
