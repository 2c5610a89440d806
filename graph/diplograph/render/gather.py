"""What a picture shows of a graph: the edges between chosen entities and the facts behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from diplograph import dates
from diplograph.copies import Copies
from diplograph.edges import LEVELS, open_edges
from diplograph.facts import facts_of, in_time, told_of, windows_of
from diplograph.model import Entity, Fact, Include
from diplograph.namespaces import INDEX_GRAPH, values_clause
from diplograph.render.many import MANY, many_facts
from diplograph.render.picture import Tie, Times, Way
from diplograph.render.ties import Pair, named, pair_of
from diplograph.store import Graph
from diplograph.texts import Texts

__all__ = ["Gathered", "Parts", "Request", "also_called", "gather"]

_UNSURE = frozenset({"reported", "rumoured", "denied"})
_THERE: dict[tuple[str, str], Way] = dict.fromkeys(
    (("Stance", ""), ("Claim", ""), ("Citation", ""), ("TransferFact", "recipient")), (True, False)
)
_BACK: dict[tuple[str, str], Way] = dict.fromkeys(
    (("Succession", ""), ("TransferFact", "supplier")), (False, True)
)
_WAYS = _THERE | _BACK
"""Which facts, by class and property, lead from one entity to the other, or back."""


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
    """Facts in order of time, and which of them each entity and each edge is about.

    ``times`` and ``owners`` say of each fact when it counts and of which entities it is; ``soft``
    are the stages that are not concluded ones, ``unsure`` the facts that tell of nothing more than
    such a stage, or that are only reported, rumoured or denied.
    """

    facts: tuple[Fact, ...]
    of_node: dict[str, tuple[str, ...]]
    of_pair: dict[Pair, tuple[Tie, ...]]
    times: tuple[Times, ...]
    owners: tuple[tuple[str, ...], ...]
    soft: tuple[str, ...]
    unsure: frozenset[str]


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
    facts, windows = _told(request, wanted, tied)
    place = {fact.id: number for number, fact in enumerate(facts)}

    def ordered(iris: Iterable[str]) -> tuple[str, ...]:
        return tuple(sorted({iri for iri in iris if iri in place}, key=place.__getitem__))

    about: dict[str, set[str]] = {iri: set(own.get(iri, ())) for iri in entities}
    for (one, two), tie in ties.items():
        about[one].update(tie)
        about[two].update(tie)
    rows = _rows(request, ties)
    owners: dict[str, list[str]] = {fact: [] for fact in place}
    for iri in sorted(own):
        for fact in own[iri]:
            if fact in owners:
                owners[fact].append(iri)
    concluding = open_edges(request.graph, "facts").concluding
    soft = {fact.stage for fact in facts if fact.stage and fact.stage not in concluding}
    return Gathered(
        facts=facts,
        of_node={iri: ordered(about[iri]) for iri in sorted(about)},
        of_pair={
            pair: tuple(rows.get((pair, fact)) or _plain(fact, windows[fact]) for fact in kept)
            for pair in sorted(ties)
            if (kept := ordered(ties[pair]))
        },
        times=tuple(windows[fact.id] for fact in facts),
        owners=tuple(tuple(owners[fact.id]) for fact in facts),
        soft=tuple(sorted(soft)),
        unsure=frozenset(f.id for f in facts if f.grade in _UNSURE or f.stage in soft),
    )


def _told(
    request: Request, wanted: set[str], tied: set[str]
) -> tuple[tuple[Fact, ...], dict[str, Times]]:
    """The facts that count of those wanted, in order of time, and the days on which each does."""
    graph, copies = request.graph, request.copies()
    made = (
        many_facts(graph, open_edges(graph, "facts"), wanted, request.as_of, copies)
        if len(wanted) >= MANY else {}
    )  # fmt: skip
    left = wanted - made.keys()
    said = told_of(graph, left)
    facts = [
        *(fact for fact, _ in made.values()),
        *facts_of(graph, left, as_of=request.as_of, copies=copies, told=said),
    ]
    windows: dict[str, Times] = {iri: times for iri, (_, times) in made.items()}
    windows |= windows_of(graph, (fact.id for fact in facts if fact.id in left), said)
    return tuple(
        fact
        for fact in sorted(facts, key=in_time)
        if fact.id in tied
        or request.include is Include.ANY
        or fact.grade not in ("rumoured", "denied")
    ), windows


class Parts:
    """What was gathered, taken apart: of some of the entities alone.

    >>> from diplograph.store import open_graph
    >>> from diplograph.facts import entities_of
    >>> request = Request(open_graph())
    >>> from diplograph.render.ties import bundles, network_of
    >>> net = network_of(request, request.include)
    >>> found = gather(request, entities_of(request.graph, net), bundles(net, net))
    >>> len(Parts(found).of(sorted(found.of_node)).facts) == len(found.facts)
    True
    """

    def __init__(self, found: Gathered) -> None:
        self._found = found
        self._place = {fact.id: number for number, fact in enumerate(found.facts)}
        self._pairs: dict[str, list[Pair]] = defaultdict(list)
        for pair in found.of_pair:
            self._pairs[pair[0]].append(pair)

    def of(self, entities: Collection[str]) -> Gathered:
        """What is told of the entities, facts that tie them to others among it."""
        found, chosen = self._found, set(entities)
        kept = sorted({self._place[fact] for iri in chosen for fact in found.of_node[iri]})
        return replace(
            found,
            facts=tuple(found.facts[number] for number in kept),
            of_node={iri: found.of_node[iri] for iri in sorted(chosen)},
            of_pair={
                pair: found.of_pair[pair]
                for iri in sorted(chosen)
                for pair in self._pairs[iri]
                if pair[1] in chosen
            },
            times=tuple(found.times[number] for number in kept),
            owners=tuple(found.owners[number] for number in kept),
        )


def also_called(graph: Graph, entities: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The other names of each of the entities."""
    wanted = sorted(entities)
    found: dict[str, set[str]] = defaultdict(set)
    if wanted:
        pattern = f"{values_clause('e', wanted)} ?e skos:altLabel ?name"
        for iri, name in graph.pairs(f"SELECT ?e (STR(?name) AS ?n) WHERE {{ {pattern} }}"):
            found[iri].add(name)
    return {iri: tuple(sorted(names)) for iri, names in found.items()}


