"""A topic laid out: what is said of it, and a column of terms in each language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import pandas as pd

from polythemes import languages
from polythemes.figures import labels, rows, sheet, sizes, style

# Widths in inches: the page, what is said of a topic, a column at its widest and narrowest, and
# the narrowest where figures are written in a size.
PAGE, SIDE, WIDE, NARROW, LEAN = 9.6, 1.4, 1.6, 1.1, 0.62
# On a board narrower than this topics have what is said of them above, right of their number.
ABOVE, NUMBER = 5.0, 0.55
SIZE, SMALL = 7.5, 6.5
# Between rows, and the line below the head of a column.
GAP, LINE = 0.018, 0.025
EMPTY, NONE, TINT = "no terms", "no passage", 0.5

Cells = dict[str, tuple[labels.Fitted, float]]


class Measures(NamedTuple):
    """Hold what all topics of a figure have in common, in inches but for the sizes of terms.

    Attributes
    ----------
    side, column, between : float
        Widths of what is said beside a topic (0 where it stands above), of a column, and of the
        room in it to the next one.
    row, pad, inset, below : float
        Least height of a row, room above and below a term in it, room beside the term, and room
        below a topic.
    size, least : float
        The wanted and the smallest size of terms, in points.
    """

    side: float
    column: float
    between: float = 0.08
    row: float = 0.175
    pad: float = 0.02
    inset: float = 0.04
    below: float = 0.22
    size: float = SIZE
    least: float = 6.0

    @property
    def cell(self) -> float:
        """Width of a cell."""
        return self.column - self.between

    def width(self, count: int) -> float:
        """Give the width of a topic with so many columns."""
        return self.side + self.column * max(1, count) - self.between

    def high(self, cells: Cells) -> float:
        """Give the height of a row, with the gap below it."""
        return max([self.row, *(term.height + 2 * self.pad for term, _ in cells.values())]) + GAP


@dataclass(frozen=True)
class Block:
    """A topic laid out, before it is drawn.

    Parameters
    ----------
    measures : Measures
        Those of the figure.
    number : int
        The topic.
    side : Fitted
        What is said of it.
    told : dict of str to Fitted
        Each language, and how many passages of it the topic holds where that is known.
    heads : dict of str to Fitted
        Its name in each language, empty where it has none.
    grid : tuple of (float, dict)
        A row a concept: its place among them, 0 the first to be shown, and the term and its weight,
        0 to 1, in each language that has one.
    spoken, silent : frozenset of str
        Languages that it has terms in, and others that it holds passages of.
    """

    measures: Measures
    number: int
    side: labels.Fitted
    told: dict[str, labels.Fitted]
    heads: dict[str, labels.Fitted]
    grid: tuple[tuple[float, Cells], ...]
    spoken: frozenset[str]
    silent: frozenset[str]

    @property
    def over(self) -> float:
        """Height of what is said above its columns in inches; 0 where it stands beside them."""
        return 0.0 if self.measures.side else self.side.height + 0.08

    @property
    def names(self) -> float:
        """How far its names stand below the upper edge of its columns, in inches."""
        return max([0.16, *(0.04 + one.height for one in self.told.values())])

    @property
    def head(self) -> float:
        """Height of the heads of its columns in inches."""
        named = [head.height for head in self.heads.values() if head.text]
        return self.names + max(named, default=0.0) + LINE + 0.06

    @property
    def height(self) -> float:
        """Height in inches, with the room below it."""
        beside = 0.26 + self.side.height if self.measures.side else 0.0
        own = self.over + self.head + sum(self.measures.high(cells) for _, cells in self.grid)
        return max(own, beside) + self.measures.below

    def cut(self, most: int) -> Block:
        """Leave out the rows that have no room.

        Parameters
        ----------
        most : int
            How many rows have room.

        Returns
        -------
        Block
            With those that are the first to be shown.
        """
        return replace(self, grid=tuple((at, cells) for at, cells in self.grid if at < most))

    def draw(self, page: sheet.Sheet, left: float, top: float) -> None:
        """Draw it.

        Parameters
        ----------
        page : Sheet
            The sheet.
        left, top : float
            Its top left corner, in inches from the board's.
        """
        side, soft = self.measures.side, style.look().soft
        page.rule(top, left, left + self.measures.width(len(self.told)))
        page.block(left, top + 0.06, labels.Fitted((f"topic {self.number}",), SIZE + 1))
        said = (left, top + 0.24) if side else (left + NUMBER, top + 0.06)
        page.block(*said, self.side, color=soft)
        top += self.over
        lefts = {code: left + side + i * self.measures.column for i, code in enumerate(self.told)}
        for code, at in lefts.items():
            page.block(at, top + 0.04, self.told[code], color=soft)
            page.block(at, top + self.names, self.heads[code])
            colour = style.language(code) if code in self.spoken else style.look().faint
            page.box(at, top + self.head - 0.06, self.measures.cell, LINE, colour)
        at = top + self.head
        for start in [lefts[c] for c in lefts if c in self.silent] if self.grid else [left + side]:
            page.write(start, at + 0.09, EMPTY, size=SIZE, color=soft)
        for _, cells in self.grid:
            self._row(page, cells, lefts, at)
            at += self.measures.high(cells)

    def _row(self, page: sheet.Sheet, cells: Cells, lefts: dict[str, float], top: float) -> None:
        """Draw the terms of a concept."""
        wide, high = self.measures.cell, self.measures.high(cells) - GAP
        for code, start in lefts.items():
            if code in cells:
                term, weight = cells[code]
                page.box(start, top, wide, high, style.look().track)
                page.box(start, top, wide * weight, high, style.tint(style.language(code), TINT))
                page.block(start + self.measures.inset, top + (high - term.height) / 2, term)


def measures(count: int) -> Measures:
    """Choose the measures of a figure.

    Parameters
    ----------
    count : int
        How many languages it has.

    Returns
    -------
    Measures
        Narrower and lower where it is written in a size that has less room than a screen.
    """
    wide, count = sizes.room(PAGE), max(1, count)
    if wide >= PAGE:
        return Measures(SIDE, min(WIDE, max(NARROW, (PAGE - SIDE) / count)))
    side, between = (SIDE, 0.08) if wide >= ABOVE else (0.0, 0.04)
    column = min(WIDE, max(LEAN, (wide - side + between) / count))
    lean = Measures(side, column, between, row=0.14, pad=0.012, inset=0.025, below=0.13)
    return lean._replace(size=6.5, least=5.5)


def lay_out(own: pd.DataFrame, codes: list[str], of: Measures) -> Block:
    """Lay out a topic.

    Parameters
    ----------
    own : pandas.DataFrame
        Its terms, as the figure's data have them; those that are ``shown`` are laid out. Column
        ``place`` holds that of their row, 0 the first to be shown.
    codes : list of str
        The languages of the figure.
    of : Measures
        Its measures.

    Returns
    -------
    Block
        The topic.
    """
    grid = []
    for _, line in own[own["shown"]].groupby("row"):
        first_of = line.drop_duplicates("language")
        fitted = {
            str(cell.language): (
                labels.fit(
                    cell.term, of.cell - 2 * of.inset, size=of.size, least=of.least, lines=3
                ),
                min(1.0, max(0.0, float(cell.weight))),
            )
            for cell in rows.each(first_of)
        }
        grid.append((float(line["place"].iloc[0]), fitted))
    held, spoken = _held(own, codes), frozenset(own.dropna(subset=["term"])["language"])
    return Block(
        measures=of,
        number=int(own["topic_id"].iloc[0]),
        side=_side(own, of, len(codes)),
        told={code: _told(languages.name(code), held[code], of) for code in codes},
        heads=_heads(own, codes, of),
        grid=tuple(grid),
        spoken=spoken,
        silent=frozenset(c for c in codes if c not in spoken and held[c] not in {"", NONE}),
    )


def _side(own: pd.DataFrame, of: Measures, count: int) -> labels.Fitted:
    """Say what a topic is called and how many passages it holds."""
    first = own.iloc[0]
    counts = ["" if pd.isna(first["passages"]) else labels.count(int(first["passages"]), "passage")]
    if "weak" in own and first["weak"] > 0:
        counts.append(f"{int(first['weak'])} only loosely of it")
    room = SIDE - 0.2 if of.side else of.width(count) - NUMBER
    said = [line for line in labels.wrap(labels.plain(first["label"]), room, 7) if line]
    return labels.Fitted(
        (*said, *(counts if of.side else labels.wrap(", ".join(counts), room, 7))), 7
    )


def _told(name: str, held: str, of: Measures) -> labels.Fitted:
    """Name a language and say what a topic holds of it, in two lines where columns are narrow."""
    if of.side or not held:
        return labels.fit(
            " · ".join(filter(None, (name, held))), of.cell, size=SMALL, least=5, lines=1
        )
    size = min(labels.fit(one, of.cell, size=6, least=5, lines=1).size for one in (name, held))
    return labels.Fitted((name, held), size)


def _heads(own: pd.DataFrame, codes: list[str], of: Measures) -> dict[str, labels.Fitted]:
    """Lay out the names of a topic; narrow columns have no room for them."""
    named = own.dropna(subset=["name"]).drop_duplicates("language").set_index("language")["name"]
    given = named.to_dict() if of.side else {}
    return {
        code: labels.fit(given.get(code), of.cell, size=of.size, least=of.least, lines=3)
        for code in codes
    }


def _held(own: pd.DataFrame, codes: list[str]) -> dict[str, str]:
    """Say how many passages of each language a topic holds."""
    if "held" not in own:
        return dict.fromkeys(codes, "")
    many = own.dropna(subset=["held"]).drop_duplicates("language").set_index("language")["held"]
    return {c: labels.count(int(many[c]), "passage") if c in many else NONE for c in codes}
