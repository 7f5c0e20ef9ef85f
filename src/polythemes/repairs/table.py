"""The table of characters that look or sound like common ones."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

from polythemes.repairs.lattice import Reading

#: A probability of 1/e is ten of the table's units.
UNIT = 10


@dataclass(frozen=True)
class Entry:
    """Hold what is known of one rare character.

    Parameters
    ----------
    share : float
        Logarithm of the share it would have among words, were it meant.
    readings : tuple of Reading
        The common characters it may stand for, likeliest first.
    """

    share: float
    readings: tuple[Reading, ...]


@cache
def characters() -> Mapping[str, str]:
    """List the rare characters that may stand for common ones.

    Returns
    -------
    mapping of str to str
        Each character with its line of ``lookalikes.tsv``.
    """
    lines = (resources.files(__package__) / "lookalikes.tsv").read_text("utf-8").splitlines()
    return {line[0]: line for line in lines if not line.startswith("#")}


@cache
def entry(character: str) -> Entry:
    """Look a rare character up.

    Parameters
    ----------
    character : str
        One of :func:`characters`.

    Returns
    -------
    Entry
        What is known of it.
    """
    _, share, *readings = characters()[character].split("\t")
    pairs = (Reading(one[0], int(one[1:]) / UNIT) for one in readings)
    return Entry(-int(share) / UNIT, tuple(pairs))
