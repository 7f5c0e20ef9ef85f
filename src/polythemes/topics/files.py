"""Fitted models as files: arrays and a line of JSON in one .npz, never pickled."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from polythemes.errors import PolythemesError
from polythemes.tables import whole
from polythemes.topics.choice import COLUMNS
from polythemes.topics.growth import Tree
from polythemes.topics.passages import Passages
from polythemes.topics.rows import Rows

#: What the file says that it is; a change of method or arrays changes the number.
FORMAT = "polythemes.topics 3"
#: Name, dimensions and kind of number (b, i, f, U) of every array.
ARRAYS: Mapping[str, tuple[int, str]] = {
    "steps": (2, "i"),
    "weights": (1, "f"),
    "codes": (1, "i"),
    "back": (1, "i"),
    "languages": (1, "U"),
    "parts": (2, "i"),
    "tree": (2, "f"),
    "pull": (2, "f"),
    "asked": (0, "i"),
    "n_topics": (0, "i"),
    "choice_n_topics": (1, "i"),
    "choice_stability": (1, "f"),
    "choice_separation": (1, "f"),
    "choice_chosen": (1, "b"),
    "choice_why": (1, "U"),
}
#: What reading a file of any bytes can raise.
BROKEN = (
    AttributeError,
    EOFError,
    KeyError,
    OSError,
    TypeError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
)

Arrays = dict[str, NDArray[Any]]


@dataclass(frozen=True)
class Kept:
    """What a file holds.

    Parameters
    ----------
    params : dict of str to int
        The model's parameters.
    passages : Passages
        What it was fitted on.
    tree : Tree
        The tree over them.
    choice : pandas.DataFrame
        The numbers of topics that were measured.
    asked, cut : int
        The number of topics asked for when it was fitted, and that of the cut.
    """

    params: dict[str, int]
    passages: Passages
    tree: Tree
    choice: pd.DataFrame
    asked: int
    cut: int


def write(path: Path, kept: Kept) -> None:
    """Write a model whole, with the same bytes for the same model.

    Parameters
    ----------
    path : Path
        The file.
    kept : Kept
        The model.
    """
    about = json.dumps({"format": FORMAT, "params": kept.params}, sort_keys=True)
    raw = kept.passages.raw
    state: dict[str, Any] = {
        # Steps are whole numbers of four digits.
        "steps": raw.steps.astype(np.int16),
        "weights": raw.weights,
        "codes": raw.languages,
        "back": raw.back,
        "languages": np.array(kept.passages.languages, dtype=str),
        "parts": kept.tree.parts.astype(np.int16),
        "tree": kept.tree.joins,
        "pull": kept.tree.pull,
        "asked": np.array(kept.asked),
        "n_topics": np.array(kept.cut),
        "choice_why": np.array(list(kept.choice["why"]), dtype=str),
    }
    state |= {f"choice_{name}": kept.choice[name].to_numpy() for name in COLUMNS[:-1]}
    with whole(path) as scratch, scratch.open("wb") as file:
        np.savez_compressed(file, about=np.array(about), **state)


def read(path: Path) -> Kept:
    """Read what :func:`write` wrote.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    Kept
        The model.

    Raises
    ------
    PolythemesError
        If the file is missing, damaged or of another version.
    """
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            about = json.loads(str(file["about"]))
            if about["format"] != FORMAT:
                msg = (
                    f"{path} is of format {about['format']!r}; this version reads {FORMAT!r}; "
                    "fit the model again"
                )
                raise PolythemesError(msg)
            state = {name: file[name] for name in ARRAYS}
        params = {name: int(about["params"][name]) for name in ("n_topics", "seed")}
    except FileNotFoundError as error:
        msg = f"no model at {path}; a file that `save` wrote is needed: fit and save one"
        raise PolythemesError(msg) from error
    except BROKEN as error:
        raise PolythemesError(_damaged(path, str(error))) from error
    fault = _fault(state)
    if fault:
        raise PolythemesError(_damaged(path, fault))
    steps = state["steps"].astype(np.float32)
    raw = Rows(steps, state["weights"], state["codes"], state["back"])
    return Kept(
        params,
        Passages(raw, tuple(str(language) for language in state["languages"])),
        Tree(state["tree"], state["parts"].astype(np.int16), state["pull"]),
        pd.DataFrame({name: state[f"choice_{name}"] for name in COLUMNS}),
        int(state["asked"]),
        int(state["n_topics"]),
    )


def _fault(state: Arrays) -> str:
    """Tell what in the arrays contradicts itself; nothing where all is well."""
    for name, (dimensions, kind) in ARRAYS.items():
        if state[name].ndim != dimensions or state[name].dtype.kind != kind:
            return f"array {name!r} is of another kind"
    rows, leaves = len(state["steps"]), len(state["tree"]) + 1
    sizes = {len(state[name]) for name in ("weights", "codes", "parts")}
    inside = (
        (state["back"], rows),
        (state["codes"], max(len(state["languages"]), 1)),
    )
    if sizes != {rows} or not all(
        len(places) and places.min() >= 0 and places.max() < many for places, many in inside
    ):
        return "its arrays do not go together"
    shapes = (state["tree"].shape, state["parts"].shape, state["pull"].shape)
    if shapes != ((leaves - 1, 4), (rows, leaves), (leaves, state["steps"].shape[1])):
        return "its tree does not go with them"
    if not 1 <= int(state["n_topics"]) <= leaves or not 0 <= int(state["asked"]) <= leaves:
        return "its number of topics is not one of its tree"
    return ""


def _damaged(path: Path, fault: str) -> str:
    """Say that a file cannot be used."""
    return f"{path} is no model or is damaged ({fault}); fit the model again and save it"
