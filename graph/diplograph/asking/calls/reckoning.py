"""What is reckoned from the figures of single years: their sum, and how many times one is another.

Nothing is reckoned where a year that the question names has no figure of its own.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from diplograph import dates
from diplograph.asking.calls.measured import bounds, measured, sized, tellers_named
from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Context, Outcome
from diplograph.asking.patterns import by_pattern, query_of
from diplograph.facts import facts_of
from diplograph.model import Fact
from diplograph.words import NUMBERS

__all__ = ["by_one_side", "factor", "together"]

_PLACES = {
    "first": slice(0, None), "earliest": slice(0, None), "last": slice(None), "final": slice(None),
}  # fmt: skip


def together(context: Context, reading: Reading) -> Outcome:
    """The sum of the figures of several years, each of which has one that is exact."""
    found = _by_year(by_pattern(context, reading).facts)
    years = _years(context) or _few(context, sorted(found))
    if not years and reading.focus == "how-many":
        years = sorted(found)
    facts = [found[year] for year in years if year in found]
    if len(years) < _SEVERAL or len(facts) < len(years):
        return Outcome(reading, "", 0.0, declined=True)
    values = [float(fact.values["value"]) for fact in facts]
    unit = facts[0].values.get("unit", "")
    parts = " + ".join(sized(value) for value in values)
    told = f"{sized(round(sum(values), 6))} {unit} together ({years[0]}–{years[-1]}: {parts})."
    if years != list(range(years[0], years[-1] + 1)):
        told = f"{sized(round(sum(values), 6))} {unit} together ({parts})."
    return _worked(context, reading, told, facts)


_SEVERAL = 2


def factor(context: Context, reading: Reading) -> Outcome:
    """How many times as large the figure of the later of two years is as that of the earlier."""
    found = _by_year(by_pattern(context, reading).facts, bounded=True)
    years = _years(context)
    ends = (years[0], years[-1]) if len(years) >= _SEVERAL else None
    if ends is None or any(year not in found for year in ends):
        return Outcome(reading, "", 0.0, declined=True)
    first, last = found[ends[0]], found[ends[1]]
    before, after = bounds(first), bounds(last)
    declined = Outcome(reading, "", 0.0, declined=True)
    if before is None or after is None or before[0] != before[1] or not before[0]:
        return declined
    if math.isinf(after[0]) or first.values.get("unit") != last.values.get("unit"):
        return declined
    lead = "About" if after[0] == after[1] else "At least"
    times = f"{after[0] / before[0]:.3g}"
    told = f"{lead} {times} times as much in {ends[1]} as in {ends[0]}."
    return _worked(context, reading, told, [first, last])


def by_one_side(context: Context, reading: Reading) -> Outcome:
    """The total that the figures of the one side named make, of the years that are named."""
    tellers = set(tellers_named(context.heard))
    years = {str(year) for year in _years(context)}
    named = {e.id for m in context.heard.of("entity") for e in m.entities if e.type == "Country"}
    rows = context.graph.select(query_of(reading))
    figures = facts_of(context.graph, sorted({row["fact"] for row in rows}), copies=context.copies)
    own = [
        m.fact for m in measured(context, figures).values()
        if m.tellers & tellers and m.time in years and named <= {m.area, m.counterpart}
    ]  # fmt: skip
    if len(tellers) != 1 or len(own) != 1:
        return Outcome(reading, "", 0.0, declined=True)
    share = context.share(reading, 1.0)
    return Outcome(reading, query_of(reading), share, facts=tuple(own), itself=True)


def _by_year(facts: Sequence[Fact], bounded: bool = False) -> dict[int, Fact]:
    """The figures of single years of the source that has most of them, stated ones first.

    A year for which it states several that differ has none.
    """
    dated = [f for f in facts if f.when and f.when.edtf.isdecimal() and f.grade != "estimated"]
    dated = [f for f in dated if "value" in f.values or (bounded and bounds(f))]
    sources = Counter(f.source for f in dated if f.grade == "stated")
    dated = [f for f in dated if sources and f.source == sources.most_common(1)[0][0]]
    if bounded and len(sources) > 1:  # two years may be told of by two sources
        dated = [f for f in facts if f.when and f.when.edtf.isdecimal() and f.grade == "stated"]
    found: dict[int, Fact] = {}
    for fact in sorted(dated, key=lambda f: (f.grade != "stated", "value" not in f.values, f.id)):
        assert fact.when is not None
        found.setdefault(int(fact.when.edtf), fact)
    differing = {
        int(f.when.edtf) for f in dated
        if f.when and f.grade == "stated" and "value" in f.values
        and f.values["value"] != found[int(f.when.edtf)].values.get("value")
    }  # fmt: skip
    return {year: fact for year, fact in found.items() if year not in differing}


def _years(context: Context) -> list[int]:
    """The years that the question names: each of them, or all from the first to the last."""
    periods = [m.period for m in context.heard.of("date") if isinstance(m.period, dates.Period)]
    ends = [(p.earliest, p.latest) for p in periods if p.earliest and p.latest]
    years = {year for a, b in ends if a and b for year in range(a.year, b.year + 1)}
    return sorted(years)


def _few(context: Context, years: list[int]) -> list[int]:
    """The first or last so many of the years that have a figure: “the first three years”."""
    tokens = [token.key for token in context.heard.tokens]
    for one, two in pairwise(tokens):
        number = NUMBERS.get(two, 0)
        if one in _PLACES and number:
            return years[:number] if one in ("first", "earliest") else years[-number:]
    return []


def _worked(context: Context, reading: Reading, told: str, facts: Sequence[Fact]) -> Outcome:
    return Outcome(
        reading,
        query_of(reading),
        context.share(reading, 1.0),
        facts=tuple(facts),
        extra={"worked": told},
    )
