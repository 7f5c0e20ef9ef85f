"""What belongs to the page an article stood on: menus, buttons, counts, addresses, disclaimers."""

from __future__ import annotations

import re
from functools import cache

from polythemes.cleaning.shapes import SCRAP, YEAR, has_full_stop, is_sentence, squeeze
from polythemes.languages import autonyms, cues
from polythemes.languages.text import HAN, words

ARROW = re.compile(r"(<<|>>|[«»‹›←→⟵⟶◀▶])\s*[:：]?")
#: Quotation marks among the arrows, each with the one that closes it.
PAIRS = {"<<": ">>", ">>": "<<", "«": "»", "»": "«", "‹": "›", "›": "‹"}
AHEAD = re.compile(r"[^\s.!?…,]\s*(?:>>|[»→›▶])$")
COUNTER = re.compile(r"^\W*\d[\d.,]*\s*(?:[/|]\s*\d[\d.,]*|[kKmM+]|\s\w{1,12})?\W*$")
#: A label before what does not belong to the article: "Read also: ...", "[Advertisement] ...".
ASIDE = re.compile(
    r"^[\[［【(（]?([^\W\d_][^:：–—|\]］】)）]{0,40}?)(?:\s*[:：|\]］】)）]|(\s+[–—-]\s))"
)
#: Words up to which a line with such a label is an aside.
MOST = 40
BAR = re.compile(r"\s[>›»·•/→|]\s|\|")
ADDRESS = re.compile(r"https?://|\bwww\.|\w@\w")


def is_language_name(line: str) -> bool:
    """Tell whether a line is the name of a language in that language.

    Parameters
    ----------
    line : str
        The line, with or without a bullet or a country in brackets.

    Returns
    -------
    bool
        True if it is.
    """
    if len(line) > SCRAP:
        return False
    return re.sub(r"\s*[(（].*?[)）]\s*$", "", squeeze(line)) in autonyms()


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
    return len(text) <= SCRAP and COUNTER.match(text) is not None and not YEAR.search(text)


def is_address(line: str) -> bool:
    """Tell whether a line is a web address, a mail address or a telephone number.

    Parameters
    ----------
    line : str
        The line.

    Returns
    -------
    bool
        True for a short line with one of them that closes as no sentence does.
    """
    if len(line) > 2 * SCRAP or words(line) > 10 or is_sentence(line):
        return False
    digits, letters = sum(map(str.isdecimal, line)), sum(map(str.isalpha, line))
    number = digits >= 7 and digits > letters and not YEAR.search(line)
    return number or ADDRESS.search(line) is not None


def menu(line: str) -> str:
    """Find what makes a line a menu: three short items or more between bars, or tags.

    Parameters
    ----------
    line : str
        The line.

    Returns
    -------
    str
        The reason, ``""`` for none.
    """
    if is_sentence(line):
        return ""
    items = [item for item in BAR.split(line) if item.strip()]
    if len(items) >= 3 and all(words(item) <= 3 for item in items):
        return f"{len(items)} items between bars"
    tags = line.split()
    return "tags" if tags and all(re.match(r"#\w", tag) for tag in tags) else ""


def navigation(line: str) -> str:
    """Find what makes a line navigation.

    Parameters
    ----------
    line : str
        The line.

    Returns
    -------
    str
        The arrow or cue found, ``""`` for none. A cue counts where it is the whole line, the label
        of an aside, or the first words of a short line that closes as no sentence does.
    """
    text = squeeze(line)
    if arrow := _arrow(text):
        return arrow
    label = ASIDE.match(text)
    if label and label.group(1) in cues("aside") and words(text) <= MOST:
        # Behind a dash a sentence may go on: "Werbung - das war einmal - ...".
        return "" if label.group(2) and has_full_stop(text) else label.group(1)
    bare = text.strip(":：>»!.[]【】 ")
    known = bare in _openers()
    if known or is_sentence(text) or words(text) > 6:
        return bare if known else ""
    return next((cue for cue in _openers() if _opens(cue, bare)), "")


def _arrow(text: str) -> str:
    """Find the arrow that a line begins or ends with, unless it is a quotation mark."""
    if found := ARROW.match(text):
        sign = found.group(1)
        quoted = sign in PAIRS and PAIRS[sign] in text[found.end() :]
        closed = is_sentence(text) if sign in "«»‹›" else has_full_stop(text)
        return "" if quoted or (closed and len(sign) == 1) else found.group().strip()
    if AHEAD.search(text[-8:]) and words(text) <= 8 and not re.search("[«‹]|<<", text):
        return text[-1]
    return ""


@cache
def _openers() -> tuple[str, ...]:
    """Give the cues of navigation and asides, the longest first."""
    return tuple(sorted(cues("navigation") | cues("aside"), key=lambda cue: (-len(cue), cue)))


def _opens(cue: str, text: str) -> bool:
    """Tell whether a cue opens a line; one of a single word opens two words at the most."""
    if not text.startswith(cue):
        return False
    if HAN.match(cue):
        return True
    return not text[len(cue)].isalnum() and (" " in cue or words(text) <= 2)


def disclaimer(line: str) -> list[str]:
    """Find the disclaimer cues of a line.

    Parameters
    ----------
    line : str
        The line.

    Returns
    -------
    list of str
        The cues in it, sorted.
    """
    text = line.casefold()
    return sorted(cue for cue in cues("disclaimer") if cue in text)
