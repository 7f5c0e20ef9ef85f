"""Labels that fit: texts measured, shrunk and wrapped before they are drawn."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import text_to_path

from polythemes import languages
from polythemes.figures.sizes import LEAST

#: Height of a line, as a multiple of its font size.
LEADING = 1.3
POINTS = 72.0
HALF_PERCENT = 0.005

# Han, Kana and Hangul may be broken after any character; the rest at spaces and after hyphens. A
# middle dot stays with what it follows.
WIDE = "\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff"
UNIT = re.compile(rf"\s+|[^\s{WIDE}-]*-+|(?:[^\s{WIDE}-]+|.)(?: ·)?")


@dataclass(frozen=True)
class Fitted:
    """A text cut into lines that fit.

    Parameters
    ----------
    lines : tuple of str
        The lines, at least one.
    size : float
        Font size in points.
    """

    lines: tuple[str, ...]
    size: float

    @property
    def text(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)

    @property
    def height(self) -> float:
        """Height in inches."""
        return len(self.lines) * self.size * LEADING / POINTS


def plain(text: Any) -> str:
    """Make one line of a text, without characters that show nothing.

    Parameters
    ----------
    text : object
        Any value; None counts as empty.

    Returns
    -------
    str
        Runs of blanks are one blank; control and format characters are gone, save the two
        joiners that some scripts are spelled with.
    """
    given = "" if pd.isna(text) else str(text)
    spaced = " ".join(given.split())
    return "".join(
        c for c in spaced if unicodedata.category(c) not in {"Cc", "Cf"} or c in "\u200c\u200d"
    )


def width(text: str, size: float, *, bold: bool = False) -> float:
    """Measure a text.

    Parameters
    ----------
    text : str
        One line.
    size : float
        Font size in points.
    bold : bool
        Whether it is set in bold.

    Returns
    -------
    float
        Width in inches, 2 % on the safe side.
    """
    # Only titles are bold, and the font of Han characters has no bold.
    font = FontProperties(family=["DejaVu Sans"], weight="bold") if bold else FontProperties()
    font.set_size(size)
    return float(text_to_path.get_text_width_height_descent(text, font, False)[0]) / POINTS * 1.02


def wrap(text: str, room: float, size: float, *, bold: bool = False) -> tuple[str, ...]:
    """Cut a text into lines.

    Parameters
    ----------
    text : str
        The text.
    room : float
        Width that each line may have, in inches.
    size : float
        Font size in points.
    bold : bool
        Whether it is set in bold.

    Returns
    -------
    tuple of str
        The lines; a word wider than the room is broken within.
    """
    lines, line = [], ""
    for unit in UNIT.findall(text):
        if width((line + unit).rstrip(), size, bold=bold) <= room:
            line += unit
            continue
        if line.strip():
            lines.append(line.rstrip())
        line = ""
        for char in unit.lstrip():
            if line and width(line + char, size, bold=bold) > room:
                lines.append(line)
                line = ""
            line += char
    return tuple([*lines, line.rstrip()] if line.strip() or not lines else lines)


def fit(text: Any, room: float, *, size: float, least: float, lines: int = 99) -> Fitted:
    """Fit a text into a width: shrink it first, then wrap it.

    Parameters
    ----------
    text : object
        The text.
    room : float
        Width in inches.
    size, least : float
        The wanted and the smallest font size in points.
    lines : int
        How many lines there may be; what goes beyond ends in an ellipsis.

    Returns
    -------
    Fitted
        One line at the largest size that fits, else lines at the smallest, which a single long
        word may bring down by another fifth, but not to where journals take no text.
    """
    whole = plain(text)
    needed = width(whole, size)
    if needed <= room:
        return Fitted((whole,), size)
    shrunk = int(size * room / needed * 4) / 4
    if shrunk >= least:
        return Fitted((whole,), shrunk)
    longest = max(width(unit, least) for unit in UNIT.findall(whole))
    if longest > room:
        # A little smaller is better than a word broken within.
        least = max(0.8 * least, min(least, LEAST), least * room / longest)
    cut = wrap(whole, room, least)
    if len(cut) > lines:
        last = cut[lines - 1]
        while last and width(last + "…", least) > room:
            last = last[:-1]
        cut = (*cut[: lines - 1], last.rstrip() + "…")
    return Fitted(cut, least)


def column(texts: Iterable[str], most: float, *, size: float = 8) -> float:
    """Give the width of a column of labels.

    Parameters
    ----------
    texts : iterable of str
        The labels.
    most : float
        Largest width, in inches; longer labels are shrunk and wrapped into it.
    size : float
        Font size in points.

    Returns
    -------
    float
        Width in inches, with room to what stands beside it.
    """
    return min(most, max((width(plain(text), size) for text in texts), default=0.0) + 0.12)


def article(article_id: str, language: str) -> str:
    """Name an article as figures do.

    Parameters
    ----------
    article_id, language : str
        The article, and its language's code.

    Returns
    -------
    str
        As in ``"000 Indonesian"``.
    """
    return f"{article_id} {languages.name(language)}"


def articles(table: pd.DataFrame) -> dict[str, str]:
    """Name the articles of a table as figures do.

    Parameters
    ----------
    table : pandas.DataFrame
        Columns ``article_id`` and ``language``.

    Returns
    -------
    dict of str to str
        Names by ``article_id``.
    """
    pairs = zip(table["article_id"], table["language"], strict=True)
    return {one: article(one, language) for one, language in dict.fromkeys(pairs)}


def percent(share: float) -> str:
    """Write a share as whole percent.

    Parameters
    ----------
    share : float
        0 to 1.

    Returns
    -------
    str
        As in ``"23 %"``; a share that would round to nothing is ``"<1 %"``.
    """
    return "<1 %" if 0 < share < HALF_PERCENT else f"{100 * share:.0f} %"


def count(number: int, what: str) -> str:
    """Say how many there are.

    Parameters
    ----------
    number : int
        How many.
    what : str
        The thing, as one of it is called.

    Returns
    -------
    str
        As in ``"1 passage"`` and ``"1,200 passages"``.
    """
    return f"{number:,} {what}{'' if number == 1 else 's'}"
