"""Show a table in the terminal or in a notebook, or write it as CSV or JSON."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from pandas.io.formats.style import Styler
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
#: Columns of shares, 0 to 1: a notebook shows them in percent, with a bar.
SHARES = ("share", "weight", "leads", "coverage")
BAR = "#B9D3E6"
#: Rows that a notebook shows; the files of a run hold all.
MOST = 60


@dataclass(frozen=True)
class View:
    """A table as a notebook shows it.

    Parameters
    ----------
    rows : pandas.DataFrame
        What is shown.
    html : str
        How.
    """

    rows: pd.DataFrame
    html: str

    def __repr__(self) -> str:
        """Show the table where there is no HTML; an address in memory is another each time."""
        return repr(self.rows)

    def _repr_html_(self) -> str:
        """Show the table in Jupyter."""
        return self.html


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


def view(table: pd.DataFrame) -> View:
    """Show a table in a notebook: texts whole and set left, numbers short, shares as bars.

    Parameters
    ----------
    table : pandas.DataFrame
        The rows, of which the first 60 are shown; an index with a name is shown as columns.

    Returns
    -------
    View
        Shows itself as HTML in which every text is text; the same table gives the same bytes.
    """
    rows = table if table.index.names == [None] else table.reset_index()
    rows = rows.reset_index(drop=True)
    many, rows = len(rows), rows.head(MOST)
    told = hashlib.sha256(as_csv(rows).encode()).hexdigest()[:12]
    shown = Styler(rows, uuid=told, cell_ids=False)
    if many > MOST:
        shown.set_caption(f"The first {MOST} of {many:,} rows")
    shares = [name for name in rows.columns if name in SHARES]
    texts = [name for name in rows.columns if not pd.api.types.is_numeric_dtype(rows[name])]
    left = ", ".join(f".col{place}" for place, name in enumerate(rows.columns) if name in texts)
    shown.format(_cell, escape="html").format(_percent, subset=shares)
    shown.bar(subset=shares, color=BAR, vmin=0, vmax=1)
    shown.set_table_styles(
        [
            {"selector": "td, th", "props": "vertical-align: top; white-space: normal"},
            {"selector": left, "props": "text-align: left; max-width: 44em"},
        ]
    )
    return View(rows, shown.hide(axis="index").to_html())


def _percent(share: float) -> str:
    """Write a share."""
    return "" if pd.isna(share) else f"{100 * share:.0f} %"


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
