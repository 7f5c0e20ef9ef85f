"""The sheets that people fill in: one a person, blind, never overwritten once begun.

CSV that begins with a byte-order mark opens in any spreadsheet with its letters whole, and can be
read and compared without one; an XLSX file would need a package for no more.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection
from difflib import get_close_matches
from pathlib import Path

import pandas as pd

from polythemes.errors import PolythemesError, choices
from polythemes.labelling.draw import place
from polythemes.tables import as_csv, write_text

MARK = "\ufeff"
SHEET, DRAWN, THEMES = "annotator-{}.csv", "drawn.csv", "themes.csv"
#: Columns that a person fills in.
FILLED = ("themes", "note")
#: What a spreadsheet may put between the cells when it saves.
BETWEEN = (",", ";", "\t")


def write(
    folder: Path,
    drawn: pd.DataFrame,
    passages: pd.DataFrame,
    themes: pd.DataFrame,
    *,
    people: int = 2,
    seed: int = 0,
) -> list[Path]:
    """Write a sheet for every person: the same passages, each in an order of its own.

    Parameters
    ----------
    folder : Path
        Where the sheets go. ``themes.csv`` beside them lists the ids that are allowed,
        ``drawn.csv`` says how each passage was drawn: not for those who label.
    drawn : pandas.DataFrame
        As :func:`polythemes.labelling.draw` gives.
    passages, themes : pandas.DataFrame
        The tables; ``passages`` with ``text``.
    people : int
        How many sheets.
    seed : int
        Seed of the orders.

    Returns
    -------
    list of Path
        The sheets.

    Raises
    ------
    PolythemesError
        If the texts are not at hand, or somebody has filled in a sheet: nothing is written then.
    """
    told = drawn.merge(passages[["passage_id", "language", "text"]], on="passage_id")
    if told.empty or (told["text"].fillna("") == "").any():
        msg = "the texts are not at hand, and there is nothing to read; import them first"
        raise PolythemesError(msg)
    for path in sorted(folder.glob(SHEET.format("*"))):
        done = sum(any(row.get(one, "").strip() for one in FILLED) for row in _rows(path))
        if done:
            msg = (
                f"{path} holds {done} rows that somebody filled in, and stays; read them with "
                "--read, or move the folder away for a new draw"
            )
            raise PolythemesError(msg)
    write_text(folder / DRAWN, as_csv(drawn))
    write_text(folder / THEMES, MARK + as_csv(themes[["theme_id", "label", "description"]]))
    sheets = []
    for person in range(1, people + 1):
        own = told.assign(order=[place(one, seed, person) for one in told["sha256"]])
        own = own.sort_values("order").assign(themes="", note="")
        sheets.append(folder / SHEET.format(person))
        write_text(sheets[-1], MARK + as_csv(own[["key", "language", "text", *FILLED]]))
    return sheets


def read(folder: Path, allowed: Collection[str], *, rest: str = "rest") -> pd.DataFrame:
    """Read what people filled in.

    Parameters
    ----------
    folder : Path
        Where the sheets are.
    allowed : collection of str
        Ids of the themes.
    rest : str
        The theme that is none: it stands alone.

    Returns
    -------
    pandas.DataFrame
        Columns ``annotator``, ``key``, ``passage_id``, ``article_id``, ``sha256``, ``drawn`` and
        ``themes`` (tuple of str, the main one first), by ``annotator`` and ``key``; rows that were
        left empty are left out.

    Raises
    ------
    PolythemesError
        If there is no sheet, or a row holds what is not allowed; it names file and row.
    """
    sheets = sorted(folder.glob(SHEET.format("*")))
    if not sheets or not (folder / DRAWN).exists():
        msg = f"{folder} holds no sheets; `polythemes label NAME` writes them"
        raise PolythemesError(msg)
    drawn = pd.DataFrame(_rows(folder / DRAWN))
    found = []
    for path in sheets:
        seen = set[str]()
        # A spreadsheet numbers the head 1, and a row of several lines once.
        for number, row in enumerate(_rows(path), 2):
            where, key = f"{path}, row {number}", row.get("key", "").strip()
            if key not in set(drawn["key"]) or key in seen:
                why = "stands twice" if key in seen else "was not drawn"
                msg = f"{where}: the key {key!r} {why}; put the one back that stood there"
                raise PolythemesError(msg)
            seen.add(key)
            if named := _themes(where, row.get("themes", ""), allowed, rest):
                found.append((path.stem, key, named))
    labels = pd.DataFrame(found, columns=["annotator", "key", "themes"])
    labels = labels.merge(drawn, on="key", validate="m:1").sort_values(["annotator", "key"])
    columns = ["annotator", "key", "passage_id", "article_id", "sha256", "drawn", "themes"]
    return labels[columns].reset_index(drop=True)


def _themes(where: str, cell: str, allowed: Collection[str], rest: str) -> tuple[str, ...]:
    """Take the ids in a cell apart."""
    named = tuple(dict.fromkeys(re.findall(r"[^;,\s]+", cell.lower())))
    strange = [one for one in named if one not in allowed]
    if strange:
        near = get_close_matches(strange[0], sorted(allowed), 1)
        hint = f"; is {near[0]} meant?" if near else ""
        msg = (
            f"{where}: {strange[0]!r} is no theme; allowed are {choices(allowed, most=30)}, "
            f"several with ; between{hint}"
        )
        raise PolythemesError(msg)
    if rest in named and len(named) > 1:
        msg = f"{where}: {'; '.join(named)}; {rest} means none of the others: keep one or the other"
        raise PolythemesError(msg)
    return named


def _rows(path: Path) -> list[dict[str, str]]:
    """Read a sheet as whatever a spreadsheet made of it."""
    text = _decoded(path)
    head = text.split("\n", 1)[0]
    between = max(BETWEEN, key=head.count)
    rows = [row for row in csv.reader(io.StringIO(text), delimiter=between) if any(row)]
    names = [name.strip().lower() for name in rows[0]] if rows else []
    needed = ["key"] if path.name == DRAWN else ["key", "themes"]
    missing = [name for name in needed if name not in names]
    if missing:
        msg = (
            f"{path}, row 1: the columns {choices(names)} came; {choices(missing)} is needed as "
            "well; put the head back as it was written"
        )
        raise PolythemesError(msg)
    return [dict(zip(names, row, strict=False)) for row in rows[1:]]


def _decoded(path: Path) -> str:
    """Decode a sheet; where a spreadsheet lost letters, keys and ids are still whole."""
    try:
        data = path.read_bytes()
    except OSError as error:
        msg = f"{path} cannot be read: {error.strerror}; close it elsewhere and run again"
        raise PolythemesError(msg) from error
    coding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = data.decode(coding)
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return text.replace("\r\n", "\n").replace("\r", "\n")
