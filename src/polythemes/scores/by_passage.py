"""Scores of single passages: coverage and silhouette."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from polythemes.errors import PolythemesError
from polythemes.scores import rows


def coverage(
    labels: pd.DataFrame, passages: pd.DataFrame, *, resamples: int = 1000, seed: int = 0
) -> pd.DataFrame:
    """Measure the part of the passages that have a topic at all.

    Parameters
    ----------
    labels : pandas.DataFrame
        Columns ``passage_id`` and ``topic_id``; a topic below 1, or none, is no topic.
    passages : pandas.DataFrame
        The table ``passages``.
    resamples : int
        Draws of articles behind the interval.
    seed : int
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        The table ``scores`` with the row ``coverage``, 0 to 1.
    """
    given = labels.loc[labels["topic_id"].fillna(0) > 0, "passage_id"]
    placed = passages.assign(value=passages["passage_id"].isin(given).astype(float))
    placed = placed.sort_values(["sha256", "language", "value"], kind="stable", ignore_index=True)
    return _mean_score(placed, "coverage", bounds=(0, 1), resamples=resamples, seed=seed)


def silhouette(
    labels: pd.DataFrame,
    passages: pd.DataFrame,
    vectors: NDArray[np.floating[Any]],
    *,
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure how much nearer passages are to their own topic than to the next one.

    Parameters
    ----------
    labels : pandas.DataFrame
        Columns ``passage_id`` and ``topic_id``.
    passages : pandas.DataFrame
        The table ``passages``.
    vectors : ndarray of float, shape (n, d)
        One vector a passage, in the order of ``passages``.
    resamples : int
        Draws of articles behind the interval.
    seed : int
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        The table ``scores`` with the row ``silhouette``: the mean over passages of the silhouette
        in cosine distance, -1 to 1; 0 for the passage of a topic of one, and for a single topic.

    Raises
    ------
    PolythemesError
        If there is not one vector a passage.

    References
    ----------
    Rousseeuw (1987), Silhouettes. The mean cosine distance to a topic is one less the product
    with the mean of its unit vectors, so that the time grows with passages times topics.
    """
    if len(vectors) != len(passages):
        msg = (
            f"{len(vectors)} vectors of {len(passages)} passages came; one a passage is needed, in "
            "the same order; pass the vectors of these passages"
        )
        raise PolythemesError(msg)
    both = rows.labelled(labels, passages.assign(at=range(len(passages))))
    unit = np.asarray(vectors, dtype=np.float64)[both["at"].to_numpy()]
    length = np.sqrt(np.square(unit).sum(axis=1, keepdims=True))
    both["value"] = silhouettes(unit / np.where(length == 0, 1, length), both["topic_id"])
    return _mean_score(both, "silhouette", bounds=(-1, 1), resamples=resamples, seed=seed)


def silhouettes(unit: rows.Floats, topics: pd.Series) -> rows.Floats:
    """Give the silhouette of every passage.

    Parameters
    ----------
    unit : ndarray of float64, shape (n, d)
        Unit vectors.
    topics : pandas.Series of length n
        The topic of each.

    Returns
    -------
    ndarray of float64, shape (n,)
        Rounded to 9 decimals.
    """
    own, names = pd.factorize(topics)
    if len(names) < 2:
        return np.zeros(len(unit))
    sums = np.zeros((len(names), unit.shape[1]))
    np.add.at(sums, own, unit)
    sizes = np.bincount(own).astype(np.float64)
    at = np.arange(len(unit))
    apart = sizes - np.einsum("nd,kd->nk", unit, sums)
    # A vector of zeros is as far from itself as from all; its own distance does not count.
    self_apart = 1 - np.square(unit).sum(axis=1)
    inside = (apart[at, own] - self_apart) / np.maximum(sizes[own] - 1, 1)
    means = apart / sizes
    means[at, own] = np.inf
    outside = means.min(axis=1)
    wide = np.maximum(inside, outside)
    told = (sizes[own] > 1) & (np.round(wide, 9) > 0)
    values = np.where(told, (outside - inside) / np.where(told, wide, 1), 0)
    return np.asarray(np.round(values, 9))


def _mean_score(
    placed: pd.DataFrame, score: str, *, bounds: tuple[float, float], resamples: int, seed: int
) -> pd.DataFrame:
    """Make the row of a mean over passages, drawn article by article."""
    groups = rows.groups_of(placed)
    parts = np.stack([np.bincount(groups, placed["value"]), np.bincount(groups)], axis=1)
    value, low, high = rows.interval(
        parts, rows.mean, resamples=resamples, seed=seed, bounds=bounds
    )
    told = "vectors of the passages" if score == "silhouette" else "all passages"
    return rows.table([rows.Row(score, "", value[0], low[0], high[0], len(placed), 0, told)])
