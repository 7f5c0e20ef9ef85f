"""What a model is fitted on: distinct vectors in an order of their own."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from polythemes.errors import PolythemesError
from polythemes.grid import STEPS, Floats, Steps, Whole, snap, sums

Marks = NDArray[np.uint64]

#: A weight of 1 in whole numbers.
WEIGHT = 1000
#: As much as so many passages speaks for a language being no different from the others.
DOUBT = 50


@dataclass(frozen=True)
class Rows:
    """Distinct vectors.

    Parameters
    ----------
    steps : ndarray of float32, shape (m, d)
        Distinct vectors in the order of their values.
    weights : ndarray of float64, shape (m,)
        Whole numbers; of copies the largest.
    languages : ndarray of int64, shape (m,)
        Places in the sorted list of languages; the same vector in two languages is two rows.
    back : ndarray of int64, shape (n,)
        The row of each vector that came.
    marks : ndarray of uint64, shape (m,)
        A hash of each vector as it came, before anything is taken from it.
    """

    steps: Steps
    weights: Floats
    languages: Whole
    back: Whole
    marks: Marks


def some(rows: Rows, kept: Whole) -> Rows:
    """Take some of the rows.

    Parameters
    ----------
    rows : Rows
        Distinct vectors.
    kept : ndarray of int64
        Their places.

    Returns
    -------
    Rows
        These alone, each standing for itself.
    """
    steps = rows.steps[kept]
    weights, languages, marks = rows.weights[kept], rows.languages[kept], rows.marks[kept]
    return Rows(steps, weights, languages, np.arange(len(steps)), marks)


def lots(rows: Rows, many: int, seed: int) -> NDArray[np.uint32]:
    """Draw lots for rows, each by its own vector: other rows change none of them.

    Parameters
    ----------
    rows : Rows
        Distinct vectors.
    many : int
        How many lots for each.
    seed : int
        Seed.

    Returns
    -------
    ndarray of uint32, shape (m, many)
        From SHAKE128 of a row's mark and the seed.
    """
    after = str(seed).encode()
    drawn = b"".join(
        hashlib.shake_128(mark.tobytes() + after).digest(4 * many)
        for mark in rows.marks.astype("<u8")
    )
    return np.frombuffer(drawn, dtype="<u4").reshape(-1, many)


def distinct(steps: Steps, weights: Floats, languages: Whole) -> Rows:
    """Fold the vectors that are the same into one, and sort them.

    Parameters
    ----------
    steps : ndarray of float32, shape (n, d)
        What :func:`snap` gives.
    weights : ndarray of float64, shape (n,)
        Whole numbers.
    languages : ndarray of int64, shape (n,)
        A number a language.

    Returns
    -------
    Rows
        The distinct ones.
    """
    keyed = np.column_stack([steps, languages.astype(np.float32)])
    rows, back = np.unique(keyed, axis=0, return_inverse=True)
    back = np.asarray(back, dtype=np.int64).ravel()
    heaviest = np.zeros(len(rows))
    np.maximum.at(heaviest, back, weights)
    steps = rows[:, :-1]
    return Rows(steps, heaviest, rows[:, -1].astype(np.int64), back, marked(steps))


def marked(steps: Steps) -> Marks:
    """Give a number to every vector by which lots are drawn for it.

    Parameters
    ----------
    steps : ndarray of float32, shape (m, d)
        Vectors in whole steps.

    Returns
    -------
    ndarray of uint64, shape (m,)
        BLAKE2b of the vector; the same on every machine.
    """
    rows = np.ascontiguousarray(steps, dtype="<f4")
    found = b"".join(hashlib.blake2b(row, digest_size=8).digest() for row in rows)
    return np.frombuffer(found, dtype="<u8")


def checked(vectors: NDArray[np.floating[Any]], *, width: int = 0) -> NDArray[np.floating[Any]]:
    """Hold vectors to two dimensions, finite values and a width.

    Parameters
    ----------
    vectors : ndarray of float, shape (n, d)
        One vector a passage.
    width : int
        The width that they must have; 0 allows any.

    Returns
    -------
    ndarray of float, shape (n, d)
        The same numbers.

    Raises
    ------
    PolythemesError
        If they are none of this.
    """
    try:
        rows = np.asarray(vectors)
        rows = rows if np.issubdtype(rows.dtype, np.floating) else rows.astype(np.float64)
    except (TypeError, ValueError) as error:
        msg = f"vectors came that are no table of numbers ({error}); embed the passages again"
        raise PolythemesError(msg) from error
    if rows.ndim != 2 or not rows.size:
        msg = (
            f"vectors of shape {rows.shape} came; (passages, width) with one passage or more is "
            "allowed; check that the corpus has text"
        )
        raise PolythemesError(msg)
    if not np.isfinite(rows).all():
        msg = "a vector holds NaN or infinity; finite numbers are allowed; embed the passages again"
        raise PolythemesError(msg)
    if width and rows.shape[1] != width:
        msg = (
            f"vectors of width {rows.shape[1]} came; this model was fitted on width {width}; "
            "embed with the same encoder"
        )
        raise PolythemesError(msg)
    return rows


def weighed(weights: NDArray[np.floating[Any]] | Sequence[float] | None, size: int) -> Floats:
    """Turn weights into whole numbers.

    Parameters
    ----------
    weights : sequence of float of length n, optional
        How much each passage counts; 1 where none are given.
    size : int
        How many passages there are.

    Returns
    -------
    ndarray of float64, shape (n,)
        Thousandths, 1 at the least.

    Raises
    ------
    PolythemesError
        If their number is another, or one is not above 0.
    """
    if weights is None:
        return np.full(size, float(WEIGHT))
    found: Floats = np.asarray(weights, dtype=np.float64)
    if found.shape != (size,) or not np.isfinite(found).all() or not (found > 0).all():
        msg = (
            f"weights of shape {found.shape} came for {size} passages; one finite number above 0 "
            "for each is allowed; leave them out to count every passage once"
        )
        raise PolythemesError(msg)
    return np.maximum(np.rint(found * WEIGHT), 1.0)


def coded(languages: Sequence[str] | None, known: Sequence[str], size: int) -> Whole:
    """Give every passage the place of its language.

    Parameters
    ----------
    languages : sequence of str of length n, optional
        The language of each passage.
    known : sequence of str
        The languages of the model, sorted; empty if it was fitted without.
    size : int
        How many passages there are.

    Returns
    -------
    ndarray of int64, shape (n,)
        Places in ``known``; -1 for a language that is not in it.

    Raises
    ------
    PolythemesError
        If they are missing though the model knows languages, or their number is another.
    """
    if not known:
        return np.zeros(size, dtype=np.int64)
    came = "no languages" if languages is None else f"{len(languages)} languages"
    if languages is None or len(languages) != size:
        msg = f"{came} came for {size} passages; this model needs one for each: give `languages`"
        raise PolythemesError(msg)
    place = {language: i for i, language in enumerate(known)}
    return np.array([place.get(str(language), -1) for language in languages], dtype=np.int64)


def offsets(rows: Rows, many: int) -> Floats:
    """Give what the vectors of each language have in common beside their contents.

    Parameters
    ----------
    rows : Rows
        Distinct vectors.
    many : int
        The number of languages.

    Returns
    -------
    ndarray of float64, shape (languages, d)
        Every language's mean less the mean of all, in lengths. The fewer passages a language has,
        the less of it: where each has one article, its mean is that article's subject.
    """
    if many < 2:
        return np.zeros((1, rows.steps.shape[1]))
    once = np.ones(len(rows.steps))
    counts = np.bincount(rows.languages, minlength=many)[:, None]
    means = sums(rows.steps, rows.languages, once) / counts / STEPS
    return np.asarray((means - means.mean(axis=0)) * counts / (counts + DOUBT), dtype=np.float64)


def centred(rows: NDArray[np.floating[Any]], languages: Whole, offset: Floats) -> Steps:
    """Take from vectors what their language adds.

    Parameters
    ----------
    rows : ndarray of float, shape (n, d)
        Vectors.
    languages : ndarray of int64, shape (n,)
        Places of their languages; -1 for an unknown one, which stays as it is.
    offset : ndarray of float64, shape (languages, d)
        What :func:`offsets` gives.

    Returns
    -------
    ndarray of float32, shape (n, d)
        In whole steps.
    """
    unit = snap(rows)
    if not offset.any():
        return unit
    less = np.where((languages >= 0)[:, None], offset[languages], 0.0)
    return snap(unit / STEPS - less)
