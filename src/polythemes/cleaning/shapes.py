"""What one line looks like, whatever its language."""

from __future__ import annotations

import re
from functools import cache

from polythemes.languages import autonyms, cues
from polythemes.languages.text import HAN, han, words

CLOSERS = r"[\s”’»」』）)\"'\]]*$"
END = re.compile(r"[.!?。！？…;；:：؟۔।॥]" + CLOSERS)
FULL_STOP = re.compile(r"(?<!\.)[.。۔।]" + CLOSERS)
#: Three dots or one ellipsis; six dots or two ellipses close a Chinese sentence.
TRUNCATED = re.compile(r"(?:(?<!\.)\.{3}|(?<!…)…)[\])]?$")
COLON = re.compile(r"[:：]\s*$")
BULLET = re.compile(r"^\s*[•·●▪◦‣*–-]\s+")
ITEM = re.compile(r"^\s*[(（\[]?(?:\d{1,2}|[一二三四五六七八九十])[)）\].、]\s*\S")
ARROW = re.compile(r"(<<|>>|[«»‹›←→⟵⟶◀▶])\s*[:：]?")
#: Quotation marks among the arrows, each with the one that closes it.
PAIRS = {"<<": ">>", ">>": "<<", "«": "»", "»": "«", "‹": "›", "›": "‹"}
AHEAD = re.compile(r"[^\s.!?…,]\s*(?:>>|[»→›▶])$")
COUNTER = re.compile(r"^\W*\d[\d.,]*\s*(?:[/|]\s*\d[\d.,]*|[kKmM+]|\s\w{1,12})?\W*$")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.]\d{2}(?!\d)")
LABEL = re.compile(r"^[\s(（\[【]*([^\s:：|][^:：|]{0,24}?)\s*[:：/／|｜]\s*(.{1,60})$")
BAR = re.compile(r"\s[>›»·•/→|]\s|\|")
NAME = re.compile(r"[^\W\d_]+")
ADDRESS = re.compile(r"https?://|\bwww\.|\w@\w")
INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
#: Longest line, in characters, that can be a count, a date or the name of a language.
SCRAP = 80


def squeeze(line: str) -> str:
    """Bring a line to a form in which repeats are equal.

    Parameters
    ----------
    line : str
        The line as it stands.

    Returns
    -------
    str
        In small letters, without bullet, with single blanks and no invisible characters.
    """
    return INVISIBLE.sub(" ", BULLET.sub("", line)).strip().casefold()


def is_sentence(line: str) -> bool:
    """Tell whether a line closes as a sentence does.

    Parameters
    ----------
    line : str
        The line.

    Returns
    -------
    bool
        True if it ends with a mark that ends a sentence.
    """
    return END.search(line) is not None


def has_full_stop(line: str) -> bool:
    """Tell whether a line closes with a full stop, as titles do not.

    Parameters
    ----------
    line : str
        The line.

    Returns
    -------
    bool
        True if it does.
    """
    return FULL_STOP.search(line) is not None


def is_truncated(line: str) -> bool:
    """Tell whether a line breaks off with an ellipsis, as teasers do.

    Parameters
    ----------
    line : str
        The line.

    Returns
    -------
    bool
        True if its last characters are ``...`` or ``…``, but not ``......`` or ``……``.
    """
    return TRUNCATED.search(line.rstrip()) is not None


def is_byline(line: str) -> bool:
    """Tell whether a line names the author, the source or the date: ``label: value``.

    Parameters
    ----------
    line : str
        The line.

    Returns
    -------
    bool
        True if its label is one of the byline cues, or it is nothing but a date.
    """
    label = LABEL.match(line)
    if label and label.group(1).casefold() in cues("byline"):
        return True
    if len(line) > SCRAP or not YEAR.search(line):
        return False
    names = [name for name in NAME.findall(line) if len(name) > 2]
    return len(re.findall(r"\d+", line)) > 1 and len(names) <= 1


def is_stamp(line: str) -> bool:
    """Tell whether a line tells who wrote, when, or how long it takes to read.

    Parameters
    ----------
    line : str
        A line that stands under a title.

    Returns
    -------
    bool
        True for ``By Jane Doe``, ``Tuesday, 3 March 2020 at 10:15`` and ``5 min read``.
    """
    size = words(line)
    if size > 10 or is_sentence(line):
        return False
    first = re.match(r"\W*(\w+)", line)
    named = first is not None and first.group(1).casefold() in cues("byline")
    dated = YEAR.search(line) or CLOCK.search(line)
    return bool(named or dated or (size <= 4 and re.search(r"\d", line)))


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
    return ADDRESS.search(line) is not None or (digits >= 7 and digits > letters)


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
        before a colon, or the first words of a short line that closes as no sentence does.
    """
    text = squeeze(line)
    if arrow := _arrow(text):
        return arrow
    known = cues("navigation")
    label = LABEL.match(text)
    if label and label.group(1) in known and not has_full_stop(text):
        return label.group(1)
    bare = text.strip(":：>»!.[]【】 ")
    if bare in known:
        return bare
    if is_sentence(text) or words(text) > 6:
        return ""
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
    """Give the navigation cues, the longest first."""
    return tuple(sorted(cues("navigation"), key=lambda cue: (-len(cue), cue)))


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


def bio(sentence: str) -> str:
    """Find what makes a sentence an author's biography.

    Parameters
    ----------
    sentence : str
        One sentence or a short paragraph.

    Returns
    -------
    str
        The reason (years and award words), ``""`` for none.
    """
    years = len(YEAR.findall(sentence))
    if years < 3:
        return ""
    text = sentence.casefold()
    found = sorted(c for c in cues("bio") if (c in text if han(c) else _whole(c, text)))
    return f"{years} years and {', '.join(found[:3])}" if len(found) >= 3 else ""


def _whole(cue: str, text: str) -> bool:
    """Tell whether a cue stands in a text as whole words."""
    return re.search(rf"(?<!\w){re.escape(cue)}(?!\w)", text) is not None
