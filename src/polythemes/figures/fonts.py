"""The fonts of the figures, and a check that every character has a glyph in one of them."""

from __future__ import annotations

import importlib.util
import os
import unicodedata
from pathlib import Path

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.figure import Figure
from matplotlib.text import Text

from polythemes.errors import PolythemesError, choices


def bundled() -> Path:
    """Find the font of Han characters in the installed package ``zhplot``, without importing it.

    Returns
    -------
    Path
        A TrueType file of Noto Sans SC (SIL Open Font License).

    Raises
    ------
    PolythemesError
        If the package or its font is missing.
    """
    spec = importlib.util.find_spec("zhplot")
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for path in sorted(Path(folder).rglob("NotoSansSC*.ttf")):
            return path
    msg = (
        "no font for Han characters: the package zhplot, which holds Noto Sans SC, is missing; "
        "set the project up again"
    )
    raise PolythemesError(msg)


def latin() -> Path:
    """Find the font of most other characters, which Matplotlib brings.

    Returns
    -------
    Path
        The TrueType file of DejaVu Sans.
    """
    return Path(mpl.get_data_path()) / "fonts" / "ttf" / "DejaVuSans.ttf"


def added() -> list[Path]:
    """List the fonts that a user added for scripts which the bundled ones lack.

    Returns
    -------
    list of Path
        The .ttf and .otf files of the folder ``POLYTHEMES_FONTS``, sorted by name.
    """
    given = os.environ.get("POLYTHEMES_FONTS")
    if not given:
        return []
    return sorted(p for p in Path(given).glob("*") if p.suffix.lower() in {".ttf", ".otf"})


def register(path: Path) -> str:
    """Make a font file known to Matplotlib, ahead of fonts of the same name on the machine.

    Parameters
    ----------
    path : Path
        A .ttf or .otf file.

    Returns
    -------
    str
        The name of its family.

    Raises
    ------
    PolythemesError
        If the file is not a font.
    """
    manager = font_manager.fontManager
    known = [entry for entry in manager.ttflist if entry.fname == str(path)]
    if not known:
        before = len(manager.ttflist)
        try:
            manager.addfont(path)
        except (OSError, RuntimeError) as error:
            msg = f"{path} is not a font that can be read; .ttf and .otf are allowed; remove it"
            raise PolythemesError(msg) from error
        known = manager.ttflist[before:]
    if manager.ttflist[0] is not known[0]:
        # The first of equal matches wins: another edition on this machine must not change bytes.
        others = [entry for entry in manager.ttflist if entry.fname != str(path)]
        manager.ttflist[:] = known + others
    return known[0].name


def check(figure: Figure, name: str) -> None:
    """Refuse a figure that has a character without a glyph, before it is drawn.

    Parameters
    ----------
    figure : Figure
        The figure with all its texts.
    name : str
        The figure's name, for the error text.

    Raises
    ------
    PolythemesError
        If no font of a text has one of its characters.
    """
    for axes in figure.axes:
        # Tick labels exist only once they are asked for.
        axes.get_xticklabels()
        axes.get_yticklabels()
    texts = [one for one in figure.findobj(Text) if one.get_visible()]
    for text in sorted(texts, key=lambda one: one.get_text()):
        lost = missing(text)
        if lost:
            shown = choices(f"{c!r} (U+{ord(c):04X} {unicodedata.name(c, '?')})" for c in lost)
            msg = (
                f"figure {name!r}: no font has {shown}, in {text.get_text()!r}; tried are "
                f"{choices(text.get_fontfamily())}; set POLYTHEMES_FONTS to a folder with a "
                ".ttf or .otf that has it"
            )
            raise PolythemesError(msg)


def missing(text: Text) -> list[str]:
    """List the characters of a text that none of its fonts has.

    Parameters
    ----------
    text : Text
        A text with its font families, the first to be tried first.

    Returns
    -------
    list of str
        Each character once, in the order of the text.
    """
    lost = dict.fromkeys(text.get_text().replace("\n", ""))
    for family in text.get_fontfamily():
        properties = text.get_fontproperties().copy()
        properties.set_family([family])
        try:
            path = font_manager.findfont(properties, fallback_to_default=False)
        except ValueError:
            continue
        font = font_manager.get_font(path)
        lost = {c: None for c in lost if font.get_char_index(ord(c)) == 0}
    return list(lost)
