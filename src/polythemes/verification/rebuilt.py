"""Rebuild a corpus in a folder of its own, in a process of its own, with an empty cache."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from polythemes.paths import Corpus
from polythemes.settings import load

#: Exit codes of a run that went through: 3 if it left something out, which it names.
DONE = (0, 3)


@dataclass(frozen=True)
class Rebuilt:
    """Tell how a rebuild ended.

    Parameters
    ----------
    corpus : Corpus
        The corpus as rebuilt.
    source : str
        What it began from, ``"texts"`` or ``"features"``; "" if it did not come so far.
    error : str
        Why it stopped; "" if it went through.
    """

    corpus: Corpus
    source: str
    error: str


def lay_out(corpus: Corpus, folder: Path) -> Corpus:
    """Copy what a corpus is made from into an empty project folder.

    Parameters
    ----------
    corpus : Corpus
        The corpus.
    folder : Path
        An empty folder.

    Returns
    -------
    Corpus
        The copy: its data, texts if there are any, actors, notebooks and lock; no table, no
        figure, no cached vector.
    """
    root = corpus.root
    # Sheets of people are read by no run.
    shutil.copytree(
        corpus.folder, folder / "data" / corpus.name, ignore=shutil.ignore_patterns("labels")
    )
    (folder / "notebooks").mkdir()
    for path in [
        root / "data" / "actors.toml",
        root / "requirements" / "default.txt",
        root / "CITATION.cff",
        *(root / "notebooks").glob("*.ipynb"),
    ]:
        if path.exists():
            target = folder / path.relative_to(root)
            target.parent.mkdir(exist_ok=True)
            shutil.copyfile(path, target)
    model = load(corpus.settings).encoder.partition(":")[2]
    if model and not Path(model).is_absolute() and (root / model).exists():
        (folder / model).parent.mkdir(parents=True, exist_ok=True)
        (folder / model).symlink_to(root / model)
    return Corpus(corpus.name, folder)


def rebuild(copy: Corpus, *, say: Callable[[str], None], quick: bool = False) -> Rebuilt:
    """Work a copied corpus out, and draw its figures.

    Parameters
    ----------
    copy : Corpus
        What :func:`lay_out` gives.
    say : callable
        Is told every line that the run tells.
    quick : bool
        Leave the notebooks out, and with them the figures.

    Returns
    -------
    Rebuilt
        How it ended.
    """
    command = ["build" if quick else "figures", copy.name]
    own = {
        "POLYTHEMES_ROOT": str(copy.root),
        "POLYTHEMES_CACHE": str(copy.root / ".cache"),
        "PYTHONIOENCODING": "utf-8",
    }
    last = ""
    with subprocess.Popen(  # noqa: S603 (this very program)
        [sys.executable, "-m", "polythemes", *command],
        stderr=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        encoding="utf-8",
        errors="replace",
        cwd=copy.root,
        env={**os.environ, **own},
    ) as run:
        for line in run.stderr or ():
            last = line.strip() or last
            say(line.rstrip())
    error = "" if run.returncode in DONE else last.removeprefix("polythemes: ")
    if run.returncode not in DONE and not error:
        error = f"the run ended with exit code {run.returncode}"
    return Rebuilt(copy, _source(copy), error)


def _source(copy: Corpus) -> str:
    """Tell what a run began from."""
    try:
        record = json.loads((copy.build / "build.json").read_text(encoding="utf-8"))
        return str(record["inputs"]["source"])
    except (KeyError, OSError, TypeError, ValueError):
        return ""
