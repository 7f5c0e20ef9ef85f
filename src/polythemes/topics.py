"""Group passages into topics, the same ones whatever the order they come in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import pdist, squareform

from polythemes.errors import PolythemesError
from polythemes.tables import check

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

#: Mean silhouette above which groups are plain to see (Kaufman and Rousseeuw 1990).
PLAIN = 0.5
#: Below that, the part of the best mean silhouette that a larger number of topics may keep.
KEEP = 0.7
#: Width of the soft shares, in cosine.
WIDTH = 0.05
ROUNDS = 50


class TopicModel:
    """Find topics in vectors by Ward's tree and spherical k-means started from its cut.

    Identical vectors count once and all work is done in the order of the vectors' values, so that
    neither the order of the passages nor a copy of one changes a topic. Distances are summed
    without BLAS, so that thread count and processor do not either.

    Parameters
    ----------
    n_topics : int
        Number of topics; 0 chooses it, up to the square root of half the distinct passages: the
        number with the best mean silhouette if that is above 0.5, else the largest at which it is
        higher than on either side, or keeps 70 % of the best; 1 where none is above 0.

    Attributes
    ----------
    n_topics_ : int
        Number of topics found; less than asked for where a topic loses all passages to others.
    labels_ : ndarray of int64, shape (n,)
        Topic of each passage, from 1, the largest topic (in distinct passages) first.
    shares_ : ndarray of float64, shape (n, n_topics_)
        Soft share of each topic in each passage; a row sums to 1, but for rounding.
    centres_ : ndarray of float64, shape (n_topics_, d)
        Unit vectors.
    tree_ : ndarray of float64, shape (m - 1, 4)
        Ward's tree over the m distinct vectors (SciPy's linkage matrix).
    silhouettes_ : dict of int to float
        Mean silhouette, in cosine distance, for every number of topics tried.

    References
    ----------
    Ward (1963), Hierarchical grouping to optimize an objective function. Dhillon and Modha (2001),
    Concept decompositions for large sparse text data. Rousseeuw (1987), Silhouettes.
    """

    def __init__(self, n_topics: int = 0) -> None:
        self.n_topics = n_topics

    def fit(self, vectors: NDArray[np.floating[Any]]) -> Self:
        """Find the topics of the passages.

        Parameters
        ----------
        vectors : ndarray of float, shape (n, d)
            One vector a passage; their lengths do not matter.

        Returns
        -------
        TopicModel
            Itself.

        Raises
        ------
        PolythemesError
            If there are fewer distinct passages than topics, or a value is not finite.
        """
        rows = np.unique(_checked(vectors), axis=0)
        if not 0 <= self.n_topics <= len(rows):
            msg = (
                f"{self.n_topics} topics asked of {len(rows)} distinct passages; 0 (choose) to "
                f"{len(rows)} are allowed; set `topics` in corpus.toml"
            )
            raise PolythemesError(msg)
        unit = _unit(rows)
        self.tree_ = linkage(pdist(unit), "ward") if len(unit) > 1 else np.zeros((0, 4))
        self.silhouettes_: dict[int, float] = {}
        labels = _cut(self.tree_, self.n_topics or self._choose(unit), len(unit))
        self.centres_ = _centres(unit, _refine(unit, labels))
        # Rounded shares may tie and leave a topic without a passage: it goes.
        self.centres_ = _centres(unit, self.transform(rows).argmax(axis=1))
        self.shares_ = self.transform(vectors)
        self.labels_ = self.shares_.argmax(axis=1) + 1
        self.n_topics_ = len(self.centres_)
        return self

    def transform(self, vectors: NDArray[np.floating[Any]]) -> Floats:
        """Give the share of every topic in passages, seen before or not.

        Parameters
        ----------
        vectors : ndarray of float, shape (n, d)
            One vector a passage.

        Returns
        -------
        ndarray of float64, shape (n, n_topics_)
            Rounded to 4 decimals; the first of the largest shares is the passage's topic.

        Raises
        ------
        PolythemesError
            If the vectors are of another width, or a value is not finite.
        """
        unit = _unit(_checked(vectors))
        if unit.shape[1] != self.centres_.shape[1]:
            msg = (
                f"vectors of width {unit.shape[1]} came; this model was fitted on width "
                f"{self.centres_.shape[1]}; embed with the same encoder"
            )
            raise PolythemesError(msg)
        close = _cosines(unit, self.centres_)
        weight = np.exp((close - close.max(axis=1, keepdims=True)) / WIDTH)
        return np.asarray(np.round(weight / weight.sum(axis=1, keepdims=True), 4))

    def predict(self, vectors: NDArray[np.floating[Any]]) -> Whole:
        """Give the topic of passages, seen before or not.

        Parameters
        ----------
        vectors : ndarray of float, shape (n, d)
            One vector a passage.

        Returns
        -------
        ndarray of int64, shape (n,)
            The topic with the largest share, from 1.
        """
        return np.asarray(self.transform(vectors).argmax(axis=1) + 1, dtype=np.int64)

    def _choose(self, unit: Floats) -> int:
        """Choose the number of topics by the mean silhouette over the cuts of the tree."""
        if len(unit) < 6:
            return 1
        apart = squareform(pdist(unit, "sqeuclidean")) / 2
        for k in range(2, max(2, int(np.sqrt(len(unit) / 2))) + 1):
            self.silhouettes_[k] = _silhouette(apart, _cut(self.tree_, k, len(unit)))
        values = self.silhouettes_
        best = max(values, key=lambda k: values[k])
        if values[best] <= 0:
            return 1
        if values[best] > PLAIN:
            return best
        # In text a cut in two scores best whenever a few passages lie apart, and says little.
        sides = {k: max(values.get(k - 1, 0), values.get(k + 1, 0)) for k in values}
        good = [k for k in values if values[k] > sides[k] or values[k] >= KEEP * values[best]]
        return max(good)


def table(shares: Floats, passage_ids: Sequence[str]) -> pd.DataFrame:
    """List the shares of topics in passages.

    Parameters
    ----------
    shares : ndarray of float64, shape (n, k)
        What :meth:`TopicModel.transform` gives.
    passage_ids : sequence of str, length n
        The passages.

    Returns
    -------
    pandas.DataFrame
        The table ``topic_shares``, sorted by passage and topic, rounded to 4 decimals.
    """
    wide = pd.DataFrame(np.round(shares, 4), columns=range(1, shares.shape[1] + 1))
    wide.insert(0, "passage_id", list(passage_ids))
    long = wide.melt("passage_id", var_name="topic_id", value_name="share")
    return check(long.sort_values(["passage_id", "topic_id"], ignore_index=True), "topic_shares")


def _checked(vectors: NDArray[np.floating[Any]]) -> Floats:
    """Hold vectors to two dimensions and finite values."""
    rows: Floats = np.asarray(vectors, dtype=np.float64)
    if rows.ndim != 2 or not len(rows):
        msg = (
            f"vectors of shape {rows.shape} came; (passages, width) with one passage or more is "
            "allowed; check that the corpus has text"
        )
        raise PolythemesError(msg)
    if not np.isfinite(rows).all():
        msg = "a vector holds NaN or infinity; finite numbers are allowed; embed the passages again"
        raise PolythemesError(msg)
    return rows


def _unit(rows: Floats) -> Floats:
    """Bring vectors to length 1; a vector of zeros stays."""
    length = np.sqrt(np.square(rows).sum(axis=1, keepdims=True))
    return np.asarray(rows / np.where(length == 0, 1, length), dtype=np.float64)


def _cosines(unit: Floats, centres: Floats) -> Floats:
    """Give the cosines, rounded so that no choice hangs on a last digit."""
    return np.asarray(np.round(np.einsum("nd,kd->nk", unit, centres), 9), dtype=np.float64)


def _centres(unit: Floats, labels: Whole) -> Floats:
    """Give the direction of every group's mean, the largest group first."""
    sums = [unit[labels == group].sum(axis=0) for group in _by_size(labels)]
    return _unit(np.array(sums))


