"""Changes to a text, kept as offsets, so that original and repaired text can be told apart."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

#: What a repair can mend.
SORTS = ("look-alike", "homoglyph", "width", "invisible", "mojibake", "stuffing")


@dataclass(frozen=True, slots=True)
class Repair:
    """Hold one change to a text.

    Parameters
    ----------
    start, end : int
        Offsets into the text as it stands, in characters.
    before, after : str
        What stands there, and what is put in its place.
    sort : str
        One of ``SORTS``.
    reason : str
        Why, for a person to read.
    """

    start: int
    end: int
    before: str
    after: str
    sort: str
    reason: str


def apply(text: str, repairs: Sequence[Repair], start: int = 0, end: int | None = None) -> str:
    """Put repairs into a text, or into a span of it.

    Parameters
    ----------
    text : str
        The text as it stands.
    repairs : sequence of Repair
        Its repairs, sorted and without overlap.
    start, end : int
        Offsets of the span in the text as it stands; the whole text by default. A repair belongs
        to the span that it starts in, so spans that join give texts that join.

    Returns
    -------
    str
        The repaired text of the span.

    Examples
    --------
    >>> mended = [Repair(0, 2, "ab", "x", "width", ""), Repair(3, 4, "d", "", "invisible", "")]
    >>> apply("abcde", mended), apply("abcde", mended, 0, 1), apply("abcde", mended, 1, 5)
    ('xce', 'x', 'ce')
    """
    stop = len(text) if end is None else end
    first = bisect_left(repairs, start, key=lambda one: one.start)
    place = max(start, repairs[first - 1].end) if first else start
    parts = []
    for one in repairs[first : bisect_left(repairs, stop, key=lambda one: one.start)]:
        parts += [text[place : one.start], one.after]
        place = one.end
    return "".join([*parts, text[place:stop]])


def origin(repairs: Sequence[Repair], start: int, place: int) -> tuple[int, int]:
    """Tell where a character of a repaired span stands in the text as it stands.

    Parameters
    ----------
    repairs : sequence of Repair
        Repairs of the text, sorted and without overlap.
    start : int
        Offset of the span in the text as it stands.
    place : int
        Offset of the character in what :func:`apply` gives of the span.

    Returns
    -------
    (int, int)
        Start and end in the text as it stands. What was put in stands where it was put, each
        character in its own place if as many were taken out.

    Examples
    --------
    >>> mended = [Repair(0, 2, "ab", "x", "width", ""), Repair(3, 4, "d", "", "invisible", "")]
    >>> [origin(mended, 0, place) for place in range(3)]
    [(0, 2), (2, 3), (4, 5)]
    """
    first = bisect_left(repairs, start, key=lambda one: one.start)
    at = max(start, repairs[first - 1].end) if first else start
    for one in repairs[first:]:
        if at + place < one.start:
            break
        place -= one.start - at
        if place < len(one.after):
            if len(one.before) != len(one.after):
                return one.start, one.end
            at = one.start
            break
        place -= len(one.after)
        at = one.end
    return at + place, at + place + 1


def compose(text: str, first: Sequence[Repair], second: Sequence[Repair]) -> list[Repair]:
    """Join two rounds of repairs into one.

    Parameters
    ----------
    text : str
        The text as it stands.
    first : sequence of Repair
        Repairs of the text.
    second : sequence of Repair
        Repairs of the text that ``first`` gives.

    Returns
    -------
    list of Repair
        Repairs of the text as it stands that do what both rounds do; those that touch the same
        characters become one.
    """
    if not first or not second:
        return list(first or second)
    middle, joined = apply(text, first), []
    for low, high, ones, twos, shift in _clusters(first, second):
        start, end = low - shift, high - shift - sum(len(r.after) - len(r.before) for r in ones)
        before, after = text[start:end], apply(middle, twos, low, high)
        if before != after:
            reasons = dict.fromkeys(r.reason for r in [*ones, *twos])
            sort = (twos or ones)[-1].sort
            joined.append(Repair(start, end, before, after, sort, "; ".join(reasons)))
    return joined


def _clusters(
    first: Sequence[Repair], second: Sequence[Repair]
) -> Iterator[tuple[int, int, list[Repair], list[Repair], int]]:
    """Group repairs of two rounds that touch; offsets and shift are those between the rounds."""
    i = j = shift = 0
    while i < len(first) or j < len(second):
        ones: list[Repair] = []
        twos: list[Repair] = []
        grown = 0
        low = min(
            first[i].start + shift if i < len(first) else second[j].start,
            second[j].start if j < len(second) else first[i].start + shift,
        )
        high = low
        while True:
            begin = first[i].start + shift + grown if i < len(first) else -1
            # What was deleted right before a repair of the second round is no part of it.
            if begin >= 0 and (begin < high or (begin == low and not (ones or twos))):
                ones.append(first[i])
                high = max(high, begin + len(first[i].after))
                grown += len(first[i].after) - len(first[i].before)
                i += 1
            elif j < len(second) and (
                second[j].start < high or (second[j].start == low and not (ones or twos))
            ):
                twos.append(second[j])
                high = max(high, second[j].end)
                j += 1
            else:
                break
        yield low, high, ones, twos, shift
        shift += grown


def trimmed(start: int, before: str, after: str, sort: str, reason: str) -> Repair | None:
    """Make a repair without the characters that are the same at both ends.

    Parameters
    ----------
    start : int
        Offset of ``before`` in the text as it stands.
    before, after : str
        What stands there, and what is put in its place.
    sort, reason : str
        As of a repair.

    Returns
    -------
    Repair or None
        The repair; None where both texts are the same.

    Examples
    --------
    >>> trimmed(10, "abXd", "abYd", "width", "").start
    12
    """
    if before == after:
        return None
    short = min(len(before), len(after))
    head = next((k for k in range(short) if before[k] != after[k]), short)
    short -= head
    tail = next((k for k in range(short) if before[-1 - k] != after[-1 - k]), short)
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    return Repair(start + head, start + head + len(old), old, new, sort, reason)
