"""Read a corpus's articles, check them against its catalogue, and collect new ones."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from polythemes.articles.bytes import decode, digest
from polythemes.articles.catalogue import read as read_catalogue
from polythemes.articles.catalogue import rows
from polythemes.articles.catalogue import write as write_catalogue
from polythemes.errors import PolythemesError, choices

__all__ = [
    "collect",
    "decode",
    "digest",
    "files",
    "present",
    "read",
    "read_catalogue",
    "rows",
    "write_catalogue",
]

SUFFIXES = (".txt", ".md")


def files(folder: Path) -> list[Path]:
    """List the article texts of a folder.

    Parameters
    ----------
    folder : Path
        Where the texts lie.

    Returns
    -------
    list of Path
        Its ``.txt`` and ``.md`` files, sorted by name; hidden ones and READMEs left out.
    """
    if not folder.is_dir():
        return []
    return sorted(
        path
        for path in folder.iterdir()
        if path.suffix.lower() in SUFFIXES
        and not path.name.startswith(".")
        and path.stem.upper() != "README"
        and path.is_file()
    )


def _bytes(path: Path) -> bytes:
    """Read a file, or say why not."""
    try:
        return path.read_bytes()
    except OSError as error:
        msg = (
            f"{path} cannot be read: {error.strerror}; give a readable file, or take it away "
            "(and its row in catalogue.csv)"
        )
        raise PolythemesError(msg) from error


def present(catalogue: pd.DataFrame, folder: Path) -> list[str]:
    """List the catalogued articles whose texts are at hand.

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
    there = {path.name for path in files(folder)}
    return sorted(catalogue.loc[catalogue["file"].isin(there), "article_id"])


def read(catalogue: pd.DataFrame, folder: Path) -> pd.DataFrame:
    """Read the texts of the catalogued articles.

    Parameters
    ----------
    catalogue : pandas.DataFrame
        The catalogue.
    folder : Path
        Where the texts lie.

    Returns
    -------
    pandas.DataFrame
        The catalogue with the columns ``text`` and ``encoding``, sorted by ``article_id``.

    Raises
    ------
    PolythemesError
        If a text is missing, is no text, or is not the one that was catalogued.
    """
    catalogue = catalogue.sort_values("article_id", ignore_index=True)
    texts, encodings = [], []
    for file, sha256 in zip(catalogue["file"], catalogue["sha256"], strict=True):
        data = _bytes(folder / file)
        if digest(data) != sha256:
            msg = (
                f"{file} is not the text catalogued: SHA-256 {digest(data)[:12]}…, the catalogue "
                f"says {sha256[:12]}…; restore it, or delete its row and import it again"
            )
            raise PolythemesError(msg)
        text, encoding = decode(data, file)
        texts.append(text)
        encodings.append(encoding)
    return catalogue.assign(text=texts, encoding=encodings)


def collect(folder: Path) -> dict[str, bytes]:
    """Read the files that are to be brought in.

    Parameters
    ----------
    folder : Path
        Where they lie.

    Returns
    -------
    dict of str to bytes
        File name to content, sorted by name; every one is text.

    Raises
    ------
    PolythemesError
        If the folder is missing or holds no article text, or a file is no text.
    """
    if not folder.is_dir():
        msg = f"{folder} is not a folder; give the folder that holds the article texts"
        raise PolythemesError(msg)
    found = files(folder)
    if not found:
        msg = f"{folder} holds no article text; {choices(SUFFIXES)} files are read: put some there"
        raise PolythemesError(msg)
    content = {path.name: _bytes(path) for path in found}
    for file, data in content.items():
        decode(data, file)
    return content
