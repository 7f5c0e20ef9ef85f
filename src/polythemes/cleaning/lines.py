"""One line of an article, and what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from polythemes.cleaning import shapes
from polythemes.languages.text import han, words

#: Words of a line that is a paragraph of prose by its length alone.
PROSE = 18
#: Words, or Han characters, up to which a line can be a heading.
HEADING = 16
#: Words up to which a line that breaks off can be an item of a list of other articles.
ITEM = 24
#: Words up to which a line tells nothing of how paragraphs are laid out.
SCRAP = 5


class Line(NamedTuple):
    """One line and what became of it.

    Parameters
    ----------
    text : str
        The line without its end.
    start, end : int
        Its place in the article, in characters.
    kept_end : int
        End of what is kept; ``start`` for a line that is not kept.
    words : int
        Its length.
    key : str
        The form in which repeats are equal.
    kind, sort, reason : str
        What it is (empty as long as nothing is known), the sort of boilerplate, and why.
    """

    text: str
    start: int
    end: int
    kept_end: int
    words: int
    key: str
    kind: str = ""
    sort: str = ""
    reason: str = ""

    @property
    def is_prose(self) -> bool:
        """Whether it is a paragraph of prose by its length; a broken-off one has to be longer."""
        if (
            self.kind
            or self.words < PROSE
            or (shapes.BULLET.match(self.text) and not shapes.is_sentence(self.text))
        ):
            return False
        return self.words >= 2 * ITEM or not shapes.is_truncated(self.text)

    @property
    def is_scrap(self) -> bool:
        """Whether it is short and closes as no sentence does, as headings and menus do."""
        if self.words > HEADING or shapes.GLUED.search(self.text):
            return False
        size = han(self.text) if han(self.text) > 4 else self.words
        return size <= HEADING and not shapes.is_sentence(self.text)

    @property
    def is_item(self) -> bool:
        """Whether it begins with a bullet or a number, as an item of a list does."""
        return bool(shapes.BULLET.match(self.text) or shapes.ITEM.match(self.text))

    def is_(self, kind: str, reason: str, sort: str = "") -> Line:
        """Give the same line with its kind and the reason."""
        kept = self.end if kind == "body" else self.start
        return self._replace(kind=kind, sort=sort, reason=reason, kept_end=kept)

    def cut(self, at: int, reason: str, sort: str) -> Line:
        """Give the same line, kept up to a character of its own."""
        kept = self.start + len(self.text[:at].rstrip())
        reason = f"prose; from character {kept} on {reason}"
        return self._replace(kind="body", sort=sort, kept_end=kept, reason=reason)


def split(text: str) -> list[Line]:
    """Cut an article into lines.

    Parameters
    ----------
    text : str
        The article, with Unix line ends.

    Returns
    -------
    list of Line
        One a line, blank ones too; joined by line ends they give the article back.
    """
    lines, start = [], 0
    for piece in text.split("\n"):
        end = start + len(piece)
        lines.append(Line(piece, start, end, end, words(piece), shapes.squeeze(piece)))
        start = end + 1
    return lines


def last_prose(lines: Sequence[Line]) -> int:
    """Find the last paragraph of prose.

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article.

    Returns
    -------
    int
        Its place, -1 where there is none.
    """
    return max((i for i, line in enumerate(lines) if line.is_prose), default=-1)


def is_wrapped(lines: Sequence[Line]) -> bool:
    """Tell whether paragraphs are broken into lines, so that a line is no whole of its own.

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article.

    Returns
    -------
    bool
        True if three lines that are no scraps, and more than an eighth, begin with a small letter.
    """
    long = [line.text.lstrip() for line in lines if not line.kind and line.words > SCRAP]
    small = sum(text[0].islower() for text in long)
    return small >= 3 and 8 * small > len(long)
