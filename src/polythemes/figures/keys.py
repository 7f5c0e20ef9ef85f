"""A key: what the colours and markers of a figure stand for, in even columns."""

from __future__ import annotations

import math
from dataclasses import dataclass

from polythemes.figures import labels, style
from polythemes.figures.sheet import Sheet

SIZE, LINE = 8.0, 0.19
# From the marker's left edge to the text, and from the text to the next marker, in inches.
MARK, AFTER = 0.16, 0.18


@dataclass(frozen=True)
class Key:
    """A key for one figure.

    Parameters
    ----------
    entries : tuple of (str, str, str)
        Name, colour as ``"#RRGGBB"``, and marker of Matplotlib.
    room : float
        Width that it may take, in inches.
    """

    entries: tuple[tuple[str, str, str], ...]
    room: float

    @property
    def column(self) -> float:
        """Width of a column in inches."""
        return MARK + max([0.0, *(labels.width(name, SIZE) for name, *_ in self.entries)]) + AFTER

    @property
    def columns(self) -> int:
        """Number of columns."""
        return max(1, int((self.room + AFTER) / self.column))

    @property
    def height(self) -> float:
        """Height in inches."""
        return LINE * math.ceil(len(self.entries) / self.columns)

    def draw(self, page: Sheet, left: float, top: float) -> None:
        """Draw it on a sheet.

        Parameters
        ----------
        page : Sheet
            The sheet.
        left, top : float
            Its top left corner, in inches from the board's.
        """
        for i, (name, colour, marker) in enumerate(self.entries):
            x = left + self.column * (i % self.columns)
            y = top + LINE * (i // self.columns + 0.5)
            page.board.scatter(x + 0.05, y, s=36, marker=marker, color=colour, linewidth=0)
            page.write(x + MARK, y, name, size=SIZE)


def of_languages(codes: list[str], names: list[str], room: float, *, shapes: bool) -> Key:
    """Make the key of languages.

    Parameters
    ----------
    codes, names : list of str
        The languages, and what they are called.
    room : float
        Width that it may take, in inches.
    shapes : bool
        Whether languages have markers of their own in the figure; else each is a square.

    Returns
    -------
    Key
        One entry a language.
    """
    entries = tuple(
        (name, style.language(code), style.marker(code) if shapes else "s")
        for code, name in zip(codes, names, strict=True)
    )
    return Key(entries, room)
