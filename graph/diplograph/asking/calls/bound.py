"""Readings about how a party stands to its agreements: in force for it, signed only, left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from diplograph import dates
from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Answered, Context, Outcome
from diplograph.asking.patterns import period_of, query_of, standing_at
from diplograph.bindings import Binding, agreements_of, parties_of

__all__ = ["STANDS", "agreements", "parties"]

_BOUND = frozenset({"ratified", "in force"})

STANDS: Mapping[str, Callable[[Binding], bool]] = {
    "any": lambda b: True,
    "in-force": lambda b: b.fact.stage == "in force",
    "party": lambda b: b.fact.stage in ("ratified", "in force"),
    "only-signed": lambda b: "signed" in b.reached and not b.reached & _BOUND,
    "not-signed": lambda b: bool(b.reached & _BOUND) and "signed" not in b.reached,
    "left": lambda b: b.fact.stage == "withdrawn",
}
"""What ``stands`` of a template means: how a party stands to an agreement that is an answer."""


def agreements(context: Context, reading: Reading) -> Outcome:
    """The agreements of one party that it stands to as the template says."""
    filled = reading.filled("x")
    assert filled is not None
    as_of, period, relation = _asked(context, reading)
    among = None
    query = query_of(reading)
    if "$" in reading.template.where or any(f.slot.where for f in reading.slots):
        among = {row["answer"] for row in context.graph.select(query)}
    found: list[Binding] = []
    for entity in filled.entities:
        found += agreements_of(context.graph, entity.id, as_of, among)
    return _outcome(context, reading, query, found, period, relation)


def parties(context: Context, reading: Reading) -> Outcome:
    """The parties of one agreement that stand to it as the template says."""
    filled = reading.filled("thing")
    assert filled is not None
    as_of, period, relation = _asked(context, reading)
    found: list[Binding] = []
    for entity in filled.entities:
        found += parties_of(context.graph, entity.id, as_of)
    return _outcome(context, reading, query_of(reading), found, period, relation)


def _asked(
    context: Context, reading: Reading
) -> tuple[dates.Period | None, dates.Period | None, str]:
    """The date as of which is asked, the time that the question names, and how it names it."""
    period, relation = period_of(context, reading)
    if "as-of" in reading.template.takes or relation in ("as-of", "by", "before"):
        return standing_at(period) or context.as_of, period, "as-of"
    return context.as_of, period, relation


def _outcome(
    context: Context,
    reading: Reading,
    query: str,
    found: Iterable[Binding],
    period: dates.Period | None,
    relation: str,
) -> Outcome:
    stands = STANDS[str(reading.template.options.get("stands", "any"))]
    kept = [b for b in found if stands(b)]
    if period is not None and relation != "as-of":
        kept = [b for b in kept if _within(b, period)]
    return Outcome(
        reading,
        query,
        context.share(reading, 0.0),
        facts=tuple({b.fact.id: b.fact for b in kept}.values()),
        answers=tuple(Answered(b.entity, (b.fact,)) for b in kept),
        period=period or context.as_of,
    )


def _within(binding: Binding, period: dates.Period) -> bool:
    when = binding.fact.when
    return when is not None and dates.within(dates.parse(when.edtf), period) != "no"
