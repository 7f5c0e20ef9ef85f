"""Text decoded with the wrong table: UTF-8 read as Windows-1252 and its kin."""

from __future__ import annotations

import re

import ftfy

from polythemes.repairs.edits import Repair, trimmed

#: What bytes 80-BF look like in Windows-1252 and Latin-1.
TAIL = (
    "\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc"
    "\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2030\u2039\u203a\u20ac\u2122"
)
#: A first byte and what can follow it, or a control character where a mark should be.
HINT = re.compile(rf"[\u00c2-\u00f4][{TAIL}]|[\u0080-\u0084\u0086-\u009f]")
PIECE = re.compile(rf"(?:[\u00c2-\u00f4][{TAIL}]{{1,3}}|[\u0080-\u009f])+")
#: Characters around a hint that ftfy is given to judge by.
AROUND = 40


def mojibake(text: str) -> list[Repair]:
    """Find text that was decoded with the wrong table, where that is sure.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of Repair
        What ftfy takes for broken, word by word (R. Speer, ftfy, 2019).
    """
    if text.isascii():
        return []
    found: list[Repair] = []
    place = 0
    for hint in HINT.finditer(text):
        if hint.start() < place:
            continue
        start, place = _word(text, max(place, hint.start() - AROUND), hint.span())
        found += _mended(start, text[start:place])
    return found


def _word(text: str, least: int, hint: tuple[int, int]) -> tuple[int, int]:
    """Find the word a hint stands in, within bounds."""
    start, end = hint
    most = min(len(text), end + AROUND)
    # The no-break space is what byte A0 looks like: no end of a word here.
    while start > least and (text[start - 1] == "\xa0" or not text[start - 1].isspace()):
        start -= 1
    while end < most and (text[end] == "\xa0" or not text[end].isspace()):
        end += 1
    return start, end


def _mended(start: int, word: str) -> list[Repair]:
    """Make repairs of one word, as small as they can be."""
    fixed = ftfy.fix_encoding(word)
    if fixed == word:
        return []
    pieces = [(m.start(), m.group(), ftfy.fix_encoding(m.group())) for m in PIECE.finditer(word)]
    parts, place = [], 0
    for at, old, new in pieces:
        parts += [word[place:at], new]
        place = at + len(old)
    if "".join([*parts, word[place:]]) != fixed:
        pieces = [(0, word, fixed)]
    made = (
        trimmed(start + at, old, new, "mojibake", f"{new} decoded with the wrong table")
        for at, old, new in pieces
    )
    return [one for one in made if one]
