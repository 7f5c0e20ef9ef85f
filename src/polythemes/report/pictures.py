"""The figures of a corpus with what their ``.json`` says of them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from polythemes.errors import PolythemesError, choices
from polythemes.paths import Corpus

#: What a figure's ``.json`` must say for it to stand in a report.
NEEDED = ("id", "title", "caption", "alt")
#: Headings by the number that a notebook, and so its figures, begin with.
HEADINGS = {
    "01": "What was collected",
    "02": "Passages that mean alike",
    "03": "Topics",
    "04": "Themes",
    "05": "Actors",
}
OTHER = "More figures"


@dataclass(frozen=True)
class Picture:
    """A figure as it stands in a report.

    Parameters
    ----------
    id, title, caption, alt : str
        What its ``.json`` says.
    svg : Path
        Its drawing.
    cell : int
        Number of the notebook's cell that draws it; 0 if unknown.
    """

    id: str
    title: str
    caption: str
    alt: str
    svg: Path
    cell: int

    @property
    def heading(self) -> str:
        """Heading that it stands below."""
        return HEADINGS.get(self.svg.stem[:2], OTHER)


def of(corpus: Corpus) -> list[Picture]:
    """Gather the figures of a corpus.

    Parameters
    ----------
    corpus : Corpus
        The corpus.

    Returns
    -------
    list of Picture
        In the order of the notebooks and their cells.

    Raises
    ------
    PolythemesError
        If there are none, or a figure's ``.json`` is missing, broken, or lacks something.
    """
    found = [_picture(path, corpus) for path in sorted(corpus.figures.glob("[!.]*.svg"))]
    if not found:
        msg = f"figures/{corpus.name}/ holds no figure; run `polythemes figures {corpus.name}`"
        raise PolythemesError(msg)
    return sorted(
        found, key=lambda one: (one.heading == OTHER, one.svg.stem[:2], one.cell, one.svg.stem)
    )


def _picture(svg: Path, corpus: Corpus) -> Picture:
    """Read what is said of one figure."""
    shown, todo = f"figures/{corpus.name}/{svg.stem}.json", f"polythemes figures {corpus.name}"
    try:
        told = json.loads(svg.with_suffix(".json").read_text("utf-8"))
    except (OSError, ValueError) as error:
        msg = f"{shown} is missing or damaged; a figure needs it: run `{todo}`"
        raise PolythemesError(msg) from error
    lacking = [name for name in NEEDED if not isinstance(told, dict) or not told.get(name)]
    if lacking:
        msg = f"{shown} lacks {choices(lacking)}; it must say {choices(NEEDED)}: run `{todo}`"
        raise PolythemesError(msg)
    cell = told.get("cell", 0)
    return Picture(**{name: str(told[name]) for name in NEEDED}, svg=svg, cell=cell)
