"""What the graph answers to a reading of a question: facts, entities, or what a library call gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from diplograph import dates
from diplograph.asking.hearing import Heard, Mention
from diplograph.asking.matching import Filled, Reading, head_of
from diplograph.asking.retrieval import Hit, Unit, retrieve
from diplograph.copies import Copies
from diplograph.facts import entities_of, facts_of, values_clause
from diplograph.model import STATES, Entity, Fact, Include, Link
from diplograph.namespaces import INDEX_GRAPH, PREFIXES, shorten
from diplograph.store import Graph

__all__ = ["Answered", "Context", "Outcome", "run"]

_KEPT = 0.85
"""What scores at least this share of the best answers the question too."""
_LEADS = 0.9
_MOST = 60


@dataclass(frozen=True)
class Context:
    """What every answer is made from."""

    graph: Graph
    heard: Heard
    units: tuple[Unit, ...]
    as_of: dates.Period | None = None
    include: Include = Include.CONCLUDED
    copies: Copies | None = None

    @property
    def weight(self) -> float:
        """The weight of all units of the question."""
        return sum(unit.weight for unit in self.units)


@dataclass(frozen=True)
class Answered:
    """An entity that is an answer, and the facts by which it is one."""

    entity: Entity
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Outcome:
    """What a reading gave.

    ``confidence`` is the share of the question, by the weight of its parts, that the reading takes up
    or its facts meet; ``missing`` are the parts that its best fact does not meet.
    """

    reading: Reading
    sparql: str
    confidence: float
    facts: tuple[Fact, ...] = ()
    answers: tuple[Answered, ...] = ()
    links: tuple[Link, ...] = ()
    pending: tuple[Link, ...] = ()
    missing: tuple[str, ...] = ()
    named: bool = True
    period: dates.Period | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    also: tuple[Fact, ...] = ()
    """What the passages of the best fact say besides."""

    @property
    def empty(self) -> bool:
        """Whether nothing was found."""
        return not (self.facts or self.answers or self.links or self.pending or self.extra)


def run(context: Context, reading: Reading) -> Outcome:
    """Answer one reading."""
    call = _CALLS.get(reading.template.call)
    return call(context, reading) if call else _facts(context, reading)


_ALSO = 4


def with_its_passage(context: Context, outcome: Outcome) -> Outcome:
    """The outcome with what the passage of its best fact says besides, where it is few facts.

    A sentence of a source gives several facts; who asks for one mostly wants the others too.
    """
    if not 0 < len(outcome.facts) <= _FEW or outcome.extra or outcome.links:
        return outcome
    best = outcome.facts[0]
    rows = context.graph.select(
        f"""SELECT DISTINCT ?fact ?start ?end WHERE {{
            <{best.id}> dg:evidence/oa:hasSource ?source .
            ?passage oa:hasSource ?source ; oa:hasSelector ?position .
            ?position oa:start ?start ; oa:end ?end . ?fact dg:evidence ?passage ; a ?class
            FILTER(?class IN (dg:StageFact, dg:Occurrence, dg:Observation, dg:Claim, dg:Stance,
                              dg:TransferFact, dg:Denial, dg:Membership, dg:Participation))
        }}"""
    )
    shown = {fact.id for fact in outcome.facts}
    near = {
        row["fact"]: max(int(row["start"]) - e.start, e.start - int(row["start"]))
        for row in rows
        for e in best.evidence
        if row["fact"] not in shown and int(row["start"]) < e.end and e.start < int(row["end"])
    }
    nearest = sorted(near, key=lambda f: (near[f], f))[: _ALSO + len(shown)]
    told = {fact.statement for fact in outcome.facts}
    found = facts_of(context.graph, nearest, copies=context.copies)
    also = tuple(f for f in found if f.statement not in told)[:_ALSO]
    return replace(outcome, also=also)


_FEW = 3


# --- facts by a pattern --------------------------------------------------------------------------


def _facts(context: Context, reading: Reading) -> Outcome:
    query = query_of(reading)
    rows = context.graph.select(_at_hand(reading, query))
    allowed = {row["fact"] for row in rows}
    outcome = _narrowed(context, reading, query, allowed)
    if outcome.empty and reading.template.otherwise:
        query = query_of(reading, reading.template.otherwise)
        other = {row["fact"] for row in context.graph.select(query)}
        outcome = _narrowed(context, reading, query, other)
        return replace(outcome, extra={"otherwise": True} if outcome.facts else {})
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
    answers.sort(key=lambda a: (order[a.facts[0].id], a.entity.label))
    return replace(outcome, answers=tuple(answers))


_TYPES = {
    "Country": ("Country",),
    "Person": ("Person", "Leader"),
    "Organization": ("Organization",),
    "Agreement": ("Agreement",),
    "Event": ("Event",),
    "Place": ("Place", "Country"),
    "Project": ("Project",),
    "Document": ("Document",),
}
"""What an answer has to be, by the class that the question asks for."""

_NEAREST = 250
"""Of a query that only the rest of the question narrows, so many facts that meet it best are tried."""


def _at_hand(reading: Reading, query: str) -> str:
    """The query put to the facts that meet the rest of the question best, where it has no slot."""
    if not reading.rest or reading.slots:
        return query
    hits = retrieve(reading.rest, most=_NEAREST)
    head, brace, tail = query.partition("{")
    return f"{head}{brace} {values_clause('fact', [h.fact for h in hits])} {tail}"


def query_of(reading: Reading, instead: str = "") -> str:
    """The SPARQL of a reading, as it is run and shown; ``instead`` takes the place of its pattern."""
    template = reading.template
    parts = [instead or template.where]
    parts += [f.slot.where for f in reading.slots if f.slot.where and not instead]
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


def _narrowed(
    context: Context, reading: Reading, query: str, allowed: set[str], most: int = _MOST
) -> Outcome:
    """The facts allowed that meet the rest of the question, its time and its source."""
    period, relation = period_of(context, reading)
    as_of = context.as_of
    if relation == "as-of" or (period and "as-of" in reading.template.takes):
        as_of = period
    rest_weight = sum(unit.weight for unit in reading.rest)
    taken = context.weight - rest_weight
    hits: list[Hit]
    if reading.rest:
        hits = retrieve(reading.rest, allowed)
        hits = _suited(context, reading, [hit for hit in hits if hit.named])
        kept = float(reading.template.options.get("keeps", _KEPT))
        hits = [h for h in hits if h.score >= kept * hits[0].score] if hits else []
    else:
        hits = [Hit(fact, 1.0, (), True) for fact in sorted(allowed)]
    if len(hits) > most and reading.rest:
        hits = hits[:most]
    found = facts_of(context.graph, (h.fact for h in hits), as_of=as_of, copies=context.copies)
    if period and as_of is not period:
        found = tuple(f for fact in found if (f := in_period(fact, period)))
    sources = {m.name for m in context.heard.of("source") if m.name}
    if sources and "source" in reading.template.takes:
        found = tuple(f for f in found if f.source in sources)
    score = hits[0].score if hits else 0.0
    whole = context.weight or 1.0
    if reading.rest and found:
        rank = {hit.fact: place for place, hit in enumerate(hits)}
        least = _LEADS * score
        leads = {h.fact for h in hits if h.score >= least}

        def order(fact: Fact) -> tuple[bool, int]:
            """What is denied comes first among the best: it is the answer, not a gap."""
            return (not (fact.kind == "Denial" and fact.id in leads), rank[fact.id])

        found = tuple(sorted(found, key=order))
    return Outcome(
        reading,
        query,
        (taken + rest_weight * score) / whole if hits else taken / whole,
        facts=found,
        missing=hits[0].missing if hits else tuple(u.text for u in reading.rest),
        period=period or as_of,
    )


_WRONG_STAGE = 0.6
"""What a fact's score is worth where it tells another stage than the question names."""


