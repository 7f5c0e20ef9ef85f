"""The Han characters of a page, as a font that the page itself holds."""

from __future__ import annotations

import base64
import io
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

#: Name of the family in a page's style sheet.
FAMILY = "Polythemes Han"
#: Han characters, their punctuation and full-width forms; readers have fonts for the rest.
FIRST = 0x2E80


def face(text: str, font: Path) -> str:
    """Cut a font down to the Han characters of a text.

    Parameters
    ----------
    text : str
        All that the page shows.
    font : Path
        A TrueType font that has them.

    Returns
    -------
    str
        A CSS rule ``@font-face``; empty where the text has no such character.
    """
    wanted = {ord(one) for one in text if ord(one) >= FIRST}
    # Without the date of the change, and not packed: another zlib would give other bytes.
    with TTFont(font, recalcTimestamp=False, lazy=True) as made:
        wanted &= set(made.getBestCmap())
        if not wanted:
            return ""
        options = subset.Options(layout_features=[], hinting=False, name_IDs=[1, 2, 13, 14])
        cut = subset.Subsetter(options)
        cut.populate(unicodes=wanted)
        cut.subset(made)
        out = io.BytesIO()
        made.save(out)
    held = base64.b64encode(out.getvalue()).decode()
    return f'@font-face {{ font-family: "{FAMILY}"; src: url(data:font/ttf;base64,{held}); }}\n'
