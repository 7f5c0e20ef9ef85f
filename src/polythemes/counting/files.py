"""Fitted counting models as files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from polythemes import arrays
from polythemes.arrays import Arrays

#: A change of method or arrays changes the number.
VERSION = 1
PARAMS = ("n_topics", "seed")
#: Name, dimensions and kind of number (b, i, f) of every array.
ARRAYS: Mapping[str, tuple[int, str]] = {
    "rarity": (1, "f"),
    "found": (2, "f"),
    "keep": (1, "i"),
    "mean": (1, "f"),
    "weights": (2, "f"),
    "shares": (2, "f"),
    "weak": (1, "b"),
}


def write(path: Path, model: str, params: Mapping[str, int], state: Arrays) -> None:
    """Write a fitted model whole, with the same bytes for the same model.

    Parameters
    ----------
    path : Path
        The file.
    model : str
        Which model it is.
    params : mapping of str to int
        Its parameters.
    state : dict of str to ndarray
        The arrays of ``ARRAYS``.
    """
    arrays.write(path, _format(model), params, state)


def read(path: Path, model: str) -> tuple[dict[str, int], Arrays]:
    """Read what :func:`write` wrote.

    Parameters
    ----------
    path : Path
        The file.
    model : str
        Which model it must be.

    Returns
    -------
    params : dict of str to int
        Its parameters.
    state : dict of str to ndarray
        The arrays of ``ARRAYS``.

    Raises
    ------
    PolythemesError
        If the file is missing, damaged, of another model or of another version.
    """
    params, state = arrays.read(path, _format(model), PARAMS, ARRAYS)
    width, kept, found = len(state["rarity"]), len(state["keep"]), len(state["found"])
    shapes = {
        "found": (found, width),
        "mean": (kept,),
        "weights": (kept, width),
        "shares": (len(state["weak"]), kept),
    }
    if any(state[name].shape != shape for name, shape in shapes.items()):
        raise arrays.damaged(path, "its arrays do not go together")
    if not kept or state["keep"].min() < 0 or state["keep"].max() >= found:
        raise arrays.damaged(path, "its topics are not those that were found")
    if not all(np.isfinite(one).all() for one in state.values()):
        raise arrays.damaged(path, "it holds NaN or infinity")
    return params, state


def _format(model: str) -> str:
    """Name what a file says that it is."""
    return f"polythemes.{model} {VERSION}"
