"""Find a short name of every topic in each language, from its terms and central passages."""

from __future__ import annotations

import pandas as pd

from polythemes.tables import check

#: Terms of a name, and characters from which no further one is joined.
MOST, LONG = 3, 32
#: Central passages by which a topic is named and found again.
CENTRAL = 12
#: What stands between the terms of a name.
BETWEEN = " · "
#: Part of its weight that a term keeps which no central passage holds.
APART = 0.5
#: Part of their weights that the other languages of a concept lend its term.
LENT = 0.5


def central(members: pd.DataFrame, passages: pd.DataFrame, *, most: int = CENTRAL) -> pd.DataFrame:
    """List the passages nearest to the centre of every topic.

    Parameters
    ----------
    members : pandas.DataFrame
        The table ``topic_members``.
    passages : pandas.DataFrame
        The table ``passages``.
    most : int
        Passages a topic at the most; of those with the same text the first.

    Returns
    -------
    pandas.DataFrame
        Columns ``topic_id``, ``passage_id``, ``language`` and ``sha256``, the nearest first.
    """
    known = passages[["passage_id", "language", "sha256"]]
    table = members.merge(known, on="passage_id", validate="1:1")
    table = table.sort_values(
        ["topic_id", "closeness", "sha256", "passage_id"], ascending=[True, False, True, True]
    )
    table = table.drop_duplicates(["topic_id", "sha256"])
    table = table[table.groupby("topic_id").cumcount() < most]
    return table[["topic_id", "passage_id", "language", "sha256"]].reset_index(drop=True)


def found(topic_terms: pd.DataFrame, terms: pd.DataFrame, middle: pd.DataFrame) -> pd.DataFrame:
    """Name every topic in each language by its best terms.

    A term counts by its weight and half of those of the same concept in other languages, and half
    of that if no central passage of its language holds it. A word that stands in a phrase already
    taken is passed over.

    Parameters
    ----------
    topic_terms : pandas.DataFrame
        The table ``topic_terms``.
    terms : pandas.DataFrame
        The table ``terms``.
    middle : pandas.DataFrame
        What :func:`central` gives.

    Returns
    -------
    pandas.DataFrame
        The table ``topic_names``, sorted by topic and language; ``edited`` is False.
    """
    held = terms.merge(middle[["topic_id", "passage_id"]], on="passage_id")
    share = held.groupby(["topic_id", "language", "term"])["passage_id"].nunique()
    sizes = middle.groupby(["topic_id", "language"])["passage_id"].nunique()
    concept = topic_terms.groupby(["topic_id", "concept_id"])["weight"].transform("sum")
    lent = topic_terms["weight"] + LENT * (concept - topic_terms["weight"])
    rows = []
    for (topic, language), own in topic_terms.groupby(["topic_id", "language"], sort=True):
        many = max(int(sizes.get((topic, language), 0)), 1)
        parts = [share.get((topic, language, term), 0) / many for term in own["term"]]
        value = lent[own.index] * (APART + (1 - APART) * pd.Series(parts, index=own.index))
        order = own.assign(value=value.round(6)).sort_values(
            ["value", "rank", "term"], ascending=[False, True, True]
        )
        rows.append((topic, language, _joined(list(order["term"])), False))
    table = pd.DataFrame(rows, columns=["topic_id", "language", "name", "edited"])
    return check(table, "topic_names")


def topics(members: pd.DataFrame, passages: pd.DataFrame, names: pd.DataFrame) -> pd.DataFrame:
    """List the topics with their names and sizes.

    Parameters
    ----------
    members : pandas.DataFrame
        The table ``topic_members``.
    passages : pandas.DataFrame
        The table ``passages``.
    names : pandas.DataFrame
        The table ``topic_names``.

    Returns
    -------
    pandas.DataFrame
        The table ``topics``: ``label`` is the English name, else the one in the language with most
        passages; ``passages`` their number, ``weight`` the topic's part of all words.
    """
    both = passages[["passage_id", "words", "language"]].merge(members, on="passage_id")
    table = both.groupby("topic_id")["words"].agg(["size", "sum"]).reset_index()
    sizes = both.groupby(["topic_id", "language"]).size().rename("many").reset_index()
    order = names.merge(sizes, on=["topic_id", "language"], how="left").fillna({"many": 0})
    order = order.assign(other=order["language"] != "en").sort_values(
        ["topic_id", "other", "many", "language"], ascending=[True, True, False, True]
    )
    label = order.drop_duplicates("topic_id").set_index("topic_id")["name"]
    table["label"] = [label.get(topic, f"topic {topic}") for topic in table["topic_id"]]
    table["weight"] = (table["sum"] / table["sum"].sum()).round(4)
    return check(table.rename(columns={"size": "passages"}).drop(columns="sum"), "topics")


def _joined(terms: list[str]) -> str:
    """Join the first terms that say something new."""
    taken: list[str] = []
    for term in terms:
        small = term.casefold()
        again = any(small in one.casefold() or one.casefold() in small for one in taken)
        if again or (taken and len(BETWEEN.join([*taken, term])) > LONG):
            continue
        taken.append(term)
        if len(taken) == MOST:
            break
    return BETWEEN.join(taken)
