"""What one line looks like, whatever its language."""

from __future__ import annotations

import re
from functools import lru_cache

#: Lines of which what was found last is kept: several rules ask the same of a line.
KEPT = 256
#: What may stand behind the mark that ends a sentence: white space, brackets, quotation marks.
CLOSERS = "".join(chr(i) for i in range(0x3001) if chr(i).isspace()) + "”’»」』）)\"']"
END = frozenset(".!?。！？…;；:：؟۔।॥។៕။")
FULL_STOP = frozenset(".。۔।។៕။")
#: A sign of the author or agency behind the last sentence: "... at night. (abc)".
SIGNED = re.compile(r"[^\s.][.。!?！？][\"”»]?\s*[(（\[][^\s()（）\[\]]{1,20}[)）\]]\s*$")
#: A sentence inside a line: no short word such as "Dr." before the stop.
INSIDE = re.compile(r"(?<=[^\W\d_]{4})\.\s+\S|。.")
#: A sentence with another one, or a sign of the page, glued to it.
GLUED = re.compile(r"[a-zß-ÿа-я][.!?][”»\")]?[©A-ZÀ-ÞА-Я]")
#: Three dots or one ellipsis; six dots or two ellipses close a Chinese sentence.
TRUNCATED = re.compile(r"(?:(?<!\.)\.{3}|(?<!…)…)[\])]?$")
MARK = re.compile(r"[.,;:!?…。，、；：！？،؛؟।។៕။၊]")
BULLET = re.compile(r"^\s*[•·●▪◦‣*–-]\s+")
ITEM = re.compile(r"^\s*[(（\[]?(?:\d{1,2}|[一二三四五六七八九十])[)）\].、]\s*\S")
LABEL = re.compile(r"^[\s(（\[【]*([^\s:：|][^:：|]{0,24}?)\s*[:：/／|｜]\s*(.{1,60})$")
YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
HIDDEN = re.compile(r"[\u200b-\u200f\u2060\ufeff\u00ad]+")
#: Longest line, in characters, that can be a count, a date or the name of a language.
SCRAP = 80


@lru_cache(maxsize=KEPT)
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
    if bullet := BULLET.match(line):
        line = line[bullet.end() :]
    return " ".join((line if line.isascii() else HIDDEN.sub("", line)).split()).casefold()


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
    return line.rstrip(CLOSERS)[-1:] in END or _is_signed(line)


def _is_signed(line: str) -> bool:
    """Tell whether a name in brackets closes a line behind a sentence."""
    return line.rstrip()[-1:] in ")）]" and SIGNED.search(line[-32:]) is not None


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
    end = line.rstrip(CLOSERS)[-2:]
    return (end[-1:] in FULL_STOP and end != "..") or _is_signed(line)


def holds_sentence(line: str) -> bool:
    """Tell whether a whole sentence stands in a line, as in no title.

    Parameters
    ----------
    line : str
        The line.

    Returns
    -------
    bool
        True if it holds or ends with a full stop.
    """
    return has_full_stop(line) or INSIDE.search(line) is not None


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
    end = line.rstrip()[-5:]
    return end[-1:] in (*".…])",) and TRUNCATED.search(end) is not None


def opens_list(line: str) -> bool:
    """Tell whether a line closes with a colon, as the line above a list does.

    Parameters
    ----------
    line : str
        The line.

    Returns
    -------
    bool
        True if it does.
    """
    return line.rstrip().endswith((":", "："))


def has_mark(line: str) -> bool:
    """Tell whether a line holds a mark that prose of some length does.

    Parameters
    ----------
    line : str
        The line.

    Returns
    -------
    bool
        True for a stop, a comma, a colon and the like.
    """
    return MARK.search(line) is not None
