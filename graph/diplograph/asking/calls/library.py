"""Readings that the library's own questions answer: links, paths, disagreements, stages."""

from __future__ import annotations

from dataclasses import replace

from diplograph import dates
from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Context, Outcome, once
from diplograph.asking.patterns import by_pattern, in_period, period_of, query_of, standing_at
from diplograph.asking.retrieval import meeting, retrieve
from diplograph.asking.stages import happened_in, is_of_its_parties, reached
from diplograph.facts import facts_of
from diplograph.model import Entity, Fact, Link
from diplograph.namespaces import PREFIXES, values_clause

__all__ = ["conflicts", "describe", "distinct", "links", "path", "status", "timeline"]

_KEPT = 0.85
"""What scores at least this share of the best is about the same thing."""
_KEPT_LINKS = 0.7
_CONCLUDED = PREFIXES["stage"] + "concluded"
_ANY = ("?answer a dg:Agreement", "?fact dg:of ?answer . ?answer a dg:Agreement")
"""Patterns that any agreement meets, so that the links found need not be put to them."""


def _two(reading: Reading) -> tuple[Entity, Entity] | None:
    x, y = reading.filled("x"), reading.filled("y")
    if x is None or y is None or not x.entities or not y.entities:
        return None
    return x.entities[0], y.entities[0]


_FACTS_OF_A_LINK = 20
"""About so many facts tell of an agreement."""


def _facts_of(context: Context, reading: Reading, things: list[str]) -> dict[str, str]:
    """What each fact is of, of the agreements' that meet the rest of a reading.

    Asked by the facts or by the agreements, whichever are likely to give fewer rows: a convention
    can have a thousand facts.
    """
    facts = meeting(reading.rest)
    by_thing = len(things) * _FACTS_OF_A_LINK < len(facts)
    given = values_clause("of", things) if by_thing else values_clause("fact", sorted(facts))
    rows = context.graph.select(f"SELECT ?fact ?of WHERE {{ {given} ?fact dg:of ?of }}")
    wanted = set(things)
    return {row["fact"]: row["of"] for row in rows if row["of"] in wanted and row["fact"] in facts}


def links(context: Context, reading: Reading) -> Outcome:
    """The agreements of two parties, narrowed by kind, theme, place and time."""
    two = _two(reading)
    assert two is not None
    x, y = two
    period, relation = period_of(context, reading)
    stood = relation in ("as-of", "by", "before") or "as-of" in reading.template.takes
    as_of = standing_at(period) if stood else context.as_of
    found = context.links(x.id, y.id, as_of)
    concluded, pending, hidden = list(found.concluded), list(found.pending), list(found.hidden)
    if period is not None and not stood:
        concluded = [link for link in concluded if _link_in(link, period)]
        pending = [link for link in pending if _link_in(link, period)]
    narrow = query_of(reading) if reading.template.where else ""
    score = 1.0
    notes: tuple[str, ...] = ()
    if narrow:
        besides = "; ".join(link.label for link in concluded if link.holds == "definitely")
        things = {link.id for link in (*concluded, *pending, *hidden)}
        if any(f.slot.where for f in reading.slots) or reading.template.where not in _ANY:
            head, brace, tail = narrow.partition("{")
            these = values_clause("answer", sorted(things))
            rows = context.graph.select(f"{head}{brace} {these} {tail}")
            things = {row["answer"] for row in rows}
        hidden = [link for link in hidden if link.id in things]
        concluded = [link for link in concluded if link.id in things]
        pending = [link for link in pending if link.id in things]
        if reading.template.options.get("stands") == "in-force":
            concluded = [link for link in concluded if link.stage == "in force"]
            pending = []
        kind = reading.filled("kind")
        if kind and besides and not (concluded or pending):
            notes = (f"none is a {kind.shown}; concluded agreements of other kinds: {besides}.",)
    missing: tuple[str, ...] = ()
    if reading.rest:
        of = _facts_of(context, reading, [link.id for link in (*concluded, *pending, *hidden)])
        hits = [h for h in retrieve(reading.rest, of.keys()) if h.named]
        best: dict[str, float] = {}
        for hit in hits:
            best[of[hit.fact]] = max(best.get(of[hit.fact], 0.0), hit.score)
        score = max(best.values(), default=0.0)
        missing = hits[0].missing if hits else tuple(u.text for u in reading.rest)
        least = 0.0 if all(unit.named for unit in reading.rest) else _KEPT_LINKS * score
        kept = {thing for thing, value in best.items() if value >= least}
        hidden = [link for link in hidden if link.id in kept]
        concluded = [link for link in concluded if link.id in kept]
        pending = [link for link in pending if link.id in kept]
    sparql = narrow or (
        f"SELECT ?agreement WHERE {{ ?agreement a dg:Agreement ; dg:party <{x.id}> , <{y.id}> }}"
    )
    if hidden:
        through = sorted({v.label for link in hidden for v in link.via})
        named = "; ".join(link.label for link in hidden)
        notes += (
            f"of predecessors ({' and '.join(through)}), and not counted here: {named}; ask about "
            "them by name.",
        )
    return Outcome(
        reading,
        sparql,
        context.share(reading, score),
        links=tuple(concluded),
        pending=tuple(pending),
        missing=missing,
        period=period or as_of,
        notes=notes,
    )


def _link_in(link: Link, period: dates.Period) -> bool:
    return any(
        stage.when and dates.within(dates.parse(stage.when.edtf), period) != "no"
        for stage in link.stages
        if stage.stage == link.stage
    )


