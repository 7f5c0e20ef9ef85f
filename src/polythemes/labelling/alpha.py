"""Krippendorff's alpha: how far people agree beyond chance."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from polythemes import intervals

Floats = NDArray[np.float64]
Distance = Callable[[tuple[str, ...], tuple[str, ...]], float]


def nominal(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Give the distance of two main themes.

    Parameters
    ----------
    one, other : tuple of str
        Themes, the main one first.

    Returns
    -------
    float
        0 if the first are the same, else 1.
    """
    return float(one[:1] != other[:1])


def masi(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Give the distance of two sets of themes.

    Parameters
    ----------
    one, other : tuple of str
        Themes, in any order; not both empty.

    Returns
    -------
    float
        1 less the Jaccard index times 1 for the same sets, 2/3 where one holds the other, 1/3 where
        they cross.

    References
    ----------
    Passonneau (2006), Measuring agreement on set-valued items (MASI) for semantic and pragmatic
    annotation.

    Examples
    --------
    >>> round(masi(("a", "b"), ("a",)), 4), masi(("a", "b"), ("b", "a")), masi(("a",), ("b",))
    (0.6667, 0.0, 1.0)
    """
    first, second = set(one), set(other)
    jaccard = len(first & second) / len(first | second)
    if first == second:
        alike = 1.0
    elif first <= second or second <= first:
        alike = 2 / 3
    else:
        alike = 1 / 3
    return 1 - jaccard * alike


def alpha(
    labels: pd.DataFrame, distance: Distance, *, resamples: int = 1000, seed: int = 0
) -> tuple[float, float, float, int]:
    """Measure how far people agree.

    Parameters
    ----------
    labels : pandas.DataFrame
        Columns ``annotator``, ``passage_id``, ``article_id`` and ``themes`` (tuple of str).
        Passages that only one person labelled count for nothing.
    distance : callable
        How far two labels lie apart, 0 to 1.
    resamples : int
        Draws of articles behind the interval.
    seed : int
        Seed of the draws.

    Returns
    -------
    value, low, high : float
        1: they always agree; 0: as by chance; NaN where nothing varies.
    passages : int
        How many were labelled by two people or more.

    References
    ----------
    Krippendorff (2011), Computing Krippendorff's alpha-reliability.
    """
    times = labels.groupby("passage_id")["annotator"].transform("size")
    both = labels[times > 1].sort_values(["article_id", "passage_id", "annotator"])
    kinds: list[tuple[str, ...]] = sorted(set(both["themes"]))
    if not kinds:
        return float("nan"), float("nan"), float("nan"), 0
    apart = np.array([[distance(one, other) for other in kinds] for one in kinds])
    sums: dict[str, Floats] = {}
    for (article, _), own in both.groupby(["article_id", "passage_id"]):
        counts = np.bincount([kinds.index(one) for one in own["themes"]], minlength=len(kinds))
        pairs = (np.outer(counts, counts) - np.diag(counts)) / (len(own) - 1)
        sums[article] = sums.get(article, 0) + pairs
    rows = np.array([matrix.ravel() for matrix in sums.values()])

    def told(drawn: Floats) -> Floats:
        return _alpha(drawn.reshape(-1, *apart.shape), apart)

    found = intervals.clustered(rows, told, resamples=resamples, seed=seed)
    value, low, high = (float(one[0]) for one in found)
    return value, low, high, int(both["passage_id"].nunique())


def _alpha(pairs: Floats, apart: Floats) -> Floats:
    """Give alpha of tables of coincidences, shape (r, kinds, kinds), as shape (r, 1)."""
    counts = pairs.sum(axis=2)
    total = counts.sum(axis=1)
    seen = (pairs * apart).sum(axis=(1, 2))
    # The diagonal of `apart` is 0, so that pairs of a value with itself need not be taken off.
    chance = np.einsum("ri,rj,ij->r", counts, counts, apart) / np.maximum(total - 1, 1)
    return np.where(chance > 0, 1 - seen / np.where(chance > 0, chance, 1), np.nan)[:, None]
