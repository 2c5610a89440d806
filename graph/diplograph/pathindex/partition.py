"""The best chains, one after the other, by dividing all of them into parts.

E. L. Lawler's partition (“A Procedure for Computing the K Best Solutions to Discrete Optimization
Problems”, Management Science 18, 1972) of J. Y. Yen's deviations (1971). A part is not searched
until it can hold the next chain, and then only for chains not much dearer than what the cheapest
other part can hold; if there is none, it waits with the bound that the search found (after L. Chang
and others, “Efficiently Computing Top-K Shortest Path Join”, EDBT 2015).
"""

from __future__ import annotations

import heapq
from dataclasses import dataclass, field, replace
from itertools import pairwise
from math import inf

from diplograph.pathindex.arrays import PathIndex
from diplograph.pathindex.filters import Allowed
from diplograph.pathindex.tasks import Engine, Found, Task

__all__ = ["Chain", "Partition"]

WIDENED = 1.06
"""By how much more than the cheapest part may cost the next is searched."""

_AT_ONCE = 32
"""Up to how many chains are looked for at once."""

_LESS, _MORE = 1 - 1e-12, 1 + 1e-12
"""So that a rounded sum of costs shuts out nothing."""


@dataclass(frozen=True)
class Chain:
    """A chain of edges from one node to another that passes no node twice.

    ``nodes`` has one place more than ``edges``, the numbers of the edges in between; ``cost`` is
    the sum of theirs. Chains are in order of cost, then of length, then of their nodes.
    """

    cost: float
    nodes: tuple[int, ...]
    edges: tuple[int, ...]

    def __lt__(self, other: Chain) -> bool:
        return (self.cost, len(self.nodes), self.nodes) < (
            other.cost, len(other.nodes), other.nodes,
        )  # fmt: skip


@dataclass(frozen=True, order=True)
class _Part:
    """The chains that begin with ``prefix`` and do not go on to one of ``banned``.

    They cost ``at_least`` so much; ``chain`` is the best of them once it is known. In order of
    what could come first.
    """

    at_least: float
    known: bool
    depth: int
    chain: Chain | None
    prefix: tuple[int, ...] = field(compare=False)
    banned: frozenset[int] = field(compare=False)


class Partition:
    """All chains between two nodes, divided into parts, for the best ``k``."""

    def __init__(
        self,
        index: PathIndex,
        allow: Allowed,
        engine: Engine,
        ends: tuple[int, int],
        k: int,
        most_steps: int,
        most_cost: float,
    ) -> None:
        self._index, self._allow, self._engine = index, allow, engine
        self._ends, self._k = ends, k
        self._most_steps, self._most_cost = most_steps, most_cost
        self._layered = False
        self._steps: dict[tuple[int, int], tuple[float, int]] = {}
        self._queue: list[_Part] = []
        self._found: list[Chain] = []

    def at_once(self) -> list[Chain]:
        """The best chains as the engine finds them together; none where it cannot.

        They are the best walks, if none of these passes a node twice.
        """
        if self._k == 1 or self._k > _AT_ONCE or len(self._allow.through):
            return []
        task = Task(*self._ends, frozenset(), frozenset(), False, None, self._most_cost * _MORE)
        walks = self._engine.several(task, self._k)
        if walks and max(map(len, walks)) - 1 > self._most_steps:
            walks = self._engine.several(replace(task, most_steps=self._most_steps), self._k)
        if walks is None or any(_repeats(walk) < len(walk) for walk in walks):
            return []
        chains = (self._chain(walk) for walk in walks)
        return [chain for chain in chains if chain.cost <= self._most_cost]

    def run(self) -> list[Chain]:
        """The best chains, the cheapest first."""
        self._add(0.0, self._ends[:1], frozenset())
        while self._queue and len(self._found) < self._k:
            part = heapq.heappop(self._queue)
            if part.chain is None:
                self._search(part)
                continue
            simple = _repeats(part.chain.nodes) == len(part.chain.nodes)
            if simple:
                self._found.append(part.chain)
            if len(self._found) < self._k:
                self._divide(part, part.chain, simple)
        return self._found

    def _divide(self, part: _Part, chain: Chain, simple: bool) -> None:
        """Queue the parts of a part without its best chain."""
        nodes, depth = chain.nodes, len(part.prefix)
        for end in range(depth, len(nodes) if simple else _repeats(nodes) + 1):
            banned = part.banned if end == depth else frozenset()
            self._add(chain.cost, nodes[:end], banned | {nodes[end]})

    def _add(self, at_least: float, prefix: tuple[int, ...], banned: frozenset[int]) -> None:
        if len(prefix) <= self._most_steps and at_least <= self._most_cost and at_least < inf:
            heapq.heappush(
                self._queue, _Part(at_least * _LESS, False, -len(prefix), None, prefix, banned)
            )

    def _search(self, part: _Part) -> None:
        """Find the best chain of a part, or that it costs more than those of others may."""
        most = self._bound()
        if part.at_least > 0:
            near = max(part.at_least, self._queue[0].at_least if self._queue else 0.0)
            most = min(most, near * WIDENED)
        spent = self._chain(part.prefix).cost
        found = self._walk(part, (most - spent) * _MORE)
        if found.nodes:
            chain = self._chain(part.prefix + found.nodes[1:])
            if chain.cost <= self._most_cost:
                order = replace(part, at_least=chain.cost, known=True, depth=0, chain=chain)
                heapq.heappush(self._queue, order)
        else:
            self._add(max(part.at_least, spent + found.cost), part.prefix, part.banned)

    def _walk(self, part: _Part, most_cost: float) -> Found:
        left = self._most_steps - len(part.prefix) + 1
        task = Task(
            start=part.prefix[-1],
            goal=self._ends[1],
            removed=frozenset(part.prefix[:-1]),
            banned=part.banned,
            through=self._passes_later(part.prefix),
            most_steps=left if self._layered else None,
            most_cost=most_cost,
        )
        found = self._engine.best(task)
        if len(found.nodes) - 1 > left:
            self._layered = True  # what is cheapest tends to be too long: ask so from now on
            found = self._engine.best(replace(task, most_steps=left))
        return found

    def _passes_later(self, prefix: tuple[int, ...]) -> bool:
        """Whether one of the nodes to be passed is still to come."""
        through = self._allow.through
        return len(through) > 0 and not any(through[node] for node in prefix[1:])

    def _bound(self) -> float:
        """What a chain may cost to be among the best, as far as is known."""
        known = [
            part.at_least
            for part in self._queue
            if part.chain and _repeats(part.chain.nodes) == len(part.chain.nodes)
        ]
        missing = self._k - len(self._found)
        if len(known) < missing:
            return self._most_cost
        return min(self._most_cost, heapq.nsmallest(missing, known)[-1])

    def _chain(self, nodes: tuple[int, ...]) -> Chain:
        cost, edges = 0.0, []
        for step in pairwise(nodes):
            if step not in self._steps:
                self._steps[step] = self._allow.cheapest(self._index, *step)
            more, edge = self._steps[step]
            cost += more
            edges.append(edge)
        return Chain(cost, nodes, tuple(edges))


def _repeats(nodes: tuple[int, ...]) -> int:
    """Up to which place no node comes twice."""
    seen: set[int] = set()
    for place, node in enumerate(nodes):
        if node in seen:
            return place
        seen.add(node)
    return len(nodes)
