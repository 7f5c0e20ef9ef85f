"""Sum shares of themes up over articles, with intervals."""

from __future__ import annotations

import pandas as pd

from polythemes import intervals
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
    """
    found = intervals.by_article(shares, passages, of="theme_id", resamples=resamples, seed=seed)
    return check(found, "article_themes")


def together(
    shares: pd.DataFrame, passages: pd.DataFrame, *, resamples: int = 1000, seed: int = 0
) -> pd.DataFrame:
    """Give the share of every theme in all articles together, drawing whole articles again.

    Parameters
    ----------
    shares, passages, resamples, seed
        As in :func:`polythemes.intervals.together`.

    Returns
    -------
    pandas.DataFrame
        Columns ``theme_id``, ``share``, ``low`` and ``high``.
    """
    return intervals.together(shares, passages, of="theme_id", resamples=resamples, seed=seed)
