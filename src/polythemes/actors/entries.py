"""Read the actors that are looked for, which a person lists in ``actors.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from polythemes import languages
from polythemes.actors.folding import fold
from polythemes.errors import PolythemesError, choices
from polythemes.languages.text import HAN
from polythemes.settings import Places, read_toml

SORTS = ("company", "platform", "product", "person", "practice")
KEYS = ("id", "sort", "names", "owner", "unsure", "needs")
IDENTIFIER = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True)
class Actor:
    """Hold one actor as a person listed it.

    Parameters
    ----------
    actor_id : str
        Its name in every table.
    sort : str
        One of ``SORTS``.
    names : mapping of str to tuple of str
        Language code to names; each counts in every language.
    owner : str
        Id of the actor that owns or runs it, or empty.
    unsure : tuple of str
        Names that mean something else too, and count only in context.
    needs : tuple of str
        Words of which one must stand in the article for an unsure name to count; a sure name of
        the same actor does too.
    """

    actor_id: str
    sort: str
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    owner: str = ""
    unsure: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()

    @property
    def sure(self) -> tuple[str, ...]:
        """Names that count wherever they stand."""
        return tuple(dict.fromkeys(name for names in self.names.values() for name in names))

    @property
    def label(self) -> str:
        """Name shown: the first English one, else the first; a practice with a capital."""
        name = next(iter([*self.names.get("en", ()), *self.sure, *self.unsure]))
        return name[0].upper() + name[1:] if self.sort == "practice" else name


def load(paths: Sequence[Path]) -> list[Actor]:
    """Read the actors of one file or more.

    Parameters
    ----------
    paths : sequence of Path
        Files; one that is not there is passed over. An actor that stands in an earlier file too
        gets the names of both.

    Returns
    -------
    list of Actor
        Sorted by id.

    Raises
    ------
    PolythemesError
        If a file is no TOML, or an entry lacks something, holds something unknown, or goes against
        another; the message names the line.
    """
    found: dict[str, Actor] = {}
    places: dict[str, str] = {}
    homes: dict[str, Path] = {}
    for path in paths:
        for actor, place in _read(path) if path.exists() else ():
            known = found.get(actor.actor_id)
            if known and homes[actor.actor_id] == path:
                msg = (
                    f"{place}: the id {actor.actor_id!r} stands at {places[actor.actor_id]} "
                    "too; give every actor its own, or put the names together"
                )
                raise PolythemesError(msg)
            found[actor.actor_id] = _both(known, actor) if known else actor
            places[actor.actor_id], homes[actor.actor_id] = place, path
    _agree(found, places)
    return [found[key] for key in sorted(found)]


def aliases(actors: Sequence[Actor]) -> list[tuple[str, ...]]:
    """List the names that mean the same, as Tencent and 腾讯.

    Parameters
    ----------
    actors : sequence of Actor
        The actors.

    Returns
    -------
    list of tuple of str
        The sure names of every actor that has two or more, English ones first.
    """
    groups = [tuple(dict.fromkeys([*one.names.get("en", ()), *one.sure])) for one in actors]
    return [group for group in groups if len(group) > 1]


def words(actors: Sequence[Actor]) -> tuple[str, ...]:
    """List the names that a program that cuts Chinese into words must not cut.

    Parameters
    ----------
    actors : sequence of Actor
        The actors.

    Returns
    -------
    tuple of str
        Their sure names of Han characters, sorted.
    """
    names = {name for one in actors for name in one.sure}
    return tuple(sorted(name for name in names if all(map(HAN.match, name))))


def _read(path: Path) -> Iterator[tuple[Actor, str]]:
    """Give the actors of a file, each with its line."""
    given = read_toml(path)
    unknown = sorted(set(given) - {"actor"})
    entries = given.get("actor", [])
    if unknown or not isinstance(entries, list):
        what = f"unknown key {choices(unknown)}" if unknown else f"actor = {entries!r}"
        msg = f"{path}: {what}; only [[actor]] tables are allowed; mend it"
        raise PolythemesError(msg)
    places = Places(path, "actor")
    for number, entry in enumerate(entries, 1):
        yield _actor(places, number, entry), places.of(number)


def _actor(places: Places, number: int, entry: Any) -> Actor:
    """Make an actor of one entry."""
    if not isinstance(entry, dict):
        allowed = "an [[actor]] table with id, sort, names is allowed"
        msg = f"{places.path}: {entry!r} is no actor; {allowed}"
        raise PolythemesError(msg)
    for key, fix in _faults(entry):
        shown = f"{key} = {entry[key]!r}" if key in entry else f"there is no {key}"
        msg = f"{places.of(number, key)}: {shown}; {fix}"
        raise PolythemesError(msg)
    names = {code: tuple(own) for code, own in entry.get("names", {}).items()}
    unsure, needs = (tuple(entry.get(key, ())) for key in ("unsure", "needs"))
    return Actor(entry["id"], entry["sort"], names, entry.get("owner", ""), unsure, needs)


def _faults(entry: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Hold an entry to what an actor must be: keys that are wrong, and what to do."""
    for key in entry:
        if key not in KEYS:
            yield key, f"allowed are {choices(KEYS)}"
    for key in ("id", *({"owner"} & set(entry))):
        if not isinstance(entry.get(key), str) or not IDENTIFIER.fullmatch(entry[key]):
            yield (
                key,
                f'small letters, digits, single hyphens are allowed, as in {key} = "red-note"',
            )
    if entry.get("sort") not in SORTS:
        yield "sort", f'allowed are {choices(SORTS)}, as in sort = "company"'
    names = entry.get("names", {})
    if not isinstance(names, dict) or not all(map(_texts, names.values())):
        yield "names", 'lists of names by language are allowed, as in { en = ["RedNote"] }'
    elif strange := sorted(set(names) - languages.known()):
        known = choices(sorted(languages.known()), most=30)
        yield "names", f"no language is called {choices(strange)}; allowed are {known}"
    for key in ("unsure", "needs"):
        if not _texts(entry.get(key, [])):
            yield key, f'a list of names of two letters or more is allowed, as in {key} = ["Ant"]'
    if not any(entry.get("names", {}).values()):
        if not entry.get("unsure"):
            yield "names", 'give one name or more, as in names = { en = ["RedNote"] }'
        if not entry.get("needs"):
            yield "needs", "with unsure names alone, words that must stand near them are needed"


