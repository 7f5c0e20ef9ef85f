"""Traditional characters as simplified ones, for counting only."""

from __future__ import annotations

import re
from functools import cache

from opencc import OpenCC

#: Half of a pair that is no character: OpenCC takes none.
LONE = re.compile(r"([\ud800-\udfff]+)")
ANY = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f]")


def simplified(text: str) -> str:
    """Write traditional Chinese in simplified characters.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    str
        The text by OpenCC's table ``t2s``, for counting: what is shown stays as it was.

    Examples
    --------
    >>> simplified("電商與直播")
    '电商与直播'
    """
    if not ANY.search(text):
        return text
    return "".join(
        part if LONE.match(part) else _converter().convert(part) for part in LONE.split(text)
    )


@cache
def _converter() -> OpenCC:
    """Load the table once."""
    return OpenCC("t2s")
