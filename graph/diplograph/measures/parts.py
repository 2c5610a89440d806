"""The connected parts of a network: which nodes can be reached from each other.

By hooking and pointer jumping, whole arrays at a time: Y. Shiloach and U. Vishkin, “An O(log n)
parallel connectivity algorithm”, Journal of Algorithms 3 (1982), 57–67. Each node hangs on the
smallest that it is tied to, trees are made flat, and what ties two trees still is looked at again.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from diplograph.errors import OptionError

__all__ = ["components"]

_ENGINES = ("numpy", "networkx")


def components(
    nodes: int, one: NDArray[np.int32], two: NDArray[np.int32], *, engine: str = "numpy"
) -> NDArray[np.int32]:
    """The number of the connected part of each node, the largest first, then by its first node.

    ``engine`` networkx is the reference. Raises :class:`~diplograph.errors.OptionError` for one
    that is none.

    >>> components(4, np.array([1]), np.array([3])).tolist()
    [1, 0, 2, 0]
    """
    if engine not in _ENGINES:
        told = ", ".join(_ENGINES)
        raise OptionError(f"components are not found by “{engine}”; use one of {told}.")
    if engine == "networkx":
        from diplograph.measures import reference

        return reference.components(nodes, one, two)
    first = _first_nodes(nodes, one, two)
    size = np.bincount(first)
    begins = np.flatnonzero(size)
    place = np.empty(nodes, np.int32)
    place[begins[np.argsort(-size[begins], kind="stable")]] = np.arange(len(begins))
    return place.take(first)


def _first_nodes(nodes: int, one: NDArray[np.int32], two: NDArray[np.int32]) -> NDArray[np.int32]:
    """The first node of each node's part."""
    up = np.arange(nodes, dtype=np.int32)
    while len(one):
        np.minimum.at(up, np.maximum(one, two), np.minimum(one, two))
        while not np.array_equal(higher := up.take(up), up):
            up = higher
        one, two = up.take(one), up.take(two)
        apart = np.flatnonzero(one != two)
        one, two = one.take(apart), two.take(apart)
    return up
