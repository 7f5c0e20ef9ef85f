"""What is kept of a corpus when its texts may not be passed on: no text, but all that counts."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from polythemes.errors import PolythemesError
from polythemes.tables import CONTRACTS, check, whole

VERSION = 2
SCALE = 1000
#: Rounding lets a last digit flip between processors; this many steps apart is the same vector.
STEPS = 2

TERMS = pa.list_(pa.struct({"term": pa.string(), "count": pa.int32()}))

Vectors = NDArray[np.float32]


@dataclass(frozen=True)
class Features:
    """Hold what the analysis needs of every passage.

    Parameters
    ----------
    passages : pandas.DataFrame
        The table ``passages``, without text.
    terms : pandas.DataFrame
        The table ``terms``.
    vectors : ndarray of float32, shape (n, d)
        One vector a passage, rounded to 0.001.
    examples : pandas.DataFrame
        Columns ``sha256`` and ``vector`` of the texts that name themes.
    encoder : str
        Name and version of the encoder.
    articles : mapping of str to str
        ``article_id`` to SHA-256 of every text that was worked on, with passages or without.
    """

    passages: pd.DataFrame
    terms: pd.DataFrame
    vectors: Vectors
    examples: pd.DataFrame
    encoder: str
    articles: Mapping[str, str] = field(default_factory=dict)


def key(text: str) -> str:
    """Name a text by what it says.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        Its SHA-256 as UTF-8.
    """
    return hashlib.sha256(text.encode()).hexdigest()


def write(features: Features, path: Path) -> None:
    """Write features as Parquet, with the same bytes for the same features.

    A row is a passage, or a text that names a theme (``role`` says which). Terms are sorted, so
    that no sentence can be read back.

    Parameters
    ----------
    features : Features
        What to keep.
    path : Path
        The file.
    """
    columns = list(CONTRACTS["passages"])
    passages = features.passages[columns].assign(role="passage")
    counted = features.terms.sort_values(["passage_id", "term"]).groupby("passage_id")
    terms = {key: list(zip(own["term"], own["count"], strict=True)) for key, own in counted}
    passages["terms"] = [terms.get(key, []) for key in passages["passage_id"]]
    passages["vector"] = _whole(features.vectors)
    examples = features.examples.sort_values("sha256").assign(role="example")
    examples["vector"] = _whole(examples["vector"])
    table = pd.concat([passages, examples], ignore_index=True)
    kinds = {**CONTRACTS["passages"], "role": pa.string()}
    kinds["terms"] = TERMS
    kinds["vector"] = pa.list_(pa.int16(), features.vectors.shape[1])
    arrays = [_array(table[name], kind) for name, kind in kinds.items()]
    told = {"version": VERSION, "encoder": features.encoder, "scale": SCALE}
    told["articles"] = dict(sorted(features.articles.items()))
    schema = pa.schema(list(kinds.items()), metadata={"polythemes": json.dumps(told)})
    with whole(path) as scratch:
        pq.write_table(pa.Table.from_arrays(arrays, schema=schema), scratch, compression="zstd")


def read(path: Path) -> Features:
    """Read features that :func:`write` wrote.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    Features
        What was kept.

    Raises
    ------
    PolythemesError
        If the file is missing, damaged, or of another version.
    """
    told, table = _open(path)
    try:
        rows, examples = table[table["role"] == "passage"], table[table["role"] == "example"]
        whole_columns = [name for name, kind in CONTRACTS["passages"].items() if kind == pa.int32()]
        passages = rows[list(CONTRACTS["passages"])].reset_index(drop=True)
        counts = [
            (row.passage_id, row.language, one["term"], one["count"])
            for row in rows.itertuples()
            for one in row.terms
        ]
        named = examples[["sha256"]].assign(vector=list(_real(examples["vector"])))
        return Features(
            passages.astype(dict.fromkeys(whole_columns, "int32")),
            check(pd.DataFrame(counts, columns=list(CONTRACTS["terms"])), "terms"),
            _real(rows["vector"]),
            named.reset_index(drop=True),
            str(told["encoder"]),
            {str(key): str(sha256) for key, sha256 in told["articles"].items()},
        )
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise PolythemesError(_damaged(path)) from error


def vectors(path: Path) -> Vectors:
    """Read only the vectors of the passages.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    ndarray of float32, shape (n, d)
        As in :class:`Features`.

    Raises
    ------
    PolythemesError
        If the file is missing, damaged, or of another version.
    """
    table = _open(path, ["role", "vector"])[1]
    try:
        return _real(table.loc[table["role"] == "passage", "vector"])
    except (TypeError, ValueError) as error:
        raise PolythemesError(_damaged(path)) from error


def _open(path: Path, columns: list[str] | None = None) -> tuple[dict[str, Any], pd.DataFrame]:
    """Read what a file tells of itself, and its rows."""
    try:
        arrow = pq.read_table(path, columns=columns)
        told = json.loads((arrow.schema.metadata or {})[b"polythemes"])
        version = told["version"]
        table = arrow.to_pandas()
    except (OSError, pa.ArrowException, KeyError, TypeError, ValueError) as error:
        raise PolythemesError(_damaged(path)) from error
    if version != VERSION:
        msg = (
            f"{path} is of version {version}; this program reads version {VERSION}; build the "
            "corpus again from its texts"
        )
        raise PolythemesError(msg)
    return told, table


def _damaged(path: Path) -> str:
    """Say that a file cannot be read as features."""
    return f"{path} is no file of features, or is damaged; restore it, or import the texts"


def settle(fresh: Features, kept: Features | None) -> Features:
    """Choose between fresh features and those kept, which another machine may have made.

    Parameters
    ----------
    fresh : Features
        Made from the texts now.
    kept : Features or None
        Read from the corpus.

    Returns
    -------
    Features
        ``fresh`` with the kept vectors wherever the text and the encoder are the same and no value
        is more than 0.002 away: so every machine reckons with the same numbers.
    """
    if kept is None or kept.encoder != fresh.encoder:
        return fresh
    passages = dict(zip(kept.passages["sha256"], kept.vectors, strict=True))
    examples = dict(zip(kept.examples["sha256"], kept.examples["vector"], strict=True))
    return Features(
        fresh.passages,
        fresh.terms,
        np.stack(_nearer(list(fresh.passages["sha256"]), list(fresh.vectors), passages)),
        fresh.examples.assign(
            vector=_nearer(list(fresh.examples["sha256"]), list(fresh.examples["vector"]), examples)
        ),
        fresh.encoder,
        fresh.articles,
    )


def differ(one: Features, other: Features | None) -> bool:
    """Tell whether two sets of features differ in anything.

    Parameters
    ----------
    one, other : Features
        The two; ``other`` may be None.

    Returns
    -------
    bool
        True if they do.
    """
    return other is None or _content(one) != _content(other)


def _content(features: Features) -> tuple[object, ...]:
    """Give all that features hold in a form that compares."""
    terms = features.terms.sort_values(["passage_id", "term"])[list(CONTRACTS["terms"])]
    examples = features.examples.sort_values("sha256")
    return (
        features.encoder,
        dict(features.articles),
        features.passages[list(CONTRACTS["passages"])].astype(str).to_numpy().tolist(),
        terms.astype(str).to_numpy().tolist(),
        list(examples["sha256"]),
        [one.tolist() for one in (*_whole(features.vectors), *_whole(examples["vector"]))],
    )


def _nearer(keys: list[str], fresh: list[Vectors], kept: dict[str, Vectors]) -> list[Vectors]:
    """Take the kept vector wherever it differs only by rounding."""
    settled = []
    for key, vector in zip(keys, fresh, strict=True):
        other = kept.get(key)
        same = (
            other is not None
            and len(other) == len(vector)
            and float(np.abs(other - vector).max()) < (STEPS + 0.5) / SCALE
        )
        settled.append(other if same and other is not None else vector)
    return settled


def _whole(vectors: Iterable[Vectors]) -> list[NDArray[np.int16]]:
    """Write vectors as whole multiples of 0.001."""
    return [np.rint(one.astype(np.float64) * SCALE).astype(np.int16) for one in vectors]


def _real(rows: pd.Series) -> Vectors:
    """Read vectors from whole multiples of 0.001."""
    stacked = np.stack(list(rows))
    if stacked.dtype != np.int16 or stacked.ndim != 2:
        msg = f"{stacked.dtype} {stacked.shape}"
        raise ValueError(msg)
    return stacked.astype(np.float32) / np.float32(SCALE)


def _array(column: pd.Series, kind: pa.DataType) -> pa.Array:
    """Make an Arrow array of a column in which examples have no place, language or terms."""
    values = [None if isinstance(one, float) and np.isnan(one) else one for one in column]
    if kind == TERMS:
        values = [None if one is None else [_pair(*pair) for pair in one] for one in values]
    if pa.types.is_int32(kind):
        values = [None if one is None else int(one) for one in values]
    return pa.array(values, type=kind)


def _pair(term: str, count: int) -> dict[str, object]:
    """Give a term and its count as Arrow takes them."""
    return {"term": term, "count": int(count)}
