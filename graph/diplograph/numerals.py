"""Dates in numerals alone: 27/7/2000, 7/27/2000, 27.7.2000, 2000/07/27.

With strokes some write the day first and others the month, so that only one of the two can be taken
where the other is none: 27/7/2000 is the 27th of July, and 7/5/2000 is refused. With stops the day
is first everywhere, and where the year is first the month follows.
"""

from __future__ import annotations

import re

from diplograph.errors import DateError
from diplograph.words import MONTHS

__all__ = ["NUMERALS", "in_numerals"]

NUMERALS = (
    r"(?:[0-9]{1,2}/[0-9]{1,2}/(?:[0-9]{4}|[0-9]{2})|[0-9]{1,2}\.[0-9]{1,2}\.[0-9]{4}"
    r"|[0-9]{4}/[0-9]{1,2}/[0-9]{1,2})(?![0-9])"
)
_PARTS = re.compile(r"(?P<a>[0-9]+)(?P<mark>[/.])(?P<b>[0-9]+)[/.](?P<c>[0-9]+)")
_MONTHS = 12


def in_numerals(text: str, said: str) -> tuple[int, int, int] | None:
    """The year, month and day of a date in numerals; None where the text is none.

    Raises :class:`~diplograph.errors.DateError` where it can be two days, or none, or where the
    century is not said.

    >>> in_numerals("27/7/2000", "27/7/2000"), in_numerals("7.5.2000", "7.5.2000")
    ((2000, 7, 27), (2000, 5, 7))
    >>> in_numerals("7/5/00", "7/5/00")
    Traceback (most recent call last):
    diplograph.errors.DateError: “7/5/00” is not a clear date: write the year with four digits.
    """
    parts = _PARTS.fullmatch(text)
    if parts is None or not re.fullmatch(NUMERALS, text):
        return None
    a, b, c = int(parts["a"]), int(parts["b"]), int(parts["c"])
    if len(parts["a"]) == 4:
        return _checked(a, b, c, said)
    if len(parts["c"]) == 2:
        raise DateError(f"“{said}” is not a clear date: write the year with four digits.")
    if parts["mark"] == "." or a > _MONTHS:
        return _checked(c, b, a, said)
    if b > _MONTHS or a == b:
        return _checked(c, a, b, said)
    one, other = f"{a} {_month(b)} {c}", f"{b} {_month(a)} {c}"
    raise DateError(f"“{said}” is not a clear date: it can be {one} or {other}; write which.")


def _checked(year: int, month: int, day: int, said: str) -> tuple[int, int, int]:
    if not 1 <= month <= _MONTHS:
        raise DateError(f"“{said}” is not a date: there is no month {month}.")
    return year, month, day


def _month(number: int) -> str:
    return MONTHS[max(number, 1) - 1]
