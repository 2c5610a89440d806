"""Where the sources disagree, with each other or within themselves: both sides, side by side."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from diplograph.copies import Copies
from diplograph.facts import concerning, facts_of
from diplograph.model import Absence, Fact, Question, Record
from diplograph.namespaces import local_name
from diplograph.store import Graph, Row

__all__ = ["Conflicts", "Disagreement", "disagreements"]


@dataclass(frozen=True)
class Disagreement(Record):
    """Facts that cannot all be right as they are told, and what they differ in.

    ``sides`` are the facts in the order of their sources and passages; a single side is a fact
    whose own source marks it as disputed.
    """

    id: str
    label: str
    aspect: str
    detail: str
    sides: tuple[Fact, ...]


@dataclass(frozen=True)
class Conflicts(Record):
    """The disagreements of a graph, or those about one entity."""

    question: Question
    conflicts: tuple[Disagreement, ...]
    absence: Absence | None
    notes: tuple[str, ...] = ()


def disagreements(
    graph: Graph, entity: str | None = None, copies: Copies | None = None
) -> tuple[Disagreement, ...]:
    """The disagreements of the graph in order of their labels; with ``entity`` (an IRI), its own.

    A disagreement is an entity's own where a fact on one of its sides concerns the entity.
    """
    narrow = ""
    if entity is not None:
        narrow = f"""{{ SELECT DISTINCT ?conflict WHERE {{
            ?conflict a dg:Conflict ; dg:between ?fact .
            {{ SELECT DISTINCT ?fact WHERE {{ {concerning(entity)} }} }}
        }} }}"""
    rows = graph.select(
        f"""SELECT ?conflict ?label ?aspect ?detail ?side WHERE {{ {narrow}
            ?conflict a dg:Conflict ; dg:between ?side .
            OPTIONAL {{ ?conflict dg:detail ?detail }}
            OPTIONAL {{ ?conflict dg:aspect/skos:prefLabel ?aspect }}
            OPTIONAL {{ ?conflict rdfs:label ?label }}
        }} ORDER BY ?conflict ?label ?detail ?aspect ?side"""
    )
    sides: dict[str, dict[str, None]] = defaultdict(dict)
    told: dict[str, Row] = {}
    for row in rows:
        sides[row["conflict"]][row["side"]] = None
        told.setdefault(row["conflict"], row)
    facts = {f.id: f for f in facts_of(graph, (row["side"] for row in rows), copies=copies)}
    found = (
        Disagreement(
            conflict,
            row.get("label") or local_name(conflict),
            row.get("aspect", ""),
            row.get("detail", ""),
            tuple(sorted((facts[s] for s in sides[conflict] if s in facts), key=_in_place)),
        )
        for conflict, row in told.items()
    )
    return tuple(sorted(found, key=lambda d: (d.label, d.id)))


def _in_place(fact: Fact) -> tuple[bool, str, int, str]:
    """By source and passage; what the curators computed, which has no passage, comes last."""
    first = fact.evidence[0] if fact.evidence else None
    return (first is None, fact.source, first.start if first else 0, fact.id)
