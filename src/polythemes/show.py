"""Show a table in the terminal, or write it as CSV or JSON."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
from rich import box
from rich.cells import cell_len
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from polythemes.tables import as_csv, write_text
from polythemes.visible import visible

#: A column with a longer value wraps; shorter ones stay in one line.
WIDE = 24
#: Blanks between two columns.
GAP = 2


def show(
    table: pd.DataFrame, title: str, *, csv: Path | None = None, json: Path | None = None
) -> None:
    """Show a table where the user asked for it.

    Parameters
    ----------
    table : pandas.DataFrame
        The rows.
    title : str
        Stands above the table in the terminal.
    csv, json : Path, optional
        Files to write instead of the terminal.
    """
    if csv:
        write_text(csv, as_csv(table))
    if json:
        text = table.to_json(orient="records", force_ascii=False, indent=2)
        write_text(json, text + "\n")
    if not csv and not json:
        _print(table, title)


def _print(table: pd.DataFrame, title: str) -> None:
    """Print a table; columns of numbers are set right."""
    console = Console()
    shown = Table(
        title=escape(title),
        title_justify="left",
        title_style="bold",
        box=box.SIMPLE_HEAD,
        pad_edge=False,
        collapse_padding=True,
    )
    needed = 0
    for name in table.columns:
        number = pd.api.types.is_numeric_dtype(table[name])
        longest = max(map(cell_len, (str(name), *map(_cell, table[name]))))
        least = longest if longest <= WIDE else WIDE
        needed += least + GAP
        shown.add_column(
            str(name), justify="right" if number else "left", overflow="fold", min_width=least
        )
    # A narrow terminal breaks the line; cutting a number off would show another number.
    console.width = max(console.width, needed)
    for row in table.itertuples(index=False):
        shown.add_row(*(escape(_cell(value)) for value in row))
    console.print(shown)


def _cell(value: object) -> str:
    """Write one value for reading."""
    if isinstance(value, float):
        return "" if pd.isna(value) else f"{value:.2f}"
    return visible(str(value))
