"""The people of an article: who wrote it and when, and what is told of the author."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from polythemes.cleaning.held import held
from polythemes.cleaning.shapes import KEPT, LABEL, SCRAP, YEAR, is_sentence
from polythemes.languages import cues
from polythemes.languages.text import han, sentences, words

CLOCK = re.compile(r"(?<!\d)\d{1,2}[:.]\d{2}(?!\d)")
NAME = re.compile(r"[^\W\d_]+")
FULL_NAME = re.compile(r"((?:[A-ZÀ-ÞА-Я][\w'’-]+ ){1,2}[A-ZÀ-ÞА-Я][\w'’-]+)(?:,| [a-zà-þа-я]+ )")
DATE_ONLY = re.compile(r"[\d\s/:.,年月日时分-]|\b[ap]m\b", re.IGNORECASE)
#: What stands between the parts of a byline.
PARTS = re.compile(r"\s*[|｜·•;；\u3000]\s*|\s[–—/-]\s|[,，]\s*")
#: A credit behind a caption: "... Photo: Agency" or "... (Photo Agency)".
CREDIT = re.compile(
    r"(?:[.!?。！？]\s*([^\W\d_]+)\s*[:：/／]|[(（]\s*([^\W\d_]+)(?:[^\w()（）][^()（）]{0,40})?[)）])"
    r"[^.!?。！？]{0,60}$"
)
#: Last sentences of a text among which an author's biography may begin.
LAST = 5


def is_byline(line: str) -> bool:
    """Tell whether a line names the author, the source or the date: ``label: value``.

    Parameters
    ----------
    line : str
        The line.

    Returns
    -------
    bool
        True if a part of it has one of the byline cues for a label, or if it is short and a part
        of it is nothing but a date.
    """
    if len(line) > 2 * SCRAP:
        return False
    parts = [part for part in PARTS.split(line) if part.strip()]
    labels = [label for part in parts if (label := LABEL.match(part))]
    if any(label.group(1).casefold() in cues("byline") | cues("picture") for label in labels):
        return True
    others = [part for part in parts if not _is_date(part)]
    return _is_date(line) or (len(others) < len(parts) and all(words(one) <= 4 for one in others))


def _is_date(text: str) -> bool:
    """Tell whether a text is nothing but a date: a year, another number, at most one name."""
    if not YEAR.search(text) or len(re.findall(r"\d+", text)) < 2:
        return False
    names = [name for name in NAME.findall(text) if len(name) > 2]
    return not DATE_ONLY.sub("", text) or (len(names) <= 1 and not han(text))


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
    if size > 12 or is_sentence(line):
        return False
    first = NAME.search(line)
    named = first is not None and first.group().casefold() in cues("byline")
    dated = YEAR.search(line) or CLOCK.search(line)
    return bool(named or dated or (size <= 4 and re.search(r"\d", line)))


def is_caption(line: str) -> bool:
    """Tell whether a line ends with a credit, as captions of pictures do.

    Parameters
    ----------
    line : str
        The line.

    Returns
    -------
    bool
        True if the words behind its last stop, or in brackets at its end, begin with the cue of
        a picture.
    """
    found = CREDIT.search(line[-2 * SCRAP :])
    return found is not None and (found.group(1) or found.group(2)).casefold() in cues("picture")


def author(line: str) -> str:
    """Find the name that a line under the title begins with.

    Parameters
    ----------
    line : str
        The line, with or without a label.

    Returns
    -------
    str
        Two to four words, or as many Han characters; ``""`` for none.
    """
    parts = PARTS.split(line.strip()[: 2 * SCRAP])
    part = next((part for part in parts if part.strip()), "").strip()
    label = LABEL.match(part)
    name = label.group(2) if label else part
    first, _, rest = name.partition(" ")
    name = (rest if first.casefold() in cues("byline") else name).strip(" )）]】")
    size = han(name) or len(name.split())
    return name if 2 <= size <= 4 and not re.search(r"\d", name) else ""


def bio(sentence: str) -> str:
    """Find what makes a sentence a list of an author's awards.

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
    found = bio_cues(sentence) if years >= 3 else ()
    return f"{years} years and {', '.join(found[:3])}" if len(found) >= 3 else ""


def stranger(text: str, others: Sequence[str]) -> str:
    """Find what makes a paragraph the biography of a person the article does not speak of.

    Parameters
    ----------
    text : str
        A paragraph.
    others : sequence of str
        The other paragraphs of the article.

    Returns
    -------
    str
        The reason, ``""`` for none: it begins with a name of two or three words that stands
        nowhere else, and holds a year and two words of biographies.
    """
    found = FULL_NAME.match(text)
    if not found or not YEAR.search(text) or len(bio_cues(text)) < 2:
        return ""
    name = found.group(1)
    if any(name.split()[-1] in other for other in others):
        return ""
    return f"begins with a name that stands nowhere else, a year, {', '.join(bio_cues(text)[:3])}"


def bio_start(text: str, language: str, names: Sequence[str] = ()) -> tuple[int, str]:
    """Find where an author's biography begins among the last sentences of a text.

    Parameters
    ----------
    text : str
        A paragraph.
    language : str
        Its ISO 639-1 code.
    names : sequence of str
        Names that stand under the title. A biography may begin with one.

    Returns
    -------
    start : int
        Its first character.
    reason : str
        Why, ``""`` where there is no biography.
    """
    if not YEAR.search(text) and not any(name in text for name in names):
        return 0, ""
    for start, end in sentences(text, language)[-LAST:]:
        if why := bio(text[start:end]):
            return start, why
        name = next((name for name in names if text[start:end].lstrip().startswith(name)), "")
        if name and (YEAR.search(text, start) or bio_cues(text[start:])):
            return start, "begins with the name under the title"
        rest = text[start:].lstrip()
        sign = YEAR.search(text, start, end) or bio_cues(text[start:end])
        if (
            start
            and sign
            and len(YEAR.findall(rest)) >= 2
            and (why := stranger(rest, [text[:start]]))
        ):
            return start, why
    return 0, ""


@lru_cache(maxsize=KEPT)
def bio_cues(text: str) -> tuple[str, ...]:
    """List the words of biographies that a text holds.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    tuple of str
        The words, sorted.
    """
    text = text.casefold()
    found = held(text).get("bio", ())
    return tuple(sorted(cue for cue in found if han(cue) or _whole(cue, text)))


def _whole(cue: str, text: str) -> bool:
    """Tell whether a cue stands in a text as whole words."""
    return re.search(rf"(?<!\w){re.escape(cue)}(?!\w)", text) is not None
