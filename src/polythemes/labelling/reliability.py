"""How often a theme with the largest share is right, by how large that share is."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from polythemes import intervals
from polythemes.labelling.agreement import held

Floats = NDArray[np.float64]
COLUMNS = [
    "rule",
    "share_from",
    "share_to",
    "said",
    "confirmed",
    "low",
    "high",
    "labels",
    "passages",
    "articles",
]
#: What counts as right: a theme among those that a person named, or the person's main one.
NAMED, MAIN = "named", "main"
BINS = 10


def reliability(
    labels: pd.DataFrame, shares: pd.DataFrame, *, resamples: int = 1000, seed: int = 0
) -> pd.DataFrame:
    """Measure how often the largest theme of a passage is right, for shares of every size.

    Parameters
    ----------
    labels, shares : pandas.DataFrame
        As for :func:`polythemes.labelling.agreement`; each person's label of a passage counts once.
    resamples : int
        Draws of articles behind an interval.
    seed : int
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        A row for each tenth that the largest share of a passage falls into, for each rule of what
        is right (``"named"``: the theme is among those of the label; ``"main"``: it is the main
        one): bounds of the tenth (the lower within), ``said`` (mean share), ``confirmed`` (part of
        the labels for which it is right) with its interval, and counts.

    Raises
    ------
    PolythemesError
        If no label is of a random passage that has shares.

    References
    ----------
    DeGroot and Fienberg (1983), The comparison and evaluation of forecasters.
    """
    own, wide = held(labels, shares)
    values = wide.to_numpy()
    said, best = values.max(axis=1), wide.columns[values.argmax(axis=1)]
    tenth = np.minimum((said.round(6) * BINS).astype(int), BINS - 1)
    pairs = list(zip(best, own["themes"], strict=True))
    answers = {
        NAMED: [theme in given for theme, given in pairs],
        MAIN: [theme == given[0] for theme, given in pairs],
    }
    rows = []
    for right, answer in answers.items():
        counted = own.assign(said=said, tenth=tenth, labels=1.0, true=np.array(answer, float))
        for one, some in counted.groupby("tenth"):
            sums = some.groupby("article_id")[["labels", "true"]].sum().to_numpy()
            told = intervals.clustered(sums, _part, resamples=resamples, seed=seed)
            counts = [len(some), some["passage_id"].nunique(), some["article_id"].nunique()]
            ends = [int(one) / BINS, (int(one) + 1) / BINS, round(float(some["said"].mean()), 6)]
            rows.append((right, *ends, *(float(numbers[0]) for numbers in told), *counts))
    return pd.DataFrame(rows, columns=COLUMNS)


def calibration_error(bins: pd.DataFrame, right: str = NAMED) -> float:
    """Give the expected calibration error: how far shares are from how often they are right.

    Parameters
    ----------
    bins : pandas.DataFrame
        As :func:`reliability` gives.
    right : str
        What counts as right, ``"named"`` or ``"main"``.

    Returns
    -------
    float
        0 to 1, the mean distance over the labels, rounded to 4 decimals.

    References
    ----------
    Naeini, Cooper and Hauskrecht (2015), Obtaining well calibrated probabilities using Bayesian
    binning.
    """
    own = bins[bins["rule"].eq(right)]
    away = (own["said"] - own["confirmed"]).abs() * own["labels"]
    return round(float(away.sum() / own["labels"].sum()), 4)


def _part(sums: Floats) -> Floats:
    """Divide the true ones by all, a row a draw."""
    return np.asarray(sums[:, 1:] / sums[:, :1])
