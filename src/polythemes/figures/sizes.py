"""The sizes that a figure is written in: as it is laid out, or for a column, a page or a slide."""

from __future__ import annotations

import json
import math
import os
from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.artist import Artist
from matplotlib.collections import Collection, PathCollection
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text

from polythemes.errors import PolythemesError, choices

#: This environment variable names the size.
SIZE = "POLYTHEMES_SIZE"
#: Largest width and height, in inches: of a column and of both on a journal's page (89 and 183
#: mm), and of a slide of 16 to 9.
SIZES = {"column": (3.5, 9.4), "page": (7.2, 9.4), "slide": (13.33, 7.5)}


#: Smallest text that journals take, in points.
LEAST = 5.0
#: Room around a figure's board, in inches.
MARGIN = 0.15
# A slide is seen from further away: what is drawn for a screen is made larger, not laid out anew.
ENLARGED = "slide"


def current() -> str:
    """Name the size to write figures in.

    Returns
    -------
    str
        What ``POLYTHEMES_SIZE`` names; "" where it is not set: as figures are laid out.

    Raises
    ------
    PolythemesError
        If there is no such size.
    """
    name = os.environ.get(SIZE, "")
    if name and name not in SIZES:
        msg = f"{SIZE} is {name!r}; allowed are {choices(SIZES)}; set it to one, or to nothing"
        raise PolythemesError(msg)
    return name


def room(usual: float) -> float:
    """Tell how wide a board is in the size that is asked for.

    Parameters
    ----------
    usual : float
        Width that it has on a screen, in inches.

    Returns
    -------
    float
        In inches: never more than the usual, and no more than the place of the size allows.
    """
    size = current()
    return usual if size in {"", ENLARGED} else min(usual, SIZES[size][0] - 2 * MARGIN)


def height() -> float:
    """Tell how high a figure may be in the size that is asked for.

    Returns
    -------
    float
        In inches; infinite where the size does not bound it.
    """
    size = current()
    return math.inf if size in {"", ENLARGED} else SIZES[size][1]


def rows(usual: int, *, each: float, besides: float) -> int:
    """Tell how many rows have room in the size that is asked for.

    Parameters
    ----------
    usual : int
        How many there are on a screen.
    each, besides : float
        Heights in inches: of a row, and of what is not rows, the title and its note included.

    Returns
    -------
    int
        At least 1, and never more than the usual.
    """
    return max(1, int(min(usual, (height() - besides) / each)))


def fit(figure: Figure, size: str) -> float:
    """Bring a figure to its place with all that is on it: enlarged for a slide, else only reduced.

    Parameters
    ----------
    figure : Figure
        The figure; it is changed.
    size : str
        One of ``SIZES``; nothing is changed by "".

    Returns
    -------
    float
        Size of its smallest text, in points.
    """
    if size:
        wide, high = figure.get_size_inches()
        # Ticks are made while a figure is drawn.
        figure.draw_without_rendering()
        by = min(SIZES[size][0] / wide, SIZES[size][1] / high)
        _scale(figure, by if size == ENLARGED else min(1.0, by))
    return smallest(figure)


def row(usual: float, count: int, *, besides: float) -> float:
    """Tell how high a row may be, so that all have room in the size that is asked for.

    Parameters
    ----------
    usual : float
        How high it is on a screen, in inches.
    count : int
        How many rows there are.
    besides : float
        Height in inches of what is not rows, the title and its note included.

    Returns
    -------
    float
        In inches: never more than the usual, and no less than 0.6 of it.
    """
    return min(usual, max(0.6 * usual, (height() - besides) / max(1, count)))


def across(usual: int, wide: float, *, least: float, between: float) -> int:
    """Tell how many panels stand side by side.

    Parameters
    ----------
    usual : int
        How many do where there is room.
    wide, least, between : float
        In inches: the room, the smallest width of a panel, and what stands between two.

    Returns
    -------
    int
        At least 1, and never more than the usual.
    """
    return max(1, min(usual, int((wide + between) / (least + between))))


def hard_to_read(folder: Path) -> list[str]:
    """List the figures of a folder that have small texts, by what is told of them.

    Parameters
    ----------
    folder : Path
        Where figures of a size were written.

    Returns
    -------
    list of str
        As in ``"04-themes-share (4.1 pt)"``, the smallest first: those with less than 5 points.
    """
    cards = {path.stem: json.loads(path.read_text("utf-8")) for path in folder.glob("[!.]*.json")}
    sizes = {stem: told.get("smallest_text", LEAST) for stem, told in cards.items()}
    order = sorted((size, stem) for stem, size in sizes.items() if size < LEAST)
    return [f"{stem} ({size:.1f} pt)" for size, stem in order]


def smallest(figure: Figure) -> float:
    """Measure the smallest text of a figure.

    Parameters
    ----------
    figure : Figure
        The figure.

    Returns
    -------
    float
        Its size in points.
    """
    shown = [one for one in figure.findobj(Text) if one.get_text().strip() and one.get_visible()]
    return round(min((float(one.get_fontsize()) for one in shown), default=0.0), 2)


def _scale(figure: Figure, by: float) -> None:
    """Make a figure, its texts, lines and marks larger or smaller."""
    figure.set_size_inches(*(by * figure.get_size_inches()))
    for axes in figure.axes:
        for axis in (axes.xaxis, axes.yaxis):
            axis.labelpad *= by
            for tick in axis.get_major_ticks():
                pad: Any = tick.get_pad()  # type: ignore[func-returns-value]
                tick.set_pad(by * pad)
    for one in figure.findobj():
        _resize(one, by)


def _resize(one: Artist, by: float) -> None:
    """Make one thing on a figure larger or smaller; its place goes with the figure."""
    if isinstance(one, Text):
        one.set_fontsize(by * float(one.get_fontsize()))
        frame = one.get_bbox_patch()
        if frame:
            frame.set_linewidth(by * frame.get_linewidth())
    elif isinstance(one, Line2D):
        one.set_linewidth(by * one.get_linewidth())
        one.set_markersize(by * one.get_markersize())
        one.set_markeredgewidth(by * one.get_markeredgewidth())
    elif isinstance(one, Patch):
        one.set_linewidth(by * one.get_linewidth())
    elif isinstance(one, Collection):
        one.set_linewidth(list(by * np.atleast_1d(one.get_linewidth())))
        if isinstance(one, PathCollection):
            one.set_sizes(by * by * one.get_sizes())
