"""Ward's tree over groups of passages, and its cuts."""

from __future__ import annotations

import numpy as np
from scipy.cluster.hierarchy import fcluster, linkage
from scipy.spatial.distance import pdist

from polythemes.grid import Floats, Steps, Whole

#: Digits that costs are compared in.
DIGITS = 9
#: Rows that a tree over single rows is made of at the most.
MOST_ROWS = 2000


def ward(apart: Floats, sizes: Floats) -> Floats:
    """Join groups two by two, each time those whose joining costs least.

    Parameters
    ----------
    apart : ndarray of float64, shape (m, m)
        Squared distances between the groups' means.
    sizes : ndarray of float64, shape (m,)
        The weight of every group.

    Returns
    -------
    ndarray of float64, shape (m - 1, 4)
        SciPy's linkage matrix over the groups: what is joined, at which height (the root of what
        the joining adds to the sum of squares, doubled, in weights of the lightest group) and how
        many groups are in it.

    References
    ----------
    Ward (1963), Hierarchical grouping to optimize an objective function. Lance and Williams (1967),
    A general theory of classificatory sorting strategies.
    """
    many = len(apart)
    weight, held = sizes / sizes.min(), np.ones(many)
    cost = 2 * apart * (weight[:, None] * weight) / (weight[:, None] + weight)
    cost = np.round(cost, DIGITS)
    np.fill_diagonal(cost, np.inf)
    name, alive = np.arange(many), np.ones(many, dtype=bool)
    tree = np.zeros((many - 1, 4))
    for step in range(many - 1):
        one, two = divmod(int(cost.argmin()), many)
        height = cost[one, two]
        held[one] += held[two]
        tree[step] = (*sorted((name[one], name[two])), np.sqrt(max(height, 0)), held[one])
        joined = (weight[one] + weight) * cost[one] + (weight[two] + weight) * cost[two]
        joined = (joined - weight * height) / (weight[one] + weight[two] + weight)
        weight[one] += weight[two]
        name[one], alive[two] = many + step, False
        joined[~alive] = joined[one] = np.inf
        cost[one] = cost[:, one] = np.round(joined, DIGITS)
        cost[two] = cost[:, two] = np.inf
    return tree


def cut(tree: Floats, groups: int) -> Whole:
    """Cut a tree into groups.

    Parameters
    ----------
    tree : ndarray of float64, shape (m - 1, 4)
        What :func:`ward` gives.
    groups : int
        How many; from 1 to m.

    Returns
    -------
    ndarray of int64, shape (m,)
        The group of every leaf, numbered from 0; the groups of one more lie within these.
    """
    leaves = len(tree) + 1
    above = np.arange(2 * leaves - 1)
    for step in range(leaves - groups):
        above[tree[step, :2].astype(np.int64)] = leaves + step
    # Parents come after their children, so one pass from the top finds every root.
    for node in range(len(above) - 1, -1, -1):
        above[node] = above[above[node]]
    return np.asarray(np.unique(above[:leaves], return_inverse=True)[1], dtype=np.int64)


def seeds(steps: Steps, groups: int) -> Whole:
    """Group rows by Ward's tree over themselves, or over some of them where there are many.

    Parameters
    ----------
    steps : ndarray of float32, shape (m, d)
        Distinct rows in the order of their values.
    groups : int
        How many groups; m at the most.

    Returns
    -------
    ndarray of int64, shape (m,)
        The group of each row, from 0; -1 for rows that had no part in the tree.
    """
    many = len(steps)
    if groups >= many:
        return np.arange(many, dtype=np.int64)
    # Every so-maniest in the order of values: the same ones whatever came first.
    kept = np.unique(np.linspace(0, many - 1, min(many, max(MOST_ROWS, groups))).astype(np.int64))
    joins = linkage(pdist(steps[kept].astype(np.float64)), "ward")
    found = np.full(many, -1, dtype=np.int64)
    parts = fcluster(joins, groups, "maxclust")
    found[kept] = np.unique(parts, return_inverse=True)[1].ravel()
    return found
