"""How far the model agrees with people, and people with each other."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from polythemes import intervals
from polythemes.errors import PolythemesError
from polythemes.labelling.alpha import alpha, masi, nominal
from polythemes.labelling.draw import RANDOM

Floats = NDArray[np.float64]
COLUMNS = ["of", "score", "theme_id", "value", "low", "high", "measured", "articles"]
#: Share from which the model takes a passage for a theme; its largest theme counts always.
LEAST = 1 / 3


def between_people(labels: pd.DataFrame, *, resamples: int = 1000, seed: int = 0) -> pd.DataFrame:
    """Measure how far people agree on the passages drawn at random.

    Parameters
    ----------
    labels : pandas.DataFrame
        As :func:`polythemes.labelling.read` gives.
    resamples : int
        Draws of articles behind an interval.
    seed : int
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        Columns of, score, theme_id, value, low, high, measured (passages), articles; rows
        ``alpha_main`` (main theme) and ``alpha_sets`` (all themes, MASI). Empty for one person.
    """
    own, rows = _random(labels), []
    if own["annotator"].nunique() > 1:
        for score, distance in (("alpha_main", nominal), ("alpha_sets", masi)):
            *found, count = alpha(own, distance, resamples=resamples, seed=seed)
            times = own.groupby("passage_id")["annotator"].transform("size")
            articles = own.loc[times > 1, "article_id"].nunique()
            rows.append(("people", score, "", *found, count, articles))
    return pd.DataFrame(rows, columns=COLUMNS)


def agreement(
    labels: pd.DataFrame, shares: pd.DataFrame, *, resamples: int = 1000, seed: int = 0
) -> pd.DataFrame:
    """Measure how far the model agrees with labels, on the passages drawn at random.

    Parameters
    ----------
    labels : pandas.DataFrame
        As :func:`polythemes.labelling.read` gives; each person's label of a passage counts once.
    shares : pandas.DataFrame
        The table ``theme_shares``.
    resamples : int
        Draws of articles behind an interval.
    seed : int
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        As :func:`between_people`. ``right``: the model's main theme is among those given;
        ``macro_f1``: mean F1 of the themes that were given or found; and for each theme
        ``precision``, ``recall`` and ``f1``, the model's themes being the largest and any with a
        share of a third or more. ``measured`` counts labels, of a theme those it was given or
        found in.

    Raises
    ------
    PolythemesError
        If no label is of a passage that has shares.
    """
    own, wide = held(labels, shares)
    themes, values = list(wide.columns), wide.to_numpy()
    main = values == values.max(axis=1, keepdims=True)
    main &= main.cumsum(axis=1) == 1
    found = main | (values >= LEAST)
    given = np.array([[theme in named for theme in themes] for named in own["themes"]])
    counts = np.hstack([main & given, found & given, found, given]).astype(np.float64)
    groups, _ = pd.factorize(own["article_id"], sort=True)
    sums = np.zeros((groups.max() + 1, counts.shape[1] + 1))
    np.add.at(sums, groups, np.hstack([np.ones((len(own), 1)), counts]))
    scores = intervals.clustered(sums, _scores, resamples=resamples, seed=seed)
    named = [("right", ""), ("macro_f1", "")]
    named += [(score, theme) for score in ("precision", "recall", "f1") for theme in themes]
    size = dict(zip(themes, (found | given).sum(axis=0).tolist(), strict=True)) | {"": len(own)}
    rows = [
        ("model", score, theme, *numbers, size[theme], len(sums))
        for (score, theme), *numbers in zip(named, *scores, strict=True)
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def held(labels: pd.DataFrame, shares: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Put the shares of a passage beside each of its labels.

    Parameters
    ----------
    labels, shares : pandas.DataFrame
        As for :func:`agreement`.

    Returns
    -------
    labels : pandas.DataFrame, n rows
        Those of passages that were drawn at random and have shares.
    shares : pandas.DataFrame, n rows
        A column a theme.

    Raises
    ------
    PolythemesError
        If there are none.
    """
    wide, own = intervals.wide(shares, of="theme_id"), _random(labels)
    own = own[own["passage_id"].isin(wide.index)]
    if own.empty:
        msg = f"{len(labels)} labels came, none of a random passage of this corpus; label some"
        raise PolythemesError(msg)
    return own, wide.loc[own["passage_id"]]


def _random(labels: pd.DataFrame) -> pd.DataFrame:
    """Take the passages that were drawn at random: the others are a biased draw."""
    return labels[labels["drawn"].eq(RANDOM)]


def _scores(sums: Floats) -> Floats:
    """Reckon all scores from counts, a row a draw."""
    total, counts = sums[:, :1], sums[:, 1:]
    right, both, found, given = np.split(counts, 4, axis=1)
    f1 = _part(2 * both, found + given)
    met = ~np.isnan(f1)
    mean = np.where(met, f1, 0).sum(axis=1) / np.maximum(met.sum(axis=1), 1)
    precision, recall = _part(both, found), _part(both, given)
    accuracy = _part(right.sum(axis=1, keepdims=True), total)
    return np.hstack([accuracy, mean[:, None], precision, recall, f1])


def _part(part: Floats, whole: Floats) -> Floats:
    """Divide, NaN where there is nothing to divide by."""
    return np.asarray(np.where(whole > 0, part / np.where(whole > 0, whole, 1), np.nan))
