"""Facts by the pattern of a template, narrowed by what is left of the question."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from diplograph import dates
from diplograph.asking.focus import head_of
from diplograph.asking.matching import Filled, Reading
from diplograph.asking.outcome import Answered, Context, Outcome
from diplograph.asking.parts import Mention
from diplograph.asking.postings import postings
from diplograph.asking.retrieval import Hit, retrieve
from diplograph.asking.wording import wording
from diplograph.facts import entities_of, facts_of, values_clause
from diplograph.model import STATES, Fact
from diplograph.namespaces import INDEX_GRAPH, PREFIXES, shorten
from diplograph.stems import stems

__all__ = ["by_pattern", "in_period", "period_of", "query_of", "standing_at", "with_its_passage"]

_KEPT = 0.85
"""What scores at least this share of the best answers the question too."""
_KEPT_NEAR = 0.7
"""The same of what is only near."""
_LEADS = 0.9
"""What is denied comes first if it scores at least this share of the best."""
_MOST = 60


def by_pattern(context: Context, reading: Reading) -> Outcome:
    """The facts and entities that the pattern of a template gives."""
    query = query_of(reading)
    rows = context.graph.select(_at_hand(reading, query))
    allowed = {row["fact"] for row in rows}
    outcome = _narrowed(context, reading, query, allowed)
    too_little = bool(reading.rest) and outcome.confidence < reading.template.needs
    if (outcome.empty or too_little) and reading.template.otherwise:
        instead = query_of(reading, reading.template.otherwise)
        other = {row["fact"] for row in context.graph.select(instead)}
        second = _narrowed(context, reading, instead, other, kept=_KEPT_NEAR)
        if outcome.empty or second.confidence > outcome.confidence:
            return replace(second, extra={"otherwise": True} if second.facts else {})
    if reading.focus == "when" and not reading.rest:
        outcome = replace(outcome, facts=_most_exact(outcome.facts))
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
    kinds = _kinds_asked(context, reading)
    if kinds and answers:
        fitting = _of_kinds(context, [a.entity.id for a in answers], kinds)
        answers = [a for a in answers if a.entity.id in fitting]
        told = {fact.id for a in answers for fact in a.facts}
        outcome = replace(outcome, facts=tuple(f for f in outcome.facts if f.id in told))
    if reading.template.options.get("exclusive") and outcome.period:
        return _one_at_a_time(outcome, answers)
    answers.sort(key=lambda a: (order[a.facts[0].id], a.entity.label))
    return replace(outcome, answers=tuple(answers))


def _one_at_a_time(outcome: Outcome, answers: list[Answered]) -> Outcome:
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


def _most_exact(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """The facts with a date, in order of time, without those of a vague one; or all."""

    def days(fact: Fact) -> int:
        when = dates.parse(fact.when.edtf) if fact.when else None
        if when is None or when.earliest is None or when.latest is None:
            return 10 * _VAGUE
        return (when.latest - when.earliest).days

    exact = [f for f in facts if days(f) <= _VAGUE]
    exact.sort(key=lambda f: (f.when.earliest or "", f.id) if f.when else ("", f.id))
    return tuple(exact) or facts


_LOOSE_KINDS = frozenset({"agreement", "contract", "arrangement", "understanding"})
"""Kinds of agreements whose words people use of all."""


def _kinds_asked(context: Context, reading: Reading) -> list[str]:
    """The kind of agreement that the noun asked for names, where it is no word for all of them."""
    head = head_of(context.heard, reading.focus)
    if head is None or reading.template.call or reading.filled("kind"):
        return []
    named = [m for m in context.heard.of("concept") if m.first <= head < m.last]
    concepts = [c for m in named for c in m.concepts if c.scheme == "agreement-kind"]
    if any(c.label in _LOOSE_KINDS for c in concepts):
        return []
    return [c.id for c in concepts]


def _of_kinds(context: Context, things: list[str], kinds: list[str]) -> set[str]:
    rows = context.graph.select(
        f"""SELECT DISTINCT ?thing WHERE {{ {values_clause("kind", kinds)}
            {values_clause("thing", things)} ?thing dg:kind/skos:broader* ?kind }}"""
    )
    return {row["thing"] for row in rows}


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

_NEAREST = 250
"""How many facts that meet the rest of the question best are tried, where only it narrows."""


def _at_hand(reading: Reading, query: str) -> str:
    """The query put to the facts that meet the rest of the question best, where it has no slot."""
    if not reading.rest or reading.slots:
        return query
    hits = retrieve(reading.rest, most=_NEAREST)
    head, brace, tail = query.partition("{")
    return f"{head}{brace} {values_clause('fact', [h.fact for h in hits])} {tail}"


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
    period, relation = period_of(context, reading)
    as_of = context.as_of
    narrows = period is not None
    if relation == "as-of" or (period and "as-of" in reading.template.takes):
        as_of, narrows = standing_at(period), False
    hits: list[Hit]
    if reading.rest and reading.template.options.get("passes"):
        hits = [Hit(fact, 0.0, (), True) for fact in sorted(allowed)]
    elif reading.rest:
        hits = retrieve(reading.rest, allowed)
        hits = _suited(context, reading, [hit for hit in hits if hit.named])
        kept = float(reading.template.options.get("keeps", kept))
        hits = [h for h in hits if h.score >= kept * hits[0].score] if hits else []
    else:
        hits = [Hit(fact, 1.0, (), True) for fact in sorted(allowed)]
    if len(hits) > _MOST and reading.rest:
        hits = hits[:_MOST]
    if period and narrows and len(hits) > _FILTERED_FROM:
        dated = _dated_in(context, [h.fact for h in hits], period)
        hits = [h for h in hits if h.fact in dated] or hits[:1]
    found = facts_of(context.graph, (h.fact for h in hits), as_of=as_of, copies=context.copies)
    if period and narrows:
        found = tuple(f for fact in found if (f := in_period(fact, period)))
    sources = {m.name for m in context.heard.of("source") if m.name}
    if sources and "source" in reading.template.takes:
        found = tuple(f for f in found if f.source in sources)
    score = hits[0].score if hits else 0.0
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
        context.share(reading, score),
        facts=found,
        missing=hits[0].missing if hits else tuple(u.text for u in reading.rest),
        plain=hits[0].plain if hits else (0, 0),
        period=period or as_of,
    )


_FILTERED_FROM = 12
"""From how many facts on it is quicker to look at their dates before all that is told of them."""


def _dated_in(context: Context, facts: list[str], period: dates.Period) -> set[str]:
    """The facts whose time has a day in common with the period, be it only possibly."""
    rows = context.graph.select(
        f"SELECT ?fact ?when WHERE {{ {values_clause('fact', facts)} ?fact dg:when ?when }}"
    )
    return {r["fact"] for r in rows if dates.overlaps(dates.parse(r["when"]), period) != "no"}


_WRONG_STAGE = 0.6
"""What a fact's score is worth where it tells another stage than the question names."""