def _suited(context: Context, reading: Reading, hits: list[Hit]) -> list[Hit]:
    """The hits that meet the noun asked for; those that tell another stage are worth less."""
    head = head_of(context.heard, reading.focus)
    asked = next((u for u in reading.rest if head is not None and u.first <= head < u.last), None)
    if asked is not None and reading.focus != "who":
        hits = [hit for hit in hits if hit.fact in asked.met]
    told = [m for m in context.heard.of("concept") if any(c.scheme == "stage" for c in m.concepts)]
    if reading.focus == "when":
        told = told[-1:]  # “When was what was ordered in 2002 *delivered*?”
    stages = {c.id for m in told for c in m.concepts if c.scheme == "stage"}
    if stages and hits:
        rows = context.graph.select(
            f"SELECT ?fact ?stage WHERE {{ {values_clause('fact', [h.fact for h in hits])} "
            "?fact dg:stage ?stage }"
        )
        of = {row["fact"]: row["stage"] for row in rows}
        other = {iri for iri, stage in of.items() if stage not in stages}
        hits = [
            replace(h, score=h.score * _WRONG_STAGE) if h.fact in other else h for h in hits
        ]
        hits.sort(key=lambda h: (-h.score, h.fact))
    if reading.template.options.get("causal") and hits:
        values = " ".join(f'"{word}"' for word in _CAUSES)
        rows = context.graph.select(
            f"""SELECT DISTINCT ?fact WHERE {{ {values_clause("fact", [h.fact for h in hits])}
                VALUES ?word {{ {values} }} GRAPH <{INDEX_GRAPH}> {{ ?fact dg:word ?word }} }}"""
        )
        causal = {row["fact"] for row in rows}
        hits = [replace(h, score=h.score * (1.0 if h.fact in causal else _NO_CAUSE)) for h in hits]
        hits.sort(key=lambda h: (-h.score, h.fact))
    return hits


