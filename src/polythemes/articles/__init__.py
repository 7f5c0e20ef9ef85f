"""Read a corpus's articles, check them against its catalogue, and find new ones."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from polythemes.articles.bytes import decode, digest
from polythemes.articles.catalogue import described
from polythemes.articles.catalogue import read as read_catalogue
from polythemes.articles.catalogue import write as write_catalogue
from polythemes.articles.kinds import ALLOWED, content, inside, kind, packed
from polythemes.articles.texts import Text, holds_many, take
from polythemes.errors import PolythemesError

__all__ = [
    "ALLOWED",
    "Text",
    "content",
    "decode",
    "described",
    "digest",
    "doubled",
    "files",
    "holds_many",
    "inside",
    "new",
    "packed",
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
    catalogue: pd.DataFrame, folder: Path, *, columns: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Read the texts of the catalogued articles.

    Parameters
    ----------
    catalogue : pandas.DataFrame
        The catalogue.
    folder : Path
        Where the texts lie.
    columns : mapping of str to str, optional
        The columns of rows as the corpus names them.

    Returns
    -------
    pandas.DataFrame
        The catalogue with the column ``text``, and with ``encoding`` as found where it was empty,
        sorted by ``article_id``.

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
            raise PolythemesError(_altered(file, digest(data), sha256))
        texts, _ = take(data, file, columns=columns or {}, encoding=encoding)
        found |= {(file, one.row, encoding): one for one in texts}
    catalogue = catalogue.sort_values("article_id", ignore_index=True)
    texts = []
    for row in catalogue.itertuples():
        one = found.get((row.file, row.row, row.encoding))
        if one is None or one.sha256 != row.sha256:
            name = f"{row.file}, line {row.row}" if row.row else row.file
            raise PolythemesError(_altered(name, one.sha256 if one else "", row.sha256))
        texts.append(one)
    return catalogue.assign(
        text=[one.text for one in texts], encoding=[one.encoding for one in texts]
    )


def _altered(name: str, found: str, wanted: str) -> str:
    """Say that a text is not the one catalogued, and what to do."""
    is_there = f"SHA-256 {found[:12]}…" if found else "there is no such text"
    return (
        f"{name} is not the text catalogued: {is_there}, the catalogue says {wanted[:12]}…; "
        "restore it, or delete its row and import it again"
    )


def doubled(name: str, other: str) -> str:
    """Say that a text is there already, and what to do.

    Parameters
    ----------
    name, other : str
        Where it stands, and where else.

    Returns
    -------
    str
        The message.
    """
    return f"{name} is the same text as {other} and is not entered twice; take one of the two away"


def new(
    catalogue: pd.DataFrame, folder: Path, *, columns: Mapping[str, str]
) -> tuple[list[Text], list[str]]:
    """Find the texts of a folder that its catalogue lacks.

    Parameters
    ----------
    catalogue : pandas.DataFrame
        The catalogue.
    folder : Path
        Where the texts lie.
    columns : mapping of str to str
        The columns of rows as the corpus names them.

    Returns
    -------
    texts : list of Text
        Texts to be entered, in the order of their places.
    faults : list of str
        What cannot be entered, each with its name, what is wrong and what to do.
    """
    texts, faults = list[Text](), list[str]()
    known = {
        sha256: f"{file}, line {row}" if row else file
        for sha256, file, row in zip(
            catalogue["sha256"], catalogue["file"], catalogue["row"], strict=True
        )
    }
    places = set(zip(catalogue["file"], catalogue["row"], strict=True))
    for path in inside(folder):
        file = path.relative_to(folder).as_posix()
        if (file, "") in places:
            continue
        try:
            found, more = take(content(path, file), file, columns=columns)
        except PolythemesError as error:
            faults.append(str(error))
            continue
        faults += more
        for one in found:
            same = known.setdefault(one.sha256, one.name)
            if (file, one.row) in places:
                continue
            if same == one.name:
                texts.append(one)
            else:
                faults.append(doubled(one.name, same))
    return texts, faults
