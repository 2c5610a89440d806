"""The cheapest walk between two nodes, in plain Python: for small networks and without numba.

Bidirectional Dijkstra (I. Pohl, “Bi-directional Search”, Machine Intelligence 6, 1971), with what
networks with hubs ask for:

* Rows stand by cost, so of a long one only so much is looked at as can matter yet; its rest waits
  in the queue under the cost of its next edge (after P. M. Spira, “A New Algorithm for Finding all
  Shortest Paths in a Graph of Positive Arcs”, SIAM Journal on Computing 2, 1973).
* A label stands for a walk from its side's start. Of equal cost the one with fewer steps is better,
  and then the one whose nodes come first, so that the result is the first of all equals.
* With a limit of steps, a label is dropped only for one that is neither dearer nor longer, and a
  node can have several (P. Hansen, “Bicriterion Path Problems”, 1980).
* Where one of some nodes must be passed, labels tell whether their walk has done so, and a node has
  two with different nodes before it, so that no walk goes back at once where it came from (N.
  Christofides, A. Mingozzi and P. Toth, 1981, call this 2-cycle elimination). Such a walk can still
  pass a node twice; the caller sorts that out.

``compiled`` does the same with numba, step by step.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator
from math import inf

from diplograph.pathindex.arrays import PathIndex
from diplograph.pathindex.filters import Allowed
from diplograph.pathindex.tasks import Found, Spent, Task

__all__ = ["PlainSearch"]

CHUNK = 32
"""How many edges of a row are looked at in one go."""


class Label:
    """A walk from the start of a side to a node: the node, and the label of the node before."""

    __slots__ = ("before", "cost", "next", "node", "passed", "settled", "steps")

    def __init__(
        self, node: int, cost: float, steps: int, passed: bool, before: Label | None
    ) -> None:
        self.node = node
        self.cost = cost
        self.steps = steps
        self.passed = passed
        self.before = before
        self.settled = False
        self.next = 0

    def nodes(self) -> Iterator[int]:
        """The nodes of the walk, this one first."""
        label: Label | None = self
        while label is not None:
            yield label.node
            label = label.before


class Side:
    """One of the two searches: from the start on, or back from the goal."""

    def __init__(self, start: int, forward: bool) -> None:
        self.start = start
        self.forward = forward
        self.queue: list[tuple[float, int, int, Label]] = []
        self.labels: dict[int, list[Label]] = {}
        self.settled: list[Label] = []
        self.pushed = 0
        self.done = False  # whether all is labelled that one step leads to

    def push(self, cost: float, steps: int, label: Label) -> None:
        """Queue a label, or with ``steps`` -1 the rest of its row."""
        self.pushed += 1
        heapq.heappush(self.queue, (cost, steps, self.pushed, label))

    def key(self) -> float:
        """Nothing cheaper than this is left in the queue."""
        return self.queue[0][0] if self.queue else inf

    def first(self, one: Label, two: Label) -> bool:
        """Whether ``one`` comes before ``two``, or is the same, of equal cost and steps."""
        found = True
        left: Label | None = one
        right: Label | None = two
        while left is not right and left is not None and right is not None:
            if left.node != right.node:
                found = left.node < right.node
                if not self.forward:  # the walk is told from this node on, not up to it
                    break
            left, right = left.before, right.before
        return found


class PlainSearch:
    """Searches in one index under the same conditions."""

    def __init__(self, index: PathIndex, allow: Allowed, spent: Spent) -> None:
        self._index = index
        self._rows: dict[int, tuple[list[float], list[int]]] = {}
        self.allow = allow
        self.spent = spent

    def best(self, task: Task) -> Found:
        """The first of the cheapest walks that do what the task asks."""
        return _Search(self, task).run()

    def several(self, task: Task, many: int) -> None:
        """One at a time is all that this engine finds."""

    def row(self, node: int) -> tuple[list[float], list[int]]:
        """Costs and neighbours of a node's edges that count, cheapest first."""
        row = self._rows.get(node)
        if row is None:
            slots = self._index.row(node)
            slots = slots[self.allow.counting(slots)]
            row = self._rows[node] = slots["cost"].tolist(), slots["neighbour"].tolist()
        return row


