"""Take the articles out of a file, whatever kind it is of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from polythemes.articles import html, markdown, rows
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
    plain : str
        SHA-256 of its characters as UTF-8 with Unix line ends: the same however it was saved; of
        the whole page where it is one, and of a Markdown text with its marks.
    told : mapping of str to str
        What the file tells of it, by column of the catalogue.
    """

    file: str
    row: str
    sha256: str
    encoding: str
    text: str
    plain: str
    told: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """Where it stands, as messages say it."""
        return place(self.file, self.row)


def place(file: str, row: str) -> str:
    """Say where a text stands.

    Parameters
    ----------
    file : str
        Its file.
    row : str
        The line at which it begins in a file of many; "" where the file is one article.

    Returns
    -------
    str
        The words for messages.

    Examples
    --------
    >>> place("a.csv", "3"), place("a.txt", "")
    ('a.csv, line 3', 'a.txt')
    """
    return f"{file}, line {row}" if row else file


def lines(texts: Sequence[Text], wanted: Mapping[str, str]) -> dict[str, str]:
    """Find the lines at which catalogued texts stand now, as a file may have been mended.

    Parameters
    ----------
    texts : sequence of Text
        The texts of a file, in the order they stand in.
    wanted : mapping of str to str
        What the catalogue says of the file: SHA-256 to line.

    Returns
    -------
    dict of str to str
        SHA-256 to line of those that are there: the line wanted where the text stands there still,
        else the first one that holds it.
    """
    first = {one.sha256: one.row for one in reversed(texts)}
    still = {(one.sha256, one.row) for one in texts} & set(wanted.items())
    return {sha256: row for sha256, row in first.items() if sha256 in wanted} | dict(still)


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
    data: bytes, file: str, *, columns: Mapping[str, Sequence[str]], encoding: str = ""
) -> tuple[list[Text], list[str]]:
    """Take the articles out of a file.

    Parameters
    ----------
    data : bytes
        What the file holds, unpacked.
    file : str
        Its place in the folder of texts.
    columns : mapping of str to sequence of str
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
        words, told = text, dict[str, str]()
        if what == ".md":
            words, found = markdown.read(text)
            told = rows.told(found, columns)
        return [Text(file, "", digest(data), encoding, words, _digest(text), told)], []
    many = (rows.json_lines if what == ".jsonl" else rows.table)(text, file, columns)
    if not many.found and not many.faults:
        msg = f"{file} has no row; put one for every article below the names of the columns"
        raise PolythemesError(msg)
    texts = [
        Text(file, str(number), _digest(one), encoding, one, _digest(one), told)
        for number, one, told in many.found
    ]
    return texts, many.faults


def plain(data: bytes, file: str, encoding: str) -> str:
    """Give the digest of a file's characters, the same however it was saved.

    Parameters
    ----------
    data : bytes
        What the file holds, unpacked.
    file : str
        Its place in the folder of texts.
    encoding : str
        The encoding that the catalogue names; "" to find it.

    Returns
    -------
    str
        SHA-256 of them as UTF-8 with Unix line ends.

    Raises
    ------
    PolythemesError
        If the file is empty or no text.
    """
    return _digest(decode(data, file, encoding=encoding, hint=html.charset(data))[0])


def _digest(text: str) -> str:
    """Give the SHA-256 of characters."""
    return digest(text.encode("utf-8", "surrogatepass"))


def _page(data: bytes, file: str, encoding: str) -> Text:
    """Take the article out of a web page."""
    page, encoding = decode(data, file, encoding=encoding, hint=html.charset(data))
    text, told = html.read(page)
    if not text.strip():
        msg = (
            f"{file} is a page without a text to read; save the page with its text, or take it away"
        )
        raise PolythemesError(msg)
    return Text(file, "", digest(data), encoding, text, _digest(page), told)
