"""How much of a passage each topic takes, and which passages are only loosely of theirs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from polythemes import intervals
from polythemes.grid import Floats, Whole
from polythemes.tables import check

#: Width of the soft shares, in cosine.
WIDTH = 0.05
#: A passage with less than this of its own topic is a weak member; ...
LEAST = 0.5
#: ... so is one no nearer to its centre than this part of the others' passages is not.
OTHERS = 95


def soft(near: Floats) -> Floats:
    """Turn cosines into shares.

    Parameters
    ----------
    near : ndarray of float64, shape (n, k)
        Cosines of passages with the topics' centres.

    Returns
    -------
    ndarray of float64, shape (n, k)
        Rounded to 4 decimals; a row sums to 1, but for rounding.
    """
    weight = np.exp((near - near.max(axis=1, keepdims=True)) / WIDTH)
    return np.asarray(np.round(weight / weight.sum(axis=1, keepdims=True), 4))


def edges(near: Floats, labels: Whole) -> Floats:
    """Give the cosine with each topic that 95 % of the other topics' passages stay below.

    Parameters
    ----------
    near : ndarray of float64, shape (n, k)
        Cosines of passages with the topics' centres.
    labels : ndarray of int64, shape (n,)
        The topic of each, from 0.

    Returns
    -------
    ndarray of float64, shape (k,)
        -1 where there is no other topic.
    """
    if near.shape[1] < 2:
        return np.full(near.shape[1], -1.0)
    outside = [near[labels != topic, topic] for topic in range(near.shape[1])]
    return np.array([np.percentile(one, OTHERS).round(9) for one in outside])


def weak(near: Floats, shares: Floats, edge: Floats) -> NDArray[np.bool_]:
    """Tell which passages belong to their topic only loosely.

    Parameters
    ----------
    near, shares : ndarray of float64, shape (n, k)
        Cosines of passages with the topics' centres, and what :func:`soft` makes of them.
    edge : ndarray of float64, shape (k,)
        What :func:`edges` gives.

    Returns
    -------
    ndarray of bool, shape (n,)
        True where the largest share is under a half, or the cosine no higher than the edge.
    """
    own = shares.argmax(axis=1)
    close = near[np.arange(len(near)), own]
    return np.asarray((shares.max(axis=1) < LEAST) | (close <= edge[own]))


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


def by_article(
    shares: pd.DataFrame, passages: pd.DataFrame, *, resamples: int = 1000, seed: int = 0
) -> pd.DataFrame:
    """Give the share of every topic in every article, with a bootstrap interval.

    Parameters
    ----------
    shares : pandas.DataFrame
        The table ``topic_shares``.
    passages : pandas.DataFrame
        The table ``passages``; a passage counts by its ``words``.
    resamples : int
        How often the passages of an article are drawn again, with replacement.
    seed : int
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        The table ``article_topics``: ``share``, and ``low`` and ``high``, the 2.5th and 97.5th
        percentile over the resamples. An article of one passage has no interval (NaN).
    """
    found = intervals.by_article(shares, passages, of="topic_id", resamples=resamples, seed=seed)
    return check(found, "article_topics")
