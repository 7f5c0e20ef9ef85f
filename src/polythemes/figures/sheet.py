"""A sheet to draw on: a title, a note, and a board measured in inches from the top left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle

from polythemes.figures import labels, style
from polythemes.figures.sizes import MARGIN

TITLE, NOTE = 10.5, 7.5
# The font of Han characters has no bold, and titles have none of them.
HEADING: dict[str, Any] = {"family": "DejaVu Sans", "weight": "bold", "size": TITLE}


@dataclass(frozen=True)
class Sheet:
    """A figure with its title on it and room below.

    Parameters
    ----------
    figure : Figure
        The figure.
    board : Axes
        Axes over the room below the title. One unit is one inch; (0, 0) is its top left.
    width, height : float
        Size of the board in inches.
    """

    figure: Figure
    board: Axes
    width: float
    height: float

    def axes(self, left: float, top: float, width: float, height: float) -> Axes:
        """Place axes of their own on the board.

        Parameters
        ----------
        left, top, width, height : float
            In inches from the board's top left.

        Returns
        -------
        Axes
            The new axes.
        """
        whole_width, whole_height = self.figure.get_size_inches()
        bottom = MARGIN + self.height - top - height
        return self.figure.add_axes(
            (
                (MARGIN + left) / whole_width,
                bottom / whole_height,
                width / whole_width,
                height / whole_height,
            )
        )

    def box(self, left: float, top: float, width: float, height: float, colour: str) -> None:
        """Fill a rectangle of the board.

        Parameters
        ----------
        left, top, width, height : float
            In inches from the board's top left.
        colour : str
            ``"#RRGGBB"``.
        """
        self.board.add_patch(Rectangle((left, top), width, height, facecolor=colour))

    def write(self, left: float, middle: float, text: str, **look: Any) -> None:
        """Write a text on the board, centred on a height unless told otherwise.

        Parameters
        ----------
        left, middle : float
            Its place in inches from the board's top left.
        text : str
            The text.
        **look
            As for :meth:`matplotlib.axes.Axes.text`.
        """
        usual: dict[str, Any] = {"va": "center_baseline", "size": 8}
        self.board.text(left, middle, text, **usual | look)

    def block(self, left: float, top: float, said: labels.Fitted, **look: Any) -> None:
        """Write lines on the board, each on its baseline whatever its letters.

        Parameters
        ----------
        left, top : float
            Their place in inches from the board's top left.
        said : Fitted
            The lines and their size.
        **look
            As for :meth:`matplotlib.axes.Axes.text`.
        """
        for i, line in enumerate(said.lines):
            baseline = top + (i + 0.76) * said.size * labels.LEADING / labels.POINTS
            self.write(left, baseline, line, size=said.size, va="baseline", **look)

    def rule(self, top: float, left: float = 0.0, right: float | None = None) -> None:
        """Draw a thin line across the board.

        Parameters
        ----------
        top, left, right : float
            In inches from the board's top left; ``right`` is the board's edge unless given.
        """
        end = self.width if right is None else right
        self.board.plot([left, end], [top, top], color=style.look().line, linewidth=0.6)


class Said(NamedTuple):
    """What a sheet says in words.

    Attributes
    ----------
    kind, title, note : str
        What is drawn, what the figure answers, and how to read it.
    """

    kind: str
    title: str
    note: str


def new(title: str, note: str, *, width: float, height: float, kind: str = "Figure") -> Sheet:
    """Make a sheet. Call it, and draw on it, within :func:`polythemes.figures.style.use`.

    Parameters
    ----------
    title : str
        What the figure answers, in plain words.
    note : str
        How to read it, in a sentence or two.
    width, height : float
        Size of the board in inches.
    kind : str
        What is drawn, for who cannot see it, as in ``"Bar chart"``.

    Returns
    -------
    Sheet
        The figure is larger than the board by its margins and its title.
    """
    heads, notes = _head(title, note, width)
    title_height, head = _heights(heads, notes)
    whole = (width + 2 * MARGIN, height + head + 2 * MARGIN)
    figure = Figure(figsize=whole)
    figure.set_label(kind)
    left, top = MARGIN / whole[0], 1 - MARGIN / whole[1]
    figure.text(left, top, "\n".join(heads), va="top", label=title, **HEADING)
    below = top - title_height / whole[1]
    below_title: dict[str, Any] = {"size": NOTE, "color": style.look().soft, "va": "top"}
    figure.text(left, below, "\n".join(notes), label=note, **below_title)
    board = figure.add_axes(
        (left, MARGIN / whole[1], width / whole[0], height / whole[1]),
        xlim=(0, width),
        ylim=(height, 0),
    )
    board.set_axis_off()
    return Sheet(figure, board, width, height)


def besides(title: str, note: str, *, width: float) -> float:
    """Tell how much higher than its board a sheet is.

    Parameters
    ----------
    title, note : str
        What stands above the board.
    width : float
        Width of the board in inches.

    Returns
    -------
    float
        Height of the title, of the note and of the margins, in inches.
    """
    return _heights(*_head(title, note, width))[1] + 2 * MARGIN


def _head(title: str, note: str, width: float) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Cut a title and a note into lines."""
    return labels.wrap(title, width, TITLE, bold=True), labels.wrap(note, width, NOTE)


def _heights(heads: Sequence[str], notes: Sequence[str]) -> tuple[float, float]:
    """Give the height of a title, and with that of its note, in inches."""
    title = len(heads) * TITLE * labels.LEADING / labels.POINTS
    return title, title + len(notes) * NOTE * labels.LEADING / labels.POINTS + 0.1


def said(figure: Figure) -> Said:
    """Tell what :func:`new` was told to say on a figure.

    Parameters
    ----------
    figure : Figure
        A figure.

    Returns
    -------
    Said
        Its words as they were before they were wrapped; empty ones for a figure of another making.
    """
    # Nothing draws the label of a text: it keeps what the text said in one line.
    words = [str(text.get_label()) for text in figure.texts[:2]]
    title, note = (*words, "", "")[:2]
    return Said(str(figure.get_label()) or "Figure", title, note)
