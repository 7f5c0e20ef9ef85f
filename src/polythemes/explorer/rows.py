"""What the explorer shows: lists that passages point into by number."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from polythemes import languages
from polythemes.figures import style

Tables = Mapping[str, pd.DataFrame]
#: Shares are kept in thousandths, places in ten-thousandths.
PARTS, STEPS = 1000, 10_000


def gathered(tables: Tables, *, texts: Mapping[str, str]) -> dict[str, Any]:
    """Gather all that the page shows.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables of a run.
    texts : mapping of str to str
        Texts of passages by their name; may be empty.

    Returns
    -------
    dict
        Lists of plain values: ``themes``, ``topics``, ``languages``, ``articles``, ``actors``,
        ``terms``, and ``passages`` in columns.
    """
    passages = tables["passages"].sort_values("passage_id", ignore_index=True)
    places = {one: i for i, one in enumerate(passages["passage_id"])}
    lists = _lists(tables)
    words = tables["terms"].sort_values(["count", "term"], ascending=[False, True])
    terms = sorted(set(words["term"]))
    named = tables["mentions"].sort_values("actor_id")
    articles = _numbers(one["id"] for one in lists["articles"])
    codes = _numbers(one["id"] for one in lists["languages"])
    layout = tables["layout"].set_index("passage_id").loc[passages["passage_id"]]
    columns = {
        "id": list(passages["passage_id"]),
        "article": [articles[one] for one in passages["article_id"]],
        "language": [codes[one] for one in passages["language"]],
        "x": _whole(layout["x"], STEPS),
        "y": _whole(layout["y"], STEPS),
        "place": passages[["first_line", "last_line", "start", "end", "words"]].to_numpy().tolist(),
        "terms": _grouped(words, places, "term", _numbers(terms)),
        "actors": _grouped(named, places, "actor_id", _numbers(a["id"] for a in lists["actors"])),
        "themes": _shares(tables["theme_shares"], places, lists["themes"]),
        **_topics(tables, places, lists["topics"]),
        **_near(tables["neighbours"], places),
        "evidence": _evidence(tables["evidence"], places, lists["themes"]),
        "text": [texts.get(one, "") for one in passages["passage_id"]] if texts else [],
    }
    return {**lists, "terms": terms, "passages": columns}


def _lists(tables: Tables) -> dict[str, list[dict[str, Any]]]:
    """Make the lists that passages point into."""
    themes, topics, articles = tables["themes"], tables["topics"], tables["articles"]
    colours = style.themes(themes["theme_id"])
    codes = sorted(set(tables["passages"]["language"]))
    shown = articles.sort_values("article_id").fillna("").to_dict("records")
    return {
        "themes": [
            {"id": one["theme_id"], "label": one["label"], "colour": colours[one["theme_id"]]}
            for one in themes.to_dict("records")
        ],
        "topics": [
            {"id": str(one["topic_id"]), "label": one["label"], "colour": style.position(i)}
            for i, one in enumerate(topics.sort_values("topic_id").to_dict("records"))
        ],
        "languages": [
            {"id": one, "label": languages.name(one), "colour": style.language(one)}
            | {"marker": style.marker(one)}
            for one in codes
        ],
        "articles": [
            {"id": one["article_id"], "label": one["title"], "colour": style.position(i)}
            | {name: one[name] for name in ("source", "date", "language")}
            for i, one in enumerate(shown)
        ],
        "actors": [
            {"id": one["actor_id"], "label": one["label"], "sort": one["sort"]}
            for one in tables["actors"].to_dict("records")
        ],
    }


def _numbers(names: Iterable[str]) -> dict[str, int]:
    """Give names their numbers, in their order."""
    return {str(one): i for i, one in enumerate(names)}


def _whole(values: pd.Series, parts: int) -> list[int]:
    """Round to whole parts."""
    return [round(float(one) * parts) for one in values]


def _grouped(
    table: pd.DataFrame, places: Mapping[str, int], column: str, numbers: Mapping[str, int]
) -> list[list[int]]:
    """List for every passage the numbers of what it holds, in the order of the rows."""
    found: list[dict[int, None]] = [{} for _ in places]
    for passage, name in zip(table["passage_id"], table[column], strict=True):
        if passage in places and name in numbers:
            found[places[passage]][numbers[name]] = None
    return [list(one) for one in found]


def _shares(
    table: pd.DataFrame, places: Mapping[str, int], themes: list[dict[str, Any]]
) -> list[list[int]]:
    """List for every passage the shares of the themes."""
    numbers = _numbers(one["id"] for one in themes)
    found = [[0] * len(themes) for _ in places]
    for passage, theme, share in table.itertuples(index=False):
        found[places[passage]][numbers[theme]] = round(share * PARTS)
    return found


def _topics(
    tables: Tables, places: Mapping[str, int], topics: list[dict[str, Any]]
) -> dict[str, list[int]]:
    """List for every passage its topic, the share of it and whether it is weak."""
    numbers = _numbers(one["id"] for one in topics)
    found = {name: [0] * len(places) for name in ("topic", "share", "weak")}
    for one in tables["topic_members"].to_dict("records"):
        place = places[one["passage_id"]]
        found["topic"][place] = numbers[str(one["topic_id"])]
        found["share"][place] = round(one["share"] * PARTS)
        found["weak"][place] = int(one["weak"])
    return found


def _near(table: pd.DataFrame, places: Mapping[str, int]) -> dict[str, list[int]]:
    """List for every passage the nearest one of another article, -1 for none."""
    found = {"near": [-1] * len(places), "likeness": [0] * len(places)}
    for one in table.to_dict("records"):
        found["near"][places[one["passage_id"]]] = places[one["neighbour_id"]]
        found["likeness"][places[one["passage_id"]]] = round(one["similarity"] * PARTS)
    return found


def _evidence(
    table: pd.DataFrame, places: Mapping[str, int], themes: list[dict[str, Any]]
) -> list[list[Any]]:
    """List the evidence: passage, theme, rank, terms, nearest text of the theme, its cosine."""
    numbers = _numbers(one["id"] for one in themes)
    return [
        [
            places[one["passage_id"]],
            numbers[one["theme_id"]],
            int(one["rank"]),
            one["terms"],
            one["nearest"],
            round(one["nearness"] * PARTS),
        ]
        for one in table.to_dict("records")
    ]
