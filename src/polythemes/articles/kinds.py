"""The files that are read, by the ends of their names."""

from __future__ import annotations

import gzip
import io
import os
import re
import zlib
from pathlib import Path, PurePosixPath

from polythemes.errors import PolythemesError, choices

#: What a file may be; each also with .gz behind.
KINDS = (".txt", ".md", ".html", ".htm", ".jsonl", ".csv")
ALLOWED = f"{choices(KINDS)}, each also with .gz,"
PACKED = ".gz"
#: A drive of Windows or its separator, control characters, bytes that are no UTF-8.
FORBIDDEN = re.compile(r"^[A-Za-z]:|[\\\x00-\x1f\x7f\ud800-\udfff]")
#: Bytes that a file may unpack to: no corpus of texts is as large, a bomb is.
LARGEST = 2**30


def kind(file: str) -> str:
    """Tell of which kind a file is.

    Parameters
    ----------
    file : str
        Its name.

    Returns
    -------
    str
        One of ``KINDS``, whether packed or not; "" for another.
    """
    plain = PurePosixPath(file.lower().removesuffix(PACKED))
    return plain.suffix if plain.suffix in KINDS else ""


def is_place(file: str) -> bool:
    """Tell whether a file's name is a place inside a folder, on any system.

    Parameters
    ----------
    file : str
        Its place, the folders separated by strokes.

    Returns
    -------
    bool
        False for a path that leads out, and for characters that some system or table cannot hold.

    Examples
    --------
    >>> is_place("de/a: b.txt"), is_place("../a.txt"), is_place("C:a.txt")
    (True, False, False)
    """
    parts = PurePosixPath(file).parts
    plain = "/".join(parts) == file and parts[:1] != ("/",) and not {".", ".."} & set(parts)
    return bool(file) and plain and not FORBIDDEN.search(file)


def inside(folder: Path) -> list[Path]:
    """List the files of a folder and of its subfolders.

    Parameters
    ----------
    folder : Path
        The folder, which may be missing.

    Returns
    -------
    list of Path
        Every file in the order of its place as text, and folders that cannot be looked into, which
        reading tells of; hidden ones, those in hidden folders and READMEs left out.
    """
    found = {path.relative_to(folder).as_posix(): path for path in folder.rglob("*")}
    return [
        path
        for place, path in sorted(found.items())
        if not any(part.startswith(".") for part in place.split("/"))
        and path.name.split(".")[0].upper() != "README"
        and _is_read(path)
    ]


def _is_read(path: Path) -> bool:
    """Tell whether a path is a file, or a folder that keeps its own from us."""
    try:
        return path.is_file() or (path.is_dir() and not os.access(path, os.R_OK | os.X_OK))
    except PermissionError:
        return False  # it stands in such a folder


def content(path: Path, file: str) -> bytes:
    """Read a file, unpacked where it is packed.

    Parameters
    ----------
    path : Path
        The file.
    file : str
        Its name, for the error text.

    Returns
    -------
    bytes
        What it holds.

    Raises
    ------
    PolythemesError
        If it cannot be read or unpacked.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        msg = (
            f"{file} cannot be read: {error.strerror}; give a readable file, or take it away "
            "(and its row in catalogue.csv)"
        )
        raise PolythemesError(msg) from error
    return unpacked(data, file) if file.lower().endswith(PACKED) else data


def unpacked(data: bytes, file: str) -> bytes:
    """Unpack the bytes of a gzip file.

    Parameters
    ----------
    data : bytes
        The file as it lies on disk.
    file : str
        Its name, for the error text.

    Returns
    -------
    bytes
        What it holds.

    Raises
    ------
    PolythemesError
        If it is damaged, no gzip file, or holds a gigabyte or more.
    """
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            found = packed.read(LARGEST)
    except (OSError, EOFError, zlib.error) as error:
        msg = f"{file} is no whole gzip file: {error}; fetch it anew, or put it there unpacked"
        raise PolythemesError(msg) from error
    if len(found) == LARGEST:
        msg = f"{file} unpacks to {LARGEST} bytes or more; cut it into smaller files"
        raise PolythemesError(msg)
    return found


def packed(data: bytes, file: str) -> bytes:
    """Pack bytes as the name of a file asks for, always in the same way.

    Parameters
    ----------
    data : bytes
        What the file is to hold.
    file : str
        Its name.

    Returns
    -------
    bytes
        The bytes to write.
    """
    return gzip.compress(data, mtime=0) if file.lower().endswith(PACKED) else data
