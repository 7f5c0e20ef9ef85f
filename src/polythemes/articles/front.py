"""Read what a Markdown text tells of itself: its front matter, its heading."""

from __future__ import annotations

import re
from collections.abc import Mapping

#: Lines between two of hyphens, at the very beginning.
MATTER = re.compile(r"\s*---[ \t]*\n(?P<lines>(?:.*\n){0,99}?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
#: A name, and its value on the same line.
VALUE = re.compile(r"(?P<name>\w[\w-]*):[ \t]+(?P<value>\S.*)")
#: A heading of the first level, which is the title by custom.
HEADING = re.compile(r"^# +(?P<title>\S.*?)(?: +#+)?[ \t]*$", re.MULTILINE)


def read(text: str) -> Mapping[str, str]:
    r"""Give what a text tells of itself.

    Parameters
    ----------
    text : str
        The text.

    Returns
    -------
    mapping of str to str
        Every name of its front matter with its value, a list in brackets with commas; ``title``
        from the first heading where the matter has none. Empty if there is neither.

    Examples
    --------
    >>> read("---\nauthor: [Ada, \"Bo\"]\n---\n# One\nText.")
    {'title': 'One', 'author': 'Ada, Bo'}
    """
    heading, matter = HEADING.search(text), MATTER.match(text)
    found = (VALUE.fullmatch(line) for line in (matter["lines"] if matter else "").split("\n"))
    told = {"title": heading["title"]} if heading else {}
    return told | {one["name"].lower(): _plain(one["value"]) for one in found if one}


def _plain(value: str) -> str:
    """Take the marks of a list, and of a text, off a value."""
    value = value.strip()
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(filter(None, map(_plain, value[1:-1].split(","))))
    quoted = len(value) > 1 and value[0] == value[-1] and value[0] in "\"'"
    return value[1:-1] if quoted else value
