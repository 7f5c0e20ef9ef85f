"""Read a corpus's articles and its catalogue, and bring new texts in."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pandas as pd

from polythemes.errors import PolythemesError, choices
from polythemes.tables import CONTRACTS, whole

COLUMNS = [*CONTRACTS["articles"], "note"]
SUFFIXES = (".txt", ".md")
#: A longer first line is no title.
LONGEST_TITLE = 200
DATE = re.compile(r"(?:\d{4}(?:-\d{2}(?:-\d{2})?)?)?")
#: Bytes that mark an encoding, the longer first.
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")


def digest(data: bytes) -> str:
    """Give the SHA-256 of a text's bytes.

    Parameters
    ----------
    data : bytes
        The file as it lies on disk.

    Returns
    -------
    str
        64 hexadecimal digits (FIPS 180-4).
    """
    return hashlib.sha256(data).hexdigest()


def decode(data: bytes, file: str) -> tuple[str, str]:
    """Turn the bytes of a text into characters.

    Parameters
    ----------
    data : bytes
        The file as it lies on disk.
    file : str
        Its name, for the error text.

    Returns
    -------
    text : str
        The characters, with ``\\n`` line ends.
    encoding : str
        The encoding taken: the one its mark names, else UTF-8, else GB18030.

    Raises
    ------
    PolythemesError
        If the bytes are empty or are no text in any of these.
    """
    marked = [encoding for mark, encoding in MARKS if data.startswith(mark)]
    for encoding in marked or ["utf-8", "gb18030"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(CONTROL.findall(text)) > len(text) / 1000:
            continue
        if not text.strip():
            msg = f"{file} is empty; an article needs text: take the file away or fill it"
            raise PolythemesError(msg)
        return text.replace("\r\n", "\n").replace("\r", "\n"), encoding
    msg = (
        f"{file} is not text: its bytes are neither UTF-8, UTF-16 nor GB18030; "
        "save it as UTF-8 text, or take the file away"
    )
    raise PolythemesError(msg)


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


def read_catalogue(path: Path) -> pd.DataFrame:
    """Read the catalogue of a corpus.

    Parameters
    ----------
    path : Path
        Its ``catalogue.csv``.

    Returns
    -------
    pandas.DataFrame
        One row an article, sorted by ``article_id``, every value a text; no rows if there is no
        such file.

    Raises
    ------
    PolythemesError
        If the file is not such a table, an id or a file stands twice, or a date is no ISO date.
    """
    if not path.exists():
        return pd.DataFrame(columns=COLUMNS, dtype=str)
    try:
        table = pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        reason = str(error).strip().splitlines()[0]
        msg = f"{path} is not a table of comma-separated values: {reason}; mend it as UTF-8 CSV"
        raise PolythemesError(msg) from error
    needed = ["article_id", "file", "sha256"]
    missing = [column for column in needed if column not in table.columns]
    if missing:
        msg = f"{path} lacks the columns {choices(missing)}; it holds {choices(COLUMNS)}"
        raise PolythemesError(msg)
    for column in needed:
        doubled = sorted(set(table.loc[table[column].duplicated(), column]))
        if doubled:
            msg = f"{path}: {column} {choices(doubled)} stands twice; keep one row each"
            raise PolythemesError(msg)
    table = table.reindex(columns=COLUMNS, fill_value="")
    bad = [date for date in table["date"] if not DATE.fullmatch(date)]
    if bad:
        msg = f"{path}: {choices(bad)} is no date; YYYY, YYYY-MM and YYYY-MM-DD are allowed"
        raise PolythemesError(msg)
    return table.sort_values("article_id", ignore_index=True)


def write_catalogue(table: pd.DataFrame, path: Path) -> None:
    """Write the catalogue of a corpus, sorted by ``article_id``.

    Parameters
    ----------
    table : pandas.DataFrame
        One row an article.
    path : Path
        Its ``catalogue.csv``.
    """
    table = table.reindex(columns=COLUMNS, fill_value="").sort_values("article_id")
    with whole(path) as scratch:
        table.to_csv(scratch, index=False, lineterminator="\n", encoding="utf-8")


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
    texts, encodings = [], []
    for file, sha256 in zip(catalogue["file"], catalogue["sha256"], strict=True):
        try:
            data = (folder / file).read_bytes()
        except OSError as error:
            msg = f"{folder / file} cannot be read; put it back, or take its row off the catalogue"
            raise PolythemesError(msg) from error
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


def identifiers(names: Sequence[str], taken: Iterable[str]) -> list[str]:
    """Give each new file an ``article_id``.

    Parameters
    ----------
    names : sequence of str
        File names.
    taken : iterable of str
        Ids that are in use.

    Returns
    -------
    list of str
        The first three digits of the name where it begins with three and they are free; else the
        next free number of three digits.
    """
    used, given = set(taken), []
    for name in names:
        found = re.match(r"\d{3}(?!\d)", name)
        number = found.group() if found else "000"
        while number in used:
            number = f"{int(number) + 1:03d}"
        used.add(number)
        given.append(number)
    return given


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
    content = {path.name: path.read_bytes() for path in found}
    for file, data in content.items():
        decode(data, file)
    return content


def rows(catalogue: pd.DataFrame, content: Mapping[str, bytes]) -> pd.DataFrame:
    """Describe new texts as a catalogue does, as far as the texts tell.

    Parameters
    ----------
    catalogue : pandas.DataFrame
        The catalogue so far.
    content : mapping of str to bytes
        File name to content.

    Returns
    -------
    pandas.DataFrame
        A catalogue row for each, with the column ``text``; the title is the first short line.

    Raises
    ------
    PolythemesError
        If a file or a text is in the catalogue already, or is no text.
    """
    names = sorted(content)
    known = dict(zip(catalogue["sha256"], catalogue["file"], strict=True))
    found = []
    for article_id, name in zip(identifiers(names, catalogue["article_id"]), names, strict=True):
        sha256 = digest(content[name])
        if sha256 in known or name in set(known.values()):
            same = known.get(sha256, name)
            msg = f"{name} is in the catalogue already, as {same}; take one of the two away"
            raise PolythemesError(msg)
        known[sha256] = name
        text = decode(content[name], name)[0]
        first = next(line.strip() for line in text.split("\n") if line.strip())
        title = first if len(first) <= LONGEST_TITLE else ""
        found.append([article_id, name, sha256, title, text])
    table = pd.DataFrame(found, columns=["article_id", "file", "sha256", "title", "text"])
    return table.reindex(columns=[*COLUMNS, "text"], fill_value="")