_NO_CAUSE = 0.9
_CAUSES = ("becaus", "caus", "reason", "explain", "sinc", "owe", "why", "purpos", "aim", "lest", "led")
"""Words by which a statement tells a cause; one without them is worth less to a why."""


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


# --- library calls -------------------------------------------------------------------------------


def _two(reading: Reading) -> tuple[Entity, Entity] | None:
    x, y = reading.filled("x"), reading.filled("y")
    if x is None or y is None or not x.entities or not y.entities:
        return None
    return x.entities[0], y.entities[0]


def _links(context: Context, reading: Reading) -> Outcome:
    from diplograph.linking import find_links

    two = _two(reading)
    assert two is not None
    x, y = two
    period, relation = period_of(context, reading)
    as_of = period if relation in ("as-of", "by") else context.as_of
    if relation == "before" and period is not None:
        as_of = period
    found = find_links(context.graph, x.id, y.id, as_of, context.include, False, context.copies)
    concluded, pending, hidden = list(found.concluded), list(found.pending), list(found.hidden)
    if period is not None and as_of is not period:
        concluded = [link for link in concluded if _link_in(link, period)]
        pending = [link for link in pending if _link_in(link, period)]
    narrow = query_of(reading) if reading.template.where else ""
    score = 1.0
    if narrow:
        things = {row["answer"] for row in context.graph.select(narrow)}
        hidden = [link for link in hidden if link.id in things]
        concluded = [link for link in concluded if link.id in things]
        pending = [link for link in pending if link.id in things]
    missing: tuple[str, ...] = ()
    if reading.rest:
        rows = context.graph.select(
            f"""SELECT ?fact ?of WHERE {{
                {values_clause("of", [link.id for link in (*concluded, *pending, *hidden)])}
                ?fact dg:of ?of }}"""
        )
        of = {row["fact"]: row["of"] for row in rows}
        hits = [h for h in retrieve(reading.rest, of.keys()) if h.named]
        best: dict[str, float] = {}
        for hit in hits:
            best[of[hit.fact]] = max(best.get(of[hit.fact], 0.0), hit.score)
        score = max(best.values(), default=0.0)
        missing = hits[0].missing if hits else tuple(u.text for u in reading.rest)
        kept = {thing for thing, value in best.items() if value >= 0.7 * score}
        hidden = [link for link in hidden if link.id in kept]
        concluded = [link for link in concluded if link.id in kept]
        pending = [link for link in pending if link.id in kept]
    rest_weight = sum(unit.weight for unit in reading.rest)
    whole = context.weight or 1.0
    sparql = narrow or (
        f"SELECT ?agreement WHERE {{ ?agreement a dg:Agreement ; dg:party <{x.id}> , <{y.id}> }}"
    )
    notes: tuple[str, ...] = ()
    if hidden:
        through = sorted({v.label for link in hidden for v in link.via})
        named = "; ".join(link.label for link in hidden)
        notes = (
            f"of predecessors ({' and '.join(through)}), and not counted here: {named}; include them "
            "with --predecessors.",
        )
    return Outcome(
        reading,
        sparql,
        (whole - rest_weight + rest_weight * score) / whole,
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


def _path(context: Context, reading: Reading) -> Outcome:
    from diplograph.paths import shortest_paths

    two = _two(reading)
    assert two is not None
    found = shortest_paths(
        context.graph, two[0].id, two[1].id, as_of=context.as_of, include=context.include,
        copies=context.copies,
    )  # fmt: skip
    sparql = "the projection “facts”, searched for the shortest chains of facts"
    return Outcome(reading, sparql, 1.0, extra={"paths": found} if found else {})


def _conflicts(context: Context, reading: Reading) -> Outcome:
    from diplograph.disagreement import disagreements

    found = disagreements(context.graph, None, context.copies)
    query = "SELECT ?conflict ?side WHERE { ?conflict a dg:Conflict ; dg:between ?side }"
    score, missing = 1.0, ()
    if reading.rest:
        of: dict[str, list[str]] = {}
        for conflict in found:
            for side in conflict.sides:
                of.setdefault(side.id, []).append(conflict.id)
        hits = [h for h in retrieve(reading.rest, of.keys()) if h.named]
        score = hits[0].score if hits else 0.0
        missing = hits[0].missing if hits else tuple(u.text for u in reading.rest)
        kept = {c for h in hits if h.score >= _KEPT * score for c in of[h.fact]}
        found = tuple(c for c in found if c.id in kept)
    rest_weight = sum(unit.weight for unit in reading.rest)
    whole = context.weight or 1.0
    facts = _once(side for c in found for side in c.sides)
    return Outcome(
        reading,
        query,
        (whole - rest_weight + rest_weight * score) / whole,
        facts=facts,
        extra={"conflicts": found} if found else {},
        missing=missing,
    )


def _status(context: Context, reading: Reading) -> Outcome:
    """The stages that a thing had reached at a date, the furthest by each source first."""
    filled = reading.filled("thing")
    assert filled is not None
    period, _ = period_of(context, reading)
    as_of = period or context.as_of
    things = " ".join(f"<{e.id}>" for e in filled.entities)
    query = (
        f"SELECT ?fact ?order ?own WHERE {{ VALUES ?thing {{ {things} }} {{ ?fact dg:of ?thing "
        "BIND(1 AS ?own) } UNION { ?fact dg:about ?thing } ?fact dg:stage/dg:order ?order }"
    )
    rows = context.graph.select(query)
    own = {row["fact"] for row in rows if "own" in row}
    order = {row["fact"]: int(row["order"]) for row in rows if not own or row["fact"] in own}
    found = facts_of(context.graph, order, as_of=as_of, copies=context.copies)
    ranked = sorted(
        found,
        key=lambda f: (f.grade in ("rumoured", "denied"), f.holds != "definitely", -order[f.id]),
    )
    return Outcome(reading, query, 1.0, facts=tuple(ranked), period=as_of)


def _describe(context: Context, reading: Reading) -> Outcome:
    from diplograph.chronology import facts_about

    filled = reading.filled("thing")
    assert filled is not None
    entity = filled.entities[0]
    period, relation = period_of(context, reading)
    as_of = period if relation == "as-of" else context.as_of
    found = facts_about(context.graph, entity.id, as_of=as_of, copies=context.copies)
    if period is not None and as_of is not period:
        found = tuple(f for fact in found if (f := in_period(fact, period)))
    query = f"SELECT ?fact WHERE {{ ?fact ?property <{entity.id}> ; a dg:Fact }}"
    return Outcome(reading, query, 1.0, facts=found, period=period or as_of)


def _timeline(context: Context, reading: Reading) -> Outcome:
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


# --- figures -------------------------------------------------------------------------------------


def amount(fact: Fact) -> float | None:
    """The number of a figure: its value, or its bound where it has only one."""
    values = fact.values
    found = values.get("value", values.get("minimum", values.get("maximum")))
    return float(found) if isinstance(found, (int, float)) else None


def _total(context: Context, reading: Reading) -> Outcome:
    """The sum of the figures found: exact ones, estimates apart, unknown ones counted."""
    outcome = _facts(context, reading)
    exact = estimated = 0.0
    unknown = 0
    for fact in outcome.facts:
        values = fact.values
        if values.get("unknown"):
            unknown += 1
        elif "value" in values and fact.grade != "estimated" and not values.get("approximate"):
            exact += values["value"]
        elif "value" in values:
            estimated += values["value"]
        elif "minimum" in values or "maximum" in values:
            unknown += 1
    if not outcome.facts:
        return outcome
    total = {"exact": exact, "estimated": estimated, "unknown": unknown}
    return replace(outcome, extra={"total": total})


def _rank(context: Context, reading: Reading) -> Outcome:
    """The figures found in order of size; the greatest first unless the template says otherwise."""
    outcome = _facts(context, reading)
    sized = [f for f in outcome.facts if "value" in f.values]
    if reading.template.options.get("limit"):
        return _limited(context, reading, outcome, sized)
    sized.sort(key=lambda f: f.values["value"], reverse=not reading.template.options.get("least"))
    return replace(outcome, facts=tuple(sized), extra={"ranked": True} if sized else {})


_BELOW = frozenset({"under", "below", "less", "fewer"})


def _limited(
    context: Context, reading: Reading, outcome: Outcome, sized: Sequence[Fact]
) -> Outcome:
    """The figures below or above the number that the question gives."""
    keys = [t.key for t in context.heard.tokens]
    dated = {i for m in context.heard.of("date") for i in range(m.first, m.last)}
    numbers = [
        float(t.text.replace(",", "")) for i, t in enumerate(context.heard.tokens)
        if i not in dated and t.key.isdecimal()
    ]  # fmt: skip
    if not numbers:
        return replace(outcome, facts=(), confidence=0.0)
    below = bool(_BELOW & set(keys))
    kept = [f for f in sized if ((amount(f) or 0.0) < numbers[0]) == below]
    kept.sort(key=lambda f: f.when.earliest or "" if f.when else "")
    return replace(outcome, facts=tuple(kept), extra={"limit": True} if kept else {})


def _change(context: Context, reading: Reading) -> Outcome:
    """The figures found in order of time."""
    outcome = _facts(context, reading)
    timed = sorted(
        (f for f in outcome.facts if f.when and amount(f) is not None),
        key=lambda f: (f.when.earliest or "", f.id) if f.when else ("", ""),
    )
    return replace(outcome, facts=tuple(timed), extra={"series": True} if timed else {})


def _compare(context: Context, reading: Reading) -> Outcome:
    """The best figure for each of the things, dates or sources that are compared."""
    query = query_of(reading)
    allowed = {row["fact"] for row in context.graph.select(query)}
    operands = _operands(context, reading)
    shared = [u for u in reading.rest if not any(u.first in o for o, _, _ in operands)]
    sides: list[tuple[str, list[tuple[float, Fact]]]] = []
    for places, own, keep in operands:
        label = " ".join(context.heard.tokens[i].text for i in sorted(places))
        hits = [h for h in retrieve([*shared, *own], allowed) if h.named][:_TRIED]
        found = {
            f.id: f
            for f in facts_of(context.graph, [h.fact for h in hits], copies=context.copies)
            if keep(f)
        }
        sides.append((label, [(h.score, found[h.fact]) for h in hits if h.fact in found]))
    pair = _best_pair([found for _, found in sides])
    if pair is None:
        return Outcome(reading, query, 0.0, missing=tuple(label for label, _ in sides))
    confidence = sum(score for score, _ in pair) / len(pair)
    rest_weight = sum(unit.weight for unit in reading.rest)
    whole = context.weight or 1.0
    labelled = [
        (label or fact.source, (fact,)) for (label, _), (_, fact) in zip(sides, pair, strict=False)
    ]
    return Outcome(
        reading,
        query,
        (whole - rest_weight + rest_weight * confidence) / whole,
        facts=_once(fact for _, fact in pair),
        extra={"sides": labelled},
    )


_TRIED = 12


def _best_pair(
    sides: Sequence[Sequence[tuple[float, Fact]]],
) -> tuple[tuple[float, Fact], tuple[float, Fact]] | None:
    """The two facts, one of either side, of one measure that meet the question best together."""
    if len(sides) != 2:
        return None
    pairs = [
        (one, two)
        for one in sides[0]
        for two in sides[1]
        if one[1].id != two[1].id
        and one[1].values.get("measure") == two[1].values.get("measure")
        and one[1].values.get("unit") == two[1].values.get("unit")
    ]

    def merit(pair: tuple[tuple[float, Fact], tuple[float, Fact]]) -> tuple[float, bool, str]:
        (one, fact), (two, other) = pair
        stated = fact.grade != "inferred" and other.grade != "inferred"
        return (round(one + two, 1), stated, fact.id)

    return max(pairs, key=merit, default=None)


_Operand = tuple[frozenset[int], list[Unit], Callable[[Fact], bool]]


def _operands(context: Context, reading: Reading) -> list[_Operand]:
    by = reading.template.options.get("by", "entities")
    heard, units = context.heard, context.units

    def unit_at(mention: Mention) -> list[Unit]:
        return [u for u in units if u.first < mention.last and mention.first < u.last]

    def places(mention: Mention) -> frozenset[int]:
        return frozenset(range(mention.first, mention.last))

    found: list[_Operand] = []
    if by == "dates":
        for mention in heard.of("date"):
            found.append((places(mention), unit_at(mention), lambda _: True))
    elif by == "sources":
        for name, places_of in _named_sources(context).items():
            found.append((places_of, [], _told_by(name)))
    elif by == "all-sources":
        told = {row["id"] for row in context.graph.select(_SOURCES)}
        found += [(frozenset(), [], _told_by(name)) for name in sorted(told)]
    else:
        for name in ("a", "b"):
            filled = reading.filled(name)
            for mention in filled.mentions if filled else ():
                found.append((places(mention), unit_at(mention), lambda _: True))
    return found


_SOURCES = "SELECT ?id ?author { ?s dg:coverage ?c ; dct:identifier ?id ; schema:author ?author }"


def _told_by(name: str) -> Callable[[Fact], bool]:
    return lambda fact: fact.source == name


def _named_sources(context: Context) -> dict[str, frozenset[int]]:
    """The sources that the question names, by their forms or their authors."""
    author = {row["author"]: row["id"] for row in context.graph.select(_SOURCES)}
    found: dict[str, set[int]] = {}
    for mention in context.heard.of("source", "entity"):
        names = [mention.name] if mention.name else []
        names += [author[e.id] for e in mention.entities if e.id in author]
        for name in names:
            found.setdefault(name, set()).update(range(mention.first, mention.last))
    return {name: frozenset(places) for name, places in found.items()}


def _distinct(context: Context, reading: Reading) -> Outcome:
    """Whether two names are held to be of one thing: the facts by which they are told apart."""
    outcome = _facts(context, reading)
    a, b = reading.filled("a"), reading.filled("b")
    if a is None or b is None or not outcome.facts:
        return outcome
    ids = ({e.id for e in a.entities}, {e.id for e in b.entities})
    one = [f for f in outcome.facts if ids[0] & _named_in(context, f)]
    two = [f for f in outcome.facts if ids[1] & _named_in(context, f)]
    if not one or not two:
        return replace(outcome, facts=())
    return replace(
        outcome,
        facts=(one[0], two[0]),
        extra={"apart": (a.shown, b.shown), "same": ids[0] == ids[1]},
    )


def _named_in(context: Context, fact: Fact) -> set[str]:
    return {entity.id for entity in fact.others}


_CALLS: dict[str, Callable[[Context, Reading], Outcome]] = {
    "links": _links,
    "path": _path,
    "conflicts": _conflicts,
    "status": _status,
    "describe": _describe,
    "timeline": _timeline,
    "total": _total,
    "rank": _rank,
    "change": _change,
    "compare": _compare,
    "distinct": _distinct,
}


def _once(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    return tuple({fact.id: fact for fact in facts}.values())


def shown_slots(slots: Sequence[Filled]) -> dict[str, str]:
    """The slots of a reading with the labels of what fills them."""
    return {f.slot.name: f.shown for f in slots}
