"""Texts and names in the one form in which they are compared, character by character."""

from __future__ import annotations

from collections.abc import Callable

from polythemes.languages.text import HAN

Plain = Callable[[str], str]

#: What stands for the same: hyphens and blanks of any kind, and apostrophes.
SAME = {ord(c): " " for c in "-\u2010\u2011\u00a0\u202f\u3000\n\r\t"}
SAME |= {ord(c): "'" for c in "’‘ʼ`´"}


def fold(text: str, plain: Plain = str) -> str:
    """Write a text in the form in which names are looked for.

    Parameters
    ----------
    text : str
        Any text.
    plain : callable
        Takes a text and gives it in simplified characters.

    Returns
    -------
    str
        As many characters: simplified, in small letters, hyphens as blanks.

    Examples
    --------
    >>> fold("About-You’s TikTok")
    "about you's tiktok"
    """
    simple = plain(text)
    if len(simple) != len(text):
        simple = "".join(_one(plain(char), char) for char in text)
    small = simple.lower()
    if len(small) != len(text):
        small = "".join(_one(char.lower(), char) for char in simple)
    return small.translate(SAME)


def joined(text: str, place: int) -> bool:
    """Tell whether the characters before and at a place belong to one word.

    Parameters
    ----------
    text : str
        Any text.
    place : int
        An offset into it.

    Returns
    -------
    bool
        True between letters or digits of a script that parts words by blanks; never beside a Han
        character or at an end of the text.
    """
    if not 0 < place < len(text):
        return False
    return all(char.isalnum() and not HAN.match(char) for char in text[place - 1 : place + 1])


def _one(changed: str, char: str) -> str:
    """Give what a character became, itself where that is not one character."""
    return changed if len(changed) == 1 else char
