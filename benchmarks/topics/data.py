"""Read a folder of `<language>/*.tsv` with the columns index_id, category and text."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from polythemes.errors import PolythemesError, choices

COLUMNS = ("index_id", "category", "text")
LAYOUT = "DATA has to be a folder of <language>/*.tsv with the columns " + ", ".join(COLUMNS)


def read(folder: Path) -> pd.DataFrame:
    """Read the texts of all languages.

    Parameters
    ----------
    folder : Path
        Holds a folder a language; the files of a language are put together.

    Returns
    -------
    pandas.DataFrame
        Columns language (its folder's name), index_id, category, text; in the order of languages,
        files and lines. Rows that miss one of the three are left out: ``attrs["left_out"]`` of
        them. Rows that are equal in everything count once.

    Raises
    ------
    PolythemesError
        If the folder does not hold such files, or fewer than two categories.
    """
    if not folder.is_dir():
        msg = f"no folder {folder}; {LAYOUT}; give it as make benchmark DATA=folder"
        raise PolythemesError(msg)
    paths = sorted(path for path in folder.glob("*/*.tsv") if not path.parent.name.startswith("."))
    if not paths:
        msg = f"{folder} holds no <language>/*.tsv; {LAYOUT}; check the folder's name"
        raise PolythemesError(msg)
    table = pd.concat([_read_file(path) for path in paths], ignore_index=True)
    whole = table[(table[list(COLUMNS)] != "").all(axis=1)]
    texts = whole.drop_duplicates(ignore_index=True)
    texts.attrs["left_out"] = len(table) - len(whole)
    found = sorted(texts["category"].unique())
    if len(found) < 2:
        msg = (
            f"{folder} holds {len(texts)} texts of the categories {choices(found)}; two categories "
            "or more are needed to compare topics with; check the column category"
        )
        raise PolythemesError(msg)
    return texts


def _read_file(path: Path) -> pd.DataFrame:
    """Read the three columns of one file, wherever they stand."""
    try:
        lines = path.read_text(encoding="utf-8-sig").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        why = "not UTF-8" if isinstance(error, UnicodeDecodeError) else str(error)
        msg = f"{path} cannot be read: {why}; tab-separated text in UTF-8 is allowed; save it anew"
        raise PolythemesError(msg) from error
    head, *rows = _rows(lines) or [[]]
    names = [name.strip().lower() for name in head]
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        msg = f"{path} has no column {choices(missing)} but {choices(head)}; {LAYOUT}"
        raise PolythemesError(msg)
    places = [names.index(name) for name in COLUMNS]
    for number, row in enumerate(rows, 2):
        if len(row) <= max(places):
            msg = (
                f"{path}, row {number} has {len(row)} columns; {len(names)} are needed, separated "
                "by tabs; mend the row"
            )
            raise PolythemesError(msg)
    kept = [[row[place].strip() for place in places] for row in rows]
    table = pd.DataFrame(kept, columns=list(COLUMNS), dtype=object)
    table.insert(0, "language", path.parent.name)
    return table


def _rows(lines: list[str]) -> list[list[str]]:
    """Split lines at tabs; quotes are those of CSV if that makes all rows equally long."""
    lines = [line for line in lines if line.strip()]
    try:
        rows = list(csv.reader((f"{line}\n" for line in lines), delimiter="\t", strict=True))
    except csv.Error:
        rows = []
    if rows and len({len(row) for row in rows}) == 1:
        return rows
    return [list(_cells(line)) for line in lines]


def _cells(line: str) -> Iterator[str]:
    """Split one line at tabs and take quotes off that stand around a whole cell."""
    for cell in line.split("\t"):
        quoted = len(cell) > 1 and cell[0] == cell[-1] == '"'
        yield cell[1:-1].replace('""', '"') if quoted else cell
