"""What a path search may use: which edges count, and which nodes may or must be passed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from diplograph.dates import NEVER
from diplograph.errors import OptionError
from diplograph.pathindex.arrays import LEVELS, PathIndex

__all__ = ["Allowed", "allowed"]


@dataclass(frozen=True, eq=False)
class Allowed:
    """The conditions of a search, in the terms of the index.

    An edge counts iff ``kinds`` of its type is not 0, its first day at ``level`` stands before the
    place ``before`` among the days of the index, and its last at ``since`` or after. ``blocked``
    are the nodes not to be passed; of ``through``, if it has any place, one inner node must not be
    0.
    """

    kinds: NDArray[np.uint8]
    level: int
    before: int
    since: int
    blocked: frozenset[int]
    through: NDArray[np.uint8]

    def cheapest(self, index: PathIndex, one: int, two: int) -> tuple[float, int]:
        """Cost and number of the edge of a step: the cheapest that counts, of equals the first."""
        sizes = [int(index.starts[n + 1] - index.starts[n]) for n in (one, two)]
        if sizes[1] < sizes[0]:
            one, two = two, one
        row = index.row(one)
        row = row[row["neighbour"] == two]
        slot = row[self.counting(row)][0]
        return float(slot["cost"]), int(slot["edge"])

    def counting(self, row: NDArray[np.void]) -> NDArray[np.bool_]:
        """Which slots of a row count."""
        found: NDArray[np.bool_] = (
            (self.kinds[row["kind"]] != 0)
            & (row["since"][:, self.level] < self.before)
            & (row["until"] >= self.since)
        )
        return found


def allowed(
    index: PathIndex,
    x: int,
    y: int,
    *,
    kinds: ArrayLike | None,
    blocked: ArrayLike | None,
    through: ArrayLike | None,
    level: int,
    first: int | None,
    last: int | None,
) -> Allowed:
    """The conditions as given to ``best_paths``.

    Raises :class:`~diplograph.errors.OptionError` where they do not fit the index.
    """
    if level not in range(LEVELS):
        raise OptionError(f"there is no level {level}; use one from 0 to {LEVELS - 1}.")
    open_ = np.ones(index.kinds, np.uint8) if kinds is None else _flags(kinds)
    if len(open_) < index.kinds:
        raise OptionError(f"the edge types need {index.kinds} places, not {len(open_)}.")
    passed = np.zeros(0, np.uint8) if through is None else _flags(through)
    if through is not None and len(passed) != index.nodes:
        raise OptionError(f"the nodes to pass need {index.nodes:,} places, not {len(passed):,}.")
    closed = [] if blocked is None else np.asarray(blocked, np.int64).ravel().tolist()
    until = NEVER - 1 if last is None else min(last, NEVER - 1)
    return Allowed(
        kinds=open_,
        level=level,
        before=int(np.searchsorted(index.days, until, "right")),
        since=0 if first is None else int(np.searchsorted(index.days, first, "left")),
        blocked=frozenset(closed) - {x, y},
        through=passed,
    )


def _flags(array: ArrayLike) -> NDArray[np.uint8]:
    return np.ascontiguousarray(np.asarray(array, np.bool_).ravel()).view(np.uint8)
