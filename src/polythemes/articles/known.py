"""Tell which texts a corpus holds already, whatever their line ends and encoding."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from polythemes.articles.bytes import digest
from polythemes.articles.kinds import content
from polythemes.articles.texts import Text, holds_many, place, plain
from polythemes.errors import PolythemesError


class Known:
    """Hold where the texts of a corpus stand.

    Parameters
    ----------
    catalogue : pandas.DataFrame
        The catalogue.
    folder : Path
        Where the texts lie; those that are missing are known by the digest of their bytes only.
    """

    def __init__(self, catalogue: pd.DataFrame, folder: Path) -> None:
        """Begin with what the catalogue says."""
        named = catalogue[["file", "row", "sha256", "encoding"]].itertuples(index=False)
        self._single: list[tuple[str, str, str]] = []
        self._catalogued: dict[str, tuple[str, str]] = {}
        self._others: dict[str, tuple[str, str]] = {}
        self._folder = folder
        for file, row, sha256, encoding in named:
            self._catalogued[sha256] = (file, row)
            if not holds_many(file):
                self._single.append((file, sha256, encoding))

    def at(self, sha256: str) -> tuple[str, str] | None:
        """Find where the text of a digest in the catalogue stands.

        Parameters
        ----------
        sha256 : str
            The digest, as the catalogue has it.

        Returns
        -------
        (str, str) or None
            Its file and row; None if there is none.
        """
        return self._catalogued.get(sha256)

    def where(self, one: Text) -> tuple[str, str] | None:
        """Find where a text stands already.

        Parameters
        ----------
        one : Text
            A text that is not catalogued.

        Returns
        -------
        (str, str) or None
            File and row of the same text; None if there is none.
        """
        if there := self._at_all(one.sha256):
            return there
        # Reading all texts takes time, and most runs bring no new one.
        while self._single:
            file, sha256, encoding = self._single.pop()
            try:
                data = content(self._folder / file, file)
                if digest(data) == sha256:
                    self._others.setdefault(plain(data, file, encoding), (file, ""))
            except PolythemesError:
                continue  # a text that is missing or damaged is told of where it is read
        return self._at_all(one.plain)

    def _at_all(self, sha256: str) -> tuple[str, str] | None:
        """Find where a text stands whose bytes or characters have a digest."""
        return self._catalogued.get(sha256) or self._others.get(sha256)

    def add(self, one: Text) -> None:
        """Add a text.

        Parameters
        ----------
        one : Text
            A text that stands nowhere else.
        """
        for sha256 in (one.sha256, one.plain):
            self._others.setdefault(sha256, (one.file, one.row))

    def move(self, rows: dict[str, str]) -> None:
        """Set the lines of texts anew.

        Parameters
        ----------
        rows : dict of str to str
            SHA-256 of catalogued texts to their lines.
        """
        for sha256, row in rows.items():
            self._catalogued[sha256] = (self._catalogued[sha256][0], row)


def doubled(name: str, there: tuple[str, str]) -> str:
    """Say that a text is there already, and what to do.

    Parameters
    ----------
    name : str
        Where it stands.
    there : (str, str)
        File and row of the one that counts.

    Returns
    -------
    str
        The message.
    """
    return (
        f"{name} is the same text as {place(*there)} and is not entered twice; take one of the two "
        "away"
    )
