"""Parts put together into sentences."""

from __future__ import annotations

from collections.abc import Iterable


def listed(said: Iterable[str], between: str = ", ") -> str:
    """Join parts of a sentence, with an `and` before the last.

    Parameters
    ----------
    said : iterable of str
        The parts.
    between : str
        What stands between two.

    Returns
    -------
    str
        "" for no parts.
    """
    parts = list(said)
    last = " and " if between == ", " else f"{between}and "
    return between.join(parts[:-1]) + last * (len(parts) > 1) + "".join(parts[-1:])


def gathered(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Gather the second of all pairs by the first.

    Parameters
    ----------
    pairs : iterable of tuple of str
        In any order, which stays.

    Returns
    -------
    dict of str to list of str
        The seconds of each first.
    """
    found = dict[str, list[str]]()
    for one, other in pairs:
        found.setdefault(one, []).append(other)
    return found


def sentence(said: str) -> str:
    """Begin with a capital, end with a stop.

    Parameters
    ----------
    said : str
        What is said.

    Returns
    -------
    str
        "" if nothing is.
    """
    return f"{said[:1].upper()}{said[1:]}." if said else ""
