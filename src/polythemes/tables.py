"""The tables that stages hand on: held to their columns, in files that are never half-written."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from polythemes.contracts import CONTRACTS
from polythemes.errors import PolythemesError, choices

__all__ = ["CONTRACTS", "as_csv", "check", "read", "sweep", "whole", "write", "write_text"]

#: Digits of a number in a CSV file.
DIGITS = 6
#: How the name of a scratch file ends.
SCRATCH = re.compile(r"-[0-9a-f]{12}(\.\w+)?$")


def check(table: pd.DataFrame, name: str) -> pd.DataFrame:
    """Hold a table to its contract.

    Parameters
    ----------
    table : pandas.DataFrame
        The table that a stage made or a file held.
    name : str
        Which contract it must meet.

    Returns
    -------
    pandas.DataFrame
        The same rows with the contract's columns first, in the contract's order.

    Raises
    ------
    PolythemesError
        If a column is missing.
    """
    columns = list(CONTRACTS[name])
    missing = [column for column in columns if column not in table.columns]
    if missing:
        msg = (
            f"table {name!r} lacks the columns {choices(missing)}; it must hold "
            f"{choices(columns)}; run `polythemes build` again"
        )
        raise PolythemesError(msg)
    return table[columns + [column for column in table.columns if column not in columns]]


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a scratch path that takes the place of ``path`` once it is written whole.

    Parameters
    ----------
    path : Path
        The file to write; its folder is made.

    Yields
    ------
    Path
        Where to write. After an error it is removed and ``path`` stays as it was.

    Raises
    ------
    PolythemesError
        If the folder or the file cannot be written.
    """
    # A name may have 255 bytes: the scratch file's is no longer than a long one of `path`.
    scratch = path.with_name(f".{path.stem[:40]}-{secrets.token_hex(6)}{path.suffix[:10]}")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield scratch
        scratch.replace(path)
    except OSError as error:
        msg = (
            f"cannot write {path}: {error.strerror or error}; a folder that can be written to is "
            "needed: free the place, or give the rights"
        )
        raise PolythemesError(msg) from error
    finally:
        with suppress(OSError):
            scratch.unlink(missing_ok=True)


def sweep(folder: Path) -> None:
    """Remove the scratch files that a writer left which was killed.

    Parameters
    ----------
    folder : Path
        A folder that nobody writes to now; it may be absent.
    """
    for path in folder.glob(".*"):
        if SCRATCH.search(path.name):
            with suppress(OSError):
                path.unlink()


def write_text(path: Path, text: str) -> None:
    """Write a text file whole, as UTF-8 with Unix line ends.

    Parameters
    ----------
    path : Path
        The file.
    text : str
        Its content.
    """
    with whole(path) as scratch:
        scratch.write_text(text, encoding="utf-8", newline="\n")


def as_csv(table: pd.DataFrame) -> str:
    """Write rows as CSV that any program reads and none runs.

    Parameters
    ----------
    table : pandas.DataFrame
        The rows.

    Returns
    -------
    str
        Numbers rounded to 6 digits. A text that a spreadsheet would take for a formula has an
        apostrophe before it (OWASP, "CSV Injection").
    """
    text: str = table.astype(object).map(_cell).to_csv(index=False, lineterminator="\n")
    return text


def _cell(value: Any) -> Any:
    """Round a number; make a text harmless."""
    if isinstance(value, float | np.floating):
        # Adding nothing turns -0.0 into 0.0.
        return round(float(value), DIGITS) + 0.0
    if isinstance(value, str):
        # A line end of one kind is quoted; of another it would end the row.
        text = value.replace("\r\n", "\n").replace("\r", "\n")
        return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\n")) else text
    return value


def write(table: pd.DataFrame, path: Path, name: str) -> None:
    """Write a table as Parquet, whole and with the same bytes for the same rows.

    Parameters
    ----------
    table : pandas.DataFrame
        The rows.
    path : Path
        The file.
    name : str
        The contract that the table must meet.
    """
    table = check(table, name)
    arrow = pa.Table.from_pandas(table, preserve_index=False)
    for i, (column, kind) in enumerate(CONTRACTS[name].items()):
        arrow = arrow.set_column(i, column, arrow.column(column).cast(kind))
    with whole(path) as scratch:
        pq.write_table(arrow.replace_schema_metadata(None), scratch)


def read(path: Path, name: str) -> pd.DataFrame:
    """Read a table that :func:`write` wrote.

    Parameters
    ----------
    path : Path
        The file.
    name : str
        The contract that it must meet.

    Returns
    -------
    pandas.DataFrame
        Its rows, in the order they were written.

    Raises
    ------
    PolythemesError
        If the file is missing, damaged or lacks a column.
    """
    try:
        table: pd.DataFrame = pq.read_table(path).to_pandas()
    except (OSError, pa.ArrowException) as error:
        msg = f"cannot read {path}: it is missing or damaged; run `polythemes build` again"
        raise PolythemesError(msg) from error
    return check(table, name)
