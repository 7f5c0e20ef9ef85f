"""Parts of a page behind an article: comments of readers, lists of other articles."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from polythemes.cleaning import notices, pages, shapes
from polythemes.cleaning.lines import ITEM, Line

#: Words of prose that have to stand before a part of the page.
BEFORE = 80
#: Words of body that a line of the page weighs.
WEIGHT = 6
#: Words by which a longer run may weigh less than the heaviest one.
SPARE = 10
#: Words of the longest abstract of another article.
ABSTRACT = 2 * ITEM


def close(lines: Sequence[Line]) -> list[Line]:
    """Name what stands in the parts of the page behind the article.

    Comments run to the end of the page, or to the next part. A list of other articles is one if
    titles and abstracts take turns to the end; two paragraphs in a row are the article going on.

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article; those that give themselves away are named.

    Returns
    -------
    list of Line
        The lines.
    """
    named, before, part, opener = list(lines), 0, "", ""
    total = sum(line.words for line in lines if line.is_prose)
    for i, line in enumerate(lines):
        before += line.words if line.is_prose and not part else 0
        found = pages.opens_section(line.text) if before >= BEFORE else ""
        behind = part == "comment" or 3 * before >= 2 * total
        comments = found == "comment" and 2 * before >= total
        if found == "bio" and behind:
            part, opener = found, line.text.strip()
            named[i] = line.is_("boilerplate", "announces the author", part)
        elif comments or (found == "teaser" and behind and (part or _is_list(lines[i + 1 :]))):
            part, opener = found, line.text.strip()
        elif part and line.kind != "blank":
            named[i] = _named(line, part, f"behind \u201c{opener}\u201d")
            part = "" if part == "bio" else part
    return named


def _named(line: Line, part: str, why: str) -> Line:
    """Name a line of a part of the page, unless it is something else."""
    if line.kind == "byline":
        return line.is_("boilerplate", f"{line.reason}, {why}", part)
    if line.kind or notices.notice(line.text)[0] in ("footer", "disclaimer"):
        return line
    said = line.is_prose or shapes.is_sentence(line.text)
    if part != "comment" or (said and not shapes.is_truncated(line.text)):
        return line.is_("boilerplate", why, part)
    return line


def _is_list(lines: Sequence[Line]) -> bool:
    """Tell whether titles and abstracts take turns, with two abstracts or more."""
    rest = [line for line in lines if line.kind != "blank"]
    text = [not line.kind and shapes.has_full_stop(line.text) for line in rest]
    twice = any(one and other for one, other in pairwise(text))
    long = any(line.words > ABSTRACT for line in rest if not line.kind)
    return sum(text) >= 2 and not text[0] and not twice and not long


def end(lines: Sequence[Line]) -> int:
    """Find where the run of lines ends that holds most of the body and least of the page.

    Every word of the body counts for it, every line of boilerplate counts against it as much as
    some words would (the largest sum of a run of tokens, after Finn, Kushmerick and Smyth 2001).

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article, all named.

    Returns
    -------
    int
        Place of the last line of the run.
    """
    sums = list(accumulate(_value(line) for line in lines))
    heaviest = max(sums, default=0) - SPARE
    return max((i for i, weight in enumerate(sums) if weight >= heaviest), default=0)


def _value(line: Line) -> int:
    """Weigh a line: words of the body for, a line of the page against."""
    if line.kind == "body":
        return line.words
    return -WEIGHT if line.kind == "boilerplate" else 0


def trim(lines: Sequence[Line]) -> list[Line]:
    """Name what is left of the body beyond its end as the page's; long paragraphs stay.

    Parameters
    ----------
    lines : sequence of Line
        The lines of an article, all named.

    Returns
    -------
    list of Line
        The lines.
    """
    last, named = end(lines), list(lines)
    for i, line in enumerate(lines[last + 1 :], last + 1):
        if line.kind == "heading" or (line.kind == "body" and line.words <= ABSTRACT):
            count = sum(one.kind == "boilerplate" for one in lines[last + 1 : i])
            why = f"beyond the body, {count} lines of the page between"
            named[i] = line.is_("boilerplate", why, _sort(lines, i))
    return named


def _sort(lines: Sequence[Line], place: int) -> str:
    """Give the sort of the nearest line above that is the page's, if the parts have it."""
    above = (line.sort for line in reversed(lines[:place]) if line.kind == "boilerplate")
    found = next(above, "")
    return found if found in ("teaser", "comment", "footer", "disclaimer") else "navigation"
