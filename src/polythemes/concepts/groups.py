"""Join pairs of terms to groups in which all go together."""

from __future__ import annotations

from collections.abc import Mapping, Set

import numpy as np
from numpy.typing import NDArray

Pair = tuple[int, int]

#: The least cosine of any two terms of different languages in a group.
FLOOR = 0.6
SCALE = 1000


def join(
    rows: NDArray[np.float32],
    languages: NDArray[np.str_],
    pairs: Mapping[Pair, float],
    spelled: Set[Pair],
    known: NDArray[np.int64] | None = None,
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Join pairs, the best first.

    Two groups become one only if they share no language and every two of their terms are near or
    spelled alike (complete linkage), so that no chain joins what does not go together.

    Parameters
    ----------
    rows : ndarray of float32, shape (n, d)
        Vectors times 1000.
    languages : ndarray of str, shape (n,)
        The language of each.
    pairs : mapping of (int, int) to float
        The score of each pair.
    spelled : set of (int, int)
        Pairs that are spelled alike, however near.
    known : ndarray of int64, shape (n,), optional
        A number for those known to mean the same, of whatever language; -1 for others. They are
        joined first, and with no term of another number.

    Returns
    -------
    group : ndarray of int64, shape (n,)
        The first term of each one's group.
    weight : ndarray of float64, shape (n,)
        The mean cosine to the others of its group, 1 for those spelled alike and where there are
        none.
    """
    known = np.full(len(rows), -1) if known is None else known

    def close(i: int, j: int) -> float:
        if (min(i, j), max(i, j)) in spelled or known[i] == known[j] >= 0:
            return 1.0
        return float(rows[i] @ rows[j]) / SCALE**2

    group = np.arange(len(rows))
    members = {i: [i] for i in range(len(rows))}
    for number in np.unique(known[known >= 0]):
        own = np.flatnonzero(known == number).tolist()
        members[own[0]], group[own] = own, own[0]
    for i, j in sorted(pairs, key=lambda pair: (-pairs[pair], pair)):
        ours, theirs = members[group[i]], members[group[j]]
        if group[i] == group[j] or {*languages[ours]} & {*languages[theirs]}:
            continue
        if min(known[ours].max(), known[theirs].max()) >= 0:
            continue
        if all(close(a, b) >= FLOOR for a in ours for b in theirs):
            members[min(ours[0], theirs[0])] = both = sorted([*ours, *theirs])
            group[both] = both[0]
    weight = np.ones(len(rows))
    for one in np.unique(group):
        for i in members[one]:
            if len(members[one]) > 1:
                weight[i] = np.mean([close(i, j) for j in members[one] if j != i])
    return group, weight
