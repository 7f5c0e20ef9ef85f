"""The catalogue of a corpus: what each of its texts is."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from itertools import count
from pathlib import Path, PurePosixPath

import pandas as pd

from polythemes.articles import dates, separated
from polythemes.articles.bytes import CONTROL
from polythemes.articles.kinds import is_place
from polythemes.articles.texts import Text
from polythemes.errors import PolythemesError, choices
from polythemes.tables import CONTRACTS, whole

COLUMNS = [*CONTRACTS["articles"], "note"]
#: A longer first line is no title.
LONGEST_TITLE = 200
#: Characters of what a file tells of a text that are kept: a title, an author, not an article.
LONGEST_TOLD = 300
#: What names an article; never empty. A file of many articles stands in several rows.
KEYS = ("article_id", "file", "sha256")
UNIQUE = (["article_id"], ["sha256"], ["file", "row"])


def read(path: Path) -> pd.DataFrame:
    """Read the catalogue of a corpus.

    Parameters
    ----------
    path : Path
        Its ``catalogue.csv``.

    Returns
    -------
    pandas.DataFrame
        One row an article, sorted by ``article_id``, every value a text; columns that a person
        added come last. No rows if there is no such file.

    Raises
    ------
    PolythemesError
        If the file is not such a table, an id, file or digest is empty, an id, digest or place
        stands twice, a file is outside the folder of texts, or a date is no ISO date.
    """
    if not path.exists():
        return pd.DataFrame(columns=COLUMNS, dtype=str)
    table = _table(path)
    missing = [column for column in KEYS if column not in table.columns]
    if missing:
        msg = f"{path} lacks the columns {choices(missing)}; it holds {choices(COLUMNS)}; add them"
        raise PolythemesError(msg)
    table = table.reindex(columns=_ordered(table), fill_value="")
    _check(table, path)
    return table.sort_values("article_id", ignore_index=True)


def _table(path: Path) -> pd.DataFrame:
    """Read a file of comma-separated values whose rows are all as long as its header."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            rows = [
                (reader.line_num, row)
                for row in iter(lambda: separated.next_record(reader), None)
                if row
            ]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        msg = f"{path} is not a table of comma-separated values: {error}; mend it as UTF-8 CSV"
        raise PolythemesError(msg) from error
    header = rows[0][1] if rows else []
    doubled = sorted({column for column in header if header.count(column) > 1})
    if doubled:
        msg = f"{path}: column {choices(doubled)} stands twice; keep one"
        raise PolythemesError(msg)
    for number, row in rows[1:]:
        if len(row) != len(header):
            msg = (
                f"{path}, line {number}: {len(row)} values under {len(header)} columns; a value "
                'that holds a comma goes in double quotes, as in "one, two"'
            )
            raise PolythemesError(msg)
    return pd.DataFrame([row for _, row in rows[1:]], columns=header, dtype=str)


def _check(table: pd.DataFrame, path: Path) -> None:
    """Hold the catalogue to what the stages rely on: keys, places of files, dates."""
    for column in KEYS:
        if "" in set(table[column]):
            msg = f"{path}: {column} is empty in a row; fill it in, or take the row away"
            raise PolythemesError(msg)
    for columns in UNIQUE:
        twice = table.loc[table.duplicated(columns), columns]
        doubled = sorted({", row ".join(filter(None, names)) for names in twice.to_numpy()})
        if doubled:
            msg = f"{path}: {columns[0]} {choices(doubled)} stands twice; keep one row each"
            raise PolythemesError(msg)
    outside = [file for file in table["file"] if not is_place(file)]
    if outside:
        msg = (
            f"{path}: file {choices(outside)} is no place in articles/; the name of a file is "
            "allowed, or folder/name"
        )
        raise PolythemesError(msg)
    bad = [date for date in table["date"] if date and not dates.is_date(date)]
    if bad:
        msg = f"{path}: {choices(bad)} is no date; YYYY, YYYY-MM and YYYY-MM-DD are allowed"
        raise PolythemesError(msg)


def write(table: pd.DataFrame, path: Path) -> None:
    """Write the catalogue of a corpus, sorted by ``article_id``.

    Parameters
    ----------
    table : pandas.DataFrame
        One row an article.
    path : Path
        Its ``catalogue.csv``.
    """
    table = table.reindex(columns=_ordered(table)).fillna("").sort_values("article_id")
    with whole(path) as scratch:
        table.to_csv(scratch, index=False, lineterminator="\n", encoding="utf-8")


def _ordered(table: pd.DataFrame) -> list[str]:
    """List the columns of a catalogue: ours, then those that a person added."""
    return [*COLUMNS, *(one for one in table.columns if one not in {*COLUMNS, ""})]


def identifiers(names: Sequence[str], taken: Iterable[str]) -> list[str]:
    """Give each new file an ``article_id``.

    Parameters
    ----------
    names : sequence of str
        File names.
    taken : iterable of str
        Ids that are in use.

    Returns
    -------
    list of str
        The first three digits of the name where it begins with three and they are free; else the
        lowest free number, of three digits or more.
    """
    used, given = set(taken), []
    free = (number for n in count() if (number := f"{n:03d}") not in used)
    for name in names:
        found = re.match(r"[0-9]{3}(?![0-9])", name)
        number = found.group() if found and found.group() not in used else next(free)
        used.add(number)
        given.append(number)
    return given


def described(catalogue: pd.DataFrame, texts: Sequence[Text]) -> pd.DataFrame:
    """Describe new texts as a catalogue does, as far as they tell.

    Parameters
    ----------
    catalogue : pandas.DataFrame
        The catalogue so far.
    texts : sequence of Text
        Texts that it lacks.

    Returns
    -------
    pandas.DataFrame
        A catalogue row for each, with the column ``text``, in the order of their places. The title
        is the one told, else the first line if it is short; what is told is cut to
        ``LONGEST_TOLD`` characters, and a date that cannot be read goes into
        ``note``.
    """
    texts = sorted(texts, key=lambda one: (one.file, int(one.row or 0)))
    names = ["" if one.row else PurePosixPath(one.file).name for one in texts]
    given = identifiers(names, catalogue["article_id"])
    found = [
        {"article_id": article_id, "file": one.file, "row": one.row, "sha256": one.sha256}
        | {"encoding": one.encoding, "text": one.text}
        | {column: _told(one, column) for column in ("language", "author", "source")}
        | {"title": _told(one, "title") or _first_line(one.text)}
        | _dated(_told(one, "date"))
        for article_id, one in zip(given, texts, strict=True)
    ]
    return pd.DataFrame(found).reindex(columns=[*COLUMNS, "text"], fill_value="")


def _told(one: Text, column: str) -> str:
    """Give what a text tells of itself on one line, not too long, as a catalogue can hold it."""
    value = " ".join(CONTROL.sub(" ", one.told.get(column, "")).split())
    return value if len(value) <= LONGEST_TOLD else f"{value[: LONGEST_TOLD - 1].rstrip()}…"


def _first_line(text: str) -> str:
    """Give the first line of a text if it can be a title."""
    first = next(line.strip() for line in text.split("\n") if line.strip())
    return CONTROL.sub("", first) if len(first) <= LONGEST_TITLE else ""


def _dated(told: str) -> dict[str, str]:
    """Give the columns that tell of a date."""
    date = dates.normal(told)
    return {"date": date, "note": "" if date or not told else f"date as given: {told}"}
