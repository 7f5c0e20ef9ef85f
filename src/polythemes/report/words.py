"""The report's sentences, kept in ``words.toml`` and filled with facts."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any

from polythemes.errors import PolythemesError, choices

HOME = "polythemes.report"


def said(part: str, facts: Mapping[str, Any], *, words: str = "words.toml") -> list[str]:
    """Fill the sentences of one part of the report.

    Parameters
    ----------
    part : str
        ``summary``, ``limits`` or ``methods``.
    facts : mapping of str to object
        What the sentences may name.
    words : str
        File of the package that holds the sentences.

    Returns
    -------
    list of str
        Those sentences whose condition holds.

    Raises
    ------
    PolythemesError
        If a sentence names what is not among the facts.
    """
    entries = _entries(words)[part]
    try:
        return [
            str(entry["say"]).format_map(facts)
            for entry in entries
            if "when" not in entry or facts[entry["when"]]
        ]
    except KeyError as error:
        msg = (
            f"{words} names {error.args[0]!r} in [[{part}]], which nothing fills; there are: "
            f"{choices(sorted(facts), most=60)}; mend the sentence or add the fact"
        )
        raise PolythemesError(msg) from error


def references() -> list[dict[str, str]]:
    """List the sources of the methods.

    Returns
    -------
    list of dict
        ``use`` and ``say``, in the order of ``references.toml``.
    """
    return [dict(entry) for entry in _entries("references.toml")["reference"]]


def _entries(name: str) -> dict[str, list[dict[str, str]]]:
    """Read a file of the package."""
    return tomllib.loads(resources.files(HOME).joinpath(name).read_text("utf-8"))
