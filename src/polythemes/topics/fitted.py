"""What a model has learned: a tree over its passages, and the topics of one of its cuts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from polythemes.errors import PolythemesError
from polythemes.topics import shares
from polythemes.topics.grid import Floats, Steps, Whole, cosines, snap
from polythemes.topics.groups import by_size, centres, packed, refine
from polythemes.topics.rows import Rows, centred, checked, coded, distinct, offsets, weighed
from polythemes.topics.start import begun, leaves
from polythemes.topics.tree import cut, ward


@dataclass(frozen=True)
class Passages:
    """The passages that a model is fitted on.

    Parameters
    ----------
    raw : Rows
        Their distinct vectors.
    languages : tuple of str
        Their languages, sorted; empty if none were given.
    """

    raw: Rows
    languages: tuple[str, ...]

    @cached_property
    def offsets(self) -> Floats:
        """What each language adds to its vectors: float64 of shape (languages, d)."""
        return offsets(self.raw, len(self.languages))

    @cached_property
    def rows(self) -> Rows:
        """The vectors without that."""
        steps = centred(self.raw.steps, self.raw.languages, self.offsets)
        return Rows(steps, self.raw.weights, self.raw.languages, self.raw.back)

    def seen(
        self, vectors: NDArray[np.floating[Any]], languages: Sequence[str] | None = None
    ) -> Steps:
        """Bring other vectors into the same form.

        Parameters
        ----------
        vectors : ndarray of float, shape (n, d)
            One vector a passage.
        languages : sequence of str of length n, optional
            The language of each.

        Returns
        -------
        ndarray of float32, shape (n, d)
            In whole steps, without what their language adds.

        Raises
        ------
        PolythemesError
            If they are of another width or not finite, or languages are needed and missing.
        """
        wide = checked(vectors, width=self.raw.steps.shape[1])
        codes = coded(languages, self.languages, len(wide))
        return centred(snap(wide), codes, self.offsets)


@dataclass(frozen=True)
class Tree:
    """Ward's tree over small groups of the passages.

    Parameters
    ----------
    joins : ndarray of float64, shape (leaves - 1, 4)
        SciPy's linkage matrix.
    parts : ndarray of int64, shape (m, leaves)
        How much of every distinct passage is in each leaf, in ten-thousandths.
    """

    joins: Floats
    parts: Whole


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


def passages(
    vectors: NDArray[np.floating[Any]],
    weights: Sequence[float] | Floats | None,
    languages: Sequence[str] | None,
    asked: int,
) -> Passages:
    """Check passages and fold those that are the same.

    Parameters
    ----------
    vectors, weights, languages
        As in :meth:`polythemes.topics.TopicModel.fit`.
    asked : int
        How many topics are asked for.

    Returns
    -------
    Passages
        The distinct ones.

    Raises
    ------
    PolythemesError
        If they are none, or fewer than topics.
    """
    wide = checked(vectors)
    heavy = weighed(weights, len(wide))
    known = () if languages is None else tuple(sorted({str(language) for language in languages}))
    found = distinct(snap(wide), heavy, coded(languages, known, len(wide)))
    many = len(found.steps)
    if not 0 <= asked <= many:
        msg = (
            f"{asked} topics asked of {many} distinct passages; 0 (choose) to "
            f"{many} are allowed; set `topics` in corpus.toml"
        )
        raise PolythemesError(msg)
    return Passages(found, known)


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
    parts, apart = leaves(rows, asked)
    sizes = (parts * rows.weights[:, None]).sum(axis=0)
    return Tree(ward(apart, sizes), parts)


def divided(rows: Rows, tree: Tree, asked: int) -> Whole:
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
    ndarray of int64, shape (m,)
        Topics from 0, the largest first.
    """
    groups = cut(tree.joins, min(asked, len(tree.joins) + 1))
    return by_size(rows, refine(rows, begun(rows, tree.parts, groups)))


def settled(rows: Rows, tree: Tree, asked: int) -> Topics:
    """Find the topics of a cut.

    Parameters
    ----------
    rows : Rows
        Distinct vectors.
    tree : Tree
        The tree over them.
    asked : int
        How many topics.

    Returns
    -------
    Topics
        Every row is in the topic of which it has the largest share.
    """
    labels = divided(rows, tree, asked)
    while True:
        middle = centres(rows, labels)
        near = cosines(rows.steps, middle)
        soft = shares.soft(near)
        # Rounded shares may tie and leave a topic without a passage: it goes.
        labels = soft.argmax(axis=1)
        if len(np.unique(labels)) == len(middle):
            edge = shares.edges(near, labels)
            return Topics(middle, edge, labels, soft, shares.weak(near, soft, edge))
        labels = by_size(rows, packed(labels))
