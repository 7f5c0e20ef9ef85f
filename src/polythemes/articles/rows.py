"""Read files of which every row is an article: JSON lines, comma-separated values."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from polythemes.articles import separated
from polythemes.articles.bytes import is_text
from polythemes.errors import PolythemesError, choices

#: Names that a column may have, the first that is there counts; those that `[columns]` of
#: corpus.toml gives are tried before.
COLUMNS: Mapping[str, tuple[str, ...]] = {
    "text": ("text", "content", "body", "article", "article_text", "fulltext", "full_text"),
    "title": ("title", "headline"),
    "author": ("author", "authors", "byline"),
    "date": ("date", "published", "published_at", "publish_date", "date_published", "pubdate"),
    "source": ("source", "outlet", "publisher", "site", "site_name", "domain", "url"),
    "language": ("language", "lang"),
}
#: What a corpus calls the columns: names to be tried, the first one first.
Names = Mapping[str, Sequence[str]]
DELIMITERS = ",;\t"
#: The first line that spreadsheets write, to tell themselves what separates values.
SEP = re.compile(r'"?sep=.?"?$', re.IGNORECASE)
#: Half a character beyond the basic plane, as only JSON can hold.
HALF = re.compile(r"[\ud800-\udfff]")


@dataclass(frozen=True)
class Rows:
    """Hold what the rows of a file are.

    Parameters
    ----------
    found : list of (int, str, mapping of str to str)
        Line number at which the row begins (from 1), text, and what is told of it by column.
    faults : list of str
        What is wrong with the other rows, each with its line.
    """

    found: list[tuple[int, str, Mapping[str, str]]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def json_lines(text: str, file: str, names: Names) -> Rows:
    """Read JSON lines, an object a line.

    Parameters
    ----------
    text : str
        The file.
    file : str
        Its name, for the error texts.
    names : mapping of str to sequence of str
        The columns as the corpus names them.

    Returns
    -------
    Rows
        Its rows; empty lines are passed over.

    Raises
    ------
    PolythemesError
        If the file is one array.
    """
    rows = Rows()
    if text.lstrip().startswith("["):
        msg = f'{file} is a JSON array; write one object a line, as in {{"text": "..."}}'
        raise PolythemesError(msg)
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip():
            continue
        place = f"{file}, line {number}"
        try:
            value = json.loads(line)
        except (ValueError, RecursionError) as error:
            why = f"{error}".replace("line 1 column", "character").split(" (char")[0]
            rows.faults.append(f"{place} is no JSON: {why}; mend that line, or take it away")
            continue
        if not isinstance(value, dict):
            rows.faults.append(
                f'{place} is no JSON object; {{"text": "..."}} is allowed: mend it, or take it away'
            )
            continue
        _take(rows, number, value, place, names)
    return rows


def table(text: str, file: str, names: Names) -> Rows:
    """Read values separated by commas, semicolons or tabs, under a line of column names.

    Parameters
    ----------
    text : str
        The file.
    file : str
        Its name, for the error texts.
    names : mapping of str to sequence of str
        The columns as the corpus names them.

    Returns
    -------
    Rows
        Its rows. Empty lines, and the first one that spreadsheets write (``sep=;``), are passed
        over.

    Raises
    ------
    PolythemesError
        If no column is one of text, or one that is read stands twice.
    """
    lines = [f"{line}\n" for line in text.removesuffix("\n").split("\n")]
    head = next((i for i, line in enumerate(lines) if line.strip() and not SEP.match(line)), 0)
    lines[:head] = ["\n"] * head
    headers = [_header(lines[head], one) for one in DELIMITERS]
    fits = [_column(dict.fromkeys(header), "text", names) is not None for header in headers]
    if not any(fits):
        raise PolythemesError(_no_column(file, max(headers, key=len), names))
    header, delimiter = headers[fits.index(True)], DELIMITERS[fits.index(True)]
    _hold_single(header, file, names)
    rows = Rows()
    for record in separated.records(lines, delimiter):
        place, values = f"{file}, line {record.line}", record.values
        if record.fault:
            rows.faults.append(_broken(place, record))
        elif record.line > head + 1 and values and len(values) != len(header):
            rows.faults.append(
                f"{place}: {len(values)} values under {len(header)} columns; a value that holds "
                f'the separator or a line end goes in double quotes, as in "one{delimiter} two"'
            )
        elif record.line > head + 1 and values:
            _take(rows, record.line, dict(zip(header, values, strict=True)), place, names)
    return rows


def _header(line: str, delimiter: str) -> list[str]:
    """Read the names of columns; none if the line is broken."""
    return [value.strip() for one in separated.records([line], delimiter) for value in one.values]


def _hold_single(header: Sequence[str], file: str, names: Names) -> None:
    """Refuse a table in which a column that is read stands twice."""
    every = [column.lower() for column in header]
    for wanted in COLUMNS:
        column = _column(dict.fromkeys(header), wanted, names)
        if column is not None and every.count(column.lower()) > 1:
            msg = f"{file} has two columns {column!r}, and one is read; rename the other one"
            raise PolythemesError(msg)


def _broken(place: str, record: separated.Record) -> str:
    """Say that a record is broken, which lines are left out with it, and what to do."""
    lines = "" if record.last == record.line else f"lines {record.line + 1} to {record.last}, "
    more = f"; {lines}which may be pieces of it, are left out too" if lines else ""
    return f"{place} is broken: {record.fault}{more}; mend the row, or take it away"


def _take(rows: Rows, number: int, row: Mapping[str, Any], place: str, names: Names) -> None:
    """Add a row that holds a text; say so of one that holds none."""
    column = _column(row, "text", names)
    if column is None:
        rows.faults.append(_no_column(place, list(row), names))
        return
    text = row[column]
    if not isinstance(text, str) or not text.strip():
        rows.faults.append(
            f"{place} holds no text: {column!r} is {_short(text)}; fill it in, or take the row away"
        )
        return
    if HALF.search(text):
        rows.faults.append(f"{place} holds half a character (a lone surrogate); fetch it anew")
        return
    if not is_text(text):
        rows.faults.append(f"{place} holds characters of no text (control codes); fetch it anew")
        return
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    rows.found.append((number, text, told(row, names)))


def told(row: Mapping[str, Any], names: Names) -> dict[str, str]:
    """Give what a row tells of its text.

    Parameters
    ----------
    row : mapping of str to any
        Its values by column.
    names : mapping of str to sequence of str
        The columns as the corpus names them.

    Returns
    -------
    dict of str to str
        A value for every one of ``COLUMNS`` but the text, on one line; "" where the row is silent.
    """
    return {one: _told(row, one, names) for one in COLUMNS if one != "text"}


def _told(row: Mapping[str, Any], wanted: str, names: Names) -> str:
    """Give what a row says in a column, on one line."""
    column = _column(row, wanted, names)
    value = "" if column is None or row[column] is None else row[column]
    if isinstance(value, list):
        value = ", ".join(str(one) for one in value)
    whole = str(value).encode("utf-8", "replace").decode("utf-8")
    return "" if isinstance(value, dict | bool) else " ".join(whole.split())


def _column(row: Mapping[str, Any], wanted: str, names: Names) -> str | None:
    """Find the column of a row that holds what is wanted."""
    known = {str(name).strip().lower(): name for name in reversed(list(row))}
    return next((known[name] for name in _tried(wanted, names) if name in known), None)


def _tried(wanted: str, names: Names) -> list[str]:
    """List the names a column may have: those given, then the usual ones not given to another."""
    given = {one: [name.strip().lower() for name in names[one]] for one in names}
    taken = {name for own in given.values() for name in own}
    return [*given.get(wanted, ()), *(one for one in COLUMNS[wanted] if one not in taken)]


def _no_column(place: str, columns: Sequence[str], names: Names) -> str:
    """Say that no column is one of text, and what to do."""
    own = names.get("text", ())
    tried = [*own, *_tried("text", names)[len(own) :]]
    listed = ", ".join(f'"{name}"' for name in (*own, "news"))
    return (
        f"{place} has no column of text: there is {choices(map(_short, columns))}; allowed is "
        f"{choices(tried)}, or name it too in corpus.toml under [columns], as in text = [{listed}]"
    )


def _short(value: object) -> str:
    """Show a value of a file in a message, not too long."""
    text = "" if value is None else " ".join(str(value).split())
    return "empty" if not text else text if len(text) <= 40 else f"{text[:40]}…"
