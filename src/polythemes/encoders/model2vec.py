"""Encoder for static models: a vector a token, and their mean for a text."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from polythemes.encoders import folders
from polythemes.errors import PolythemesError


@dataclass(frozen=True)
class Model2VecEncoder:
    """Encode texts with a Model2Vec model from a folder.

    A text is read whole. A text without a known token gets the zero vector.

    Parameters
    ----------
    folder : Path
        The model's folder: ``model.safetensors``, ``tokenizer.json`` and ``config.json``.
    version : str
        The state of the folder and of the package.

    References
    ----------
    Tulkens and van Dongen (2024). Model2Vec. https://github.com/MinishLab/model2vec
    """

    folder: Path
    version: str
    name: ClassVar[str] = "model2vec"

    @classmethod
    def find(cls, folder: Path) -> Model2VecEncoder:
        """Name the state of the model without loading it.

        Parameters
        ----------
        folder : Path
            The model's folder.

        Returns
        -------
        Model2VecEncoder
            The encoder.

        Raises
        ------
        PolythemesError
            If the package is not installed or the folder cannot be read.
        """
        return cls(folder, folders.version(folder, cls.name))

    @property
    def dimensions(self) -> int:
        """Length of a vector; the model is loaded for it."""
        return int(_model(self).dim)

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
        # Its threads would change an environment variable, its length limit cut a text unsaid.
        vectors = _model(self).encode(list(texts), max_length=None, use_multiprocessing=False)
        return np.asarray(vectors, dtype=np.float32)


@functools.cache
def _model(encoder: Model2VecEncoder) -> Any:
    """Load the model, once a process."""
    package = folders.module("model2vec", encoder.name)
    try:
        with folders.offline():
            return package.StaticModel.from_pretrained(encoder.folder)
    except Exception as error:  # its parts raise a bare Exception for a damaged file
        raise PolythemesError(folders.unreadable(encoder.name, encoder.folder, error)) from error