def _by_size(labels: Whole) -> list[int]:
    """Order groups by their distinct passages, the largest first; ties by their first passage."""
    groups, first, size = np.unique(labels, return_index=True, return_counts=True)
    return [int(group) for group in groups[np.lexsort((first, -size))]]


def _cut(tree: Floats, k: int, n: int) -> Whole:
    """Cut the tree into k groups, numbered from 0."""
    if k >= n or not len(tree):
        return np.arange(n) if k >= n else np.zeros(n, dtype=np.int64)
    return np.asarray(fcluster(tree, k, "maxclust"), dtype=np.int64) - 1


def _refine(unit: Floats, labels: Whole) -> Whole:
    """Move passages to the nearest centre until none moves (spherical k-means)."""
    for _ in range(ROUNDS):
        moved = _cosines(unit, _centres(unit, labels)).argmax(axis=1)
        if np.array_equal(moved, labels):
            break
        labels = moved
    return labels


def _silhouette(apart: Floats, labels: Whole) -> float:
    """Give the mean silhouette from a matrix of distances."""
    groups = np.unique(labels)
    if len(groups) < 2:
        return 0.0
    sums = np.stack([apart[:, labels == g].sum(axis=1) for g in groups], axis=1)
    sizes = np.array([(labels == g).sum() for g in groups])
    own = np.searchsorted(groups, labels)
    rows = np.arange(len(labels))
    inside = sums[rows, own] / np.maximum(sizes[own] - 1, 1)
    means = sums / sizes
    means[rows, own] = np.inf
    outside = means.min(axis=1)
    wide = np.maximum(inside, outside)
    told = (sizes[own] > 1) & (wide > 0)
    values = np.where(told, (outside - inside) / np.where(told, wide, 1), 0)
    return round(float(values.mean()), 6)
