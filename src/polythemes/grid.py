"""Unit vectors in whole steps, whose products are the same on every machine.

A product of two such vectors is a sum of whole numbers below 2^24, hence exact in single precision:
no BLAS, thread count or processor changes a digit.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Steps = NDArray[np.float32]
Whole = NDArray[np.int64]

#: Steps of a length of 1: with half a step of rounding in 30,000 dimensions still below 2^12.
STEPS = 4000
#: Rows that are worked on at a time, so that what is only needed meanwhile stays small.
BLOCK = 1024
#: Finer steps, in which a length is reckoned: their squares stay below 2^53.
FINE = 2**18


def snap(rows: NDArray[np.floating[Any]]) -> Steps:
    """Bring rows to length 1 and round them to whole steps.

    Parameters
    ----------
    rows : ndarray of float, shape (n, d)
        Finite numbers; their lengths do not matter. A row of zeros stays.

    Returns
    -------
    ndarray of float32, shape (n, d)
        Whole numbers: a length of 1 is 4,000 of them.
    """
    blocks = (rows[i : i + BLOCK] for i in range(0, len(rows), BLOCK))
    return np.concatenate([_snapped(block) for block in blocks] or [rows.astype(np.float32)])


def _snapped(rows: NDArray[np.floating[Any]]) -> Steps:
    """Bring some rows to length 1 and round them."""
    wide: Floats = np.asarray(rows, dtype=np.float64)
    top = np.abs(wide).max(axis=1, keepdims=True)
    wide = np.rint(wide / np.where(top == 0, 1, top) * FINE)
    length = np.sqrt(np.square(wide).sum(axis=1, keepdims=True))
    # Adding nothing turns -0.0 into 0.0.
    return np.asarray(
        np.rint(wide / np.where(length == 0, 1, length) * STEPS) + 0.0, dtype=np.float32
    )


def cosines(rows: Steps, others: Steps) -> Floats:
    """Give the cosine of every row with every other.

    Parameters
    ----------
    rows, others : ndarray of float32, shapes (n, d) and (m, d)
        What :func:`snap` gives.

    Returns
    -------
    ndarray of float64, shape (n, m)
        Multiples of one step by one step, exact.
    """
    # Rows are finite; OpenBLAS has been seen to raise the flag from lanes that hold nothing.
    with np.errstate(invalid="ignore"):
        found: Floats = (rows @ others.T).astype(np.float64)
    found /= STEPS**2
    return found


def sums(rows: Steps, groups: Whole, weights: Floats, many: int = 0) -> Floats:
    """Add up the rows of every group.

    Parameters
    ----------
    rows : ndarray of float32, shape (n, d)
        What :func:`snap` gives.
    groups : ndarray of int64, shape (n,)
        Groups, numbered from 0.
    weights : ndarray of float64, shape (n,)
        Whole numbers.
    many : int
        The number of groups, where the last ones may have no row.

    Returns
    -------
    ndarray of float64, shape (groups, d)
        Whole numbers, exact.
    """
    many = many or int(groups.max()) + 1
    # SciPy is slow to load, and not all that names a subject adds up.
    from scipy.sparse import csr_array

    total = np.zeros((many, rows.shape[1]))
    for i in range(0, len(rows), BLOCK):
        own = groups[i : i + BLOCK]
        shape = (len(own), many)
        place = csr_array((weights[i : i + BLOCK], own, np.arange(len(own) + 1)), shape=shape)
        total += np.asarray(place.T @ rows[i : i + BLOCK].astype(np.float64))
    return total


def shrunk(spread: Floats, part: float, least: float) -> Floats:
    """Draw a covariance to a ball of the same mean variance, so that it can be solved.

    Parameters
    ----------
    spread : ndarray of float64, shape (d, d)
        The covariance.
    part : float
        How much of the ball is in the result, 0 to 1.
    least : float
        Variance of the ball at the least.

    Returns
    -------
    ndarray of float64, shape (d, d)
        Without a direction of no variance.

    References
    ----------
    Friedman (1989), Regularized discriminant analysis.
    """
    width = len(spread)
    ball = max(float(np.trace(spread)) / width, least)
    return (1 - part) * spread + part * ball * np.eye(width)
