"""Why there is no answer: denied, no record although covered, or outside what the sources cover.

A **denial** is a fact in which a source says that something does not exist or did not take place.
It is the reason for an absence where it names all that is asked for, holds at the time, and is of
nothing narrower: one on a matter (an island, a pipeline, an issue) counts only where that matter is
asked for, and one of two agents as such only where it is of the kind of thing that is asked for.

A source's **coverage** names the parties whose relations with one another it sets out to tell, and
the period. It covers a state only where it names it, or where it lists of all states what is asked
for; anything else also where the source itself tells facts of it, or where it belongs to a state or
an issue that is covered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from diplograph.covering import Coverage, meets, spans
from diplograph.denials import Denial, denials_among, denials_naming, is_of
from diplograph.facts import evidence_of
from diplograph.model import Absence, AbsenceReason, Entity
from diplograph.namespaces import values_clause
from diplograph.store import Graph
from diplograph.words import in_words

if TYPE_CHECKING:
    from diplograph import dates
    from diplograph.copies import Copies

__all__ = ["absence_between", "absence_of", "denials_between"]


def absence_of(
    graph: Graph,
    entities: Sequence[Entity],
    what: str,
    period: dates.Period | None = None,
    copies: Copies | None = None,
    facts: Iterable[str] = (),
    *,
    apart: bool = False,
) -> Absence:
    """Why nothing is found for a question about the entities in the period.

    ``what`` is asked for, as a short noun phrase (“membership of Turkmenistan in the SCO”); its
    words also tell which denials of the graph are of it. ``period`` is a day, a stretch, or open
    at one end; without it any time is meant. ``facts`` are the IRIs of denials that are known to
    answer the question. With ``apart`` each entity is looked for by itself, as for a chain of
    facts, which no single source needs to tell and none denies.

    >>> from diplograph.facts import entities_of
    >>> from diplograph.namespaces import expand
    >>> from diplograph.store import open_graph
    >>> graph = open_graph()
    >>> iri = expand("cty:turkmenistan")
    >>> found = absence_of(graph, [entities_of(graph, [iri])[iri]], "visit to Turkmenistan")
    >>> found.reason.value
    'outside-coverage'
    >>> found.detail.partition(":")[0]
    'No visit to Turkmenistan is on record, and no source sets out to cover Turkmenistan'
    """
    question = _Question(tuple({e.id: e for e in entities}.values()), what, period)
    denials = [] if apart else [d for d in denials_among(graph, facts) if meets(d.when, period)]
    if not denials and entities and not apart:
        denials = [
            denial
            for denial in denials_naming(graph, question.ids)
            if meets(denial.when, period) and is_of(graph, denial, question.ids, what)
        ]
    if denials:
        first = next((d for d in denials if spans(d.when, period)), denials[0])
        return _absences(graph, [first], copies)[0]
    reason, detail = _coverage_of(graph, question, apart)
    return Absence(reason, detail + _not_yet(graph, question))


def absence_between(
    graph: Graph, x: Entity, y: Entity, as_of: dates.Period | None, copies: Copies | None = None
) -> Absence:
    """Why no agreement links ``x`` and ``y`` at the date."""
    return absence_of(graph, (x, y), f"agreement between {x.label} and {y.label}", as_of, copies)


def denials_between(
    graph: Graph, x: Entity, y: Entity, as_of: dates.Period | None, copies: Copies | None = None
) -> list[Absence]:
    """Every denial of agreement between ``x`` and ``y``, or of membership, at the date."""
    found = [
        denial
        for denial in denials_naming(graph, {x.id, y.id})
        if meets(denial.when, as_of)
        and {x.id, y.id} <= denial.agents | denial.within
        and (denial.of_agreement or {x.id, y.id} & denial.within)
    ]
    return _absences(graph, found, copies)


class _Question(NamedTuple):
    """What is asked for."""

    entities: tuple[Entity, ...]
    what: str
    period: dates.Period | None

    @property
    def ids(self) -> set[str]:
        return {e.id for e in self.entities}


def _absences(graph: Graph, denials: Sequence[Denial], copies: Copies | None) -> list[Absence]:
    passages = evidence_of(graph, (denial.id for denial in denials), copies)
    return [
        Absence(AbsenceReason.DENIED, denial.statement, evidence=passages.get(denial.id, ()))
        for denial in denials
    ]


def _coverage_of(graph: Graph, question: _Question, apart: bool) -> tuple[AbsenceReason, str]:
    """No record, or outside what the sources cover; and the sentence that says so."""
    entities, period = question.entities, question.period
    coverage = Coverage(graph, entities, apart, question.what)
    by_entity = {e.id: coverage.of(e) for e in entities}
    each = [*by_entity.values()] or [set(coverage.id)]
    covering = set.union(*each) if apart else set.intersection(*each)
    then = covering & coverage.at(period)
    met = all(sources & then for sources in each)
    what = re.sub(r"^(the|an?|any|no)\s+", "", question.what.strip(), flags=re.IGNORECASE)
    nothing = f"No {what} is on record{_date(period, what)}"
    if then and met:
        full = coverage.in_full(then, period)
        if not apart and (full or then) <= coverage.of_all:
            listing = full or then
            verb = "lists" if len(listing) == 1 else "list"
            told = coverage.in_words(listing)
            return (
                AbsenceReason.NO_RECORD,
                f"{nothing}, although {_joined(sorted(coverage.id[source] for source in listing))} "
                f"{verb} those of all states: {told}.",
            )
        names = sorted(coverage.id[source] for source in (then if apart else full or then))
        verb, it = ("tell", "of them") if apart else ("cover", "it")
        if not full:
            verb, it = "cover", "part of that time"
        elif not entities:
            it = "that time" if period else "the matters that it can belong to"
        verb += "s" if len(names) == 1 else ""
        return AbsenceReason.NO_RECORD, f"{nothing}, although {_joined(names)} {verb} {it}."
    if not coverage.id:
        return AbsenceReason.OUTSIDE_COVERAGE, f"{nothing}, and no source says what it covers."
    unknown = [e for e in entities if not by_entity[e.id]]
    if not covering or unknown:
        missing = _missing(entities, unknown)
    elif coverage.at(period):
        missing = f"{_missing(entities, unknown)} at that time"
    else:
        missing = "that time"
    return (
        AbsenceReason.OUTSIDE_COVERAGE,
        f"{nothing}, and no source sets out to cover {missing}: {coverage.in_words()}.",
    )


def _missing(entities: Sequence[Entity], unknown: Sequence[Entity]) -> str:
    """What it is that no source covers."""
    labels = [e.label for e in entities]
    if len(entities) == 2 and all(e.type == "Country" for e in entities):
        return f"relations between {_joined(labels)}"
    if unknown:
        return _joined([e.label for e in unknown], "or")
    return f"{_joined(labels)} together" if len(labels) > 1 else labels[0]


# --- sentences -----------------------------------------------------------------------------------


def _joined(names: Sequence[str], word: str = "and") -> str:
    """A list in words.

    >>> _joined(["China"]), _joined(["China", "Russia", "Japan"], "or")
    ('China', 'China, Russia or Japan')
    """
    *most, last = names
    return f"{', '.join(most)} {word} {last}" if most else last


def _date(period: dates.Period | None, what: str) -> str:
    """The time as part of a sentence, unless what is asked for says it."""
    if period is None:
        return ""
    words = in_words(period.edtf)
    if words in what:
        return ""
    if words.startswith(("until ", "since ")):
        return f" for the time {words}"
    if words.startswith("perhaps "):
        return f" for (perhaps) {words.removeprefix('perhaps ')}"
    return f" for {words}"


def _not_yet(graph: Graph, question: _Question) -> str:
    """A sentence for each entity that did not exist yet at the time."""
    period = question.period
    if period is None or period.latest is None or not question.entities:
        return ""
    rows = graph.select(
        f"""SELECT ?e ?when ?first WHERE {{ {values_clause("e", sorted(question.ids))}
            ?succession dg:successor ?e ; dg:when ?when ; dg:earliest ?first }} ORDER BY ?first"""
    )
    began = {row["e"]: row for row in rows if row["first"] > period.latest.isoformat()}
    return "".join(
        f" {e.label} exists only since {in_words(began[e.id]['when'])}; before, ask for its "
        "predecessor."
        for e in question.entities
        if e.id in began
    )
