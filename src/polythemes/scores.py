"""Measure topics: do they follow the language, do their terms belong together."""

from __future__ import annotations

from itertools import combinations
from math import log

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from polythemes.tables import CONTRACTS, check

Whole = NDArray[np.int64]

#: Fewer passages of a language tell nothing of coherence.
FEWEST = 5
TINY = 1e-12


def leakage(
    labels: pd.DataFrame, passages: pd.DataFrame, *, resamples: int = 1000, seed: int = 0
) -> pd.DataFrame:
    """Measure how much of a passage's topic its language tells.

    Parameters
    ----------
    labels : pandas.DataFrame
        Columns ``passage_id`` and ``topic_id``.
    passages : pandas.DataFrame
        The table ``passages``.
    resamples : int
        Draws behind the intervals.
    seed : int
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        The table ``scores``: ``leakage``, the normalised mutual information of topic and language
        (0: none, 1: each language has its own topics) with its bootstrap interval, and ``chance``,
        the same with the languages shuffled.

    References
    ----------
    Strehl and Ghosh (2002), Cluster ensembles, for NMI; here with the arithmetic mean.
    """
    both = passages.merge(labels, on="passage_id").sort_values(["sha256", "language", "topic_id"])
    topics, languages = (pd.factorize(both[name])[0] for name in ("topic_id", "language"))
    draws = np.random.default_rng([seed, 1])
    found, shuffled = [], []
    for _ in range(resamples):
        picked = draws.integers(0, len(both), len(both))
        found.append(_nmi(topics[picked], languages[picked]))
        shuffled.append(_nmi(topics, languages[draws.permutation(len(both))]))
    rows: list[tuple[object, ...]] = [
        ("leakage", "", _nmi(topics, languages), *np.percentile(found, [2.5, 97.5])),
        ("chance", "", float(np.mean(shuffled)), *np.percentile(shuffled, [2.5, 97.5])),
    ]
    return _table(rows)


def coherence(topic_terms: pd.DataFrame, terms: pd.DataFrame) -> pd.DataFrame:
    """Measure in each language whether the terms of a topic stand in the same passages.

    Parameters
    ----------
    topic_terms : pandas.DataFrame
        The table ``topic_terms``.
    terms : pandas.DataFrame
        The table ``terms``; the passages of a language are the reference corpus.

    Returns
    -------
    pandas.DataFrame
        The table ``scores`` with a row ``npmi`` a language (the mean over its topics, -1 to 1;
        ``low`` and ``high`` are the least and the greatest topic's). Languages of fewer than 5
        passages are left out.

    References
    ----------
    Bouma (2009), Normalized (pointwise) mutual information in collocation extraction. Roeder et
    al. (2015), Exploring the space of topic coherence measures, for the mean over all pairs and
    for the 1e-12 added to what stands together; here over whole passages.
    """
    rows: list[tuple[object, ...]] = []
    for language, own in terms.groupby("language"):
        total = own["passage_id"].nunique()
        where = {term: frozenset(ids) for term, ids in own.groupby("term")["passage_id"]}
        listed = topic_terms[topic_terms["language"] == language].groupby("topic_id")["term"]
        values = [
            _npmi([where[term] for term in found], total) for _, found in listed if len(found) > 1
        ]
        if total >= FEWEST and values:
            rows.append(("npmi", language, float(np.mean(values)), min(values), max(values)))
    return _table(rows)


def neighbours(vectors: NDArray[np.float32], passages: pd.DataFrame) -> pd.DataFrame:
    """Find the nearest passage of another article for every passage.

    Parameters
    ----------
    vectors : ndarray of float32, shape (n, d)
        One vector a passage.
    passages : pandas.DataFrame
        The table ``passages``, in the same order.

    Returns
    -------
    pandas.DataFrame
        The table ``neighbours``, sorted by passage: the nearest passage (of equally near ones the
        first), its language and the cosine; no row for a passage if there is no other article.
    """
    order = passages["passage_id"].to_numpy().argsort()
    rows = np.asarray(vectors, dtype=np.float64)[order]
    rows = rows / np.maximum(np.sqrt(np.square(rows).sum(axis=1, keepdims=True)), 1e-9)
    columns = ("article_id", "passage_id", "language")
    articles, ids, languages = (passages[name].to_numpy()[order] for name in columns)
    found = []
    for i in range(len(rows)):
        others = np.flatnonzero(articles != articles[i])
        if len(others):
            close = np.round(np.einsum("nd,d->n", rows[others], rows[i]), 9)
            best = others[int(close.argmax())]
            found.append((ids[i], languages[i], ids[best], languages[best], float(close.max())))
    table = pd.DataFrame(found, columns=list(CONTRACTS["neighbours"]))
    return check(table.round({"similarity": 4}), "neighbours")


def _npmi(places: list[frozenset[str]], total: int) -> float:
    """Give the mean normalised pointwise mutual information of terms, from their passages."""
    values = []
    for one, other in combinations(places, 2):
        both = len(one & other) / total
        chance = len(one) * len(other) / total**2
        # The limit: terms that stand in every passage always stand together.
        value = log((both + TINY) / chance) / -log(both + TINY) if both < 1 else 1.0
        values.append(value)
    return sum(values) / len(values)


def _nmi(topics: Whole, languages: Whole) -> float:
    """Give the normalised mutual information of two labellings numbered from 0."""
    width = languages.max() + 1
    joint = np.bincount(topics * width + languages, minlength=(topics.max() + 1) * width)
    joint = joint.reshape(-1, width)
    apart = _entropy(joint.sum(axis=1)) + _entropy(joint.sum(axis=0))
    # Where nothing varies, nothing is told.
    return 2 * (apart - _entropy(joint.ravel())) / apart if apart else 0.0


def _entropy(counts: Whole) -> float:
    """Give the entropy of counts, in nats."""
    parts = counts[counts > 0] / counts.sum()
    return -float((parts * np.log(parts)).sum())


def _table(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    """Make the table of scores."""
    table = pd.DataFrame(rows, columns=["score", "language", "value", "low", "high"])
    numbers = ["value", "low", "high"]
    # Adding nothing turns -0.0 into 0.0.
    table[numbers] = table[numbers].astype(float).round(4) + 0.0
    return check(table, "scores")
