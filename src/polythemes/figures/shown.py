"""What the data of a figure show, in words, for its card and for who cannot see it."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from polythemes import languages
from polythemes.figures import labels, style

#: What a row is of, in the order to name it: column, and how one of it is called.
KEYS = {
    "theme": "theme",
    "theme_id": "theme",
    "topic": "topic",
    "topic_id": "topic",
    "bar": "bar of",
    "actor": "actor",
    "other": "with",
    "article_id": "article",
    "group": "group",
    "period": "period",
    "passage_id": "passage",
    "fate": "fate",
    "sort": "sort",
    "model": "model",
    "score": "score",
    "n_topics": "number of topics",
    "node": "node",
    "term": "term",
    "language": "language",
    "neighbour_language": "language of the neighbour",
}
#: Of these is counted how many there are.
COUNTED = {"theme", "topic", "actor", "article", "passage", "model", "term", "language"}
#: So many articles, groups, periods or topics are named one by one.
FEW = 8
#: What is measured: the first of these that a figure's data have.
MEASURES = (
    "mentions",
    "share",
    "repairs",
    "similarity",
    "value",
    "stability",
    "height",
    "passages",
    "words",
)
#: Of these nothing is the largest: their scales differ.
UNLIKE = {"value"}


def shown(data: pd.DataFrame) -> str:
    """Say in a sentence what the data of a figure show most plainly.

    Parameters
    ----------
    data : pandas.DataFrame
        What it shows.

    Returns
    -------
    str
        Empty where there is nothing to single out.
    """
    return _most(data) or _confirmed(data) or _largest(data)


def counted(data: pd.DataFrame) -> list[str]:
    """Count what the rows of a figure's data are of.

    Parameters
    ----------
    data : pandas.DataFrame
        What it shows.

    Returns
    -------
    list of str
        As in ``["2 themes", "1 article"]``.
    """
    return [
        labels.count(data.loc[data[column].fillna("").ne(""), column].nunique(), what)
        for column, what in KEYS.items()
        if column in data and what in COUNTED and not _named_too(column, data)
    ]


def _confirmed(data: pd.DataFrame) -> str:
    """Say how often shares of every size are right, where a figure shows that."""
    if not {"right", "said", "confirmed"} <= set(data):
        return ""
    told = [
        f"{labels.percent(row.said)} and {labels.percent(row.confirmed)}"
        for row in data[data["right"].eq("named")].itertuples()
    ]
    said = f"Mean share, and in what part of the labels it is right: {', '.join(told)}."
    return said if told else ""


def _most(data: pd.DataFrame) -> str:
    """Name the theme that takes most of each article, group, period or topic, if they are few."""
    by = next((one for one in ("article_id", "group", "period", "topic_id") if one in data), None)
    if by is None or not {"theme", "share"} <= set(data) or "passage_id" in data:
        return ""
    named = data[data["theme_id"].ne(style.REST) & data["share"].gt(0)]
    best = named.sort_values("share", ascending=False, kind="stable").drop_duplicates(by)
    best = best[[by, "theme", "share", *{"language", "by"} & set(data)]].sort_values(by)
    if best.empty or len(best) > FEW:
        return ""
    told = [
        f"{_unit(by, row)}: {labels.plain(row['theme'])} {labels.percent(row['share'])}"
        for row in best.to_dict("records")
    ]
    return f"The theme that takes most, beside what is on none: {'; '.join(told)}."


def _unit(by: str, row: dict[str, Any]) -> str:
    """Name an article, group, period or topic as figures do."""
    if by == "article_id":
        return labels.article(row[by], row["language"])
    if by == "group" and row["by"] == "language":
        return languages.name(row[by])
    return f"topic {row[by]}" if by == "topic_id" else labels.plain(row[by]) or "not told"


def _largest(data: pd.DataFrame) -> str:
    """Name the largest value that a figure shows; the rest of the themes is none of them."""
    measure = next((one for one in MEASURES if one in data), None)
    if measure is None or measure in UNLIKE:
        return ""
    data = data.reset_index(drop=True)
    named = data[data["theme_id"].ne(style.REST)] if "theme_id" in data else data
    values = pd.to_numeric((named if len(named) else data)[measure], errors="coerce").dropna()
    if values.empty or values.max() <= 0:
        return ""
    value, row = float(values.max()), data.loc[values.idxmax()]
    number = labels.percent(value) if measure == "share" else f"{value:,.6g}"
    of = "number of " if values.eq(values.round()).all() else ""
    return f"The largest {of}{measure} in the data is {number} ({_named(row)})."


def _named(row: pd.Series) -> str:
    """Say what a row of a figure's data is of."""
    told = list[str]()
    for column, what in KEYS.items():
        if column not in row or pd.isna(row[column]) or _named_too(column, row.index):
            continue
        value = labels.plain(row[column])
        told.append(languages.name(value) if column.endswith("language") else f"{what} {value}")
    return ", ".join(told)


def _named_too(column: str, columns: Iterable[str]) -> bool:
    """Tell whether a column holds the ids of what another names."""
    return column.endswith("_id") and column.removesuffix("_id") in columns
