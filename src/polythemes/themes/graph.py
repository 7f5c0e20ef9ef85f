"""Which passages are near to each other, and which stand beside each other."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import csr_array, diags_array

from polythemes.grid import Floats, Steps, Whole, cosines

#: Neighbours: this times the square root of the number of passages.
NEAR = 0.5
#: Rows whose cosines are held in memory at a time.
BLOCK = 2000


def nearest(steps: Steps) -> csr_array:
    """Weigh the nearest neighbours of every passage.

    Parameters
    ----------
    steps : ndarray of float32, shape (m, d)
        Distinct vectors in whole steps.

    Returns
    -------
    csr_array of float64, shape (m, m)
        Cosines of a passage with its neighbours, or with those whose neighbour it is, as parts of
        1. Passages as near as the last neighbour are neighbours too, so that order does not matter.
    """
    many = len(steps)
    wanted = min(round(NEAR * many**0.5), many - 1)
    if wanted < 1:
        return csr_array((many, many), dtype=np.float64)
    places, others, values = [], [], []
    for start in range(0, many, BLOCK):
        near = cosines(steps[start : start + BLOCK], steps)
        near[np.arange(len(near)), start + np.arange(len(near))] = -1
        edge = np.partition(near, many - wanted, axis=1)[:, many - wanted, None]
        row, column = np.nonzero(near >= np.maximum(edge, 1e-9))
        places.append(row + start)
        others.append(column)
        values.append(near[row, column])
    ends = (np.concatenate(places), np.concatenate(others))
    found = csr_array((np.concatenate(values), ends), shape=(many, many))
    return _parts(found.maximum(found.T))


def beside(passages: pd.DataFrame, back: Whole, many: int) -> csr_array:
    """Weigh the passages that stand beside each in its article.

    Parameters
    ----------
    passages : pandas.DataFrame
        Columns ``article_id`` and ``start``, n rows.
    back : ndarray of int64, shape (n,)
        The distinct vector of every passage.
    many : int
        How many distinct vectors there are.

    Returns
    -------
    csr_array of float64, shape (many, many)
        Equal parts of 1 for all that stand beside a vector anywhere; a copy counts once.
    """
    places = passages.reset_index(drop=True).sort_values(["article_id", "start"])
    rows, article = back[places.index.to_numpy()], places["article_id"].to_numpy()
    same = article[1:] == article[:-1]
    one, two = rows[:-1][same], rows[1:][same]
    ends = np.unique(np.array([[*one, *two], [*two, *one]], dtype=np.int64).T, axis=0).T
    ends = ends[:, ends[0] != ends[1]]
    return _parts(csr_array((np.ones(ends.shape[1]), (ends[0], ends[1])), shape=(many, many)))


def lent(values: Floats, graph: csr_array, part: float) -> Floats:
    """Mix values with the mean of the neighbours' values.

    Parameters
    ----------
    values : ndarray of float64, shape (m, k)
        A row a passage.
    graph : csr_array of float64, shape (m, m)
        What :func:`nearest` or :func:`beside` gives.
    part : float
        How much comes from the neighbours, 0 to 1; a passage without any keeps its own.

    Returns
    -------
    ndarray of float64, shape (m, k)
        Rounded, so that it is the same on every machine.
    """
    alone = np.diff(graph.indptr)[:, None] == 0
    mixed = (1 - part) * values + part * (graph @ values)
    return np.asarray(np.round(np.where(alone, values, mixed), 6))


def _parts(graph: csr_array) -> csr_array:
    """Bring rows to a sum of 1."""
    total = np.asarray(graph.sum(axis=1), dtype=np.float64)
    return csr_array(diags_array(1 / np.where(total == 0, 1, total)) @ graph)
