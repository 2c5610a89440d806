"""What the two engines are asked: one search, and how much it may cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from diplograph.errors import OptionError

__all__ = ["EFFORT", "Engine", "Found", "Spent", "Task"]

EFFORT = 50_000_000
"""So many labels may be settled for one question; a walk to a node has a label."""


@dataclass(frozen=True)
class Task:
    """Find the first of the cheapest walks from ``start`` to ``goal``.

    It passes none of the nodes ``removed``, does not begin with a step to one of ``banned``, costs
    at most ``most_cost``, has at most ``most_steps`` steps (None: any number) and, where
    ``through``, passes one of the nodes that the conditions name for it. Without that a walk found
    passes no node twice.
    """

    start: int
    goal: int
    removed: frozenset[int]
    banned: frozenset[int]
    through: bool
    most_steps: int | None
    most_cost: float


@dataclass(frozen=True)
class Found:
    """The nodes of the walk, none where none does what the task asks.

    ``cost`` is that of the walk or, where there is none, what one that only costs too much would
    cost at least; infinite where there is no such walk either.
    """

    nodes: tuple[int, ...]
    cost: float


class Engine(Protocol):
    """Searches in one index under the same conditions."""

    def best(self, task: Task) -> Found:
        """The first of the cheapest walks that do what the task asks.

        First is the cheapest, of equal cost the shortest, and of those the one whose nodes come
        first.
        """

    def several(self, task: Task, many: int) -> list[tuple[int, ...]] | None:
        """So many walks that do what the task asks, in that order, or all if there are fewer.

        A walk may pass a node twice, but not its ends. None if the engine finds one at a time; the
        task must not ask for nodes to be passed.
        """


class Spent:
    """How many labels were settled for one question."""

    def __init__(self, most: int) -> None:
        self._most = most
        self.labels = 0

    @property
    def left(self) -> int:
        """How many may still be."""
        return self._most - self.labels

    def add(self, labels: int) -> None:
        """Count labels; raises :class:`~diplograph.errors.OptionError` beyond what is allowed."""
        self.labels += labels
        if self.labels > self._most:
            raise OptionError(
                f"the search was given up after {self._most:,} partial chains; allow fewer steps, "
                "less cost or fewer edge types, or block the largest hubs."
            )
