"""Answers that fit what is asked for: of the kind named, with a date, one at a time."""

from __future__ import annotations

from dataclasses import replace

from diplograph import dates
from diplograph.asking.focus import head_of
from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Answered, Context, Outcome
from diplograph.model import Fact
from diplograph.namespaces import values_clause

__all__ = ["kinds_asked", "known_to_be_then", "most_exact", "of_kinds", "one_at_a_time"]


def one_at_a_time(outcome: Outcome, answers: list[Answered]) -> Outcome:
    """Those who held an office at a time for sure, before those who may have by a vague date."""
    period = outcome.period
    assert period is not None
    sure: list[Answered] = []
    vague: list[Answered] = []
    for answered in answers:
        held = tuple(
            replace(fact, holds="definitely") for fact in answered.facts
            if fact.when and not {"~", "?", "%"} & set(fact.when.edtf)
            and _share_a_day(dates.parse(fact.when.edtf), period)
        )  # fmt: skip
        if held:
            sure.append(Answered(answered.entity, held))
        else:
            vague.append(answered)
    if not sure:
        return replace(outcome, answers=tuple(answers))
    facts = tuple(fact for answered in sure for fact in answered.facts)
    notes = tuple(
        f"{a.entity.label} is possible by a date that is only about right: {a.facts[0].statement}"
        for a in vague
    )
    return replace(outcome, answers=tuple(sure), facts=facts, notes=(*outcome.notes, *notes))


def _share_a_day(one: dates.Period, other: dates.Period) -> bool:
    first, last = one.earliest, one.latest
    return not (
        (first and other.latest and first > other.latest)
        or (last and other.earliest and last < other.earliest)
    )


_VAGUE = 1_000
"""Days of a time that is no date where other facts have one."""


def most_exact(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The facts with a date, in order of time, without those of a vague one; or all."""

    exact = [f for f in facts if _days(f) <= _VAGUE]
    exact.sort(key=lambda f: (f.when.earliest or "", f.id) if f.when else ("", f.id))
    return tuple(exact) or facts


def _days(fact: Fact) -> int:
    """How many days the time of a fact spans."""
    when = dates.parse(fact.when.edtf) if fact.when else None
    if when is None or when.earliest is None or when.latest is None:
        return 10 * _VAGUE
    return (when.latest - when.earliest).days


def known_to_be_then(all_told: tuple[Fact, ...], then: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """Those of a time that say yes to it: none where only a long time makes them possible, and the
    matter is dated closely elsewhere."""
    if not then or any(fact.holds != "possibly" for fact in then):
        return then
    elsewhere = [_days(fact) for fact in all_told if fact.id not in {f.id for f in then}]
    closely = min(elsewhere, default=_VAGUE)
    return tuple(fact for fact in then if closely > _A_MONTH or _days(fact) <= _A_MONTH)


_A_MONTH = 31


_LOOSE_KINDS = frozenset({"agreement", "contract", "arrangement", "understanding"})
"""Kinds of agreements whose words people use of all."""


def kinds_asked(context: Context, reading: Reading) -> list[str]:
    """The kind of agreement that the noun asked for names, where it is no word for all of them."""
    head = head_of(context.heard, reading.focus)
    if head is None or reading.template.call or reading.filled("kind"):
        return []
    named = [m for m in context.heard.of("concept") if m.first <= head < m.last]
    concepts = [c for m in named for c in m.concepts if c.scheme == "agreement-kind"]
    if any(c.label in _LOOSE_KINDS for c in concepts):
        return []
    return [c.id for c in concepts]


def of_kinds(context: Context, things: list[str], kinds: list[str]) -> set[str]:
    """Those of some things that are of one of the kinds, or of a narrower one."""
    rows = context.graph.select(
        f"""SELECT DISTINCT ?thing WHERE {{ {values_clause("kind", kinds)}
            {values_clause("thing", things)} ?thing dg:kind/skos:broader* ?kind }}"""
    )
    return {row["thing"] for row in rows}
