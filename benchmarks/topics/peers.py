"""The environment of the peers, apart from our own."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

from polythemes import paths

HERE = Path(__file__).parent
#: Gigabytes on disk that each lock takes on Linux, measured.
SIZES = {"peers": 0.7, "peers-torch": 4.9}


@cache
def python(needs: str) -> tuple[Path, str]:
    """Find the Python of an environment, and make the environment where it is missing.

    Parameters
    ----------
    needs : str
        ``polythemes`` for the one this runs in, or the name of a lock beside this file.

    Returns
    -------
    python : Path
        The Python.
    why : str
        Why the environment could not be made; empty where it is there.
    """
    if needs == "polythemes":
        return Path(sys.executable), ""
    place = paths.cache() / needs
    lock = HERE / f"{needs}.txt"
    made, found = place / "in-step-with", place / "bin" / "python"
    wanted = f"{place} {sys.version} {lock.read_text('utf-8')}"
    if made.exists() and made.read_text("utf-8") == wanted and found.exists():
        return found, ""
    print(f"making {place} ({SIZES[needs]} GB)", flush=True)
    uv = [sys.executable, "-m", "uv"]
    why = _call([*uv, "venv", "--quiet", "--clear", "--python", sys.executable, str(place)])
    why = why or _call(
        [*uv, "pip", "sync", "--quiet", "--require-hashes", "--python", str(found), str(lock)]
    )
    if not why:
        made.write_text(wanted, encoding="utf-8")
    return found, f"not installed: {why}" if why else ""


def _call(command: list[str]) -> str:
    """Run a command; give its last line where it fails."""
    ended = subprocess.run(  # noqa: S603  # uv, with our own words
        command, capture_output=True, text=True, check=False
    )
    said = [line for line in ended.stderr.splitlines() if line.strip()] or ["no reason given"]
    return said[-1].strip()[:200] if ended.returncode else ""
