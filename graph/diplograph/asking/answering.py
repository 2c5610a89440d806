"""From a question in English to its record."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from diplograph import dates
from diplograph.asking.affirming import asks_negatively, without_its_lead
from diplograph.asking.choosing import Choice
from diplograph.asking.denying import says_no_such
from diplograph.asking.dividing import choose
from diplograph.asking.focus import focus_of
from diplograph.asking.matching import Filled, shown_slots
from diplograph.asking.outcome import Context, Outcome
from diplograph.asking.record import (
    AskAnswer,
    Asked,
    Explanation,
    Heard,
    NotAnswered,
    Understood,
)
from diplograph.asking.running import run
from diplograph.asking.telling import is_told, tell, tell_besides
from diplograph.asking.templates import Template
from diplograph.copies import Copies
from diplograph.errors import NotUnderstood, UnknownName
from diplograph.facts import entities_of, facts_of
from diplograph.model import Absence, AbsenceReason, Entity, Fact, Include, Link
from diplograph.store import Graph

__all__ = ["answer"]


def answer(
    graph: Graph,
    question: str,
    templates: Sequence[Template],
    as_of: dates.Period | None = None,
    include: Include = Include.CONCLUDED,
    copies: Copies | None = None,
    explain: bool = False,
) -> Asked:
    """The record of a question; a refusal and an unknown name are records as well."""
    try:
        choice = choose(graph, question, templates, as_of, include, copies)
    except NotUnderstood as error:
        refused = NotAnswered(error.part, str(error), error.nearest)
        near = {fact.id: fact for fact in facts_of(graph, error.facts, copies=copies)}
        ranked = [near[iri] for iri in error.facts if iri in near]
        return Asked(
            question, None, f"Not understood: {error}", (), None, None, refused=refused,
            also=tuple(_of_fact(fact) for fact in ranked),
        )  # fmt: skip
    except UnknownName as error:
        absence = Absence(AbsenceReason.UNKNOWN_NAME, str(error), error.suggestions)
        return Asked(question, None, f"Unknown name: {error}", (), None, absence)
    outcome = choice.outcome
    understood = Understood(outcome.reading.template.name, shown_slots(outcome.reading.slots))
    second = outcome.second.notes if outcome.second else ()
    before = _predecessors(graph, choice, as_of, include)
    notes = dict.fromkeys((*choice.heard.notes, *outcome.notes, *second, *before))
    told = Asked(
        question=question,
        understood=understood,
        text="",
        answers=(*_answers(outcome), *_second(outcome)),
        sparql=outcome.sparql,
        absence=None,
        also=tuple(_of_fact(fact) for fact in outcome.also),
        notes=tuple(note for note in notes if note),
        explanation=_explained(choice) if explain else None,
    )
    if outcome.empty:
        absence = _absence(graph, choice, copies)
        lead = {
            AbsenceReason.DENIED: "No: ",
            AbsenceReason.NO_RECORD: "Nothing on record: ",
            AbsenceReason.OUTSIDE_COVERAGE: "Outside what the sources cover: ",
            AbsenceReason.UNKNOWN_NAME: "Unknown name: ",
        }[absence.reason]
        text = f"{lead}{absence.detail}{_told_of_it(outcome)}"
        return replace(told, text=text, absence=absence)
    if outcome.reading.focus == "yes-no" and outcome.pending and not outcome.links:
        absence = _absence(graph, choice, copies)
        if absence.reason is AbsenceReason.DENIED:
            text = f"No: {absence.detail} {tell(outcome)}"
            return replace(told, text=text, absence=absence)
    context = Context(graph, choice.heard, choice.units, as_of, include, copies)
    denied = outcome.facts[0] if outcome.facts and not outcome.answers else None
    absence_told = None
    focus = outcome.reading.focus
    if denied is not None and (
        says_no_such(context, focus, denied) or (focus == "yes-no" and denied.kind == "Denial")
    ):
        absence_told = Absence(AbsenceReason.DENIED, denied.statement, evidence=denied.evidence)
    if outcome.second and outcome.second.by_itself and outcome.second.empty:
        absence = _absence(graph, replace(choice, outcome=outcome.second), copies)
        not_told = f"On “{choice.second}” nothing is on record: {absence.detail}"
        text = _with_its_passage(tell(outcome), replace(outcome, second=None))
        return replace(told, text=f"{text} {not_told}{_told_of_it(outcome.second)}")
    text = _with_its_passage(tell(outcome), outcome, choice.second)
    if focus == "yes-no" and (outcome.left_open or asks_negatively(question)):
        text = without_its_lead(text)
    return replace(told, text=text, absence=absence_told)


def _told_of_it(outcome: Outcome) -> str:
    """What the sources do tell of the matter of which something is not on record."""
    if outcome.lacking is None or not outcome.also:
        return ""
    if outcome.lacking.apart:
        return f" What is told of each: {' '.join(f.statement for f in outcome.also)}"
    return f" What is told of the matter: {outcome.also[0].statement}"


def _with_its_passage(text: str, outcome: Outcome, asked: str = "") -> str:
    """The sentence, what answers a second question (``asked``), and what belongs to it."""
    if outcome.side and outcome.second:
        second = _with_its_passage(tell(outcome.second), outcome.second)
        text = f"{outcome.side}: {text} {outcome.second.side}: {second}"
    elif outcome.second and outcome.second.by_itself:
        second = _with_its_passage(tell(outcome.second), outcome.second)
        text = f"{text} On “{asked}” {second}"
    elif outcome.second is not None:
        text = f"{text} {tell_besides(outcome.second, text)}".strip()
    more = " ".join(f.statement for f in outcome.completing if not is_told(f, text))
    return f"{text} The same passage says: {more}" if more else text


# --- answers -------------------------------------------------------------------------------------


def _answers(outcome: Outcome) -> tuple[AskAnswer, ...]:
    if outcome.links or outcome.pending:
        return tuple(_of_link(link) for link in (*outcome.links, *outcome.pending))
    if outcome.answers:
        return tuple(
            _of_fact(fact, answered.entity)
            for answered in outcome.answers
            for fact in answered.facts[:1]
        )
    if "paths" in outcome.extra:
        return tuple(
            AskAnswer(
                label=step.statement, value=None, unit=None, grade=step.grade, when=step.when,
                evidence=step.evidence, statement=step.statement, stage=None, holds="definitely",
                entity=step.to, source=step.evidence[0].source if step.evidence else "",
            )
            for step in outcome.extra["paths"][0].steps
        )  # fmt: skip
    return tuple(_of_fact(fact) for fact in outcome.facts)


def _second(outcome: Outcome) -> tuple[AskAnswer, ...]:
    """The answer to the second part of a question, where it is not told for the first already."""
    told = {fact.id for fact in outcome.facts}
    second = outcome.second.facts if outcome.second else ()
    return tuple(_of_fact(fact) for fact in second if fact.id not in told)


def _of_fact(fact: Fact, entity: Entity | None = None) -> AskAnswer:
    values = fact.values
    return AskAnswer(
        label=entity.label if entity else fact.statement,
        value=values.get("value", values.get("printed")),
        unit=values.get("unit"),
        grade=fact.grade,
        when=fact.when,
        evidence=fact.evidence,
        statement=fact.statement,
        stage=fact.stage,
        holds=fact.holds,
        entity=entity,
        source=fact.source,
        conflicts=fact.conflicts,
        told_by=(*values.get("attributedTo", ()), *values.get("accordingTo", ())),
    )


def _of_link(link: Link) -> AskAnswer:
    parties = ", ".join(entity.label for entity in link.parties)
    return AskAnswer(
        label=link.label,
        value=None,
        unit=None,
        grade=link.grade,
        when=link.when,
        evidence=link.evidence,
        statement=f"{link.label}: {link.kind} of {parties}",
        stage=link.stage,
        holds=link.holds,
        entity=Entity(link.id, link.label, "Agreement"),
        source=link.evidence[0].source if link.evidence else "",
        conflicts=link.conflicts,
    )


# --- nothing found -------------------------------------------------------------------------------


def _absence(graph: Graph, choice: Choice, copies: Copies | None) -> Absence:
    from diplograph.absence import absence_of

    outcome = choice.outcome
    if outcome.lacking is not None:
        what, about, apart = outcome.lacking.what, outcome.lacking.about, outcome.lacking.apart
        told = absence_of(graph, about, what, outcome.period, copies, apart=apart)
        if told.reason is AbsenceReason.OUTSIDE_COVERAGE and outcome.also:
            return absence_of(graph, (), what, outcome.period, copies)  # its matter is told
        return told
    entities = tuple(
        {e.id: e for filled in outcome.reading.slots for e in filled.entities}.values()
    )
    slots = shown_slots(outcome.reading.slots)
    what = outcome.reading.what or "such fact" + (
        f" about {' and '.join(slots.values())}" if slots else ""
    )
    return absence_of(graph, entities, what, outcome.period, copies)


# --- predecessors --------------------------------------------------------------------------------


def _predecessors(
    graph: Graph, choice: Choice, as_of: dates.Period | None, include: Include
) -> tuple[str, ...]:
    """A note where the same question about a predecessor of what it names has answers.

    They are never counted among those of the successor.
    """
    outcome = choice.outcome
    if outcome.reading.template.broad or outcome.reading.rest or outcome.links:
        return ()
    if outcome.reading.template.call == "in-turn":  # it has told of them itself
        return ()
    pattern = outcome.reading.template.where
    narrowing = [f for f in outcome.reading.slots if f.slot.where or f"${f.slot.name}" in pattern]
    named = [e for f in narrowing for e in f.entities]
    before = _before(graph, named)
    notes = []
    for entity in named:
        for older in before.get(entity.id, ()):
            if older in named:  # “the Shanghai group” is either
                continue
            slots = tuple(_swapped(f, entity, older) for f in outcome.reading.slots)
            reading = replace(outcome.reading, slots=slots)
            other = run(Context(graph, choice.heard, choice.units, as_of, include), reading)
            if other.extra.get("otherwise"):
                continue
            found = len(other.answers) or len(other.facts) or len(other.links)
            if found:
                count = "1 answer" if found == 1 else f"{found} answers"
                notes.append(
                    f"{older.label}, whose place {entity.label} took, has {count} to this "
                    f"question; not counted here: ask with “{older.label}”."
                )
    return tuple(dict.fromkeys(notes))


def _before(graph: Graph, entities: Sequence[Entity]) -> dict[str, tuple[Entity, ...]]:
    ids = {e.id for e in entities if e.type in ("Country", "Organization")}
    if not ids:
        return {}
    values = " ".join(f"<{iri}>" for iri in sorted(ids))
    rows = graph.select(
        f"""SELECT DISTINCT ?new ?old WHERE {{ VALUES ?new {{ {values} }}
            ?s dg:successor ?new ; dg:predecessor ?old }} ORDER BY ?new ?old"""
    )
    labels = entities_of(graph, (row["old"] for row in rows))
    return {
        iri: tuple(labels[row["old"]] for row in rows if row["new"] == iri) for iri in sorted(ids)
    }


def _swapped(filled: Filled, entity: Entity, older: Entity) -> Filled:
    if entity not in filled.entities:
        return filled
    if len(filled.mentions) == 1:  # one name, which several bear: only the older one is asked for
        return replace(filled, entities=(older,))
    entities = tuple(older if e.id == entity.id else e for e in filled.entities)
    return replace(filled, entities=entities)


# --- explanation ---------------------------------------------------------------------------------


def _explained(choice: Choice) -> Explanation:
    heard, outcome = choice.heard, choice.outcome
    used = {e.id for f in outcome.reading.slots for e in f.entities}
    weights = {(u.first, u.last): round(u.weight, 2) for u in choice.units}
    parts = []
    for mention in heard.mentions:
        names = [(e.id, f"{e.label} ({e.type})") for e in mention.entities]
        taken = [label for iri, label in names if iri in used] or [label for _, label in names]
        taken += [f"{c.label} ({c.scheme})" for c in mention.concepts]
        taken += [mention.name] if mention.name else []
        if isinstance(mention.period, dates.Period):
            taken.append(mention.period.edtf)
        others = tuple(label for _, label in names if label not in taken)
        weight = weights.get((mention.first, mention.last))
        parts.append(Heard(mention.text, mention.kind, tuple(taken), others, weight))
    named = {(m.first, m.last) for m in heard.mentions}
    parts += [
        Heard(u.text, "word", (), (), round(u.weight, 2))
        for u in choice.units
        if (u.first, u.last) not in named
    ]
    if outcome.second is not None:
        how = "by itself" if outcome.second.by_itself else "of the same passage"
        asked = f"asks for: {outcome.second.reading.focus}, {how}"
        parts.append(Heard(choice.second, "second question", (asked,)))
    return Explanation(
        focus=focus_of(heard),
        parts=tuple(parts),
        confidence=round(outcome.confidence, 2),
        readings=tuple(
            {
                "template": o.reading.template.name,
                "slots": shown_slots(o.reading.slots),
                "confidence": round(o.confidence, 2),
                "answers": len(o.answers) or len(o.facts) or len(o.links),
            }
            for o in choice.others
        ),
    )
