"""The texts of a corpus beside its tables, where they are at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from polythemes import articles

if TYPE_CHECKING:
    from polythemes.pipeline import Results


def text(results: Results, article_id: str) -> str | None:
    """Read the text of an article.

    Parameters
    ----------
    results : Results
        The tables of a run.
    article_id : str
        The article.

    Returns
    -------
    str or None
        The decoded article; None where the texts are not at hand.
    """
    return _read(results, [article_id]).get(article_id)


def excerpts(results: Results, table: pd.DataFrame) -> pd.DataFrame:
    """Add the text that the rows of a table speak of.

    Parameters
    ----------
    results : Results
        The tables of a run.
    table : pandas.DataFrame
        Columns ``article_id``, ``start`` and ``end``.

    Returns
    -------
    pandas.DataFrame
        The same rows with the column ``text``, empty where the texts are not at hand.
    """
    known = _read(results, sorted(set(table["article_id"])))
    spans = zip(table["article_id"], table["start"], table["end"], strict=True)
    return table.assign(text=[known.get(one, "")[start:end] for one, start, end in spans])


def _read(results: Results, wanted: list[str]) -> dict[str, str]:
    """Read the texts of some articles."""
    if results.source != "texts":
        return {}
    own = results["articles"][results["articles"]["article_id"].isin(wanted)]
    found = articles.read(own, results.corpus.texts, columns=results.settings.columns)
    return dict(zip(found["article_id"], found["text"], strict=True))
