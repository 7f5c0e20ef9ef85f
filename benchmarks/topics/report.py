"""Bring the rows of all methods together: summary, printed table, file and figure."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from benchmarks.topics.scores import COLUMNS

from polythemes.figures import files, peers

OURS = peers.OURS
#: Columns that are printed as ratios to ours.
COSTS = ("seconds", "peak_mb")
SHOWN = {
    "n_topics": "topics", "nmi": "NMI", "ari": "ARI", "leakage": "leakage",
    "shuffle_ari": "shuffle-ARI", "subsample_ari": "90%-ARI", "coverage": "coverage",
    "seconds": "seconds", "peak_mb": "memory",
}  # fmt: skip


def table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Put rows into the columns of the file.

    Parameters
    ----------
    rows : list of dict
        What :func:`benchmarks.topics.scores.rows` gave, with method, form, k and note.

    Returns
    -------
    pandas.DataFrame
        Columns as in :data:`~benchmarks.topics.scores.COLUMNS`.
    """
    return pd.DataFrame(rows, columns=COLUMNS)


def summary(found: pd.DataFrame) -> pd.DataFrame:
    """Average the seeds of every method and set its cost against ours.

    Parameters
    ----------
    found : pandas.DataFrame
        What :func:`table` gave.

    Returns
    -------
    pandas.DataFrame
        A row a form, k and method, in the order of the rows; means, but for seconds and peak_mb:
        medians, as ratios to ours of the same form and k (of the form where we have no such k),
        absolute where there is no row of ours.
    """
    keys = ["form", "k", "method"]
    numbers = found.groupby(keys, sort=False)[list(SHOWN)].mean()
    for cost in COSTS:
        numbers[cost] = found.groupby(keys, sort=False)[cost].median()
    ours = numbers[numbers.index.get_level_values("method") == OURS].droplevel("method")
    ratios = numbers.copy()
    for key in numbers.index:
        if key[:2] in ours.index:
            ratios.loc[key, list(COSTS)] /= ours.loc[key[:2], list(COSTS)]
    notes = found.groupby(keys, sort=False)["note"].first()
    return ratios.assign(note=notes).reset_index()


def text(found: pd.DataFrame) -> str:
    """Write the summary as a table to read.

    Parameters
    ----------
    found : pandas.DataFrame
        What :func:`table` gave.

    Returns
    -------
    str
        A block a form and k.
    """
    ours = found[found["method"].eq(OURS) & found["nmi"].notna()]
    blocks = []
    for (form, k), part in summary(found).groupby(["form", "k"], sort=False):
        own = ours[ours["form"].eq(form) & ours["k"].eq(k)]
        head = f"{form}, number of topics {k}"
        unit = ("s", "MB")
        if len(own):
            seconds, peak = own["seconds"].median(), own["peak_mb"].median()
            head += f" (ours: {seconds:.2f} s, {peak:.0f} MB; others as ratios to that)"
            unit = ("x", "x")
        lines = [head, f"{'method':24}" + "".join(f"{name:>12}" for name in SHOWN.values())]
        lines += [_line(row, unit) for row in part.to_dict("records")]
        blocks.append("\n".join(lines))
    return "\n\n".join(blocks)


def _line(row: dict[str, Any], unit: tuple[str, str]) -> str:
    """Write one method's line; one that made no fit has only its reason."""
    if pd.isna(row["nmi"]):
        return f"{row['method']:24}  {row['note']}"
    cells = []
    for name in SHOWN:
        value = row[name]
        if name in COSTS:
            cell = f"{value:.2f} {unit[COSTS.index(name)]}"
        else:
            cell = f"{value:.1f}" if name == "n_topics" else f"{value:.3f}"
        cells.append("-" if pd.isna(value) else cell)
    note = f"  ({row['note']})" if row["note"] else ""
    return f"{row['method']:24}" + "".join(f"{cell:>12}" for cell in cells) + note


def save(found: pd.DataFrame, folder: Path, title: str) -> files.Saved:
    """Write the rows and the figure.

    Parameters
    ----------
    found : pandas.DataFrame
        What :func:`table` gave.
    folder : Path
        Where ``topics.csv``, ``topics.svg`` and ``topics.png`` go.
    title : str
        What the texts are.

    Returns
    -------
    polythemes.figures.files.Saved
        The three files.
    """
    return files.save(peers.figure(found, title), found, into=folder, name="topics")
