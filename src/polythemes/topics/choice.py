"""How many topics: what was measured for every number, and why one was taken."""

from __future__ import annotations

import numpy as np
import pandas as pd

from polythemes.grid import STEPS, Floats, Whole, cosines
from polythemes.topics import draws
from polythemes.topics.growth import divided, grown
from polythemes.topics.named import ground
from polythemes.topics.rows import Rows, lots, some

COLUMNS = ("n_topics", "stability", "separation", "chosen", "why")
#: Fewer distinct passages than these are one topic, unless more are asked for.
FEWEST = 6
#: From so many distinct passages on, four topics or more are found unless groups are plain to see.
ENOUGH = 64
#: More topics than these are found only if they are asked for.
LIMIT = 20
#: Numbers are measured by this part of the draws or so many, on so many passages at the most.
PART, LEAST, MOST = 0.4, 16, 1000
#: Stability from which topics are called sure, and fairly sure.
SURE, FAIR = 0.85, 0.6
#: Mean silhouette above which groups are plain to see (Kaufman and Rousseeuw 1990).
PLAIN = 0.5


def measure(rows: Rows, drawn: list[draws.Draw], asked: int, seed: int) -> pd.DataFrame:
    """Measure numbers of topics and choose one.

    Parameters
    ----------
    rows : Rows
        Distinct vectors.
    drawn : list of Draw
        Draws of them.
    asked : int
        The number asked for, which is then the only one measured; 0 to choose.
    seed : int
        Seed by which some rows are picked where there are more than 1,000.

    Returns
    -------
    pandas.DataFrame
        A row a number, with the columns of ``COLUMNS``.
    """
    many = len(rows.steps)
    kept, found = cuts(rows, asked, seed)
    pool = some(rows, kept)
    apart = STEPS**2 - np.rint(cosines(pool.steps, pool.steps) * STEPS**2)
    base = ground(pool)
    drawn = drawn[: max(LEAST, round(PART * len(drawn)))]
    held = [
        draws.stability(pool, labels, draws.votes(pool, drawn, k, base), seed)
        for k, labels in found.items()
    ]
    wide = [silhouette(apart, labels) for labels in found.values()]
    table = pd.DataFrame({"n_topics": list(found), "stability": held, "separation": wide})
    if asked:
        return _marked(table, asked, "asked for")
    if table.empty or table["separation"].max() <= 0:
        one = pd.DataFrame({"n_topics": [1], "stability": [1.0], "separation": [0.0]})
        table = pd.concat([one, table], ignore_index=True) if len(table) else one
        return _marked(table, 1, "no number of topics sets passages apart")
    return _marked(table, *_best(table, many))


def cuts(rows: Rows, asked: int, seed: int) -> tuple[Whole, dict[int, Whole]]:
    """Cut the tree over some rows into every number of topics that is measured.

    Parameters
    ----------
    rows : Rows
        Distinct vectors.
    asked, seed : int
        As in :func:`measure`.

    Returns
    -------
    kept : ndarray of int64, shape (p,)
        The rows taken, ascending: all, or 1,000 of them.
    cuts : dict of int to ndarray of int64, shape (p,)
        Their topics, from 0, for each number.
    """
    many = len(rows.steps)
    kept = np.sort(np.argsort(lots(rows, 1, seed)[:, 0], kind="stable")[:MOST])
    pool = some(rows, kept)
    tree = grown(pool, min(asked, len(kept)))
    numbers = [asked] if asked else tried(many)
    return kept, {k: divided(pool, tree, min(k, len(kept)))[0] for k in numbers}


def tried(many: int) -> list[int]:
    """List the numbers of topics that are tried for a number of distinct passages.

    Parameters
    ----------
    many : int
        Distinct passages.

    Returns
    -------
    list of int
        From 2 to the square root of half of them, and to 20 at the most; empty below 6.
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


def _best(table: pd.DataFrame, many: int) -> tuple[int, str]:
    """Choose the number of topics, and say why."""
    apart = table.set_index("n_topics")["separation"]
    if apart.max() > PLAIN:
        return int(apart.idxmax()), "passages are furthest apart"
    # In text a cut in two or three is often the most stable, and says the less the more there is.
    fewest = max(3 if many < ENOUGH else 4, int(np.ceil((many / 2) ** 0.25)))
    fewest = min(fewest, int(apart.index.max()))
    # Of numbers that are as stable to two digits the fewest.
    held = table.set_index("n_topics")["stability"].round(2)
    best, why = (apart, "the furthest apart") if held.isna().all() else (held, "the most stable")
    return int(best[best.index >= fewest].idxmax()), f"{why}, of {fewest} topics or more"


def _marked(found: pd.DataFrame, number: int, why: str) -> pd.DataFrame:
    """Mark the number that was chosen, why, and how sure it is."""
    chosen = found["n_topics"] == number
    held = float(found["stability"][chosen].iloc[0])
    sure = "sure" if held >= SURE else "fairly sure" if held >= FAIR else "unsure"
    told = f"{why}; {sure}: found again to {held:.2f}"
    told = f"{why}; unsure: too few passages to draw from" if np.isnan(held) else told
    found = found.assign(chosen=chosen, why=np.where(chosen, told, ""))
    return found[list(COLUMNS)]
