"""Score the labels of many fits."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from benchmarks.topics.forms import Fit
from numpy.typing import NDArray
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

Labels = NDArray[np.int64]
Done = tuple[Fit, Labels, dict[str, float]]

COLUMNS = [
    "method", "form", "k", "seed", "nmi", "ari", "leakage", "shuffle_ari", "coverage", "seconds",
    "peak_mb", "subsample_ari", "n_topics", "wall_seconds", "fits", "note",
]  # fmt: skip
#: What a fit gives where a model assigns no topic to a text.
OUTLIER = -1


def rows(texts: pd.DataFrame, form: str, done: Sequence[Done]) -> list[dict[str, Any]]:
    """Score what was fitted of one method in one form.

    Parameters
    ----------
    texts : pandas.DataFrame
        Columns language and category.
    form : str
        ``parallel`` or ``non-parallel``.
    done : sequence of (Fit, ndarray of int64, dict)
        Every fit, its labels in the order of its texts (-1: none), and what it cost.

    Returns
    -------
    list of dict
        A row a shuffle (parallel) or a draw (non-parallel; means over its shuffles), numbered by
        ``seed``; ``subsample_ari`` is that of the draw.
    """
    found = []
    for draw in sorted({fit.draw for fit, _, _ in done}):
        mine = [one for one in done if one[0].draw == draw]
        shuffles = [one for one in mine if one[0].kind == "shuffle"]
        steady = agreement([one for one in mine if one[0].kind == "subsample"])
        singles = [_one(texts, *one) for one in shuffles]
        for single, row in zip(shuffles, singles, strict=True):
            others = [one for one in shuffles if one is not single]
            row["shuffle_ari"] = _mean([agreement([single, one]) for one in others])
        if form == "parallel":
            found += [row | {"subsample_ari": steady, "fits": len(mine)} for row in singles]
        elif singles:
            means = {name: _mean([row[name] for row in singles]) for name in singles[0]}
            found.append(means | {"seed": draw, "subsample_ari": steady, "fits": len(mine)})
    return found


def agreement(done: Sequence[Done]) -> float:
    """Give the mean adjusted Rand index between all pairs of fits, over the texts of both.

    Parameters
    ----------
    done : sequence of (Fit, ndarray of int64, dict)
        The fits.

    Returns
    -------
    float
        1 if all pairs are grouped alike, about 0 by chance; NaN for fewer than two fits.
    """
    values = []
    for (one, first, _), (two, second, _) in combinations(done, 2):
        _, here, there = np.intersect1d(one.rows, two.rows, return_indices=True)
        values.append(float(adjusted_rand_score(first[here], second[there])))
    return _mean(values)


def _one(texts: pd.DataFrame, fit: Fit, labels: Labels, cost: dict[str, float]) -> dict[str, Any]:
    """Score one fit; texts without a topic count as a group of their own."""
    own = texts.iloc[fit.rows]
    return {
        "seed": fit.number,
        "nmi": float(normalized_mutual_info_score(own["category"], labels)),
        "ari": float(adjusted_rand_score(own["category"], labels)),
        "leakage": float(normalized_mutual_info_score(own["language"], labels)),
        "coverage": float(np.mean(labels != OUTLIER)),
        "n_topics": len(set(labels.tolist()) - {OUTLIER}),
        **cost,
    }


def _mean(values: Sequence[float]) -> float:
    """Average what there is."""
    known = [value for value in values if not np.isnan(value)]
    return float(np.mean(known)) if known else float("nan")
