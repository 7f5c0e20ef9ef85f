"""Unit vectors in whole steps, whose products are the same on every machine.

A product of two such vectors is a sum of whole numbers below 2^24, hence exact in single precision:
no BLAS, thread count or processor changes a digit.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Floats = NDArray[np.float64]
Steps = NDArray[np.float32]
Whole = NDArray[np.int64]

#: Steps of a length of 1: with half a step of rounding in 30,000 dimensions still below 2^12.
STEPS = 4000
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
    return np.asarray((rows @ others.T).astype(np.float64) / STEPS**2, dtype=np.float64)


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
    place = csr_array((weights, groups, np.arange(len(groups) + 1)), shape=(len(groups), many))
    return np.asarray(place.T @ rows.astype(np.float64), dtype=np.float64)
