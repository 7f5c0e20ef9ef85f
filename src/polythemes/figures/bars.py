"""One bar a row, one part a kind of thing, with a key above and what is said of each at its end."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.figure import Figure

from polythemes.figures import labels, sheet, sizes, style
from polythemes.figures.keys import Key

OTHER = "#DDDDDD"
WIDTH, ROW, BAR = 7.2, 0.34, 0.22
# Room to the right of the longest bar for what is said of it.
SAID = 1.2
# Heights in a column: of the title and its note, of a key of many parts, of a row at the least.
ABOVE, KEY, LEAST = 1.4, 1.1, 0.22


def largest(table: pd.DataFrame, most: int) -> pd.DataFrame:
    """Take the rows with the largest sums, in the order they stand in.

    Parameters
    ----------
    table : pandas.DataFrame
        Whole numbers.
    most : int
        How many rows to take; fewer where a column or a page has no room for them.

    Returns
    -------
    pandas.DataFrame
        Those rows; of equal ones the first.
    """
    most = sizes.rows(most, each=LEAST, besides=ABOVE + KEY)
    best = table.sum(axis=1).sort_values(ascending=False, kind="stable").index[:most]
    return table[table.index.isin(best)]


def stacked(
    table: pd.DataFrame,
    *,
    names: Mapping[str, str],
    said: Mapping[str, str],
    colours: Mapping[str, str],
    title: str,
    subtitle: str,
) -> Figure:
    """Draw stacked bars.

    Parameters
    ----------
    table : pandas.DataFrame
        Index: the rows by key, in order. Columns: the parts, in order. Values: whole numbers.
    names, said : mapping of str to str
        What stands before each bar, and behind it.
    colours : mapping of str to str
        Colour of each part; a grey for one without.
    title, subtitle : str
        What stands above.

    Returns
    -------
    Figure
        The figure.
    """
    with style.use():
        colours = style.scheme(colours)
        parts = [str(part) for part in table.columns]
        wide = sizes.room(WIDTH)
        key = Key(tuple((part, colours.get(part, OTHER), "s") for part in parts), wide)
        side = labels.column(names.values(), min(1.6, 0.3 * wide), size=8)
        end = min(SAID, 0.32 * wide)
        top = key.height + 0.1
        each = sizes.row(ROW, len(table), besides=ABOVE + top)
        high = top + each * len(table)
        page = sheet.new(title, subtitle, width=wide, height=high, kind="Bar chart")
        key.draw(page, 0, 0)
        scale = (wide - side - end) / max(1, int(table.sum(axis=1).max()))
        for i, (row, values) in enumerate(table.iterrows()):
            label = labels.fit(names[str(row)], side - 0.12, size=8, least=5.5, lines=2)
            middle = top + each * (i + 0.5)
            page.write(side - 0.08, middle, label.text, size=label.size, ha="right")
            left = _bar(page, (side, middle), values, scale, colours, high=BAR / ROW * each)
            told = labels.fit(said[str(row)], end - 0.08, size=7, least=5.5, lines=1)
            page.write(left + 0.08, middle, told.text, size=told.size, color=style.look().soft)
    return page.figure


def _bar(
    page: sheet.Sheet,
    start: tuple[float, float],
    values: pd.Series,
    scale: float,
    colours: Mapping[str, str],
    *,
    high: float,
) -> float:
    """Draw one bar, its numbers where there is room, and give its right end."""
    left, middle = start
    for part, count in values.items():
        colour, across = colours.get(str(part), OTHER), count * scale
        page.box(left, middle - high / 2, across, high, colour)
        for text in (f"{part} {count:,}", f"{count:,}"):
            if labels.width(text, 7) + 0.08 < across:
                ink = style.ink(colour)
                page.write(left + across / 2, middle, text, size=7, color=ink, ha="center")
                break
        left += across
    return left
