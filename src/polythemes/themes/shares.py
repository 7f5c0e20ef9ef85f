"""Sum shares up over articles, with intervals."""

from __future__ import annotations

import numpy as np
import pandas as pd

from polythemes.tables import check


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
        words = own["words"].to_numpy(dtype=np.float64)
        mean = (values * words[:, None]).sum(axis=0) / words.sum()
        low = high = np.full(len(mean), np.nan)
        if len(own) > 1:
            # One stream an article, so that adding an article moves no other's interval.
            draws = np.random.default_rng([seed, len(own)])
            picked = draws.integers(0, len(own), (resamples, len(own)))
            sums = (values[picked] * words[picked][:, :, None]).sum(axis=1)
            means = sums / words[picked].sum(axis=1)[:, None]
            low, high = np.percentile(means, [2.5, 97.5], axis=0)
        rows += list(zip([article_id] * len(mean), wide.columns, mean, low, high, strict=True))
    table = pd.DataFrame(rows, columns=["article_id", "theme_id", "share", "low", "high"])
    return check(table.round({"share": 4, "low": 4, "high": 4}), "article_themes")
