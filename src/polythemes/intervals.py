"""Sum shares of passages up over articles, with intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Floats = NDArray[np.float64]


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
    wide = shares.pivot(index="passage_id", columns=of, values="share")
    wide = wide[list(dict.fromkeys(shares[of]))]
    rows = []
    for article_id, own in passages.sort_values(["article_id", "start"]).groupby("article_id"):
        values = wide.loc[own["passage_id"]].to_numpy()
        # A passage of marks alone has no word.
        words = own["words"].clip(lower=1).to_numpy(dtype=np.float64)
        share = _mean(values, words[None, :])[0]
        low = high = np.full(len(share), np.nan)
        if len(own) > 1:
            # Seeded by its own length, so that adding an article moves no other's interval.
            draws = np.random.default_rng([seed, len(own)])
            picked = draws.integers(0, len(own), (resamples, len(own)))
            times = np.array([np.bincount(one, minlength=len(own)) for one in picked])
            low, high = np.percentile(_mean(values, times * words), [2.5, 97.5], axis=0)
        rows += list(zip([article_id] * len(share), wide.columns, share, low, high, strict=True))
    table = pd.DataFrame(rows, columns=["article_id", of, "share", "low", "high"])
    numbers = ["share", "low", "high"]
    # Means of a few shares often end on a 5: the last digits must not say which way it goes.
    table[numbers] = table[numbers].round(9).round(4)
    return table


def _mean(values: Floats, weights: Floats) -> Floats:
    """Give the weighted mean of the rows of ``values`` for each row of weights, without BLAS."""
    sums = np.einsum("rn,nk->rk", weights, values)
    return np.asarray(sums / weights.sum(axis=1, keepdims=True), dtype=np.float64)
