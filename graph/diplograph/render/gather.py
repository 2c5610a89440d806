"""What a picture shows of a graph: the edges between chosen entities and the facts behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from diplograph import dates
from diplograph.copies import Copies
from diplograph.facts import facts_of, values_clause
from diplograph.model import Entity, Fact, Include
from diplograph.networks import network
from diplograph.store import Graph

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Gathered", "Request", "bundles", "gather", "network_of", "networks"]

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Request:
    """The graph to draw and how: as of when, what counts, and with whose copies of the sources."""

    graph: Graph
    as_of: dates.Period | None = None
    include: Include = Include.CONCLUDED
    sources: Path | None = None

    def copies(self) -> Copies | None:
        """The reader's copies of the sources, where there are any."""
        return Copies.find(self.graph, self.sources) if self.sources else None


@dataclass(frozen=True, slots=True)
class Gathered:
    """Facts in order of time, and which of them each entity and each edge is about."""

    facts: tuple[Fact, ...]
    of_node: dict[str, tuple[str, ...]]
    of_pair: dict[Pair, tuple[str, ...]]


def network_of(request: Request, include: Include) -> nx.MultiGraph[str]:
    """The network of entities and facts, also of files that name no source."""
    return network(request.graph, as_of=request.as_of, include=include)


def networks(request: Request) -> tuple[nx.MultiGraph[str], frozenset[tuple[str, str, str]]]:
    """The network asked for, and which of its edges are there only because the pending count."""
    net = network_of(request, request.include)
    if request.include is Include.CONCLUDED:
        return net, frozenset()
    firm = network_of(request, Include.CONCLUDED)
    return net, frozenset(
        (*sorted((one, two)), key)
        for one, two, key in net.edges(keys=True)
        if not firm.has_edge(one, two, key)
    )


def bundles(net: nx.MultiGraph[str], among: Iterable[str]) -> dict[Pair, tuple[str, ...]]:
    """The facts between each two of the entities given, one bundle a pair."""
    chosen = set(among)
    found: dict[Pair, set[str]] = defaultdict(set)
    for one, two, key in net.subgraph(chosen).edges(keys=True):
        if one != two:
            found[_pair(one, two)].add(key)
    return {pair: tuple(sorted(found[pair])) for pair in sorted(found)}


def gather(
    request: Request, entities: dict[str, Entity], ties: dict[Pair, tuple[str, ...]]
) -> Gathered:
    """The facts behind the ties and those that are of the entities alone.

    Facts that did not hold at the date asked for are dropped; so are the rumoured and the denied
    that tie nothing together, unless everything was asked for.
    """
    own = _own_facts(request.graph, entities)
    wanted = {fact for facts in (*ties.values(), *own.values()) for fact in facts}
    tied = {fact for facts in ties.values() for fact in facts}
    facts = tuple(
        fact
        for fact in facts_of(request.graph, wanted, as_of=request.as_of, copies=request.copies())
        if fact.id in tied
        or request.include is Include.ANY
        or fact.grade not in ("rumoured", "denied")
    )
    place = {fact.id: number for number, fact in enumerate(facts)}

    def in_time(iris: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({iri for iri in iris if iri in place}, key=place.__getitem__))

    about: dict[str, set[str]] = {iri: set(own.get(iri, ())) for iri in entities}
    for (one, two), tie in ties.items():
        about[one].update(tie)
        about[two].update(tie)
    return Gathered(
        facts=facts,
        of_node={iri: in_time(about[iri]) for iri in sorted(about)},
        of_pair={pair: kept for pair in sorted(ties) if (kept := in_time(ties[pair]))},
    )


def _pair(one: str, two: str) -> Pair:
    return (one, two) if one < two else (two, one)


def _own_facts(graph: Graph, entities: Iterable[str]) -> dict[str, list[str]]:
    wanted = sorted(entities)
    found: dict[str, list[str]] = defaultdict(list)
    if wanted:
        query = (
            "SELECT DISTINCT ?entity ?fact WHERE { "
            f"{values_clause('entity', wanted)} ?fact dg:of ?entity ; a dg:Fact }}"
        )
        for row in graph.select(query):
            found[row["entity"]].append(row["fact"])
    return found
