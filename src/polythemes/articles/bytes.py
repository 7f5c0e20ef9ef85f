"""Turn the bytes of a text into characters, and name them by their digest."""

from __future__ import annotations

import hashlib
import re

from polythemes.errors import PolythemesError
from polythemes.languages.text import HAN

#: Bytes that mark an encoding, the longer first.
MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
#: Control characters that may slip into a text of any length; a long one may hold more.
STRAY = 2
#: Characters that are frequent in every Chinese text and the same in both scripts.
FREQUENT = frozenset("的一是不了在人有我他上大中到地出以年就和可也子自生用好心多")
#: At least one Han character in so many is one of them.
RARE = 40
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
        The characters, with Unix line ends.
    encoding : str
        The encoding taken: the one its mark names, else UTF-8, else GB18030.

    Raises
    ------
    PolythemesError
        If the bytes are empty or are no text in any of these.

    Notes
    -----
    Almost any bytes are characters in GB18030. A Chinese text has one of 30 frequent characters
    among ten; other texts in an older encoding yield rare ones, and are refused.
    """
    marked = [encoding for mark, encoding in MARKS if data.startswith(mark)]
    for encoding in marked or ["utf-8", "gb18030"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _is_text(text) or (encoding == "gb18030" and not _is_chinese(text)):
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


def _is_text(text: str) -> bool:
    """Tell whether there are no more control characters than slip into a text."""
    found = CONTROL.findall(text)
    return "\x00" not in found and len(found) <= max(min(STRAY, len(text) / 50), len(text) / 1000)


def _is_chinese(text: str) -> bool:
    """Tell whether the Han characters of a text are spread as in Chinese, old or new script."""
    found = HAN.findall(text)
    return RARE * sum(character in FREQUENT for character in found) > len(found)
