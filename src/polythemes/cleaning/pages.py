"""What belongs to the page an article stood on: menus, buttons, counts, other articles."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from polythemes.cleaning import counts
from polythemes.cleaning.notices import notice
from polythemes.cleaning.shapes import KEPT, SCRAP, YEAR, has_full_stop, is_sentence, squeeze
from polythemes.languages import autonyms, cues
from polythemes.languages.text import HAN, han, words

ARROW = re.compile(r"(<<|>>|[«»‹›←→⟵⟶◀▶])\s*[:：]?")
#: Quotation marks among the arrows, each with the one that closes it.
PAIRS = {"<<": ">>", ">>": "<<", "«": "»", "»": "«", "‹": "›", "›": "‹"}
AHEAD = re.compile(r"[^\s.!?…,]\s*(?:>>|[»→›▶])$")
#: A label before what does not belong to the article: "Read also: ...", "[Advertisement] ...".
ASIDE = re.compile(
    r"^[\[［【(（]?([^\W\d_][^:：–—|\]］】)）]{0,40}?)(?:\s*[:：|\]］】)）]|(\s+[–—-]\s))"
)
#: Words up to which a line with such a label is an aside.
MOST = 40
#: Words up to which a line may begin with a cue; three times as many for another article.
SHORT = 6
#: Words of the longest line that ends with a double arrow.
ROW = 24
BAR = re.compile(r"\s[>›»·•/→|]\s|\|")
#: An item of a menu in a script that sets no blanks.
HAN_ITEM = re.compile(r"[\u3400-\u9fff]{2,6}")
WEB, MAIL = re.compile(r"https?://|\bwww\."), re.compile(r"\w@\w")
#: Characters about a line that tell nothing of its words.
TRIM = ":：>»!.?？！[]【】()（） +…"
#: Sorts whose cues may open a line, and those whose cues may be a label before other words.
OPENERS, LABELS = ("navigation", "teaser", "offer"), ("teaser", "advert")


def sign(line: str) -> tuple[str, str]:
    """Find what makes a line the page's wherever it stands.

    Parameters
    ----------
    line : str
        The line.

    Returns
    -------
    sort : str
        The sort of boilerplate, ``""`` for none.
    reason : str
        What gave it away.
    """
    if is_language_name(line):
        return "navigation", "name of a language"
    if counts.is_counter(line):
        return "counter", "a count"
    sort, found = cue(line)
    if sort:
        return sort, f"{sort}: {found}"
    if found := menu(line):
        return ("footer" if notice(line)[0] == "footer" else "navigation"), found
    if found := address(line):
        return ("navigation" if found == "a web address" else "footer"), found
    return "", ""


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


def address(line: str) -> str:
    """Find the web address, mail address or telephone number that makes up a line.

    Parameters
    ----------
    line : str
        The line.

    Returns
    -------
    str
        What it is, ``""`` for none: it is short and closes as no sentence does.
    """
    if len(line) > 2 * SCRAP or words(line) > 10 or is_sentence(line):
        return ""
    if MAIL.search(line):
        return "a mail address"
    if WEB.search(line):
        return "a web address"
    digits = len(counts.DIGIT.findall(line))
    number = digits >= 7 and digits > sum(map(str.isalpha, line)) and not YEAR.search(line)
    return "a telephone number" if number else ""


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
    if len(line) > 4 * SCRAP or is_sentence(line):
        return ""
    items = [item for item in BAR.split(line) if item.strip()] if BAR.search(line) else ()
    if len(items) >= 3 and all(words(item) <= 3 for item in items):
        return f"{len(items)} items between bars"
    pieces = line.split()
    if len(pieces) > 3 and all(HAN_ITEM.fullmatch(piece) for piece in pieces):
        return f"{len(pieces)} items between blanks"
    named = [item for item in counts.ITEMS.split(line.casefold()) if item]
    platforms = {item for item in named if item in cues("platform")}
    if len(platforms) >= 2 and len(named) - len(platforms) <= 3:
        return "names of platforms"
    tags = line.split()
    return "tags" if tags and all(re.match(r"#\w", tag) for tag in tags) else ""


@lru_cache(maxsize=KEPT)
def cue(line: str) -> tuple[str, str]:
    """Find the cue that makes a line the page's.

    Parameters
    ----------
    line : str
        The line.

    Returns
    -------
    sort : str
        ``navigation``, ``teaser`` or ``advert``, ``""`` for none. A cue counts where
        it is the whole line, the label of something else, or the first words of a short line that
        closes as no sentence does.
    cue : str
        The arrow or cue found.
    """
    if len(line) > 4 * SCRAP:
        return "", ""
    text = squeeze(line)
    bare = text.strip(TRIM)
    if arrow := _arrow(text):
        other = words(text) > 2 or bare in _sorts()
        return (_sorts().get(bare, "teaser") if other else "navigation"), arrow
    if found := _label(text):
        return found
    if bare in _sorts() and not (has_full_stop(text) and words(text) == 1):
        return _sorts()[bare], bare
    return _opener(text, bare)


def _opener(text: str, bare: str) -> tuple[str, str]:
    """Find the cue that a short line begins with, and its sort."""
    if is_sentence(text):
        return "", ""
    opener = next((cue for cue in _opening().get(bare[:2], ()) if _opens(cue, bare)), "")
    if not opener:
        return "", ""
    most = 3 * SHORT if " " in opener and opener in cues("teaser") else SHORT
    if words(text) > most:
        return "", ""
    return _sorts()[opener], opener


def opens_section(line: str) -> str:
    """Find the part of the page that a line opens: other articles, or comments of readers.

    Parameters
    ----------
    line : str
        The line.

    Returns
    -------
    str
        ``teaser`` or ``comment`` for a line that is nothing but a cue of that sort, with or
        without a number; ``bio`` for one that announces what is told of the author; else ``""``.
    """
    if len(line) > SCRAP:
        return ""
    bare = counts.NUMBER.sub(" ", squeeze(line)).strip(TRIM)
    found = next((sort for sort in ("comment", "teaser") if bare in cues(sort)), "")
    return found or ("bio" if is_about(line) and words(line) <= SHORT else "")


def is_about(line: str) -> bool:
    """Tell whether a line begins with what announces the author: "About the author".

    Parameters
    ----------
    line : str
        The line.

    Returns
    -------
    bool
        True if the cue is its label, or the first words of a short line that is no sentence.
    """
    text = squeeze(line[: 4 * SCRAP])
    label = ASIDE.match(text)
    if label and label.group(1) in cues("about"):
        return True
    if len(line) > SCRAP or is_sentence(text) or words(text) > SHORT:
        return False
    return text.startswith(_about()) and any(
        text == cue or _opens(cue, text) for cue in _about() if text.startswith(cue)
    )


@cache
def _about() -> tuple[str, ...]:
    """Give the cues that announce the author."""
    return tuple(sorted(cues("about")))


def _label(text: str) -> tuple[str, str] | None:
    """Find the label that a text begins with, and its sort."""
    found = ASIDE.match(text)
    if not found or words(text) > MOST:
        return None
    label, rest = found.group(1), text[found.end() :]
    for sort in LABELS:
        # Behind a dash a sentence may go on: "Werbung - das war einmal - ...".
        if label in cues(sort) and not (found.group(2) and has_full_stop(text)):
            return sort, label
    listed = len([item for item in re.split(r"[,，、;|/·•#]", rest) if item.strip()]) > 1
    if label in cues("navigation") and listed and not is_sentence(text):
        return "navigation", label
    return None


def _arrow(text: str) -> str:
    """Find the arrow that a line begins or ends with, unless it is a quotation mark."""
    if found := ARROW.match(text):
        sign = found.group(1)
        # What ends with a comma goes on in the next line, as a verse does.
        quoted = sign in PAIRS and (PAIRS[sign] in text[found.end() :] or text[-1] in ",;，；")
        closed = is_sentence(text) if sign in "«»‹›" else has_full_stop(text)
        return "" if quoted or (closed and len(sign) == 1) else found.group().strip()
    most = ROW if text.endswith(">>") else 8
    if AHEAD.search(text[-8:]) and words(text) <= most and not re.search("[«‹]|<<", text):
        return text[-1]
    return ""


@cache
def _sorts() -> dict[str, str]:
    """Give the sort of every cue that may be a whole line."""
    buttons = dict.fromkeys(cues("comment"), "navigation") | dict.fromkeys(cues("offer"), "advert")
    return buttons | {cue: sort for sort in ("navigation", *LABELS) for cue in cues(sort)}


@cache
def _openers() -> tuple[str, ...]:
    """Give the cues that may open a line, the longest first."""
    found = {cue for sort in OPENERS for cue in cues(sort)}
    return tuple(sorted(found, key=lambda cue: (-len(cue), cue)))


@cache
def _opening() -> dict[str, tuple[str, ...]]:
    """Give the cues that may open a line by their first two characters."""
    return {
        start: tuple(cue for cue in _openers() if cue.startswith(start))
        for start in {cue[:2] for cue in _openers()}
    }


def _opens(cue: str, text: str) -> bool:
    """Tell whether a cue opens a line; one of a single word opens two words at the most."""
    if not text.startswith(cue):
        return False
    if HAN.match(cue):
        short = len(cue) < 4 and HAN.match(text[len(cue)])
        return not short or han(text) <= 6
    return not text[len(cue)].isalnum() and (" " in cue or words(text) <= 2)
