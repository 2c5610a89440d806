"""Parties that a question leaves unsaid: “the two countries” are those that the sources are about.

Only where the question names no country, and where just two are covered by each source of the graph
that says what it covers, so that no others can be meant.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

from diplograph.asking.parts import Heard, Mention, in_order
from diplograph.asking.wording import grammar
from diplograph.facts import entities_of
from diplograph.model import Entity
from diplograph.store import Graph

__all__ = ["with_the_two"]

_PAIR = 2


def with_the_two(graph: Graph, heard: Heard) -> Heard:
    """The question with the two parties of the sources in the place of “the two countries”."""
    if any(e.type == "Country" for m in heard.of("entity") for e in m.entities):
        return heard
    place = _place(heard)
    parties = _covered(graph) if place is not None else ()
    if place is None or len(parties) != _PAIR:
        return heard
    first = range(place, place + _PAIR)
    text = heard.question[heard.tokens[place].start : heard.tokens[place + 1].end]
    kept = [m for m in heard.mentions if not set(range(m.first, m.last)) & set(first)]
    told = [
        Mention(i, i + 1, "entity", entity.label, entities=(entity,))
        for i, entity in zip(first, parties, strict=True)
    ]
    names = " and ".join(entity.label for entity in parties)
    note = f"“{text}” was read as {names}, which the sources are about."
    return replace(heard, mentions=tuple(in_order([*kept, *told])), notes=(*heard.notes, note))


def _place(heard: Heard) -> int | None:
    """Where the question speaks of the two, or of both."""
    keys = [token.key for token in heard.tokens]
    return next(
        (
            i for i in range(len(keys) - 1)
            if (
                (keys[i] in ("two", "both") and keys[i + 1] in grammar("sides"))
                or _alone(heard, i)
            )
            and not (i and keys[i - 1] in ("which", "what"))
        ),
        None,
    )  # fmt: skip


def _alone(heard: Heard, place: int) -> bool:
    """Whether “the two” or “both” stands by itself: “have the two ever said …”."""
    keys = [token.key for token in heard.tokens]
    following = heard.tokens[place + 1]
    led = keys[place] == "two" and place > 0 and keys[place - 1] in ("the", "these")
    verb = following.key in grammar("auxiliary") or following.key in _AFTER_THE_TWO
    return (led or keys[place] == "both") and verb


_AFTER_THE_TWO = ("ever", "last", "each", "never", "always", "openly", "together", "jointly")


@lru_cache(maxsize=4)
def _covered(graph: Graph) -> tuple[Entity, ...]:
    """The countries that each of the sources says it covers."""
    rows = graph.select(
        """SELECT ?source ?party WHERE {
            ?source dg:coverage/dg:covers ?party . ?party a dg:Country } ORDER BY ?party"""
    )
    by_source: dict[str, set[str]] = {}
    for row in rows:
        by_source.setdefault(row["source"], set()).add(row["party"])
    common = set.intersection(*by_source.values()) if by_source else set()
    return tuple(entities_of(graph, sorted(common)).values())
