"""What passages and themes share with general subjects: a second view of the same vectors."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from polythemes.grid import Steps, cosines, snap
from polythemes.themes.level import level

#: Fewer subjects than these tell nothing.
FEW = 3


def profiles(steps: Steps, subjects: Steps, own: float = 0.0) -> Steps:
    """Tell which of the general subjects rows are nearer to than is usual, and by how much.

    Parameters
    ----------
    steps, subjects : ndarray of float32, shapes (n, d) and (s, d)
        Passages or naming texts, and subjects, in whole steps.
    own : float
        How much the rows themselves tell what is usual, 0 to 1.

    Returns
    -------
    ndarray of float32, shape (n, s)
        In whole steps. What is farther from a subject than usual counts as 0: whatever is on
        something else is far from it.

    References
    ----------
    Gabrilovich and Markovitch (2007), Computing semantic relatedness using Wikipedia-based explicit
    semantic analysis.
    """
    if len(subjects) < FEW or not len(steps):
        return np.zeros((len(steps), len(subjects)), dtype=np.float32)
    among = cosines(subjects, subjects)
    np.fill_diagonal(among, np.nan)
    near = np.maximum(level(cosines(steps, subjects), among, own), 0)
    return snap(near - near.mean(axis=1, keepdims=True))


def apart(texts: Sequence[Steps]) -> float:
    """Tell how far themes are apart by general subjects.

    Parameters
    ----------
    texts : sequence of ndarray of float32, shapes (m_i, s)
        The profiles of the texts that name each theme.

    Returns
    -------
    float
        0 for themes that share all their subjects, 1 for such as share none: 1 less the mean cosine
        of two themes' mean profiles.
    """
    means = snap(np.array([one.astype(np.float64).mean(axis=0) for one in texts]))
    alike = cosines(means, means)[np.triu_indices(len(means), 1)]
    return float(1 - max(alike.mean(), 0)) if len(alike) else 0.0
