"""Width and compatibility forms, and characters that nobody sees."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from polythemes.repairs.edits import Repair

WIDE = "\uff10-\uff19\uff21-\uff3a\uff41-\uff5a"
#: A wide letter or digit with what stands in one number or name with it ("９．９", "３％").
THOUSANDS = r"\uff0c(?=[\uff10-\uff19]{3}(?![\uff10-\uff19]))"
WIDE_RUN = (
    rf"[{WIDE}](?:(?:[\uff0e\uff0d\uff0f\uff3f]|{THOUSANDS})?[{WIDE}])*\uff05?|(?<=[0-9])\uff05"
)
#: Half-width marks and kana of Japanese.
HALF = r"[\uff61-\uff9f]+"
#: Arabic in the shapes that PDF files keep, ligatures of letters that printers used, mathematical
#: letters, and characters that Unicode itself calls copies of others.
COPIES = (
    r"[\ufb50-\ufbb1\ufbd3-\ufbe9\ufbfc-\ufbff\ufe80-\ufefc]+|[\ufb00-\ufb06]"
    r"|[\U0001d400-\U0001d7ff]+|[\u2f00-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f\u2126\u212a\u212b]"
)
#: A letter and its accent as two characters; Korean letters one by one.
APART = r"[^\W\d_][\u0300-\u0345\u0347-\u036f\u3099\u309a]+|[\u1100-\u11ff]{2,}"
#: Blanks that break no line, or are of a width of their own; the wide blank of Chinese stays.
BLANK = r"[\u00a0\u2000-\u200a\u202f\u205f]"
HIDDEN_CLASS = (
    r"\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\u3164\ufe00-\ufe0f\ufeff"
    r"\uffa0\ufff9-\ufffb\U000e0001-\U000e007f\U000e0100-\U000e01ef\x00-\x08\x0e-\x1b\x7f"
)
#: A flag made of tags is an emoji.
FLAG = r"\U0001f3f4[\U000e0020-\U000e007f]+"

FORMS = re.compile(
    f"(?P<keep>{FLAG})|(?P<hidden>[{HIDDEN_CLASS}]+)|(?P<blank>{BLANK})"
    f"|(?P<width>{WIDE_RUN}|{HALF}|{COPIES})|(?P<apart>{APART})"
)
#: One look at any of them, to pass over ordinary text.
ANY = re.compile(
    rf"[{HIDDEN_CLASS}\u00a0\u2000-\u200a\u202f\u205f\uff05{WIDE}\uff61-\uff9f\ufb00-\ufeff"
    r"\U0001d400-\U0001d7ff\u2f00-\u2fd5\uf900-\ufaff\U0002f800-\U0002fa1f\u2126\u212a\u212b"
    r"\u0300-\u036f\u3099\u309a\u1100-\u11ff]"
)
#: Scripts that write words with joiners, and those that mark the end of a word with a zero width.
JOINS = re.compile(r"[\u0600-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u18af\ufb50-\ufeff]")
ENDS = re.compile(r"[\u0e00-\u0fff\u1000-\u109f\u1780-\u17ff]")
JOINERS, ZERO_BLANK, EMOJI_FORM = "\u200c\u200d", "\u200b", "\ufe0f"


def characters(text: str) -> list[Repair]:
    """Find forms of characters that hide a word from a reader's machine.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of Repair
        Wide letters and digits, half-width kana, ligatures, copies of characters and letters
        with their accents apart become what they stand for (Unicode NFC and NFKC, Unicode
        Standard Annex 15); blanks that break no line become blanks; characters without a shape go.
        Left as they are: Chinese marks, numbers in circles, fractions, superscripts and units,
        which would run into the word or number before them; joiners where a script needs them.
    """
    return list(_found(text)) if ANY.search(text) else []


def _found(text: str) -> Iterator[Repair]:
    """Make a repair of every form that stands for another."""
    for match in FORMS.finditer(text):
        sort, before, reason = "width", match.group(), ""
        if match.lastgroup == "hidden":
            after, sort = _needed(text, match.start(), match.end()), "invisible"
            reason = f"{_names(before)}: nobody sees it, and it cuts words"
        elif match.lastgroup == "blank":
            after, sort = " ", "invisible"
            reason = f"{_names(before)}: a blank of its own kind"
        elif match.lastgroup == "apart":
            after = unicodedata.normalize("NFC", before)
            reason = f"{after} in parts"
        else:
            after = before if match.lastgroup == "keep" else unicodedata.normalize("NFKC", before)
            reason = f"another form of {after}"
        if after != before:
            yield Repair(match.start(), match.end(), before, after, sort, reason)


def _needed(text: str, start: int, end: int) -> str:
    """Keep of a run of invisible characters what the script or an emoji needs."""
    run, last, following = text[start:end], text[start - 1 : start], text[end : end + 1]
    if JOINS.match(last) and JOINS.match(following):
        kept = [c for c in run if c in JOINERS]
        if kept:
            return kept[0]
    if ZERO_BLANK in run and ENDS.match(last) and ENDS.match(following):
        return ZERO_BLANK
    if last and not last.isalpha() and not last.isspace():
        symbol = unicodedata.category(last) in ("So", "Sk", "Sm") or following == "\u20e3"
        return "".join(c for c in run if symbol and c in (EMOJI_FORM, JOINERS[1]))
    return ""


def _names(characters: str) -> str:
    """Name characters that cannot be shown."""
    named = (unicodedata.name(c, f"U+{ord(c):04X}").lower() for c in dict.fromkeys(characters))
    return ", ".join(named)
