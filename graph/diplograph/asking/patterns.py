"""Facts by the pattern of a template, narrowed by what is left of the question."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from diplograph import dates
from diplograph.asking.deciding import decided, ended_by_then, telling_first
from diplograph.asking.fitting import (
    kinds_asked,
    known_to_be_then,
    less_exact,
    most_exact,
    of_kinds,
    one_at_a_time,
)
from diplograph.asking.focus import head_of
from diplograph.asking.matching import Filled, Reading
from diplograph.asking.outcome import Answered, Context, Outcome
from diplograph.asking.postings import beside, narrowed, postings
from diplograph.asking.ranking import ahead, ranked
from diplograph.asking.retrieval import Hit, meeting, surely
from diplograph.asking.suiting import suited
from diplograph.asking.typed import is_expected, tells
from diplograph.asking.wording import grammar
from diplograph.facts import entities_of, facts_of
from diplograph.model import STATES, Fact
from diplograph.namespaces import PREFIXES, shorten, values_clause
from diplograph.store import Row

__all__ = [
    "by_pattern",
    "counts_something_else",
    "in_period",
    "period_of",
    "query_of",
    "standing_at",
]

_KEPT = 0.85
"""What scores at least this share of the best answers the question too."""
_KEPT_NEAR = 0.7
"""The same of what is only near."""
_LEADS, _LEADS_WHAT = 0.9, 0.97
"""What is denied comes first if it scores at least this share of the best: of a yes or no, and
where something else is asked, to which what was done answers as well."""
_NO_NEARER = 0.1
"""How much farther from a yes-or-no question it may lie to come first."""
_WHAT = frozenset({"what", "which", "who", "list"})
"""To these a denial comes first only where it meets as much of the question as the best."""
_MOST = 60
_ALL_NEAR = 0.6
"""What scores at least this share of the best is looked at where the nearest is asked for."""


def by_pattern(context: Context, reading: Reading) -> Outcome:
    """The facts and entities that the pattern of a template gives."""
    query = query_of(reading)
    rows = _rows(context, reading, query, reading.slots)
    allowed = {row["fact"] for row in rows}
    outcome = _narrowed(context, reading, query, allowed)
    too_little = bool(reading.rest) and outcome.confidence < reading.template.needs
    if (outcome.empty or too_little) and reading.template.otherwise:
        instead = query_of(reading, reading.template.otherwise)
        other = {row["fact"] for row in _rows(context, reading, instead, None)}
        second = _narrowed(context, reading, instead, other, kept=_KEPT_NEAR)
        if outcome.empty or second.confidence > outcome.confidence:
            return replace(second, extra={"otherwise": True} if second.facts else {})
    if reading.focus == "when" and not reading.rest:
        outcome = replace(outcome, facts=most_exact(outcome.facts))
    if outcome.empty or not reading.template.asks_for_entities:
        return outcome
    kept = {fact.id: fact for fact in outcome.facts}
    by_answer: dict[str, dict[str, Fact]] = {}
    for row in rows:
        if row["fact"] in kept and "answer" in row:
            by_answer.setdefault(row["answer"], {})[row["fact"]] = kept[row["fact"]]
    asked = {e.id for m in context.heard.of("entity") for e in m.entities}
    by_answer = {iri: facts for iri, facts in by_answer.items() if iri not in asked}
    order = {fact.id: place for place, fact in enumerate(outcome.facts)}
    labels = entities_of(context.graph, by_answer)
    answers = [
        Answered(labels[iri], tuple(sorted(facts.values(), key=lambda f: order[f.id])))
        for iri, facts in by_answer.items()
    ]
    wanted = _TYPES.get(reading.answer_class)
    if wanted:
        answers = [a for a in answers if a.entity.type in wanted]
        told = {fact.id for a in answers for fact in a.facts}
        outcome = replace(outcome, facts=tuple(f for f in outcome.facts if f.id in told))
    kinds = kinds_asked(context, reading)
    if kinds and answers:
        fitting = of_kinds(context, [a.entity.id for a in answers], kinds)
        answers = [a for a in answers if a.entity.id in fitting]
        told = {fact.id for a in answers for fact in a.facts}
        outcome = replace(outcome, facts=tuple(f for f in outcome.facts if f.id in told))
    if reading.template.options.get("exclusive") and outcome.period:
        return one_at_a_time(outcome, answers)
    answers.sort(key=lambda a: (order[a.facts[0].id], a.entity.label))
    if answers and reading.rest and _asks_for_one(context, reading):
        best = answers[0].facts[0].id
        answers = [a for a in answers if a.facts[0].id == best]
    return replace(outcome, answers=tuple(answers))


def _asks_for_one(context: Context, reading: Reading) -> bool:
    """Whether a “which” asks for one thing by its noun, and not for things: “which city”."""
    head = head_of(context.heard, reading.focus) if reading.focus == "which" else None
    if head is None:
        return False
    noun = context.heard.tokens[head].key
    return not noun.endswith("s") and noun not in grammar("many")


_TYPES = {
    "Country": ("Country",),
    "Person": ("Person", "Leader"),
    "Organization": ("Organization",),
    "Agreement": ("Agreement",),
    "Event": ("Event",),
    "Place": ("Place", "Country"),
    "Project": ("Project",),
    "Document": ("Document",),
    "Issue": ("Issue",),
    "Post": ("Post",),
    "WeaponSystem": ("WeaponSystem",),
}
"""What an answer has to be, by the class that the question asks for."""

_NEAREST, _TRIED = 150, 4_000
"""How many facts that meet the rest of the question best are tried: where it alone narrows, and
where a kind or a class does too or the pattern is the second one."""


def _rows(
    context: Context, reading: Reading, query: str, slots: tuple[Filled, ...] | None
) -> list[Row]:
    """The rows of a query, of the facts that meet the rest of the question best where it names
    nothing.

    ``slots`` are those that narrow it, None of the second pattern of a template, which has none. A
    graph of the world has hundreds of thousands of facts of a kind, and those that the rest of the
    question names are few.
    """
    if not reading.rest or any(f.entities for f in slots or ()):
        return context.graph.select(query)
    scored = context.scored(reading.rest)
    if slots == ():
        return postings(context.graph).rows(query, scored.best(most=_NEAREST))
    return context.graph.select(narrowed(query, scored.best(meeting(reading.rest), _TRIED)))


def query_of(reading: Reading, instead: str = "") -> str:
    """The SPARQL of a reading, as it is run and shown; ``instead`` stands for its pattern."""
    template = reading.template
    slots = () if instead else reading.slots
    named = [f.slot.where for f in slots if f.slot.where and f.entities]
    others = [f.slot.where for f in slots if f.slot.where and not f.entities]
    # The engine goes by the order: what is said of names first leaves it the fewest to try.
    parts = [*named, instead or template.where, *others]
    pattern = " . ".join(part for part in parts if part)
    values = []
    for filled in sorted(reading.slots, key=lambda f: -len(f.slot.name)):
        mark = f"${filled.slot.name}"
        if mark not in pattern:
            continue
        if filled.year:
            pattern = pattern.replace(mark, f'"{filled.year}"')
            continue
        names = [shorten(i) if _short(i) else f"<{i}>" for i in _ids(filled)]
        if len(names) == 1:
            pattern = pattern.replace(mark, names[0])
        else:
            variable = f"?slot_{filled.slot.name}"
            pattern = pattern.replace(mark, variable)
            values.append(f"VALUES {variable} {{ {' '.join(names)} }}")
    wanted = "?fact ?answer" if "?answer" in pattern else "?fact"
    return f"SELECT DISTINCT {wanted} WHERE {{ {' '.join(values)} {pattern} }}"


def _short(iri: str) -> bool:
    short = shorten(iri)
    return short != iri and short.partition(":")[2].replace("-", "").replace("_", "").isalnum()


def _ids(filled: Filled) -> list[str]:
    if filled.entities:
        return sorted({e.id for e in filled.entities})
    if filled.concepts:
        return sorted({c.id for c in filled.concepts})
    return [PREFIXES["dg"] + filled.class_name]


def period_of(context: Context, reading: Reading) -> tuple[dates.Period | None, str]:
    """The time that the question names, and how; None where it names none, or as of a date."""
    if not reading.template.takes & {"period", "as-of"}:  # “any-time” takes a date and leaves it
        return None, ""
    named = [m for m in context.heard.of("date") if m.first >= context.heard.begins]
    for mention in named or context.heard.of("date"):
        if isinstance(mention.period, dates.Period):
            return mention.period, mention.relation
    return None, ""


def standing_at(period: dates.Period | None) -> dates.Period | None:
    """The time as of which a question about a period asks: of “before 1999” it is the last day."""
    if period is None or period.earliest is not None or period.latest is None:
        return period
    return dates.parse(period.latest.isoformat())


def _narrowed(
    context: Context, reading: Reading, query: str, allowed: set[str], kept: float = _KEPT
) -> Outcome:
    """The facts allowed that meet the rest of the question, its time and its source."""
    if context.source:
        allowed = postings(context.graph).of_source(context.source, allowed)
    period, relation = period_of(context, reading)
    as_of = context.as_of
    narrows = period is not None
    lead = 1.0
    if relation == "as-of" or (period and "as-of" in reading.template.takes):
        as_of, narrows = standing_at(period), False
    hits: list[Hit]
    if reading.rest and reading.template.options.get("passes"):
        hits = [Hit(fact, 0.0, (), True) for fact in sorted(allowed)]
    elif reading.rest:
        found_by = context.scored(reading.rest).hits(allowed)
        hits = ranked(context, reading.rest, found_by, not reading.template.call)
        hits = suited(context, reading, [hit for hit in hits if hit.named])
        kept = float(reading.template.options.get("keeps", kept))
        lead = ahead(context, hits)
        if hits and hits[0].itself:
            hits = [hit for hit in hits if hit.itself]
        least = _ALL_NEAR if reading.template.options.get("nearest") else kept
        hits = _as_good(reading, hits, least)
        if hits and _is_of_one_kind(context, reading):
            hits = [h for h in hits if _meets_as_much(reading, h.fact, hits[0].fact)]
    else:
        hits = [Hit(fact, 1.0, (), True) for fact in sorted(allowed)]
    if len(hits) > _MOST and reading.rest:
        hits = hits[:_MOST]
    if period and narrows and len(hits) > _FILTERED_FROM:
        dated = _dated_in(context, [h.fact for h in hits], period)
        hits = [h for h in hits if h.fact in dated] or hits[:1]
    found = facts_of(context.graph, (h.fact for h in hits), as_of=as_of, copies=context.copies)
    if period and narrows:
        within = tuple(f for fact in found if (f := in_period(fact, period)))
        found = known_to_be_then(found, within) if reading.focus == "yes-no" else within
    sources = {m.name for m in context.heard.of("source") if m.name}
    if sources and "source" in reading.template.takes:
        found = tuple(f for f in found if f.source in sources)
    if reading.template.options.get("nearest"):
        found = tuple(fact for fact in found if tells(context, reading, fact))
        if reading.focus == "how-many" and counts_something_else(context, hits, found):
            found = ()
        told = {fact.id: fact for fact in found}
        hits = [hit for hit in hits if hit.fact in told]
        lead = ahead(context, hits)
        hits = _as_good(reading, hits, kept)
        found = tuple(told[hit.fact] for hit in hits)
    elif reading.template.broad and reading.focus == "how-many":
        found = tuple(fact for fact in found if tells(context, reading, fact))
        if counts_something_else(context, hits, found):
            found = ()
    score = hits[0].score if hits else 0.0
    as_told: tuple[Fact, ...] = ()
    if reading.rest and found:
        rank = {hit.fact: place for place, hit in enumerate(hits)}
        least = (_LEADS if reading.focus == "yes-no" else _LEADS_WHAT) * hits[0].worth
        most = _surely_met(reading, hits[0].fact) - (reading.focus not in _WHAT)
        times = [m.period for m in context.heard.of("date") if isinstance(m.period, dates.Period)]
        over = {f.id for f in found if any(ended_by_then(f, time) for time in times)}
        leads = {
            h.fact for h in hits
            if h.fact not in over and h.worth >= least and _surely_met(reading, h.fact) >= most
            and (reading.focus != "yes-no" or h.alike >= hits[0].alike - _NO_NEARER)
        }  # fmt: skip

        asks_for_date = reading.focus == "when" and not is_expected(context)
        vague = less_exact(found) if asks_for_date else set()

        def order(fact: Fact) -> tuple[bool, bool, bool, int]:
            """What is denied comes first among the best: it is the answer, not a gap. What only
            lies in part in the time asked for comes after what may wholly lie in it, and where a
            date is asked for, a vague one after an exact one that it allows.
            """
            denied = fact.kind == "Denial" and fact.id in leads
            longer = period is not None and narrows and _longer(fact, period)
            longer = longer or (fact.kind == "Denial" and fact.id in over)
            late = fact.id in vague
            return (not denied or reading.focus in ("why", "how"), longer, late, rank[fact.id])

        found = tuple(sorted(found, key=order))
        found = telling_first(context, reading, hits, found)
        if reading.template.broad and reading.focus not in _ECHOED:
            new = sorted(hits, key=lambda h: h.echo - h.worth)
            rank = {hit.fact: place for place, hit in enumerate(new)}
            as_told = tuple(sorted(found, key=order))
    decision, found = decided(context, reading, hits, found)
    return Outcome(
        reading,
        query,
        context.share(reading, score),
        facts=found,
        missing=hits[0].missing if hits else tuple(u.text for u in reading.rest),
        plain=hits[0].plain if hits else (0, 0),
        lead=lead,
        alike=hits[0].alike if hits else 0.0,
        itself=bool(hits) and hits[0].itself,
        decision=decision,
        period=period or as_of,
        order=tuple(fact.id for fact in as_told),
    )


_ECHOED = frozenset({"yes-no", "when", "where"})
"""Questions to which a statement of their own words is the answer: with its date, its place, or as
what is so."""


def counts_something_else(context: Context, hits: Sequence[Hit], found: Sequence[Fact]) -> bool:
    """Whether what tells the matter best has no number, and what has one is of another passage and
    tells it less well: then it counts something else.
    """
    worth = {hit.fact: hit.worth for hit in hits}
    best = max(found, key=lambda fact: worth[fact.id], default=None)
    if best is None or worth[best.id] >= _COUNTS * hits[0].worth:
        return False
    places = postings(context.graph).places([hits[0].fact, best.id])
    return not any(beside(a, b) for a in places[best.id] for b in places[hits[0].fact])


_COUNTS = 0.92
"""The share of what the matter is told by best that a number has to be worth to be of it."""


def _longer(fact: Fact, period: dates.Period) -> bool:
    """Whether a fact is dated by a time longer than that asked for, be that read generously."""
    if fact.when is None or not (period.earliest and period.latest):
        return False
    when = dates.parse(fact.when.edtf)
    if not (when.earliest and when.latest):
        return True
    (first, last), (begin, end) = dates.days(when), dates.days(period)
    return last - first > _GENEROUSLY * (end - begin + 1)


_GENEROUSLY = 2
"""So many times as long a time as asked for may be meant by it: “early 2000” by half a year."""


def _as_good(reading: Reading, hits: Sequence[Hit], share: float) -> list[Hit]:
    """The hits worth at least so much of the best one; by score where all are asked for."""
    if not hits:
        return []
    if reading.template.broad:
        return [
            h for h in hits
            if h.worth >= share * hits[0].worth and h.alike >= hits[0].alike - _FURTHER
        ]  # fmt: skip
    least = share * max(h.score for h in hits)
    return [h for h in hits if h.score >= least]


_FURTHER = 0.2
"""How much farther from the question a fact may lie than the best, to be told beside it."""


def _is_of_one_kind(context: Context, reading: Reading) -> bool:
    """Whether all that are asked for are to meet the same: not “where do A and B sit”."""
    if not reading.template.asks_for_entities:
        return False
    two = any(token.key == "and" for token in context.heard.tokens)
    return reading.focus in ("who", "which") or (reading.focus == "where" and not two)


def _meets_as_much(reading: Reading, fact: str, best: str) -> bool:
    """Whether a fact has each part of the rest of the question that the best one surely has."""
    return all(surely(unit, fact) for unit in reading.rest if surely(unit, best))


def _surely_met(reading: Reading, fact: str) -> int:
    """How many parts of the rest of the question a fact has itself."""
    return sum(surely(unit, fact) for unit in reading.rest)


_FILTERED_FROM = 12
"""From how many facts on it is quicker to look at their dates before all that is told of them."""


def _dated_in(context: Context, facts: list[str], period: dates.Period) -> set[str]:
    """The facts whose time has a day in common with the period, be it only possibly."""
    rows = context.graph.select(
        f"SELECT ?fact ?when WHERE {{ {values_clause('fact', facts)} ?fact dg:when ?when }}"
    )
    return {r["fact"] for r in rows if dates.overlaps(dates.parse(r["when"]), period) != "no"}


def in_period(fact: Fact, period: dates.Period) -> Fact | None:
    """The fact as it holds in the period: definitely, possibly (so marked), or None for not."""
    if fact.when is None:
        return None
    when = dates.parse(fact.when.edtf)
    if when.earliest is None and fact.kind not in STATES and period.earliest is not None:
        return None  # all that is known is that it was before some day: no answer to a time
    compare: Callable[[dates.Period, dates.Period], dates.Certainty]
    compare = dates.overlaps if fact.kind in STATES else dates.within
    certainty = compare(when, period)
    if certainty == "no":
        return None
    return fact if fact.holds == "possibly" else replace(fact, holds=certainty)
