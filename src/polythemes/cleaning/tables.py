"""Rows of a table of the article: lines of as many cells each, one below the other."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from polythemes.cleaning.lines import Line

#: What parts the cells of a row; cells that every row has, rows that make a table.
BAR, CELLS, ROWS = "|", 2, 3


def rows(lines: Sequence[Line]) -> list[Line]:
    """Name the rows of tables.

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article, none of them named.

    Returns
    -------
    list of Line
        The lines. Three rows or more with as many cells each are a table, if cells change from
        row to row: a menu between bars stands alone, or again as it was.
    """
    named = list(lines)
    for bars, run in groupby(range(len(lines)), key=lambda i: lines[i].text.count(BAR)):
        found = list(run)
        if bars < CELLS - 1 or len(found) < ROWS or len({lines[i].key for i in found}) < len(found):
            continue
        for i in found:
            named[i] = lines[i].is_("body", f"one of {len(found)} rows of {bars + 1} cells")
    return named