def _texts(value: Any) -> bool:
    """Tell whether a value is a list of names that can be looked for."""
    return isinstance(value, list) and all(
        isinstance(one, str) and len(one) > 1 and one == one.strip() for one in value
    )


def _both(known: Actor, more: Actor) -> Actor:
    """Put the names of two entries of one actor together; what else the later says counts."""
    codes = dict.fromkeys([*known.names, *more.names])
    return Actor(
        more.actor_id,
        more.sort,
        {
            code: tuple(dict.fromkeys([*known.names.get(code, ()), *more.names.get(code, ())]))
            for code in codes
        },
        more.owner or known.owner,
        tuple(dict.fromkeys([*known.unsure, *more.unsure])),
        tuple(dict.fromkeys([*known.needs, *more.needs])),
    )


def _agree(found: Mapping[str, Actor], places: Mapping[str, str]) -> None:
    """Hold the actors to each other: every owner known, no sure name of two."""
    whose: dict[str, str] = {}
    for key, actor in found.items():
        if actor.owner and (actor.owner not in found or actor.owner == key):
            msg = (
                f"{places[key]}: owner = {actor.owner!r} of {key} is no other actor's id; list "
                "that actor, or leave owner out"
            )
            raise PolythemesError(msg)
        for name in actor.sure:
            other = whose.setdefault(fold(name), key)
            if other != key:
                msg = (
                    f"{places[key]}: the name {name!r} of {key} is one of {other} too "
                    f"({places[other]}); leave it with one, or make it unsure in both"
                )
                raise PolythemesError(msg)
