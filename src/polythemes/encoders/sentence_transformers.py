"""Encoder for Sentence Transformers models."""

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
class SentenceTransformersEncoder:
    """Encode texts with a Sentence Transformers model from a folder, on the processor.

    A text is read up to the length that the model allows (often 128 or 512 tokens); choose
    ``passage_words`` to fit. Graphics cards are left alone: they change more digits.

    Parameters
    ----------
    folder : Path
        The model's folder, as ``SentenceTransformer.save`` writes it.
    version : str
        The state of the folder and of the package.

    References
    ----------
    Reimers and Gurevych (2020). Making Monolingual Sentence Embeddings Multilingual using
    Knowledge Distillation. EMNLP. https://doi.org/10.18653/v1/2020.emnlp-main.365
    """

    folder: Path
    version: str
    name: ClassVar[str] = "sentence-transformers"

    @classmethod
    def find(cls, folder: Path) -> SentenceTransformersEncoder:
        """Name the state of the model without loading it.

        Parameters
        ----------
        folder : Path
            The model's folder.

        Returns
        -------
        SentenceTransformersEncoder
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
        # Asked of a vector: the model's own method has another name in another release.
        return int(_model(self).encode("").shape[-1])

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
        # One at a time: in a batch the last digits would turn on a text's neighbours.
        vectors = _model(self).encode(list(texts), batch_size=1, show_progress_bar=False)
        return np.asarray(vectors, dtype=np.float32)


@functools.cache
def _model(encoder: SentenceTransformersEncoder) -> Any:
    """Load the model, once a process."""
    package = folders.module("sentence_transformers", encoder.name)
    try:
        with folders.offline():
            return package.SentenceTransformer(
                str(encoder.folder), device="cpu", local_files_only=True
            )
    except Exception as error:  # its parts raise many kinds of error for a damaged file
        raise PolythemesError(folders.unreadable(encoder.name, encoder.folder, error)) from error
