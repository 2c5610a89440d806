"""The steps that a path may take, as an index for search.

A step is a fact of the projection ``facts``, or one of ``together``: what the author of a source
says of two entities at once. Shared classes, kinds, stages and source documents, and passages that
name two entities in different facts, are no steps.

Reading the steps takes far longer than a search in them, so those of a graph on disk are kept
beside it (:mod:`diplograph.kept`).
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from diplograph.edges import MADE_BY, Ints, read_edges
from diplograph.folders import read_record, told, write_record
from diplograph.information import read_costs
from diplograph.kept import kept
from diplograph.pathindex import PathIndex
from diplograph.projections import find_projection
from diplograph.store import Graph
from diplograph.texts import Texts

__all__ = ["Steps", "open_steps", "read_steps"]

_PROJECTIONS = ("facts", "together")
_MADE_BY = (*MADE_BY, "information", "steps", "pathindex/arrays")
"""The modules that say what the steps of a graph are."""


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
    nodes: Texts
    facts: Texts
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
        place = self.nodes.number(iri)
        return None if place is None or not self.neighbours[place] else place

    def fact_of(self, edge: int) -> str:
        """The IRI of the fact of an edge."""
        return self.facts[int(self.fact[edge])]

    def save(self, folder: Path, mark: str) -> None:
        """Keep the steps in a folder of their own, in place of what was kept there before.

        Raises :class:`~diplograph.errors.StoreError` where that cannot be done.
        """
        write_record(
            folder,
            self,
            {"index": None, "concluding": sorted(self.concluding)},
            lambda inside: self.index.save(inside / "index", mark),
        )

    @classmethod
    def open(cls, folder: Path) -> tuple[Steps, str]:
        """The steps that are kept in a folder, mapped into memory, and their mark.

        Raises :class:`~diplograph.errors.StoreError` where there are none, or damaged ones.
        """
        with told(folder):
            found = read_record(folder)
            index = PathIndex.open(folder / "index")
            found["concluding"] = frozenset(found["concluding"])
            return cls(index=index, **found), index.fingerprint


def open_steps(graph: Graph) -> Steps:
    """The steps of a graph: those kept beside it, else read from it, and kept if it is on disk."""
    queries = (find_projection(name).sparql for name in _PROJECTIONS)
    return kept(graph, "steps", (*_MADE_BY, *queries), lambda: read_steps(graph), Steps.open)


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
        nodes=edges.nodes,
        facts=edges.facts,
        fact=edges.fact[rows],
        told=costs.facts[rows],
        kind=kind.astype(np.int32),
        kinds=tuple((edges.kinds[k], edges.properties[p]) for k, p in named),
        neighbours=costs.neighbours,
        hub=costs.hub,
        limit=costs.limit,
        concluding=edges.concluding,
    )
