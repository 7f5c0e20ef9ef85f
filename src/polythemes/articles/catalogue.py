"""The catalogue of a corpus: what each of its texts is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from polythemes.articles.bytes import decode, digest
from polythemes.errors import PolythemesError, choices
from polythemes.tables import CONTRACTS, whole

COLUMNS = [*CONTRACTS["articles"], "note"]
#: A longer first line is no title.
LONGEST_TITLE = 200
DATE = re.compile(r"(?:\d{4}(?:-\d{2}(?:-\d{2})?)?)?")


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
        If the file is not such a table, an id or a file stands twice, or a date is no ISO date.
    """
    if not path.exists():
        return pd.DataFrame(columns=COLUMNS, dtype=str)
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        reason = str(error).strip().splitlines()[0]
        msg = f"{path} is not a table of comma-separated values: {reason}; mend it as UTF-8 CSV"
        raise PolythemesError(msg) from error
    needed = ["article_id", "file", "sha256"]
    missing = [column for column in needed if column not in table.columns]
    if missing:
        msg = f"{path} lacks the columns {choices(missing)}; it holds {choices(COLUMNS)}"
        raise PolythemesError(msg)
    for column in needed:
        doubled = sorted(set(table.loc[table[column].duplicated(), column]))
        if doubled:
            msg = f"{path}: {column} {choices(doubled)} stands twice; keep one row each"
            raise PolythemesError(msg)
    table = table.reindex(columns=COLUMNS, fill_value="")
    bad = [date for date in table["date"] if not DATE.fullmatch(date)]
    if bad:
        msg = f"{path}: {choices(bad)} is no date; YYYY, YYYY-MM and YYYY-MM-DD are allowed"
        raise PolythemesError(msg)
    return table.sort_values("article_id", ignore_index=True)


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
        next free number of three digits.
    """
    used, given = set(taken), []
    for name in names:
        found = re.match(r"\d{3}(?!\d)", name)
        number = found.group() if found else "000"
        while number in used:
            number = f"{int(number) + 1:03d}"
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
    found = []
    for article_id, name in zip(identifiers(names, catalogue["article_id"]), names, strict=True):
        sha256 = digest(content[name])
        if sha256 in known or name in set(known.values()):
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
