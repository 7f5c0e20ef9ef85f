"""What one line looks like, whatever its language."""

from __future__ import annotations

import re

from polythemes.languages import autonyms, cues
from polythemes.languages.text import han

END = re.compile(r"[.!?。！？…;；:：][\s”’»」』）)\"'\]]*$")
TRUNCATED = re.compile(r"(?:\.{3}|…)$")
BULLET = re.compile(r"^\s*[•·●▪◦‣*–-]\s+")
ITEM = re.compile(r"^\s*[(（\[]?(?:\d{1,2}|[一二三四五六七八九十])[)）\].、]\s*\S")
ARROW = re.compile(r"^\s*(?:<<|>>|«|»|←|→|‹|›|⟵|⟶|◀|▶)\s*[:：]?")
COUNTER = re.compile(r"^\W*\d[\d.,]*\s*(?:[/|]\s*\d[\d.,]*|[kKmM+]|\s\w{1,12})?\W*$")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
LABEL = re.compile(r"^\s*([^\s:：|][^:：|]{0,24}?)\s*[:：]\s*(.{1,60})$")
INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
NOTHING = ""


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


def is_truncated(line: str) -> bool:
    """Tell whether a line breaks off with an ellipsis, as teasers do.

    Parameters
    ----------
    line : str
        The line.

    Returns
    -------
    bool
        True if its last characters are ``...`` or ``…``.
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
    rest = re.sub(r"[\d\s/:.,年月日时分-]|(?i:[ap]m)", NOTHING, line)
    return not rest and YEAR.search(line) is not None


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
    return re.sub(r"\s*[(（].*?[)）]\s*$", NOTHING, squeeze(line)) in autonyms()


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
    return COUNTER.match(line) is not None and not YEAR.search(line)


def navigation(line: str) -> str:
    """Find what makes a line navigation.

    Parameters
    ----------
    line : str
        The line.

    Returns
    -------
    str
        The cue found, ``""`` for none. In a line of a few words a cue counts where it is the whole
        line or opens it.
    """
    if arrow := ARROW.match(line):
        return arrow.group().strip()
    text = squeeze(line).rstrip(":：>» ")
    if len(text.split()) > 6 or han(text) > 12:
        return NOTHING
    for cue in sorted(cues("navigation"), key=lambda cue: (-len(cue), cue)):
        if text == cue or (len(cue) > 4 and text.startswith(cue)) or (han(cue) and cue in text[:4]):
            return cue
    return NOTHING


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
    text = sentence.casefold()
    found = sorted(c for c in cues("bio") if (c in text if han(c) else _whole(c, text)))
    if years >= 3 and len(found) >= 2:
        return f"{years} years and {', '.join(found[:3])}"
    return NOTHING


def _whole(cue: str, text: str) -> bool:
    """Tell whether a cue stands in a text as whole words."""
    return re.search(rf"(?<!\w){re.escape(cue)}(?!\w)", text) is not None
