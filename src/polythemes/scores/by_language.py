"""Leakage: do topics follow the language."""

from __future__ import annotations

import numpy as np
import pandas as pd

from polythemes.scores import rows


def leakage(
    labels: pd.DataFrame, passages: pd.DataFrame, *, resamples: int = 1000, seed: int = 0
) -> pd.DataFrame:
    """Measure how much of a passage's topic its language tells.

    Parameters
    ----------
    labels : pandas.DataFrame
        Columns ``passage_id`` and ``topic_id``.
    passages : pandas.DataFrame
        The table ``passages``.
    resamples : int
        Draws of articles behind the interval.
    seed : int
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        The table ``scores``: ``leakage``, the normalised mutual information of topic and language
        (0: none, 1: each language has its own topics) with its bootstrap interval, and ``chance``,
        the same with the languages shuffled.
    """
    both = rows.labelled(labels, passages)
    parts, shape = rows.crossed(rows.groups_of(both), both["topic_id"], both["language"])

    def told(cells: rows.Floats) -> rows.Floats:
        return np.array([rows.mutual(cells.reshape(shape))])

    value, low, high = rows.interval(
        parts, told, resamples=resamples, seed=seed, bounds=(0, 1), biased=True
    )
    # One passage: nothing varies in it, nor could in another.
    low, high = (np.where(np.isnan(side), value, side) for side in (low, high))
    topics = pd.factorize(both["topic_id"])[0].astype(np.int64)
    languages = pd.factorize(both["language"])[0]
    draws = np.random.default_rng([seed, 1])
    shuffled = []
    for _ in range(max(resamples, 1)):
        cells = topics * shape[1] + languages[draws.permutation(len(both))]
        counts = np.bincount(cells, minlength=shape[0] * shape[1]).astype(np.float64)
        shuffled.append(rows.mutual(counts.reshape(shape)))
    least, most = np.percentile(shuffled, rows.SIDES)
    n, out = len(both), len(passages) - len(both)
    return rows.table(
        [
            rows.Row("leakage", "", value[0], low[0], high[0], n, out, "languages of the passages"),
            rows.Row(
                "chance", "", float(np.mean(shuffled)), least, most, n, out, "languages shuffled"
            ),
        ]
    )
