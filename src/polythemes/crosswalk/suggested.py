"""Topics that no theme covers, as entries that ``themes.toml`` takes as they stand."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Collection

import pandas as pd

from polythemes.tables import check

#: A theme covers a topic where it takes a third of it or more. The rest's share is no good measure:
#: where a theme is missing, its neighbours take much of its topic too, but none of them so much.
COVERED = 1 / 3
#: Terms that describe a suggested theme, and that it lists in each language.
DESCRIBED, LISTED = 5, 3


def suggested(
    crosswalk: pd.DataFrame,
    names: pd.DataFrame,
    terms: pd.DataFrame,
    *,
    taken: Collection[str] = (),
    rest: str = "rest",
) -> pd.DataFrame:
    """Suggest a theme for every topic that none covers.

    Parameters
    ----------
    crosswalk, names, terms : pandas.DataFrame
        The tables ``crosswalk``, ``topic_names`` and ``topic_terms``.
    taken : collection of str
        Ids of the themes there are.
    rest : str
        The theme that is none.

    Returns
    -------
    pandas.DataFrame
        The table ``suggested_themes``, the largest topic first. ``nearest`` is the theme that takes
        most of the topic, ``share`` what it takes, with its interval; ``entry`` is TOML to be put
        into ``themes.toml``. Empty where every topic is covered.
    """
    named = crosswalk[crosswalk["theme_id"].ne(rest)]
    best = named.sort_values("share", ascending=False, kind="stable").drop_duplicates("topic_id")
    free = best[best["share"] < COVERED]
    free = free.sort_values(["passages", "topic_id"], ascending=[False, True])
    used, rows = {*taken, rest}, []
    for row in free.itertuples(index=False):
        labels = names[names["topic_id"].eq(row.topic_id)].sort_values("language")
        labels = dict(zip(labels["language"], labels["name"], strict=True))
        listed = terms[terms["topic_id"].eq(row.topic_id)].sort_values(["language", "rank"])
        lists = {str(code): list(own["term"]) for code, own in listed.groupby("language")}
        theme_id = _identifier(labels.get("en") or next(iter(labels.values()), ""), used)
        used.add(theme_id)
        told = (
            f"Topic {row.topic_id}, {row.passages} passages; {row.theme_id} takes {row.share:.0%}."
        )
        entry = _entry(theme_id, labels, lists, told)
        numbers = (row.share, row.low, row.high, row.passages)
        rows.append((row.topic_id, theme_id, row.theme_id, *numbers, entry))
    columns = ["topic_id", "theme_id", "nearest", "share", "low", "high", "passages", "entry"]
    return check(pd.DataFrame(rows, columns=columns), "suggested_themes")


def _identifier(name: str, used: Collection[str]) -> str:
    """Make an id of a name: its first words in plain letters, with a number if it is taken."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    stem = "-".join(re.findall("[a-z0-9]+", plain)[:3]) or "theme"
    tries = [stem, *(f"{stem}-{n}" for n in range(2, len(used) + 3))]
    return next(one for one in tries if one not in used)


def _entry(theme_id: str, labels: dict[str, str], lists: dict[str, list[str]], told: str) -> str:
    """Write a theme as TOML."""
    # The language with the longest list tells the most; English goes first among equals.
    best = max(lists, key=lambda code: (len(lists[code]), code == "en", code), default="")
    described = ", ".join(lists.get(best, [])[:DESCRIBED]) or theme_id
    terms = dict.fromkeys(term for own in lists.values() for term in own[:LISTED])
    named = [f"{_quoted(code)} = {_quoted(name)}" for code, name in labels.items() if name.strip()]
    lines = [
        f"# {told}",
        "[[theme]]",
        f"id = {_quoted(theme_id)}",
        f"description = {_quoted(described)}",
        "terms = [" + ", ".join(map(_quoted, terms)) + "]",
        *(["[theme.labels]", *named] if named else []),
    ]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """Write a text as TOML does; of such texts JSON's form is one of TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
