"""What happened to a line of an article, and why."""

from __future__ import annotations

import re
from collections.abc import Mapping

import pandas as pd

from polythemes.errors import PolythemesError, choices
from polythemes.visible import code_point

Tables = Mapping[str, pd.DataFrame]

PLACE = re.compile(r"(?P<article>.+?)(?::(?P<line>[0-9]{1,9}))?")
#: Themes named of a passage: those with this share or more.
LEAST = 0.1


def explain(tables: Tables, place: str, text: str | None = None) -> pd.DataFrame:
    """Tell what happened to a line, or to every line of an article.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables of a run.
    place : str
        An article and a line of it, as in ``"002:37"``, or an article.
    text : str, optional
        The decoded article, to show the line itself.

    Returns
    -------
    pandas.DataFrame
        Of a line: columns ``what`` and ``said``. Of an article: a row a line that is not blank,
        with its kind, sort, words, number of repairs, passages and reason.

    Raises
    ------
    PolythemesError
        If there is no such article or line.
    """
    article, number = parse(tables, place)
    lines = _own(tables["lines"], article)
    if number is None:
        return _overview(tables, article, lines)
    if lines.empty:
        msg = f"nothing is recorded of {article}; put its text into articles/ and build the corpus"
        raise PolythemesError(msg)
    if not 1 <= number <= len(lines):
        msg = f"{article} has no line {number}; 1 to {len(lines)} are allowed, as in {article}:1"
        raise PolythemesError(msg)
    line = lines[lines["line"] == number].iloc[0]
    rows = [
        ("line", f"{article}:{number}"),
        ("kind", _kind(line)),
        ("why", line["reason"]),
        ("place", _place(line)),
        *([("text", text[line["start"] : line["end"]])] if text is not None else []),
        *_repairs(tables, article, number),
        *_copies(tables, article, number),
        *_passages(tables, article, line),
    ]
    return pd.DataFrame(rows, columns=["what", "said"])


def parse(tables: Tables, place: str) -> tuple[str, int | None]:
    """Read a place.

    Parameters
    ----------
    tables : mapping of str to pandas.DataFrame
        The tables of a run.
    place : str
        As in ``"002:37"`` or ``"002"``.

    Returns
    -------
    article_id : str
        The article.
    line : int or None
        The line, from 1.

    Raises
    ------
    PolythemesError
        If there is no such article.
    """
    found = PLACE.fullmatch(place.strip())
    known = tables["articles"]["article_id"]
    if found is None or found["article"] not in set(known):
        msg = (
            f"{place!r} is no place in this corpus; an article and a line are allowed, as in "
            f"{known.min()}:37, or an article alone; the articles are {choices(known, most=20)}"
        )
        raise PolythemesError(msg)
    return found["article"], int(found["line"]) if found["line"] else None


def _own(table: pd.DataFrame, article: str) -> pd.DataFrame:
    """Take the rows of one article."""
    return table[table["article_id"] == article]


def _overview(tables: Tables, article: str, lines: pd.DataFrame) -> pd.DataFrame:
    """Tell of every line of an article that is not blank."""
    shown = lines[lines["kind"] != "blank"]
    repairs = _own(tables["repairs"], article)["line"].value_counts()
    own = _own(tables["passages"], article)
    spans = {line.line: _within(own, line._asdict()) for line in shown.itertuples()}
    return pd.DataFrame(
        {
            "line": shown["line"],
            "kind": shown["kind"],
            "sort": shown["sort"],
            "words": shown["words"],
            "repairs": shown["line"].map(repairs).fillna(0).astype(int),
            "passages": [", ".join(spans[number]["passage_id"]) for number in shown["line"]],
            "reason": shown["reason"],
        }
    ).reset_index(drop=True)


def _kind(line: pd.Series) -> str:
    """Tell what a line is, and of which sort."""
    if not line["sort"]:
        return str(line["kind"])
    return f"{line['kind']}, {'its end is ' * (line['kind'] == 'body')}{line['sort']}"


def _place(line: pd.Series) -> str:
    """Tell where a line stands and how much of it is kept."""
    where = f"characters {line['start']} to {line['end']}, {line['words']} words"
    if line["kept_end"] == line["end"] and line["end"] > line["start"]:
        return f"{where}; kept whole"
    kept = f"kept up to character {line['kept_end']}"
    return f"{where}; {kept if line['kept_end'] > line['start'] else 'not kept'}"


def _repairs(tables: Tables, article: str, number: int) -> list[tuple[str, str]]:
    """Tell what was repaired in a line."""
    own, told = _own(tables["repairs"], article), []
    for one in own[own["line"] == number].itertuples():
        change = f"{visible(one.before)} → {visible(one.after)}"
        told.append(("repaired", f"{one.sort} at {one.start}: {change} ({one.reason})"))
    return told


def visible(text: str) -> str:
    r"""Write a text so that nothing in it is invisible.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        The text with code points for what no reader sees; ``nothing`` for an empty one.

    Examples
    --------
    >>> visible("a\u200bb"), visible(" "), visible("")
    ('a[U+200B]b', '[U+0020]', 'nothing')
    """
    shown = "".join(
        one if one.isprintable() and (one != " " or text.strip()) else code_point(one)
        for one in text
    )
    return shown or "nothing"


def _copies(tables: Tables, article: str, number: int) -> list[tuple[str, str]]:
    """Tell where a line stands again."""
    groups = tables["duplicates"]
    own = groups[(groups["article_id"] == article) & (groups["line"] == number)]
    told = []
    for one in own.itertuples():
        others = groups[(groups["group_id"] == one.group_id) & (groups.index != one.Index)]
        places = ", ".join(
            f"{a}:{n}" for a, n in zip(others["article_id"], others["line"], strict=True)
        )
        told.append(("stands again", f"{places} ({one.form})"))
    return told


def _within(own: pd.DataFrame, line: Mapping[str, object]) -> pd.DataFrame:
    """Take the passages of an article that hold a part of a line."""
    return own[(own["start"] < line["kept_end"]) & (own["end"] > line["start"])]


def _passages(tables: Tables, article: str, line: pd.Series) -> list[tuple[str, str]]:
    """Tell of the passages that a line is in, with their themes."""
    told = []
    shares = tables["theme_shares"]
    for one in _within(_own(tables["passages"], article), line).itertuples():
        own = shares[(shares["passage_id"] == one.passage_id) & (shares["share"] >= LEAST)]
        own = own.sort_values(["share", "theme_id"], ascending=[False, True])
        named = ", ".join(
            f"{t} {s:.2f}" for t, s in zip(own["theme_id"], own["share"], strict=True)
        )
        told.append(
            ("passage", f"{one.passage_id}, {one.language} ({one.confidence:.2f}); themes: {named}")
        )
    return told
