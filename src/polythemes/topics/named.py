"""Passages told apart by the general subjects that are nearest to each topic."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from polythemes import subjects
from polythemes.grid import Floats, Steps, Whole, cosines
from polythemes.neighbours import lent, nearest
from polythemes.topics.groups import centres, packed
from polythemes.topics.rows import Rows
from polythemes.topics.start import PARTS, standardised

#: How much the nearest of a topic's subjects weigh more than the others (0: all the same).
NEAREST = 10
#: Part of a passage's scores that comes from the passages nearest to it.
LENT = 0.5
#: Weights are rounded to so many steps: their sums are exact below 2^53.
WHOLE = 10_000


@dataclass(frozen=True)
class Ground:
    """What passages are held against, whatever the topics.

    Parameters
    ----------
    named : ndarray of float32, shape (s, d)
        General subjects less their mean, in whole steps.
    close : ndarray of float64, shape (m, s)
        How near each is to every row, in whole numbers that grow exponentially.
    graph : csr_array of float64, shape (m, m)
        The nearest neighbours of every row.
    """

    named: Steps
    close: Floats
    graph: csr_array


def ground(rows: Rows) -> Ground | None:
    """Hold passages against the general subjects and each other.

    Parameters
    ----------
    rows : Rows
        Distinct vectors.

    Returns
    -------
    Ground or None
        None where there are no subjects for vectors of this width.
    """
    named = subjects.vectors(rows.steps.shape[1])
    if not len(named):
        return None
    close = cosines(rows.steps, named)
    # In place: this is the largest of what a fit makes on the way.
    close *= NEAREST
    np.exp(close, out=close)
    close *= WHOLE
    np.rint(close, out=close)
    # Words lie elsewhere than passages: what subjects have in common is taken off.
    own = np.rint(named - named.mean(axis=0, dtype=np.float64)).astype(np.float32)
    return Ground(own, close, nearest(rows.steps))


def told(rows: Rows, held: Ground, middles: Steps) -> Whole:
    """Give passages the topic whose subjects they, and their neighbours, are nearest to.

    Each topic is named by as many of the subjects nearest to its centre as there are for one topic.
    Passages are scored by these, standardised, and lent the scores of their neighbours; the
    centres of the groups so found are what passages are then brought to.

    Parameters
    ----------
    rows : Rows
        Distinct vectors.
    held : Ground
        What :func:`ground` gives for them.
    middles : ndarray of float32, shape (k, d)
        The topics' centres, in whole steps.

    Returns
    -------
    ndarray of int64, shape (m,)
        Topics from 0.
    """
    near = cosines(middles, held.named)
    many = max(1, round(len(held.named) / len(middles)))
    # Of equally near ones the earlier subject.
    rank = np.argsort(np.argsort(-near, axis=1, kind="stable"), axis=1)
    summed: Floats = held.close @ (rank < many).T.astype(np.float64)
    scores: Floats = np.log(summed)
    scores = standardised(scores.round(6), rows.weights) / PARTS
    labels = packed(lent(scores, held.graph, LENT).argmax(axis=1))
    return packed(cosines(rows.steps, centres(rows, labels)).argmax(axis=1))
