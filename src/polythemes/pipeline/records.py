"""What became of the texts, kept beside the features: lines, repairs, duplicates, concepts."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from polythemes.errors import PolythemesError
from polythemes.paths import Corpus
from polythemes.tables import CONTRACTS, REAL, WHOLE, write_text


def write(corpus: Corpus, tables: Mapping[str, pd.DataFrame]) -> None:
    """Bring the records of a corpus up to date where they differ.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    tables : mapping of str to pandas.DataFrame
        The tables of a run, those that are kept among them.
    """
    for name, path in corpus.records.items():
        text = tables[name][list(CONTRACTS[name])].to_csv(index=False, lineterminator="\n")
        if not path.exists() or path.read_bytes() != text.encode():
            write_text(path, text)


def read(corpus: Corpus) -> dict[str, pd.DataFrame]:
    """Read the records of a corpus.

    Parameters
    ----------
    corpus : Corpus
        The corpus.

    Returns
    -------
    dict of str to pandas.DataFrame
        The tables by name.

    Raises
    ------
    PolythemesError
        If a file is missing or damaged.
    """
    return {name: _read(corpus, name) for name in corpus.records}


def _read(corpus: Corpus, name: str) -> pd.DataFrame:
    """Read one record."""
    path = corpus.records[name]
    types = {WHOLE: "int32", REAL: "float64"}
    kinds = {column: types.get(kind, str) for column, kind in CONTRACTS[name].items()}
    try:
        table: pd.DataFrame = pd.read_csv(
            path, dtype=kinds, usecols=list(kinds), keep_default_na=False
        )
    except (OSError, ValueError) as error:
        msg = f"{path} is missing or damaged; restore it, or import the texts of {corpus.name}"
        raise PolythemesError(msg) from error
    return table[list(kinds)]
