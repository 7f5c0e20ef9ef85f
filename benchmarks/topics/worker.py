"""Make the fits of one method in a process of its own and write down what each gave and cost.

Runs in the environment of the method, so it needs NumPy and the method's package, nothing else:
`python -m benchmarks.topics.worker METHOD K FOLDER LIMIT`. Each fit is a line of FOLDER/done.jsonl;
what stops the process is in FOLDER/why.
"""

from __future__ import annotations

import json
import resource
import sys
import time
import warnings
from pathlib import Path

import numpy as np
from benchmarks.topics import methods
from benchmarks.topics.methods import Data

#: So much of what an error says is enough to know it by.
LONGEST = 160


def main() -> None:
    """Make all fits that FOLDER/fits.json lists, in their order."""
    name, k, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    limit = int(sys.argv[4])
    begun = time.perf_counter()
    warnings.simplefilter("ignore")
    if limit:
        # The system ends this process then, whatever it is doing.
        resource.setrlimit(resource.RLIMIT_CPU, (limit, limit))
    try:
        fit = methods.METHODS[name].load()
        data = Data.read(folder)
        with (folder / "done.jsonl").open("w", encoding="utf-8") as out:
            plan = json.loads((folder / "fits.json").read_text("utf-8"))
            for number, rows in enumerate(plan["rows"]):
                if number >= plan["needed"] and time.perf_counter() - begun > plan["enough"]:
                    (folder / "why").write_text("time for samples is up", encoding="utf-8")
                    break
                out.write(json.dumps(_timed(fit, data.take(rows), k)) + "\n")
                out.flush()
    except Exception as error:  # a peer may raise anything, and a row has to say what it was
        said = " ".join(f"{type(error).__name__}: {error}".split())
        (folder / "why").write_text(said[:LONGEST], encoding="utf-8")
        raise


def _timed(fit: methods.Fitter, data: Data, k: int) -> dict[str, object]:
    """Fit once; processor seconds do not count what other processes of the machine do."""
    wall, seconds = time.perf_counter(), time.process_time()
    labels = np.asarray(fit(data, k), dtype=np.int64)
    seconds, wall = time.process_time() - seconds, time.perf_counter() - wall
    if labels.shape != (len(data.texts),):
        msg = f"{labels.shape} labels came for {len(data.texts)} texts"
        raise ValueError(msg)
    cost = {"seconds": seconds, "wall_seconds": wall, "peak_mb": _peak()}
    return {"labels": labels.tolist(), "cost": cost}


def _peak() -> float:
    """Give the most memory this process has held, in megabytes (2**20 bytes)."""
    # On Linux the other count begins with what the parent held when it started this process.
    status = Path("/proc/self/status")
    if status.exists():
        held = [line for line in status.read_text("utf-8").splitlines() if "VmHWM" in line]
        return int(held[0].split()[1]) / 2**10
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20


if __name__ == "__main__":
    main()
