"""A figure's files: drawings, a picture, the data it shows, and what is told of it."""

from __future__ import annotations

import os
from contextlib import ExitStack
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure

from polythemes.errors import PolythemesError
from polythemes.figures import fonts, looks, sizes, style, told
from polythemes.paths import NAME, Corpus
from polythemes.tables import as_csv, whole
from polythemes.visible import visible

#: This environment variable names another folder for the figures of a corpus.
OUT = "POLYTHEMES_OUT"
# Agg draws no picture with more pixels than this on a side.
PIXELS = 60_000
# Neither a date nor a version: the same figure has the same bytes.
METADATA: dict[str, dict[str, Any]] = {
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
    "png": {"Software": None},
}


@dataclass(frozen=True)
class Saved:
    """Name the files of a figure; a notebook that returns it shows the picture.

    Parameters
    ----------
    svg, pdf, png, csv : Path
        The files.
    json : Path or None
        What is told of the figure; None for one that is of no corpus.
    width : int
        Width at which to show the picture, in CSS pixels (96 an inch).
    """

    svg: Path
    pdf: Path
    png: Path
    csv: Path
    json: Path | None
    width: int

    def __repr__(self) -> str:
        """Name the figure without the folder, which is another on every machine."""
        return f"Saved({self.svg.stem})"

    def _repr_png_(self) -> tuple[bytes, dict[str, int]]:
        """Give Jupyter the picture and the width to show it at."""
        return self.png.read_bytes(), {"width": self.width}


def save(figure: Figure, data: pd.DataFrame, *, into: Corpus | Path, name: str) -> Saved:
    """Write a figure, the data it shows and what is told of it; all files or none.

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
        The files ``<name>.svg``, ``.pdf``, ``.png`` and ``.csv``, and for a corpus ``.json``; it
        shows in a notebook.

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
    folder = _folder(into) if isinstance(into, Corpus) else into
    corpus = into if isinstance(into, Corpus) else None
    paths = {end: folder / f"{name}.{end}" for end in (*METADATA, "csv", *["json"] * bool(corpus))}
    # Ticks are made, and the salt of SVG is read, only while a figure is drawn.
    with style.use(), ExitStack() as stack:
        fonts.check(figure, name)
        sizes.fit(figure, sizes.current())
        longest = float(max(figure.get_size_inches()))
        dpi = min(float(mpl.rcParams["savefig.dpi"]), PIXELS / longest)
        scratch = {end: stack.enter_context(whole(path)) for end, path in paths.items()}
        for kind, metadata in METADATA.items():
            # Matplotlib's own writers break down in many ways when a disk is full.
            held = BytesIO()
            figure.savefig(held, format=kind, dpi=dpi, metadata=metadata)
            scratch[kind].write_bytes(held.getvalue())
        texts = {"csv": as_csv(data.map(_shown))}
        if corpus:
            texts["json"] = told.card(figure, data, corpus=corpus, name=name)
        for end, text in texts.items():
            scratch[end].write_text(text, encoding="utf-8", newline="\n")
    return Saved(
        paths["svg"],
        paths["pdf"],
        paths["png"],
        paths["csv"],
        json=paths.get("json"),
        width=round(float(figure.get_size_inches()[0]) * 96),
    )


def place(corpus: Corpus, look: str, size: str, out: Path | None = None) -> Path:
    """Name the folder that figures of a corpus go to.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    look, size : str
        One of the looks, one of the sizes or "".
    out : Path, optional
        Folder that takes the place of ``figures/``.

    Returns
    -------
    Path
        ``figures/<corpus>/``, in which another look or size has a folder of its own, as in
        ``dark``, ``print-column`` and ``slide``.
    """
    variant = "-".join(filter(None, ["" if look == "light" else look, size]))
    return (out / corpus.name if out else corpus.figures) / variant


def _folder(corpus: Corpus) -> Path:
    """Name the folder that the environment asks for."""
    given = os.environ.get(OUT)
    return Path(given) if given else place(corpus, looks.name(), sizes.current())


def _shown(cell: Any) -> Any:
    """Write a cell so that nothing in it hides."""
    return visible(cell) if isinstance(cell, str) else cell
