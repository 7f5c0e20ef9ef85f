"""Encoder for Sentence Transformers models."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import Any, ClassVar

from polythemes.encoders import folders


@dataclass(frozen=True)
class SentenceTransformersEncoder(folders.FolderEncoder):
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

    name: ClassVar[str] = "sentence-transformers"

    @property
    def dimensions(self) -> int:
        """Length of a vector; the model is loaded for it."""
        # Asked of a vector: the model's own method has another name in another release.
        return int(_model(self).encode("").shape[-1])

    def _vectors(self, texts: list[str]) -> Any:
        """Encode texts, at least one."""
        # One at a time: in a batch the last digits would turn on a text's neighbours.
        return _model(self).encode(texts, batch_size=1, show_progress_bar=False)


@functools.cache
def _model(encoder: SentenceTransformersEncoder) -> Any:
    """Load the model, once a process."""
    package = folders.module("sentence_transformers", encoder.name)
    with folders.opening(encoder.name, encoder.folder):
        return package.SentenceTransformer(str(encoder.folder), device="cpu", local_files_only=True)
