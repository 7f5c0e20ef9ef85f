"""The one error a user meets."""

from __future__ import annotations

from collections.abc import Iterable


class PolythemesError(Exception):
    """Tell a user what came, what is allowed and what to do next.

    The command line prints the message as one line and exits with 2; a notebook stops with it.
    """


def choices(values: Iterable[object], *, most: int = 12) -> str:
    """List the values that are allowed, for an error text.

    Parameters
    ----------
    values : iterable of object
        What is allowed, in the order to show it.
    most : int
        How many to name before the rest is counted.

    Returns
    -------
    str
        ``"a, b, c"``, ``"a, b and 5 more"`` or ``"(none)"``.
    """
    names = [str(value) for value in values]
    if not names:
        return "(none)"
    if len(names) <= most:
        return ", ".join(names)
    return f"{', '.join(names[:most])} and {len(names) - most} more"
