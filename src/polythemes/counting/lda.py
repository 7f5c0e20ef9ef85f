"""Latent Dirichlet allocation, begun from the topics of a factorisation."""

from __future__ import annotations

from typing import Any

import numpy as np
from scipy.sparse import csr_array

from polythemes.counting import matrix
from polythemes.counting.base import CountingModel
from polythemes.counting.matrix import Floats
from polythemes.counting.nmf import factors

ALPHA = 1.0
ETA = 0.1
PASSES = 20
#: How much a passage weighs against the prior: the length of its row of weighted counts.
STRENGTH = 5
#: Rounds on each passage; always as many, so that its shares hang on it alone.
ROUNDS = 10
#: Values held at a time.
BLOCK = 4_000_000


class LDA(CountingModel):
    """Topics by gensim's latent Dirichlet allocation, in batches of all passages.

    It begins from the topics of :class:`NMF` and takes the same weighted counts: from random topics
    and plain counts it finds little in passages of a sentence. Its sums are made in a fixed order
    without BLAS and rounded in every pass.

    References
    ----------
    Blei, Ng and Jordan (2003), Latent Dirichlet allocation. Hoffman, Blei and Bach (2010), Online
    learning for latent Dirichlet allocation, for the equations.
    """

    def _learn(self, rows: csr_array) -> Floats:
        self._rarity = matrix.rarity(rows)
        model = trained(matrix.weighted(rows, self._rarity), self.n_topics, seed=self.seed)
        self._found = np.asarray(model.expElogbeta, dtype=np.float64)
        return np.asarray(model.get_topics(), dtype=np.float64)

    def _raw(self, rows: csr_array) -> Floats:
        given = matrix.weighted(rows, self._rarity) * STRENGTH
        gamma, _ = expect(given, self._found, collect=False)
        # What the prior gives says nothing of the passage.
        return np.asarray(np.round(gamma - ALPHA, 6), dtype=np.float64)


def trained(given: csr_array, k: int, *, seed: int) -> Any:
    """Train gensim's model.

    Parameters
    ----------
    given : csr_array of float64, shape (n, m)
        Weighted counts.
    k : int
        Topics.
    seed : int
        Seed of the start.

    Returns
    -------
    gensim.models.LdaModel
        After ``PASSES`` passes.
    """
    from gensim.models.ldamodel import LdaState

    start = factors(given, k, seed=seed)
    # Where no topic has a concept, all have a little of it.
    start += 1e-3 * start.mean() + 1e-9
    given = given * STRENGTH
    total = np.asarray(given.sum(axis=0)).ravel()
    model = _gensim(k, given.shape[1], seed)
    model.state.sstats = np.round(start / start.sum(axis=0) * total, 6)
    # As many as each round brings: nothing of the round before is kept.
    model.state.numdocs = given.shape[0]
    model.sync_state()
    for _ in range(PASSES):
        found = LdaState(model.eta, model.state.sstats.shape, np.float64)
        model.do_estep(given, found)
        model.do_mstep(1.0, found, extra_pass=True)
    return model


def _gensim(k: int, width: int, seed: int) -> Any:
    """Make gensim's model, with an E step whose sums have a fixed order."""
    # Slow to load, and only wanted here.
    from gensim.models import LdaModel
    from gensim.utils import FakeDict

    class Fixed(LdaModel):  # type: ignore[misc]
        def inference(self, chunk: csr_array, collect_sstats: bool = False) -> tuple[Floats, Any]:
            return expect(chunk, self.expElogbeta, collect=collect_sstats)

    return Fixed(
        num_topics=k,
        id2word=FakeDict(width),
        alpha=[ALPHA] * k,
        eta=ETA,
        random_state=seed,
        dtype=np.float64,
    )


def expect(rows: csr_array, beta: Floats, *, collect: bool) -> tuple[Floats, Floats | None]:
    """Find the topics in passages, each passage by itself (the E step).

    Parameters
    ----------
    rows : csr_array of float64, shape (n, m)
        Counts.
    beta : ndarray of float64, shape (k, m)
        Exponential of the expected logarithm of the concepts' weights in topics.
    collect : bool
        Whether to give the statistics of concepts too.

    Returns
    -------
    gamma : ndarray of float64, shape (n, k)
        Parameters of the passages' topics.
    statistics : ndarray of float64, shape (k, m), or None
        Expected counts of concepts in topics, rounded to 6 decimals.
    """
    each = max(1, BLOCK // max(len(beta) * max(np.diff(rows.indptr).max(initial=1), 1), 1))
    found = [np.zeros((0, len(beta)))]
    sums = np.zeros_like(beta)
    for start in range(0, rows.shape[0], each):
        gamma, part = _block(csr_array(rows[start : start + each]), beta, collect=collect)
        found.append(gamma)
        sums += part
    return np.concatenate(found), np.round(sums * beta, 6) if collect else None


def _block(rows: csr_array, beta: Floats, *, collect: bool) -> tuple[Floats, Floats]:
    """Find the topics in some passages, and what they add to the statistics."""
    from gensim.matutils import dirichlet_expectation

    at = np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))
    held, turned = beta.T[rows.indices], np.ascontiguousarray(beta.T)
    lengths = np.asarray(rows.sum(axis=1)).reshape(-1, 1)
    gamma = np.repeat(ALPHA + lengths / len(beta), len(beta), axis=1)
    for step in range(ROUNDS + 1):
        theta = np.exp(dirichlet_expectation(gamma))
        likely = np.einsum("tk,tk->t", theta[at], held) + 1e-100
        parts = csr_array((rows.data / likely, rows.indices, rows.indptr), shape=rows.shape)
        if step < ROUNDS:
            gamma = ALPHA + theta * (parts @ turned)
    return gamma, np.asarray((parts.T @ theta).T) if collect else np.zeros_like(beta)
