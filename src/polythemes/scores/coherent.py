"""Coherence and diversity of the terms of topics, in each language."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from polythemes.scores import rows

#: Fewer passages of a language tell nothing of coherence.
FEWEST = 5
#: Our names of the measures and gensim's.
MEASURES = {"npmi": "c_npmi", "c_v": "c_v"}


def coherence(
    topic_terms: pd.DataFrame,
    terms: pd.DataFrame,
    *,
    reference: str = "the corpus",
    measures: Sequence[str] = tuple(MEASURES),
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure in each language whether the terms of a topic stand in the same passages.

    Parameters
    ----------
    topic_terms : pandas.DataFrame
        The table ``topic_terms``.
    terms : pandas.DataFrame
        A table ``terms``; its passages of a language are the reference corpus of that language.
    reference : str
        Whose passages these are, for the table.
    measures : sequence of str
        ``npmi``, ``c_v`` (which takes ten times as long) or both.
    resamples : int
        Draws of topics behind the intervals.
    seed : int
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        The table ``scores`` with rows ``npmi`` (-1 to 1) and ``c_v`` (0 to 1) a language: the mean
        over topics. ``measured`` counts topics, ``left_out`` the terms that no reference passage
        has, or every one: these tell nothing. A topic needs two other terms; languages of fewer
        than 5 passages are left out.

    References
    ----------
    Bouma (2009), Normalized (pointwise) mutual information in collocation extraction. Roeder, Both
    and Hinneburg (2015), Exploring the space of topic coherence measures; gensim's CoherenceModel,
    with whole passages as windows, as the order of their terms is not kept.
    """
    made = []
    for language, own in terms.groupby("language"):
        listed = topic_terms[topic_terms["language"] == language]
        total = own["passage_id"].nunique()
        within = own.groupby("term")["passage_id"].nunique()
        usable = set(within.index[within < total])
        lists = [list(dict.fromkeys(found)) for _, found in listed.groupby("topic_id")["term"]]
        kept = [[term for term in found if term in usable] for found in lists]
        left_out = sum(map(len, lists)) - sum(map(len, kept))
        kept = [found for found in kept if len(found) > 1]
        if total < FEWEST or not kept:
            continue
        told = f"{total} passages of {reference}"
        for score, values in _by_topic(kept, own, total, measures).items():
            parts = np.stack([values, np.ones(len(values))], axis=1)
            value, low, high = rows.interval(parts, rows.mean, resamples=resamples, seed=seed)
            numbers = (value[0], low[0], high[0], len(values), left_out)
            made.append(rows.Row(score, str(language), *numbers, told))
    return rows.table(made)


def _by_topic(
    lists: list[list[str]], own: pd.DataFrame, total: int, measures: Sequence[str]
) -> dict[str, rows.Floats]:
    """Give the coherence of every list of terms by each measure."""
    # Slow to load, and only wanted here.
    from gensim.corpora import Dictionary
    from gensim.models import CoherenceModel

    wanted = sorted({term for found in lists for term in found})
    standing = own[own["term"].isin(wanted)].sort_values(["passage_id", "term"])
    texts = [list(dict.fromkeys(found)) for _, found in standing.groupby("passage_id")["term"]]
    # A passage without any of the terms still counts as one.
    texts += [[""]] * (total - len(texts))
    return {
        score: np.asarray(
            CoherenceModel(
                topics=lists,
                texts=texts,
                dictionary=Dictionary([wanted]),
                window_size=max(map(len, texts)),
                coherence=MEASURES[score],
                topn=max(map(len, lists)),
                # More start processes of their own, which costs seconds.
                processes=1,
            ).get_coherence_per_topic(),
            dtype=np.float64,
        )
        for score in measures
    }


def diversity(topic_terms: pd.DataFrame, *, resamples: int = 1000, seed: int = 0) -> pd.DataFrame:
    """Measure in each language how little the lists of terms repeat each other.

    Parameters
    ----------
    topic_terms : pandas.DataFrame
        The table ``topic_terms``.
    resamples : int
        Draws of topics behind the intervals.
    seed : int
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        The table ``scores`` with rows ``diversity`` (distinct terms by all places in the lists)
        and ``tu`` (the mean over topics of the mean of 1 by the number of lists that have a term) a
        language, above 0, to 1; the same where all lists are equally long.

    References
    ----------
    Dieng, Ruiz and Blei (2020), Topic modeling in embedding spaces, for diversity. Nan et al.
    (2019), Topic modeling with Wasserstein autoencoders, for topic uniqueness (TU).
    """
    made = []
    distinct = topic_terms.drop_duplicates(["language", "topic_id", "term"])
    for language, own in distinct.groupby("language"):
        unique = 1 / own.groupby("term")["topic_id"].transform("size")
        sums = unique.groupby(own["topic_id"]).agg(["sum", "size"]).to_numpy(dtype=np.float64)
        parts = {"diversity": sums, "tu": sums / sums[:, 1:]}
        for score, part in parts.items():
            value, low, high = rows.interval(
                part, rows.mean, resamples=resamples, seed=seed, bounds=(0, 1)
            )
            told = f"lists of {int(sums[:, 1].max())} terms or fewer"
            numbers = (value[0], low[0], high[0], len(part), 0)
            made.append(rows.Row(score, str(language), *numbers, told))
    return rows.table(made)
