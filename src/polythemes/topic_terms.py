"""Rank the terms of every topic, one list a language."""

from __future__ import annotations

import numpy as np
import pandas as pd

from polythemes.tables import check

#: A topic of this many tokens for each term listed lists no term that it holds once.
MANY = 20


def rank(terms: pd.DataFrame, labels: pd.DataFrame, *, most: int = 10) -> pd.DataFrame:
    """Rank the terms of every topic in each language by class-based TF-IDF.

    The weight is tf log(1 + A / f) p(topic | term)^0.5, all within one language: tf is the term's
    part of the topic's tokens, f its count over all topics, A the mean count of tokens a topic.
    The last factor keeps a term from standing in many lists.

    Parameters
    ----------
    terms : pandas.DataFrame
        The table ``terms``.
    labels : pandas.DataFrame
        Columns ``passage_id`` and ``topic_id``, one row a passage.
    most : int
        Terms a list holds at the most.

    Returns
    -------
    pandas.DataFrame
        The table ``topic_terms``, sorted by topic, language and rank; ``weight`` is between 0
        and 1, the best term of a list having 1.

    References
    ----------
    Grootendorst (2022), BERTopic, for class-based TF-IDF.
    """
    counted = terms.merge(labels, on="passage_id")
    table = counted.groupby(["language", "topic_id", "term"], as_index=False)["count"].sum()
    by_topic = table.groupby(["language", "topic_id"])["count"].transform("sum")
    by_term = table.groupby(["language", "term"])["count"].transform("sum")
    own = table.groupby("language")
    mean = own["count"].transform("sum") / own["topic_id"].transform("nunique")
    table["weight"] = table["count"] / by_topic * np.log1p(mean / by_term)
    table["weight"] *= np.sqrt(table["count"] / by_term)
    table = table[(table["count"] > 1) | (by_topic < MANY * most)]
    best = table.groupby(["topic_id", "language"])["weight"].transform("max")
    table["weight"] = (table["weight"] / best).round(9)
    table = table.sort_values(
        ["topic_id", "language", "weight", "term"], ascending=[True, True, False, True]
    )
    table["rank"] = table.groupby(["topic_id", "language"]).cumcount() + 1
    table = table[table["rank"] <= most].round({"weight": 4}).reset_index(drop=True)
    return check(table[["topic_id", "language", "rank", "term", "weight"]], "topic_terms")


def topics(labels: pd.DataFrame, passages: pd.DataFrame, topic_terms: pd.DataFrame) -> pd.DataFrame:
    """List the topics with their names and sizes.

    Parameters
    ----------
    labels : pandas.DataFrame
        Columns ``passage_id`` and ``topic_id``, one row a passage.
    passages : pandas.DataFrame
        The table ``passages``.
    topic_terms : pandas.DataFrame
        The table ``topic_terms``.

    Returns
    -------
    pandas.DataFrame
        The table ``topics``: ``label`` from the terms, ``passages`` their number, ``weight`` the
        topic's part of all words.
    """
    both = passages[["passage_id", "words"]].merge(labels, on="passage_id")
    table = both.groupby("topic_id")["words"].agg(["size", "sum"]).reset_index()
    names = _names(topic_terms)
    table["label"] = [names.get(topic, f"topic {topic}") for topic in table["topic_id"]]
    table["weight"] = (table["sum"] / table["sum"].sum()).round(4)
    return check(table.rename(columns={"size": "passages"}).drop(columns="sum"), "topics")


def _names(topic_terms: pd.DataFrame, most: int = 3) -> dict[int, str]:
    """Name every topic by the first terms of its lists, taken in turn."""
    names = {}
    for topic, rows in topic_terms.groupby("topic_id"):
        seen: dict[str, str] = {}
        for term in rows.sort_values(["rank", "language"])["term"]:
            seen.setdefault(term.casefold(), term)
        names[int(str(topic))] = " · ".join(list(seen.values())[:most])
    return names
