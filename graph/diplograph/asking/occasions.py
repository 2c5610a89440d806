"""Meetings and visits that a question tells by who, where and when: “Putin's July trip to Beijing”.

Such words name one event where the graph has just one that all of them fit. At least two of them
are asked for, so that “the summit in Beijing” alone stays what it is: words.
"""

from __future__ import annotations

from dataclasses import replace

from diplograph import dates
from diplograph.asking.parts import Heard, Mention, in_order
from diplograph.model import PEOPLE, Entity
from diplograph.namespaces import values_clause
from diplograph.store import Graph

__all__ = ["occasions"]

_KINDS = {
    "visit": ("visit", "summit", "meeting"),
    "summit": ("summit",),
    "meeting": ("meeting", "summit"),
    "call": ("call",),
    "conference": ("conference", "meeting"),
}
"""As which kinds of events people speak of what: a summit abroad is a visit."""
_LED = frozenset({"of", "in", "at", "to", "with", "between", "on", "and", "during", "from"})
_BETWEEN = frozenset({"the", "first", "second", "official", "working", "short", "brief", "state"})
_FEWEST = 2


def occasions(graph: Graph, heard: Heard) -> Heard:
    """The question with meetings and visits told by their parts as mentions of them."""
    mentions = list(heard.mentions)
    for noun in heard.of("concept"):
        kinds = [
            k for c in noun.concepts if c.scheme == "event-kind" for k in _KINDS.get(c.label, ())
        ]
        if not kinds or heard.tokens[noun.last - 1].key.endswith("s"):
            continue
        parts = [*_before(heard, noun), *_after(heard, noun)]
        if len(parts) < _FEWEST:
            continue
        first = min(noun.first, *(m.first for m in parts))
        last = max(noun.last, *(m.last for m in parts))
        found = _of_parts(graph, kinds, parts)
        if len(found) != 1:
            continue
        text = heard.question[heard.tokens[first].start : heard.tokens[last - 1].end]
        mentions = [m for m in mentions if m.last <= first or last <= m.first]
        mentions.append(Mention(first, last, "entity", text, entities=(found[0],)))
    return replace(heard, mentions=tuple(in_order(mentions)))


def _part(mention: Mention) -> bool:
    if mention.kind == "date":
        return isinstance(mention.period, dates.Period) and mention.relation in ("", "in")
    return (
        mention.kind == "entity"
        and not mention.soft
        and any(e.type in PEOPLE or e.type in ("Place", "Country") for e in mention.entities)
    )


def _before(heard: Heard, noun: Mention) -> list[Mention]:
    """What stands right before the noun: whose it is, where or when it was."""
    found: list[Mention] = []
    place = noun.first
    while True:
        while place and heard.tokens[place - 1].key in _BETWEEN:
            place -= 1
        near = next((m for m in heard.mentions if m.last == place and _part(m)), None)
        if near is None:
            return found
        people = any(e.type in PEOPLE for e in near.entities)
        if people and not heard.tokens[near.last - 1].possessive and not found:
            return found  # “did Putin visit …” is no noun
        found.append(near)
        place = near.first


def _after(heard: Heard, noun: Mention) -> list[Mention]:
    """What follows the noun with small words: “with Jiang in Beijing in July 2000”."""
    found: list[Mention] = []
    place = noun.last
    while place < len(heard.tokens):
        led = place
        if heard.tokens[led].key in _LED:
            led += 1
        if led < len(heard.tokens) and heard.tokens[led].key == "the":
            led += 1
        near = next(
            (
                m
                for m in heard.mentions
                if m.first in (place, led) and m.first >= place and _part(m)
            ),
            None,
        )
        if near is None or (near.kind == "entity" and led == place):
            return found
        found.append(near)
        place = near.last
    return found


def _of_parts(graph: Graph, kinds: list[str], parts: list[Mention]) -> list[Entity]:
    """The events that all parts fit."""
    patterns = []
    for number, part in enumerate(parts):
        if part.period is not None:
            first, last = part.period.earliest, part.period.latest
            if first is None or last is None:
                return []
            patterns.append(f'FILTER(STR(?first) >= "{first}" && STR(?last) <= "{last}")')
            continue
        people = [e.id for e in part.entities if e.type in PEOPLE]
        values = values_clause(f"p{number}", people or [e.id for e in part.entities])
        if people:
            patterns.append(f"{values} ?e dg:participant ?p{number} .")
        else:
            patterns.append(
                f"{values} ?at{number} dg:of ?e ; dg:place|dg:about ?p{number} ; a dg:Occurrence ."
            )
    wanted = values_clause(
        "kind", [f"https://w3id.org/diplograph/concept/event-kind/{k}" for k in kinds]
    )
    rows = graph.select(
        f"""SELECT DISTINCT ?e ?label WHERE {{ {wanted}
            ?e a dg:Event ; dg:kind ?kind ; skos:prefLabel ?label .
            ?held a dg:Occurrence ; dg:of ?e ; dg:earliest ?first ; dg:latest ?last .
            {" ".join(patterns)} }} LIMIT 4"""
    )
    return [Entity(row["e"], row["label"], "Event") for row in rows]
