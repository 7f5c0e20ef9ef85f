"""Rows to draw: held to their contract, in one order, never none."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from polythemes.errors import PolythemesError, choices
from polythemes.tables import CONTRACTS, check


def of(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Take the rows of a table that has a contract, whatever order they come in.

    Parameters
    ----------
    table : pandas.DataFrame
        A table of a run.
    name : str
        Its contract in :data:`polythemes.tables.CONTRACTS`.

    Returns
    -------
    pandas.DataFrame
        The contract's columns, sorted by all of them.

    Raises
    ------
    PolythemesError
        If a column is missing or there is no row.
    """
    return chosen(check(table, name), list(CONTRACTS[name]), name)


def chosen(table: pd.DataFrame, columns: list[str], name: str) -> pd.DataFrame:
    """Take some columns of a table, sorted by all of them.

    Parameters
    ----------
    table : pandas.DataFrame
        Any table.
    columns : list of str
        The columns that are drawn, the first to sort by first.
    name : str
        What the table is called in an error text.

    Returns
    -------
    pandas.DataFrame
        Those columns of every row.

    Raises
    ------
    PolythemesError
        If a column is missing or there is no row.
    """
    missing = [column for column in columns if column not in table.columns]
    if missing:
        msg = (
            f"table {name!r} lacks the columns {choices(missing)}; it must hold "
            f"{choices(columns)}; run `polythemes build` again"
        )
        raise PolythemesError(msg)
    if table.empty:
        msg = (
            f"table {name!r} has no rows, so there is nothing to draw; one row or more is "
            "allowed; look at the stage that makes it, then run `polythemes build` again"
        )
        raise PolythemesError(msg)
    return table[columns].sort_values(columns, ignore_index=True)


def each(table: pd.DataFrame) -> Iterator[Any]:
    """Go through the rows of a table.

    Parameters
    ----------
    table : pandas.DataFrame
        Any table.

    Yields
    ------
    named tuple
        A row, its cells as attributes.
    """
    yield from table.itertuples()


def topic_of(topic_shares: pd.DataFrame) -> pd.DataFrame:
    """Give every passage the topic that takes most of it.

    Parameters
    ----------
    topic_shares : pandas.DataFrame
        Table ``topic_shares``.

    Returns
    -------
    pandas.DataFrame
        Columns passage_id and topic_id, by passage; of equal topics the first. A passage that no
        topic takes anything of is left out.
    """
    given = of(topic_shares, "topic_shares").round(6)
    given = given[given["share"] > 0].sort_values(
        ["passage_id", "share", "topic_id"], ascending=[True, False, True], ignore_index=True
    )
    return given.drop_duplicates("passage_id")[["passage_id", "topic_id"]]


def in_order(articles: pd.DataFrame) -> list[str]:
    """List the articles as figures show them.

    Parameters
    ----------
    articles : pandas.DataFrame
        Columns ``article_id`` and ``language``.

    Returns
    -------
    list of str
        By name; where languages have several articles, language by language.
    """
    repeated = bool(articles["language"].duplicated().any())
    keys = ["language", "article_id"] if repeated else ["article_id"]
    return list(articles.sort_values(keys)["article_id"])


def note(shown: int, total: int, what: str) -> str:
    """Say how much of the data a figure shows, where it is not all.

    Parameters
    ----------
    shown, total : int
        How many are drawn, and how many there are.
    what : str
        What is counted.

    Returns
    -------
    str
        Empty where all is shown.
    """
    return "" if shown == total else f" Shown: {shown} of {total} {what}; the CSV holds all."


def largest(data: pd.DataFrame, by: str, measure: str) -> list[dict[str, Any]]:
    """Take the row with the largest value of each kind.

    Parameters
    ----------
    data : pandas.DataFrame
        Any rows.
    by, measure : str
        The columns of the kind and of the value.

    Returns
    -------
    list of dict
        In the order of the data; of equal values the first.
    """
    best = data.sort_values(measure, ascending=False, kind="stable").drop_duplicates(by)
    return list(best.sort_index().to_dict("records"))
