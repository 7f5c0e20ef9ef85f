"""Passages by concepts: counts, spread over near concepts, weighted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from polythemes.errors import PolythemesError, choices

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]

#: Vectors in steps of 1 / SCALE: sums of their products are exact in float32.
SCALE = 1000
#: Concepts whose products are held at a time.
BLOCK = 1024
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


def concept_vectors(
    concepts: pd.DataFrame,
    concept_ids: Whole,
    term_vectors: pd.Series,
) -> Floats:
    """Give every concept the direction of the mean of its terms' vectors.

    Parameters
    ----------
    concepts : pandas.DataFrame
        The table ``concepts``.
    concept_ids : ndarray of int64, shape (m,)
        The concepts wanted.
    term_vectors : pandas.Series
        Vectors of terms, ndarray of shape (d,), by term.

    Returns
    -------
    ndarray of float64, shape (m, d)
        Unit vectors in steps of 0.001; zeros for a concept none of whose terms has a vector.
    """
    own = concepts[concepts["concept_id"].isin(concept_ids)]
    own = own[own["term"].isin(term_vectors.index)].sort_values(["concept_id", "language", "term"])
    width = len(term_vectors.iloc[0]) if len(term_vectors) else 0
    sums = np.zeros((len(concept_ids), width))
    found = [term_vectors[term] for term in own["term"]]
    if found:
        at = np.searchsorted(concept_ids, own["concept_id"].to_numpy(np.int64))
        np.add.at(sums, at, np.asarray(found, dtype=np.float64))
    length = np.sqrt(np.square(sums).sum(axis=1, keepdims=True))
    return np.asarray(np.round(sums / np.where(length == 0, 1, length), 3))


def spread(
    counts: csr_array,
    vectors: NDArray[np.floating[Any]],
    *,
    nearest: int = 10,
    least: float = 0.5,
) -> csr_array:
    """Spread every count over the concepts that are near in meaning.

    Passages of a few words share few concepts word for word. A count is parted among the concept
    itself and its nearest ones, by their squared cosines.

    Parameters
    ----------
    counts : csr_array of float64, shape (n, m)
        What :func:`counted` gives.
    vectors : ndarray of float, shape (m, d)
        A vector a concept; of length 1, or zeros where a concept has none and keeps its counts.
    nearest : int
        Concepts that a count is parted among at the most, the concept itself being one.
    least : float
        Least cosine of a near concept.

    Returns
    -------
    csr_array of float64, shape (n, m)
        Rounded to 6 decimals; a row has the sum that it had, but for rounding.

    Raises
    ------
    PolythemesError
        If there is not one vector a concept.
    """
    if len(vectors) != counts.shape[1]:
        msg = (
            f"{len(vectors)} vectors of {counts.shape[1]} concepts came; one a concept is needed; "
            "pass what concept_vectors gives for these concepts"
        )
        raise PolythemesError(msg)
    parted = counts @ _parts(
        np.rint(np.asarray(vectors) * SCALE).astype(np.float32), nearest, least
    )
    made = csr_array(parted)
    made.data = np.round(made.data, DIGITS)
    made.eliminate_zeros()
    made.sort_indices()
    return made


def _parts(rows: NDArray[np.float32], nearest: int, least: float) -> csr_array:
    """Make the matrix, concepts by concepts, whose rows say how a count is parted."""
    length = np.sqrt(np.square(rows.astype(np.float64)).sum(axis=1))
    # What is below this is nowhere near enough; the rest is reckoned in double precision.
    shortest = length[length > 0].min(initial=np.inf)
    length = np.where(length == 0, 1, length)
    rough = np.float32(0.999 * least * shortest * shortest)
    found = []
    for start in range(0, len(rows), BLOCK):
        close = rows[start : start + BLOCK] @ rows.T
        own = np.arange(len(close))
        close[own, start + own] = np.inf
        one, other = np.nonzero(close >= rough)
        cosine = close[one, other].astype(np.float64) / length[one + start] / length[other]
        # The concept itself always stands first.
        cosine[one + start == other] = 2
        near = cosine >= least
        one, other, cosine = one[near], other[near], cosine[near]
        order = np.lexsort((other, -cosine, one))
        one, other, cosine = one[order], other[order], cosine[order]
        kept = np.arange(len(one)) - np.searchsorted(one, one) < nearest
        found.append((one[kept] + start, other[kept], np.minimum(cosine[kept], 1) ** 2))
    one, other, weight = (np.concatenate(part) for part in zip(*found, strict=True))
    weight = weight / np.bincount(one, weight)[one]
    return csr_array((weight, (one, other)), shape=(len(rows), len(rows)))


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
