"""EDTF expressions, their bounds, and comparison with three outcomes.

Dates are written in the Extended Date/Time Format (ISO 8601-2, the profile of the Library of
Congress). Levels 0 and 1 are read here: years, months and days, a time of day (of which the day
counts), seasons, unspecified digits, intervals, open (``..``) and unknown (nothing) ends, and the
marks for approximate (``~``), uncertain (``?``) or both (``%``), also within intervals. Years
before 1 and after 9999 are refused.

The seasons are those of the northern half of the Earth, by whole months: spring is March to May,
and winter of a year begins in its December and ends with the February after. A year with one or two
digits unspecified is a decade or a century as EDTF counts them: ``19XX`` is 1900 to 1999.

What is beyond, of level 2 (``[2000,2001]``, ``1XX5``, ``2000~-07``), is read by the library edtf,
loaded only then: reading with it costs tens of milliseconds. Of what it reads only the bounds are
taken. It is not asked for level 1, where it (5.0.2) refuses seasons with a mark, ends winter with
December, and prints on standard output what it fails on; nor for significant digits (``1950S2``),
which it takes for the year alone. A mark on a part counts as one on the whole.

A comparison answers ``"definitely"``, ``"possibly"`` or ``"no"``: true of all that the expressions
can mean, of some, or of none. The bounds of an approximate or uncertain date stay those of the date
as written, but comparisons allow it one unit of its own precision (a year for ``2003~``, a season,
a decade) on either side, because EDTF does not say how far it may be off; of an interval each end
by its own mark.

=================== ============================================ =================================
asked               what is compared                             comparison
=================== ============================================ =================================
had it happened?    an event with some day, “as of”              :func:`reached`
did it hold then?   a state with some day, “as of”               :func:`holds`
when did it happen? an event with a whole period                 :func:`within`
did it ever hold?   a state with a whole period                  :func:`overlaps`
did it hold on?     a state with a whole period                  :func:`covers`
=================== ============================================ =================================

An *event* happened on one day that the expression can mean. A *state* held from some day to some
day: of an interval these lie in its two ends; of anything else (``2007``) both lie somewhere in it.
An open end has no limit; an unknown one is anywhere. The names of the last two are those of SQL
(``OVERLAPS``) and of spatial databases (``covers``); Allen's “during” is :func:`within`.

>>> parse("2000-07").earliest, parse("2000-07").latest
(datetime.date(2000, 7, 1), datetime.date(2000, 7, 31))
>>> reached(parse("2000-07-17/2000-07-19"), parse("2000-07-18"))
'possibly'
>>> reached(parse("2003~"), parse("2004-06"))
'possibly'
>>> holds(parse("2001-06/.."), parse("2007"))
'definitely'
>>> within(parse("2000-07-18"), parse("../2000")), within(parse("2000"), parse("2000-22"))
('definitely', 'possibly')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from diplograph.errors import DateError
from diplograph.words import PLAIN_DATE

__all__ = [
    "ALWAYS",
    "NEVER",
    "Certainty",
    "Period",
    "common",
    "concur",
    "covers",
    "days",
    "holds",
    "overlaps",
    "parse",
    "reached",
    "sure_days",
    "within",
]

Certainty = Literal["definitely", "possibly", "no"]

_NONE = timedelta(0)
_DAY, _MONTH, _SEASON, _YEAR = (timedelta(days) for days in (1, 31, 92, 366))
_DECADE, _CENTURY = timedelta(3653), timedelta(36525)
_HINT = (
    "write it as 2000, 2000-07, 2000-07-18, 2000-07-18/2000-07-19, 1998~, 2001?, 199X, 2000-22 "
    "(summer) or ../2004"
)
_MASKED = re.compile(
    r"(?P<digits>[0-9]{2}(?:[0-9]X|XX))"
    r"|(?P<year>[0-9]{4})-(?:(?P<season>2[1-9]|3[0-9]|4[01])|XX(?:-XX)?"
    r"|(?P<month>0[1-9]|1[0-2])-XX)"
)
_TIMED = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][0-9:]+)?")
_SEASONS = {
    **dict.fromkeys((21, 25, 31), (3, 3)), **dict.fromkeys((22, 26, 32), (6, 3)),
    **dict.fromkeys((23, 27, 29), (9, 3)), **dict.fromkeys((24, 28, 30), (12, 3)),
    33: (1, 3), 34: (4, 3), 35: (7, 3), 36: (10, 3),
    37: (1, 4), 38: (5, 4), 39: (9, 4), 40: (1, 6), 41: (7, 6),
}  # fmt: skip
"""First month and number of months of the seasons; those beyond 24 are of level 2."""


@dataclass(frozen=True)
class Period:
    """What an EDTF expression can mean.

    ``earliest`` and ``latest`` are the first and last day of all that it can mean, None where it
    is open or unknown. ``start_latest`` is the last day on which what lasts through it can begin
    and ``end_earliest`` the first on which it can end, None where that end is open; between them it
    holds for certain. ``slack`` and ``slack_end`` are how far its beginning and its end may be off
    because they are marked approximate or uncertain.
    """

    edtf: str
    earliest: date | None
    latest: date | None
    start_latest: date | None
    end_earliest: date | None
    slack: timedelta = _NONE
    slack_end: timedelta = _NONE

    @property
    def uncertain(self) -> bool:
        """True where the expression is marked approximate or uncertain."""
        return bool(self.slack or self.slack_end)


@lru_cache(4096)
def parse(text: str) -> Period:
    """Read an EDTF expression.

    Raises :class:`~diplograph.errors.DateError` where it cannot be read, or where it means a
    year before 1 or after 9999.

    >>> parse("2000-24").latest, parse("1998~/2001").uncertain
    (datetime.date(2001, 2, 28), True)
    """
    expression = text.strip()
    if "/" not in expression:
        one, other, slack = _simple(expression)
        return Period(expression, one, other, other, one, slack, slack)
    start, _, end = expression.partition("/")
    if start in ("", "..") and end in ("", ".."):
        raise DateError(f"“{text}” is not a date: an interval needs at least one end; {_HINT}.")
    first = start_latest = end_earliest = last = None
    slack = slack_end = _NONE
    if start not in ("", ".."):
        first, start_latest, slack = _simple(start)
    if end not in ("", ".."):
        end_earliest, last, slack_end = _simple(end)
    if first and last and first > last:
        raise DateError(f"“{text}” is not a date: it ends before it begins.")
    if not start:
        start_latest, slack = last, slack_end
    if not end:
        end_earliest, slack_end = first, slack
    return Period(expression, first, last, start_latest, end_earliest, slack, slack_end)


def _simple(text: str) -> tuple[date, date, timedelta]:
    """First day, last day and slack of an expression that is no interval."""
    plain = PLAIN_DATE.fullmatch(text)
    try:
        if not text.isascii():
            raise ValueError(text)
        if plain:
            first, last, unit = _plain(*plain.groups()[:3])
        elif masked := _MASKED.fullmatch(text.rstrip("~?%") if text[-2:-1] not in "~?%" else text):
            first, last, unit = _masked(masked)
        elif timed := _TIMED.fullmatch(text):
            datetime.fromisoformat(text)
            first = last = date.fromisoformat(timed[1])
            unit = _DAY
        else:
            first, last, unit = _by_library(text)
    except ValueError:
        raise DateError(f"“{text}” is not a date that can be read; {_HINT}.") from None
    marked = any(mark in text for mark in "~?%")
    return first, last, unit if marked else _NONE


def _plain(year: str, month: str | None, day: str | None) -> tuple[date, date, timedelta]:
    if day:
        first = date(int(year), int(month or 0), int(day))
        return first, first, _DAY
    if month:
        first = date(int(year), int(month), 1)
        return first, _months_on(first, 1), _MONTH
    return date(int(year), 1, 1), date(int(year), 12, 31), _YEAR


def _masked(match: re.Match[str]) -> tuple[date, date, timedelta]:
    """Bounds of a level-1 expression with unspecified digits, or of a season."""
    digits, year, season, month = match.group("digits", "year", "season", "month")
    if digits:
        first = date(int(digits.replace("X", "0")), 1, 1)
        last = date(int(digits.replace("X", "9")), 12, 31)
        return first, last, _CENTURY if digits.endswith("XX") else _DECADE
    if season:
        begins, months = _SEASONS[int(season)]
        first = date(int(year), begins, 1)
        return first, _months_on(first, months), _SEASON
    if month:
        return _plain(year, month, None)
    return _plain(year, None, None)


def _months_on(first: date, months: int) -> date:
    """The last day of the so many months that begin with the day."""
    year, month = divmod(first.year * 12 + first.month - 1 + months, 12)
    if (year, month) == (10_000, 0):
        return date.max
    return date(year, month + 1, 1) - _DAY


def _by_library(text: str) -> tuple[date, date, timedelta]:
    """Bounds of a level-2 expression."""
    if not re.fullmatch(r"[0-9X~?%,.\-\[\]{}]+", text) or not re.search("[0-9]", text):
        raise ValueError(text)
    import io
    from contextlib import redirect_stdout

    from edtf import parse_edtf
    from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        with redirect_stdout(io.StringIO()):  # it prints what it fails on
            parsed = parse_edtf(text)
            low, high = parsed.lower_strict(), parsed.upper_strict()
        first, last = date(*low[:3]), date(*high[:3])
    except (EDTFParseException, TypeError, AttributeError):
        raise ValueError(text) from None
    return first, last, _YEAR if last - first > _MONTH else _MONTH if last > first else _DAY


ALWAYS, NEVER = -(2**31), 2**31 - 1
"""Before and after every day, as numbers of days that fit 32 bits."""

_PAST, _FUTURE = -(10**9), 10**9
"""Before and after every day, as numbers of days."""


class _Stretch(NamedTuple):
    """The days on which what lasts can begin and end; it never ends before it begins."""

    first: int
    first_latest: int
    last_earliest: int
    last: int


def _between(
    first: date | None,
    first_latest: date | None,
    last_earliest: date | None,
    last: date | None,
    period: Period,
) -> _Stretch:
    slack, slack_end = period.slack.days, period.slack_end.days
    earliest = _PAST if first is None else first.toordinal() - slack
    latest = _FUTURE if last is None else last.toordinal() + slack_end
    begun = _PAST if first_latest is None else first_latest.toordinal() + slack
    ended = _FUTURE if last_earliest is None else last_earliest.toordinal() - slack_end
    return _Stretch(earliest, min(begun, latest), max(ended, earliest), latest)


def _state(period: Period) -> _Stretch:
    """The days on which a state can have begun and ended."""
    return _between(
        period.earliest, period.start_latest, period.end_earliest, period.latest, period
    )


def _extent(period: Period) -> _Stretch:
    """The days on which a period asked for begins and ends: one each, but for the slack."""
    return _between(period.earliest, period.earliest, period.latest, period.latest, period)


def _answer(always: bool, ever: bool) -> Certainty:
    return "definitely" if always else "possibly" if ever else "no"


def days(period: Period) -> tuple[int, int]:
    """The first and the last day that the period can mean, its slack included, as numbers.

    A day's number is its proleptic Gregorian ordinal (:meth:`datetime.date.toordinal`), an open end
    lies before or after every day.

    >>> days(parse("2000-07-18")), days(parse("2000/..")) > days(parse("1999"))
    ((730319, 730319), True)
    """
    stretch = _state(period)
    return stretch.first, stretch.last


def sure_days(period: Period) -> tuple[int, int]:
    """The first and the last day of those through which what lasts through the period surely held.

    Numbers as of :func:`days`. Where nothing is certain the first lies after the last.

    >>> sure_days(parse("2000/2002")) == (days(parse("2000"))[1], days(parse("2002"))[0])
    True
    """
    stretch = _state(period)
    return stretch.first_latest, stretch.last_earliest


def reached(stage: Period, as_of: Period) -> Certainty:
    """Whether what happened at ``stage`` had happened by ``as_of``, a day somewhere in it.

    >>> reached(parse("2001-07"), parse("2001-07-15")), reached(parse("2001-07"), parse("2001-08"))
    ('possibly', 'definitely')
    """
    event, day = _state(stage), _state(as_of)
    return _answer(event.last <= day.first, event.first <= day.last)


def holds(state: Period, as_of: Period) -> Certainty:
    """Whether what held through ``state`` held at ``as_of``, a day somewhere in it.

    A state known only for some time within a longer stretch (``2007``) holds possibly at a day
    of it, and not at all outside: nothing is assumed before or after.

    >>> holds(parse("2000/2002"), parse("2001")), holds(parse("2007"), parse("2007-05-01"))
    ('definitely', 'possibly')
    """
    held, day = _state(state), _state(as_of)
    return _answer(
        held.first_latest <= day.first and day.last <= held.last_earliest,
        held.first <= day.last and day.first <= held.last,
    )


def within(event: Period, asked: Period) -> Certainty:
    """Whether what happened at some time within ``event`` happened inside the period ``asked``.

    ``asked`` is the whole period from its first day to its last and may be open at one end.

    >>> within(parse("2000-07"), parse("2000")), within(parse("1998~"), parse("1999/.."))
    ('definitely', 'possibly')
    >>> within(parse("2000-07-18"), parse("2001/.."))
    'no'
    """
    happened, period = _state(event), _extent(asked)
    return _answer(
        period.first_latest <= happened.first and happened.last <= period.last_earliest,
        period.first <= happened.last and happened.first <= period.last,
    )


def overlaps(state: Period, asked: Period) -> Certainty:
    """Whether what held through ``state`` held on any day of the period ``asked``.

    >>> overlaps(parse("1999/2001-06"), parse("2001")), overlaps(parse("2001/.."), parse("../2000"))
    ('definitely', 'no')
    >>> overlaps(parse("2007"), parse("2007-05"))
    'possibly'
    """
    held, period = _state(state), _extent(asked)
    return _answer(
        held.first_latest <= period.last_earliest and period.first_latest <= held.last_earliest,
        held.first <= period.last and period.first <= held.last,
    )


def covers(state: Period, asked: Period) -> Certainty:
    """Whether what held through ``state`` held through all of the period ``asked``.

    >>> covers(parse("1999/2002"), parse("2000/2001")), covers(parse("2001-06/.."), parse("2001"))
    ('definitely', 'no')
    >>> covers(parse("2000/2002"), parse("2000-07"))
    'possibly'
    """
    held, period = _state(state), _extent(asked)
    begins, ends = max(held.first, period.first), min(held.last, period.last)
    return _answer(
        held.first_latest <= period.first and period.last <= held.last_earliest,
        begins <= period.first_latest and period.last_earliest <= ends,
    )


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


def concur(periods: list[Period]) -> Certainty:
    """Whether what held through each of the periods held at one time, a day at least.

    >>> concur([parse("2000/2005"), parse("2003/2010")]), concur([parse("2000"), parse("2000-07")])
    ('definitely', 'possibly')
    >>> concur([parse("2000"), parse("2002")])
    'no'
    """
    states = [_state(period) for period in periods]
    return _answer(
        max(s.first_latest for s in states) <= min(s.last_earliest for s in states),
        max(s.first for s in states) <= min(s.last for s in states),
    )
