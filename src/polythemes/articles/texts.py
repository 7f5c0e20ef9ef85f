"""Take the articles out of a file, whatever kind it is of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from polythemes.articles import html, rows
from polythemes.articles.bytes import decode, digest
from polythemes.articles.kinds import ALLOWED, is_place, kind
from polythemes.errors import PolythemesError


@dataclass(frozen=True)
class Text:
    """Hold an article as it was collected.

    Parameters
    ----------
    file : str
        Its place in the folder of texts.
    row : str
        The line at which it begins in a file of many; "" where the file is one article.
    sha256 : str
        Of the file's bytes, unpacked; of the text as UTF-8 where the file holds many.
    encoding : str
        Of the file.
    text : str
        Its characters.
    told : mapping of str to str
        What the file tells of it, by column of the catalogue.
    """

    file: str
    row: str
    sha256: str
    encoding: str
    text: str
    told: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Where it stands, as messages say it."""
        return f"{self.file}, line {self.row}" if self.row else self.file


def holds_many(file: str) -> bool:
    """Tell whether every row of a file is an article.

    Parameters
    ----------
    file : str
        Its name.

    Returns
    -------
    bool
        True for JSON lines and comma-separated values.
    """
    return kind(file) in (".jsonl", ".csv")


def take(
    data: bytes, file: str, *, columns: Mapping[str, str], encoding: str = ""
) -> tuple[list[Text], list[str]]:
    """Take the articles out of a file.

    Parameters
    ----------
    data : bytes
        What the file holds, unpacked.
    file : str
        Its place in the folder of texts.
    columns : mapping of str to str
        The columns of rows as the corpus names them.
    encoding : str
        The encoding that the catalogue names; "" to find it.

    Returns
    -------
    texts : list of Text
        The articles in the order they stand in.
    faults : list of str
        What is wrong with rows that are none.

    Raises
    ------
    PolythemesError
        If the file is of another kind, empty or no text, or has no column of text.
    """
    if not is_place(file):
        msg = f"{file!r} cannot be named in a catalogue; rename it without \\ and unseen characters"
        raise PolythemesError(msg)
    what = kind(file)
    if not what:
        msg = (
            f"{file} is of a kind that is not read; {ALLOWED} are: save its text as one of these, "
            "or take the file away"
        )
        raise PolythemesError(msg)
    if what in (".html", ".htm"):
        return [_page(data, file, encoding)], []
    text, encoding = decode(data, file, encoding=encoding)
    if not holds_many(file):
        return [Text(file, "", digest(data), encoding, text)], []
    found = (rows.json_lines if what == ".jsonl" else rows.table)(text, file, columns)
    if not found.found and not found.faults:
        msg = f"{file} has no row; put one for every article below the names of the columns"
        raise PolythemesError(msg)
    texts = [
        Text(file, str(number), digest(one.encode()), encoding, one, told)
        for number, one, told in found.found
    ]
    return texts, found.faults


def _page(data: bytes, file: str, encoding: str) -> Text:
    """Take the article out of a web page."""
    page, encoding = decode(data, file, encoding=encoding, hint=html.charset(data))
    text, told = html.read(page)
    if not text.strip():
        msg = (
            f"{file} is a page without a text to read; save the page with its text, or take it away"
        )
        raise PolythemesError(msg)
    return Text(file, "", digest(data), encoding, text, told)
