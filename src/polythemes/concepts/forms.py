"""Find the forms of one word: they count as one term of their language."""

from __future__ import annotations

import math
from itertools import groupby

import numpy as np
import pandas as pd
from numpy.typing import NDArray

#: Forms of a word begin alike, for so many letters and such a part of the longer, ...
BEGIN, PART = 4, 0.7
#: ... and their cosine (times 1000 squared) is this large.
NEAR = 0.88 * 1000**2
#: Forms that are taken together at the most.
MOST = 3


def heads(words: pd.DataFrame, rows: NDArray[np.float32]) -> NDArray[np.int64]:
    """Give for each term the commonest form of its word.

    Parameters
    ----------
    words : pandas.DataFrame
        Columns ``language``, ``term`` and ``count``, sorted by the first two.
    rows : ndarray of float32, shape (n, d)
        The vector of each, times 1000.

    Returns
    -------
    ndarray of int64, shape (n,)
        A row of ``words``; its own for most.
    """
    found = np.arange(len(words))
    texts = list(words["term"].str.casefold())
    starts = list(zip(words["language"], (text[:BEGIN] for text in texts), strict=True))
    common = sorted(found, key=lambda i: (starts[i], -words["count"].iloc[i], i))
    for _, alike in groupby(common, key=lambda i: starts[i]):
        taken: dict[int, int] = {}
        for i in alike:
            fit = (h for h in taken if taken[h] < MOST and _alike(texts[i], texts[h]))
            found[i] = next((h for h in fit if rows[i] @ rows[h] >= NEAR), i)
            taken[found[i]] = taken.get(found[i], 0) + 1
    return found


def _alike(one: str, other: str) -> bool:
    """Tell whether two terms begin alike."""
    size = max(len(one), len(other))
    same = max(BEGIN, math.ceil(PART * size))
    # What is put together of several words names something of its own.
    return one[:same] == other[:same] and one.isalpha() and other.isalpha()
