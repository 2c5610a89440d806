"""The axis of a timeline: from days to years, from years to millimetres, and where it begins."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from diplograph.charts.found.timeline import Mark

__all__ = ["Axis", "Span", "bounds", "dense_span", "span_of", "year_of"]


Span = tuple[float, float, frozenset[Mark], frozenset[Mark]]
"""First and last year of an axis, and the marks that lie before it and after it."""


class Axis(NamedTuple):
    """From the year to the millimetre."""

    first: float
    last: float
    width: float

    def at(self, year: float) -> float:
        """The place of a year, in millimetres from the left."""
        return (year - self.first) / (self.last - self.first) * self.width


def year_of(day: str, after: bool = False) -> float:
    """A day as a number of years; with ``after`` its end.

    >>> year_of("2000-01-01"), year_of("2000-12-31", after=True)
    (2000.0, 2001.0)
    """
    point = date.fromisoformat(day)
    begin = date(point.year, 1, 1)
    days = 366 if point.year % 4 == 0 and (point.year % 100 or point.year % 400 == 0) else 365
    return point.year + ((point - begin).days + after) / days


def span_of(marks: Sequence[Mark]) -> Span:
    """First and last year of the axis, and the few marks that lie far before it or after it.

    Marks are set apart so only where they are few, at most three in a hundred, and the axis would
    otherwise be more than twice as long.
    """
    if not marks:
        return 2000.0, 2001.0, frozenset(), frozenset()
    first, last = min(bounds(m)[0] for m in marks), max(bounds(m)[1] for m in marks)
    allowed = len(marks) * 3 // 100
    early = late = frozenset[Mark]()
    by_end = sorted(marks, key=lambda m: (bounds(m)[1], m.when.edtf, m.label))
    for count in range(1, allowed + 1):
        rest = min(bounds(m)[0] for m in by_end[count:])
        if (last - first) > 2 * (last - rest) and bounds(by_end[count - 1])[1] < rest:
            early, first = frozenset(by_end[:count]), rest
    by_start = sorted(marks, key=lambda m: (-bounds(m)[0], m.when.edtf, m.label))
    for count in range(1, allowed + 1):
        rest = max(bounds(m)[1] for m in by_start[count:])
        if (last - first) > 2 * (rest - first) and bounds(by_start[count - 1])[0] > rest:
            late, last = frozenset(by_start[:count]), rest
    begin, end = float(int(first)), float(int(last - 1e-9) + 1)
    return begin, max(end, begin + 1), early, late


def dense_span(marks: Sequence[Mark], few: int = 8) -> Span:
    """As :func:`span_of`, for many marks: from where nearly all facts lie, by fives of years.

    At most so many facts in a hundred are over before. What began before and lasts into the span is
    not set apart. Where the axis would not become half as long, it begins as that of all does.
    """
    first, last, early, late = span_of(marks)
    facts = sum(len(mark.facts) for mark in marks)
    for begin in range(int(last) // 5 * 5 - 5, int(first), -5):
        before = frozenset(mark for mark in marks if bounds(mark)[1] <= begin)
        if sum(len(mark.facts) for mark in before) * 100 <= few * facts:
            if last - first >= 2 * (last - begin):
                return float(begin), last, before - late, late
            break
    return first, last, early, late


def bounds(mark: Mark) -> tuple[float, float]:
    """First and last year of a mark; where one is open, the other."""
    when = mark.when
    first = year_of(when.earliest) if when.earliest else None
    last = year_of(when.latest, after=True) if when.latest else None
    if first is None:
        assert last is not None
        first = last
    return first, last if last is not None else first