def path(context: Context, reading: Reading) -> Outcome:
    """How two things are connected: the chains of facts that tell most."""
    from diplograph.paths import Conditions, find_paths

    two = _two(reading)
    assert two is not None
    asked = Conditions(as_of=context.as_of, include=context.include)
    found = find_paths(context.graph, two[0].id, two[1].id, asked, context.copies)
    sparql = "the projections “facts” and “together”, searched for the paths that tell most"
    notes = (found.beyond.too_weak(found.limit),) if found.beyond else ()
    extra = {"paths": found.paths} if found.paths else {}
    return Outcome(reading, sparql, 1.0, extra=extra, notes=notes)


def conflicts(context: Context, reading: Reading) -> Outcome:
    """Where the sources disagree, on what is left of the question."""
    from diplograph.disagreement import disagreements

    found = disagreements(context.graph, None, context.copies)
    query = "SELECT ?conflict ?side WHERE { ?conflict a dg:Conflict ; dg:between ?side }"
    score = 1.0
    missing: tuple[str, ...] = ()
    if reading.rest:
        of: dict[str, list[str]] = {}
        for conflict in found:
            for side in conflict.sides:
                of.setdefault(side.id, []).append(conflict.id)
        hits = [h for h in retrieve(reading.rest, of.keys()) if h.named]
        score = hits[0].score if hits else 0.0
        missing = hits[0].missing if hits else tuple(u.text for u in reading.rest)
        hits = [h for h in hits if h.score >= _KEPT * score]
        kept = dict.fromkeys(c for h in hits for c in of[h.fact])
        told = {c.id: c for c in found}
        found = tuple(told[c] for c in kept)
    facts = once(side for c in found for side in c.sides)
    return Outcome(
        reading,
        query,
        context.share(reading, score),
        facts=facts,
        extra={"conflicts": found} if found else {},
        missing=missing,
    )


def status(context: Context, reading: Reading) -> Outcome:
    """The stages that a thing had reached at a date, the furthest by each source first."""
    filled = reading.filled("thing")
    assert filled is not None
    period, _ = period_of(context, reading)
    step = happened_in(context, reading) if reading.focus == "yes-no" else None
    as_of = context.as_of if step else standing_at(period) or context.as_of
    things = " ".join(f"<{e.id}>" for e in filled.entities)
    query = (
        f"SELECT ?fact ?order ?own ?group WHERE {{ VALUES ?thing {{ {things} }} "
        "{ ?fact dg:of ?thing BIND(1 AS ?own) } UNION { ?fact dg:about ?thing } "
        "?fact dg:stage ?stage . ?stage dg:order ?order ; skos:broader ?group }"
    )
    rows = context.graph.select(query)
    own = {row["fact"] for row in rows if "own" in row}
    order = {row["fact"]: int(row["order"]) for row in rows if not own or row["fact"] in own}
    concluded = frozenset(row["fact"] for row in rows if row["group"] == _CONCLUDED)
    found = facts_of(context.graph, order, as_of=as_of, copies=context.copies)
    ranked = sorted(
        found,
        key=lambda f: (f.grade in ("rumoured", "denied"), f.holds != "definitely", -order[f.id]),
    )
    share = context.share(reading, 0.0)
    extra = {"concluded": concluded, **({"in": step} if step else {})} if found else {}
    outcome = Outcome(reading, query, share, facts=tuple(ranked), period=as_of, extra=extra)
    if reading.focus == "yes-no" and not is_of_its_parties(context, reading):
        return replace(outcome, declined=reached(outcome) != "no")
    if reading.template.options.get("refutes") and reached(outcome) != "no":
        return replace(outcome, facts=(), extra={})
    return outcome


def describe(context: Context, reading: Reading) -> Outcome:
    """All facts about a thing."""
    from diplograph.chronology import facts_about

    filled = reading.filled("thing")
    assert filled is not None
    entity = filled.entities[0]
    period, relation = period_of(context, reading)
    as_of = standing_at(period) if relation == "as-of" else context.as_of
    found = facts_about(context.graph, entity.id, as_of=as_of, copies=context.copies)
    if period is not None and relation != "as-of":
        found = tuple(f for fact in found if (f := in_period(fact, period)))
    query = f"SELECT ?fact WHERE {{ ?fact ?property <{entity.id}> ; a dg:Fact }}"
    return Outcome(reading, query, 1.0, facts=found, period=period or as_of)


def timeline(context: Context, reading: Reading) -> Outcome:
    """The facts about two things together."""
    from diplograph.chronology import facts_about

    two = _two(reading)
    assert two is not None
    found = facts_about(
        context.graph, two[0].id, two[1].id, as_of=context.as_of, copies=context.copies
    )
    period, _ = period_of(context, reading)
    if period is not None:
        found = tuple(f for fact in found if (f := in_period(fact, period)))
    query = f"SELECT ?fact WHERE {{ ?fact a dg:Fact ; ?p <{two[0].id}> ; ?q <{two[1].id}> }}"
    return Outcome(reading, query, 1.0, facts=found, period=period)


def distinct(context: Context, reading: Reading) -> Outcome:
    """Whether two names are held to be of one thing: the facts by which they are told apart."""
    outcome = by_pattern(context, reading)
    a, b = reading.filled("a"), reading.filled("b")
    if a is None or b is None or not outcome.facts:
        return outcome
    ids = ({e.id for e in a.entities}, {e.id for e in b.entities})
    one = [f for f in outcome.facts if ids[0] & _named_in(f)]
    two = [f for f in outcome.facts if ids[1] & _named_in(f)]
    if not one or not two:
        return replace(outcome, facts=())
    return replace(
        outcome,
        facts=(one[0], two[0]),
        extra={"apart": (a.shown, b.shown), "same": ids[0] == ids[1]},
    )


def _named_in(fact: Fact) -> set[str]:
    return {entity.id for entity in fact.others}
