"""Non-negative matrix factorisation."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csr_array

from polythemes.counting import matrix
from polythemes.counting.base import CountingModel
from polythemes.counting.matrix import Floats

#: Rounds of coordinate descent; always as many, so that a passage's shares hang on it alone.
ROUNDS = 200


class NMF(CountingModel):
    """Topics by scikit-learn's non-negative matrix factorisation of weighted counts.

    References
    ----------
    Lee and Seung (1999), Learning the parts of objects by non-negative matrix factorization.
    Boutsidis and Gallopoulos (2008) for the start. Cichocki and Phan (2009) for the solver.
    """

    def _learn(self, rows: csr_array) -> Floats:
        self._rarity = matrix.rarity(rows)
        found = factors(matrix.weighted(rows, self._rarity), self.n_topics, seed=self.seed)
        length = np.sqrt(np.square(found).sum(axis=1))
        # A topic of no concept goes: it has no share in any passage.
        self._found = np.round(found[length > 0] / length[length > 0, None], 6)
        return np.asarray(self._found * self._rarity)

    def _raw(self, rows: csr_array) -> Floats:
        from sklearn.decomposition import non_negative_factorization

        if not rows.shape[0]:
            return np.zeros((0, len(self._found)))
        found, _, _ = non_negative_factorization(
            matrix.weighted(rows, self._rarity),
            H=self._found,
            n_components=len(self._found),
            update_H=False,
            tol=0,
            max_iter=ROUNDS,
        )
        return np.asarray(found, dtype=np.float64)


def factors(given: csr_array, k: int, *, seed: int) -> Floats:
    """Find the topics of weighted counts.

    Parameters
    ----------
    given : csr_array of float64, shape (n, m)
        Weighted counts.
    k : int
        Topics.
    seed : int
        Seed of the projection that the start is found in.

    Returns
    -------
    ndarray of float64, shape (k, m)
        Not below 0; rounded to 6 decimals.
    """
    # Slow to load, and only wanted here.
    from sklearn import decomposition

    model = decomposition.NMF(k, init="nndsvd", tol=0, max_iter=ROUNDS, random_state=seed).fit(
        given
    )
    return np.asarray(np.round(model.components_, 6), dtype=np.float64)
