"""Latent semantic indexing, turned so that each dimension is a topic."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csc_matrix, csr_array

from polythemes.counting import matrix
from polythemes.counting.base import CountingModel
from polythemes.counting.matrix import Floats

ROUNDS = 100
#: Rounds and further dimensions of the random projection: exact enough to be rounded.
POWER, EXTRA = 12, 50


class LSI(CountingModel):
    """Topics by gensim's latent semantic indexing and a varimax rotation.

    The dimensions of LSI have no sign and the first is what all passages share. Varimax turns them
    so that a passage lies near one of them; the sign is that of the heavier tail.

    References
    ----------
    Deerwester et al. (1990), Indexing by latent semantic analysis. Kaiser (1958), The varimax
    criterion; Evangelopoulos, Zhang and Prybutok (2012) for its use on LSI.
    """

    def _learn(self, rows: csr_array) -> Floats:
        self._rarity = matrix.rarity(rows)
        given = matrix.weighted(rows, self._rarity)
        axes = decomposed(given, self.n_topics, seed=self.seed)
        placed = given @ axes
        turn = varimax(placed)
        sign = np.sign(np.round((placed @ turn) ** 3, 6).sum(axis=0))
        self._found = np.round(axes @ (turn * np.where(sign == 0, 1, sign)), 6).T
        return self._found

    def _raw(self, rows: csr_array) -> Floats:
        placed = matrix.weighted(rows, self._rarity) @ self._found.T
        return np.asarray(np.square(np.maximum(placed, 0)))


def decomposed(given: csr_array, k: int, *, seed: int) -> Floats:
    """Find the first axes of a matrix.

    Parameters
    ----------
    given : csr_array of float64, shape (n, m)
        Weighted counts.
    k : int
        Axes wanted.
    seed : int
        Seed of the random projection that the axes are found in.

    Returns
    -------
    ndarray of float64, shape (m, r)
        Right singular vectors in their order, the largest value of each being positive; r is k or
        the rank. Rounded to 6 decimals.

    References
    ----------
    Halko, Martinsson and Tropp (2011), Finding structure with randomness, as gensim has it.
    """
    # Slow to load, and only wanted here. LsiModel itself leaves sparse matrices without a seed.
    from gensim.models.lsimodel import Projection

    n, m = given.shape
    # gensim multiplies with *, which arrays take as element by element.
    turned = csc_matrix(given.T)
    more = {"power_iters": POWER, "extra_dims": min(EXTRA, m, n), "random_seed": seed}
    axes = np.round(np.asarray(Projection(m, k, docs=turned, **more).u, dtype=np.float64), 6)
    peak = axes[np.abs(axes).argmax(axis=0), np.arange(axes.shape[1])]
    return np.asarray(axes * np.where(peak < 0, -1, 1))


def varimax(placed: Floats) -> Floats:
    """Find the rotation that brings every row near to one axis.

    Parameters
    ----------
    placed : ndarray of float64, shape (n, k)
        Rows.

    Returns
    -------
    ndarray of float64, shape (k, k)
        The rotation.

    References
    ----------
    Kaiser (1958), The varimax criterion for analytic rotation in factor analysis.
    """
    turn = np.eye(placed.shape[1])
    for _ in range(ROUNDS):
        now = np.einsum("nj,jk->nk", placed, turn)
        pull = now**3 - now * np.square(now).mean(axis=0)
        one, _, other = np.linalg.svd(np.einsum("nj,nk->jk", placed, pull))
        turn = np.round(np.einsum("ij,jk->ik", one, other), 9)
    return turn
