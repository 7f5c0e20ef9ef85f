"""Themes that are too alike to tell apart, and the passages in between."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from polythemes import intervals
from polythemes.tables import check

#: Themes that share half or more of what either takes cannot be told apart.
ALIKE = 0.5
#: A passage stands in between where each of two themes takes so much of it.
LEAST = 0.25
#: Pairs that are reckoned at a time.
PAIRS = 500


def overlaps(
    shares: pd.DataFrame,
    passages: pd.DataFrame,
    *,
    rest: str = "rest",
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure how far every two themes take the same words.

    Parameters
    ----------
    shares : pandas.DataFrame
        The table ``theme_shares``.
    passages : pandas.DataFrame
        The table ``passages``; a passage counts by its ``words``.
    rest : str
        The theme that is none; it is left out.
    resamples : int
        Draws of articles behind an interval.
    seed : int
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        The table ``theme_overlaps``, the most alike first. ``overlap`` is the sum of the smaller of
        two shares by that of the larger: 0 if they never meet, 1 if they are the same everywhere.
        ``alike`` says that it is a half or more.

    References
    ----------
    Ruzicka (1958) for the weighted Jaccard index.
    """
    wide, own = _wide(shares, passages, rest)
    words = own["words"].clip(lower=1).to_numpy(dtype=np.float64)
    first = np.flatnonzero(own["article_id"].ne(own["article_id"].shift()))
    values, names = wide.to_numpy(dtype=np.float64), list(wide.columns)
    pairs = np.array(list(combinations(range(len(names)), 2)), dtype=np.int64).reshape(-1, 2)
    rows = []
    for start in range(0, len(pairs), PAIRS):
        these = pairs[start : start + PAIRS]
        one, other = values[:, these[:, 0]], values[:, these[:, 1]]
        low, high = np.minimum(one, other), np.maximum(one, other)
        parts, wholes = (np.add.reduceat(words[:, None] * v, first, axis=0) for v in (low, high))
        found = np.transpose(intervals.ratio(parts, wholes, resamples=resamples, seed=seed))
        rows += [(names[a], names[b], *row) for (a, b), row in zip(these, found, strict=True)]
    table = pd.DataFrame(rows, columns=["theme_id", "other_id", "overlap", "low", "high"])
    table["alike"] = table["overlap"] >= ALIKE
    table = table.sort_values("overlap", ascending=False, kind="stable", ignore_index=True)
    return check(table, "theme_overlaps")


def between(
    shares: pd.DataFrame, passages: pd.DataFrame, *, rest: str = "rest", most: int = 3
) -> pd.DataFrame:
    """Find the passages that two themes both claim.

    Parameters
    ----------
    shares, passages : pandas.DataFrame
        The tables ``theme_shares`` and ``passages``.
    rest : str
        The theme that is none; it is left out.
    most : int
        Passages for every two themes at the most.

    Returns
    -------
    pandas.DataFrame
        The table ``between``: those of which each theme takes a quarter or more, ranked by the
        smaller of the two shares; of equal ones the first of the corpus.
    """
    wide, own = _wide(shares, passages, rest)
    rows = []
    for place, values in enumerate(wide.to_numpy(dtype=np.float64)):
        claimed = [int(i) for i in np.flatnonzero(values >= LEAST)]
        for a, b in combinations(claimed, 2):
            smaller = min(values[a], values[b])
            rows.append((a, b, -smaller, place, values[a], values[b]))
    table = pd.DataFrame(sorted(rows), columns=["a", "b", "less", "place", "share", "other_share"])
    table["rank"] = table.groupby(["a", "b"]).cumcount() + 1
    table = table[table["rank"] <= most].astype({"a": int, "b": int, "place": int})
    names = wide.columns.to_numpy()
    table["theme_id"], table["other_id"] = names[table["a"]], names[table["b"]]
    for name in ("passage_id", "article_id"):
        table[name] = own[name].to_numpy()[table["place"]]
    columns = ["theme_id", "other_id", "rank", "passage_id", "article_id", "share", "other_share"]
    return check(table[columns].reset_index(drop=True), "between")


def _wide(
    shares: pd.DataFrame, passages: pd.DataFrame, rest: str
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Give a column a theme and a row a passage, in the order of the corpus; and the passages."""
    own = passages.sort_values(["article_id", "start", "passage_id"], ignore_index=True)
    wide = intervals.wide(shares, of="theme_id").drop(columns=rest, errors="ignore")
    return wide.loc[own["passage_id"]].reset_index(drop=True), own
