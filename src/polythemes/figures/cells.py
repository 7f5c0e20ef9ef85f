"""Heat maps whose columns are themes: their heads, and cells with a share and its interval."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from polythemes.figures import heads, labels, rows, sheet, sizes, style

#: Width of a column and the least it has; what is left free between them, and before the rest.
COLUMN, LEAST, BETWEEN, APART = 1.05, 0.34, 0.04, 0.1
#: Least width of a board in inches, where there is room for it.
NARROWEST = 5.2
# The widest texts that cells have.
WHOLE, BOUNDS = "100 %", "96–100"


class Texts(NamedTuple):
    """Hold the sizes of the two texts of a cell, and how far from its middle they stand."""

    share: float
    bounds: float
    above: float
    below: float


#: Texts of cells by the least height that they take, in inches.
TEXTS = {
    0.39: Texts(share=9, bounds=6.5, above=0.07, below=0.1),
    0.29: Texts(share=8.5, bounds=6, above=0.06, below=0.085),
    0.215: Texts(share=7.5, bounds=5.5, above=0.05, below=0.062),
    0.0: Texts(share=7, bounds=5.25, above=0.045, below=0.055),
}


@dataclass(frozen=True)
class Columns:
    """Hold the columns of a heat map.

    Parameters
    ----------
    heads : Heads
        The names of the themes as they are laid out.
    lefts : dict of str to float
        Left edge of every theme's column, in inches.
    each : float
        Width of a column, in inches.
    """

    heads: heads.Heads
    lefts: Mapping[str, float]
    each: float

    @property
    def top(self) -> float:
        """Room that the heads take above the cells, in inches."""
        return self.heads.height + 0.16

    @property
    def width(self) -> float:
        """Where the last column ends, in inches."""
        return max(self.lefts.values()) + self.each

    @property
    def board(self) -> float:
        """Width of the board, in inches."""
        return max(sizes.room(NARROWEST), self.width)

    @property
    def box(self) -> float:
        """Width of a cell, in inches."""
        return self.each - BETWEEN

    def draw(self, page: sheet.Sheet) -> None:
        """Draw the heads, each with the colour of its theme.

        Parameters
        ----------
        page : Sheet
            The page.
        """
        for theme, colour in style.themes(self.lefts).items():
            if theme in self.lefts:
                left = self.lefts[theme]
                self.heads.draw(page, theme, left + self.box / 2, self.top - 0.13)
                page.box(left, self.top - 0.09, self.box, 0.05, colour)

    def cell(self, page: sheet.Sheet, cell: Any, top: float, *, high: float, most: float) -> None:
        """Draw one cell: the share, and its interval below it where there is one.

        Parameters
        ----------
        page : Sheet
            The page.
        cell : row
            With ``theme_id``, and ``share``, ``low`` and ``high`` (0 to 1).
        top, high : float
            Upper edge and height of the box, in inches.
        most : float
            The share that has the darkest colour.
        """
        left, texts = self.lefts[cell.theme_id], _texts(high)
        fill, centre, middle = style.shade(cell.share, most), left + self.box / 2, top + high / 2
        look = {"color": style.ink(fill), "ha": "center"}
        page.box(left, top, self.box, high, fill)
        share, bare = labels.percent(cell.share), labels.width(WHOLE, texts.share) > self.box
        share = share.removesuffix(" %") if bare else share
        if pd.isna(cell.low) or pd.isna(cell.high):
            page.write(centre, middle, share, size=texts.share, **look)
            return
        page.write(centre, middle - texts.above, share, size=texts.share, **look)
        bounds = f"{100 * cell.low:.0f}–{100 * cell.high:.0f}"
        size = labels.fit(
            BOUNDS, self.box - 0.04, size=texts.bounds, least=sizes.LEAST, lines=1
        ).size
        page.write(centre, middle + texts.below, bounds, size=size, **look)


@dataclass(frozen=True)
class Side:
    """Hold what stands before a row: its name, and what is told of it.

    Parameters
    ----------
    name, told : Fitted
        The texts.
    below : bool
        Whether what is told stands below the name; else it stands to the right.
    """

    name: labels.Fitted
    told: labels.Fitted
    below: bool = True

    @property
    def height(self) -> float:
        """Height that a row needs for it, in inches."""
        return self.name.height + (self.told.height + 0.1 if self.below else 0.0)

    def draw(self, page: sheet.Sheet, right: float, top: float, high: float, ink: str) -> None:
        """Write it.

        Parameters
        ----------
        page : Sheet
            The page.
        right, top, high : float
            Right edge of the name, upper edge and height of the row, in inches.
        ink : str
            Colour of the name.
        """
        name, told, middle = self.name, self.told, top + (high - 0.04) / 2
        look = {"size": told.size, "color": style.look().soft}
        if not self.below:
            page.write(right, middle, name.text, size=name.size, ha="right", color=ink)
            page.write(right + 0.07, middle, told.text, **look)
            return
        # A second line of what is told takes half of its room from the name.
        lines = len(told.lines)
        up = (lines - 1) / lines * told.height / 2
        page.write(right, middle - 0.07 - up, name.text, size=name.size, ha="right", color=ink)
        page.write(right, top + high - 0.12 - up, told.text, ha="right", **look)


def columns(label: Mapping[str, str], side: float) -> Columns:
    """Lay out the columns of a heat map.

    Parameters
    ----------
    label : mapping of str to str
        Label by theme, in the order drawn.
    side : float
        Where the first column begins, in inches.

    Returns
    -------
    Columns
        A column a theme, as wide as usual or as there is room; the rest stands a little apart.
    """
    apart = {one: APART * (one == style.REST and i > 0) for i, one in enumerate(label)}
    free = sizes.room(math.inf) - side - sum(apart.values())
    each = min(COLUMN, max(LEAST, free / len(label)))
    said = heads.fit(label, each - 0.1, size=8, least=8)
    lefts = {one: side + each * i + apart[one] for i, one in enumerate(label)}
    return Columns(said, lefts, each)


def side(names: Iterable[str], most: float) -> float:
    """Tell how wide the names of rows are.

    Parameters
    ----------
    names : iterable of str
        What stands before the rows.
    most : float
        Largest width, in inches.

    Returns
    -------
    float
        In inches; no more than a third of the board where figures are written in a size.
    """
    return labels.column(names, min(most, 0.3 * sizes.room(math.inf)))


def shown(
    columns: Columns, said: tuple[str, str], count: int, *, high: float, least: float
) -> tuple[int, float]:
    """Tell how many rows of a heat map have room, and how high they are.

    Parameters
    ----------
    columns : Columns
        Its columns.
    said : (str, str)
        The title and the note.
    count : int
        How many rows there are to show.
    high, least : float
        Height in inches that a row has, and the least that it may have.

    Returns
    -------
    count : int
        The rows that have room.
    high : float
        Their height, in inches.
    """
    title, note = said
    note += rows.note(0, count, "articles")
    besides = columns.top + sheet.besides(title, note, width=columns.board)
    room = sizes.rows(count, each=least, besides=besides)
    return room, min(high, max(least, (sizes.height() - besides) / room))


def _texts(high: float) -> Texts:
    """Choose the texts of cells of a height."""
    return next(texts for least, texts in TEXTS.items() if high >= least)
