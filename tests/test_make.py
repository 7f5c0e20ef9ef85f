"""`make` sets itself up: it leaves what is in step, makes anew what is broken, and says why."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SH = shutil.which("sh")

# A Python and a uv that write down how they were called, and fail where FAIL says so.
TOOL = """\
#!/bin/sh
name=$(basename "$0")
echo "$name $*" >>"$CALLS"
case "$*" in
    --version) echo "Python $VERSION" ;;
    *version_info*) [ "$VERSION" != 3.9.2 ] || exit 1 ;;
    "-m venv .venv") mkdir -p .venv/bin && cp "$0" .venv/bin/python && cp "$0" .venv/bin/uv ;;
esac
case "$*" in *"${FAIL:-nothing}"*) echo "$SAY" >&2; exit 1 ;; esac
"""


class Clone:
    """A folder with this repository's own way of setting up, and tools that only pretend."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "clone"
        self.calls = folder / "calls"
        self.python = folder / "python3"
        self.folder.mkdir()
        shutil.copytree(ROOT / "requirements", self.folder / "requirements")
        shutil.copy(ROOT / "pyproject.toml", self.folder)
        self.python.write_text(TOOL, encoding="utf-8")
        self.python.chmod(0o755)

    def install(self, lock: str, **settings: str) -> tuple[str, list[str]]:
        """Run install.sh; return what it said and what it called of what fetches or builds."""
        self.calls.write_text("", encoding="utf-8")
        tools = {"CALLS": str(self.calls), "PYTHON": str(self.python), "VERSION": "3.11.2"}
        done = subprocess.run(
            [SH, "requirements/install.sh", lock],
            cwd=self.folder,
            env={"PATH": os.environ["PATH"], **tools, **settings},
            capture_output=True,
            text=True,
            check=False,
        )
        assert (done.returncode != 0) == bool(done.stderr), done
        called = re.findall(r"-m venv|-m pip|pip sync|pip install", self.calls.read_text("utf-8"))
        return done.stderr or done.stdout, called


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    return Clone(tmp_path)


ALL = ["-m venv", "-m pip", "pip sync", "pip install"]


def test_first_run_makes_everything_and_the_second_nothing(clone: Clone) -> None:
    assert clone.install("default")[1] == ALL
    assert clone.install("default") == ("", [])


def test_figures_after_test_install_nothing(clone: Clone) -> None:
    clone.install("test")
    assert clone.install("default") == ("", [])


def test_test_after_figures_adds_to_the_same_venv(clone: Clone) -> None:
    clone.install("default")
    assert clone.install("test")[1] == ["pip sync", "pip install"]


def change_lock(clone: Clone) -> None:
    lock = clone.folder / "requirements" / "default.txt"
    text = lock.read_text(encoding="utf-8")
    lock.write_text(text.replace("sha256:0", "sha256:1", 1), encoding="utf-8")


def test_changed_lock_is_installed(clone: Clone) -> None:
    clone.install("default")
    change_lock(clone)
    assert clone.install("default")[1] == ["pip sync", "pip install"]


def test_half_made_venv_is_made_anew(clone: Clone) -> None:
    left = clone.folder / ".venv" / "bin" / "left"
    left.mkdir(parents=True)
    said, called = clone.install("default")
    assert ".venv is unfinished, moved or broken: it is made anew" in said
    assert called == ALL
    assert not left.exists()


def test_venv_without_python_is_made_anew(clone: Clone) -> None:
    clone.install("default")
    (clone.folder / ".venv" / "bin" / "python").unlink()
    assert clone.install("default")[1] == ALL


def test_venv_of_another_python_is_made_anew(clone: Clone) -> None:
    clone.install("default")
    assert clone.install("default", FAIL="import uv", SAY="No module named uv")[1] == ALL


def test_failed_change_is_made_anew(clone: Clone) -> None:
    clone.install("default")
    change_lock(clone)
    clone.install("default", FAIL="pip sync", SAY="no space left")
    assert clone.install("default")[1] == ALL


def test_moved_venv_is_made_anew(clone: Clone) -> None:
    clone.install("default")
    clone.folder = clone.folder.rename(clone.folder.with_name("moved"))
    assert clone.install("default")[1] == ALL


@pytest.mark.parametrize("step", ["-m venv", "-m pip", "pip sync", "pip install"])
def test_run_after_a_failure_starts_from_nothing(clone: Clone, step: str) -> None:
    clone.install("default", FAIL=step, SAY="no space left")
    assert clone.install("default")[1] == ALL


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ({"VERSION": "3.9.2"}, r"is Python 3\.9\.2; Polythemes needs Python 3\.11, .*PYTHON="),
        (
            {"PYTHON": "no-such-python"},
            r"no-such-python is not found; Polythemes needs",
        ),
        ({"FAIL": "ensurepip"}, r"has no venv module\. On Debian: apt-get install python3-venv"),
        (
            {"FAIL": "-m pip", "SAY": "Temporary failure in name resolution"},
            r"fetching uv .* failed: no network: .* run the same command again",
        ),
        (
            {"FAIL": "pip sync", "SAY": "dns error"},
            r"installing requirements/default\.txt failed: no network",
        ),
        (
            {"FAIL": "pip sync", "SAY": "invalid peer certificate"},
            r"a certificate of this network is not trusted\. Set SSL_CERT_FILE",
        ),
        (
            {"FAIL": "pip sync", "SAY": "Hash mismatch"},
            r"Hash mismatch\nsetup: installing .* failed: the lines above say why",
        ),
        (
            {"FAIL": "--editable", "SAY": "no README"},
            "setup: installing polythemes failed",
        ),
    ],
)
def test_failure_says_which_step_and_what_to_do(
    clone: Clone, settings: dict[str, str], message: str
) -> None:
    said, _ = clone.install("default", **{"SAY": "", **settings})
    assert re.search(message, said), said


def test_help_lists_every_target() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    (phony,) = re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)
    assert re.findall(r"^([a-z-]+):.*## ", makefile, re.MULTILINE) == phony.split()
