"""Fitted models as files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from polythemes import arrays
from polythemes.arrays import Arrays
from polythemes.topics.choice import COLUMNS
from polythemes.topics.growth import Tree
from polythemes.topics.passages import Passages
from polythemes.topics.rows import Rows, marked

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
#: Names of the parameters.
PARAMS = ("n_topics", "seed")


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
    arrays.write(path, FORMAT, kept.params, state)


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
    params, state = arrays.read(path, FORMAT, PARAMS, ARRAYS)
    fault = _fault(state)
    if fault:
        raise arrays.damaged(path, fault)
    steps = state["steps"].astype(np.float32)
    raw = Rows(steps, state["weights"], state["codes"], state["back"], marked(steps))
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
