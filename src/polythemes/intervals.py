"""Sum shares of passages up over articles, with intervals."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Groups of fewer articles tell little.
FEW = 5


def by_article(
    shares: pd.DataFrame, passages: pd.DataFrame, *, of: str, resamples: int = 1000, seed: int = 0
) -> pd.DataFrame:
    """Give the share of every topic or theme in every article, with a bootstrap interval.

    Parameters
    ----------
    shares : pandas.DataFrame
        Columns ``passage_id``, ``share`` and the one named by ``of``.
    passages : pandas.DataFrame
        The table ``passages``; a passage counts by its ``words``.
    of : str
        The column that says what the shares are of, as in ``"theme_id"``.
    resamples : int
        How often the passages of an article are drawn again, with replacement.
    seed : int
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        Columns ``article_id``, the one named by ``of``, ``share``, and ``low`` and ``high``, the
        2.5th and 97.5th percentile over the resamples; rounded to 4 decimals. An article of one
        passage has no interval (NaN).

    References
    ----------
    Efron and Tibshirani (1993), An Introduction to the Bootstrap, percentile interval.
    """
    parts = wide(shares, of=of)
    rows = []
    for article_id, own in passages.sort_values(["article_id", "start"]).groupby("article_id"):
        values = parts.loc[own["passage_id"]].to_numpy()
        # A passage of marks alone has no word.
        words = own["words"].clip(lower=1).to_numpy(dtype=np.float64)
        share = _mean(values, words[None, :])[0]
        low = high = np.full(len(share), np.nan)
        if len(own) > 1:
            times = drawn(len(own), resamples=resamples, seed=seed)
            low, high = np.percentile(_mean(values, times * words), [2.5, 97.5], axis=0)
        rows += list(zip([article_id] * len(share), parts.columns, share, low, high, strict=True))
    table = pd.DataFrame(rows, columns=["article_id", of, "share", "low", "high"])
    numbers = ["share", "low", "high"]
    # Means of a few shares often end on a 5: the last digits must not say which way it goes.
    table[numbers] = table[numbers].round(9).round(4)
    return table


def together(
    shares: pd.DataFrame, passages: pd.DataFrame, *, of: str, resamples: int = 1000, seed: int = 0
) -> pd.DataFrame:
    """Give the share of every topic or theme in all articles together, with a bootstrap interval.

    Passages of an article are alike, so that whole articles are drawn again, not passages.

    Parameters
    ----------
    shares, passages, of, seed
        As in :func:`by_article`.
    resamples : int
        How often the articles are drawn again, with replacement.

    Returns
    -------
    pandas.DataFrame
        The column named by ``of``, ``share``, and ``low`` and ``high``, the 2.5th and 97.5th
        percentile over the resamples; rounded to 4 decimals. One article has no interval (NaN).

    References
    ----------
    Cameron, Gelbach and Miller (2008), Bootstrap-based improvements for inference with clustered
    errors. Rao and Wu (1988), as in :func:`ratio`.
    """
    taken = wide(shares, of=of)
    placed = passages.sort_values(["article_id", "start"])
    words = placed["words"].clip(lower=1).to_numpy(dtype=np.float64)
    parts = pd.DataFrame(taken.loc[placed["passage_id"]].to_numpy() * words[:, None])
    article = placed["article_id"].to_numpy()
    sums = parts.groupby(article).sum().to_numpy()
    sizes = pd.Series(words).groupby(article).sum().to_numpy()
    value, low, high = ratio(sums, sizes[:, None], resamples=resamples, seed=seed)
    return pd.DataFrame({of: taken.columns, "share": value, "low": low, "high": high})


def wide(shares: pd.DataFrame, *, of: str) -> pd.DataFrame:
    """Lay shares out, a row a passage and a column a topic or theme.

    Parameters
    ----------
    shares : pandas.DataFrame
        Columns ``passage_id``, ``share`` and the one named by ``of``.
    of : str
        The column that says what the shares are of, as in ``"theme_id"``.

    Returns
    -------
    pandas.DataFrame
        Columns in the order in which they come in ``shares``.
    """
    found = shares.pivot(index="passage_id", columns=of, values="share")
    return found[list(dict.fromkeys(shares[of]))]


def drawn(count: int, *, resamples: int, seed: int, fewer: int = 0) -> Floats:
    """Draw things again, with replacement.

    Parameters
    ----------
    count : int
        How many there are. It seeds the draws too, so that they do not hang on what else is drawn.
    resamples : int
        How many draws.
    seed : int
        Seed of the draws.
    fewer : int
        By how many a draw is smaller than what there is.

    Returns
    -------
    ndarray of float64, shape (resamples, count)
        How often each is in each draw.
    """
    draws = np.random.default_rng([seed, count])
    picked = draws.integers(0, count, (resamples, count - fewer))
    return np.array([np.bincount(one, minlength=count) for one in picked], dtype=np.float64)


def _mean(values: Floats, weights: Floats) -> Floats:
    """Give the weighted mean of the rows of ``values`` for each row of weights, without BLAS."""
    sums = np.einsum("rn,nk->rk", weights, values)
    return np.asarray(sums / weights.sum(axis=1, keepdims=True), dtype=np.float64)


def ratio(
    parts: Floats, wholes: Floats, *, resamples: int = 1000, seed: int = 0
) -> tuple[Floats, Floats, Floats]:
    """Give parts of wholes summed over articles, with an interval over the articles.

    Passages of an article are not independent, so whole articles are drawn. One fewer is drawn than
    there are: with as many, the spread would be too small by the part that one article is of all.

    Parameters
    ----------
    parts : ndarray of float, shape (articles, k)
        What is counted in every article; rows may come in any order.
    wholes : ndarray of float, shape (articles, 1) or (articles, k)
        What it is a part of.
    resamples : int
        How often articles are drawn again, with replacement.
    seed : int
        Seed of the draws.

    Returns
    -------
    value, low, high : ndarray of float64, shape (k,)
        The ratio of the sums (0 where the whole is 0), and the 2.5th and 97.5th percentile over the
        resamples, rounded to 4 decimals; NaN for a single article.

    References
    ----------
    Rao and Wu (1988), Resampling inference with complex survey data: draws of n - 1 clusters.
    """
    parts, wholes = np.asarray(parts, dtype=np.float64), np.asarray(wholes, dtype=np.float64)
    many = wholes.shape[1]

    def told(sums: Floats) -> Floats:
        return _over(sums, many)

    return clustered(np.hstack([wholes, parts]), told, resamples=resamples, seed=seed)


def clustered(
    rows: Floats, statistic: Callable[[Floats], Floats], *, resamples: int = 1000, seed: int = 0
) -> tuple[Floats, Floats, Floats]:
    """Give a statistic of sums over articles, with an interval over the articles.

    Parameters
    ----------
    rows : ndarray of float, shape (articles, m)
        What every article adds; rows may come in any order.
    statistic : callable
        From sums, shape (r, m), to values, shape (r, k).
    resamples : int
        How often articles are drawn again, with replacement, one fewer than there are.
    seed : int
        Seed of the draws.

    Returns
    -------
    value, low, high : ndarray of float64, shape (k,)
        Rounded to 4 decimals; ``low`` and ``high`` are NaN for a single article, and leave draws
        without a value out.
    """
    rows = by_value(rows)
    count = len(rows)
    value = np.asarray(statistic(rows.sum(axis=0)[None, :])[0]).round(9).round(4)
    none = np.full(len(value), np.nan)
    if count < 2:
        return value, none, none.copy()
    times = drawn(count, resamples=resamples, seed=seed, fewer=1)
    found = statistic(np.einsum("rn,nk->rk", times, rows))
    known = ~np.isnan(found).all(axis=0)
    low, high = none, none.copy()
    if known.any():
        ends = np.nanpercentile(found[:, known], [2.5, 97.5], axis=0).round(9).round(4)
        low[known], high[known] = ends
    return value, low, high


def by_value(rows: Floats) -> Floats:
    """Put rows in the order of their values, so that neither names nor files' order play a part.

    Parameters
    ----------
    rows : ndarray of float, shape (n, k)
        Any rows.

    Returns
    -------
    ndarray of float64, shape (n, k)
        The rows, rounded to 6 decimals. The order of the columns matters only between rows that
        hold the same values.
    """
    rows = np.asarray(rows, dtype=np.float64).round(6)
    return rows[np.lexsort(np.hstack([np.sort(rows, axis=1), rows]).T[::-1])]


def _over(sums: Floats, many: int) -> Floats:
    """Divide sums of parts by those of the wholes, which stand in the first columns."""
    wholes, parts = sums[:, :many], sums[:, many:]
    found = np.where(wholes > 0, parts / np.where(wholes > 0, wholes, 1), 0.0)
    return np.asarray(found.round(9).round(4), dtype=np.float64)
