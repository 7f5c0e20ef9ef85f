"""The two forms of a set of texts, and the fits that are made of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Rows = NDArray[np.int64]

FORMS = ("parallel", "non-parallel")
DRAWS = 5
#: Orders, and as many samples of 90 %, of every draw.
REPEATS = {"parallel": 5, "non-parallel": 2}
PART = 0.9


@dataclass(frozen=True)
class Fit:
    """One fit to make.

    Parameters
    ----------
    draw : int
        The draw of languages; 0 in the parallel form.
    kind : str
        ``shuffle`` (all texts of the draw in another order) or ``subsample`` (90 % of them).
    number : int
        Which shuffle or subsample.
    rows : ndarray of int64
        The texts in the order in which the model gets them.
    """

    draw: int
    kind: str
    number: int
    rows: Rows


def draws(texts: pd.DataFrame, form: str) -> list[Rows]:
    """Choose the texts of every draw.

    Parameters
    ----------
    texts : pandas.DataFrame
        Columns language and index_id.
    form : str
        ``parallel``: one draw of all texts. ``non-parallel``: five draws; in each an index speaks
        one language only, any of those that have it, all equally likely.

    Returns
    -------
    list of ndarray of int64
        Places of texts in the table, ascending.
    """
    if form == "parallel":
        return [np.arange(len(texts))]
    pairs = texts[["index_id", "language"]].drop_duplicates().sort_values(["index_id", "language"])
    index = texts.set_index(["index_id", "language"]).index
    chosen = []
    for seed in range(DRAWS):
        # The index with the least number has it: every language of an index is equally likely.
        number = np.random.default_rng([seed, 1]).random(len(pairs))
        first = pairs.assign(number=number).sort_values("number").drop_duplicates("index_id")
        pairs_drawn = pd.MultiIndex.from_frame(first[["index_id", "language"]])
        chosen.append(np.flatnonzero(index.isin(pairs_drawn)))
    return chosen


def fits(texts: pd.DataFrame, form: str) -> list[Fit]:
    """List the fits of a form, those that tell most first: a time limit may end them early.

    Parameters
    ----------
    texts : pandas.DataFrame
        Columns language and index_id.
    form : str
        ``parallel`` or ``non-parallel``.

    Returns
    -------
    list of Fit
        The first shuffle of every draw, the second, and so on; then the subsamples likewise.
    """
    drawn = enumerate(draws(texts, form))
    listed = [fit for draw, rows in drawn for fit in _of_draw(draw, rows, REPEATS[form])]
    return sorted(listed, key=lambda fit: (fit.kind != "shuffle", fit.number))


def _of_draw(draw: int, rows: Rows, repeats: int) -> Iterator[Fit]:
    """Shuffle and subsample one draw."""
    for number in range(repeats):
        order = np.random.default_rng([number, draw, 2]).permutation(len(rows))
        yield Fit(draw, "shuffle", number, rows[order])
    size = max(1, round(PART * len(rows)))
    for number in range(repeats):
        part = np.random.default_rng([number, draw, 3]).permutation(len(rows))[:size]
        yield Fit(draw, "subsample", number, rows[part])
