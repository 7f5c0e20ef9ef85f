"""What has changed since the figures were drawn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any

#: What a file of a corpus is called, by its name; others are records of the texts.
SORTS = {
    "corpus.toml": "setting",
    "catalogue.csv": "text",
    "themes.toml": "theme",
    "topics.toml": "topic name",
    "actors.toml": "actor",
    "features.parquet": "features",
    "default.txt": "lock",
}
#: Packages that draw and change no table.
DRAWING = {"fonttools", "matplotlib", "pillow", "zhplot"}


@dataclass(frozen=True)
class Change:
    """Name one thing that is not as it was when the figures were drawn.

    Parameters
    ----------
    sort : str
        Which kind of thing: setting, theme, text, features, record, actor, topic name, version,
        lock, code, font or notebook.
    what : str
        The thing, and how it has changed.
    tables : bool
        Whether it can move a table; all but a lock can move a figure.
    """

    sort: str
    what: str
    tables: bool = True

    def __str__(self) -> str:
        """Write it for a table."""
        return f"{self.sort}: {self.what}"


def changes(recorded: Mapping[str, Any], now: Mapping[str, Any]) -> list[Change]:
    """List what has changed since the figures were drawn.

    Parameters
    ----------
    recorded, now : mapping
        ``made_from`` of ``manifest.json``, and what figures drawn now would be made of.

    Returns
    -------
    list of Change
        Settings first, then files, texts, versions, code and fonts.
    """
    settings = [
        Change("setting", f"{key} was {_short(was)}, is {_short(new)}")
        for key, was, new in _differing(recorded["settings"], now["settings"])
    ]
    files = [
        _of_file(path, was, new) for path, was, new in _differing(recorded["files"], now["files"])
    ]
    if settings:
        files = [one for one in files if one.sort != "setting"]
    texts = [
        Change("text", f"article {key}{_fate(was, new)}")
        for key, was, new in _differing(recorded["texts"], now["texts"])
    ]
    versions = [
        Change("version", f"{key} was {was or 'none'}, is {new or 'none'}", key not in DRAWING)
        for key, was, new in _differing(recorded["packages"], now["packages"])
    ]
    code = [
        Change("code", f"{key}{_fate(was, new)}", not key.startswith("figures/"))
        for key, was, new in _differing(recorded["program"], now["program"])
    ]
    fonts = [
        Change("font", f"{key}{_fate(was, new)}", tables=False)
        for key, was, new in _differing(recorded["fonts"], now["fonts"])
    ]
    return [*settings, *files, *texts, *versions, *code, *fonts]


def _differing(was: Mapping[str, Any], new: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """List the keys whose values differ, with both values; None where there is none."""
    return [
        (key, was.get(key), new.get(key))
        for key in sorted({*was, *new})
        if was.get(key) != new.get(key)
    ]


def _of_file(path: str, was: str | None, new: str | None) -> Change:
    """Name a change of a file."""
    name = PurePosixPath(path).name
    if path.startswith("notebooks/"):
        return Change("notebook", f"{name}{_fate(was, new)}", tables=False)
    sort = SORTS.get(name, "record")
    return Change(sort, f"{path}{_fate(was, new)}", sort != "lock")


def _fate(was: str | None, new: str | None) -> str:
    """Say what became of a thing."""
    return " is new" if was is None else " is gone" if new is None else " has changed"


def _short(value: object) -> str:
    """Write a value of a setting."""
    text = "none" if value is None else str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
