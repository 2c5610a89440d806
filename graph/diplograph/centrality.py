"""Who matters: network measures over the network of entities and facts.

Several facts between two entities count as one tie for betweenness, eigenvector centrality and
PageRank; the degree counts them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from diplograph import dates
from diplograph.errors import OptionError
from diplograph.model import Entity, Include, Record
from diplograph.networks import network, simple
from diplograph.store import Graph

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["MEASURES", "Ranked", "Ranking", "Stability", "rank"]

MEASURES = ("degree", "betweenness", "eigenvector", "pagerank")
"""The measures, by the names that networkx and the literature use."""


@dataclass(frozen=True)
class Stability(Record):
    """The best and the worst rank when each source in turn is left out (1 is first)."""

    best: int
    worst: int


@dataclass(frozen=True)
class Ranked(Record):
    """An entity's place in a ranking; equal scores share a rank."""

    entity: Entity
    score: float
    rank: int
    stability: Stability


@dataclass(frozen=True)
class Ranking(Record):
    """Entities in order of a network measure."""

    question: dict[str, Any]
    ranking: tuple[Ranked, ...]


def rank(
    graph: Graph,
    measure: str = "degree",
    *,
    as_of: dates.Period | None = None,
    include: Include = Include.CONCLUDED,
    most: int | None = 20,
) -> Ranking:
    """Entities in order of ``measure``, the ``most`` first ones (None for all).

    * ``degree``: the number of facts that tie the entity to others;
    * ``betweenness``: the share of shortest paths between others that pass through it
      (L. C. Freeman, 1977; exact, by Brandes' algorithm, 2001);
    * ``eigenvector``: being tied to those who are well tied (P. Bonacich, 1987), within the
      largest connected part, 0 outside it;
    * ``pagerank``: where a random walker over the ties is met (L. Page and others, 1999; damping
      0.85).

    Equal scores share a rank. ``stability`` is the best and the worst rank that the entity gets
    when each source in turn is left out; an entity of which nothing is left then ranks behind all
    others.

    Raises :class:`~diplograph.errors.OptionError` for a measure that is none of these.
    """
    if measure not in MEASURES:
        raise OptionError(f"there is no measure “{measure}”; use one of {', '.join(MEASURES)}.")
    whole = network(graph, as_of=as_of, include=include)
    scores = _scores(whole, measure)
    ranks = _ranks(scores)
    sources = sorted({edge["source"] for _, _, edge in whole.edges(data=True)} - {""})
    without = [
        _ranks(_scores(network(graph, as_of=as_of, include=include, without_source=s), measure))
        for s in sources
    ]
    order = sorted(scores, key=lambda n: (ranks[n], whole.nodes[n]["label"], n))[:most]
    ranking = tuple(
        Ranked(
            Entity(n, whole.nodes[n]["label"], whole.nodes[n]["type"]),
            scores[n],
            ranks[n],
            Stability(*_spread([ranks[n], *(r.get(n, len(r) + 1) for r in without)])),
        )
        for n in order
    )
    question = {
        "kind": "central",
        "measure": measure,
        "as_of": as_of.edtf if as_of else None,
        "include": include.value,
        "entities": whole.number_of_nodes(),
        "facts": len({key for _, _, key in whole.edges(keys=True)}),
    }
    return Ranking(question, ranking)


def _spread(ranks: list[int]) -> tuple[int, int]:
    return min(ranks), max(ranks)


def _scores(net: nx.MultiGraph[str], measure: str) -> dict[str, float]:
    import networkx as nx

    if net.number_of_nodes() == 0:
        return {}
    if measure == "degree":
        return {node: float(degree) for node, degree in net.degree()}
    flat = simple(net)
    if measure == "betweenness":
        found = nx.betweenness_centrality(flat)
    elif measure == "pagerank":
        found = nx.pagerank(flat, alpha=0.85, weight=None, tol=1e-10, max_iter=1000)
    else:
        parts = sorted(nx.connected_components(flat), key=lambda part: (-len(part), min(part)))
        main = flat.subgraph(parts[0])
        found = dict.fromkeys(flat, 0.0)
        if len(main) > 1:
            found |= nx.eigenvector_centrality(main, max_iter=10_000, tol=1e-10)
    return {node: round(float(score), 9) for node, score in found.items()}


def _ranks(scores: dict[str, float]) -> dict[str, int]:
    ordered = sorted(scores.values(), reverse=True)
    first: dict[float, int] = {}
    for position, score in enumerate(ordered, 1):
        first.setdefault(score, position)
    return {node: first[score] for node, score in scores.items()}