_AGREED = {PREFIXES["stage"] + name for name in ("agreed", "signed", "concluded")}
"""Stages that people do not tell apart when they ask."""


def _suited(context: Context, reading: Reading, hits: list[Hit]) -> list[Hit]:
    """The hits that meet the noun asked for; those that tell another stage are worth less."""
    head = head_of(context.heard, reading.focus)
    asked = next((u for u in reading.rest if head is not None and u.first <= head < u.last), None)
    if asked is not None and reading.focus != "who":
        hits = [hit for hit in hits if hit.fact in asked.met]
    measures = {
        c.id: c.label for m in context.heard.of("concept") for c in m.concepts
        if c.scheme == "measure"
    }  # fmt: skip
    if measures and hits:
        hits = _of_measures(context, hits, measures)
    told = [m for m in context.heard.of("concept") if any(c.scheme == "stage" for c in m.concepts)]
    told = [m for m in told if not _ends_something(context, m)]
    if reading.focus == "when" and len(told) > 1:
        # “When was what was ordered in 2002 *delivered*?”: the stage without a date of its own
        dated = {m.first for m in context.heard.of("date")}
        told = [m for m in told if not dated & {m.last, m.last + 1}] or told
    stages = {c.id for m in told for c in m.concepts if c.scheme == "stage"}
    if stages & _AGREED:
        stages |= _AGREED
    if stages and hits:
        rows = context.graph.select(
            f"SELECT ?fact ?stage WHERE {{ {values_clause('fact', [h.fact for h in hits])} "
            "?fact dg:stage ?stage }"
        )
        of = {row["fact"]: row["stage"] for row in rows}
        other = {iri for iri, stage in of.items() if stage not in stages}
        if reading.focus == "yes-no":  # what tells another stage, or what only counts, is no yes
            counts = context.graph.select(
                f"SELECT ?fact WHERE {{ {values_clause('fact', [h.fact for h in hits])} "
                "VALUES ?class { dg:TransferFact dg:Observation } ?fact a ?class }"
            )
            other |= {row["fact"] for row in counts}
            hits = [hit for hit in hits if hit.fact not in other]
        hits = [replace(h, score=h.score * _WRONG_STAGE) if h.fact in other else h for h in hits]
        hits.sort(key=lambda h: (-h.score, h.fact))
    if reading.focus in ("when", "yes-no") and hits:
        hedged = postings(context.graph).of_words(["nearli", "almost"])
        nearly = {fact for word in ("nearli", "almost") for fact in hedged[word]}
        hits = [replace(h, score=h.score * _NEARLY_SO) if h.fact in nearly else h for h in hits]
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


