"""Groups of rows: their centres, their order, and rows moved to the nearest centre."""

from __future__ import annotations

import numpy as np

from polythemes.grid import Floats, Steps, Whole, cosines, snap, sums
from polythemes.topics.rows import Rows

ROUNDS = 50


def packed(labels: Whole) -> Whole:
    """Renumber groups from 0 without a gap.

    Parameters
    ----------
    labels : ndarray of int64, shape (m,)
        Any numbers.

    Returns
    -------
    ndarray of int64, shape (m,)
        In the same order.
    """
    return np.asarray(np.unique(labels, return_inverse=True)[1], dtype=np.int64).ravel()


def centres(rows: Rows, labels: Whole) -> Steps:
    """Give the direction of every group's mean.

    Parameters
    ----------
    rows : Rows
        Distinct vectors.
    labels : ndarray of int64, shape (m,)
        Groups from 0 without a gap.

    Returns
    -------
    ndarray of float32, shape (groups, d)
        In whole steps.
    """
    return snap(sums(rows.steps, labels, rows.weights))


def by_size(rows: Rows, labels: Whole) -> Whole:
    """Renumber groups from 0, the heaviest first; of equal ones the one whose first row is earlier.

    Parameters
    ----------
    rows : Rows
        Distinct vectors.
    labels : ndarray of int64, shape (m,)
        Groups.

    Returns
    -------
    ndarray of int64, shape (m,)
        The same groups.
    """
    found, first, place = np.unique(labels, return_index=True, return_inverse=True)
    size = np.bincount(place.ravel(), weights=rows.weights)
    rank = np.empty(len(found), dtype=np.int64)
    rank[np.lexsort((first, -size))] = np.arange(len(found))
    return rank[place.ravel()]


def refine(rows: Rows, labels: Whole, pull: Floats | None = None) -> tuple[Whole, Steps]:
    """Move rows to the nearest centre until none moves (spherical k-means).

    Parameters
    ----------
    rows : Rows
        Distinct vectors.
    labels : ndarray of int64, shape (m,)
        Groups to start from, numbered from 0 without a gap.
    pull : ndarray of float64, shape (groups, d), optional
        Whole numbers that are added to the sums of the groups.

    Returns
    -------
    labels : ndarray of int64, shape (m,)
        Groups from 0; one that loses all its rows is gone.
    centres : ndarray of float32, shape (groups, d)
        In whole steps.

    References
    ----------
    Dhillon and Modha (2001), Concept decompositions for large sparse text data.
    """
    total = sums(rows.steps, labels, rows.weights)
    total += 0 if pull is None else pull
    for _ in range(ROUNDS):
        moved = cosines(rows.steps, snap(total)).argmax(axis=1)
        gone = np.flatnonzero(moved != labels)
        if not len(gone):
            break
        # Sums of whole numbers: taking away and adding leaves no rounding behind.
        change = sums(rows.steps[gone], labels[gone], rows.weights[gone], len(total))
        total += sums(rows.steps[gone], moved[gone], rows.weights[gone], len(total)) - change
        left = np.bincount(moved, minlength=len(total)) > 0
        labels, total = packed(moved), total[left]
    return labels, snap(total)
