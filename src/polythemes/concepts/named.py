"""Terms that are known to mean the same: names of one thing, and lines of a glossary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib import resources

import numpy as np
from numpy.typing import NDArray


def glossary() -> list[tuple[str, ...]]:
    """Read the glossary.

    Returns
    -------
    list of tuple of str
        The terms of each line of ``glossary.txt``.
    """
    text = resources.files(__package__).joinpath("glossary.txt").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    return [tuple(part.strip() for part in line.split("|")) for line in lines]


def known(terms: Sequence[str], same: Iterable[Iterable[str]]) -> NDArray[np.int64]:
    """Tell which terms are known to mean the same.

    Parameters
    ----------
    terms : sequence of str of length n
        The terms.
    same : iterable of iterable of str
        Terms and names that mean the same. Capitals and hyphens do not matter, but that a name with
        a capital is no term without. One that stands in two belongs to the first.

    Returns
    -------
    ndarray of int64, shape (n,)
        The number of each term's group, -1 for none.
    """
    of: dict[str, list[tuple[int, bool]]] = {}
    for number, names in enumerate(same):
        for name in names:
            of.setdefault(_plain(name), []).append((number, name[:1].isupper()))
    return np.array([_first(of.get(_plain(term), []), term) for term in terms], dtype=np.int64)


def _first(found: list[tuple[int, bool]], term: str) -> int:
    """Give the first group of which a name fits."""
    capital = term[:1].isupper()
    return next((number for number, needed in found if capital or not needed), -1)


def _plain(term: str) -> str:
    """Write a term without capitals and hyphens."""
    return term.casefold().replace("-", " ")
