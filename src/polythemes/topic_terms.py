"""Rank the terms of every topic, one list a language, aligned by concepts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from polythemes.tables import CONTRACTS, check

#: A topic of this many tokens for each term listed lists no term that it holds once.
MANY = 20
#: A term of less than this part of the best term's weight, lent weight included, is noise.
LEAST = 0.01
#: What the other languages of a concept lend it: this part of their weights.
LENT = 0.6
#: Rounds in which a term's tokens count by the other terms of their passages.
ROUNDS = 2
#: What a token counts whose passage holds no other term of the topic.
ALONE = 0.01
#: Weights are summed in steps of one over this, whole numbers, so that order changes nothing.
FINE = 10**6

KEYS = ["language", "topic_id", "concept_id"]


def rank(
    terms: pd.DataFrame, labels: pd.DataFrame, concepts: pd.DataFrame, *, most: int = 10
) -> pd.DataFrame:
    """Rank the terms of every topic in each language, those of one concept on one row.

    The weight is tf log(1 + A / f) p(topic | concept), all within one language: tf is the concept's
    part of the topic's tokens, f its count over all topics, A the mean count of tokens a topic. The
    last factor keeps a concept from standing in many lists. Twice then tokens count anew, each as
    s / (s + 1), with s the weights of the other concepts in its passage: the terms of a topic are
    those that stand together. A language lists the concepts with the largest weights, to which
    other languages add a part of theirs; rows are ordered by the sum of a concept's weights, a
    language weighing as the root of its tokens.

    Parameters
    ----------
    terms : pandas.DataFrame
        The table ``terms``.
    labels : pandas.DataFrame
        Columns ``passage_id`` and ``topic_id``, one row a passage.
    concepts : pandas.DataFrame
        The table ``concepts``.
    most : int
        Terms that the list of a language holds at the most.

    Returns
    -------
    pandas.DataFrame
        The table ``topic_terms``, sorted by topic, row and language. A ``row`` is a concept; a
        language that has no term for it has no entry there. ``term`` is the concept's commonest
        form in the topic, ``rank`` its place in its language by ``weight``, which is between 0 and
        1, the best term of a topic in a language having 1.

    References
    ----------
    Grootendorst (2022), BERTopic, for class-based TF-IDF; Kleinberg (1999), Authoritative sources
    in a hyperlinked environment, for weighing terms and passages by each other.
    """
    known = concepts[["concept_id", "language", "term", "rank"]]
    counted = terms.merge(labels, on="passage_id").merge(known, on=["language", "term"])
    table = _listed(_weighed(counted, most), most)
    own = table.groupby(["topic_id", "language"])["weight"]
    table["weight"] = (table["weight"] / own.transform("max")).round(4)
    order = table.sort_values(["weight", "row"], ascending=[False, True])
    table["rank"] = order.groupby(["topic_id", "language"]).cumcount() + 1
    table = table.merge(_forms(counted), on=["topic_id", "concept_id", "language"])
    table = table.sort_values(["topic_id", "row", "language"], ignore_index=True)
    return check(table[list(CONTRACTS["topic_terms"])], "topic_terms")


def _weighed(counted: pd.DataFrame, most: int) -> pd.DataFrame:
    """Weigh every concept in every topic and language."""
    table = counted.groupby(KEYS, as_index=False)["count"].sum()
    by_topic = table.groupby(["language", "topic_id"])["count"].transform("sum")
    by_concept = table.groupby(["language", "concept_id"])["count"].transform("sum")
    own = table.groupby("language")
    mean = own["count"].transform("sum") / own["topic_id"].transform("nunique")
    rare = np.log1p(mean / by_concept) * table["count"] / by_concept
    table["weight"] = _best_is_one(table, table["count"] * rare)
    passages = counted.groupby([*KEYS, "passage_id"], as_index=False)["count"].sum()
    for _ in range(ROUNDS):
        table["weight"] = _best_is_one(table, _in_company(passages, table) * rare)
    table["part"] = np.sqrt(by_topic)
    table = table[(table["count"] > 1) | (by_topic < MANY * most)]
    return table.assign(weight=_best_is_one(table, table["weight"]))


def _best_is_one(table: pd.DataFrame, weight: pd.Series) -> pd.Series:
    """Bring weights to at most 1 in every topic and language."""
    best = weight.groupby([table["topic_id"], table["language"]]).transform("max")
    return (weight / best).round(9)


def _in_company(passages: pd.DataFrame, table: pd.DataFrame) -> pd.Series:
    """Count the tokens of concepts by the weights of the other concepts in their passages."""
    steps = table[KEYS].assign(weight=(table["weight"] * FINE).round().astype(np.int64))
    held = passages.merge(steps, on=KEYS)
    others = held.groupby("passage_id")["weight"].transform("sum") - held["weight"]
    company = np.maximum(others / (others + FINE), ALONE)
    held["tokens"] = (held["count"] * company * FINE).round().astype(np.int64)
    # In the order of the table, which is grouped by the same keys.
    return held.groupby(KEYS)["tokens"].sum().reset_index(drop=True)


def _listed(table: pd.DataFrame, most: int) -> pd.DataFrame:
    """Take concepts for the lists of a topic, and number their rows."""
    together = table.groupby(["topic_id", "concept_id"])["weight"].transform("sum").round(9)
    lent = (table["weight"] + LENT * (together - table["weight"])).round(9)
    table = table.assign(lent=lent)[lent >= LEAST].sort_values(
        ["topic_id", "language", "lent", "concept_id"], ascending=[True, True, False, True]
    )
    table = table[table.groupby(["topic_id", "language"]).cumcount() < most]
    part = table["weight"] * table["part"]
    summed = part.groupby([table["topic_id"], table["concept_id"]]).transform("sum").round(6)
    table = table.assign(summed=summed).sort_values(
        ["topic_id", "summed", "concept_id", "language"], ascending=[True, False, True, True]
    )
    first = ~table.duplicated(["topic_id", "concept_id"])
    return table.assign(row=first.groupby(table["topic_id"]).cumsum())


def _forms(counted: pd.DataFrame) -> pd.DataFrame:
    """Choose for every concept its commonest form in a topic and language."""
    keys = ["topic_id", "concept_id", "language"]
    forms = counted.groupby([*keys, "term", "rank"], as_index=False)["count"].sum()
    forms = forms.sort_values([*keys, "count", "rank"], ascending=[True] * 3 + [False, True])
    return forms.drop_duplicates(keys)[[*keys, "term"]]
