"""A tree over passages, and the topics of its cuts."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from polythemes.grid import Floats, Steps, Whole
from polythemes.topics.groups import packed, refine
from polythemes.topics.rows import Rows
from polythemes.topics.start import Parts, begun, leaves
from polythemes.topics.tree import cut, ward


@dataclass(frozen=True)
class Tree:
    """Ward's tree over small groups of passages.

    Parameters
    ----------
    joins : ndarray of float64, shape (leaves - 1, 4)
        SciPy's linkage matrix.
    parts, pull : ndarray
        As in :class:`polythemes.topics.start.Leaves`.
    """

    joins: Floats
    parts: Parts
    pull: Floats


def grown(rows: Rows, asked: int) -> Tree:
    """Grow the tree.

    Parameters
    ----------
    rows : Rows
        Distinct vectors.
    asked : int
        How many topics it must be possible to cut it into; 0 for the usual.

    Returns
    -------
    Tree
        With that many leaves or more.
    """
    small = leaves(rows, asked)
    sizes = np.array([(rows.weights * one).sum() for one in small.parts.T])
    return Tree(ward(small.apart, sizes), small.parts, small.pull)


def divided(rows: Rows, tree: Tree, asked: int) -> tuple[Whole, Steps]:
    """Cut the tree and move every row to the nearest centre.

    Parameters
    ----------
    rows : Rows
        Distinct vectors.
    tree : Tree
        The tree over them.
    asked : int
        How many topics; all leaves if it has no more.

    Returns
    -------
    labels : ndarray of int64, shape (m,)
        Topics from 0.
    centres : ndarray of float32, shape (topics, d)
        In whole steps.
    """
    groups = cut(tree.joins, min(asked, len(tree.joins) + 1))
    labels = begun(rows, tree.parts, groups)
    pull = np.eye(groups.max() + 1)[groups].T @ tree.pull
    return refine(rows, packed(labels), pull[np.unique(labels)])
