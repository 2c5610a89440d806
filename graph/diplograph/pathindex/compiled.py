"""The cheapest walk between two nodes, compiled by numba: for large networks.

The same search as in :mod:`diplograph.pathindex.plain`. What is compiled
(:mod:`diplograph.pathindex.kernel`) is kept on disk (beside that file or, where that cannot be
written, in the user's cache), so the first call of all takes some seconds and the first one of a
process the loading of numba, about half a second.
"""

from __future__ import annotations

import numpy as np

from diplograph.pathindex.arrays import PathIndex
from diplograph.pathindex.filters import Allowed
from diplograph.pathindex.kernel import ANY, best_walks
from diplograph.pathindex.tasks import Found, Spent, Task

__all__ = ["CompiledSearch"]

CHUNK = 32
"""How many edges of a row are looked at in one go."""


class CompiledSearch:
    """Searches in one index under the same conditions."""

    def __init__(self, index: PathIndex, allow: Allowed, spent: Spent) -> None:
        self._index, self._allow, self._spent = index, allow, spent
        self._blocked = np.fromiter(allow.blocked, np.int32, len(allow.blocked))

    def best(self, task: Task) -> Found:
        """The first of the cheapest walks that do what the task asks."""
        walks, cost = self._walks(task, 1)
        return Found(walks[0] if walks else (), cost)

    def several(self, task: Task, many: int) -> list[tuple[int, ...]]:
        """So many walks that do what the task asks, in order, or all if there are fewer.

        Every node keeps so many labels; those of a walk's beginning and of its end that are among
        the best are all that the best walks are made of.
        """
        return self._walks(task, many)[0]

    def _walks(self, task: Task, many: int) -> tuple[list[tuple[int, ...]], float]:
        index, allow = self._index, self._allow
        removed = np.fromiter(task.removed, np.int32, len(task.removed))
        nodes, lengths, cost, labels = best_walks(
            index.starts,
            index.slots,
            (allow.kinds, allow.level, allow.before, allow.since),
            allow.through,
            np.concatenate([self._blocked, removed]),
            np.fromiter(task.banned, np.int32, len(task.banned)),
            (task.start, task.goal),
            task.through,
            ANY if task.most_steps is None else min(task.most_steps, ANY),
            task.most_cost,
            self._spent.left,
            CHUNK,
            many,
        )
        self._spent.add(labels)
        ends = np.cumsum(lengths).tolist()
        flat = nodes.tolist()
        walks = [tuple(flat[end - size : end]) for size, end in zip(lengths, ends, strict=True)]
        return walks, cost
