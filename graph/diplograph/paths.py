"""The shortest chains of facts between two entities.

The chains run over the network of entities and facts (:mod:`diplograph.networks`): shared
classes, kinds, stages and source documents are no steps. Of several facts that tie the same two
entities, the step tells the best dated and, of those, the earliest.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import islice, pairwise
from typing import TYPE_CHECKING, Any

from diplograph import dates
from diplograph.copies import Copies
from diplograph.facts import evidence_of, when_from
from diplograph.model import Absence, Entity, Evidence, Include, Question, Record, When
from diplograph.networks import network, simple
from diplograph.store import Graph

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Path", "PathsAnswer", "Step", "shortest_paths"]


@dataclass(frozen=True)
class Step(Record):
    """One step of a path: a fact that ties two entities together."""

    from_: Entity = field(metadata={"key": "from"})
    to: Entity
    statement: str
    when: When | None
    grade: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True)
class Path(Record):
    """A chain of facts between two entities.

    ``score`` is one over the number of steps. ``common_period`` is the time in which all dated
    steps can have held together, None where there is none or nothing is dated.
    """

    score: float
    entities: tuple[Entity, ...]
    steps: tuple[Step, ...]
    common_period: When | None


@dataclass(frozen=True)
class PathsAnswer(Record):
    """The shortest chains of facts between two entities."""

    question: Question
    paths: tuple[Path, ...]
    absence: Absence | None
    notes: tuple[str, ...] = ()


def shortest_paths(
    graph: Graph,
    x: str,
    y: str,
    *,
    most: int = 3,
    max_length: int = 4,
    as_of: dates.Period | None = None,
    include: Include = Include.CONCLUDED,
    copies: Copies | None = None,
) -> tuple[Path, ...]:
    """The ``most`` shortest chains between the IRIs ``x`` and ``y``, the shortest first.

    Found by Yen's algorithm (J. Y. Yen, “Finding the K Shortest Loopless Paths in a Network”,
    Management Science 17, 1971) as networkx implements it; of equals the one whose entities come
    first by name.
    """
    import networkx as nx

    net = network(graph, as_of=as_of, include=include)
    if x not in net or y not in net or x == y:
        return ()
    flat = simple(net)
    if not nx.has_path(flat, x, y):
        return ()
    chains = nx.shortest_simple_paths(flat, x, y)
    short = [c for c in islice(chains, _enough(most)) if len(c) - 1 <= max_length]
    chosen = sorted(short, key=lambda c: (len(c), [net.nodes[n]["label"] for n in c]))[:most]
    steps = {(a, b): _best(net, a, b) for c in chosen for a, b in pairwise(c)}
    passages = evidence_of(graph, {fact for fact, _ in steps.values()}, copies)
    entity = {n: Entity(n, net.nodes[n]["label"], net.nodes[n]["type"]) for c in chosen for n in c}
    found = []
    for chain in chosen:
        made = []
        for one, two in pairwise(chain):
            fact, edge = steps[one, two]
            made.append(
                Step(
                    entity[one],
                    entity[two],
                    edge["statement"],
                    _when(edge),
                    edge["grade"],
                    passages.get(fact, ()),
                )
            )
        dated = [dates.parse(step.when.edtf) for step in made if step.when]
        shared = dates.common(dated) if dated else None
        found.append(
            Path(
                score=1 / len(made),
                entities=tuple(entity[n] for n in chain),
                steps=tuple(made),
                common_period=when_from(shared),
            )
        )
    return tuple(found)


def _enough(most: int) -> int:
    """How many chains to look at, so that the choice among equals does not hang on their order."""
    return 10 * most + 20


def _best(net: nx.MultiGraph[str], one: str, two: str) -> tuple[str, dict[str, Any]]:
    edges: dict[str, dict[str, Any]] = net.get_edge_data(one, two)
    return min(
        edges.items(),
        key=lambda item: (not item[1]["edtf"], -len(item[1]["edtf"]), item[1]["edtf"], item[0]),
    )


def _when(edge: dict[str, Any]) -> When | None:
    if not edge["edtf"]:
        return None
    return When(edge["edtf"], edge["earliest"] or None, edge["latest"] or None)
