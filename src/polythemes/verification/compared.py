"""Compare a rebuilt corpus with the one that is committed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from matplotlib import image

from polythemes.paths import Corpus
from polythemes.verification.causes import DRAWING, Change
from polythemes.verification.rebuilt import Rebuilt

HOLDS, MOVED, CHANGED = "holds", "moved", "changed"
#: Two pictures are the same if no more than this part of their pixels differ by more than so much.
PIXELS, LEVEL = 0.01, 0.1
UNKNOWN = "unknown: nothing recorded has changed; please report it"
Row = tuple[str, str, str, str]


@dataclass(frozen=True)
class Sides:
    """Hold both sides of a comparison.

    Parameters
    ----------
    was, new : Corpus
        The corpus as it is committed, and as rebuilt.
    listed : mapping
        ``manifest.json`` of the first.
    changes : sequence of Change
        What has changed since it was written.
    drawn : bool
        Whether figures were drawn anew.
    source : str
        What the rebuild began from: ``"texts"`` or ``"features"``.
    """

    was: Corpus
    new: Corpus
    listed: Mapping[str, Any]
    changes: Sequence[Change] = field(default_factory=tuple)
    drawn: bool = True
    source: str = ""

    def cause(self, *, tables: bool) -> str:
        """Name what can have moved a table, or a figure."""
        able = [one for one in self.changes if one.sort != "lock" and (one.tables or not tables)]
        return "; ".join(map(str, able)) or UNKNOWN

    @property
    def versions(self) -> bool:
        """Whether a library that draws has another version than the one recorded."""
        return any(
            one.sort == "version" and one.what.partition(" ")[0] in DRAWING for one in self.changes
        )


def compare(sides: Sides, tables: Mapping[str, str]) -> list[Row]:
    """Compare all that is committed of a corpus with what was rebuilt.

    Parameters
    ----------
    sides : Sides
        Both.
    tables : mapping of str to str
        SHA-256 of the rows of every table as rebuilt.

    Returns
    -------
    list of tuple
        What, its name, ``"holds"``, ``"moved"`` or ``"changed"``, and how or why.
    """
    return [*_changed(sides), *_tables(sides, tables), *_data(sides), *_figures(sides)]


def report(sides: Sides, tables: Mapping[str, str], rebuilt: Rebuilt) -> list[Row]:
    """Tell of a rebuild: what holds, what moved, and why; or why it stopped.

    Parameters
    ----------
    sides : Sides
        Both sides.
    tables : mapping of str to str
        As for :func:`compare`.
    rebuilt : Rebuilt
        How the rebuild ended.

    Returns
    -------
    list of tuple
        As :func:`compare` gives; of a rebuild that stopped, the changes and the error.
    """
    if rebuilt.error:
        return [*_changed(sides), ("rebuild", sides.was.name, MOVED, rebuilt.error)]
    return compare(sides, tables)


def wrong(rows: Sequence[Row], *, results: bool = False) -> int:
    """Count what is not as it was.

    Parameters
    ----------
    rows : sequence of tuple
        As :func:`compare` gives.
    results : bool, optional
        Whether changed code too is no fault where all holds.

    Returns
    -------
    int
        What moved, and what changed. Other versions of libraries are no fault where all holds.
    """
    moved = sum(result == MOVED for _, _, result, _ in rows)
    changed = [what for what, _, result, _ in rows if result == CHANGED]
    harmless = {"version", "code"} if results else {"version"}
    return moved + sum(bool(moved) or what not in harmless for what in changed)


def table(rows: Sequence[Row]) -> pd.DataFrame:
    """Bring what was compared into a table.

    Parameters
    ----------
    rows : sequence of tuple
        As :func:`compare` gives.

    Returns
    -------
    pandas.DataFrame
        Columns ``what``, ``name``, ``result`` and ``why``.
    """
    return pd.DataFrame(rows, columns=["what", "name", "result", "why"])


def pixels(one: Path, other: Path) -> float:
    """Tell how far two pictures differ.

    Parameters
    ----------
    one, other : Path
        PNG files.

    Returns
    -------
    float
        The part of the pixels (0 to 1) in which a channel differs by more than a tenth; 1 where
        the pictures are not of one size.
    """
    # Pictures of another scale are not the same picture.
    first, second = image.imread(one)[..., :3], image.imread(other)[..., :3]
    if first.shape != second.shape:
        return 1.0
    return float(np.mean(np.abs(first - second).max(axis=-1) > LEVEL))


def _changed(sides: Sides) -> Iterator[Row]:
    """Tell what has changed."""
    for one in sides.changes:
        yield one.sort, one.what, CHANGED, "since the figures were drawn"


def _tables(sides: Sides, tables: Mapping[str, str]) -> Iterator[Row]:
    """Compare tables by what their rows hold: one row for all that hold, one for each other."""
    was = sides.listed["tables"]
    same = [name for name in was if was[name] == tables.get(name)]
    if same:
        how = "same rows, numbers to 6 digits"
        yield "tables", f"{len(same)} of {len(was)}", HOLDS, how
    for name in sorted({*was, *tables} - set(same)):
        yield "table", name, MOVED, sides.cause(tables=True)


def _data(sides: Sides) -> Iterator[Row]:
    """Compare what is kept of the texts: features, records, and the bibliography."""
    files = [sides.was.features, *sides.was.records.values()]
    if sides.drawn:
        files.append(sides.was.figures / "figures.bib")
    for path in files:
        name = path.relative_to(sides.was.root)
        was, new = _bytes(path), _bytes(sides.new.root / name)
        if was is new is None:
            continue
        if was == new:
            anew = path == sides.was.features and sides.source == "texts"
            how = "; embedded anew, no value is more than 0.002 away" * anew
            yield "data", name.as_posix(), HOLDS, f"same bytes{how}"
        else:
            gone = "deleted: the rebuild writes it" if was is None else ""
            yield "data", name.as_posix(), MOVED, gone or sides.cause(tables=True)


def _figures(sides: Sides) -> Iterator[Row]:
    """Compare figures: a row for each, and one for each of its files that moved."""
    listed = sides.listed["figures"]
    found = {f"{sides.was.name}/{path.stem}" for path in sides.new.figures.glob("[0-9]*.json")}
    for key in sorted({*listed, *found}):
        files = listed.get(key, {"files": {}})["files"]
        stem = key.partition("/")[2]
        drawn = {path.name for path in sides.new.figures.glob(f"{stem}.*")}
        told = {name: _file(sides, name, files.get(name)) for name in sorted({*files, *drawn})}
        held = [name for name in told if told[name][0] == HOLDS]
        if held:
            hows = ", ".join(sorted({told[name][1] for name in held}))
            ends = " ".join(name.rpartition(".")[2] for name in held)
            yield "figure", f"{key} ({ends})", HOLDS, hows
        yield from (("figure", name, *told[name]) for name in told if name not in held)


def _file(sides: Sides, name: str, listed: str | None) -> tuple[str, str]:
    """Compare one file of a figure; say how it holds, or why it does not."""
    was, new = _bytes(sides.was.figures / name), _bytes(sides.new.figures / name)
    if was is None:
        drawn = "the rebuild draws it" if new is not None else "manifest.json lists it"
        return MOVED, f"deleted: {drawn}"
    if listed is not None and hashlib.sha256(was).hexdigest() != listed:
        return MOVED, "edited: it is not the file that manifest.json lists"
    if not sides.drawn:
        return HOLDS, "as listed; not drawn anew"
    how = "same bytes" if new == was else _near(sides, name)
    if how:
        return HOLDS, how
    # The code that draws makes the CSV too.
    drawing = any(one.sort in {"code", "notebook"} for one in sides.changes)
    why = sides.cause(tables=name.endswith(".csv") and not drawing)
    return MOVED, why if new is not None else f"not drawn any more; {why}"


def _near(sides: Sides, name: str) -> str:
    """Say how a file of other bytes is the same all the same; "" if it is not."""
    pair = [corpus.figures / name for corpus in (sides.was, sides.new)]
    if name.endswith(".json"):
        was, new = map(_words, pair)
        return "json tells the same of the figure" if was == new else ""
    if not sides.versions or name.endswith(".csv"):
        return ""
    pictures = [path.with_suffix(".png") for path in pair]
    apart = pixels(*pictures) if all(path.is_file() for path in pictures) else 1.0
    told = f"drawn by another version; {apart:.2%} of the PNG's pixels differ"
    return told if apart <= PIXELS else ""


def _words(card: Path) -> object:
    """Give what a card tells of a figure, without what it is made from."""
    try:
        told = json.loads(card.read_bytes())
        return {key: told[key] for key in told if key != "made_from"}
    except (OSError, TypeError, ValueError):
        return card


def _bytes(path: Path) -> bytes | None:
    """Read a file; None if there is none."""
    return path.read_bytes() if path.is_file() else None
