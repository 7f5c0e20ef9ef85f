"""Read and write the names that a person gave to topics, in ``topics.toml``."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from polythemes.errors import PolythemesError, choices
from polythemes.settings import read_toml
from polythemes.tables import write_text

KEYS = ("names", "passages")
#: First characters of a passage's SHA-256 that tell it from others.
LENGTH = 16
ANCHOR = re.compile(rf"[0-9a-f]{{{LENGTH}}}")
LANGUAGE = re.compile(r"[a-z]{2,3}")
HEAD = """\
# Names of topics. Change a name and it is kept as long as the topic is found again: by the
# passages nearest to its centre, which are listed by the first characters of their SHA-256.
# `polythemes topics CORPUS --names` brings the file up to date; names are never overwritten.
"""


@dataclass(frozen=True)
class Entry:
    """Hold the names of one topic, and by which passages it is found again.

    Parameters
    ----------
    names : mapping of str to str
        Language code to name.
    passages : tuple of str
        First characters of the SHA-256 of its central passages, the nearest first.
    """

    names: Mapping[str, str]
    passages: tuple[str, ...]


def load(path: Path) -> list[Entry]:
    """Read the names of the topics of a corpus.

    Parameters
    ----------
    path : Path
        Its ``topics.toml``.

    Returns
    -------
    list of Entry
        In the file's order; empty if there is no file.

    Raises
    ------
    PolythemesError
        If the file is no TOML, or an entry lacks something or holds something unknown.
    """
    if not path.exists():
        return []
    given = read_toml(path)
    strange = sorted(set(given) - {"topic"})
    entries = given.get("topic", [])
    if strange or not isinstance(entries, list):
        what = f"unknown key {choices(strange)}" if strange else f"topic = {entries!r}"
        msg = f"{path}: {what}; only [[topic]] tables are allowed; mend it, or take the file away"
        raise PolythemesError(msg)
    return [_entry(path, number, entry) for number, entry in enumerate(entries, 1)]


def save(path: Path, entries: Sequence[Entry]) -> None:
    """Write the names of the topics of a corpus.

    Parameters
    ----------
    path : Path
        Its ``topics.toml``.
    entries : sequence of Entry
        The names.
    """
    parts = [HEAD]
    for entry in entries:
        names = "".join(f"{code} = {_quoted(name)}\n" for code, name in entry.names.items())
        listed = ", ".join(map(_quoted, entry.passages))
        parts.append(f"[[topic]]\npassages = [{listed}]\n\n[topic.names]\n{names}")
    write_text(path, "\n".join(parts))


def _quoted(text: str) -> str:
    """Write a text as TOML does; of such texts JSON's form is one of TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _entry(path: Path, number: int, entry: Any) -> Entry:
    """Hold one entry to what the names of a topic must be."""
    where = f"{path}: topic {number}"
    if not isinstance(entry, dict) or set(entry) - set(KEYS):
        what = choices(sorted(set(entry) - set(KEYS))) if isinstance(entry, dict) else repr(entry)
        msg = f"{where} holds {what}; a [[topic]] table with {choices(KEYS)} is allowed; mend it"
        raise PolythemesError(msg)
    names, passages = entry.get("names", {}), entry.get("passages", [])
    strange = [
        f"{code} = {name!r}"
        for code, name in (names.items() if isinstance(names, dict) else [("names", names)])
        if not (LANGUAGE.fullmatch(code) and isinstance(name, str) and name.strip())
    ]
    if strange:
        msg = f'{where}: {strange[0]}; a language and a name are allowed, as in en = "Live shops"'
        raise PolythemesError(msg)
    whole = isinstance(passages, list) and passages
    if not whole or not all(isinstance(one, str) and ANCHOR.fullmatch(one) for one in passages):
        msg = (
            f"{where}: passages = {passages!r}; a list of the first {LENGTH} characters of "
            "SHA-256 is needed; run `polythemes topics CORPUS --names` for a fresh one"
        )
        raise PolythemesError(msg)
    return Entry({code: name.strip() for code, name in names.items()}, tuple(passages))
