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
        where there are few rows. In a topic's mean a language counts by the root of its weight,
        lest the larger one be what tells the topic.

    References
    ----------
    Friedman (1989), Regularized discriminant analysis.
    """
    sizes = np.asarray(np.bincount(labels, weights=rows.weights), dtype=np.float64)
    total, width = sizes.sum(), rows.steps.shape[1]
    added, means = _means(rows, labels, sizes)
    product = np.zeros((width, width))
    for i in range(0, len(labels), BLOCK):
        own = rows.steps[i : i + BLOCK].astype(np.float64)
        # Sums of whole numbers.
        product += (own * rows.weights[i : i + BLOCK, None]).T @ own
    crossed = (added - means * sizes[:, None] / 2).T @ means
    within = (product / STEPS**2 - crossed - crossed.T) / total
    part = max(SHRUNK, width / (width + len(labels)))
    axes = np.linalg.solve(shrunk(within, part, 1 / STEPS**2), means.T)
    start = np.log(sizes / total) - np.einsum("kd,dk->k", means, axes) / 2
    return Odds(axes / STEPS, start)


def _means(rows: Rows, labels: Whole, sizes: Floats) -> tuple[Floats, Floats]:
    """Add up the vectors of every topic, and give its mean, a language counting by its root."""
    many = int(rows.languages.max()) + 1
    groups = labels * many + rows.languages
    by_group = np.bincount(groups, weights=rows.weights, minlength=len(sizes) * many)
    parts = sums(rows.steps, groups, rows.weights, len(by_group)) / STEPS
    added = parts.reshape(len(sizes), many, -1).sum(axis=1)
    roots = np.sqrt(by_group)
    # A group's mean times its root; one without rows adds nothing.
    parts *= (roots / np.maximum(by_group, 1))[:, None]
    rooted = roots.reshape(len(sizes), many).sum(axis=1)
    return added, parts.reshape(len(sizes), many, -1).sum(axis=1) / rooted[:, None]
