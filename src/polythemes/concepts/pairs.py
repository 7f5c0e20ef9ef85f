"""Pair the terms of two languages that mean the same, by their vectors and by their spelling."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations, pairwise

import numpy as np
from numpy.typing import NDArray
from pypinyin import lazy_pinyin

from polythemes.languages.text import HAN

#: A pair has this score; one that terms of third languages speak for, less by SUPPORT for each, but
#: no less than NEAR.
PAIR, SUPPORT, NEAR = 0.86, 0.02, 0.78
SCALE, BLOCK = 1000, 1024
#: The second nearest counts as this near at the least: among few terms it is far by chance.
LEAST = 0.6
#: Fewer letters, and a name reads like too many Chinese words.
READING = 5

Pair = tuple[int, int]


def near(rows: NDArray[np.float32], languages: NDArray[np.str_]) -> dict[Pair, float]:
    """Pair the terms whose vectors are each other's nearest and stand out.

    The score of a pair is its cosine times its ratio margin over the two nearest of each: neither
    alone holds for small and for large vocabularies alike.

    Parameters
    ----------
    rows : ndarray of float32, shape (n, d)
        Vectors times 1000, sorted by language.
    languages : ndarray of str, shape (n,)
        The language of each.

    Returns
    -------
    dict of (int, int) to float
        Pairs, the smaller number first, and their scores with what third languages add.

    References
    ----------
    Artetxe and Schwenk (2019), Margin-based parallel corpus mining with multilingual sentence
    embeddings.
    """
    starts = np.unique(languages, return_index=True)[1].tolist()
    parts = [slice(a, b) for a, b in pairwise([*starts, len(rows)])]
    found: dict[Pair, float] = {}
    for one, other in combinations(parts, 2):
        ahead, best, usual = _nearest(rows[one], rows[other])
        back, _, around = _nearest(rows[other], rows[one])
        for i in np.flatnonzero(back[ahead] == np.arange(len(ahead))):
            j = ahead[i]
            score = best[i] * np.sqrt(2 * max(best[i], 0) / (usual[i] + around[j]))
            if score >= NEAR:
                found[one.start + int(i), other.start + int(j)] = float(score)
    beside: dict[int, set[int]] = defaultdict(set)
    for first, second in found:
        beside[first].add(second)
        beside[second].add(first)
    scored = {
        pair: z + SUPPORT * len(beside[pair[0]] & beside[pair[1]]) for pair, z in found.items()
    }
    return {pair: round(score, 9) for pair, score in scored.items() if score >= PAIR}


def _nearest(
    rows: NDArray[np.float32], others: NDArray[np.float32]
) -> tuple[NDArray[np.int64], NDArray[np.float64], NDArray[np.float64]]:
    """Find the nearest of others, its cosine, and the mean cosine of the nearest two."""
    best = np.zeros(len(rows), dtype=np.int64)
    close, usual = np.zeros(len(rows)), np.zeros(len(rows))
    for start in range(0, len(rows), BLOCK):
        cosines = (rows[start : start + BLOCK] @ others.T).astype(np.float64) / SCALE**2
        here = np.arange(len(cosines))
        best[start + here] = cosines.argmax(axis=1)
        close[start + here] = cosines[here, best[start + here]]
        cosines[here, best[start + here]] = -1
        second = cosines.max(axis=1)
        usual[start + here] = (close[start + here] + np.maximum(second, LEAST)) / 2
    return best, close, usual


def spelled(languages: NDArray[np.str_], terms: list[str]) -> set[Pair]:
    """Pair the terms of two languages that are spelled alike.

    Parameters
    ----------
    languages : ndarray of str, shape (n,)
        The language of each term.
    terms : list of str of length n
        The terms.

    Returns
    -------
    set of (int, int)
        Pairs, the smaller number first: the same letters, or a name in capitals that is the
        reading of a Chinese one (Xiaohongshu, 小红书).
    """
    written, read = defaultdict(list), defaultdict(list)
    for i, term in enumerate(terms):
        written[term.casefold()].append(i)
        if HAN.sub("", term) == "" and len(term) > 1:
            read["".join(lazy_pinyin(term)).casefold()].append(i)
    found = {pair for same in written.values() for pair in combinations(same, 2)}
    for i, term in enumerate(terms):
        letters = "".join(filter(str.isalpha, term.casefold()))
        if len(letters) >= READING and term[0].isupper():
            found |= {(min(i, j), max(i, j)) for j in read.get(letters, [])}
    return {(i, j) for i, j in found if languages[i] != languages[j]}
