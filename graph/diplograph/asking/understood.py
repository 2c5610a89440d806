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

__all__ = ["covered_by_all", "sources_by_author", "with_the_two"]

_PAIR = 2


def with_the_two(graph: Graph, heard: Heard) -> Heard:
    """The question with the two parties of the sources in the place of “the two countries”."""
    if any(e.type == "Country" for m in heard.of("entity") for e in m.entities):
        return heard
    place = _place(heard)
    parties = covered_by_all(graph) if place is not None else ()
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
    """Where the question speaks of the two, or of both: the first of the two words for them."""
    keys = [token.key for token in heard.tokens]
    for i, key in enumerate(keys):
        if key not in ("two", "both") or (i and keys[i - 1] in ("which", "what")):
            continue
        following = keys[i + 1] if i + 1 < len(keys) else ""
        if following in grammar("sides"):
            return i
        if not _ends_a_name(following):
            continue
        if key == "both" and following:
            return i
        if key == "two" and i and keys[i - 1] in ("the", "these", "those"):
            return i - 1
    return None


def _ends_a_name(following: str) -> bool:
    """Whether “the two” or “both” stands by itself before this word: “have the two ever said …”."""
    return (
        not following
        or following in grammar("auxiliary") | grammar("after-noun")
        or following in _AFTER_THE_TWO
        or following.endswith("ing")
    )


_AFTER_THE_TWO = ("ever", "last", "each", "never", "always", "openly", "together", "jointly")


def sources_by_author(graph: Graph) -> dict[str, str]:
    """The identifiers of the sources that say what they cover, by the IRIs of their authors."""
    rows = graph.select(
        "SELECT ?id ?author { ?s dg:coverage ?c ; dct:identifier ?id ; schema:author ?author }"
    )
    return {row["author"]: row["id"] for row in rows}


@lru_cache(maxsize=4)
def covered_by_all(graph: Graph) -> tuple[Entity, ...]:
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
