"""Dates as tables print them, made into EDTF that is no more precise.

A format is ``edtf`` (which plain years, months and days of ISO 8601 are part of) or a pattern in
the letters of Unicode that CSVW uses: ``d`` or ``dd`` the day, ``M`` or ``MM`` the month, ``MMM``
or ``MMMM`` its English name, ``yyyy`` the year; all else stands for itself. Two digits of a year
are refused: the century would be guessed. A month or a day of 0 is one that is not known.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from diplograph import dates
from diplograph.errors import DateError
from diplograph.words import MONTHS

__all__ = ["FORMATS", "MARKS", "compose", "joined", "pattern", "read_date"]

FORMATS = "edtf, or a pattern such as dd.MM.yyyy, M/d/yyyy, d MMMM yyyy or yyyyMMdd"
"""What a format can be, in words."""

MARKS: Mapping[str, str] = {"?": "?", "~": "~", "%": "%"}
"""Marks beside a date, and what they are in EDTF, where a mapping says nothing else."""

_TOKEN = re.compile(r"d+|M+|y+|[A-Za-z]+|'[^']*'|[^A-Za-z']+")
_NAMES = "|".join(MONTHS)
_SHORT = "|".join(month[:3] for month in MONTHS)
_TOKENS = {
    "d": r"(?P<day>[0-9]{1,2})",
    "dd": r"(?P<day>[0-9]{2})",
    "M": r"(?P<month>[0-9]{1,2})",
    "MM": r"(?P<month>[0-9]{2})",
    "MMM": rf"(?P<name>{_SHORT})\.?",
    "MMMM": rf"(?P<name>{_NAMES})",
    "yyyy": r"(?P<year>[0-9]{4})",
}


@cache
def pattern(form: str) -> re.Pattern[str] | None:
    """A format as a regular expression; None for ``edtf``.

    Raises :class:`ValueError` for what is no format.

    >>> pattern("d/M/yyyy").fullmatch("7/10/1990")["month"]
    '10'
    """
    if form == "edtf":
        return None
    made, fields = "", []
    for token in _TOKEN.findall(form):
        if token in _TOKENS:
            made += _TOKENS[token]
            fields.append(token[0])
        elif token[0] == "'":
            made += re.escape(token[1:-1] or "'")
        elif token[0].isascii() and token[0].isalpha():
            what = "the century of yy is not known" if token == "yy" else f"“{token}” is no part"
            raise ValueError(what)
        else:
            made += re.escape(token)
    if sorted(fields) not in (["M", "d", "y"], ["M", "y"], ["y"]):
        raise ValueError("it needs a year, and each part once")
    return re.compile(made, re.IGNORECASE)


def read_date(printed: str, formats: Sequence[str]) -> str:
    """A printed date as EDTF, by the first format that it has.

    Raises :class:`ValueError`, with a reason, where it has none of them or there is no such day.

    >>> read_date("3.10.1990", ["dd.MM.yyyy", "d.M.yyyy"]), read_date("1990-07~", ["edtf"])
    ('1990-10-03', '1990-07~')
    >>> read_date("00/05/1990", ["dd/MM/yyyy"])
    '1990-05'
    """
    for form in formats:
        shape = pattern(form)
        if shape is None:
            try:
                return _checked(_without_noughts(printed))
            except ValueError:
                continue
        match = shape.fullmatch(printed)
        if match:
            told = match.groupdict()
            month = told.get("month") or ""
            if told.get("name"):
                month = str([m[:3] for m in MONTHS].index(told["name"][:3].title()) + 1)
            return compose(told["year"], month, told.get("day") or "")
    wanted = " or ".join("EDTF" if form == "edtf" else form for form in formats)
    raise ValueError(f"“{printed}” is no date in the format {wanted}")


def compose(year: str, month: str = "", day: str = "") -> str:
    """A date of its parts as numbers; a part that is empty or 0 is not known.

    Raises :class:`ValueError` where they are no date.

    >>> compose("1990", "7", "1"), compose("1990", "7"), compose("1990", "0", "0")
    ('1990-07-01', '1990-07', '1990')
    """
    for name, part in (("year", year), ("month", month), ("day", day)):
        if part and not re.fullmatch("[0-9]{1,4}", part):
            raise ValueError(f"“{part}” is no {name}")
    made = f"{int(year or 0):04}"
    if month and int(month):
        made += f"-{int(month):02}"
        if day and int(day):
            made += f"-{int(day):02}"
    elif day and int(day):
        raise ValueError(f"there is a day, “{day}”, but no month")
    return _checked(made)


def joined(begin: str, end: str) -> str:
    """A period of its two ends, each EDTF, ``..`` (open) or empty (not known).

    Raises :class:`ValueError` where it ends before it begins.

    >>> joined("1990", "1995-06"), joined("1990", "")
    ('1990/1995-06', '1990/')
    """
    return _checked(f"{begin}/{end}")


def _without_noughts(printed: str) -> str:
    return re.sub(r"(?:-00)+$", "", printed) if re.match("[0-9]{4}-", printed) else printed


def _checked(expression: str) -> str:
    try:
        return dates.parse(expression).edtf
    except DateError:
        raise ValueError(f"“{expression}” is no date") from None
