"""Nearest passages: in other articles, and in other languages."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from polythemes.tables import CONTRACTS, check

#: Vectors are whole multiples of 1 / SCALE; sums of products of these are exact in float32.
SCALE = 1000
#: Passages whose products are held at a time.
BLOCK = 1024


def neighbours(vectors: NDArray[np.float32], passages: pd.DataFrame) -> pd.DataFrame:
    """Find the nearest passage of another article for every passage.

    Parameters
    ----------
    vectors : ndarray of float32, shape (n, d)
        One vector a passage.
    passages : pandas.DataFrame
        The table ``passages``, in the same order.

    Returns
    -------
    pandas.DataFrame
        The table ``neighbours``, sorted by passage: the nearest passage (of equally near ones the
        first), its language and the cosine; no row for a passage if there is no other article.
    """
    order = passages["passage_id"].to_numpy().argsort()
    rows = np.asarray(vectors, dtype=np.float64)[order]
    rows = rows / np.maximum(np.sqrt(np.square(rows).sum(axis=1, keepdims=True)), 1e-9)
    columns = ("article_id", "passage_id", "language")
    articles, ids, languages = (passages[name].to_numpy()[order] for name in columns)
    found = []
    for i in range(len(rows)):
        others = np.flatnonzero(articles != articles[i])
        if len(others):
            close = np.round(np.einsum("nd,d->n", rows[others], rows[i]), 9)
            best = others[int(close.argmax())]
            found.append((ids[i], languages[i], ids[best], languages[best], float(close.max())))
    table = pd.DataFrame(found, columns=list(CONTRACTS["neighbours"]))
    return check(table.round({"similarity": 4}), "neighbours")


def aligned(vectors: NDArray[np.floating[Any]], passages: pd.DataFrame) -> pd.DataFrame:
    """Pair every passage with the nearest one of each other language.

    Parameters
    ----------
    vectors : ndarray of float, shape (n, d)
        One vector a passage.
    passages : pandas.DataFrame
        The table ``passages``, in the same order.

    Returns
    -------
    pandas.DataFrame
        Columns ``passage_id`` and ``other_id``, each pair once, the passage of the language that
        comes first in the alphabet first; sorted. Of equally near passages the first by content.
    """
    ordered = passages.assign(at=range(len(passages))).sort_values(["sha256", "passage_id"])
    unit = np.asarray(vectors, dtype=np.float64)[ordered["at"].to_numpy()]
    length = np.sqrt(np.square(unit).sum(axis=1, keepdims=True))
    rows = np.rint(unit / np.where(length == 0, 1, length) * SCALE).astype(np.float32)
    told = rows.any(axis=1)
    languages, ids = ordered["language"].to_numpy(), ordered["passage_id"].to_numpy()
    pairs: set[tuple[str, str]] = set()
    for one in np.unique(languages):
        for other in np.unique(languages[languages != one]):
            here, there = (np.flatnonzero(told & (languages == code)) for code in (one, other))
            best = _best(rows[here], rows[there])
            found = zip(ids[here], ids[there][best], strict=True) if len(there) else ()
            pairs.update(pair if one < other else pair[::-1] for pair in found)
    return pd.DataFrame(sorted(pairs), columns=["passage_id", "other_id"])


def _best(rows: NDArray[np.float32], others: NDArray[np.float32]) -> NDArray[np.int64]:
    """Find the row of `others` with the largest cosine for each row."""
    if not len(others):
        return np.zeros(0, dtype=np.int64)
    length = np.sqrt(np.square(others.astype(np.float64)).sum(axis=1))
    blocks = [rows[start : start + BLOCK] for start in range(0, len(rows), BLOCK)]
    best = [((block @ others.T) / length).argmax(axis=1) for block in blocks]
    return np.concatenate([np.zeros(0, dtype=np.int64), *best])
