"""Which passages stand beside each other."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from polythemes.grid import Whole
from polythemes.neighbours import parts


def beside(passages: pd.DataFrame, back: Whole, many: int) -> csr_array:
    """Weigh the passages that stand beside each in its article.

    Parameters
    ----------
    passages : pandas.DataFrame
        Columns ``article_id`` and ``start``, n rows.
    back : ndarray of int64, shape (n,)
        The distinct vector of every passage.
    many : int
        How many distinct vectors there are.

    Returns
    -------
    csr_array of float64, shape (many, many)
        Equal parts of 1 for all that stand beside a vector anywhere; a copy counts once.
    """
    places = passages.reset_index(drop=True).sort_values(["article_id", "start"])
    rows, article = back[places.index.to_numpy()], places["article_id"].to_numpy()
    same = article[1:] == article[:-1]
    one, two = rows[:-1][same], rows[1:][same]
    ends = np.unique(np.array([[*one, *two], [*two, *one]], dtype=np.int64).T, axis=0).T
    ends = ends[:, ends[0] != ends[1]]
    return parts(csr_array((np.ones(ends.shape[1]), (ends[0], ends[1])), shape=(many, many)))