class _Search:
    """One search: the two sides, and the best walk so far."""

    def __init__(self, search: PlainSearch, task: Task) -> None:
        self.search = search
        self.task = task
        self.twice = task.through
        self.bound, self.beyond = task.most_cost, inf
        self.nodes: tuple[int, ...] | None = None

    def run(self) -> Found:
        """Search from both ends in turn, from the one with less in its queue."""
        fore, back = Side(self.task.start, True), Side(self.task.goal, False)
        for side in (fore, back):
            label = Label(side.start, 0.0, 0, not self.task.through, None)
            side.labels[side.start] = [label]
            side.push(0.0, 0, label)
        while fore.queue and back.queue and fore.key() + back.key() <= self.bound:
            if len(fore.queue) <= len(back.queue):
                self._advance(fore, back)
            else:
                self._advance(back, fore)
        if fore.queue and back.queue:
            self.beyond = min(self.beyond, fore.key() + back.key())
        self._straddle(fore, back)
        return Found(self.nodes or (), self.bound if self.nodes else self.beyond)

    def _within(self, cost: float) -> bool:
        """Whether a walk of this cost can be the best; else it is noted that there may be one."""
        if cost > self.bound:
            self.beyond = min(self.beyond, cost)
        return cost <= self.bound

    def _advance(self, side: Side, other: Side) -> None:
        """Take the cheapest from the queue: settle a label, or go on in a row."""
        _, steps, _, label = heapq.heappop(side.queue)
        if steps >= 0:
            if label.settled or self._dominated(side, label):
                return
            label.settled = True
            self.search.spent.add(1)
            side.settled.append(label)
        costs, neighbours = self.search.row(label.node)
        for place in range(label.next, min(label.next + CHUNK, len(costs))):
            cost = label.cost + costs[place]
            if not self._within(cost + other.key()):
                return
            label.next = place + 1
            side.done |= label.before is None and label.next == len(costs)
            self._reach(side, other, label, neighbours[place], cost)
        if label.next < len(costs):
            side.push(label.cost + costs[label.next], -1, label)

    def _straddle(self, fore: Side, back: Side) -> None:
        """Try the edges between two nodes whose rows were both left before they came up.

        From the one whose rest of the row is short; where both are long, from the forward side.
        """
        rest: dict[Side, tuple[list[Label], list[Label]]] = {
            side: ([], []) for side in (fore, back)
        }
        for side, (short, long) in rest.items():
            for label in side.settled:
                left = len(self.search.row(label.node)[0]) - label.next
                if left:
                    (long if left > 8 * CHUNK else short).append(label)
        self._try(fore, back, rest[fore][0], rest[back][0] + rest[back][1])
        self._try(back, fore, rest[back][0], rest[fore][0] + rest[fore][1])
        self._try(fore, back, rest[fore][1], rest[back][1])

    def _try(self, side: Side, other: Side, labels: list[Label], others: list[Label]) -> None:
        """Try the rest of the rows of some labels, for edges to those of the other side."""
        nearest = min((label.cost for label in others), default=inf)
        for label in labels:
            costs, neighbours = self.search.row(label.node)
            for place in range(label.next, len(costs)):
                cost = label.cost + costs[place]
                if not self._within(cost + nearest):
                    break
                if neighbours[place] in other.labels:
                    self._reach(side, other, label, neighbours[place], cost, keep=False)

    def _reach(
        self, side: Side, other: Side, label: Label, node: int, cost: float, keep: bool = True
    ) -> None:
        """Walk one step on from a label, and meet the other side there."""
        task, goal = self.task, node == other.start
        steps = label.steps + 1
        if node == side.start or node in task.removed or node in self.search.allow.blocked:
            return
        if task.most_steps is not None and steps + (not goal) > task.most_steps:
            return
        one_left = not goal and steps + 1 == task.most_steps and other.done
        if one_left and node not in other.labels:
            return
        if self.twice and label.before is not None and label.before.node == node:
            return
        if task.banned and (
            (label.node == task.start and node in task.banned)
            or (node == task.start and label.node in task.banned)
        ):
            return
        passed = label.passed or (not goal and bool(self.search.allow.through[node]))
        new = Label(node, cost, steps, passed, label)
        if self._dominated(side, new):
            return
        there = other.labels.get(node, ())
        for met in there:
            self._join(side, new, met)
        if goal or one_left or not keep or not self._within(cost + other.key()):
            return
        if not self.twice and task.most_steps is None and any(met.settled for met in there):
            return  # from there on the other side knows best
        self._keep(side, new)

    def _keep(self, side: Side, new: Label) -> None:
        """Queue a label, in place of one that is worse if there is any."""
        labels = side.labels.setdefault(new.node, [])
        for place, label in enumerate(labels):
            if (
                not label.settled
                and (not self.twice or _same(label, new))
                and self._as_good(side, new, label)
            ):
                label.settled = True  # so that it is passed over in the queue
                labels[place] = new
                break
        else:
            labels.append(new)
        side.push(new.cost, new.steps, new)

    def _dominated(self, side: Side, new: Label) -> bool:
        """Whether no walk needs the label, because of others at its node."""
        found = 0
        for label in side.labels.get(new.node, ()):
            if label is not new and self._as_good(side, label, new):
                found += 1
                if not self.twice or found == 2 or _same(label, new):
                    return True
        return False

    def _as_good(self, side: Side, label: Label, new: Label) -> bool:
        """Whether whatever goes on from ``new`` goes on from ``label`` as well, and no worse."""
        if label.cost > new.cost or label.passed < new.passed:
            return False
        if label.cost < new.cost:
            return self.task.most_steps is None or label.steps <= new.steps
        if label.steps != new.steps:
            return label.steps < new.steps
        return side.first(label, new)

    def _join(self, side: Side, new: Label, met: Label) -> None:
        """Take the walk over both labels for the best, if it is."""
        cost, steps = new.cost + met.cost, new.steps + met.steps
        most = self.task.most_steps
        if most is not None and steps > most:
            return
        if not (new.passed or met.passed) or (self.twice and _same(new, met)):
            return
        if not self._within(cost):
            return
        best = self.nodes
        if best is not None and cost == self.bound and steps >= len(best):
            return
        fore, back = (new, met) if side.forward else (met, new)
        nodes = (*reversed([*fore.nodes()]), *[*back.nodes()][1:])
        if best is None or (cost, steps, nodes) < (self.bound, len(best) - 1, best):
            self.bound, self.nodes = cost, nodes


def _same(one: Label, two: Label) -> bool:
    """Whether both come from the same node."""
    if one.before is None or two.before is None:
        return False
    return one.before.node == two.before.node
