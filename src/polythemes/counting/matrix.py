"""Passages by concepts: counts, distinct rows, weights."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from polythemes.errors import PolythemesError, choices

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

DIGITS = 6


def counted(concept_counts: pd.DataFrame, passage_ids: Sequence[str]) -> tuple[csr_array, Whole]:
    """Put the counts of concepts into a matrix.

    Parameters
    ----------
    concept_counts : pandas.DataFrame
        The table ``concept_counts``.
    passage_ids : sequence of str, length n
        The passages; one that has no concept gets a row of zeros.

    Returns
    -------
    counts : csr_array of float64, shape (n, m)
        The counts.
    concept_ids : ndarray of int64, shape (m,)
        The concepts that stand in these passages, ascending.

    Raises
    ------
    PolythemesError
        If a passage is named twice.
    """
    places = pd.Series(range(len(passage_ids)), index=list(passage_ids), dtype=np.int64)
    if not places.index.is_unique:
        twice = sorted(set(places.index[places.index.duplicated()]))
        msg = f"passages {choices(twice)} came twice; each may come once; drop the copies"
        raise PolythemesError(msg)
    own = concept_counts[concept_counts["passage_id"].isin(places.index)]
    concept_ids, columns = np.unique(own["concept_id"].to_numpy(np.int64), return_inverse=True)
    at = places.loc[own["passage_id"]].to_numpy()
    shape = (len(places), len(concept_ids))
    counts = csr_array((own["count"].to_numpy(np.float64), (at, columns)), shape=shape)
    counts.sum_duplicates()
    return counts, concept_ids


def distinct(counts: csr_array) -> csr_array:
    """Keep one of equal rows, in the order of their content, without the rows of zeros.

    Parameters
    ----------
    counts : csr_array of float64, shape (n, m)
        Counts; changes nothing in them.

    Returns
    -------
    csr_array of float64, shape (u, m)
        The distinct rows: neither the order nor a copy of a passage changes them.
    """
    given = csr_array(counts)
    given.sort_indices()
    kept: dict[tuple[bytes, bytes], int] = {}
    for row in np.flatnonzero(np.diff(given.indptr)):
        held = slice(given.indptr[row], given.indptr[row + 1])
        columns = given.indices[held].astype(">i8").tobytes()
        kept.setdefault((columns, given.data[held].tobytes()), int(row))
    order = [kept[key] for key in sorted(kept)]
    return csr_array(given[order]) if order else csr_array((0, given.shape[1]), dtype=np.float64)


def rarity(counts: csr_array) -> Floats:
    """Give the weight of every concept: the less passages have it the more it tells.

    Parameters
    ----------
    counts : csr_array of float64, shape (n, m)
        Counts of distinct passages.

    Returns
    -------
    ndarray of float64, shape (m,)
        Logarithm of the passages by the sum of counts, 0.1 or more; rounded to 6 decimals.

    References
    ----------
    Spärck Jones (1972), A statistical interpretation of term specificity, with the sum of spread
    counts in place of the number of passages.
    """
    total = np.asarray(counts.sum(axis=0)).ravel()
    found = np.log(max(counts.shape[0], 1) / np.maximum(total, 1e-9))
    return np.asarray(np.round(np.maximum(found, 0.1), DIGITS))


def weighted(counts: csr_array, weights: Floats) -> csr_array:
    """Weight counts by the rarity of concepts and bring each row to length 1.

    Parameters
    ----------
    counts : csr_array of float64, shape (n, m)
        Counts.
    weights : ndarray of float64, shape (m,)
        What :func:`rarity` gives.

    Returns
    -------
    csr_array of float64, shape (n, m)
        Rounded to 6 decimals; a row of zeros stays.
    """
    made = csr_array(counts, copy=True)
    made.data = made.data * weights[made.indices]
    rows = np.repeat(np.arange(made.shape[0]), np.diff(made.indptr))
    length = np.sqrt(np.bincount(rows, np.square(made.data), minlength=made.shape[0]))
    made.data = np.round(made.data / np.where(length == 0, 1, length)[rows], DIGITS)
    return made
