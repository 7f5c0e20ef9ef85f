"""A figure's three files: drawing for print, picture for the screen, and the data it shows."""

from __future__ import annotations

from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure

from polythemes.errors import PolythemesError
from polythemes.figures import fonts, style
from polythemes.paths import NAME, Corpus
from polythemes.tables import as_csv, whole

# Agg draws no picture with more pixels than this on a side.
PIXELS = 60_000
# Neither a date nor a version: the same figure has the same bytes.
METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": None},
    "png": {"Software": None},
}


@dataclass(frozen=True)
class Saved:
    """Name the files of a figure; a notebook that returns it shows the picture.

    Parameters
    ----------
    svg, png, csv : Path
        The files.
    width : int
        Width at which to show the picture, in CSS pixels (96 an inch).
    """

    svg: Path
    png: Path
    csv: Path
    width: int

    def __repr__(self) -> str:
        """Name the figure without the folder, which is another on every machine."""
        return f"Saved({self.svg.stem})"

    def _repr_png_(self) -> tuple[bytes, dict[str, int]]:
        """Give Jupyter the picture and the width to show it at."""
        return self.png.read_bytes(), {"width": self.width}


def save(figure: Figure, data: pd.DataFrame, *, into: Corpus | Path, name: str) -> Saved:
    """Write a figure and the data it shows; all three files or none.

    Parameters
    ----------
    figure : Figure
        The figure.
    data : pandas.DataFrame
        What it shows.
    into : Corpus or Path
        A corpus, for its folder of figures; or a folder.
    name : str
        Stem of the files, as in ``"03-topics-terms"``.

    Returns
    -------
    Saved
        The files ``<name>.svg``, ``<name>.png`` and ``<name>.csv``; it shows in a notebook.

    Raises
    ------
    PolythemesError
        If the name cannot be a file's, a character has no glyph in any font, or a file cannot
        be written. What was there before stays.
    """
    if not NAME.fullmatch(name):
        msg = (
            f"{name!r} cannot name a figure; small letters, digits, - and _ are allowed, at most "
            "64; try another name"
        )
        raise PolythemesError(msg)
    folder = into.figures if isinstance(into, Corpus) else into
    svg, png, csv = (folder / f"{name}.{ending}" for ending in ("svg", "png", "csv"))
    # Ticks are made, and the salt of SVG is read, only while a figure is drawn.
    with style.use(), ExitStack() as stack:
        fonts.check(figure, name)
        longest = float(max(figure.get_size_inches()))
        dpi = min(float(mpl.rcParams["savefig.dpi"]), PIXELS / longest)
        scratch = {path: stack.enter_context(whole(path)) for path in (svg, png, csv)}
        for path, kind in ((svg, "svg"), (png, "png")):
            figure.savefig(scratch[path], format=kind, dpi=dpi, metadata=METADATA[kind])
        scratch[csv].write_text(as_csv(data), encoding="utf-8", newline="\n")
    return Saved(svg, png, csv, round(float(figure.get_size_inches()[0]) * 96))
