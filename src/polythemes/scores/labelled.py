"""Agreement of topics with labels known beforehand, or with those of another model."""

from __future__ import annotations

import numpy as np
import pandas as pd

from polythemes.scores import rows

SCORES = ("nmi", "ari", "bcubed_precision", "bcubed_recall", "bcubed_f")


def agreement(
    labels: pd.DataFrame,
    gold: pd.DataFrame,
    passages: pd.DataFrame,
    *,
    reference: str = "gold labels",
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure how far topics agree with labels known beforehand.

    Parameters
    ----------
    labels : pandas.DataFrame
        Columns ``passage_id`` and ``topic_id``.
    gold : pandas.DataFrame
        Columns ``passage_id`` and ``label``; passages without a label are left out.
    passages : pandas.DataFrame
        The table ``passages``.
    reference : str
        What the labels are, for the table.
    resamples : int
        Draws of articles behind the intervals.
    seed : int
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        The table ``scores`` with the rows ``nmi`` (0 to 1), ``ari`` (1: the same groups, 0: as by
        chance) and ``bcubed_precision``, ``bcubed_recall``, ``bcubed_f`` (0 to 1).

    References
    ----------
    Strehl and Ghosh (2002) for NMI (arithmetic mean), Hubert and Arabie (1985) for the adjusted
    Rand index, Bagga and Baldwin (1998) and Amigó et al. (2009) for B-cubed.
    """
    known = passages.merge(gold[["passage_id", "label"]].dropna(), on="passage_id")
    both = rows.labelled(labels, known)
    parts, shape = rows.crossed(rows.groups_of(both), both["topic_id"], both["label"])

    def told(cells: rows.Floats) -> rows.Floats:
        crossed = cells.reshape(shape)
        return np.array([rows.mutual(crossed), rand(crossed), *bcubed(crossed)])

    found = rows.interval(parts, told, resamples=resamples, seed=seed, bounds=(-1, 1), biased=True)
    value, low, high = found[0], np.maximum(found[1], [0, -1, 0, 0, 0]), found[2]
    n, out = len(both), len(passages) - len(both)
    return rows.table(
        rows.Row(score, "", value[i], low[i], high[i], n, out, reference)
        for i, score in enumerate(SCORES)
    )


def rand(cells: rows.Floats) -> float:
    """Give the adjusted Rand index of a cross table.

    Parameters
    ----------
    cells : ndarray of float64, shape (a, b)
        Counts.

    Returns
    -------
    float
        -0.5 to 1; 1 where both put all into one group, or each into its own.
    """
    pairs, one, other, every = (
        float((counts * (counts - 1)).sum() / 2)
        for counts in (cells, cells.sum(axis=1), cells.sum(axis=0), cells.sum())
    )
    chance = one * other / every if every else 0.0
    best = (one + other) / 2
    return (pairs - chance) / (best - chance) if best != chance else 1.0


def bcubed(cells: rows.Floats) -> tuple[float, float, float]:
    """Give B-cubed precision, recall and their harmonic mean of a cross table.

    Parameters
    ----------
    cells : ndarray of float64, shape (topics, labels)
        Counts.

    Returns
    -------
    precision, recall, f : float
        The mean over passages of the part of its topic that has its label (precision), and of the
        part of its label that has its topic (recall).
    """
    topics, labels = cells.sum(axis=1, keepdims=True), cells.sum(axis=0, keepdims=True)
    squares = np.square(cells)
    precision = float((squares / np.maximum(topics, 1)).sum() / cells.sum())
    recall = float((squares / np.maximum(labels, 1)).sum() / cells.sum())
    return precision, recall, 2 * precision * recall / (precision + recall)
