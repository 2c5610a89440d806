"""How one party stands to its agreements, and the parties of one agreement to it, at a date.

A party that has stages of its own stands as these say, any other as the agreement as a whole. What
was left or has ended is so from that day on, and not before (:mod:`diplograph.sides`).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, NamedTuple

from diplograph.facts import entities_of, when_of
from diplograph.model import Entity, Evidence, Fact
from diplograph.sides import (
    ToldFact,
    View,
    concerns,
    current_of,
    floor_of,
    holds_at,
    sides_of,
    stages_of,
)
from diplograph.store import Graph
from diplograph.viewed import views_of

if TYPE_CHECKING:
    from diplograph import dates

__all__ = ["Binding", "agreements_of", "parties_of"]


class Binding(NamedTuple):
    """How a party stands to an agreement: ``entity`` is the agreement, or the party, asked for.

    ``fact`` tells how far it came; ``reached`` are the names of all stages that the party itself,
    or without any of its own the agreement, had come to.
    """

    entity: Entity
    fact: Fact
    reached: frozenset[str]


def agreements_of(
    graph: Graph,
    party: str,
    as_of: dates.Period | None = None,
    among: Collection[str] | None = None,
) -> tuple[Binding, ...]:
    """The agreements of a party, given by its IRI, and how it stands to each, by their dates.

    ``among`` are the agreements that are looked at; all, where it is None. An agreement that the
    party had not come into by the date is left out.
    """
    rows = graph.pairs(
        f"SELECT ?a ?p WHERE {{ VALUES ?p {{ <{party}> }} ?a dg:party ?p }}",
    )
    wanted = {agreement for agreement, _ in rows}
    views = views_of(graph, wanted if among is None else wanted.intersection(among), (party,))
    found: list[Binding] = []
    for iri, view in views.items():
        entity = Entity(iri, view["label"], "Agreement")
        found += _binding(entity, view, party, as_of)
    return tuple(sorted(found, key=_by_date))


def parties_of(
    graph: Graph, agreement: str, as_of: dates.Period | None = None
) -> tuple[Binding, ...]:
    """The parties of an agreement, given by its IRI, and how each stands to it, by their names."""
    rows = graph.pairs(
        f"SELECT ?a ?p WHERE {{ VALUES ?a {{ <{agreement}> }} ?a dg:party ?p }}",
    )
    parties = {party for _, party in rows}
    entities = entities_of(graph, parties)
    found: list[Binding] = []
    for view in views_of(graph, (agreement,), parties).values():
        for party in parties:
            found += _binding(entities[party], view, party, as_of)
    return tuple(sorted(found, key=lambda b: (b.entity.label, b.entity.id)))


def _binding(
    entity: Entity, view: View, party: str, as_of: dates.Period | None
) -> Iterator[Binding]:
    facts = [fact for fact in view["facts"] if concerns(fact, (party,))]
    known = stages_of({"facts": facts})
    floor = floor_of(view, None)
    stages = [(f, certainty) for f in known if (certainty := holds_at(f, as_of, floor)) != "no"]
    sides = sides_of(known, stages, (party,))
    if sides:
        [side] = sides
        fact, certainty = current_of(side)
        reached = frozenset(told["stage"] for told, _ in side)
        yield Binding(entity, _record(fact, certainty), reached)


def _record(told: ToldFact, holds: dates.Certainty) -> Fact:
    return Fact(
        id=told["fact"],
        kind="StageFact",
        statement=told["statement"],
        when=when_of(told),
        stage=told["stage"],
        grade=told["grade"],
        holds=holds,
        others=(),
        values={},
        evidence=tuple(
            Evidence(source, start, end, where, None, *unit)
            for source, start, end, where, _, *unit in told["evidence"]
        ),
        conflicts=(),
        source=told["source"],
    )


def _by_date(binding: Binding) -> tuple[str, str, str]:
    when = binding.fact.when
    return ((when.earliest if when else None) or "9999", binding.entity.label, binding.entity.id)
