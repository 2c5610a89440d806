"""Dates as people write them, from their EDTF expressions.

Apart from :mod:`diplograph.dates`, so that showing a date does not load what comparing dates needs.
"""

from __future__ import annotations

import re

__all__ = ["MONTHS", "NUMBERS", "PLAIN_DATE", "in_words", "ordinal"]

PLAIN_DATE = re.compile(r"([0-9]{4})(?:-(0[0-9]|1[0-2])(?:-([0-9]{2}))?)?([~?%]?)")
"""A year, a month or a day, perhaps marked approximate or uncertain."""

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
NUMBERS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30,
    "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}  # fmt: skip
"""Numbers that people mostly write as words."""
_WIDE = re.compile(r"([0-9]{2})(?:([0-9])X|XX)([~?%]?)")
_SEASON = re.compile(r"([0-9]{4})-2([1-4])([~?%]?)")
_SEASONS = ("spring", "summer", "autumn", "winter")
_HEDGES = {"": "", "~": "about ", "?": "perhaps ", "%": "perhaps about "}


def ordinal(number: int) -> str:
    """A number as one of a row.

    >>> [ordinal(n) for n in (1, 2, 3, 11, 20, 21)]
    ['1st', '2nd', '3rd', '11th', '20th', '21st']
    """
    teens = 10 < number % 100 < 20
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def in_words(edtf: str, happened: bool = False) -> str:
    """An EDTF expression as people write dates; one that has no such form stays as it is.

    What ``happened`` before an end whose beginning is open, happened *by* then.

    >>> in_words("2000-07-17/2000-07-18"), in_words("2001-06/.."), in_words("2003~")
    ('17–18 July 2000', 'since June 2001', 'about 2003')
    >>> in_words("../2007"), in_words("../2007", happened=True)
    ('until 2007', 'by 2007')
    >>> in_words("196X"), in_words("196X/198X"), in_words("../198X", happened=True)
    ('the 1960s', 'the 1960s – the 1980s', 'by the 1980s')
    >>> in_words("2000-22"), in_words("19XX")
    ('summer 2000', 'the 20th century')
    """
    words = _interval(edtf)
    return "by " + words.removeprefix("until ") if happened and edtf[0] in "./" else words


def _interval(edtf: str) -> str:
    begin, slash, end = edtf.partition("/")
    if not slash:
        return _point(begin)
    if begin in ("", ".."):
        return f"until {_point(end)}"
    if end in ("", ".."):
        return f"since {_point(begin)}"
    first, last = PLAIN_DATE.fullmatch(begin), PLAIN_DATE.fullmatch(end)
    if first and last and not first[4] and not last[4] and first[1] == last[1]:
        if first[3] and last[3] and first[2] == last[2]:
            return f"{int(first[3])}–{_point(end)}"
        if first[2] and last[2]:
            return f"{_point(begin).rpartition(' ')[0]} – {_point(end)}"
    years = begin.isdecimal() and end.isdecimal() and len(begin) == len(end) == 4
    joint = "–" if years else " – "
    return f"{_point(begin)}{joint}{_point(end)}"


def _point(text: str) -> str:
    match = PLAIN_DATE.fullmatch(text)
    if wide := _WIDE.fullmatch(text):
        decade = wide[2] and f"the {wide[1]}{wide[2]}0s"
        return _HEDGES[wide[3]] + (decade or f"the {ordinal(int(wide[1]) + 1)} century")
    if season := _SEASON.fullmatch(text):
        return f"{_HEDGES[season[3]]}{_SEASONS[int(season[2]) - 1]} {season[1]}"
    if match is None or not 1 <= int(match[2] or 1) <= 12:
        return text
    year, month, day, hedge = match.groups()
    words = [str(int(day))] if day else []
    words += [MONTHS[int(month) - 1]] if month else []
    return _HEDGES[hedge] + " ".join([*words, year])
