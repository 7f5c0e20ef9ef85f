"""Stability: does a model find the same topics in parts of the passages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from polythemes.errors import PolythemesError
from polythemes.scores import rows
from polythemes.scores.labelled import rand

#: From the positions of passages in the table to the topics found in them alone.
Fit = Callable[[NDArray[np.int64]], Sequence[int] | NDArray[np.int64]]


def stability(
    fit: Fit,
    passages: pd.DataFrame,
    *,
    runs: int = 10,
    part: float = 0.9,
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure how far a model agrees with itself on parts of the passages.

    Parameters
    ----------
    fit : callable
        Takes positions in ``passages`` (ndarray of int64, shape (m,)), fits these passages alone
        and returns a topic for each.
    passages : pandas.DataFrame
        The table ``passages``.
    runs : int
        Parts drawn, two or more.
    part : float
        The part of the passages in each, above 0, to 1.
    resamples : int
        Draws of runs behind the interval.
    seed : int
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        The table ``scores`` with the row ``stability``: the mean adjusted Rand index of all pairs
        of runs, over the passages that both hold.

    Raises
    ------
    PolythemesError
        If there are fewer than two runs, or the part is not above 0 and at most 1.

    References
    ----------
    Ben-Hur, Elisseeff and Guyon (2002), A stability based method for discovering structure in
    clustered data.
    """
    if runs < 2 or not 0 < part <= 1:
        msg = (
            f"{runs} runs with a part of {part} came; two runs or more, and a part above 0 and at "
            "most 1, are allowed"
        )
        raise PolythemesError(msg)
    order = passages.reset_index(drop=True).sort_values(["sha256", "language"], kind="stable").index
    size = max(1, round(part * len(passages)))
    draws = np.random.default_rng([seed, 2])
    found = np.zeros((runs, len(passages)), dtype=np.int64)
    for run in range(runs):
        picked = np.sort(draws.choice(len(passages), size, replace=False))
        rows_of = order.to_numpy()[picked]
        # 0: not in this part.
        found[run, rows_of] = pd.factorize(np.asarray(fit(rows_of)))[0] + 1
    agree = np.eye(runs)
    for one, other in combinations(range(runs), 2):
        agree[one, other] = agree[other, one] = _alike(found[one], found[other])

    def told(times: rows.Floats) -> rows.Floats:
        weights = np.outer(times, times) * (1 - np.eye(runs))
        return np.array([(weights * agree).sum() / weights.sum() if weights.any() else 1.0])

    value, low, high = rows.interval(np.eye(runs), told, resamples=resamples, seed=seed)
    reference = f"{runs} runs on {part:.0%} of the passages"
    return rows.table([rows.Row("stability", "", value[0], low[0], high[0], runs, 0, reference)])


def _alike(one: rows.Whole, other: rows.Whole) -> float:
    """Give the adjusted Rand index of two runs over what both hold."""
    held = (one > 0) & (other > 0)
    cells = np.zeros((one.max() + 1, other.max() + 1))
    np.add.at(cells, (one[held], other[held]), 1)
    return rand(cells)
