"""How much of every topic each theme takes, and of every theme each topic."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from polythemes import intervals
from polythemes.tables import check

Floats = NDArray[np.float64]
PARTS = ["share", "low", "high"]


def crosswalk(
    members: pd.DataFrame,
    shares: pd.DataFrame,
    passages: pd.DataFrame,
    *,
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Hold the topics against the themes.

    Parameters
    ----------
    members : pandas.DataFrame
        The table ``topic_members``: the topic that each passage is of.
    shares : pandas.DataFrame
        The table ``theme_shares``.
    passages : pandas.DataFrame
        The table ``passages``; a passage counts by its ``words``.
    resamples : int
        Draws of articles behind an interval.
    seed : int
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        The table ``crosswalk``, by topic and in the themes' order: ``share`` is the part of the
        topic's words that the theme takes, ``of_theme`` the part of the theme's words that stand in
        the topic, each with its interval over articles (NaN where all is in one).
    """
    themes = list(dict.fromkeys(shares["theme_id"]))
    topics = sorted(set(members["topic_id"]))
    articles = sorted(set(passages["article_id"]))
    both = passages.merge(members[["passage_id", "topic_id"]], on="passage_id")
    both = both.merge(shares, on="passage_id", suffixes=("_topic", ""))
    both["words"] = both["words"].clip(lower=1)
    both["taken"] = both["words"] * both["share"]
    keys = pd.MultiIndex.from_product([articles, topics, themes])
    shape = (len(articles), len(topics), len(themes))
    sums = both.groupby(["article_id", "topic_id", "theme_id"])[["words", "taken"]].sum()
    sums = sums.reindex(keys, fill_value=0.0)
    taken = sums["taken"].to_numpy().reshape(shape)
    words = sums["words"].to_numpy().reshape(shape)[:, :, :1]
    again = {"resamples": resamples, "seed": seed}
    rows = []
    for i, topic in enumerate(topics):
        own = words[:, i, 0] > 0
        of_topic = intervals.ratio(taken[own, i], words[own, i], **again)
        of_theme = intervals.ratio(taken[:, i], taken.sum(axis=1), **again)
        count = int((members["topic_id"] == topic).sum())
        told = zip(themes, *of_topic, *of_theme, strict=True)
        rows += [(topic, *one, count, int(own.sum())) for one in told]
    names = ["topic_id", "theme_id", "share", "low", "high"]
    names += ["of_theme", "of_theme_low", "of_theme_high", "passages", "articles"]
    return check(pd.DataFrame(rows, columns=names), "crosswalk")
