"""The facts about one entity, or about several together, in order of time."""

from __future__ import annotations

from dataclasses import dataclass

from diplograph import dates
from diplograph.copies import Copies
from diplograph.facts import concerning, facts_of
from diplograph.model import Absence, Entity, Fact, Question, Record
from diplograph.store import Graph

__all__ = ["Description", "Timeline", "aliases", "facts_about", "may_be"]


@dataclass(frozen=True)
class Description(Record):
    """All that the graph says of one entity."""

    entity: Entity | None
    aliases: tuple[str, ...]
    facts: tuple[Fact, ...]
    absence: Absence | None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Timeline(Record):
    """The facts about one entity, or about two together, in order of time."""

    question: Question
    facts: tuple[Fact, ...]
    absence: Absence | None
    notes: tuple[str, ...] = ()


def facts_about(
    graph: Graph,
    *entities: str,
    as_of: dates.Period | None = None,
    copies: Copies | None = None,
    joining: bool = True,
) -> tuple[Fact, ...]:
    """The facts that concern all of the entities (IRIs) at once, in order of time.

    Without ``joining`` those are left out that tell whole what others tell in parts (``dg:joins``).
    """
    groups = "".join(
        f"{{ SELECT DISTINCT ?fact WHERE {{ {concerning(e, entities)} }} }}\n" for e in entities
    )
    once = "" if joining else "FILTER NOT EXISTS { ?fact dg:joins true }"
    rows = graph.select(f"SELECT DISTINCT ?fact WHERE {{ {groups} {once} }}")
    return facts_of(graph, (row["fact"] for row in rows), entities, as_of, copies)


def may_be(graph: Graph, entity: str) -> tuple[str, ...]:
    """The labels of what the curators think may be the same thing as the entity."""
    rows = graph.select(
        f"SELECT DISTINCT ?label WHERE {{ <{entity}> dg:mayBe/skos:prefLabel ?label }}"
    )
    return tuple(sorted(row["label"] for row in rows))


def aliases(graph: Graph, entity: str) -> tuple[str, ...]:
    """Every other name of an entity: alternative labels, codes, NATO names, names borne."""
    rows = graph.select(
        f"""SELECT DISTINCT ?name WHERE {{
            {{ <{entity}> skos:altLabel|skos:notation|dg:natoName ?name }}
            UNION {{ ?naming dg:of <{entity}> ; dg:name ?name }}
            FILTER NOT EXISTS {{
                <{entity}> skos:prefLabel ?label . FILTER(STR(?label) = STR(?name)) }}
        }}"""
    )
    return tuple(sorted({row["name"] for row in rows}))
