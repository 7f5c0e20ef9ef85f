"""Sort the files that are to be brought in: what is known, what is new, what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
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
    """

    files: dict[str, bytes] = field(default_factory=dict)
    new: list[Text] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


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
        What is catalogued: file to row to SHA-256.
    known : dict of str to (str, str)
        SHA-256 to file and row; what comes is added.
    columns : mapping of str to str
        The columns of rows as the corpus names them.
    """

    names: set[str]
    texts: Path
    rows: dict[str, dict[str, str]]
    known: dict[str, tuple[str, str]]
    columns: Mapping[str, str]


def sort(table: pd.DataFrame, folder: Path, texts: Path, *, columns: Mapping[str, str]) -> Incoming:
    """Sort the files of a folder.

    Parameters
    ----------
    table : pandas.DataFrame
        The catalogue of the corpus.
    folder : Path
        What is to be brought in.
    texts : Path
        The corpus's folder of texts.
    columns : mapping of str to str
        The columns of rows as the corpus names them.

    Returns
    -------
    Incoming
        The files in the order of their places.
    """
    files = {path.relative_to(folder).as_posix(): path for path in articles.inside(folder)}
    place = Place(set(files), texts, {}, {}, columns)
    for file, row, sha256 in table[["file", "row", "sha256"]].itertuples(index=False):
        place.rows.setdefault(file, {})[row] = sha256
        place.known[sha256] = (file, row)
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
    if sha256 in place.known:
        target, row = place.known[sha256]
        elsewhere = target in place.names or holds(place.texts, target, data)
        if row or (target != file and elsewhere):
            raise PolythemesError(_same(file, target, row))
        found.files[target] = data
        return
    if file in place.rows:
        raise PolythemesError(_another(file, file))
    texts, _ = articles.take(data, file, columns=place.columns)
    _add(found, place, data, texts)


def _many(found: Incoming, place: Place, file: str, data: bytes) -> None:
    """Sort a file of which every row is an article."""
    texts, faults = articles.take(data, file, columns=place.columns)
    wanted, there = place.rows.get(file, {}), {one.row: one.sha256 for one in texts}
    for row, sha256 in wanted.items():
        if there.get(row) != sha256:
            raise PolythemesError(_another(f"{file}, line {row}," if row else file, file))
    found.faults.extend(faults)
    fresh = []
    for one in texts:
        if one.row in wanted:
            continue
        if one.sha256 in place.known:
            found.faults.append(_same(one.name, *place.known[one.sha256]))
        else:
            place.known[one.sha256] = (file, one.row)
            fresh.append(one)
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
    place.known.update({one.sha256: (file, one.row) for one in texts})
    found.files[file] = data
    found.new.extend(texts)


def _same(name: str, file: str, row: str) -> str:
    """Say that a text is there already."""
    return articles.doubled(name, f"{file}, line {row}" if row else file)


def _another(name: str, file: str) -> str:
    """Say that a text is not the one of that name."""
    return (
        f"{name} is not the text catalogued under that name; rename {file} to enter it as another "
        "article"
    )
