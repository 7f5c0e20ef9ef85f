"""How much nearer passages are to other subjects than to any theme."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from polythemes.grid import Floats, Steps, cosines, snap
from polythemes.themes.level import level

#: A subject belongs to a theme that is nearer to it than one in so many of the other subjects is.
AMONG = 9

#: Subjects are held beside themes alone, and as means of so many that are near to each other: a
#: theme named by many terms is broader than one subject.
BREADTHS = (1, 2, 4, 8)


def distance(steps: Steps, centres: Steps, subjects: Steps) -> Floats:
    """Tell how much nearer passages are to the subjects of the rest than to the themes.

    Cosines with a theme or a subject are standardised over all subjects, which makes them
    comparable whatever the corpus holds; the mean is taken over :data:`BREADTHS` of subjects.

    Parameters
    ----------
    steps, centres, subjects : ndarray of float32, shapes (m, d), (k, d) and (s, d)
        Passages, themes and general subjects in whole steps.

    Returns
    -------
    ndarray of float64, shape (m, 1)
        In standard deviations; below 0 where a theme is the nearest.
    """
    if not len(subjects):
        return np.full((len(steps), 1), -1.0)
    order = np.argsort(-cosines(subjects, subjects), axis=1, kind="stable")
    broad = (snap(subjects[order[:, :many]].mean(axis=1)) for many in BREADTHS)
    found = [_nearer(steps, centres, one) for one in broad]
    return np.asarray(np.round(np.mean(found, axis=0), 6))


def _nearer(steps: Steps, centres: Steps, subjects: Steps) -> Floats:
    """Tell how much nearer passages are to subjects of one breadth."""
    among = cosines(subjects, subjects)
    np.fill_diagonal(among, np.nan)
    own = level(cosines(subjects, centres), cosines(subjects, centres))
    theirs = owned(own, level(among, among))
    themes = level(cosines(steps, centres), cosines(subjects, centres))
    others = level(cosines(steps, subjects), among)
    best = np.column_stack([themes, others[:, theirs]]).max(axis=1)
    if theirs.all():
        return np.full((len(steps), 1), -1.0)
    return np.asarray((others[:, ~theirs].max(axis=1) - best)[:, None])


def owned(themes: Floats, others: Floats) -> NDArray[np.bool_]:
    """Tell which subjects belong to a theme: those that a theme is among the nearest things to.

    Parameters
    ----------
    themes : ndarray of float64, shape (s, k)
        Standardised cosines of subjects with themes.
    others : ndarray of float64, shape (s, s)
        The same with the other subjects; NaN with itself.

    Returns
    -------
    ndarray of bool, shape (s,)
        True for a subject of a theme.
    """
    rank = max(len(others) // AMONG, 1)
    edge = -np.sort(-np.nan_to_num(others, nan=-np.inf), axis=1)[:, rank - 1]
    return np.asarray(themes.max(axis=1) > edge)
