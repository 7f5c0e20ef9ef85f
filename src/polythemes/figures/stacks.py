"""Columns of a table, some of which stand one below another where there is little room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from polythemes.figures import labels

#: Room between two columns, in inches.
BETWEEN = 0.08


@dataclass(frozen=True)
class Stacks:
    """Hold where the columns of a table stand.

    Parameters
    ----------
    lefts : mapping of str to float
        Left edge in inches by column, from left to right; of those with the same edge each stands
        below the one before it.
    width : float
        Width of the table, in inches.
    """

    lefts: Mapping[str, float]
    width: float

    @property
    def depth(self) -> int:
        """How many columns stand below one another at most."""
        edges = list(self.lefts.values())
        return max(edges.count(edge) for edge in edges)

    def room(self, column: str) -> float:
        """Give the width of a column in inches.

        Parameters
        ----------
        column : str
            The column.

        Returns
        -------
        float
            Up to the next one.
        """
        left = self.lefts[column]
        ends = [edge for edge in self.lefts.values() if edge > left]
        return min([*ends, self.width + BETWEEN]) - left - BETWEEN

    def above(self, column: str) -> list[str]:
        """List the columns that a column stands below.

        Parameters
        ----------
        column : str
            The column.

        Returns
        -------
        list of str
            From the top.
        """
        same = [one for one, left in self.lefts.items() if left == self.lefts[column]]
        return same[: same.index(column)]

    def height(self, cells: Mapping[str, labels.Fitted]) -> float:
        """Give the height of a row in inches.

        Parameters
        ----------
        cells : mapping of str to Fitted
            Its cells by column.

        Returns
        -------
        float
            That of its highest stack.
        """
        return max(self.below(cells, one) + cell.height for one, cell in cells.items())

    def below(self, cells: Mapping[str, labels.Fitted], column: str) -> float:
        """Give how far a cell stands below the upper edge of its row, in inches.

        Parameters
        ----------
        cells : mapping of str to Fitted
            The cells of the row by column.
        column : str
            The column of the cell.

        Returns
        -------
        float
            The height of the cells above it.
        """
        return sum(cells[one].height for one in self.above(column))
