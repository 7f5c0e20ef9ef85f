"""Which passages are near to each other, and what they lend each other."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array, diags_array

from polythemes.grid import Floats, Steps, cosines

#: Neighbours: this times the square root of the number of passages.
NEAR = 0.5
#: Rows whose cosines are held in memory at a time.
BLOCK = 128


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
    return parts(found.maximum(found.T))


def lent(values: Floats, graph: csr_array, part: float) -> Floats:
    """Mix values with the mean of the neighbours' values.

    Parameters
    ----------
    values : ndarray of float64, shape (m, k)
        A row a passage.
    graph : csr_array of float64, shape (m, m)
        What :func:`nearest` gives, or another graph of the same form.
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


def parts(graph: csr_array) -> csr_array:
    """Bring the rows of a graph to a sum of 1.

    Parameters
    ----------
    graph : csr_array of float64, shape (m, m)
        Weights of at least 0.

    Returns
    -------
    csr_array of float64, shape (m, m)
        A row without any stays.
    """
    total = np.asarray(graph.sum(axis=1), dtype=np.float64)
    return csr_array(diags_array(1 / np.where(total == 0, 1, total)) @ graph)
