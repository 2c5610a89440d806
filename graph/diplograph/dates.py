"""EDTF expressions, their bounds, and comparison with three outcomes.

Dates are written in the Extended Date/Time Format (ISO 8601-2, the Library of Congress
profile, levels 0 and 1) and may be open, approximate (``~``) or uncertain (``?``).

A comparison answers ``"definitely"``, ``"possibly"`` or ``"no"``. The bounds of an approximate
or uncertain date stay those of the date as written, but comparisons allow it one unit of its own
precision (a year for ``2003~``) on either side, because EDTF does not say how far it may be off.

>>> parse("2000-07").earliest, parse("2000-07").latest
(datetime.date(2000, 7, 1), datetime.date(2000, 7, 31))
>>> reached(parse("2000-07-17/2000-07-19"), parse("2000-07-18"))
'possibly'
>>> reached(parse("2003~"), parse("2004-06"))
'possibly'
>>> holds(parse("2001-06/.."), parse("2007"))
'definitely'
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from diplograph.errors import DateError
from diplograph.words import PLAIN_DATE

__all__ = ["Certainty", "Period", "common", "holds", "parse", "reached"]

Certainty = Literal["definitely", "possibly", "no"]

_SLACK = {4: timedelta(366), 7: timedelta(31), 10: timedelta(1)}
_HINT = "write it as 2000, 2000-07, 2000-07-18, 2000-07-18/2000-07-19, 1998~, 2001? or ../2004"


@dataclass(frozen=True)
class Period:
    """What an EDTF expression can mean.

    ``earliest`` and ``latest`` are the first and last day of all that it can mean, None where it
    is open. Of an interval, ``start_latest`` is the last day on which it can begin and
    ``end_earliest`` the first on which it can end; between them it holds for certain.
    ``slack`` is how far either end may be off because the date is approximate or uncertain.
    """

    edtf: str
    earliest: date | None
    latest: date | None
    start_latest: date | None
    end_earliest: date | None
    slack: timedelta = timedelta(0)

    @property
    def uncertain(self) -> bool:
        """True where the expression is marked approximate or uncertain."""
        return bool(self.slack)

    def _lower(self) -> date:
        return _shift(self.earliest or date.min, -self.slack)

    def _upper(self) -> date:
        return _shift(self.latest or date.max, self.slack)


def _shift(day: date, by: timedelta) -> date:
    try:
        return day + by
    except OverflowError:
        return date.min if by < timedelta(0) else date.max


def parse(text: str) -> Period:
    """Read an EDTF expression.

    Raises :class:`~diplograph.errors.DateError` where it cannot be read, or where it means a
    year before 1 or after 9999.
    """
    expression = text.strip()
    if "/" not in expression:
        one, other, slack = _simple(expression)
        return Period(expression, one, other, other, one, slack)
    start, _, end = expression.partition("/")
    if start in ("", "..") and end in ("", ".."):
        raise DateError(f"“{text}” is not a date: an interval needs at least one end; {_HINT}.")
    first: date | None = None
    start_latest: date | None = None
    end_earliest: date | None = None
    last: date | None = None
    slack = slack_end = timedelta(0)
    if start not in ("", ".."):
        first, start_latest, slack = _simple(start)
    if end not in ("", ".."):
        end_earliest, last, slack_end = _simple(end)
    if first and last and first > last:
        raise DateError(f"“{text}” is not a date: it ends before it begins.")
    return Period(expression, first, last, start_latest, end_earliest, max(slack, slack_end))


def _simple(text: str) -> tuple[date, date, timedelta]:
    """First day, last day and slack of an expression that is no interval."""
    plain = PLAIN_DATE.fullmatch(text)
    try:
        if plain:
            year, month, day = (int(part) if part else None for part in plain.groups()[:3])
            assert year is not None
            first = date(year, month or 1, day or 1)
            last = date(year, month or 12, day or _month_end(year, month or 12))
        else:
            first, last = _by_library(text)
    except (ValueError, AssertionError):
        raise DateError(f"“{text}” is not a date that can be read; {_HINT}.") from None
    if not text.isascii():
        raise DateError(f"“{text}” is not a date that can be read; {_HINT}.")
    marked = text[-1] in "~?%"
    precision = 4 if last - first > timedelta(31) else 7 if last > first else 10
    return first, last, _SLACK[precision] if marked else timedelta(0)


def _month_end(year: int, month: int) -> int:
    return 31 if month == 12 else (date(year, month + 1, 1) - timedelta(1)).day


def _by_library(text: str) -> tuple[date, date]:
    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        parsed = parse_edtf(text)
        low, high = parsed.lower_strict(), parsed.upper_strict()
        return date(*low[:3]), date(*high[:3])
    except (EDTFParseException, TypeError, AttributeError):
        raise ValueError(text) from None


def reached(stage: Period, as_of: Period) -> Certainty:
    """Whether what happened at ``stage`` had happened by ``as_of``."""
    by_first = as_of.earliest or date.min
    by_last = as_of.latest or date.max
    if stage._upper() <= by_first:
        return "definitely"
    return "no" if stage._lower() > by_last else "possibly"


def holds(state: Period, as_of: Period) -> Certainty:
    """Whether what held through ``state`` held at ``as_of``.

    A state known only for some time within a longer stretch (``2007``) holds possibly at a day
    of it, and not at all outside: nothing is assumed before or after.
    """
    day_first = as_of.earliest or date.min
    day_last = as_of.latest or date.max
    if day_last < state._lower() or day_first > state._upper():
        return "no"
    core_first = state.start_latest if state.earliest else date.min
    core_last = state.end_earliest if state.latest else date.max
    inside = (
        core_first is not None
        and core_last is not None
        and _shift(core_first, state.slack) <= day_first
        and day_last <= _shift(core_last, -state.slack)
    )
    return "definitely" if inside else "possibly"


def common(periods: list[Period]) -> Period | None:
    """The time that all periods can have in common, or None where there is none.

    >>> common([parse("2000/2005"), parse("2003/2010")]).edtf
    '2003-01-01/2005-12-31'
    >>> common([parse("2000"), parse("2002")]) is None
    True
    """
    first = max((p.earliest for p in periods if p.earliest), default=None)
    last = min((p.latest for p in periods if p.latest), default=None)
    if first and last and first > last:
        return None
    if first is None and last is None:
        return None
    if first == last and first is not None:
        return parse(first.isoformat())
    return parse(f"{first or '..'}/{last or '..'}")
