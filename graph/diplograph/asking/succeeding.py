"""States asked about for a time before they existed: their predecessors are meant.

“Which treaty did Russia conclude in 1689?” can only mean the state whose place Russia took. The
predecessor is read instead, and the answer says so; where the time asked for also holds days on
which the successor existed, nothing is put in its place. Organizations are left as they are named:
the Shanghai Five is not what people call the SCO.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from diplograph import dates
from diplograph.asking.parts import Heard, Mention
from diplograph.asking.postings import EVER, facts_with, postings
from diplograph.facts import entities_of
from diplograph.model import Entity
from diplograph.namespaces import values_clause
from diplograph.store import Graph

__all__ = ["in_their_time", "predecessors"]


def in_their_time(graph: Graph, heard: Heard) -> Heard:
    """The question with predecessors where it is about a time before a name's bearer existed."""
    periods = [m.period for m in heard.of("date") if isinstance(m.period, dates.Period)]
    ends = [p.latest.isoformat() for p in periods if p.latest]
    if not ends or len(ends) < len(periods):
        return heard
    named = {e.id for m in heard.of("entity") for e in m.entities if e.type == "Country"}
    if not named:
        return heard
    begun, before = _successions(graph, named)
    early = {iri for iri in named if begun.get(iri, "") > max(ends)}
    if not early:
        return heard
    begins = [p.earliest.isoformat() for p in periods if p.earliest]
    span = (min(begins) if len(begins) == len(periods) else "", max(ends))
    instead = {iri: _living(graph, before[iri], span) for iri in sorted(early)}
    instead = {iri: older for iri, older in instead.items() if older}
    mentions = tuple(_of_old(m, instead) for m in heard.mentions)
    notes = tuple(
        f"“{old.text}” was read as {' or '.join(e.label for e in new.entities)}, as at that time."
        for old, new in zip(heard.mentions, mentions, strict=True)
        if old != new
    )
    return replace(heard, mentions=mentions, notes=(*heard.notes, *dict.fromkeys(notes)))


def predecessors(graph: Graph, named: set[str]) -> dict[str, tuple[str, ...]]:
    """By state, those in whose place it came, the nearest first."""
    return _successions(graph, named)[1]


def _successions(
    graph: Graph, named: set[str]
) -> tuple[dict[str, str], dict[str, tuple[str, ...]]]:
    """When each name's bearer took another's place, and whose, the nearest first."""
    begun: dict[str, str] = {}
    before: dict[str, tuple[str, ...]] = {}
    direct: dict[str, tuple[str, ...]] = {}
    wanted = set(named)
    while wanted:
        rows = graph.select(
            f"""SELECT DISTINCT ?new ?old ?first WHERE {{
                {values_clause("new", sorted(wanted))} ?s dg:successor ?new ; dg:predecessor ?old
                OPTIONAL {{ ?s dg:earliest ?first }} }} ORDER BY ?new ?old"""
        )
        wanted = {row["old"] for row in rows} - set(direct) - set(begun)
        for row in rows:
            if row["old"] not in direct.get(row["new"], ()):
                direct[row["new"]] = (*direct.get(row["new"], ()), row["old"])
            if "first" in row:
                begun[row["new"]] = min(begun.get(row["new"], "9999"), str(row["first"]))
    for iri in named:
        chain: list[str] = []
        ahead = list(direct.get(iri, ()))
        while ahead:
            older = ahead.pop(0)
            if older not in chain and older != iri:
                chain.append(older)
                ahead += direct.get(older, ())
        before[iri] = tuple(chain)
    return begun, before


def _living(graph: Graph, older: Sequence[str], span: tuple[str, str]) -> tuple[Entity, ...]:
    """The nearest of the predecessors that dated facts of the time name."""
    if not older:
        return ()
    named, times = postings(graph).of_names(older), postings(graph).times()
    alive = {
        iri for iri in older
        if any(_is_of(times.get(fact), span) for fact in facts_with(named[iri], 1.0))
    }  # fmt: skip
    entities = entities_of(graph, alive)
    return tuple(entities[iri] for iri in older if iri in alive)[:1]


def _is_of(times: tuple[str, str] | None, span: tuple[str, str]) -> bool:
    """Whether the time of a fact has a beginning and an end, and a day of the span."""
    if times is None or times[0] == EVER[0] or times[1] == EVER[1]:
        return False
    return times[0] <= span[1] and times[1] >= span[0]


def _of_old(mention: Mention, instead: dict[str, tuple[Entity, ...]]) -> Mention:
    if mention.kind != "entity" or not any(e.id in instead for e in mention.entities):
        return mention
    found = [o for e in mention.entities for o in instead.get(e.id, (e,))]
    return replace(mention, entities=tuple({e.id: e for e in found}.values()))
