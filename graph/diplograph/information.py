"""How much a step of a path tells: the costs by which paths are ranked.

A path tells little where it leads through what is tied to everything. So a path costs

* for every entity in between the logarithm of the number of entities that it is tied to, as in
  G. L. Ciampaglia and others, “Computational fact checking from knowledge networks”, PLoS ONE 10(6)
  (2015), e0128193, and more where that is a tenth of the graph or more, and where it is an issue or
  a place, which much shares that has nothing to do with one another;
* for every step something, so that of equals the shorter path comes first; more where the fact only
  says that somebody speaks of, judges or is at something, and more the weaker its grade; less where
  several facts tie the two.

That some edges tell more than others, and the hubs of a type less, is the thought of I. Hulpuş,
N. Prangnawarat and C. Hayes, “Path-based semantic relatedness on linked data”, ISWC 2015; their
exclusivity of an edge was tried as well. The weights were chosen by trial on one half of the pairs
in ``bench/connections``; docs/paths.md has the figures.

All costs are in bits: twice the neighbours, one more.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from diplograph.edges import Mask
from diplograph.model import Include
from diplograph.namespaces import DG

if TYPE_CHECKING:
    from diplograph.edges import Edges
    from diplograph.store import Graph

__all__ = [
    "COMMON",
    "GRADES",
    "KINDS",
    "PROPERTIES",
    "STEP",
    "WIDE",
    "Costs",
    "limit",
    "read_costs",
    "reasons",
]

STEP = 0.5
"""What every step costs."""

KINDS = {"Claim": 0.25, "Stance": 0.25}
"""What a step costs more whose fact only says that somebody speaks of it or judges it."""

PROPERTIES = {"place": 1.0, "together": 0.25}
"""What a step costs more by which the fact only names a place, or its author names both."""

GRADES = {"estimated": 0.2, "inferred": 0.3, "reported": 0.5, "rumoured": 1.0, "denied": 1.0}
"""What a step costs more whose fact is not plainly stated."""

COMMON = {"Issue": 2.0, "Place": 1.0}
"""What an entity of these classes costs more."""

WIDE = 3.0
"""What an entity costs more that is tied to a tenth of all entities or more."""

_WIDE_FROM = 0.1
_LIMIT_SHARE = 1 / 3
_FEWEST = 100
"""In a graph of fewer entities shares are taken of so many; a tenth of a dozen says nothing."""
_ATTESTED, _MOST_ATTESTED = 0.3, 2.0
_PROPERTY_TOLD = {"place": "the place of it", "together": "told of together"}


def reasons(kind: str, prop: str, grade: str, facts: int) -> tuple[tuple[str, float], ...]:
    """What a step costs, apart from what it leads through, item by item.

    ``kind`` is the class of its fact, ``prop`` the property by which that names the second entity,
    ``facts`` how many facts tie the two.

    >>> reasons("Stance", "", "reported", 2)
    (('a step', 0.5), ('only a stance', 0.25), ('only reported', 0.5), ('told by 2 facts', -0.3))
    """
    found = [("a step", STEP)]
    if kind in KINDS:
        found.append((f"only a {kind.lower()}", KINDS[kind]))
    if prop in PROPERTIES:
        found.append((f"only {_PROPERTY_TOLD[prop]}", PROPERTIES[prop]))
    if grade in GRADES:
        found.append((f"only {grade}", GRADES[grade]))
    if facts > 1:
        less = _ATTESTED * min(float(np.log2(facts)), _MOST_ATTESTED)
        found.append((f"told by {facts} facts", -less))
    return tuple(found)


def limit(entities: int) -> float:
    """What a path may cost to mean something in a network of so many entities.

    It is the cost of a path through one thing alone to which a third of all entities are tied: who
    goes over it tells less than that both have to do with such a thing.

    >>> round(limit(900), 1)
    12.2
    """
    return 2 * STEP + float(np.log2(1 + _LIMIT_SHARE * max(entities, _FEWEST))) + WIDE


@dataclass(frozen=True, eq=False)
class Costs:
    """The costs over a network: by row of its edges, and by node.

    ``edge`` is the cost of a step by a row, half of what each of its two ends costs included, so
    that a path costs the sum of its edges less half of what its two ends cost. ``neighbours`` and
    ``hub`` are by node, ``facts`` by row, how many tie its two ends. ``rows`` are those that can
    count at all.
    """

    rows: Mask
    edge: NDArray[np.float32]
    neighbours: NDArray[np.int32]
    hub: NDArray[np.float64]
    facts: NDArray[np.int32]
    limit: float


def read_costs(graph: Graph, edges: Edges) -> Costs:
    """The costs over the edges of a graph, the same for every date and level of inclusion."""
    rows = edges.counted(include=Include.ANY)
    neighbours, facts = _counts(edges, rows)
    entities = int(np.count_nonzero(neighbours))
    extra = np.zeros(len(edges.nodes))
    for kind, cost in COMMON.items():
        for row in graph.select(f"SELECT ?e WHERE {{ ?e a <{DG}{kind}> }}"):
            place = edges.nodes.number(row["e"])
            if place is not None:
                extra[place] = cost
    wide = neighbours >= _WIDE_FROM * max(entities, _FEWEST)
    hubs = np.log2(1 + neighbours) + np.where(wide, WIDE, 0) + extra
    step = np.full(len(edges), STEP)
    for names, column, costs in (
        (edges.kinds, edges.kind, KINDS),
        (edges.properties, edges.property, PROPERTIES),
        (edges.grades, edges.grade, GRADES),
    ):
        step += np.array([costs.get(name, 0.0) for name in names] or [0.0])[column]
    step -= _ATTESTED * np.minimum(np.log2(np.maximum(facts, 1)), _MOST_ATTESTED)
    edge = step + (hubs[edges.one] + hubs[edges.two]) / 2
    return Costs(rows, edge.astype(np.float32), neighbours, hubs, facts, limit(entities))


def _counts(edges: Edges, rows: Mask) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """With how many others each node is tied, and how many facts tie the ends of each row."""
    low = np.minimum(edges.one, edges.two).astype(np.int64)
    every = low * len(edges.nodes) + np.maximum(edges.one, edges.two)
    pair, fact = every[rows], edges.fact[rows]
    order = np.lexsort((fact, pair))
    pair, fact = pair[order], fact[order]
    new = np.ones(len(pair), bool)
    new[1:] = (pair[1:] != pair[:-1]) | (fact[1:] != fact[:-1])
    pairs, counts = np.unique(pair[new], return_counts=True)
    ends = np.concatenate((pairs // len(edges.nodes), pairs % len(edges.nodes)))
    neighbours = np.bincount(ends, minlength=len(edges.nodes)).astype(np.int32)
    facts = np.zeros(len(edges), np.int32)
    if len(pairs):
        place = np.minimum(np.searchsorted(pairs, every), len(pairs) - 1)
        facts = np.where(pairs[place] == every, counts[place], 0).astype(np.int32)
    return neighbours, facts
