"""Arrays and a line of JSON in one .npz file, never pickled."""

from __future__ import annotations

import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from polythemes.errors import PolythemesError
from polythemes.tables import whole

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


def write(
    path: Path, format_: str, params: Mapping[str, int], state: Mapping[str, NDArray[Any]]
) -> None:
    """Write a fitted model whole, with the same bytes for the same model.

    Parameters
    ----------
    path : Path
        The file.
    format_ : str
        What the file says that it is.
    params : mapping of str to int
        The model's parameters.
    state : mapping of str to ndarray
        What it learned.
    """
    about = json.dumps({"format": format_, "params": dict(params)}, sort_keys=True)
    with whole(path) as scratch, scratch.open("wb") as file:
        np.savez_compressed(file, about=np.array(about), **dict[str, Any](state))


def read(
    path: Path, format_: str, params: Sequence[str], kinds: Mapping[str, tuple[int, str]]
) -> tuple[dict[str, int], Arrays]:
    """Read what :func:`write` wrote.

    Parameters
    ----------
    path : Path
        The file.
    format_ : str
        What the file must say that it is.
    params : sequence of str
        Names of the model's parameters.
    kinds : mapping of str to (int, str)
        Name, dimensions and kind of number (b, i, f, U) of every array.

    Returns
    -------
    params : dict of str to int
        The parameters.
    state : dict of str to ndarray
        The arrays.

    Raises
    ------
    PolythemesError
        If the file is missing, damaged or of another format.
    """
    try:
        with path.open("rb") as opened, np.load(opened, allow_pickle=False) as file:
            about = json.loads(str(file["about"]))
            if about["format"] != format_:
                msg = (
                    f"{path} is of format {about['format']!r}; this version reads {format_!r}; "
                    "fit the model again"
                )
                raise PolythemesError(msg)
            state: Arrays = {name: file[name] for name in kinds}
        given = {name: int(about["params"][name]) for name in params}
    except FileNotFoundError as error:
        msg = f"no model at {path}; a file that `save` wrote is needed: fit and save one"
        raise PolythemesError(msg) from error
    except BROKEN as error:
        raise damaged(path, str(error)) from error
    for name, (dimensions, kind) in kinds.items():
        if state[name].ndim != dimensions or state[name].dtype.kind != kind:
            raise damaged(path, f"array {name!r} is of another kind")
    return given, state


def damaged(path: Path, fault: str) -> PolythemesError:
    """Say that a file cannot be used.

    Parameters
    ----------
    path : Path
        The file.
    fault : str
        What is wrong with it.

    Returns
    -------
    PolythemesError
        To be raised.
    """
    msg = f"{path} is no model or is damaged ({fault}); fit the model again and save it"
    return PolythemesError(msg)
