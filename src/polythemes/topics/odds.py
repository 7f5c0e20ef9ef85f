"""What in a passage speaks for each topic, as numbers that a classifier can be taught with."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from polythemes.grid import BLOCK, STEPS, Floats, Steps, Whole, shrunk, sums
from polythemes.topics.rows import Rows

#: Part of the covariance that is taken to be the same in every direction at the least.
SHRUNK = 0.1


@dataclass(frozen=True)
class Odds:
    """A linear discriminant between topics.

    Parameters
    ----------
    axes : ndarray of float64, shape (d, k)
        What is added for each step in each dimension.
    start : ndarray of float64, shape (k,)
        What each topic has beforehand.
    """

    axes: Floats
    start: Floats

    def of(self, steps: Steps) -> Floats:
        """Give the logarithm of every topic's odds, but for what all topics have in common.

        Parameters
        ----------
        steps : ndarray of float32, shape (n, d)
            In whole steps, with what their language adds.

        Returns
        -------
        ndarray of float64, shape (n, k)
            Rounded to 3 decimals.
        """
        # Rows one by one: a product of many would hang on how many there are.
        found = np.einsum("nd,dk->nk", steps, self.axes) + self.start
        return np.asarray(np.round(found, 3))


def learned(rows: Rows, labels: Whole) -> Odds:
    """Learn to tell topics from each other.

    Parameters
    ----------
    rows : Rows
        Distinct vectors, with what their languages add: a language's mean says what it is on, too.
    labels : ndarray of int64, shape (m,)
        The topic of each, from 0.

    Returns
    -------
    Odds
        Learned with a tenth of the covariance within topics the same in every direction, and more
        where there are few rows.

    References
    ----------
    Friedman (1989), Regularized discriminant analysis.
    """
    sizes = np.bincount(labels, weights=rows.weights)
    total, width = sizes.sum(), rows.steps.shape[1]
    means = sums(rows.steps, labels, rows.weights) / sizes[:, None] / STEPS
    product = np.zeros((width, width))
    for i in range(0, len(labels), BLOCK):
        own = rows.steps[i : i + BLOCK].astype(np.float64)
        # Sums of whole numbers.
        product += (own * rows.weights[i : i + BLOCK, None]).T @ own
    within = product / STEPS**2 / total - (means * sizes[:, None]).T @ means / total
    part = max(SHRUNK, width / (width + len(labels)))
    axes = np.linalg.solve(shrunk(within, part, 1 / STEPS**2), means.T)
    start = np.log(sizes / total) - np.einsum("kd,dk->k", means, axes) / 2
    return Odds(axes / STEPS, start)
