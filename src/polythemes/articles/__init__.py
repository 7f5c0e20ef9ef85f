"""Read a corpus's articles, check them against its catalogue, and find new ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from polythemes.articles.bytes import decode, digest
from polythemes.articles.catalogue import described
from polythemes.articles.catalogue import read as read_catalogue
from polythemes.articles.catalogue import write as write_catalogue
from polythemes.articles.kinds import ALLOWED, content, inside, kind, packed
from polythemes.articles.known import Known, doubled
from polythemes.articles.texts import Text, holds_many, lines, place, take
from polythemes.errors import PolythemesError

__all__ = [
    "ALLOWED",
    "Known",
    "Text",
    "content",
    "decode",
    "described",
    "digest",
    "doubled",
    "files",
    "holds_many",
    "inside",
    "lines",
    "moved",
    "new",
    "packed",
    "place",
    "present",
    "read",
    "read_catalogue",
    "take",
    "write_catalogue",
]


def files(folder: Path) -> list[Path]:
    """List the files of a folder that are read.

    Parameters
    ----------
    folder : Path
        Where the texts lie, in subfolders too.

    Returns
    -------
    list of Path
        Those of a kind that is read, sorted by place; hidden ones and READMEs left out.
    """
    return [path for path in inside(folder) if kind(path.name)]


def present(catalogue: pd.DataFrame, folder: Path) -> list[str]:
    """List the catalogued articles whose files are at hand.

    Parameters
    ----------
    catalogue : pandas.DataFrame
        The catalogue.
    folder : Path
        Where the texts lie.

    Returns
    -------
    list of str
        Their ``article_id``, sorted.
    """
    there = {path.relative_to(folder).as_posix() for path in files(folder)}
    return sorted(catalogue.loc[catalogue["file"].isin(there), "article_id"])


def read(
    catalogue: pd.DataFrame, folder: Path, *, columns: Mapping[str, Sequence[str]] | None = None
) -> pd.DataFrame:
    """Read the texts of the catalogued articles.

    Parameters
    ----------
    catalogue : pandas.DataFrame
        The catalogue.
    folder : Path
        Where the texts lie.
    columns : mapping of str to sequence of str, optional
        The columns of rows as the corpus names them.

    Returns
    -------
    pandas.DataFrame
        The catalogue with the column ``text``, and with ``encoding`` as found where it was empty,
        sorted by ``article_id``. A row of a file is found by its digest, at whatever line.

    Raises
    ------
    PolythemesError
        If a text is missing, is no text, or is not the one that was catalogued.
    """
    found: dict[tuple[str, str, str], Text] = {}
    named = catalogue.sort_values(["file", "row"])[["file", "encoding", "sha256"]]
    for file, encoding, sha256 in named.drop_duplicates(["file", "encoding"]).to_numpy():
        data = content(folder / file, file)
        if not holds_many(file) and digest(data) != sha256:
            raise PolythemesError(_altered(file, "", digest(data), sha256))
        taken, _ = take(data, file, columns=columns or {}, encoding=encoding)
        found |= {(file, one.sha256, encoding): one for one in taken}
    catalogue = catalogue.sort_values("article_id", ignore_index=True)
    texts = []
    for row in catalogue.itertuples():
        one = found.get((row.file, row.sha256, row.encoding))
        if one is None:
            raise PolythemesError(_altered(row.file, row.row, "", row.sha256))
        texts.append(one)
    return catalogue.assign(
        text=[one.text for one in texts], encoding=[one.encoding for one in texts]
    )


def _altered(file: str, row: str, found: str, wanted: str) -> str:
    """Say that a text is not the one catalogued, and what to do."""
    name = place(file, row)
    if row:
        return (
            f"{name} is not the text catalogued, nor is another line of it: the catalogue says "
            f"SHA-256 {wanted[:12]}…; put it back (and its column under [columns] in corpus.toml), "
            "or delete its row in catalogue.csv, and what stands there is entered anew"
        )
    return (
        f"{name} is not the text catalogued: SHA-256 {found[:12]}…, the catalogue says "
        f"{wanted[:12]}…; restore it, or delete its row and import it again"
    )


def moved(catalogue: pd.DataFrame, rows: Mapping[str, str]) -> pd.DataFrame:
    """Set the lines at which texts stand anew in a catalogue.

    Parameters
    ----------
    catalogue : pandas.DataFrame
        The catalogue.
    rows : mapping of str to str
        SHA-256 to line, of those that are known.

    Returns
    -------
    pandas.DataFrame
        The catalogue; all else stays as it is.
    """
    named = zip(catalogue["sha256"], catalogue["row"], strict=True)
    return catalogue.assign(row=[rows.get(sha256, row) for sha256, row in named])


def new(
    catalogue: pd.DataFrame, folder: Path, *, columns: Mapping[str, Sequence[str]]
) -> tuple[pd.DataFrame, list[Text], list[str]]:
    """Find the texts of a folder that its catalogue lacks, and those that moved to other lines.

    Parameters
    ----------
    catalogue : pandas.DataFrame
        The catalogue.
    folder : Path
        Where the texts lie.
    columns : mapping of str to sequence of str
        The columns of rows as the corpus names them.

    Returns
    -------
    catalogue : pandas.DataFrame
        The catalogue with every ``row`` as found; that of a file which lacks a text stays.
    texts : list of Text
        Texts to be entered, in the order of their places.
    faults : list of str
        What cannot be entered, each with its name, what is wrong and what to do.
    """
    taken = _taken(catalogue, folder, columns)
    rows: dict[str, str] = {}
    for file, own in catalogue.groupby("file"):
        wanted = dict(zip(own["sha256"], own["row"], strict=True))
        found = lines(taken[file][0], wanted) if file in taken else {}
        if len(found) == len(wanted):
            rows |= found
        elif file in taken:
            lost = next(sha256 for sha256 in wanted if sha256 not in found)
            taken[file] = [], taken[file][1] or [_altered(file, wanted[lost], "", lost)]
    catalogue = moved(catalogue, rows)
    known, texts, faults = Known(catalogue, folder), list[Text](), list[str]()
    for those, more in taken.values():
        faults += more
        for one in those:
            if (there := known.where(one)) is None:
                known.add(one)
                texts.append(one)
            elif there != (one.file, one.row):
                faults.append(doubled(one.name, there))
    return catalogue, texts, faults


def _taken(
    catalogue: pd.DataFrame, folder: Path, columns: Mapping[str, Sequence[str]]
) -> dict[str, tuple[list[Text], list[str]]]:
    """Take the texts out of the files of a folder, but for those that are one catalogued text."""
    encodings = dict(zip(catalogue["file"], catalogue["encoding"], strict=True))
    taken: dict[str, tuple[list[Text], list[str]]] = {}
    for path in inside(folder):
        file = path.relative_to(folder).as_posix()
        if file in encodings and not holds_many(file):
            continue
        try:
            data, encoding = content(path, file), encodings.get(file, "")
            taken[file] = take(data, file, columns=columns, encoding=encoding)
        except PolythemesError as error:
            taken[file] = [], [str(error)]
    return taken
