"""Counts that pages show: likes, comments, views."""

from __future__ import annotations

import re

from polythemes.cleaning.shapes import SCRAP, YEAR, is_sentence, squeeze
from polythemes.languages import cues
from polythemes.languages.text import HAN, han

COUNTER = re.compile(r"^\W*\d[\d.,]*\s*(?:[/|]\s*\d[\d.,]*|[kKmM+]|\s\w{1,12})?\W*$")
#: A heading or an item with its number: "2. Rocket".
NUMBERED = re.compile(r"^\d{1,2}[.)、]\s*[^\W\d_]")
NUMBER = re.compile(r"\d[\d.,]*\s*[kKmM万萬億千]?(?!\w)|\d[\d.,]*[万萬]?")
DIGIT = re.compile(r"\d")
#: What stands between the items of a row of links or tags.
ITEMS = re.compile(r"[\s,，、;|/·•–—:：()（）]+")


def is_counter(line: str) -> bool:
    """Tell whether a line is a count of likes, comments or characters.

    Parameters
    ----------
    line : str
        The line.

    Returns
    -------
    bool
        True for ``0/400``, ``1.2k``, ``12 comments`` and the like; a lone year is no counter.
    """
    text = squeeze(line)
    if not DIGIT.search(text):
        return False
    if NUMBERED.match(text):
        return False
    if len(text) > SCRAP or YEAR.search(text):
        return False
    return COUNTER.match(text) is not None or _counts(text)


def _counts(text: str) -> bool:
    """Tell whether a text is nothing but numbers and what is counted: "5 likes, 3 comments"."""
    if is_sentence(text) or NUMBER.sub(" ", text) == text:
        return False
    bare = [item for item in ITEMS.split(NUMBER.sub(" ", text)) if item]
    numbers = len(NUMBER.findall(text))
    size = sum(han(item) or 2 for item in bare)
    known = sum(_is_counted(item) for item in bare) + (" ".join(bare) in cues("counter"))
    return known * 2 >= min(len(bare), 2) and size <= 4 * numbers + 2


def _is_counted(item: str) -> bool:
    """Tell whether a word is what pages count; of Han words a part is enough."""
    counted = cues("counter")
    return item in counted or (bool(HAN.search(item)) and any(cue in item for cue in counted))
