"""Counts of concepts, parted among those that are near in meaning."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_array

from polythemes.counting.matrix import DIGITS, Floats, Whole
from polythemes.errors import PolythemesError

#: Vectors in steps of 1 / SCALE: sums of their products are exact in float32.
SCALE = 1000
#: Concepts whose products are held at a time.
BLOCK = 1024


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
