"""Encoder for static models: a vector a token, and their mean for a text."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any, ClassVar

from polythemes.encoders import folders


@dataclass(frozen=True)
class Model2VecEncoder(folders.FolderEncoder):
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

    name: ClassVar[str] = "model2vec"

    @property
    def dimensions(self) -> int:
        """Length of a vector; the model is loaded for it."""
        return int(_model(self).dim)

    def _vectors(self, texts: list[str]) -> Any:
        """Encode texts, at least one."""
        # Its threads would change an environment variable, its length limit cut a text unsaid.
        return _model(self).encode(texts, max_length=None, use_multiprocessing=False)


@functools.cache
def _model(encoder: Model2VecEncoder) -> Any:
    """Load the model, once a process."""
    package = folders.module("model2vec", encoder.name)
    with folders.opening(encoder.name, encoder.folder):
        return package.StaticModel.from_pretrained(encoder.folder)
