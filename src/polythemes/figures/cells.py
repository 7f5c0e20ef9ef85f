"""Heat maps whose columns are themes: their heads, and a cell with a share and its interval."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from polythemes.figures import labels, sheet, style

#: Width of a column and of the box in it; what is left free before the rest.
COLUMN, BOX, APART = 1.05, 1.01, 0.1


class Sizes(NamedTuple):
    """Hold the sizes of the two texts of a cell, and how far from its middle they stand."""

    share: float = 9
    bounds: float = 6.5
    above: float = 0.07
    below: float = 0.1


@dataclass(frozen=True)
class Columns:
    """Hold the columns of a heat map.

    Parameters
    ----------
    heads : dict of str to Fitted
        The name of every theme as it is laid out.
    lefts : dict of str to float
        Left edge of every theme's column, in inches.
    """

    heads: Mapping[str, labels.Fitted]
    lefts: Mapping[str, float]

    @property
    def top(self) -> float:
        """Room that the heads take above the cells, in inches."""
        return max(head.height for head in self.heads.values()) + 0.16

    @property
    def width(self) -> float:
        """Where the last column ends, in inches."""
        return max(self.lefts.values()) + COLUMN

    def draw(self, page: sheet.Sheet) -> None:
        """Draw the heads, each with the colour of its theme.

        Parameters
        ----------
        page : Sheet
            The page.
        """
        for theme, colour in style.themes(self.heads).items():
            if theme in self.heads:
                head, left = self.heads[theme], self.lefts[theme]
                at = {"size": head.size, "ha": "center", "va": "bottom"}
                page.write(left + BOX / 2, self.top - 0.13, head.text, **at)
                page.box(left, self.top - 0.09, BOX, 0.05, colour)


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
        A column a theme; the rest stands a little apart.
    """
    heads = {one: labels.fit(name, COLUMN - 0.1, size=8, least=8) for one, name in label.items()}
    lefts = {
        one: side + COLUMN * i + APART * (one == style.REST and i > 0)
        for i, one in enumerate(label)
    }
    return Columns(heads, lefts)


def draw(
    page: sheet.Sheet,
    cell: Any,
    place: tuple[float, float],
    *,
    high: float,
    most: float,
    sizes: Sizes = Sizes(),  # noqa: B008
) -> None:
    """Draw one cell: the share, and its interval below it where there is one.

    Parameters
    ----------
    page : Sheet
        The page.
    cell : row
        With ``share``, ``low`` and ``high`` (0 to 1).
    place : (float, float)
        Left and upper edge, in inches.
    high : float
        Height of the box, in inches.
    most : float
        The share that has the darkest colour.
    sizes : Sizes
        Of the texts.
    """
    left, top = place
    fill, centre, middle = style.shade(cell.share, most), left + BOX / 2, top + high / 2
    look = {"color": style.ink(fill), "ha": "center"}
    page.box(left, top, BOX, high, fill)
    share = labels.percent(cell.share)
    if pd.isna(cell.low) or pd.isna(cell.high):
        page.write(centre, middle, share, size=sizes.share, **look)
        return
    page.write(centre, middle - sizes.above, share, size=sizes.share, **look)
    bounds = f"{100 * cell.low:.0f}–{100 * cell.high:.0f}"
    page.write(centre, middle + sizes.below, bounds, size=sizes.bounds, **look)