def _rows(request: Request, ties: dict[Pair, tuple[str, ...]]) -> dict[tuple[Pair, str], Tie]:
    """When and in which direction each fact ties the two entities of each pair."""
    edges = open_edges(request.graph, "facts")
    wanted = {(pair, fact) for pair, facts in ties.items() for fact in facts}
    rows = np.flatnonzero(np.isin(edges.key, _numbers(edges.keys, {fact for _, fact in wanted})))
    since = edges.since()[:, rows]
    columns = (
        *(column[rows] for column in (
            edges.one, edges.two, edges.key, edges.kind, edges.property, edges.last,
        )),
        since[LEVELS.index(request.include)], since[0],
    )  # fmt: skip
    nodes, keys = named(edges.nodes, columns[0], columns[1]), named(edges.keys, columns[2])
    found: dict[tuple[Pair, str], Tie] = {}
    for one, two, key, kind, name, last, begins, firm in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        from_, to, fact = nodes[one], nodes[two], keys[key]
        pair = pair_of(from_, to)
        if (pair, fact) not in wanted:
            continue
        there, back = _WAYS.get((edges.kinds[kind], edges.properties[name]), (False, False))
        way = (there, back) if pair[0] == from_ else (back, there)
        tie = Tie(fact, begins, firm, last, way)
        found[pair, fact] = _joined(found[pair, fact], tie) if (pair, fact) in found else tie
    return found


def _plain(fact: str, times: Times) -> Tie:
    """How a fact ties two entities that the network does not tie by it: as long as it counts."""
    (first, last), _ = times
    return Tie(fact, first, first, last)


def _numbers(texts: Texts, wanted: Collection[str]) -> list[int]:
    """The numbers of those of the texts that are among the wanted."""
    if len(wanted) * 8 > len(texts):
        return [number for number, text in enumerate(texts[:]) if text in wanted]
    return [number for text in wanted if (number := texts.number(text)) is not None]


def _joined(one: Tie, two: Tie) -> Tie:
    """One fact that ties two entities in two ways."""
    return Tie(
        one.fact,
        min(one.since, two.since),
        min(one.firm, two.firm),
        max(one.last, two.last),
        (one.way[0] or two.way[0], one.way[1] or two.way[1]),
    )


def _own_facts(graph: Graph, entities: Collection[str]) -> dict[str, list[str]]:
    """The facts that are of each entity.

    Of an agreement whose parties are told of one by one, those of the parties that are not among
    the entities are left out.
    """
    found: dict[str, list[str]] = defaultdict(list)
    if not entities:
        return found
    values = values_clause("entity", sorted(entities))
    for iri, fact in graph.pairs(
        f"SELECT DISTINCT ?entity ?fact WHERE {{ {values} ?fact dg:of ?entity ; a dg:Fact }}"
    ):
        found[iri].append(fact)
    whole = graph.pairs(
        f"""SELECT ?fact ?entity WHERE {{ {values}
            GRAPH <{INDEX_GRAPH}> {{ ?fact dg:ofWhole ?entity }} }}"""
    )
    if whole:
        parties = values_clause("party", sorted(entities))
        told = graph.pairs(
            f"""SELECT ?fact ?entity WHERE {{
                {parties} ?fact dg:agent|dg:forParty ?party ; dg:of ?entity }}"""
        )
        kept = {fact for fact, _ in (*whole, *told)}
        for iri in {entity for _, entity in whole}:
            found[iri] = [fact for fact in found[iri] if fact in kept]
    return found