def _of_measures(context: Context, hits: list[Hit], measures: dict[str, str]) -> list[Hit]:
    """The hits in their order, figures of other measures than those named worth less."""
    rows = context.graph.select(
        f"SELECT ?fact ?measure ?label WHERE {{ {values_clause('fact', [h.fact for h in hits])} "
        "?fact dg:measure ?measure . ?measure skos:prefLabel ?label }"
    )
    words = {other for token in context.heard.tokens for other in wording().like(token.stem)}

    def fits(measure: str, label: str) -> bool:
        """Whether it is one that is named, or one whose other words the question has too."""
        own = [w for w in stems(label) if w not in wording().fillers]
        return measure in measures or all(w in words for w in own)

    other = {row["fact"] for row in rows if not fits(row["measure"], row["label"])}
    hits = [replace(h, score=h.score * _OTHER_MEASURE) if h.fact in other else h for h in hits]
    return sorted(hits, key=lambda h: (-h.score, h.fact))


_OTHER_MEASURE = 0.85
"""What a fact's score is worth where its figure is of another measure than the question names."""


def _ends_something(context: Context, mention: Mention) -> bool:
    """Whether “ended” tells what an agreement did, as in “ended the dispute”, and not its stage."""
    tokens = context.heard.tokens
    after = tokens[mention.last].key if mention.last < len(tokens) else ""
    return any(c.label == "ended" for c in mention.concepts) and after in ("the", "a", "an", "their")


_NEARLY_SO = 0.75
"""What a fact's score is worth to when and whether, where it was so only nearly."""
_NO_CAUSE = 0.9
_CAUSES = (
    "becaus",
    "caus",
    "reason",
    "explain",
    "sinc",
    "owe",
    "why",
    "purpos",
    "aim",
    "lest",
    "led",
)
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


_ALSO = 6


def with_its_passage(context: Context, outcome: Outcome) -> Outcome:
    """The outcome with what the passage of its best fact says besides, where it is few facts.

    A sentence of a source gives several facts; who asks for one mostly wants the others too.
    """
    if not 0 < len(outcome.facts) <= _FEW or outcome.extra or outcome.links:
        return outcome
    best = outcome.facts[0]
    if all(evidence.unit == "row" for evidence in best.evidence):
        return _with_its_row(context, outcome, best)
    overlap = " || ".join(f"(?start < {e.end} && ?end > {e.start})" for e in best.evidence)
    rows = context.graph.select(
        f"""SELECT DISTINCT ?fact ?start WHERE {{
            {{ SELECT DISTINCT ?source WHERE {{ <{best.id}> dg:evidence/oa:hasSource ?source }} }}
            ?passage oa:hasSource ?source ; oa:hasSelector ?position .
            ?position oa:start ?start ; oa:end ?end . FILTER({overlap or "false"})
            ?fact dg:evidence ?passage FILTER NOT EXISTS {{ ?fact a dg:Tenure }}
            FILTER NOT EXISTS {{ ?fact a dg:Affiliation }}
        }}"""
    )
    shown = {fact.id for fact in outcome.facts}
    near = {
        row["fact"]: min(abs(int(row["start"]) - e.start) for e in best.evidence)
        for row in rows
        if row["fact"] not in shown
    }
    score = {hit.fact: hit.score for hit in retrieve(context.units, near.keys(), most=len(near))}
    ranked = sorted(near, key=lambda f: (-round(score.get(f, 0.0), 1), near[f], f))
    nearest = ranked[: _ALSO + len(shown)]
    told = {fact.statement for fact in outcome.facts}
    by_id = {f.id: f for f in facts_of(context.graph, nearest, copies=context.copies)}
    found = [by_id[iri] for iri in nearest if iri in by_id]
    also = tuple(f for f in found if f.statement not in told)[:_ALSO]
    return replace(outcome, also=also)


def _with_its_row(context: Context, outcome: Outcome, best: Fact) -> Outcome:
    """The outcome with what the same row of a table says besides."""
    rows = context.graph.select(
        f"""SELECT DISTINCT ?fact WHERE {{
            <{best.id}> dg:evidence ?row . ?fact dg:evidence ?row ; dg:grade ?grade }}"""
    )
    shown = {fact.id for fact in outcome.facts}
    others = sorted({row["fact"] for row in rows} - shown)[:_ALSO]
    return replace(outcome, also=facts_of(context.graph, others, copies=context.copies))


_FEW = 3
