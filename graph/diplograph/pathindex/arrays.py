"""The index for path search: the edges of an undirected multigraph, by node, cheapest first.

Compressed sparse rows: the edges of node ``n`` are ``slots[starts[n]:starts[n + 1]]``, each edge
once in the row of either end. A slot holds whatever the search reads, side by side, so that a step
costs one access to memory and not seven: 24 bytes an edge and direction. Within a row the slots
stand by cost and, of equal cost, by edge, so that a search may leave a row as soon as what follows
costs too much.

Days are kept as their place among the distinct days of the index, in two bytes; where an index has
more than 65,536 distinct days, in four, and a slot takes 32 bytes.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from diplograph.dates import ALWAYS, NEVER
from diplograph.errors import OptionError
from diplograph.folders import read_arrays, told, write_arrays

__all__ = ["LEVELS", "PathIndex"]

LEVELS = 3
"""At how many levels of inclusion an edge has a first day."""

_SPREAD = 20_000_000
"""Up to so many days between the first and the last, days are numbered by a table."""


def _slot(day: Any) -> np.dtype[np.void]:
    """The layout of a slot whose days are kept as this type."""
    fields = [
        ("neighbour", np.int32),
        ("cost", np.float32),
        ("edge", np.int32),
        ("since", day, (LEVELS,)),
        ("until", day),
        ("kind", np.uint16),
    ]
    return np.dtype(fields, align=True)


_SLOTS = (_slot(np.uint16), _slot(np.uint32))


@dataclass(frozen=True, eq=False)
class PathIndex:
    """The edges of an undirected multigraph, for :func:`~diplograph.pathindex.best_paths`.

    ``starts`` has one place more than there are nodes, ``slots`` two for each edge that is no loop,
    ``days`` are the distinct days, ascending; ``kinds`` is one more than the highest code of an
    edge type. ``fingerprint`` is what the index was saved with, to tell whether it still belongs to
    its graph; empty before. The arrays cannot be written to.

    >>> index = PathIndex.build(
    ...     3, [0, 1], [1, 2], cost=[1.0, 0.5], kind=[0, 1], since=[[ALWAYS] * 2] * 3,
    ...     until=[NEVER, NEVER],
    ... )
    >>> index.nodes, index.edges, index.neighbours(1)
    (3, 2, [2, 0])
    """

    starts: NDArray[np.int64]
    slots: NDArray[np.void]
    days: NDArray[np.int32]
    kinds: int
    fingerprint: str = ""

    @property
    def nodes(self) -> int:
        """The number of nodes."""
        return len(self.starts) - 1

    @property
    def edges(self) -> int:
        """The number of edges, without loops."""
        return len(self.slots) // 2

    @property
    def bytes(self) -> int:
        """The size of all arrays."""
        return self.starts.nbytes + self.slots.nbytes + self.days.nbytes

    def row(self, node: int) -> NDArray[np.void]:
        """The slots of the edges of a node, cheapest first."""
        return self.slots[self.starts[node] : self.starts[node + 1]]

    def neighbours(self, node: int) -> list[int]:
        """The other ends of the edges of a node, cheapest edge first."""
        found: list[int] = self.row(node)["neighbour"].tolist()
        return found

    @classmethod
    def build(
        cls,
        nodes: int,
        one: ArrayLike,
        two: ArrayLike,
        *,
        cost: ArrayLike,
        kind: ArrayLike,
        since: ArrayLike,
        until: ArrayLike,
    ) -> PathIndex:
        """Index the edges between ``one`` and ``two``, arrays of as many nodes as there are edges.

        ``cost`` is above 0 (kept in single precision), ``kind`` the code of the edge's type (below
        65,536), ``since`` the first day (proleptic ordinal) on which it counts at each of the three
        levels of inclusion (``ALWAYS``: from the beginning, ``NEVER``: not at all), ``until`` its
        last (``NEVER``: open). An edge keeps the number that it has in the arrays;
        loops are left out.

        Raises :class:`~diplograph.errors.OptionError` where the arrays do not fit together.
        """
        ends = np.stack([np.asarray(one, np.int32), np.asarray(two, np.int32)], axis=1)
        costs, kinds = np.asarray(cost, np.float32), np.asarray(kind)
        first, last = np.asarray(since, np.int32), np.asarray(until, np.int32)
        _check(nodes, ends, costs, kinds, first, last)
        edge = np.flatnonzero(ends[:, 0] != ends[:, 1]).astype(np.int32)
        days, first, last = _numbered(first, last)
        edge = edge[_by_bits(costs[edge].view(np.uint32))]
        there = ends[edge].ravel()  # by cost, and the two directions of an edge side by side
        order = _by_bits(there.view(np.uint32))
        starts = np.zeros(nodes + 1, np.int64)
        np.cumsum(np.bincount(there, minlength=nodes), out=starts[1:])
        slots = np.empty(len(order), _slot(last.dtype.type))
        slots["neighbour"] = there[order ^ 1]
        edge = edge[order >> 1]
        slots["edge"] = edge
        slots["cost"] = costs[edge]
        slots["since"] = first.T[edge]
        slots["until"] = last[edge]
        slots["kind"] = kinds[edge]
        codes = int(kinds.max()) + 1 if len(kinds) else 0
        return cls(_fixed(starts), _fixed(slots), _fixed(days), codes)

    def save(self, folder: str | Path, fingerprint: str) -> None:
        """Write the index into a folder of its own, in place of one that is there.

        The folder appears whole: what is written stands beside it until it is complete. Who has the
        former one open keeps it. Of several who save at once one wins. Raises
        :class:`~diplograph.errors.StoreError` where it cannot be written.
        """
        write_arrays(
            Path(folder),
            {"starts": self.starts, "slots": self.slots, "days": self.days},
            {"kinds": self.kinds, "fingerprint": fingerprint},
        )

    @classmethod
    def open(cls, folder: str | Path) -> PathIndex:
        """The index that was saved in a folder, mapped into memory.

        Raises :class:`~diplograph.errors.StoreError` where there is none, where it is damaged, and
        where it was written in another format. Checked are the format and the shape of the
        arrays, not every value.
        """
        source = Path(folder)
        with told(source):
            arrays, meta = read_arrays(source, ("starts", "slots", "days"))
            starts, slots, days = (_fixed(array) for array in arrays)
            kinds, fingerprint = meta["kinds"], meta["fingerprint"]
            if (
                starts.dtype != np.int64
                or days.dtype != np.int32
                or slots.dtype not in _SLOTS
                or len(starts) == 0
                or (starts[0], starts[-1]) != (0, len(slots))
                or not (isinstance(kinds, int) and isinstance(fingerprint, str))
            ):
                raise ValueError("its arrays do not fit together")
            # A file does not say that a layout is aligned, and numba would compile all once more.
            slots = slots.view(_SLOTS[_SLOTS.index(slots.dtype)])
            return cls(starts, slots, days, kinds, fingerprint)


def _check(
    nodes: int,
    ends: NDArray[np.int32],
    costs: NDArray[np.float32],
    kinds: NDArray[Any],
    first: NDArray[np.int32],
    last: NDArray[np.int32],
) -> None:
    edges = len(ends)
    shapes = (costs.shape, kinds.shape, first.shape, last.shape)
    if shapes != ((edges,), (edges,), (LEVELS, edges), (edges,)):
        raise OptionError(f"the arrays of an index of {edges:,} edges differ in length.")
    if not edges:
        return
    if ends.min() < 0 or ends.max() >= nodes:
        raise OptionError(f"an edge has an end that is none of the {nodes:,} nodes.")
    if not (costs.min() > 0 and np.isfinite(costs.max())):
        raise OptionError("the cost of an edge must be a finite number above 0.")
    if kinds.min() < 0 or kinds.max() > np.iinfo(np.uint16).max:
        raise OptionError("the code of an edge type must be from 0 to 65,535.")


def _by_bits(keys: NDArray[np.uint32]) -> NDArray[np.int64]:
    """The stable order of whole numbers (or of the bits of positive floats), ascending.

    Sixteen bits at a time, for which NumPy has a radix sort.
    """
    order = np.argsort(keys.astype(np.uint16), kind="stable")
    high = (keys >> 16).astype(np.uint16)
    if high.any():
        order = order[np.argsort(high[order], kind="stable")]
    return order


def _numbered(
    first: NDArray[np.int32], last: NDArray[np.int32]
) -> tuple[NDArray[np.int32], NDArray[Any], NDArray[Any]]:
    """The distinct days, and both arrays with the place of each day among them."""
    parts = [*first, last]
    low, high = NEVER, ALWAYS
    for part in parts:
        inner = part[(part != ALWAYS) & (part != NEVER)]
        if len(inner):
            low, high = min(low, int(inner.min())), max(high, int(inner.max()))
    if high - low > _SPREAD:
        days = np.unique(np.concatenate(parts))
        coded = [np.searchsorted(days, part) for part in parts]
    else:
        spread = max(high - low + 1, 0)
        table = np.zeros(spread + 2, np.uint32)
        places = [_place(part, low, spread) for part in parts]
        for place in places:
            table[place] = 1
        every = np.arange(-1, spread + 1, dtype=np.int64) + low
        every[0], every[-1] = ALWAYS, NEVER
        days = every[table > 0].astype(np.int32)
        table = (np.cumsum(table) - 1).astype(np.uint32)
        coded = [table[place] for place in places]
    day = np.uint16 if len(days) <= 2**16 else np.uint32
    return days, np.stack([code.astype(day) for code in coded[:-1]]), coded[-1].astype(day)


def _place(part: NDArray[np.int32], low: int, spread: int) -> NDArray[np.int64]:
    """Where the days stand in a table of all days from ``low`` on, with always and never."""
    place = np.clip(part.astype(np.int64) - low + 1, 0, spread + 1)
    place[part == ALWAYS], place[part == NEVER] = 0, spread + 1
    return place


def _fixed(array: NDArray[Any]) -> NDArray[Any]:
    """The same array, as an array of the base class that cannot be written to."""
    plain = array.view(np.ndarray)
    plain.flags.writeable = False
    return plain
