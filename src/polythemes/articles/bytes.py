"""Turn the bytes of a text into characters, and name them by their digest."""

from __future__ import annotations

import hashlib
import re

from polythemes.articles import encodings
from polythemes.errors import PolythemesError

#: Bytes that mark an encoding, the longer first.
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
#: What pages name by an older name: the encoding that holds all of it.
SAME = {
    "big5": "big5hkscs",
    "euc-kr": "cp949",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "iso-8859-1": "windows-1252",
    "iso-8859-8-i": "iso-8859-8",
    "iso-8859-9": "windows-1254",
    "ks_c_5601-1987": "cp949",
    "latin1": "windows-1252",
    "shift-jis": "cp932",
    "shift_jis": "cp932",
    "us-ascii": "windows-1252",
    "windows-874": "cp874",
    "x-sjis": "cp932",
}
#: Control characters that may slip into a text of any length; a long one may hold more.
STRAY = 2
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


def decode(data: bytes, file: str, *, encoding: str = "", hint: str = "") -> tuple[str, str]:
    """Turn the bytes of a text into characters.

    Parameters
    ----------
    data : bytes
        The file as it lies on disk.
    file : str
        Its name, for the error text.
    encoding : str
        The encoding that the catalogue names; "" to find it.
    hint : str
        The encoding that the text itself names, which counts where it is not UTF-8 and makes the
        letters of a language (:func:`polythemes.articles.encodings.told`).

    Returns
    -------
    text : str
        The characters, with Unix line ends.
    encoding : str
        The encoding taken: the one given, else the one its mark names, else UTF-8, else the one
        hinted at, else the most plausible (:func:`polythemes.articles.encodings.guess`).

    Raises
    ------
    PolythemesError
        If the bytes are empty, or are no text in any of these.
    """
    text, found = _given(data, file, encoding) if encoding else _found(data, file, hint)
    if not text.strip():
        msg = f"{file} is empty; an article needs text: take the file away or fill it"
        raise PolythemesError(msg)
    return text.replace("\r\n", "\n").replace("\r", "\n"), found


def _given(data: bytes, file: str, encoding: str) -> tuple[str, str]:
    """Decode as the catalogue says."""
    text = _strictly(data, encoding)
    if text is None:
        msg = (
            f"{file} is not {encoding}, the encoding that catalogue.csv names; write the right one "
            "there, or nothing to have it found"
        )
        raise PolythemesError(msg)
    # An editor may have put the mark before a file of many since.
    return text.removeprefix("\ufeff"), encoding


def _found(data: bytes, file: str, hint: str) -> tuple[str, str]:
    """Decode as the bytes tell."""
    marked = next((encoding for mark, encoding in MARKS if data.startswith(mark)), "")
    text = _strictly(data, marked or "utf-8")
    if text is not None:
        return text, marked or "utf-8"
    named = encodings.told(data, SAME.get(hint, hint)) if hint and not marked else None
    guess = named or (None if marked else encodings.guess(data))
    if guess is not None and is_text(guess.text):
        return guess.text, guess.encoding
    what = "is not text but a binary file"
    if is_text(data.decode("latin-1")):
        what = "is in none of the encodings known (UTF-8, GB18030, Big5, Windows-1252 ...)"
    msg = f"{file} {what}; save it as UTF-8 text, or take the file away"
    raise PolythemesError(msg)


def _strictly(data: bytes, encoding: str) -> str | None:
    """Decode where every byte fits and the characters are those of a text."""
    try:
        text = data.decode(encoding)
    except (LookupError, ValueError):
        return None
    return text if is_text(text) else None


def is_text(text: str) -> bool:
    """Tell whether there are no more control characters than slip into a text.

    Parameters
    ----------
    text : str
        The characters.

    Returns
    -------
    bool
        False where there are more, or one is NUL.
    """
    found = CONTROL.findall(text)
    return "\x00" not in found and len(found) <= max(min(STRAY, len(text) / 50), len(text) / 1000)
