"""What the counting models have in common: checks, order, shares, labels."""

from __future__ import annotations

from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from polythemes.arrays import Arrays
from polythemes.counting import files, matrix
from polythemes.counting.matrix import Floats, Whole
from polythemes.errors import PolythemesError
from polythemes.parameters import Parameters


class CountingModel(Parameters, ABC):
    """A model of topics on counts of concepts.

    Equal passages count once and all work is done in the order of their content, so that neither
    the order of the passages nor a copy of one changes a topic.

    Parameters
    ----------
    n_topics : int
        Number of topics, 1 or more.
    seed : int
        Seed of the model's random steps.

    Attributes
    ----------
    n_topics_ : int
        Number of topics found; less than asked for where a topic is the first of no passage.
    labels_ : ndarray of int64, shape (n,)
        Topic of each passage, from 1, the largest topic (in distinct passages) first.
    shares_ : ndarray of float64, shape (n, n_topics_)
        Share of each topic in each passage; a row sums to 1, but for rounding.
    weak_ : ndarray of bool, shape (n,)
        Whether nothing in a passage tells its topic; it then has the mean shares of all.
    weights_ : ndarray of float64, shape (n_topics_, m)
        Weight of each concept in each topic, not below 0.
    """

    #: Weight of every concept, and what was found of each topic: set by :meth:`_learn`.
    _rarity: Floats
    _found: Floats

    def __init__(self, n_topics: int, seed: int = 0) -> None:
        self.n_topics = n_topics
        self.seed = seed

    def fit(self, counts: csr_array) -> Self:
        """Find the topics of the passages.

        Parameters
        ----------
        counts : csr_array of float64, shape (n, m)
            Counts of concepts in passages, not below 0.

        Returns
        -------
        CountingModel
            Itself.

        Raises
        ------
        PolythemesError
            If there are fewer distinct passages with a concept, or fewer concepts, than topics, or
            a count is not finite or below 0.
        """
        rows = matrix.distinct(_checked(counts))
        used = int((np.asarray(rows.sum(axis=0)).ravel() > 0).sum())
        if not 1 <= self.n_topics <= min(rows.shape[0], used):
            msg = (
                f"{self.n_topics} topics asked of {rows.shape[0]} distinct passages with "
                f"{used} concepts; 1 to {min(rows.shape[0], used)} are allowed; ask for fewer"
            )
            raise PolythemesError(msg)
        weights = self._learn(rows)
        self._keep, shares = _by_size(_shares(self._raw(rows)))
        self._mean = np.round(shares.mean(axis=0), 4)
        return self._settle(np.maximum(weights, 0)[self._keep], *self._told(counts))

    def transform(self, counts: csr_array) -> Floats:
        """Give the share of every topic in passages, seen before or not.

        Parameters
        ----------
        counts : csr_array of float64, shape (n, m)
            Counts of the same concepts.

        Returns
        -------
        ndarray of float64, shape (n, n_topics_)
            Rounded to 4 decimals; the first of the largest shares is the passage's topic.

        Raises
        ------
        PolythemesError
            If the counts are of another number of concepts, not finite or below 0.
        """
        return self._told(counts)[0]

    def predict(self, counts: csr_array) -> Whole:
        """Give the topic of passages, seen before or not.

        Parameters
        ----------
        counts : csr_array of float64, shape (n, m)
            Counts of the same concepts.

        Returns
        -------
        ndarray of int64, shape (n,)
            The topic with the largest share, from 1.
        """
        return np.asarray(self.transform(counts).argmax(axis=1) + 1, dtype=np.int64)

    def fit_transform(self, counts: csr_array) -> Floats:
        """Find the topics of the passages and give their shares.

        Parameters
        ----------
        counts : csr_array of float64, shape (n, m)
            Counts of concepts in passages.

        Returns
        -------
        ndarray of float64, shape (n, n_topics_)
            As :meth:`transform` gives.
        """
        return self.fit(counts).shares_

    def weak(self, counts: csr_array) -> NDArray[np.bool_]:
        """Tell in which passages nothing tells the topic.

        Parameters
        ----------
        counts : csr_array of float64, shape (n, m)
            Counts of the same concepts.

        Returns
        -------
        ndarray of bool, shape (n,)
            True where the shares are the mean ones.
        """
        return self._told(counts)[1]

    def save(self, path: Path) -> None:
        """Write the fitted model as one .npz file.

        Parameters
        ----------
        path : Path
            The file.
        """
        self._hold_fitted()
        state: Arrays = {"rarity": self._rarity, "found": self._found, "keep": self._keep}
        state |= {"mean": self._mean, "weights": self.weights_}
        state |= {"shares": self.shares_, "weak": self.weak_}
        files.write(Path(path), type(self).__name__, self.get_params(), state)

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read a model that :meth:`save` wrote.

        Parameters
        ----------
        path : Path
            The file.

        Returns
        -------
        CountingModel
            With the same topics.

        Raises
        ------
        PolythemesError
            If the file is missing, damaged, of another model or of another version.
        """
        params, state = files.read(Path(path), cls.__name__)
        model = cls(**params)
        model._rarity, model._found = state["rarity"], state["found"]
        model._keep, model._mean = state["keep"], state["mean"]
        return model._settle(state["weights"], state["shares"], state["weak"])

    @abstractmethod
    def _learn(self, rows: csr_array) -> Floats:
        """Learn from distinct passages, none of them empty; give concepts' weights in topics."""

    @abstractmethod
    def _raw(self, rows: csr_array) -> Floats:
        """Give what each topic has of each passage, each passage by itself; below 0 is nothing."""

    def _settle(self, weights: Floats, shares: Floats, weak: NDArray[np.bool_]) -> Self:
        """Keep what was learned."""
        self.weights_, self.shares_, self.weak_ = weights, shares, weak
        self.labels_ = np.asarray(shares.argmax(axis=1) + 1, dtype=np.int64)
        self.n_topics_ = len(weights)
        return self

    def _hold_fitted(self) -> None:
        """Hold the model to having been fitted."""
        if not hasattr(self, "_keep"):
            msg = "a model came that was never fitted; call `fit` or `load` first"
            raise PolythemesError(msg)

    def _told(self, counts: csr_array) -> tuple[Floats, NDArray[np.bool_]]:
        """Give the shares of topics in passages, and which passages tell nothing."""
        self._hold_fitted()
        rows, width = _checked(counts), len(self._rarity)
        if rows.shape[1] != width:
            msg = (
                f"counts of {rows.shape[1]} concepts came; this model was fitted on {width}; "
                "count the concepts that it was fitted on"
            )
            raise PolythemesError(msg)
        shares = _shares(self._raw(rows))[:, self._keep]
        empty = np.asarray(rows.sum(axis=1)).ravel() == 0
        weak = empty | (shares.sum(axis=1) == 0)
        shares[weak] = self._mean
        return np.round(shares / shares.sum(axis=1, keepdims=True), 4), weak


def _checked(counts: csr_array) -> csr_array:
    """Hold counts to finite values that are not below 0."""
    given: Any = counts
    rows: csr_array = csr_array(given, dtype=np.float64)
    if not np.isfinite(rows.data).all() or (rows.data < 0).any():
        msg = (
            "a count is NaN, infinite or below 0; finite counts from 0 are allowed; count the "
            "concepts again"
        )
        raise PolythemesError(msg)
    rows.eliminate_zeros()
    rows.sort_indices()
    return rows


def _shares(raw: Floats) -> Floats:
    """Bring rows to sum 1, rounded so that no choice hangs on a last digit; zeros stay."""
    found = np.maximum(raw, 0)
    total = found.sum(axis=1, keepdims=True)
    return np.asarray(np.round(found / np.where(total > 0, total, 1), 6))


def _by_size(shares: Floats) -> tuple[Whole, Floats]:
    """Order topics by their distinct passages, ties by their shares; those of none go."""
    first = shares.argmax(axis=1)
    size = np.bincount(first, minlength=shares.shape[1])
    order = np.lexsort((-np.round(shares.sum(axis=0), 6), -size))
    kept = np.asarray(order[size[order] > 0], dtype=np.int64)
    return kept, shares[:, kept]
