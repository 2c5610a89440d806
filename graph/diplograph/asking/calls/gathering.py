"""All that the sources tell of a thing, or of a time: few facts, which tell each passage once.

Who asks for everything wants no passage left out and none told twice. A passage mostly gives
several facts, and some tell a matter whole that others tell in parts; so those are chosen that
cover the passages with the fewest statements (the greedy answer to the set cover problem,
V. Chvátal, *A greedy heuristic for the set-covering problem*, 1979), in the order of the sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from diplograph import dates
from diplograph.asking.calls.ordering import sources_asked
from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Context, Outcome
from diplograph.asking.patterns import by_pattern, in_period, period_of
from diplograph.asking.postings import EVER, facts_with, postings
from diplograph.asking.understood import covered_by_all
from diplograph.asking.wording import wording
from diplograph.facts import facts_of
from diplograph.model import Entity, Fact
from diplograph.postinglists import Place
from diplograph.stems import stems

__all__ = ["all_told", "happenings", "in_turn"]

_NAMED = 0.85
"""How well a fact has to meet a name to be about it: to name it, or to concern it."""
_NO_NEWS = frozenset({"Affiliation", "Citation", "Participation", "Containment", "Tenure"})
"""Kinds of facts that tell of a thing only what belongs to what."""
_NO_EVENT = _NO_NEWS | {"Observation", "TransferFact", "Membership", "Denial"}
"""Kinds of facts that tell of nothing that happened."""
_SLACK = 31
"""Days that a happening may be vaguer than the time asked for."""


def all_told(context: Context, reading: Reading) -> Outcome:
    """What each of the sources tells of a thing, all of it, source by source."""
    filled = reading.filled("thing")
    assert filled is not None
    kept = postings(context.graph)
    wanted = [e.id for e in filled.entities]
    named = kept.of_names(wanted)
    facts = {
        fact for iri in wanted for fact in facts_with(named[iri], _NAMED) if fact in kept.times()
    }
    sources = sources_asked(context, reading) or set()
    period, _ = period_of(context, reading)
    told = [f for f in _read(context, facts) if f.kind not in _NO_NEWS]
    told = [f for f in told if not sources or f.source in sources]
    if period is not None:
        told = [own for f in told if (own := in_period(f, period))]
        told = [f for f in told if f.holds != "possibly"] or told
    by_name = [f for f in told if _names(f, filled.entities)]
    query = f"SELECT ?fact WHERE {{ ?fact ?property <{wanted[0]}> ; a dg:Fact }}"
    chosen = _covering(context, by_name or told, filled.entities)
    return Outcome(
        reading, query, 1.0, facts=chosen, period=period, extra={"gathered": True} if chosen else {}
    )


def _names(fact: Fact, entities: Sequence[Entity]) -> bool:
    """Whether the statement itself has the name of one of them, or what belongs to it is called."""
    said = set(stems(fact.statement))
    for entity in entities:
        words = stems(entity.label)
        words = words[-1:] if entity.type in ("Person", "Leader") else words
        called = [p for p, name in wording().demonyms.items() if name == entity.label]
        if any(said.issuperset(own) for own in (words, *called)):
            return True
    return False


def happenings(context: Context, reading: Reading) -> Outcome:
    """All that happened in a time, day by day: what is known to the time, and nothing vaguer.

    Parties that all sources are about narrow nothing; others have to be named.
    """
    period, _ = period_of(context, reading)
    query = "SELECT ?fact WHERE { ?fact a dg:Fact ; dg:earliest ?first ; dg:latest ?last }"
    if period is None or period.earliest is None or period.latest is None:
        return Outcome(reading, query, 0.0)
    begin, end = str(period.earliest), str(period.latest)
    most = (period.latest - period.earliest).days + _SLACK
    within = [
        fact for fact, span in postings(context.graph).times().items()
        if span and span[0] <= end and span[1] >= begin
        and EVER[0] != span[0] and EVER[1] != span[1] and _days(span) < most
    ]  # fmt: skip
    parties = {e.id for f in reading.slots for e in f.entities}
    parties -= {e.id for e in covered_by_all(context.graph)}
    sources = {m.name for m in context.heard.of("source") if m.name}
    whole = postings(context.graph).joining(within)
    places = postings(context.graph).places(within)
    once = [fact for fact in within if fact not in whole or len(places[fact]) == 1]
    told = [
        _marked(f, period) for f in _read(context, once)
        if f.kind not in _NO_EVENT and f.grade != "inferred"
        and parties <= {e.id for e in f.others} and (not sources or f.source in sources)
    ]  # fmt: skip
    sure = [f for f in told if f.holds != "possibly"]
    chosen = sorted(_covering(context, sure or told), key=_by_day)
    if len(chosen) > _MANY:
        happened = [f for f in sure or told if f.kind in _HAPPENED]
        chosen = sorted(_covering(context, happened), key=_by_day)
    if not chosen and parties:  # there may be facts that tell of them less closely
        return Outcome(reading, query, 0.0, period=period)
    extra = {"gathered": True} if chosen else {}
    return Outcome(reading, query, 1.0, facts=tuple(chosen), period=period, extra=extra)


def in_turn(context: Context, reading: Reading) -> Outcome:
    """What a pattern gives, in the order of time."""
    outcome = by_pattern(context, reading)
    facts = sorted((f for f in outcome.facts if f.when), key=_by_day)
    return replace(outcome, facts=tuple(facts), extra={"gathered": True} if facts else {})


def _read(context: Context, facts: Iterable[str]) -> tuple[Fact, ...]:
    return facts_of(context.graph, sorted(facts), as_of=context.as_of, copies=context.copies)


def _days(span: tuple[str, str]) -> int:
    from datetime import date

    return (date.fromisoformat(span[1]) - date.fromisoformat(span[0])).days


def _marked(fact: Fact, period: dates.Period) -> Fact:
    """The fact, marked as possible where its time may lie outside the period altogether."""
    assert fact.when is not None
    when = dates.parse(fact.when.edtf)
    days = fact.when.earliest is not None and len(fact.when.edtf.split("/")[0]) == len("2000-07-18")
    sure = days or dates.within(when, period) == "definitely"
    return fact if sure else replace(fact, holds="possibly")


def _by_day(fact: Fact) -> tuple[str, str, str]:
    assert fact.when is not None
    return fact.when.earliest or "", fact.when.latest or "", fact.id


def _covering(
    context: Context, facts: Sequence[Fact], asked: Sequence[Entity] = ()
) -> tuple[Fact, ...]:
    """The fewest facts that cover the passages of all, in the order of the sources.

    One that speaks of much besides what is asked about counts as more than one.
    """
    kept = postings(context.graph)
    places = kept.places([f.id for f in facts])
    joining = kept.joining([f.id for f in facts])
    parts = {f.id: _parts(places[f.id]) for f in facts}
    left = set().union(*(parts[f.id] for f in facts if f.id not in joining))
    left = left or set().union(*parts.values())
    cost = {f.id: _cost(f, asked) * (_WHOLE if f.id in joining else 1.0) for f in facts}
    chosen: list[Fact] = []
    while left:
        best = max(
            facts,
            key=lambda f: (
                round(len(parts[f.id] & left) / cost[f.id], 3), f.id in joining,
                len(f.statement), f.id,
            ),
        )  # fmt: skip
        if len(parts[best.id] & left) < _LEAST:
            break
        left -= parts[best.id]
        if not any(_alike(best, other) for other in chosen):
            chosen.append(best)
    order = _order(context)
    first = {f.id: min(places[f.id], default=("", 0, 0)) for f in chosen}
    return tuple(sorted(chosen, key=lambda f: (order.get(f.source, ""), *first[f.id][:2], f.id)))


def _cost(fact: Fact, asked: Sequence[Entity]) -> float:
    """As how many facts one counts: as more, the more parties and people it tells of besides.

    Where a time is asked about, what happened is wanted, and what was said of it is not.
    """
    if not asked:
        return 1.0 if fact.kind in _HAPPENED else _SAID
    others = [e for e in fact.others if e.type in ("Country", "Person")]
    return 1.0 + _ASIDE * max(0, len(others) - len(asked))


_HAPPENED, _SAID = frozenset({"Occurrence", "StageFact", "Succession"}), 1.5
_WHOLE = 0.85
"""As how much of a fact one counts that tells a matter whole."""
_MANY = 12
"""Where a time has more than so many facts, what was only said of it is left out."""


def _alike(one: Fact, other: Fact) -> bool:
    """Whether two facts of one time say nearly the same, as where a source tells a thing twice."""
    if one.when != other.when or one.source != other.source:
        return False
    a, b = (set(stems(f.statement)) - wording().fillers for f in (one, other))
    return len(a & b) >= _SAME * min(len(a), len(b))


_SAME, _ASIDE = 0.7, 0.1
"""The share of its words that makes a statement nearly the same as another; and what each party or
person that a fact tells of besides adds to what it counts as."""


def _parts(places: Iterable[Place]) -> set[tuple[str, int]]:
    """The parts of some passages, each of a few characters."""
    return {
        (source, n) for source, start, end in places for n in range(start // _PART, end // _PART)
    }


_PART, _LEAST = 10, 3
"""So many characters a part has; and so many parts that nothing else tells a fact has to add."""


def _order(context: Context) -> dict[str, str]:
    """By the identifier of a source, when it was issued."""
    rows = context.graph.select(
        "SELECT ?id ?issued WHERE { ?s a dg:Source ; dct:identifier ?id ; dct:issued ?issued }"
    )
    return {row["id"]: row["issued"] for row in rows}
