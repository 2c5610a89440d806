"""How much time lies between two dated things, no more exactly than their facts are dated."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from diplograph.asking.fitting import most_exact
from diplograph.asking.matching import Filled, Reading
from diplograph.asking.outcome import Context, Outcome
from diplograph.asking.patterns import query_of
from diplograph.facts import facts_of
from diplograph.model import Fact
from diplograph.namespaces import values_clause
from diplograph.words import in_words

__all__ = ["interval", "stayed"]


@dataclass(frozen=True)
class _Dated:
    """What took place or was concluded, and when: a time for each account that has its own."""

    thing: str
    facts: tuple[Fact, ...]
    first: tuple[date, ...]
    last: tuple[date, ...]
    parts: int
    """How exact all of its dates are: 1 to the year, 2 to the month, 3 to the day."""

    @property
    def wide(self) -> bool:
        """Whether it may have been on any of several days, and did not fill them."""
        return max(b - a for a, b in zip(self.first, self.last, strict=True)).days > _FEW_DAYS


_FEW_DAYS, _MANY_MONTHS = 3, 23
_BY_YEAR, _BY_MONTH, _BY_DAY = 1, 2, 3


def interval(context: Context, reading: Reading) -> Outcome:
    """How long the time between two things was: in days, months or years, as they are dated."""
    declined = Outcome(reading, "", 0.0, declined=True)
    x, y = reading.filled("x"), reading.filled("y")
    sides = [_dated(context, x, y), _dated(context, y, x)]
    one, two = (
        sorted((s for s in sides if s), key=lambda s: s.first) if all(sides) else (None, None)
    )
    if one is None or two is None:
        return declined
    exact = min(one.parts, two.parts)
    if exact == _BY_DAY:
        if max(one.last) >= min(two.first):
            return declined
        told = _in_days(one, two)
    elif exact == _BY_MONTH:
        gaps = {_months(b) - _months(a) for a in one.first for b in two.first}
        told = f"about {_range(gaps, 'month')}"
        if min(gaps) > _MANY_MONTHS:
            years = {b.year - a.year - (b.month < a.month) for a in one.first for b in two.first}
            told = f"about {_range(years, 'year')} ({_range(gaps, 'month')})"
    else:
        gaps = {b.year - a.year for a in one.first for b in two.first}
        told = _range(gaps, "year")
    if exact != _BY_DAY and min(gaps) <= 0:
        return declined
    facts = (*one.facts, *two.facts)
    when = " and ".join(
        " or ".join(dict.fromkeys(in_words(f.when.edtf) for f in side.facts if f.when))
        for side in (one, two)
    )
    told = f"{told[:1].upper()}{told[1:]}, by the dates on record: {when}."
    query = _query([one.thing, two.thing])
    return Outcome(reading, query, context.share(reading, 1.0), facts=facts, extra={"worked": told})


def stayed(context: Context, reading: Reading) -> Outcome:
    """For how many days something went on that is dated from one day to another.

    A month or a single day by which something is dated does not tell how long it took. Sources
    that differ on the days are each told.
    """
    query = query_of(reading)
    rows = context.graph.select(query)
    found = facts_of(context.graph, sorted({row["fact"] for row in rows}), copies=context.copies)
    by_length = sorted(found, key=lambda f: -len(f.statement))  # the one that says this alone
    by_days = {f.when.edtf: f for f in by_length if f.when and _from_day_to_day(f)}
    told = "; ".join(
        f"{_range([_length(edtf)], 'day')}, {in_words(edtf)}" for edtf in sorted(by_days)
    )
    if not told or {row.get("answer", "") for row in rows} - {rows[0].get("answer", "")}:
        return Outcome(reading, query, 1.0, declined=True)
    return Outcome(
        reading, query, context.share(reading, 1.0), facts=tuple(by_days.values()), itself=True,
        extra={"worked": f"{told}."},
    )  # fmt: skip


def _from_day_to_day(fact: Fact) -> bool:
    edtf = fact.when.edtf if fact.when else ""
    return _parts(fact) == _BY_DAY and "/" in edtf


def _length(edtf: str) -> int:
    first, last = (date.fromisoformat(end) for end in edtf.split("/"))
    return (last - first).days + 1


def _in_days(one: _Dated, two: _Dated) -> str:
    between = {(b - a).days for a in one.last for b in two.first}
    whole = {(b - a).days for a in one.first for b in two.last}
    if one.wide or two.wide:
        return _range(between | whole, "day")
    told = _range(between, "day")
    if one.first == one.last:
        return told
    starts = {(b - a).days for a in one.first for b in two.first}
    told += " from the last day of the earlier to the first of the later"
    return f"{told}, {_range(starts, 'day')} from first day to first day"


def _months(day: date) -> int:
    return day.year * 12 + day.month


def _range(numbers: Iterable[int], unit: str) -> str:
    low, high = min(numbers), max(numbers)
    return f"{low}{f' to {high}' if high > low else ''} {unit}{'s' if high != 1 else ''}"


def _dated(context: Context, filled: Filled | None, other: Filled | None) -> _Dated | None:
    """When the one thing that fills a slot took place or was concluded."""
    thing = _thing(context, filled, other)
    if thing is None:
        return None
    rows = context.graph.select(_query([thing]))
    found = facts_of(context.graph, sorted({row["fact"] for row in rows}), copies=context.copies)
    told = {
        f.when.edtf: f
        for f in sorted(most_exact(found), key=lambda f: -len(f.statement))
        if f.when and _parts(f)
    }
    best = max((_parts(f) for f in told.values()), default=0)
    facts = tuple(f for f in told.values() if _parts(f) == best)
    days = [(f.when.earliest, f.when.latest) for f in facts if f.when]
    if not days or any(a is None or b is None for a, b in days):
        return None
    first, last = (
        [date.fromisoformat(str(end)) for end in ends] for ends in zip(*days, strict=True)
    )
    return _Dated(thing, facts, tuple(first), tuple(last), best)


def _query(things: Iterable[str]) -> str:
    return f"""SELECT ?fact WHERE {{ {values_clause("of", things)} ?fact dg:of ?of .
        {{ ?fact a dg:Occurrence }} UNION {{ ?fact dg:stage ?stage
          VALUES ?stage {{ stage:signed stage:agreed stage:concluded }} }} }}"""


def _parts(fact: Fact) -> int:
    """How exact the date of a fact is; 0 where it is open, approximate or of several years."""
    ends = fact.when.edtf.split("/") if fact.when else [""]
    if not all(end.replace("-", "").isdecimal() for end in ends):
        return 0
    parts = min(end.count("-") + 1 for end in ends)
    return 0 if parts == _BY_YEAR and len(ends) > 1 else parts


def _thing(context: Context, filled: Filled | None, other: Filled | None) -> str | None:
    """What fills a slot; of a place beside “the Beijing summit” it is the summit there."""
    if filled is None or len(filled.entities) != 1:
        return None
    entity = filled.entities[0]
    if entity.type != "Place":
        return entity.id
    noun = other.mentions[0].text.split()[-1] if other else ""
    name = json.dumps(f"{entity.label} {noun}")
    rows = context.graph.select(
        f"""SELECT DISTINCT ?e WHERE {{ ?e a dg:Event ; skos:altLabel|skos:prefLabel ?name
            FILTER(STR(?name) = {name}) }}"""
    )
    return rows[0]["e"] if len(rows) == 1 else None
