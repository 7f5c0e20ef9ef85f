"""Heads of columns, turned where the columns are narrow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from polythemes.figures import labels
from polythemes.figures.sheet import Sheet

#: Heads of columns narrower than this, in inches, are turned; so long they may then be.
TURNED, LONG = 0.6, 1.05
# Sizes in points that turned heads have, and those of names that take two lines.
SIZE, LEAST = 7.5, 6.5


@dataclass(frozen=True)
class Heads:
    """The heads of columns, laid out.

    Parameters
    ----------
    said : mapping of str to Fitted
        What stands above each column, by column.
    turned : bool
        Whether they are read from below.
    """

    said: Mapping[str, labels.Fitted]
    turned: bool

    @property
    def height(self) -> float:
        """Height in inches."""
        if not self.turned:
            return max(head.height for head in self.said.values())
        return max(
            labels.width(one, head.size) for head in self.said.values() for one in head.lines
        )

    def draw(self, page: Sheet, column: str, middle: float, bottom: float) -> None:
        """Write one head.

        Parameters
        ----------
        page : Sheet
            The sheet.
        column : str
            The column.
        middle, bottom : float
            Its middle and lower edge, in inches from the board's top left.
        """
        head = self.said[column]
        look: dict[str, Any] = {"rotation": 90, "multialignment": "left"} if self.turned else {}
        look |= {"size": head.size, "ha": "center", "va": "bottom"}
        page.write(middle, bottom, head.text, **look)


def fit(names: Mapping[str, str], room: float, *, size: float, least: float) -> Heads:
    """Fit the heads of columns.

    Parameters
    ----------
    names : mapping of str to str
        Their texts, by column.
    room : float
        Width of a column, in inches.
    size, least : float
        The wanted and the smallest font size of heads that are not turned, in points.

    Returns
    -------
    Heads
        Wrapped into their columns, or turned and in as many lines as have room there.
    """
    if room >= TURNED:
        fitted = {
            one: labels.fit(name, room, size=size, least=least) for one, name in names.items()
        }
        return Heads(fitted, turned=False)
    lines = max(1, int(room * labels.POINTS / LEAST / labels.LEADING))
    return Heads(
        {
            one: labels.fit(name, LONG, size=SIZE, least=LEAST, lines=lines)
            for one, name in names.items()
        },
        turned=True,
    )
