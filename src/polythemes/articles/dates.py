"""Read a date as it is met in the wild."""

from __future__ import annotations

import re
from datetime import date
from email.utils import parsedate

ISO = re.compile(r"[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?")
#: What may stand behind a day: nothing, or a time. Anything else may be another date.
TIME = r"(?=$|[,\s]+[0-9]{1,2}[:.h时点][0-9]{2}|T[0-9]{2})"
#: Year, month and day in this order whatever stands between them.
YEAR_FIRST = re.compile(
    r"([0-9]{4})(?:$|(?:[-/.年]\s?([0-9]{1,2})(?:$|月$|(?:[-/.月]\s?([0-9]{1,2})日?))"
    rf"|([0-9]{{2}})([0-9]{{2}})){TIME}|年$)"
)
DAY_FIRST = re.compile(rf"([0-9]{{1,2}})\.\s?([0-9]{{1,2}})\.\s?([0-9]{{4}}){TIME}")


def is_date(text: str) -> bool:
    """Tell whether a text is a date as in ISO 8601, to the year, month or day.

    Parameters
    ----------
    text : str
        The text.

    Returns
    -------
    bool
        True for such a date.

    Examples
    --------
    >>> is_date("2031-02"), is_date("2031-02-30")
    (True, False)
    """
    if not ISO.fullmatch(text):
        return False
    try:
        date.fromisoformat(text + "2000-01-01"[len(text) :])
    except ValueError:
        return False
    return True


def normal(text: str) -> str:
    """Write a date as in ISO 8601.

    Parameters
    ----------
    text : str
        A date, with or without a time: year first, or day first between full stops, or as in mail
        headers. With strokes, as in 3/4/2031, nobody can tell the day from the month.

    Returns
    -------
    str
        The date to the year, month or day; "" if it cannot be told.

    Examples
    --------
    >>> normal("2031-02-03T10:00:00Z"), normal("3. 2. 2031"), normal("3/4/2031")
    ('2031-02-03', '2031-02-03', '')
    """
    text = text.strip()
    found = YEAR_FIRST.match(text)
    parts = [part for part in found.groups() if part] if found else []
    if not parts and (found := DAY_FIRST.match(text)):
        parts = [found.group(3), found.group(2), found.group(1)]
    if not parts and (mail := parsedate(text)):
        parts = [f"{mail[0]:04d}", str(mail[1]), str(mail[2])]
    told = "-".join([*parts[:1], *(part.zfill(2) for part in parts[1:])])
    return told if is_date(told) else ""
