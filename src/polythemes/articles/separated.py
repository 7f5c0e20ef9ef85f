"""Read values separated by commas, however long they are, past records that are broken."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from threading import Lock

#: Characters that a value may have: the most that every system allows.
LONGEST = 2**31 - 1
#: Setting how long a value may be is Python's only way, and holds for the whole process.
_LIMIT = Lock()
#: A quote that is escaped as many programs do, where CSV doubles it.
ESCAPED = re.compile(r'(?<!\\)\\"')


@dataclass(frozen=True)
class Record:
    """Hold a record of a table.

    Parameters
    ----------
    line, last : int
        Numbers of the lines at which it begins and ends, from 1.
    values : list of str
        Its values; none for an empty line.
    fault : str
        What is wrong with it; "" if nothing is. Then its end is where reading can be trusted again.
    """

    line: int
    last: int
    values: list[str]
    fault: str = ""


def records(lines: Sequence[str], delimiter: str) -> list[Record]:
    r"""Read the records of a table.

    Parameters
    ----------
    lines : sequence of str
        Its lines, with their ends; the first record is the header.
    delimiter : str
        What stands between values.

    Returns
    -------
    list of Record
        The records. Where a file cannot be read as CSV but well with ``\"`` for a quote, that is
        taken. The lines behind a broken record may be pieces of it: they are left out with it up to
        where the first values look like those before, see :func:`_trusted`.
    """
    found = list(_records(lines, delimiter))
    if any(one.fault for one in found):
        other = list(_records([ESCAPED.sub('""', line) for line in lines], delimiter))
        if not any(one.fault for one in other) and len(_widths(other)) == 1:
            return other
    return found


def next_record(reader: Iterator[list[str]]) -> list[str] | None:
    """Give the next record, however long its values are.

    Parameters
    ----------
    reader : iterator of list of str
        What ``csv.reader`` gives.

    Returns
    -------
    list of str or None
        Its values; None at the end.

    Raises
    ------
    csv.Error
        If the record is broken.
    """
    with _LIMIT:
        before = csv.field_size_limit(LONGEST)
        try:
            return next(reader, None)
        finally:
            csv.field_size_limit(before)


def _widths(found: Sequence[Record]) -> set[int]:
    """Give how many values the records have."""
    return {len(one.values) for one in found if one.values}


def _records(lines: Sequence[str], delimiter: str) -> Iterator[Record]:
    """Give every record in its order."""
    first, width, shapes = 0, 0, set[str]()
    while first < len(lines):
        for one in _strictly(lines, first, delimiter):
            key = _key(shapes)
            like = len(one.values) == width and (not key or _shape(one.values[0]) == key)
            stray = width and one.values and not like and _stray(lines, one, delimiter)
            if one.fault or stray:
                first = _trusted(lines, one.line, delimiter, width, key)
                yield Record(one.line, first, [], one.fault or "a quote stands within a value")
                break
            yield one
            if width and len(one.values) == width:
                shapes.add(_shape(one.values[0]))
            width = width or len(one.values)
        else:
            return


def _strictly(lines: Sequence[str], first: int, delimiter: str) -> Iterator[Record]:
    """Give the records from a line on, the last one with its fault if it is broken."""
    rest = (lines[i] for i in range(first, len(lines)))
    reader = csv.reader(rest, delimiter=delimiter, strict=True)
    while True:
        begin = first + reader.line_num + 1
        try:
            values = next_record(reader)
        except csv.Error as error:
            yield Record(begin, first + reader.line_num, [], str(error))
            return
        if values is None:
            return
        yield Record(begin, first + reader.line_num, values)


def _trusted(lines: Sequence[str], first: int, delimiter: str, width: int, key: str) -> int:
    """Find the line from which reading can be trusted again after a broken record.

    There, and at the record behind, are as many values as columns, and the first one is shaped as
    all first values before are: as one kind of number, key or date. Where these are words, or of
    several shapes, pieces of the broken text look like records: no later line is trusted.
    """
    if not key:
        return len(lines)
    for begin in range(first, len(lines)):
        # Most lines are seen not to fit without reading on to a quote that may be far.
        if _shape(lines[begin].lstrip('"'))[:1] != key[:1]:
            continue
        found = _few(lines, begin, delimiter)
        if found and all(
            len(one.values) == width
            and _shape(one.values[0]) == key
            and not _stray(lines, one, delimiter)
            for one in found
        ):
            return begin
    return len(lines)


def _few(lines: Sequence[str], first: int, delimiter: str) -> list[Record]:
    """Give two records from a line on, or the one that is left, empty lines passed over."""
    found = list[Record]()
    for one in _strictly(lines, first, delimiter):
        if one.values or one.fault:
            found.append(one)
        if len(found) == 2:
            break
    return found


def _key(shapes: set[str]) -> str:
    """Give the shape of all first values if it is that of a number, key or date; else ""."""
    shape = next(iter(shapes), "")
    words = "a" in shape and len(shape.split()) > 1
    return shape if len(shapes) == 1 and "0" in shape and not words else ""


def _stray(lines: Sequence[str], one: Record, delimiter: str) -> bool:
    """Tell whether a quote stands in a record that neither begins nor ends a value."""
    raw = "".join(lines[one.line - 1 : one.last])
    between = re.escape(delimiter)
    return '"' in re.sub(rf'(?:(?<={between})|^)"(?:[^"]|"")*"(?={between}|\n)', "", raw)


def _shape(value: str) -> str:
    """Give how a value is built: 0 for a number, a for a word, all else as it is."""
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "0", value.strip()))
