"""Measure topics: do they follow the language, do their terms belong together."""

from __future__ import annotations

import numpy as np
import pandas as pd
from gensim.corpora import Dictionary
from gensim.models import CoherenceModel
from numpy.typing import NDArray
from sklearn.metrics import normalized_mutual_info_score

from polythemes.tables import CONTRACTS, check

#: Fewer passages of a language tell nothing of coherence.
FEWEST = 5


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
    both = passages.merge(labels, on="passage_id").sort_values("passage_id")
    topics, languages = both["topic_id"].to_numpy(), both["language"].to_numpy(dtype=str)
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
    al. (2015), Exploring the space of topic coherence measures; here over whole passages.
    """
    rows: list[tuple[object, ...]] = []
    for language, own in terms.sort_values(["passage_id", "term"]).groupby("language"):
        texts = [list(found) for _, found in own.groupby("passage_id")["term"]]
        listed = topic_terms[topic_terms["language"] == language].sort_values(["topic_id", "rank"])
        lists = [list(found) for _, found in listed.groupby("topic_id")["term"] if len(found) > 1]
        if len(texts) < FEWEST or not lists:
            continue
        model = CoherenceModel(
            topics=lists,
            texts=texts,
            dictionary=Dictionary(texts),
            coherence="c_npmi",
            window_size=max(map(len, texts)) + 1,
            processes=1,
        )
        values = np.nan_to_num(np.array(model.get_coherence_per_topic()))
        rows.append(("npmi", language, values.mean(), values.min(), values.max()))
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
        The table ``neighbours``: the nearest passage, its language and the cosine; no row for a
        passage if there is no other article.
    """
    rows = np.asarray(vectors, dtype=np.float64)
    rows = rows / np.maximum(np.sqrt(np.square(rows).sum(axis=1, keepdims=True)), 1e-9)
    articles, ids = passages["article_id"].to_numpy(), passages["passage_id"].to_numpy()
    languages = passages["language"].to_numpy()
    found = []
    for i in range(len(rows)):
        others = np.flatnonzero(articles != articles[i])
        if len(others):
            close = np.round(np.einsum("nd,d->n", rows[others], rows[i]), 9)
            best = others[int(close.argmax())]
            found.append((ids[i], languages[i], ids[best], languages[best], float(close.max())))
    table = pd.DataFrame(found, columns=list(CONTRACTS["neighbours"]))
    return check(table.round({"similarity": 4}), "neighbours")


def _nmi(topics: NDArray[np.int64], languages: NDArray[np.str_]) -> float:
    """Give the normalised mutual information of two labellings."""
    return float(normalized_mutual_info_score(languages, topics))


def _table(rows: list[tuple[object, ...]]) -> pd.DataFrame:
    """Make the table of scores."""
    table = pd.DataFrame(rows, columns=["score", "language", "value", "low", "high"])
    numbers = ["value", "low", "high"]
    table[numbers] = table[numbers].astype(float).round(4)
    return check(table, "scores")
