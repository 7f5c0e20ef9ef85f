"""Lay passages out on a plane, near ones near, the same way every time."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse.csgraph import shortest_path
from scipy.spatial.distance import pdist, squareform

Floats = NDArray[np.float64]

#: Distances and lengths, of which the greatest is about 1, count as zero below this.
LEAST = 1e-9


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
    wanted /= wanted.max()
    places = _majorise(_principal(wanted), wanted)
    places -= places.mean(axis=0)
    reach = np.abs(places).max()
    # Adding nothing turns -0.0 into 0.0.
    return np.asarray(np.round(places / (reach or 1.0), 4)[back] + 0.0)


def _along(apart: Floats, k: int) -> Floats:
    """Give the shortest ways along the graph of mutual or one-sided nearest neighbours."""
    near = np.sort(apart, axis=1)[:, k]
    linked = apart <= np.maximum(near[:, None], near[None, :])
    way = shortest_path(np.where(linked, apart, 0), directed=False)
    far = way[np.isfinite(way)].max()
    return np.where(np.isfinite(way), way, 1.5 * far)


def _principal(apart: Floats, rounds: int = 200) -> Floats:
    """Give the first two axes of classical scaling, each with a fixed sign.

    Power iteration from a start that the distances name: where axes are equally long, as on a ring
    or between passages all equally far apart, a solver's choice would be the machine's.
    """
    square = np.square(apart)
    centred = square.mean(axis=0) + square.mean(axis=1)[:, None] - square - square.mean()
    axes = centred[:, _corners(apart)]
    axes[:, 0] -= axes[:, 1]
    axes = axes[:, [0, 2]]
    for _ in range(rounds):
        axes = _times(centred / 2, _orthonormal(axes))
    lengths = np.sqrt(np.square(axes).sum(axis=0))
    axes /= np.sqrt(np.where(lengths > LEAST, lengths, np.inf))
    sign = np.sign(axes[np.abs(np.round(axes, 9)).argmax(axis=0), [0, 1]])
    return np.asarray(axes * np.where(sign == 0, 1, sign))


def _corners(apart: Floats) -> list[int]:
    """Find the passage farthest from all, the one farthest from it and the one far from both."""
    apart = np.round(apart, 9)
    first = int(np.round(apart.sum(axis=1), 9).argmax())
    second = int(apart[first].argmax())
    return [first, second, int(np.minimum(apart[first], apart[second]).argmax())]


def _orthonormal(axes: Floats) -> Floats:
    """Bring two axes to length 1 and the second square to the first."""
    one, two = axes.T
    one = one / max(np.sqrt((one * one).sum()), LEAST)
    two = two - one * (one * two).sum()
    return np.stack([one, two / max(np.sqrt((two * two).sum()), LEAST)], axis=1)


def _majorise(places: Floats, wanted: Floats, rounds: int = 300) -> Floats:
    """Move the places until their distances are nearest to those wanted (SMACOF).

    A difference weighs the less the farther apart two passages are wanted.
    """
    weight = np.where(wanted > 0, 1 / np.maximum(wanted, LEAST), 0)
    laplacian = np.diag(weight.sum(axis=1)) - weight
    # Adding a constant makes it invertible and moves nothing: a pull sums to zero.
    inverse = np.linalg.inv(laplacian + 1)
    for _ in range(rounds):
        apart = squareform(pdist(places))
        ratio = np.where(apart > LEAST, weight * wanted / np.maximum(apart, LEAST), 0)
        pull = np.diag(ratio.sum(axis=1)) - ratio
        moved = np.round(_times(inverse, _times(pull, places)), 9)
        if np.array_equal(moved, places):
            break
        places = moved
    return places


def _times(square: Floats, places: Floats) -> Floats:
    """Multiply without BLAS, whose last digits turn on the processor."""
    return np.asarray(np.einsum("ij,jk->ik", square, places), dtype=np.float64)
