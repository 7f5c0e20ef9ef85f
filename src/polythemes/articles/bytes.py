"""Turn the bytes of a text into characters, and name them by their digest."""

from __future__ import annotations

import hashlib
import re

from polythemes.errors import PolythemesError

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
        The characters, with Unix line ends.
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
