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


def concept_languages(concepts: pd.DataFrame, concept_ids: Whole) -> NDArray[np.bool_]:
    """Tell which languages have a term for each concept.

    Parameters
    ----------
    concepts : pandas.DataFrame
        The table ``concepts``.
    concept_ids : ndarray of int64, shape (m,)
        The concepts wanted.

    Returns
    -------
    ndarray of bool, shape (m, languages)
        The languages of these concepts, in the order of their codes.
    """
    own = concepts[concepts["concept_id"].isin(concept_ids)]
    codes, columns = np.unique(own["language"].to_numpy(dtype=str), return_inverse=True)
    spoken = np.zeros((len(concept_ids), len(codes)), dtype=bool)
    spoken[np.searchsorted(concept_ids, own["concept_id"].to_numpy(np.int64)), columns] = True
    return spoken


def spread(
    counts: csr_array,
    vectors: NDArray[np.floating[Any]],
    spoken: NDArray[np.bool_],
    *,
    nearest: int = 3,
    least: float = 0.4,
) -> csr_array:
    """Spread every count over the concepts of each language that are near in meaning.

    Passages of a few words share few concepts word for word, and many concepts stand in one
    language only. A count is parted among the concept itself and the nearest ones that each
    language has, by their squared cosines.

    Parameters
    ----------
    counts : csr_array of float64, shape (n, m)
        What :func:`counted` gives.
    vectors : ndarray of float, shape (m, d)
        What :func:`concept_vectors` gives: a concept without a vector keeps its counts.
    spoken : ndarray of bool, shape (m, languages)
        What :func:`concept_languages` gives.
    nearest : int
        Concepts of a language that a count is parted among at the most.
    least : float
        Least cosine of a near concept.

    Returns
    -------
    csr_array of float64, shape (n, m)
        Rounded to 6 decimals; a row has the sum that it had, but for rounding.

    Raises
    ------
    PolythemesError
        If there is not one vector, and one row of languages, a concept.
    """
    if not len(vectors) == len(spoken) == counts.shape[1]:
        msg = (
            f"{len(vectors)} vectors and languages of {len(spoken)} concepts came for "
            f"{counts.shape[1]} concepts; one a concept is needed; make them for these concepts"
        )
        raise PolythemesError(msg)
    return parted(counts, parts(vectors, spoken, nearest=nearest, least=least))


def parts(
    vectors: NDArray[np.floating[Any]],
    spoken: NDArray[np.bool_],
    *,
    nearest: int = 3,
    least: float = 0.4,
) -> csr_array:
    """Say how the counts of each concept are parted.

    Parameters
    ----------
    vectors, spoken, nearest, least
        As in :func:`spread`.

    Returns
    -------
    csr_array of float64, shape (m, m)
        A row a concept: what of its counts goes to which; a row sums to 1.
    """
    rows = np.rint(np.asarray(vectors) * SCALE).astype(np.float32)
    found = [_near(rows, np.flatnonzero(own), nearest, least) for own in spoken.T]
    # A concept of no language is near to itself all the same.
    alone = np.flatnonzero(~spoken.any(axis=1))
    found.append((alone, alone, np.ones(len(alone))))
    one, other, weight = (np.concatenate(part) for part in zip(*found, strict=True))
    made = csr_array((weight, (one, other)), shape=(len(rows), len(rows)))
    # One that stands in several languages is itself among the nearest of each.
    made.sum_duplicates()
    return csr_array(made / made.sum(axis=1)[:, None])


def parted(counts: csr_array, parts: csr_array) -> csr_array:
    """Part counts among near concepts.

    Parameters
    ----------
    counts : csr_array of float64, shape (n, m)
        What :func:`counted` gives.
    parts : csr_array of float64, shape (m, m)
        What :func:`parts` gives.

    Returns
    -------
    csr_array of float64, shape (n, m)
        Rounded to 6 decimals.
    """
    made = csr_array(counts @ parts)
    made.data = np.round(made.data, DIGITS)
    made.eliminate_zeros()
    made.sort_indices()
    return made


def _near(
    rows: NDArray[np.float32], among: Whole, nearest: int, least: float
) -> tuple[Whole, Whole, Floats]:
    """Find for each concept the nearest ones among some, and their squared cosines."""
    length = np.sqrt(np.square(rows.astype(np.float64)).sum(axis=1))
    # What is below this is nowhere near enough; the rest is reckoned in double precision.
    shortest = length[length > 0].min(initial=np.inf)
    rough = np.float32(0.999 * least * shortest * shortest)
    length = np.where(length == 0, 1, length)
    found = [(among[:0], among[:0], np.zeros(0))]
    for start in range(0, len(rows), BLOCK):
        close = rows[start : start + BLOCK] @ rows[among].T
        inside = np.flatnonzero((among >= start) & (among < start + BLOCK))
        close[among[inside] - start, inside] = np.inf
        one, other = np.nonzero(close >= rough)
        cosine = close[one, other].astype(np.float64)
        one, other = one + start, among[other]
        cosine = cosine / length[one] / length[other]
        # The concept itself always stands first.
        cosine[one == other] = 2
        order = np.lexsort((other, -cosine, one))
        one, other, cosine = one[order], other[order], cosine[order]
        kept = (np.arange(len(one)) - np.searchsorted(one, one) < nearest) & (cosine >= least)
        found.append((one[kept], other[kept], np.minimum(cosine[kept], 1) ** 2))
    one, other, weight = (np.concatenate(part) for part in zip(*found, strict=True))
    return one, other, weight


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
