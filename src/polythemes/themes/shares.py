"""Sum shares up over articles, with intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from polythemes.tables import check

Floats = NDArray[np.float64]


def by_article(
    shares: pd.DataFrame, passages: pd.DataFrame, *, resamples: int = 1000, seed: int = 0
) -> pd.DataFrame:
    """Give the share of every theme in every article, with a bootstrap interval.

    Parameters
    ----------
    shares : pandas.DataFrame
        The table ``theme_shares``.
    passages : pandas.DataFrame
        The table ``passages``; a passage counts by its ``words``.
    resamples : int
        How often the passages of an article are drawn again, with replacement.
    seed : int
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        The table ``article_themes``: ``share``, and ``low`` and ``high``, the 2.5th and 97.5th
        percentile over the resamples. An article of one passage has no interval (NaN).

    References
    ----------
    Efron and Tibshirani (1993), An Introduction to the Bootstrap, percentile interval.
    """
    wide = shares.pivot(index="passage_id", columns="theme_id", values="share")
    wide = wide[list(dict.fromkeys(shares["theme_id"]))]
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
    table = pd.DataFrame(rows, columns=["article_id", "theme_id", "share", "low", "high"])
    numbers = ["share", "low", "high"]
    # Means of a few shares often end on a 5: the last digits must not say which way it goes.
    table[numbers] = table[numbers].round(9).round(4)
    return check(table, "article_themes")


def _mean(values: Floats, weights: Floats) -> Floats:
    """Give the weighted mean of the rows of ``values`` for each row of weights, without BLAS."""
    sums = np.einsum("rn,nk->rk", weights, values)
    return np.asarray(sums / weights.sum(axis=1, keepdims=True), dtype=np.float64)
