"""Models that lie in a folder of this machine: find them, tell them apart, open them offline."""

from __future__ import annotations

import hashlib
import importlib
import os
from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Any, ClassVar, Self

import numpy as np
from numpy.typing import NDArray

from polythemes import paths
from polythemes.errors import PolythemesError

#: What tells the Hugging Face packages to stay off the network.
OFFLINE = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}


@dataclass(frozen=True)
class FolderEncoder(ABC):
    """Encode texts with a model from a folder; what is common to every package that reads one.

    Parameters
    ----------
    folder : Path
        The model's folder.
    version : str
        The state of the folder and of the package.
    """

    folder: Path
    version: str
    name: ClassVar[str]

    @classmethod
    def find(cls, folder: Path) -> Self:
        """Name the state of the model without loading it.

        Parameters
        ----------
        folder : Path
            The model's folder.

        Returns
        -------
        FolderEncoder
            The encoder.

        Raises
        ------
        PolythemesError
            If the package is not installed or the folder cannot be read.
        """
        return cls(folder, version(folder, cls.name))

    @property
    @abstractmethod
    def dimensions(self) -> int:
        """Length of a vector; the model is loaded for it."""

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts.

        Parameters
        ----------
        texts : sequence of str of length n
            The texts.

        Returns
        -------
        ndarray of float32, shape (n, dimensions)
            Their vectors.

        Raises
        ------
        PolythemesError
            If the folder holds no model that can be read.
        """
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        return np.asarray(self._vectors(list(texts)), dtype=np.float32)

    @abstractmethod
    def _vectors(self, texts: list[str]) -> Any:
        """Encode texts, at least one."""


def find(kind: str, given: str) -> Path:
    """Find the folder of a model.

    Parameters
    ----------
    kind : str
        The encoder that the model is for, which is also the extra to install.
    given : str
        The folder: absolute, or relative to the project folder.

    Returns
    -------
    Path
        The folder, absolute.

    Raises
    ------
    PolythemesError
        If there is no such folder, as when the name of a model on a hub is given.
    """
    path = Path(given).expanduser()
    folder = path if path.is_absolute() else paths.root() / path
    if folder.is_dir():
        return folder.resolve()
    msg = (
        f"{kind}:{given}: no folder {folder}; only a folder on this machine is allowed, "
        "nothing is downloaded; fetch the model yourself and give its folder"
    )
    raise PolythemesError(msg)


def version(folder: Path, package: str) -> str:
    """Name the state of a model: its files and the package that reads them.

    Parameters
    ----------
    folder : Path
        The model's folder.
    package : str
        The package, which is also the extra to install.

    Returns
    -------
    str
        16 hexadecimal digits of a SHA-256 over the files' names and contents, ``-``, and the
        package's version. Hidden files and Markdown do not count: they change no vector.

    Raises
    ------
    PolythemesError
        If the package is not installed or a file cannot be read.
    """
    try:
        release = metadata.version(package)
    except metadata.PackageNotFoundError as error:
        raise PolythemesError(missing(package, "it is not installed")) from error
    total = hashlib.sha256()
    try:
        for name, path in _files(folder):
            with path.open("rb") as stream:
                total.update(
                    f"{name}\0{hashlib.file_digest(stream, 'sha256').hexdigest()}\n".encode()
                )
    except OSError as error:
        raise PolythemesError(unreadable(package, folder, error)) from error
    return f"{total.hexdigest()[:16]}-{release}"


def _files(folder: Path) -> list[tuple[str, Path]]:
    """List the files of a model that may change its vectors, by their names in it."""
    found = [(path.relative_to(folder), path) for path in folder.rglob("*") if path.is_file()]
    return sorted(
        (name.as_posix(), path)
        for name, path in found
        if name.suffix != ".md" and not any(part.startswith(".") for part in name.parts)
    )


def missing(package: str, reason: object) -> str:
    """Say that the package of an extra cannot be used.

    Parameters
    ----------
    package : str
        The package, which is also the extra to install.
    reason : object
        Why not.

    Returns
    -------
    str
        One line that names the command to run.
    """
    return f'{package} cannot be used: {reason}; run `pip install "polythemes[{package}]"`'


def unreadable(kind: str, folder: Path, reason: object) -> str:
    """Say that a folder holds no model that can be read.

    Parameters
    ----------
    kind : str
        The encoder that the model is for.
    folder : Path
        The folder.
    reason : object
        Why not, of which the first line is shown.

    Returns
    -------
    str
        One line.
    """
    first = (str(reason).splitlines() or [type(reason).__name__])[0]
    return f"{folder} holds no {kind} model that can be read: {first}; give a whole model's folder"


def module(name: str, package: str) -> Any:
    """Import a package that is installed only where it is wanted.

    Parameters
    ----------
    name : str
        The module.
    package : str
        Its package, which is also the extra to install.

    Returns
    -------
    module
        The module.

    Raises
    ------
    PolythemesError
        If it cannot be imported.
    """
    try:
        return importlib.import_module(name)
    except ImportError as error:
        raise PolythemesError(missing(package, error)) from error


@contextmanager
def opening(kind: str, folder: Path) -> Iterator[None]:
    """Open a model offline.

    Parameters
    ----------
    kind : str
        The encoder that the model is for.
    folder : Path
        The folder.

    Yields
    ------
    None
        While the model is being loaded.

    Raises
    ------
    PolythemesError
        If it cannot be: the packages raise many kinds of error for a damaged file.
    """
    try:
        with offline():
            yield
    except Exception as error:
        raise PolythemesError(unreadable(kind, folder, error)) from error


@contextmanager
def offline() -> Iterator[None]:
    """Keep the Hugging Face packages off the network for a while, then put all back.

    Yields
    ------
    None
        Every request that they try meanwhile fails at once.
    """
    # The variables are read once, at import; what counts after that is this constant.
    constants: Any = importlib.import_module("huggingface_hub.constants")
    switch = constants.HF_HUB_OFFLINE
    before = {key: os.environ.get(key) for key in OFFLINE}
    os.environ.update(OFFLINE)
    constants.HF_HUB_OFFLINE = True
    try:
        yield
    finally:
        constants.HF_HUB_OFFLINE = switch
        for key, value in before.items():
            if value is None:
                del os.environ[key]
            else:
                os.environ[key] = value
