"""The facts of a timeline, in lanes by kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from diplograph import answers
from diplograph.charts.asked import Asked, Told
from diplograph.charts.words import clean, counted, plural
from diplograph.errors import OptionError
from diplograph.facts import entities_of
from diplograph.model import STATES, Entity, Fact, When
from diplograph.namespaces import DG, values_clause

__all__ = ["Lane", "Mark", "Timeline", "find_timeline"]

_FIRST = ("StageFact", "Participation", "Occurrence", "TransferFact", "Observation")
"""The kinds of facts whose lanes stand first; the others follow by name."""


@dataclass(frozen=True)
class Mark:
    """The facts of a lane that have one time, one grade and one name, so that one mark shows them.

    ``held`` says that what they tell lasted through the time; otherwise it happened within it.
    """

    when: When
    held: bool
    grade: str
    label: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Lane:
    """The facts of one kind: marks in order of time, and how many facts have no date."""

    name: str
    marks: tuple[Mark, ...]
    undated: int = 0

    @property
    def facts(self) -> int:
        """How many facts the lane has."""
        return self.undated + sum(len(mark.facts) for mark in self.marks)


@dataclass(frozen=True)
class Timeline:
    """The lanes of a timeline, and what its frame tells."""

    title: str
    lanes: tuple[Lane, ...]
    told: Told
    notes: tuple[str, ...] = ()


def find_timeline(asked: Asked, x: str, y: str | None = None) -> Timeline:
    """The facts about ``x``, or those about ``x`` and ``y`` together.

    Raises :class:`~diplograph.errors.OptionError` with the reason where there is none.
    """
    answer = answers.timeline(
        x, y, graph=asked.graph, as_of=asked.as_of.edtf if asked.as_of else None
    )
    of = _what_of(asked, answer.facts)
    pending = asked.unsettled({thing for thing, _ in of.values()})
    concluded = asked.concluded()
    kept = [
        fact
        for fact in answer.facts
        if asked.counts(
            fact.grade,
            (fact.stage is None or fact.stage in concluded)
            and (fact.id not in of or of[fact.id][0] not in pending),
        )
    ]
    names = " and ".join(e.label for e in (answer.question.x, answer.question.y) if e)
    if not kept:
        if answer.absence:
            raise OptionError(answer.absence.detail)
        raise OptionError(
            f"nothing that counts is told of {names}: {counted(len(answer.facts), 'fact')} "
            "of what is pending, reported, rumoured or denied; ask with --include any."
        )
    disputed = sum(1 for fact in kept if fact.conflicts)
    notes = (
        *asked.left_out(len(answer.facts) - len(kept)),
        *(
            f"Contradicted by another fact: {counted(disputed, 'fact')}."
            for _ in range(bool(disputed))
        ),
    )
    whom = "between" if answer.question.y else "about"
    return Timeline(
        clean(f"Facts {whom} {names}"),
        _lanes(asked, kept, of),
        asked.told(fact.source for fact in kept),
        (*answer.notes, *notes),
    )


def _what_of(asked: Asked, facts: Iterable[Fact]) -> dict[str, tuple[str, Entity]]:
    """What each of the facts is of, where it is of something."""
    wanted = sorted(fact.id for fact in facts)
    if not wanted:
        return {}
    rows = asked.graph.select(
        f"SELECT ?f (MIN(?t) AS ?of) WHERE {{ {values_clause('f', wanted)} ?f dg:of ?t }} "
        "GROUP BY ?f"
    )
    found = {row["f"]: row["of"] for row in rows if "of" in row}
    entities = entities_of(asked.graph, found.values())
    return {fact: (iri, entities[iri]) for fact, iri in found.items()}


def _lanes(asked: Asked, facts: list[Fact], of: dict[str, tuple[str, Entity]]) -> tuple[Lane, ...]:
    names = _class_names(asked)
    lanes: dict[tuple[int, str], list[Fact]] = defaultdict(list)
    for fact in facts:
        lanes[_lane(fact, of, names)].append(fact)
    made = []
    for (_, name), own in sorted(lanes.items()):
        marks: dict[tuple[str, bool, str, str], list[Fact]] = defaultdict(list)
        for fact in own:
            if fact.when:
                held = fact.kind in STATES
                marks[fact.when.edtf, held, fact.grade, _label(fact, of)].append(fact)
        made.append(
            Lane(
                name,
                tuple(
                    Mark(same[0].when, held, grade, label, tuple(sorted(f.id for f in same)))
                    for (_, held, grade, label), same in marks.items()
                    if same[0].when
                ),
                sum(1 for fact in own if not fact.when),
            )
        )
    return tuple(made)


def _lane(fact: Fact, of: dict[str, tuple[str, Entity]], names: dict[str, str]) -> tuple[int, str]:
    """The place and the name of the lane of a fact."""
    place = _FIRST.index(fact.kind) if fact.kind in _FIRST else len(_FIRST)
    name = plural(names.get(fact.kind, fact.kind))
    if fact.kind in _FIRST[:2]:
        what = of[fact.id][1].type if fact.id in of else "Entity"
        about = plural(names.get(what, what))
        name = about if fact.kind == "StageFact" else f"{about}: who took part"
    return place, clean(name[:1].upper() + name[1:])


def _label(fact: Fact, of: dict[str, tuple[str, Entity]]) -> str:
    """A short name of what a fact tells: what it is of and how far it came, or whom it names."""
    about = [of[fact.id][1]] if fact.id in of else fact.others[:3]
    name = ", ".join(e.label for e in about)
    if "name" in fact.values:
        name = f"{name}: “{fact.values['name']}”" if name else f"“{fact.values['name']}”"
    measured = fact.values.get("measure")
    more = fact.stage or fact.values.get("role") or measured or fact.values.get("position")
    return clean(", ".join(part for part in (name, more) if part))


def _class_names(asked: Asked) -> dict[str, str]:
    """The label of each class of the vocabulary, by the last part of its IRI."""
    rows = asked.graph.select(
        "SELECT ?c ?name WHERE { ?c a owl:Class ; rdfs:label ?name "
        f'FILTER(STRSTARTS(STR(?c), "{DG}")) }} ORDER BY DESC(?name)'
    )
    return {row["c"].removeprefix(DG): row["name"] for row in rows}
