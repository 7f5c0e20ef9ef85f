"""What encoders have made, kept on disk in files that are written once and never changed."""

from __future__ import annotations

import contextlib
import hashlib
import struct
import warnings
import zipfile
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

import numpy as np
from numpy.typing import NDArray

from polythemes.encoders import Encoder
from polythemes.errors import PolythemesError

#: Of this many files the small ones are merged into one: every read opens all files.
MANY = 64
#: Up to this many bytes a file is small.
SMALL = 16_000_000

#: What reading a damaged or foreign file can raise.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    TypeError,
    ValueError,
)

Rows = NDArray[np.int16]
Keys = NDArray[np.bytes_]


class CacheWarning(UserWarning):
    """Tell that a part of the cache cannot be used; the result is the same, only later."""


class VectorCache:
    """Keep the vectors of one state of one encoder in a folder.

    Each write makes one ``.npz`` file, named by its content, whole or not at all. So two
    processes may write at once without a lock, a process killed while it writes leaves nothing
    that is read, and the checksums of the zip format show a damaged file, which is dropped.
    Nothing is pickled. The folder may be deleted at any time.

    Parameters
    ----------
    folder : Path
        The folder that keeps the vectors of all encoders.
    encoder : Encoder
        The encoder, of which the name, the version and the dimensions count.
    """

    def __init__(self, folder: Path, encoder: Encoder) -> None:
        self.folder = folder / quote(f"{encoder.name}-{encoder.version}", safe="")
        self.dimensions = encoder.dimensions
        self._writable = True

    def read(self, keys: Sequence[str]) -> tuple[Rows, NDArray[np.bool_]]:
        """Look texts up.

        Parameters
        ----------
        keys : sequence of str of length n
            SHA-256 of the texts as 64 hexadecimal digits, sorted, none twice.

        Returns
        -------
        rows : ndarray of int16, shape (n, dimensions)
            What was kept, in thousandths; zero where nothing was.
        found : ndarray of bool, shape (n,)
            Where something was.
        """
        rows = np.zeros((len(keys), self.dimensions), dtype=np.int16)
        found = np.zeros(len(keys), dtype=bool)
        wanted = np.array(keys, dtype="S64")
        for path in self._files() if keys else ():
            held, values = self._open(path, wanted)
            at = np.searchsorted(wanted, held).clip(max=len(wanted) - 1)
            hits = (wanted[at] == held) & ~found[at]
            rows[at[hits]] = values[hits]
            found[at[hits]] = True
        return rows, found

    def write(self, keys: Sequence[str], rows: Rows) -> bool:
        """Keep vectors.

        Parameters
        ----------
        keys : sequence of str of length n
            SHA-256 of the texts as 64 hexadecimal digits.
        rows : ndarray of int16, shape (n, dimensions)
            Their vectors, in thousandths.

        Returns
        -------
        bool
            Whether they were kept; where not, a :class:`CacheWarning` says why, once.
        """
        if not self._writable:
            return False
        try:
            self._save(np.array(keys, dtype="S64"), rows)
            self._merge()
        except (PolythemesError, OSError) as error:
            msg = f"vectors are not kept: {error}; they are made again next time"
            warnings.warn(msg, CacheWarning, stacklevel=2)
            self._writable = False
        return self._writable

    def _files(self) -> list[Path]:
        """List the files in an order that does not depend on the file system."""
        return sorted(self.folder.glob("[!.]*.npz"))

    def _open(self, path: Path, wanted: Keys | None = None) -> tuple[Keys, Rows]:
        """Read a file, or only its keys where it holds none that are wanted."""
        nothing = np.empty(0, dtype="S64"), np.empty((0, self.dimensions), dtype=np.int16)
        try:
            with path.open("rb") as stream, np.load(stream, allow_pickle=False) as parts:
                keys = _checked(parts["keys"], np.dtype("S64"), (None,))
                if wanted is not None and not np.isin(keys, wanted, kind="sort").any():
                    return nothing
                shape = (len(keys), self.dimensions)
                return keys, _checked(parts["thousandths"], np.dtype(np.int16), shape)
        except FileNotFoundError:
            return nothing  # another process has just merged it into a new file
        except DAMAGE:
            self._drop(path)
        except OSError as error:
            msg = f"{path} cannot be read: {error.strerror or error}; its vectors are made again"
            warnings.warn(msg, CacheWarning, stacklevel=4)
        return nothing

    def _drop(self, path: Path) -> None:
        """Remove a damaged file and say so."""
        msg = f"{path} is damaged; it is removed and its vectors are made again"
        warnings.warn(msg, CacheWarning, stacklevel=5)
        _remove(path)

    def _save(self, keys: Keys, rows: Rows) -> Path:
        """Write one file, named by its content."""
        from polythemes import tables  # it takes a second, which no encoding process needs

        order = np.argsort(keys)
        keys, rows = keys[order], np.ascontiguousarray(rows[order])
        name = hashlib.sha256(keys.tobytes() + rows.tobytes()).hexdigest()[:32]
        path = self.folder / f"{name}.npz"
        with tables.whole(path) as scratch:
            np.savez(scratch, keys=keys, thousandths=rows)
        return path

    def _merge(self) -> None:
        """Put small files together where there are many."""
        files = self._files()
        if len(files) <= MANY:
            return
        opened = {path: self._open(path) for path in files if _size(path) <= SMALL}
        held = {path: parts for path, parts in opened.items() if len(parts[0])}
        if len(held) <= 1:
            return
        keys = np.concatenate([keys for keys, _ in held.values()])
        rows = np.concatenate([rows for _, rows in held.values()])
        keys, first = np.unique(keys, return_index=True)
        merged = self._save(keys, rows[first])
        for path in set(held) - {merged}:
            _remove(path)


def _remove(path: Path) -> None:
    """Remove a file; one that cannot be removed does no harm."""
    with contextlib.suppress(OSError):
        path.unlink()


def _size(path: Path) -> int:
    """Size of a file in bytes, 0 where another process has just removed it."""
    try:
        return path.stat().st_size
    except FileNotFoundError:
        return 0


def _checked(array: Any, kind: np.dtype[Any], shape: tuple[int | None, ...]) -> Any:
    """Hold what a file held to what it must be; None allows any length."""
    fits = len(array.shape) == len(shape) and all(
        wanted in {None, got} for wanted, got in zip(shape, array.shape, strict=True)
    )
    if not fits or array.dtype != kind:
        msg = f"{array.dtype} {array.shape}"
        raise ValueError(msg)
    return array
