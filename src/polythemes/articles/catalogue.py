"""The catalogue of a corpus: what each of its texts is."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import count
from pathlib import Path

import pandas as pd

from polythemes.articles.bytes import decode, digest
from polythemes.errors import PolythemesError, choices
from polythemes.tables import CONTRACTS, whole

COLUMNS = [*CONTRACTS["articles"], "note"]
#: A longer first line is no title.
LONGEST_TITLE = 200
#: What names a row; never empty, never twice.
KEYS = ("article_id", "file", "sha256")
DATE = re.compile(r"(?:[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)?")
PLAIN = re.compile(r"[^/\\]+")


def read(path: Path) -> pd.DataFrame:
    """Read the catalogue of a corpus.

    Parameters
    ----------
    path : Path
        Its ``catalogue.csv``.

    Returns
    -------
    pandas.DataFrame
        One row an article, sorted by ``article_id``, every value a text; no rows if there is no
        such file.

    Raises
    ------
    PolythemesError
        If the file is not such a table, an id, file or digest is empty or stands twice, a file is
        a path, or a date is no ISO date.
    """
    if not path.exists():
        return pd.DataFrame(columns=COLUMNS, dtype=str)
    table = _table(path)
    missing = [column for column in KEYS if column not in table.columns]
    if missing:
        msg = f"{path} lacks the columns {choices(missing)}; it holds {choices(COLUMNS)}; add them"
        raise PolythemesError(msg)
    table = table.reindex(columns=COLUMNS, fill_value="")
    _check(table, path)
    return table.sort_values("article_id", ignore_index=True)


def _table(path: Path) -> pd.DataFrame:
    """Read a file of comma-separated values whose rows are all as long as its header."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            rows = [(reader.line_num, row) for row in reader if row]
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
    """Hold the catalogue to what the stages rely on: keys, plain file names, dates."""
    for column in KEYS:
        if "" in set(table[column]):
            msg = f"{path}: {column} is empty in a row; fill it in, or take the row away"
            raise PolythemesError(msg)
        doubled = sorted(set(table.loc[table[column].duplicated(), column]))
        if doubled:
            msg = f"{path}: {column} {choices(doubled)} stands twice; keep one row each"
            raise PolythemesError(msg)
    paths = [file for file in table["file"] if not PLAIN.fullmatch(file)]
    if paths:
        msg = f"{path}: file {choices(paths)} is a path; the name of a file in articles/ is allowed"
        raise PolythemesError(msg)
    bad = [date for date in table["date"] if not _is_date(date)]
    if bad:
        msg = f"{path}: {choices(bad)} is no date; YYYY, YYYY-MM and YYYY-MM-DD are allowed"
        raise PolythemesError(msg)


def _is_date(text: str) -> bool:
    """Tell whether a text is empty or a date as in ISO 8601, to the year, month or day."""
    if not DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "2000-01-01"[len(text) :])
    except ValueError:
        return False
    return True


def write(table: pd.DataFrame, path: Path) -> None:
    """Write the catalogue of a corpus, sorted by ``article_id``.

    Parameters
    ----------
    table : pandas.DataFrame
        One row an article.
    path : Path
        Its ``catalogue.csv``.
    """
    table = table.reindex(columns=COLUMNS, fill_value="").sort_values("article_id")
    with whole(path) as scratch:
        table.to_csv(scratch, index=False, lineterminator="\n", encoding="utf-8")


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


def rows(catalogue: pd.DataFrame, content: Mapping[str, bytes]) -> pd.DataFrame:
    """Describe new texts as a catalogue does, as far as the texts tell.

    Parameters
    ----------
    catalogue : pandas.DataFrame
        The catalogue so far.
    content : mapping of str to bytes
        File name to content.

    Returns
    -------
    pandas.DataFrame
        A catalogue row for each, with the column ``text``; the title is the first short line.

    Raises
    ------
    PolythemesError
        If a file or a text is in the catalogue already, or is no text.
    """
    names = sorted(content)
    known = dict(zip(catalogue["sha256"], catalogue["file"], strict=True))
    entered, found = set(catalogue["file"]), []
    for article_id, name in zip(identifiers(names, catalogue["article_id"]), names, strict=True):
        sha256 = digest(content[name])
        if sha256 in known or name in entered:
            same = known.get(sha256, name)
            msg = f"{name} is in the catalogue already, as {same}; take one of the two away"
            raise PolythemesError(msg)
        known[sha256] = name
        text = decode(content[name], name)[0]
        first = next(line.strip() for line in text.split("\n") if line.strip())
        title = first if len(first) <= LONGEST_TITLE else ""
        found.append([article_id, name, sha256, title, text])
    table = pd.DataFrame(found, columns=["article_id", "file", "sha256", "title", "text"])
    return table.reindex(columns=[*COLUMNS, "text"], fill_value="")
