"""What names packages and versions says the same everywhere: locks, environment.yml, citation."""

from __future__ import annotations

import re
import runpy
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import polythemes

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ["bootstrap", "build", "default", "test"]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def lock_text(name: str) -> str:
    return text(f"requirements/{name}.txt")


def locked(name: str) -> dict[str, tuple[Requirement, int]]:
    """Read a lock: requirement and number of hashes by package name."""
    joined = lock_text(name).replace("\\\n", " ")
    lines = [line for line in joined.splitlines() if not line.lstrip().startswith("#")]
    entries = [(Requirement(line.split("--")[0]), line.count("--hash=sha256:")) for line in lines]
    assert len({entry.name for entry, _ in entries}) == len(entries), "a package twice in one lock"
    return {entry.name: (entry, hashes) for entry, hashes in entries}


def version(requirement: Requirement) -> str:
    """Read the one version a requirement pins."""
    (pin,) = requirement.specifier
    assert pin.operator == "=="
    return pin.version


@pytest.fixture(scope="module")
def project() -> dict[str, list[str]]:
    return tomllib.loads(text("pyproject.toml"))["project"]


@pytest.fixture(scope="module")
def environment() -> list[str]:
    """Read the entries of environment.yml, those below `pip:` with conda's one `=`."""
    entries = yaml.safe_load(text("environment.yml"))["dependencies"]
    below_pip = next(entry["pip"] for entry in entries if isinstance(entry, dict))
    plain = [entry for entry in entries if isinstance(entry, str)]
    return [*plain, *(entry.replace("==", "=") for entry in below_pip)]


@pytest.mark.parametrize("name", LOCKS)
def test_lock_pins_everything_with_hashes(name: str) -> None:
    for requirement, hashes in locked(name).values():
        assert version(requirement), requirement
        assert hashes > 0, requirement


@pytest.mark.parametrize("name", LOCKS)
def test_lock_names_no_host_and_no_path(name: str) -> None:
    lock = lock_text(name)
    assert re.findall(r"^\s*--(?!hash=)\S+", lock, re.MULTILINE) == [], "an option of uv or pip"
    assert re.findall(r"\w+:/\S*|@ \S+|(?<!\S)/\S+|\w\.(?:com|dev|io|net|org)\b", lock) == []


@pytest.mark.parametrize("name", ["bootstrap", "default"])
def test_test_lock_holds_the_smaller_ones(name: str) -> None:
    pins = re.findall(r"^\S+==.*(?:\\\n    --hash.*)+", lock_text(name), re.MULTILINE)
    assert [pin for pin in pins if pin not in lock_text("test")] == []
    assert len(pins) == len(locked(name))


def test_default_lock_holds_what_the_project_asks_for(project: dict[str, list[str]]) -> None:
    lock = locked("default")
    for requirement in map(Requirement, project["dependencies"]):
        pinned, _ = lock[canonicalize_name(requirement.name)]
        assert requirement.specifier.contains(version(pinned)), f"{requirement}: run make lock"


@pytest.mark.parametrize("name", ["default", "test"])
def test_no_lock_brings_torch(name: str) -> None:
    assert {"torch", "sentence-transformers"}.isdisjoint(locked(name))


def test_environment_is_what_make_lock_writes() -> None:
    render = runpy.run_path(str(ROOT / "requirements" / "environment.py"))["render"]
    made = render(text("pyproject.toml"), lock_text("default"))
    assert text("environment.yml") == made, "environment.yml is out of step: run make lock"


def test_environment_holds_each_dependency_and_no_other(
    project: dict[str, list[str]], environment: list[str]
) -> None:
    wanted = {canonicalize_name(Requirement(entry).name) for entry in project["dependencies"]}
    python = f"python{project['requires-python']}"
    pins = dict(entry.split("=") for entry in environment if entry not in {python, "pip", "-e ."})
    conda_names = {"matplotlib-base": "matplotlib"}
    lock = locked("default")
    assert python in environment
    assert {conda_names.get(name, name): pin for name, pin in pins.items()} == {
        name: version(lock[name][0]) for name in wanted
    }


def test_one_version_everywhere(project: dict[str, list[str]]) -> None:
    citation = yaml.safe_load(text("CITATION.cff"))
    (number, date) = re.findall(r"^## \[(\d\S*)\] - (\S+)$", text("CHANGELOG.md"), re.MULTILINE)[0]
    assert {project["version"], citation["version"], number} == {polythemes.__version__}
    assert str(citation["date-released"]) == date
    assert citation["license"] == project["license"]
