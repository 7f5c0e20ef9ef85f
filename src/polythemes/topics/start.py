"""Small groups to begin from, and which of them go together in these passages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from polythemes import subjects
from polythemes.grid import STEPS, Floats, Steps, Whole, cosines, sums
from polythemes.topics.groups import centres, packed, refine
from polythemes.topics.rows import Rows, some
from polythemes.topics.tree import seeds

Parts = NDArray[np.int16]

#: Leaves for every topic asked for, and how many there are at the least.
FINER, LEAST = 3, 100
#: Standardised cosines are rounded to so many steps: sums of their products are exact below 2^53.
PARTS = 1000
#: A subject whose standardised cosine is 1 higher has e to this times the part of a passage.
SHARP = 2
#: Parts are whole ten-thousandths.
WHOLE = 10_000
#: Subjects count as much as this part of their passages in the centre of a topic.
PULL = 0.1


@dataclass(frozen=True)
class Leaves:
    """Small groups of the passages, most of them general subjects.

    Parameters
    ----------
    parts : ndarray of int16, shape (m, leaves)
        How much of every row is in each, in ten-thousandths. Of subjects by their cosines,
        standardised over the rows so that no subject attracts all; of other groups all or nothing.
    apart : ndarray of float64, shape (leaves, leaves)
        Squared distance: twice 1 less the correlation of their cosines with the rows, so that two
        leaves are near if the same rows are near to both.
    pull : ndarray of float64, shape (leaves, d)
        What each adds to the sum of its group: whole numbers, 0 but for subjects.
    """

    parts: Parts
    apart: Floats
    pull: Floats


def leaves(rows: Rows, topics: int) -> Leaves:
    """Find small groups to begin from.

    They are general subjects, or where there are too few for the topics asked for, or none for
    these vectors, small groups cut from Ward's tree over the passages.

    Parameters
    ----------
    rows : Rows
        Distinct vectors.
    topics : int
        How many topics are asked for; 0 if the model is to choose.

    Returns
    -------
    Leaves
        At least as many as topics.
    """
    named = subjects.vectors(rows.steps.shape[1])
    if len(named) and topics * FINER <= len(named):
        return _named(rows, named)
    wanted = min(max(topics * FINER, LEAST), len(rows.steps))
    found, middle = refine(rows, packed(_spread(rows, seeds(rows.steps, wanted))))
    near = standardised(cosines(rows.steps, middle), rows.weights)
    parts = WHOLE * np.eye(len(middle), dtype=np.int16)[found]
    return Leaves(parts, _apart(near, rows.weights), np.zeros(middle.shape))


def begun(rows: Rows, parts: Parts, groups: Whole) -> Whole:
    """Give every passage the group of leaves that it has most of, against what is usual.

    Parameters
    ----------
    rows : Rows
        Distinct vectors.
    parts : ndarray of int16, shape (m, leaves)
        As in :class:`Leaves`.
    groups : ndarray of int64, shape (leaves,)
        The group of every leaf, from 0.

    Returns
    -------
    ndarray of int64, shape (m,)
        Groups.
    """
    # Whole numbers up to that of a whole passage: exact in single precision.
    held = parts.astype(np.float32) @ np.eye(groups.max() + 1, dtype=np.float32)[groups]
    found = standardised(held.astype(np.float64) / WHOLE, rows.weights).argmax(axis=1)
    return np.asarray(found, dtype=np.int64)


def _named(rows: Rows, named: Steps) -> Leaves:
    """Make leaves of general subjects."""
    near = standardised(cosines(rows.steps, named), rows.weights)
    parts = np.exp(SHARP * (near - near.max(axis=1, keepdims=True)) / PARTS)
    parts = np.rint(parts / parts.sum(axis=1, keepdims=True) * WHOLE)
    used = parts.any(axis=0)
    size = (parts[:, used] * rows.weights[:, None]).sum(axis=0)[:, None] / WHOLE
    # Words lie elsewhere than passages: their mean is brought to that of the passages.
    usual = sums(rows.steps, np.zeros(len(near), dtype=np.int64), rows.weights)
    place = named[used] - named.mean(axis=0, dtype=np.float64) + usual / rows.weights.sum()
    pull = np.rint(PULL * size * place)
    return Leaves(parts[:, used].astype(np.int16), _apart(near[:, used], rows.weights), pull)


def standardised(values: Floats, weights: Floats) -> Floats:
    """Bring columns to mean 0 and deviation 1 over the passages.

    Parameters
    ----------
    values : ndarray of float64, shape (m, c)
        Any numbers.
    weights : ndarray of float64, shape (m,)
        How much each row counts.

    Returns
    -------
    ndarray of float64, shape (m, c)
        Whole thousandths; a column without deviation is 0.
    """
    part = (weights / weights.sum())[:, None]
    away = values - (values * part).sum(axis=0)
    spread = np.sqrt((np.square(away) * part).sum(axis=0))
    flat = spread < 1 / STEPS
    return np.asarray(np.rint(np.where(flat, 0, away / np.where(flat, 1, spread)) * PARTS))


def _apart(near: Floats, weights: Floats) -> Floats:
    """Give the squared distances between columns of length 1."""
    # Whole numbers: the product is exact, whatever adds it up.
    product = (near * weights[:, None]).T @ near
    length = np.sqrt(np.diag(product))
    length[length == 0] = 1
    return np.asarray(np.maximum(2 - 2 * product / (length[:, None] * length), 0))


def _spread(rows: Rows, labels: Whole) -> Whole:
    """Bring rows that are in no group to the nearest one."""
    known = labels >= 0
    if known.all():
        return labels
    near = cosines(rows.steps, centres(some(rows, np.flatnonzero(known)), packed(labels[known])))
    return np.asarray(np.where(known, labels, near.argmax(axis=1)), dtype=np.int64)
