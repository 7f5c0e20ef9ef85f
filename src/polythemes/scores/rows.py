"""Rows of the table of scores, and the bootstrap behind their intervals."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from polythemes.errors import PolythemesError
from polythemes.tables import CONTRACTS, check

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

#: A share of the draws on either side of a 95 % interval, in percent.
SIDES = (2.5, 97.5)


class Row(NamedTuple):
    """One score: the columns of the table ``scores``."""

    score: str
    language: str
    value: float
    low: float
    high: float
    measured: int
    left_out: int
    reference: str


def table(rows: Iterable[Row]) -> pd.DataFrame:
    """Make the table of scores.

    Parameters
    ----------
    rows : iterable of Row
        The scores.

    Returns
    -------
    pandas.DataFrame
        The table ``scores``, its numbers rounded to 4 decimals.
    """
    made = pd.DataFrame(list(rows), columns=list(CONTRACTS["scores"]))
    numbers = ["value", "low", "high"]
    # Adding nothing turns -0.0 into 0.0.
    made[numbers] = made[numbers].astype(float).round(4) + 0.0
    whole = ["measured", "left_out"]
    made[whole] = made[whole].astype(np.int32)
    return check(made, "scores")


def interval(
    parts: NDArray[np.number[Any]] | csr_array,
    statistic: Callable[[Floats], Floats],
    *,
    resamples: int,
    seed: int,
    bounds: tuple[float, float] = (-1, 1),
    biased: bool = False,
) -> tuple[Floats, Floats, Floats]:
    """Reckon a statistic of a sum over groups, and its bootstrap interval.

    Parameters
    ----------
    parts : ndarray or csr_array, shape (groups, m)
        What every group (an article, a topic) adds; groups in an order that its content names.
    statistic : callable
        From the sum over groups, shape (m,), to the values, shape (v,).
    resamples : int
        Draws of as many groups, with replacement.
    seed : int
        Seed of the draws.
    bounds : tuple of float
        The least and the greatest value there can be.
    biased : bool
        Whether to move the draws by their bias: passages drawn twice agree with themselves, which
        alone makes mutual information and the Rand index larger.

    Returns
    -------
    value, low, high : ndarray of float64, shape (v,)
        The 2.5th and 97.5th percentile of the draws; NaN for a single group.

    References
    ----------
    Efron and Tibshirani (1993), An Introduction to the Bootstrap, chapters 8 (drawing the units
    that are independent), 10 (bias) and 13 (percentiles).
    """
    # Sparse sums go one way; BLAS's differ in the last digits between processors.
    given: Any = parts
    turned: Any = csr_array(given).T.tocsr()
    groups = turned.shape[1]
    value = np.asarray(statistic(turned @ np.ones(groups)), dtype=np.float64)
    if groups < 2 or not resamples:
        return value, np.full_like(value, np.nan), np.full_like(value, np.nan)
    draws = np.random.default_rng([seed, groups])
    picked = (draws.integers(0, groups, groups) for _ in range(resamples))
    times = (np.bincount(one, minlength=groups).astype(np.float64) for one in picked)
    found = np.array([statistic(turned @ weights) for weights in times])
    if biased:
        found += value - found.mean(axis=0)
    low, high = np.clip(np.percentile(found, SIDES, axis=0), *bounds)
    return value, low, high


def mean(sums: Floats) -> Floats:
    """Give the mean from a sum and what it is divided by, 0 where nothing was drawn."""
    return np.asarray(sums[:1] / sums[1:] if sums[1] else np.zeros(1))


def groups_of(rows: pd.DataFrame) -> Whole:
    """Give each passage the number of its article, in the order in which articles come first.

    Parameters
    ----------
    rows : pandas.DataFrame
        Column ``article_id``, in an order that the content names.

    Returns
    -------
    ndarray of int64, shape (n,)
        From 0. Passages of one article are not independent and are drawn together; where there is
        a single article, each passage is a group of its own.
    """
    groups = pd.factorize(rows["article_id"])[0].astype(np.int64)
    return groups if groups.max(initial=0) else np.arange(len(rows))


def labelled(labels: pd.DataFrame, passages: pd.DataFrame) -> pd.DataFrame:
    """Join passages and their topics, in an order that the content names.

    Parameters
    ----------
    labels : pandas.DataFrame
        Columns ``passage_id`` and ``topic_id``.
    passages : pandas.DataFrame
        The table ``passages``.

    Returns
    -------
    pandas.DataFrame
        The passages that have a topic, with ``topic_id``.

    Raises
    ------
    PolythemesError
        If no passage has a topic, or one has several.
    """
    both = passages.merge(labels[["passage_id", "topic_id"]].dropna(), on="passage_id")
    if both.empty or both["passage_id"].duplicated().any():
        msg = (
            f"{len(labels)} labels of {len(passages)} passages came, and {len(both)} fit together; "
            "one label a passage is needed; pass the labels of these passages"
        )
        raise PolythemesError(msg)
    return both.sort_values(["sha256", "language", "topic_id"], kind="stable", ignore_index=True)


def crossed(groups: Whole, one: pd.Series, other: pd.Series) -> tuple[csr_array, tuple[int, int]]:
    """Count in every group how often each pair of two labellings stands.

    Parameters
    ----------
    groups : ndarray of int64, shape (n,)
        The group of each row, from 0.
    one, other : pandas.Series of length n
        Two labellings.

    Returns
    -------
    parts : csr_array of float64, shape (groups, a * b)
        Counts of pairs, row by row of the cross table.
    shape : tuple of int
        (a, b): distinct labels of either.
    """
    (first, names), (second, others) = pd.factorize(one), pd.factorize(other)
    shape = (len(names), len(others))
    size = (int(groups.max(initial=0)) + 1, shape[0] * shape[1])
    cells = first.astype(np.int64) * shape[1] + second
    return csr_array((np.ones(len(groups)), (groups, cells)), shape=size), shape


def mutual(cells: Floats) -> float:
    """Give the normalised mutual information of a cross table; 0 where nothing varies.

    Parameters
    ----------
    cells : ndarray of float64, shape (a, b)
        Counts.

    Returns
    -------
    float
        0 (one labelling tells nothing of the other) to 1.

    References
    ----------
    Strehl and Ghosh (2002), Cluster ensembles, for NMI; here with the arithmetic mean.
    """
    apart = _entropy(cells.sum(axis=1)) + _entropy(cells.sum(axis=0))
    return 2 * (apart - _entropy(cells.ravel())) / apart if apart else 0.0


def _entropy(counts: Floats) -> float:
    """Give the entropy of counts, in nats."""
    parts = counts[counts > 0] / counts.sum()
    return -float((parts * np.log(parts)).sum())
