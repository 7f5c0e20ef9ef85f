"""Read values separated by commas, however long they are, past records that are broken."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
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
        where two look like those before, see :func:`_trusted`.
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


@dataclass
class _Look:
    """Hold how the records so far look: what tells the next one from a piece of a broken text."""

    delimiter: str
    width: int = 0
    shapes: Counter[str] = field(default_factory=Counter)
    tight: bool = True

    def add(self, one: Record, bare: str) -> None:
        """Learn from a record that is whole; the first one is the header."""
        if self.width and len(one.values) == self.width:
            self.shapes[_shape(one.values[0])] += 1
        self.width = self.width or len(one.values)
        self.tight = self.tight and not self._loose(bare)

    def is_like(self, one: Record) -> bool:
        """Tell whether a record has as many values, and its first one the shape of all before."""
        key = self.key()
        return len(one.values) == self.width and (not key or _shape(one.values[0]) == key)

    def is_trusted(self, one: Record, bare: str) -> bool:
        """Tell whether a record behind a broken one cannot be a piece of it."""
        if len(one.values) != self.width or '"' in bare:
            return False
        if (key := self.key()) and (_shape(one.values[0]) == key or self.shapes[key] > 1):
            return _shape(one.values[0]) == key
        return self.width > 1 and self.tight and not self._loose(bare)

    def key(self) -> str:
        """Give the shape of all first values if it is that of a number, key or date; else ""."""
        shape = next(iter(self.shapes), "")
        words = "a" in shape and len(shape.split()) > 1
        return shape if len(self.shapes) == 1 and "0" in shape and not words else ""

    def _loose(self, bare: str) -> bool:
        """Tell whether a delimiter stands as commas do in prose: at a blank, or in a number."""
        mark = re.escape(self.delimiter)
        return re.search(rf" {mark}|{mark} |\d{mark}\d", bare) is not None


def _records(lines: Sequence[str], delimiter: str) -> Iterator[Record]:
    """Give every record in its order."""
    first, look = 0, _Look(delimiter)
    while first < len(lines):
        for one in _strictly(lines, first, delimiter):
            bare = _bare(lines, one, delimiter)
            stray = look.width and one.values and not look.is_like(one) and '"' in bare
            if one.fault or stray:
                first = _trusted(lines, one.line, look)
                yield Record(one.line, first, [], one.fault or "a quote stands within a value")
                break
            yield one
            look.add(one, bare)
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


def _trusted(lines: Sequence[str], first: int, look: _Look) -> int:
    """Find the line from which reading can be trusted again after a broken record.

    There, and at the record behind, are as many values as columns. If all first values before are
    shaped as one kind of number, key or date, so is the first one there; where they are words, of
    several shapes, or one alone, it is enough that delimiters stand as they do not in prose.
    """
    for begin in range(first, len(lines)):
        # A line that opens a quote is read on to the next one that does: no stretch twice over.
        found = _few(lines, begin, look.delimiter) if lines[begin].strip() else []
        if found and all(look.is_trusted(one, _bare(lines, one, look.delimiter)) for one in found):
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


def _bare(lines: Sequence[str], one: Record, delimiter: str) -> str:
    """Give a record as it stands, but for its quoted values; a quote left there is a stray one."""
    raw, between = "".join(lines[one.line - 1 : one.last]), re.escape(delimiter)
    return re.sub(rf'(?:(?<={between})|^)"[^"]*+(?:""[^"]*+)*+"(?={between}|\n)', "", raw)


def _shape(value: str) -> str:
    """Give how a value is built: 0 for a number, a for a word, all else as it is."""
    return re.sub(r"[^\W\d_]+", "a", re.sub(r"\d+", "0", value.strip()))
