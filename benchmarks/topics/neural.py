"""Train the neural peers of EC News: `python -m benchmarks.topics.neural FOLDER`."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from pathlib import Path

from benchmarks.topics import peers, runners

from polythemes import paths
from polythemes.errors import PolythemesError

MODELS = ("InfoCTM", "NMTM")
FILES = ("train_texts_en.txt", "train_texts_cn.txt", "test_texts_en.txt", "test_texts_cn.txt")
DICTIONARY = "ch_en_dict.dat"
#: Beside training: reading, importing, scoring and writing take at most so many seconds.
REST = 600.0


def train(model: str, folder: Path, *, into: Path, limit: float) -> str:
    """Train one model and keep its top terms and topic scores.

    Parameters
    ----------
    model : str
        ``InfoCTM`` or ``NMTM``.
    folder : Path
        Texts and dictionary of EC News.
    into : Path
        Where ``<model>.json`` (epochs, seconds, top_words by language) and ``<model>.npz``
        (``train_en``, ``train_cn``, ``test_en``, ``test_cn``: topic scores of the texts) go.
    limit : float
        Seconds of training.

    Returns
    -------
    str
        Why there is none; empty where there is.

    Raises
    ------
    PolythemesError
        If the folder lacks a file.
    """
    missing = [name for name in (*FILES, DICTIONARY) if not (folder / name).is_file()]
    if missing:
        msg = f"{folder} lacks {', '.join(missing)}; the files of EC News are needed; check DATA"
        raise PolythemesError(msg)
    python, why = peers.python("peers-torch")
    if why:
        return why
    into.mkdir(parents=True, exist_ok=True)
    command = [str(python.absolute()), "-m", "benchmarks.topics.neural_worker", model]
    command += [str(folder.resolve()), str((into / model).resolve()), str(limit)]
    try:
        ended = subprocess.run(  # noqa: S603  # our own worker
            command,
            cwd=runners.ROOT,
            env=os.environ | dict.fromkeys(runners.THREADS, "1"),
            capture_output=True,
            text=True,
            timeout=limit + REST,
            check=False,
        )
    except subprocess.TimeoutExpired:
        return f"stopped after {limit + REST:g} s"
    said = ended.stderr.strip().splitlines() or ["no reason given"]
    return said[-1][:200] if ended.returncode else ""


def main() -> int:
    """Train the models one after the other."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--only", choices=MODELS)
    parser.add_argument("--limit", type=float, default=1500.0, help="seconds a model")
    given = parser.parse_args()
    into = paths.root() / "build" / "benchmarks" / "ecnews"
    try:
        for model in [given.only] if given.only else MODELS:
            why = train(model, given.folder, into=into, limit=given.limit)
            print(f"{model}: {why or into / model}", flush=True)
    except PolythemesError as error:
        print(f"benchmark: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
