"""Coherence across languages: do the terms of a topic stand in each other's translations."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from polythemes.scores import rows

#: Pairs of lists of one topic and two languages.
Lists = list[tuple[list[str], list[str]]]


def cross_coherence(
    topic_terms: pd.DataFrame,
    terms: pd.DataFrame,
    pairs: pd.DataFrame,
    *,
    reference: str = "each passage with the nearest ones of the other languages",
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Measure whether a topic's terms of two languages stand in passages that belong together.

    Parameters
    ----------
    topic_terms : pandas.DataFrame
        The table ``topic_terms``.
    terms : pandas.DataFrame
        The table ``terms`` of the passages in ``pairs``.
    pairs : pandas.DataFrame
        Columns ``passage_id`` and ``other_id``: translations or parallel texts where there are
        some, else what :func:`polythemes.scores.aligned` gives. Pairs within a language do not
        count.
    reference : str
        What the pairs are, for the table.
    resamples : int
        Draws of topics behind the intervals.
    seed : int
        Seed of the draws.

    Returns
    -------
    pandas.DataFrame
        The table ``scores`` with a row ``cnpmi`` for every two languages ("de-en"), and one of all
        (language ""): the mean over topics of the mean over pairs of terms, -1 to 1. Terms that
        never meet count 0, as in the authors' program. ``measured`` counts topics (of each
        two languages), ``left_out`` the terms that stand in none of the pairs, or in all.

    References
    ----------
    Hao, Boyd-Graber and Paul (2018), Lessons from the Bible on modern topics.
    """
    lists = {key: list(dict.fromkeys(own)) for key, own in _lists(topic_terms).items()}
    languages = sorted({language for language, _ in lists})
    topics = sorted({topic for _, topic in lists})
    made, every, out = [], [], 0
    for one, other in combinations(languages, 2):
        both = [(lists.get((one, t), []), lists.get((other, t), [])) for t in topics]
        found = _between(
            terms[terms["language"].eq(one)], terms[terms["language"].eq(other)], pairs
        )
        values, left_out = _means([pair for pair in both if all(pair)], *found)
        if len(values):
            numbers = _bootstrapped(values, resamples, seed)
            told = f"{found[0].shape[0]} pairs: {reference}"
            made.append(rows.Row("cnpmi", f"{one}-{other}", *numbers, len(values), left_out, told))
            every.append(values)
            out += left_out
    if every:
        joined = np.concatenate(every)
        numbers = _bootstrapped(joined, resamples, seed)
        made.append(rows.Row("cnpmi", "", *numbers, len(joined), out, reference))
    return rows.table(made)


def _lists(topic_terms: pd.DataFrame) -> dict[tuple[str, int], pd.Series]:
    """Give the terms by language and topic."""
    grouped = topic_terms.groupby(["language", "topic_id"])["term"]
    return {(str(key[0]), int(key[1])): own for key, own in grouped}


def _bootstrapped(values: rows.Floats, resamples: int, seed: int) -> tuple[float, float, float]:
    """Give the mean over topics and its interval."""
    parts = np.stack([values, np.ones(len(values))], axis=1)
    value, low, high = rows.interval(parts, rows.mean, resamples=resamples, seed=seed)
    return float(value[0]), float(low[0]), float(high[0])


def _between(
    one: pd.DataFrame, other: pd.DataFrame, pairs: pd.DataFrame
) -> tuple[csr_array, csr_array, dict[str, int], dict[str, int]]:
    """Mark which terms stand on either side of the pairs of two languages."""
    turned = pairs.rename(columns={"passage_id": "other_id", "other_id": "passage_id"})
    both = pd.concat([pairs, turned])[["passage_id", "other_id"]].drop_duplicates()
    first, second = (set(own["passage_id"]) for own in (one, other))
    both = both[both["passage_id"].isin(first) & both["other_id"].isin(second)]
    left, names = _marked(both["passage_id"], one)
    right, others = _marked(both["other_id"], other)
    return left, right, names, others


def _marked(ids: pd.Series, terms: pd.DataFrame) -> tuple[csr_array, dict[str, int]]:
    """Make a matrix of pairs by terms: 1 where the term stands in the pair's passage."""
    where = pd.DataFrame({"passage_id": ids.to_numpy(), "pair": range(len(ids))})
    held = where.merge(terms[["passage_id", "term"]].drop_duplicates(), on="passage_id")
    columns, names = pd.factorize(held["term"])
    shape = (len(ids), len(names))
    marks = csr_array((np.ones(len(held)), (held["pair"].to_numpy(), columns)), shape=shape)
    return marks, {str(name): i for i, name in enumerate(names)}


def _means(
    lists: Lists,
    left: csr_array,
    right: csr_array,
    names: dict[str, int],
    others: dict[str, int],
) -> tuple[rows.Floats, int]:
    """Give every topic's mean over its pairs of terms, and how many terms tell nothing."""
    total = left.shape[0]
    in_left, in_right = left.sum(axis=0), right.sum(axis=0)
    columns, rows_of = left.tocsc(), right.tocsc()
    values, left_out = [], 0
    for one, other in lists:
        here = [names[term] for term in one if term in names and in_left[names[term]] < total]
        there = [others[t] for t in other if t in others and in_right[others[t]] < total]
        left_out += len(one) - len(here) + len(other) - len(there)
        if here and there:
            meet = (columns[:, here].T @ rows_of[:, there]).toarray() / total
            chance = np.outer(in_left[here], in_right[there]) / total**2
            met = np.where(meet > 0, meet, chance)
            values.append(float(np.mean(np.log(met / chance) / -np.log(met))))
    return np.array(values), left_out
