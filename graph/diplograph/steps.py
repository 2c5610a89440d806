"""The steps that a path may take, as an index for search.

A step is a fact of the projection ``facts``, or one of ``together``: what the author of a source
says of two entities at once. Shared classes, kinds, stages and source documents, and passages that
name two entities in different facts, are no steps.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from diplograph.edges import Ints, read_edges
from diplograph.information import read_costs
from diplograph.pathindex import PathIndex
from diplograph.store import Graph

__all__ = ["Steps", "read_steps"]

_PROJECTIONS = ("facts", "together")


@dataclass(frozen=True, eq=False)
class Steps:
    """The steps of a graph: the index, and what its numbers stand for.

    ``nodes`` are the IRIs of the entities in order, ``facts`` those of the facts; ``fact`` has the
    number of the fact of each edge, ``told`` how many facts tie its two ends, ``kind`` the number
    of its type and ``kinds`` class and property of each type. ``neighbours`` and ``hub`` are, by
    node, with how many others it is tied and what it costs to pass it; ``limit`` is what a path may
    cost to mean something, ``concluding`` are the stages at which an agreement is concluded.
    """

    index: PathIndex
    nodes: NDArray[np.bytes_]
    facts: NDArray[np.bytes_]
    fact: Ints
    told: Ints
    kind: Ints
    kinds: tuple[tuple[str, str], ...]
    neighbours: Ints
    hub: NDArray[np.float64]
    limit: float
    concluding: frozenset[str]

    @property
    def entities(self) -> int:
        """The number of entities that are tied to any other."""
        return int(np.count_nonzero(self.neighbours))

    def number(self, iri: str) -> int | None:
        """The number of the entity, or None where no step leads to it."""
        name = iri.encode()
        place = int(np.searchsorted(self.nodes, name))
        found = place < len(self.nodes) and self.nodes[place] == name and self.neighbours[place]
        return place if found else None

    def node(self, number: int) -> str:
        """The IRI of an entity."""
        return bytes(self.nodes[number]).decode()

    def fact_of(self, edge: int) -> str:
        """The IRI of the fact of an edge."""
        return bytes(self.facts[self.fact[edge]]).decode()


def read_steps(graph: Graph) -> Steps:
    """The steps of a graph, of any date, standing and grade."""
    edges = read_edges(graph, *_PROJECTIONS)
    costs = read_costs(graph, edges)
    rows = np.flatnonzero(costs.rows)
    rows = rows[
        np.argsort(edges.firmness[rows], kind="stable")
    ]  # of equals the firmest comes first
    types, kind = np.unique(
        edges.kind[rows] * np.int32(len(edges.properties)) + edges.property[rows],
        return_inverse=True,
    )
    index = PathIndex.build(
        len(edges.nodes), edges.one[rows], edges.two[rows], cost=costs.edge[rows], kind=kind,
        since=edges.since()[:, rows], until=edges.last[rows],
    )  # fmt: skip
    named = [divmod(int(t), max(len(edges.properties), 1)) for t in types]
    return Steps(
        index=index,
        nodes=_names(edges.nodes),
        facts=_names(edges.facts),
        fact=edges.fact[rows],
        told=costs.facts[rows],
        kind=kind.astype(np.int32),
        kinds=tuple((edges.kinds[k], edges.properties[p]) for k, p in named),
        neighbours=costs.neighbours,
        hub=costs.hub,
        limit=costs.limit,
        concluding=edges.concluding,
    )


def _names(iris: tuple[str, ...]) -> NDArray[np.bytes_]:
    return np.array([iri.encode() for iri in iris] or [b""], np.bytes_)
