"""Lay passages out on a plane, near ones near, the same way every time."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import shortest_path
from scipy.spatial.distance import pdist, squareform

Floats = NDArray[np.float64]


def layout(vectors: NDArray[np.floating[Any]], *, neighbours: int = 12) -> Floats:
    """Lay vectors out on a plane by stress majorisation of neighbourhood distances.

    Distances along the graph of nearest neighbours, not straight ones, keep groups apart (Isomap);
    majorisation from the principal axes converges to the same place on every machine, where
    t-SNE and UMAP do not.

    Parameters
    ----------
    vectors : ndarray of float, shape (n, d)
        One vector a passage.
    neighbours : int
        Nearest neighbours that a passage is linked to.

    Returns
    -------
    ndarray of float64, shape (n, 2)
        Coordinates between -1 and 1, rounded to 4 decimals; equal vectors lie in one place.

    References
    ----------
    Tenenbaum et al. (2000), A global geometric framework for nonlinear dimensionality reduction.
    De Leeuw (1988), Convergence of the majorization method for multidimensional scaling.
    """
    rows, back = np.unique(np.asarray(vectors, dtype=np.float64), axis=0, return_inverse=True)
    back = back.ravel()
    if len(rows) < 3:
        return np.array([[float(i), 0.0] for i in back])
    wanted = _along(squareform(pdist(rows)), min(neighbours, len(rows) - 1))
    places = _majorise(_principal(wanted), wanted)
    places -= places.mean(axis=0)
    reach = np.abs(places).max()
    return np.asarray(np.round(places / (reach or 1.0), 4)[back])


def _along(apart: Floats, k: int) -> Floats:
    """Give the shortest ways along the graph of mutual or one-sided nearest neighbours."""
    near = np.sort(apart, axis=1)[:, k]
    linked = apart <= np.maximum(near[:, None], near[None, :])
    way = shortest_path(np.where(linked, apart, 0), directed=False)
    far = way[np.isfinite(way)].max()
    return np.where(np.isfinite(way), way, 1.5 * far)


def _principal(apart: Floats) -> Floats:
    """Give the first two axes of classical scaling, each with a fixed sign."""
    square = np.square(apart)
    centred = square - square.mean(axis=0) - square.mean(axis=1)[:, None] + square.mean()
    values, axes = np.linalg.eigh(-centred / 2)
    axes = axes[:, ::-1][:, :2] * np.sqrt(np.maximum(values[::-1][:2], 0))
    sign = np.sign(axes[np.abs(axes).argmax(axis=0), [0, 1]])
    return np.asarray(axes * np.where(sign == 0, 1, sign))


def _majorise(places: Floats, wanted: Floats, rounds: int = 300) -> Floats:
    """Move the places until their distances are nearest to those wanted (SMACOF)."""
    weight = np.where(wanted > 0, 1 / np.maximum(wanted, 1e-9), 0)
    laplacian = np.diag(weight.sum(axis=1)) - weight
    inverse = np.linalg.pinv(laplacian)
    for _ in range(rounds):
        apart = squareform(pdist(places))
        ratio = np.where(apart > 1e-9, weight * wanted / np.maximum(apart, 1e-9), 0)
        pull = np.diag(ratio.sum(axis=1)) - ratio
        places = inverse @ (pull @ places)
    return places
