"""Topics found again and again in parts of the passages, and what these draws agree on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from polythemes.grid import Floats, Whole, cosines
from polythemes.topics.groups import packed
from polythemes.topics.growth import Tree, divided, grown
from polythemes.topics.named import Ground, told
from polythemes.topics.rows import Rows, lots, some

#: A draw is this part of the passages, of so many at the most, or so many for each topic asked for.
PART, MOST, EACH = 0.8, 2000, 80
#: So many draws at least and at most; between, as many as take so many passages in all, and no
#: more than there are passages.
FEWEST, DRAWS, WORK = 15, 100, 48_000
#: Draws tell nothing of topics that have fewer passages than these on average.
LEAST = 3
ROUNDS = 30
#: Passages are moved from this many beginnings beside the tree's own.
STARTS = 5
#: Of so many topics one may be gone.
FEWER = 20
#: Stability is measured so many times, by so many draws on either side.
SPLITS, SIDE = 15, 7
#: Steps of a length of 1 where votes are held against each other.
STEPS = 10**6


@dataclass(frozen=True)
class Draw:
    """A part of the passages, by its places among all, and the tree over it."""

    whole: Rows
    kept: Whole
    tree: Tree

    @property
    def rows(self) -> Rows:
        """The part; made when asked for, as all draws together are many times the passages."""
        return some(self.whole, self.kept)


def drawn(rows: Rows, asked: int, seed: int) -> list[Draw]:
    """Draw passages again and again, and grow a tree over each draw.

    Parameters
    ----------
    rows : Rows
        Distinct vectors.
    asked : int
        How many topics it must be possible to cut every tree into; 0 for the usual.
    seed : int
        Seed of the draws.

    Returns
    -------
    list of Draw
        None where there are too few passages.
    """
    size = int(PART * min(len(rows.steps), max(MOST, EACH * asked)))
    if size < LEAST * max(asked, 2):
        return []
    # The rows of the smallest lots: one passage more or less changes a draw by one.
    many = max(min(WORK // size, len(rows.steps), DRAWS), FEWEST)
    order = np.argsort(lots(rows, many, seed), axis=0, kind="stable")
    parts = [np.sort(kept) for kept in order[:size].T]
    return [Draw(rows, kept, grown(some(rows, kept), asked)) for kept in parts]


def votes(rows: Rows, draws: list[Draw], asked: int, held: Ground | None = None) -> list[Whole]:
    """Give every row the topic that it has by each draw.

    Parameters
    ----------
    rows : Rows
        Distinct vectors.
    draws : list of Draw
        What :func:`drawn` gives.
    asked : int
        How many topics.
    held : Ground, optional
        Where given, rows have the topic whose subjects they and their neighbours are nearest to;
        else the nearest one.

    Returns
    -------
    list of ndarray of int64, shape (m,)
        Topics from 0; those of one draw have nothing to do with those of another.
    """
    middles = [divided(draw.rows, draw.tree, asked)[1] for draw in draws]
    if held:
        return [told(rows, held, middle) for middle in middles]
    return [packed(cosines(rows.steps, middle).argmax(axis=1)) for middle in middles]


def stability(rows: Rows, labels: Whole, found: list[Whole], seed: int) -> float:
    """Tell how alike topics come out that some draws move rows to, and as many others.

    Parameters
    ----------
    rows : Rows
        Distinct vectors.
    labels : ndarray of int64, shape (m,)
        Topics from 0 to start from.
    found : list of ndarray of int64, shape (m,)
        What :func:`votes` gives.
    seed : int
        Seed by which draws are put on either side.

    Returns
    -------
    float
        Mean adjusted Rand index, rounded to 4 decimals; 1 is the same topics each time; NaN for
        too few draws.

    References
    ----------
    Ben-Hur et al. (2002), A stability based method for discovering structure in clustered data.
    Hubert and Arabie (1985), Comparing partitions.
    """
    if len(found) < 2 * SIDE:
        return float("nan")
    order, values = np.random.default_rng(seed), []
    for _ in range(SPLITS):
        places = order.permutation(len(found))[: 2 * SIDE].reshape(2, SIDE)
        values.append(_rand(*(_moved(rows, labels, [found[i] for i in side]) for side in places)))
    return round(float(np.mean(values)), 4)


def _rand(one: Whole, other: Whole) -> float:
    """Give the adjusted Rand index: scikit-learn's would cost a fifth of all the memory."""
    both = np.bincount(one * (other.max() + 1) + other)
    pairs, first, second = (
        int((count * (count - 1)).sum()) for count in (both, np.bincount(one), np.bincount(other))
    )
    expected = first * second / (len(one) * (len(one) - 1))
    usual = (first + second) / 2
    return 1.0 if usual == expected else (pairs - expected) / (usual - expected)


def settled(rows: Rows, labels: Whole, found: list[Whole]) -> Whole:
    """Give the topics that draws agree with most.

    Rows are moved to the topic whose members most draws put together with them, from the labels
    given and from the draws that agree most with the others; of what they so come to, where no more
    than one topic in twenty is gone, what agrees most with all draws (adjusted Rand index) counts.

    Parameters
    ----------
    rows : Rows
        Distinct vectors.
    labels : ndarray of int64, shape (m,)
        Topics from 0 to start from.
    found : list of ndarray of int64, shape (m,)
        What :func:`votes` gives.

    Returns
    -------
    ndarray of int64, shape (m,)
        Topics from 0; one that loses all its rows is gone.

    References
    ----------
    Strehl and Ghosh (2002), Cluster ensembles, a knowledge reuse framework.
    """
    typical = sorted(range(len(found)), key=lambda i: (-_shared(found[i], found), i))[:STARTS]
    ends = [_moved(rows, one, found) for one in (labels, *(packed(found[i]) for i in typical))]
    # Rows may leave a topic for good: nearly as many as are left elsewhere go before agreement.
    most = max(int(end.max()) for end in ends) + 1
    full = [end for end in ends if end.max() + 1 >= most - most // FEWER]
    return max(full, key=lambda end: _shared(end, found))


def _shared(labels: Whole, found: list[Whole]) -> float:
    """Give the summed agreement with all draws, in steps that a last digit does not change."""
    return round(sum(_rand(labels, one) for one in found), 6)


def _moved(rows: Rows, labels: Whole, found: list[Whole]) -> Whole:
    """Move rows to the topic whose members most draws put together with them."""
    for _ in range(ROUNDS):
        counts = [_counts(rows, labels, one) for one in found]
        length = np.sqrt(sum(np.square(one).sum(axis=0) for one in counts))
        # Whole numbers, so that the order in which draws are added does not matter.
        close = sum(np.rint(c / length * STEPS)[one] for c, one in zip(counts, found, strict=True))
        moved = packed(np.asarray(close).argmax(axis=1))
        if np.array_equal(moved, labels):
            break
        labels = moved
    return labels


def _counts(rows: Rows, labels: Whole, vote: Whole) -> Floats:
    """Weigh the rows of every vote and topic."""
    wide = int(labels.max()) + 1
    both = np.bincount(
        vote * wide + labels, weights=rows.weights, minlength=(vote.max() + 1) * wide
    )
    return np.asarray(both.reshape(-1, wide), dtype=np.float64)
