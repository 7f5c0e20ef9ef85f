"""Sort the files that are to be brought in: what is known, what is new, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from polythemes import articles
from polythemes.articles import Text
from polythemes.errors import PolythemesError


@dataclass(frozen=True)
class Incoming:
    """Hold what is to be brought in.

    Parameters
    ----------
    files : dict of str to bytes
        What goes into the corpus's folder: place to content, unpacked.
    new : list of Text
        The texts among it that the catalogue lacks.
    faults : list of str
        What is left out, each with its name, what is wrong and what to do.
    rows : dict of str to str
        SHA-256 of catalogued texts to the lines at which they stand in what comes.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    new: list[Text] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    rows: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Place:
    """Hold where files come from and go to.

    Parameters
    ----------
    names : set of str
        Places of the files that come.
    texts : Path
        The corpus's folder of texts.
    rows : dict of str to dict of str to str
        What is catalogued: file to SHA-256 to row.
    known : Known
        The texts of the corpus; what comes is added.
    columns : mapping of str to sequence of str
        The columns of rows as the corpus names them.
    """

    names: set[str]
    texts: Path
    rows: dict[str, dict[str, str]]
    known: articles.Known
    columns: Mapping[str, Sequence[str]]


def sort(
    table: pd.DataFrame, folder: Path, texts: Path, *, columns: Mapping[str, Sequence[str]]
) -> Incoming:
    """Sort the files of a folder.

    Parameters
    ----------
    table : pandas.DataFrame
        The catalogue of the corpus.
    folder : Path
        What is to be brought in.
    texts : Path
        The corpus's folder of texts.
    columns : mapping of str to sequence of str
        The columns of rows as the corpus names them.

    Returns
    -------
    Incoming
        The files in the order of their places.
    """
    files = {path.relative_to(folder).as_posix(): path for path in articles.inside(folder)}
    place = Place(set(files), texts, {}, articles.Known(table, texts), columns)
    for file, row, sha256 in table[["file", "row", "sha256"]].itertuples(index=False):
        place.rows.setdefault(file, {})[sha256] = row
    found = Incoming()
    for file, path in files.items():
        take = _many if articles.holds_many(file) else _single
        try:
            take(found, place, file, articles.content(path, file))
        except PolythemesError as error:
            found.faults.append(str(error))
    return found


def holds(texts: Path, file: str, data: bytes) -> bool:
    """Tell whether a file is there and whole.

    Parameters
    ----------
    texts : Path
        The corpus's folder of texts.
    file : str
        Its place in it.
    data : bytes
        What it should hold, unpacked.

    Returns
    -------
    bool
        True if it holds that.
    """
    try:
        return (texts / file).is_file() and articles.content(texts / file, file) == data
    except PolythemesError:
        return False


def _single(found: Incoming, place: Place, file: str, data: bytes) -> None:
    """Sort a file that is one article."""
    sha256 = articles.digest(data)
    if there := place.known.at(sha256):
        target, row = there
        elsewhere = target in place.names or holds(place.texts, target, data)
        if row or (target != file and elsewhere):
            raise PolythemesError(articles.doubled(file, there))
        found.files[target] = data
        return
    (one,), _ = articles.take(data, file, columns=place.columns)
    there = place.known.where(one)
    if there == (file, "") and file in place.rows:
        # Saved otherwise, as with other line ends: what is there stays.
        found.files[file] = articles.content(place.texts / file, file)
    elif there:
        raise PolythemesError(articles.doubled(file, there))
    elif file in place.rows:
        raise PolythemesError(_another(f"{file} is not the text catalogued under that name", file))
    else:
        _add(found, place, data, [one])
        place.known.add(one)


def _many(found: Incoming, place: Place, file: str, data: bytes) -> None:
    """Sort a file of which every row is an article."""
    texts, faults = articles.take(data, file, columns=place.columns)
    wanted = place.rows.get(file, {})
    rows = articles.lines(texts, wanted)
    lost = next((row for sha256, row in wanted.items() if sha256 not in rows), None)
    if lost is not None:
        what = (
            f"{articles.place(file, lost)}: the text catalogued there is not in the file that comes"
        )
        raise PolythemesError(_another(what, file))
    found.faults.extend(faults)
    found.rows.update(rows)
    place.known.move(rows)
    fresh = []
    for one in texts:
        there = place.known.where(one)
        if there is None:
            place.known.add(one)
            fresh.append(one)
        elif there != (file, one.row):
            found.faults.append(articles.doubled(one.name, there))
    if wanted:
        found.files[file] = data
        found.new.extend(fresh)
    elif fresh:
        _add(found, place, data, fresh)


def _add(found: Incoming, place: Place, data: bytes, texts: list[Text]) -> None:
    """Add a file that is not catalogued, unless another one lies in its place."""
    file = texts[0].file
    if (place.texts / file).exists() and not holds(place.texts, file, data):
        msg = (
            f"{file} would overwrite another file of that name in {place.texts}, which is not "
            "catalogued; take that one away, or rename this one"
        )
        raise PolythemesError(msg)
    found.files[file] = data
    found.new.extend(texts)


def _another(what: str, file: str) -> str:
    """Say that a file is not the one of that name, and what to do."""
    return f"{what}; rename {file} to enter it as another article"
