"""The report's tables: articles with their themes, and the evidence of every theme."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from polythemes import languages
from polythemes.report.facts import REST, percent

Tables = Mapping[str, pd.DataFrame]
Cell = dict[str, str]
#: Articles listed at the most, and pieces of evidence a theme.
ARTICLES, EVIDENCE = 100, 30


def articles(tables: Tables) -> dict[str, Any]:
    """List the articles, each with its largest theme.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables of a run.

    Returns
    -------
    dict
        ``heads``, ``rows`` (lists of cells) and ``note``.
    """
    labels = dict(zip(tables["themes"]["theme_id"], tables["themes"]["label"], strict=True))
    shares = tables["article_themes"].sort_values(
        ["article_id", "share", "theme_id"], ascending=[True, False, True]
    )
    largest = shares.drop_duplicates("article_id").set_index("article_id")
    passages = tables["passages"]["article_id"].value_counts()
    listed = tables["articles"].sort_values("article_id")
    rows = []
    for one in listed.head(ARTICLES).to_dict("records"):
        key = one["article_id"]
        theme = largest.loc[key] if key in largest.index else None
        rows.append(
            [
                cell(key),
                cell(languages.name(one["language"])),
                # Titles may be in any language or in brackets, in ours.
                cell(one["title"] or "untitled"),
                cell(" · ".join(said for said in _known(one, ("source", "date", "form")))),
                cell(str(passages.get(key, 0))),
                cell("none" if theme is None else labels.get(theme["theme_id"], REST)),
                cell("" if theme is None else _interval(theme)),
            ]
        )
    heads = ("Article", "Language", "Title", "Source", "Passages", "Largest theme", "Share")
    return _table(heads, rows, _note(len(rows), len(listed), "articles"))


def evidence(tables: Tables, texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """List the passages that speak most for each theme.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables of a run.
    texts : mapping of str to str
        Texts of passages by their name; empty for a report without texts.

    Returns
    -------
    list of dict
        A table a theme, with ``label`` and ``description``.
    """
    places = tables["passages"].set_index("passage_id")
    found = []
    for theme in tables["themes"].to_dict("records"):
        own = tables["evidence"][tables["evidence"]["theme_id"] == theme["theme_id"]]
        own = own.sort_values(["rank", "share", "passage_id"], ascending=[True, False, True])
        if theme["theme_id"] == REST and own.empty:
            continue
        rows = [
            _piece(one, places.loc[one["passage_id"]], texts, theme["description"])
            for one in own.head(EVIDENCE).to_dict("records")
        ]
        heads = ("Place", "Characters", "Share", "Terms", "Nearest to", *(["Text"] * bool(texts)))
        made = _table(heads, rows, _note(len(rows), len(own), "pieces of evidence"))
        found.append(made | {"label": theme["label"], "description": theme["description"]})
    return found


def cell(text: object, language: str = "") -> Cell:
    """Make a cell of a table.

    Parameters
    ----------
    text : object
        What stands in it.
    language : str
        Code of the language it is in, where that is known and not English.

    Returns
    -------
    dict
        ``text`` and ``lang``.
    """
    return {"text": "" if text is None or pd.isna(text) else str(text), "lang": language}


def _piece(
    one: Mapping[str, Any], passage: pd.Series, texts: Mapping[str, str], description: str
) -> list[Cell]:
    """Make a row of evidence."""
    lines = sorted({int(passage["first_line"]), int(passage["last_line"])})
    nearest = "its description" if one["nearest"] == description else one["nearest"]
    near = f"{nearest} ({one['nearness']:.2f})" if nearest else ""
    row = [
        cell(f"{one['article_id']}:{'–'.join(map(str, lines))}"),
        cell(f"{passage['start']}–{passage['end']}"),
        cell(percent(one["share"])),
        cell(one["terms"], passage["language"]),
        cell(near),
    ]
    if texts:
        row.append(cell(texts.get(one["passage_id"], ""), passage["language"]))
    return row


def _interval(theme: pd.Series) -> str:
    """Give a share with its interval."""
    if pd.isna(theme["low"]):
        return percent(theme["share"])
    return f"{percent(theme['share'])} ({percent(theme['low'])} to {percent(theme['high'])})"


def _known(one: Mapping[str, Any], names: Iterable[str]) -> list[str]:
    """Give what the catalogue tells of an article."""
    return [str(one[name]) for name in names if one[name] and not pd.isna(one[name])]


def _table(heads: Iterable[str], rows: list[list[Cell]], note: str) -> dict[str, Any]:
    """Hold a table together."""
    return {"heads": list(heads), "rows": rows, "note": note}


def _note(shown: int, total: int, what: str) -> str:
    """Say how much is shown, where it is not all."""
    return "" if shown == total else f"Shown are {shown} of {total} {what}."
