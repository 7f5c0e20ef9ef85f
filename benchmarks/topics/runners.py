"""Run a method in a process and an environment of its own, with one thread and a time limit."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from benchmarks.topics.forms import Fit
from benchmarks.topics.methods import Data
from benchmarks.topics.scores import Done

ROOT = Path(__file__).resolve().parents[2]
#: What tells the libraries below the methods how many threads to use.
THREADS = (
    "OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "NUMBA_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS", "RAYON_NUM_THREADS",
)  # fmt: skip
#: Without a limit no sample is begun after so many seconds; all shuffles are made.
ENOUGH = 15.0
#: A process waits for others at most so many times as long as it works.
WAIT = 10
#: A peer that looks for a model on a network is told at once that there is none.
OFFLINE = ("HF_HUB_OFFLINE", "TRANSFORMERS_OFFLINE")


def run(
    method: str, k: int, data: Data, fits: Sequence[Fit], *, python: Path, limit: int = 0
) -> tuple[list[Done], str]:
    """Make the fits of a method.

    Parameters
    ----------
    method : str
        Its name in :data:`~benchmarks.topics.methods.METHODS`.
    k : int
        Number of topics; 0 lets the method find one.
    data : Data
        All texts.
    fits : sequence of Fit
        What to fit, in this order, all in one process: its import and its memory are its own.
    python : Path
        Python of the environment that holds the method.
    limit : int
        Processor seconds after which the process is ended, its import included; fits made by then
        count. 0: none. One that waits and does nothing is ended after ten times as many.

    Returns
    -------
    done : list of (Fit, ndarray of int64, dict)
        The fits that were made, with labels and cost.
    why : str
        Why not all were made; empty where all were.
    """
    with tempfile.TemporaryDirectory(prefix="benchmark-") as name:
        folder = Path(name)
        data.write(folder)
        needed = len(fits) if limit else sum(fit.kind == "shuffle" for fit in fits)
        plan = {"rows": [fit.rows.tolist() for fit in fits], "needed": needed, "enough": ENOUGH}
        (folder / "fits.json").write_text(json.dumps(plan), "utf-8")
        # Not resolved: the link's own place is what tells a Python its environment.
        command = [str(python.absolute()), "-m", "benchmarks.topics.worker", method, str(k), name]
        command.append(str(limit))
        why = _call(command, folder, limit)
        done = _done(folder / "done.jsonl", fits)
    missing = len(fits) - len(done)
    return done, f"{why}; {len(done)} of {len(fits)} fits" if missing else ""


def _call(command: Sequence[str], folder: Path, limit: int) -> str:
    """Run a process to its end or its limit and say why it ended, if not well."""
    alike = dict.fromkeys(THREADS, "1") | dict.fromkeys(OFFLINE, "1")
    with (folder / "said").open("wb") as said:
        try:
            ended = subprocess.run(  # noqa: S603  # our own worker
                command,
                cwd=ROOT,
                env=os.environ | alike | {"PYTHONHASHSEED": "0"},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                timeout=WAIT * limit or None,
                check=False,
            ).returncode
        except subprocess.TimeoutExpired:
            return f"did nothing for long: stopped after {WAIT * limit} s"
    if limit and ended in {-signal.SIGXCPU, -signal.SIGKILL}:
        return f"stopped after {limit} processor seconds"
    why = folder / "why"
    if why.exists():
        return why.read_text("utf-8")
    return f"ended with {ended}"


def _done(path: Path, fits: Sequence[Fit]) -> list[Done]:
    """Read the fits that were made; the last line may have been cut off."""
    lines = path.read_text("utf-8").split("\n")[:-1] if path.exists() else []
    found = [json.loads(line) for line in lines]
    return [
        (fit, np.array(one["labels"], dtype=np.int64), one["cost"])
        for fit, one in zip(fits, found, strict=False)
    ]
