"""How many topics: what was measured for every number, and why one was taken."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
from sklearn.metrics import adjusted_rand_score

from polythemes.topics.fitted import divided, grown
from polythemes.topics.grid import STEPS, Floats, Whole, cosines
from polythemes.topics.rows import Rows

COLUMNS = ("n_topics", "stability", "separation", "chosen", "why")
#: Fewer distinct passages than these are one topic, unless more are asked for.
FEWEST = 6
#: More topics than these are found only if they are asked for.
LIMIT = 30
#: Numbers are measured on so many draws of this part of the passages, of so many at the most.
DRAWS, PART, MOST = 5, 0.9, 800
#: Mean agreement of the draws (ARI) from which topics are called sure, and fairly sure.
SURE, FAIR = 0.85, 0.6
#: Mean silhouette above which groups are plain to see (Kaufman and Rousseeuw 1990).
PLAIN = 0.5
#: Below that, the part of the best mean silhouette that fewer topics may keep.
KEEP = 0.9
#: Mean agreement of the draws (ARI) from which a number of topics counts as stable.
STABLE = 0.8


def measure(rows: Rows, asked: int, seed: int) -> pd.DataFrame:
    """Measure numbers of topics and choose one.

    Parameters
    ----------
    rows : Rows
        Distinct vectors; of more than 800, so many are drawn.
    asked : int
        The number asked for, which is then the only one measured; 0 to choose.
    seed : int
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        A row a number, with the columns of ``COLUMNS``.
    """
    many = len(rows.steps)
    draws = np.random.default_rng([seed, many])
    pool = np.sort(draws.choice(many, min(many, MOST), replace=False))
    size = max(1, round(PART * len(pool)))
    parts = [np.sort(draws.choice(pool, size, replace=False)) for _ in range(DRAWS)]
    numbers = [asked] if asked else tried(many)
    whole = _found(rows, pool, numbers)
    apart = STEPS**2 - np.rint(cosines(rows.steps[pool], rows.steps[pool]) * STEPS**2)
    drawn = [_found(rows, part, numbers) for part in parts]
    table = pd.DataFrame(
        {
            "n_topics": numbers,
            "stability": [agreement([one[k] for one in drawn]) for k in numbers],
            "separation": [silhouette(apart, whole[k][pool]) for k in numbers],
        }
    )
    if asked:
        return _marked(table, asked, "asked for")
    if table.empty or table["separation"].max() <= 0:
        one = pd.DataFrame({"n_topics": [1], "stability": [1.0], "separation": [0.0]})
        table = pd.concat([one, table], ignore_index=True) if len(table) else one
        return _marked(table, 1, "no number of topics sets passages apart")
    return _marked(table, *_best(table))


def tried(many: int) -> list[int]:
    """List the numbers of topics that are tried for a number of distinct passages.

    Parameters
    ----------
    many : int
        Distinct passages.

    Returns
    -------
    list of int
        From 2 to the square root of half of them, and to 30 at the most; empty below 6.
    """
    return list(range(2, max(2, min(int(np.sqrt(many / 2)), LIMIT)) + 1)) if many >= FEWEST else []


def silhouette(apart: Floats, labels: Whole) -> float:
    """Give the mean silhouette.

    Parameters
    ----------
    apart : ndarray of float64, shape (m, m)
        Distances, in whole numbers.
    labels : ndarray of int64, shape (m,)
        Groups.

    Returns
    -------
    float
        -1 to 1, rounded to 6 decimals; a row alone in its group counts 0.

    References
    ----------
    Rousseeuw (1987), Silhouettes.
    """
    own = np.unique(labels, return_inverse=True)[1].ravel()
    if not own.any():
        return 0.0
    here, inside = np.arange(len(own)), np.eye(own.max() + 1)[own]
    sums, sizes = apart @ inside, inside.sum(axis=0)
    near = (sums[here, own] - np.diag(apart)) / np.maximum(sizes[own] - 1, 1)
    means = sums / sizes
    means[here, own] = np.inf
    outside = means.min(axis=1)
    wide = np.maximum(near, outside)
    told = (sizes[own] > 1) & (wide > 0)
    values = np.where(told, (outside - near) / np.where(told, wide, 1), 0)
    return round(float(values.mean()), 6)


def agreement(found: list[Whole]) -> float:
    """Give the mean adjusted Rand index between draws.

    Parameters
    ----------
    found : list of ndarray of int64, shape (m,)
        The groups of every row by every draw; -1 where it was not drawn.

    Returns
    -------
    float
        Rounded to 4 decimals; 1 is the same groups in all.

    References
    ----------
    Hubert and Arabie (1985), Comparing partitions.
    """
    values = []
    for one, other in combinations(found, 2):
        both = (one >= 0) & (other >= 0)
        values.append(adjusted_rand_score(one[both], other[both]))
    return round(float(np.mean(values)), 4)


def _found(rows: Rows, kept: Whole, numbers: list[int]) -> dict[int, Whole]:
    """Find topics in some of the rows; the others get -1."""
    part = Rows(rows.steps[kept], rows.weights[kept], rows.languages[kept], rows.back)
    tree = grown(part, min(max(numbers, default=0), len(kept)))
    found = {}
    for k in numbers:
        found[k] = np.full(len(rows.steps), -1)
        found[k][kept] = divided(part, tree, k)
    return found


def _best(found: pd.DataFrame) -> tuple[int, str]:
    """Choose the number of topics, and say why."""
    apart = found.set_index("n_topics")["separation"]
    if apart.max() > PLAIN:
        return int(apart.idxmax()), "passages are furthest apart"
    # In text a cut in two often scores best, and many topics always a little better.
    good = found[apart.to_numpy() >= KEEP * apart.max()]
    held = good["n_topics"][good["stability"] >= STABLE]
    if len(held):
        return int(held.max()), "the most that are stable and well apart"
    return int(good["n_topics"].min()), "the fewest that are well apart"


def _marked(found: pd.DataFrame, number: int, why: str) -> pd.DataFrame:
    """Mark the number that was chosen, why, and how sure it is."""
    chosen = found["n_topics"] == number
    held = float(found["stability"][chosen].iloc[0])
    sure = "sure" if held >= SURE else "fairly sure" if held >= FAIR else "unsure"
    told = f"{why}; {sure}: draws of 90 % agree to {held:.2f}"
    found = found.assign(chosen=chosen, why=np.where(chosen, told, ""))
    return found[list(COLUMNS)]
