"""Repairs of a corpus as a table, and the passages as they read once repaired."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from polythemes.languages import language
from polythemes.repairs.edits import Repair, apply, origin
from polythemes.repairs.rounds import repair
from polythemes.repairs.simplified import simplified
from polythemes.tables import CONTRACTS, check

COLUMNS = list(CONTRACTS["repairs"])


def find(articles: pd.DataFrame, lines: pd.DataFrame, *, names: Sequence[str]) -> pd.DataFrame:
    """Find what was done to the texts of a corpus, article by article.

    Parameters
    ----------
    articles : pandas.DataFrame
        Columns ``article_id``, ``language`` and ``text``.
    lines : pandas.DataFrame
        The table ``lines``.
    names : sequence of str
        Names of the field: never changed, and what stuffed phrases are reduced to.

    Returns
    -------
    pandas.DataFrame
        The table ``repairs``, sorted by article and place: offsets into the decoded article, what
        stands there, what is put in its place, its sort and the reason.
    """
    starts = {key: own["start"].to_numpy() for key, own in lines.groupby("article_id")}
    rows = []
    for article in articles.sort_values("article_id").itertuples():
        for one in repair(article.text, article.language, names=names)[1]:
            line = int(starts[article.article_id].searchsorted(one.start, side="right"))
            place = (article.article_id, line, one.start, one.end)
            rows.append((*place, one.before, one.after, one.sort, one.reason))
    return check(pd.DataFrame(rows, columns=COLUMNS), "repairs")


def mend(passages: pd.DataFrame, articles: pd.DataFrame, repairs: pd.DataFrame) -> pd.DataFrame:
    """Add to every passage the texts that are embedded and counted; the text shown stays.

    Parameters
    ----------
    passages : pandas.DataFrame
        The table ``passages``.
    articles : pandas.DataFrame
        Columns ``article_id`` and ``text``.
    repairs : pandas.DataFrame
        The table ``repairs``.

    Returns
    -------
    pandas.DataFrame
        The same rows with ``repaired``, what is embedded, and ``counted``, the same in simplified
        characters where the passage is in a language written in Han.
    """
    texts = dict(zip(articles["article_id"], articles["text"], strict=True))
    known = _known(repairs)
    repaired = [
        apply(texts[one.article_id], known.get(one.article_id, []), one.start, one.end)
        for one in passages.itertuples()
    ]
    counted = [
        simplified(text) if language(code).script == "Han" else text
        for text, code in zip(repaired, passages["language"], strict=True)
    ]
    return passages.assign(repaired=repaired, counted=counted)


def located(found: pd.DataFrame, passages: pd.DataFrame, repairs: pd.DataFrame) -> pd.DataFrame:
    """Turn offsets into the repaired text of passages into offsets into the decoded article.

    Parameters
    ----------
    found : pandas.DataFrame
        Columns ``passage_id``, ``article_id``, and ``start`` and ``end`` in the column
        ``repaired`` that :func:`mend` gives; none is empty.
    passages, repairs : pandas.DataFrame
        The tables.

    Returns
    -------
    pandas.DataFrame
        The same rows with ``start`` and ``end`` in the decoded article.
    """
    known = _known(repairs)
    begins = dict(zip(passages["passage_id"], passages["start"], strict=True))
    spans = [
        (
            origin(known.get(row.article_id, []), begins[row.passage_id], row.start)[0],
            origin(known.get(row.article_id, []), begins[row.passage_id], row.end - 1)[1],
        )
        for row in found.itertuples()
    ]
    return found.assign(start=[start for start, _ in spans], end=[end for _, end in spans])


def _known(repairs: pd.DataFrame) -> dict[str, list[Repair]]:
    """List the repairs of every article."""
    columns = COLUMNS[COLUMNS.index("start") :]
    return {
        str(key): [Repair(*row) for row in own[columns].itertuples(index=False)]
        for key, own in repairs.groupby("article_id")
    }
