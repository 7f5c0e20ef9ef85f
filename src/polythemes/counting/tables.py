"""The result tables of a counting model."""

from __future__ import annotations

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from polythemes.counting import near as nearby
from polythemes.counting.base import CountingModel
from polythemes.counting.matrix import Whole
from polythemes.tables import CONTRACTS, check


def near_table(
    concepts: pd.DataFrame,
    term_vectors: pd.Series,
    *,
    nearest: int = 1,
    least: float = 0.4,
) -> pd.DataFrame:
    """List for each concept the near ones among which its counts are parted.

    Parameters
    ----------
    concepts : pandas.DataFrame
        The table ``concepts``.
    term_vectors : pandas.Series
        Vectors of terms, ndarray of shape (d,), by term.
    nearest, least
        As in :func:`polythemes.counting.spread`.

    Returns
    -------
    pandas.DataFrame
        The table ``near``, sorted: ``concept_id``, ``near_id`` and the ``part`` of a count that
        goes there, to 4 decimals.
    """
    ids = np.unique(concepts["concept_id"].to_numpy(np.int64))
    vectors = nearby.concept_vectors(concepts, ids, term_vectors)
    spoken = nearby.concept_languages(concepts, ids)
    found = nearby.parts(vectors, spoken, nearest=nearest, least=least).tocoo()
    columns = {"concept_id": ids[found.row], "near_id": ids[found.col], "part": found.data}
    table = pd.DataFrame(columns).round({"part": 4})
    table = table[table["part"] > 0]
    return check(table.sort_values(["concept_id", "near_id"], ignore_index=True), "near")


def parts_of(near: pd.DataFrame, concept_ids: Whole) -> csr_array:
    """Put the table of near concepts into a matrix.

    Parameters
    ----------
    near : pandas.DataFrame
        The table ``near``.
    concept_ids : ndarray of int64, shape (m,)
        The concepts wanted, ascending.

    Returns
    -------
    csr_array of float64, shape (m, m)
        As :func:`polythemes.counting.parts` gives; parts of other concepts are left out.
    """
    own = near[near["concept_id"].isin(concept_ids) & near["near_id"].isin(concept_ids)]
    places = [np.searchsorted(concept_ids, own[name]) for name in ("concept_id", "near_id")]
    shape = (len(concept_ids), len(concept_ids))
    return csr_array((own["part"].to_numpy(np.float64), tuple(places)), shape=shape)


def terms_table(
    model: CountingModel, concepts: pd.DataFrame, concept_ids: Whole, *, most: int = 10
) -> pd.DataFrame:
    """List the first concepts of every topic, with a term of each language that has one.

    Parameters
    ----------
    model : CountingModel
        A fitted model.
    concepts : pandas.DataFrame
        The table ``concepts``.
    concept_ids : ndarray of int64, shape (m,)
        The concepts of the columns that the model was fitted on.
    most : int
        Concepts a topic at the most.

    Returns
    -------
    pandas.DataFrame
        The table ``topic_terms`` with ``row`` (the concept's place) and ``concept_id``: terms of a
        concept stand on one row, and ``rank`` counts those of a language. ``weight`` is between 0
        and 1, the first concept having 1: the weight in the topic, times the square root of the
        part that the topic has of the concept, times the part of the languages that have it.
    """
    named = concepts.sort_values(["concept_id", "language", "rank", "term"])
    named = named.drop_duplicates(["concept_id", "language"])
    spoken = named.groupby("concept_id")["language"].nunique()
    wide = np.array([spoken.get(one, 0) for one in concept_ids]) / max(spoken.max(), 1)
    scores = model.weights_ / np.maximum(model.weights_.sum(axis=1, keepdims=True), 1e-12)
    total = np.maximum(scores.sum(axis=0), 1e-12)
    scores = np.round(scores * np.sqrt(scores / total) * wide, 9)
    made = []
    for topic, values in enumerate(scores, 1):
        first = np.lexsort((concept_ids, -values))[:most]
        first = first[values[first] > 0]
        listed = {"concept_id": concept_ids[first], "row": range(1, len(first) + 1)}
        weight = np.round(values[first] / values[first].max(initial=1e-12), 4)
        made.append(pd.DataFrame({"topic_id": topic, **listed, "weight": weight}))
    table = pd.concat(made).merge(named[["concept_id", "language", "term"]], on="concept_id")
    table = table.sort_values(["topic_id", "row", "language"], ignore_index=True)
    table["rank"] = table.groupby(["topic_id", "language"]).cumcount() + 1
    return check(table[list(CONTRACTS["topic_terms"])], "topic_terms")
