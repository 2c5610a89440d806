"""The connected parts of a network: which nodes can be reached from each other."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
from numpy.typing import NDArray

from diplograph.errors import OptionError

__all__ = ["COMPILED_FROM", "components"]

COMPILED_FROM = 10_000_000
"""From so many edges on the compiled engine pays, although to load it takes a third of a second."""

_ENGINES = ("numba", "scipy", "networkx")


def components(
    nodes: int, one: NDArray[np.int32], two: NDArray[np.int32], *, engine: str | None = None
) -> NDArray[np.int32]:
    """The number of the connected part of each node, the largest first, then by its first node.

    ``engine`` is scipy, numba from ten million edges on where it is installed; networkx is the
    reference. Raises :class:`~diplograph.errors.OptionError` for one that is none or not there.

    >>> components(4, np.array([1]), np.array([3])).tolist()
    [1, 0, 2, 0]
    """
    if engine is None:
        engine = "numba" if len(one) >= COMPILED_FROM and find_spec("numba") else "scipy"
    if engine not in _ENGINES:
        told = ", ".join(_ENGINES)
        raise OptionError(f"components are not found by “{engine}”; use one of {told}.")
    if engine == "numba" and not find_spec("numba"):
        raise OptionError("numba is not installed: pip install 'diplograph[fast]'.")
    if engine == "networkx":
        from diplograph.measures import reference

        return reference.components(nodes, one, two)
    if nodes == 0:
        return np.zeros(0, np.int32)
    if engine == "numba":
        from diplograph.measures import unions

        first = unions.first_nodes(nodes, np.asarray(one, np.int32), np.asarray(two, np.int32))
    else:
        first = _first_nodes(nodes, one, two)
    size = np.bincount(first)
    begins = np.flatnonzero(size)
    place = np.empty(nodes, np.int32)
    place[begins[np.argsort(-size[begins], kind="stable")]] = np.arange(len(begins))
    found: NDArray[np.int32] = place[first]
    return found


def _first_nodes(nodes: int, one: NDArray[np.int32], two: NDArray[np.int32]) -> NDArray[np.int64]:
    """The first node of each node's part, by scipy."""
    from scipy.sparse import csgraph, csr_array

    matrix = csr_array((np.ones(len(one), np.int8), (one, two)), shape=(nodes, nodes))
    count, label = csgraph.connected_components(matrix, directed=False)
    first = np.empty(count, np.int64)
    first[label[::-1]] = np.arange(nodes)[::-1]  # of several, the last that is written stays
    found: NDArray[np.int64] = first[label]
    return found
