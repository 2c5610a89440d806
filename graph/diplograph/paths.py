"""How two entities are connected: the chains of facts that tell most.

A path is an argument: each step is a fact that ties two entities, with its sentence, date, grade
and passage. What may be a step is said in :mod:`diplograph.steps`, how much a path tells in
:mod:`diplograph.information`, how paths are found in :mod:`diplograph.chains`. A path that costs
more than the limit says nothing that could not be said of most pairs, and is told only where the
weak ones are asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from diplograph.chains import Conditions, Search
from diplograph.copies import Copies
from diplograph.facts import entities_of, when_from
from diplograph.information import reasons
from diplograph.model import Absence, Conflict, Entity, Evidence, Fact, Question, Record, When
from diplograph.pathindex import Chain
from diplograph.steps import Steps, open_steps
from diplograph.store import Graph

__all__ = ["Conditions", "Found", "Path", "PathsAnswer", "Reason", "Step", "find_paths"]


@dataclass(frozen=True)
class Reason(Record):
    """An item of what a path costs, in bits, and what it is for."""

    about: str
    cost: float


@dataclass(frozen=True)
class Step(Record):
    """One step of a path: a fact that ties two entities together.

    ``fact`` is its IRI, ``kind`` its class, ``why`` what the step costs, item by item.
    """

    from_: Entity = field(metadata={"key": "from"})
    to: Entity
    statement: str
    when: When | None
    grade: str
    evidence: tuple[Evidence, ...]
    fact: str
    kind: str
    stage: str | None
    source: str
    conflicts: tuple[Conflict, ...]
    why: tuple[Reason, ...]


@dataclass(frozen=True)
class Path(Record):
    """A chain of facts between two entities.

    ``cost`` is what it costs in bits (:mod:`diplograph.information`), ``score`` one over one more
    than that, and ``weak`` says that it costs more than the limit. ``common_period`` is the time in
    which all dated steps can have held together, None where there is none or nothing is dated, and
    ``together`` whether they did: ``definitely``, ``possibly``, ``no``, or ``unknown`` where
    nothing is dated; ``undated`` steps say nothing of it. ``alike`` is how many paths that are
    nearly the same this one stands for, and ``why`` what its entities in between cost.
    """

    score: float
    entities: tuple[Entity, ...]
    steps: tuple[Step, ...]
    common_period: When | None
    cost: float
    weak: bool
    together: str
    undated: int
    alike: int
    why: tuple[Reason, ...]

    def too_weak(self, limit: float) -> str:
        """Why a path beyond the limit means nothing, in a sentence."""
        chain = " — ".join(entity.label for entity in self.entities)
        widest = max(self.why, key=lambda reason: reason.cost, default=None)
        because = f", and leads {widest.about}" if widest else ""
        return (
            f"the best path ({chain}) costs {self.cost:.1f} bits, over the limit of {limit:.1f}"
            f"{because}."
        )


@dataclass(frozen=True)
class PathsAnswer(Record):
    """The chains of facts between two entities that tell most; ``limit`` is what one may cost."""

    question: Question
    paths: tuple[Path, ...]
    absence: Absence | None
    notes: tuple[str, ...] = ()
    limit: float | None = None


@dataclass(frozen=True)
class Found:
    """The paths and the limit; where there is none within it, the best one beyond it, if any."""

    paths: tuple[Path, ...]
    limit: float
    beyond: Path | None = None


def find_paths(
    graph: Graph, x: str, y: str, asked: Conditions, copies: Copies | None = None
) -> Found:
    """The paths between the IRIs ``x`` and ``y`` that tell most, the best first.

    Raises :class:`~diplograph.errors.UnknownName` or :class:`~diplograph.errors.AmbiguousName` for
    a kind or name to pass through or to avoid that is none.
    """
    steps = open_steps(graph)
    search = Search(graph, steps, x, y, asked, copies)
    chains = search.chains(None if asked.weak else steps.limit, asked.most)
    if chains or asked.weak:
        return Found(_paths(graph, steps, search, chains), steps.limit)
    beyond = _paths(graph, steps, search, search.chains(None, 1))
    return Found((), steps.limit, *beyond)


def _paths(
    graph: Graph, steps: Steps, search: Search, chains: list[tuple[Chain, int]]
) -> tuple[Path, ...]:
    facts = search.facts(chain for chain, _ in chains)
    nodes = {node for chain, _ in chains for node in chain.nodes}
    labels = entities_of(graph, (steps.nodes[node] for node in nodes))
    entities = {node: labels[steps.nodes[node]] for node in nodes}
    return tuple(_path(steps, search, chain, like, facts, entities) for chain, like in chains)


def _path(
    steps: Steps,
    search: Search,
    chain: Chain,
    alike: int,
    facts: dict[str, Fact],
    entities: dict[int, Entity],
) -> Path:
    cost = round(search.cost(chain), 3)
    held = search.held(chain)
    made = []
    for (one, two), edge in zip(pairwise(chain.nodes), chain.edges, strict=True):
        fact, told = facts[steps.fact_of(edge)], int(steps.told[edge])
        kind, names = steps.kinds[int(steps.kind[edge])]
        made.append(
            Step(
                from_=entities[one],
                to=entities[two],
                statement=fact.statement,
                when=fact.when,
                grade=fact.grade,
                evidence=fact.evidence,
                fact=fact.id,
                kind=fact.kind,
                stage=fact.stage,
                source=fact.source,
                conflicts=fact.conflicts,
                why=tuple(
                    Reason(about, round(bits, 3))
                    for about, bits in reasons(kind, names, fact.grade, told)
                ),
            )
        )
    return Path(
        score=round(1 / (1 + cost), 4),
        entities=tuple(entities[node] for node in chain.nodes),
        steps=tuple(made),
        common_period=when_from(held.period),
        cost=cost,
        weak=cost > steps.limit,
        together=held.together or "unknown",
        undated=held.undated,
        alike=alike,
        why=tuple(
            Reason(
                f"through {entities[node].label}, tied to {steps.neighbours[node]:,} of "
                f"{steps.entities:,} entities",
                round(float(steps.hub[node]), 3),
            )
            for node in chain.nodes[1:-1]
        ),
    )
