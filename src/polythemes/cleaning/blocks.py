"""Paragraphs that were broken into lines: put together to be judged, then taken apart again."""

from __future__ import annotations

from collections.abc import Sequence

from polythemes.cleaning import notices, shapes
from polythemes.cleaning.lines import PROSE, Line, is_wrapped
from polythemes.languages.text import words

#: A line shorter than this part of the longest ones ends its paragraph.
FULL = 0.6
#: Words of a sentence that can be a line of a paragraph.
SENTENCE = 3


def runs(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """Find which lines are one paragraph.

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article; those that give themselves away are named.

    Returns
    -------
    list of (int, int)
        First and last line of every paragraph, in order; blank and named lines stand alone. Lines
        are put together where paragraphs were wrapped at some width, and where three short
        sentences or more have a line each.
    """
    lengths = sorted(len(line.text) for line in lines if not line.kind)
    width = lengths[len(lengths) * 9 // 10] if is_wrapped(lines) else 0
    found: list[tuple[int, int]] = []
    for i, line in enumerate(lines):
        before = lines[i - 1] if i else line
        free = i > 0 and not before.kind and not line.kind
        said = not width and _is_said(before) and _is_said(line)
        if free and (said or (width and len(before.text) >= FULL * width)):
            found[-1] = (found[-1][0], i)
        else:
            found.append((i, i))
    if width:
        return found
    return [
        place
        for first, last in found
        for place in (
            [(first, last)] if last - first >= 2 else [(i, i) for i in range(first, last + 1)]
        )
    ]


def _is_said(line: Line) -> bool:
    """Tell whether a line is a sentence that may be one of a paragraph."""
    if not SENTENCE <= line.words < PROSE or line.is_item or shapes.is_truncated(line.text):
        return False
    return shapes.is_sentence(line.text) and not notices.notice(line.text)[0]


def join(lines: Sequence[Line], places: Sequence[tuple[int, int]]) -> list[Line]:
    """Put the lines of every paragraph together.

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article.
    places : sequence of (int, int)
        What :func:`runs` found.

    Returns
    -------
    list of Line
        One a paragraph; characters stand where they stood.
    """
    joined = []
    for first, last in places:
        line = lines[first]
        if last > first:
            text = " ".join(one.text for one in lines[first : last + 1])
            end = lines[last].end
            line = Line(text, line.start, end, end, words(text), shapes.squeeze(text))
        joined.append(line)
    return joined


def part(
    lines: Sequence[Line], places: Sequence[tuple[int, int]], joined: Sequence[Line]
) -> list[Line]:
    """Give every line what was found of its paragraph.

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article.
    places : sequence of (int, int)
        What :func:`runs` found.
    joined : sequence of Line
        The paragraphs, named.

    Returns
    -------
    list of Line
        The lines, named.
    """
    named = []
    for (first, last), whole in zip(places, joined, strict=True):
        for line in lines[first : last + 1]:
            kept = max(min(whole.kept_end, line.end), line.start)
            if whole.kind == "body" and kept == line.start:  # beyond the cut
                named.append(line.is_("boilerplate", whole.reason, whole.sort))
                continue
            sort = whole.sort if whole.kind != "body" or kept < line.end else ""
            named.append(
                line._replace(kind=whole.kind, sort=sort, reason=whole.reason, kept_end=kept)
            )
    return named
