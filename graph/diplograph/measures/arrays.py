"""Measures by numpy and scipy alone: what every installation has.

Shortest paths are followed from many nodes at once, level by level, as products of the adjacency
matrix with a table that has a column for each of these nodes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from diplograph.measures.parts import components

__all__ = ["Floats", "Ints", "part_sizes", "scaled", "scores", "symmetric"]

Ints = NDArray[np.int32]
Floats = NDArray[np.float64]

_DAMPING, _TOLERANCE, _ROUNDS = 0.85, 1e-12, 1000
_CELLS = 2**24
"""How many cells a table may have."""


def scores(
    measure: str,
    nodes: int,
    one: Ints,
    two: Ints,
    weight: Floats,
    directed: bool,
    sources: NDArray[np.int64] | None,
) -> Floats:
    """The measure of each node; see :func:`diplograph.measures.scores`."""
    if measure == "out-degree":
        return _count(nodes, one, weight)
    if measure == "in-degree":
        return _count(nodes, two, weight)
    if measure in ("degree", "weighted-degree"):
        return _count(nodes, one, weight) + _count(nodes, two, weight)
    if measure == "pagerank":
        return _pagerank(nodes, one, two, weight, directed)
    if measure == "eigenvector":
        return _eigenvector(nodes, one, two, weight)
    if measure == "closeness":
        return _closeness(nodes, one, two, sources)
    return _betweenness(nodes, one, two, sources)


def part_sizes(nodes: int, one: Ints, two: Ints) -> NDArray[np.int64]:
    """How many nodes the connected part of each node has."""
    part = components(nodes, one, two)
    return np.bincount(part)[part]


def symmetric(nodes: int, one: Ints, two: Ints, weight: Floats) -> Any:
    """The edges as a symmetric matrix in compressed rows."""
    from scipy.sparse import csr_array

    ends = np.concatenate((one, two)), np.concatenate((two, one))
    return csr_array((np.concatenate((weight, weight)), ends), shape=(nodes, nodes))


def scaled(sums: Floats, nodes: int, sources: NDArray[np.int64] | None) -> Floats:
    """Sums of dependencies on paths from the sources, as shares of the pairs of other nodes.

    A node that is a source has one source less, for no path from it leads through it.
    """
    if nodes < 3:
        return np.zeros(nodes)
    if sources is None:
        return sums / ((nodes - 1) * (nodes - 2))
    count = np.full(nodes, len(sources))
    count[sources] -= 1
    shares: Floats = sums / (np.maximum(count, 1) * (nodes - 2))
    return shares


def _count(nodes: int, ends: Ints, weight: Floats) -> Floats:
    return np.bincount(ends, weights=weight, minlength=nodes).astype(np.float64)


def _pagerank(nodes: int, one: Ints, two: Ints, weight: Floats, directed: bool) -> Floats:
    """By conjugate gradients where the network reads both ways, else by power iteration.

    Without direction the equations are symmetric once scaled by the roots of the degrees, with
    eigenvalues from 0.15 to 1.85, so that each round gains a factor of 1.8 at least.
    """
    if directed:
        return _walked(nodes, one, two, weight)
    strength = _count(nodes, one, weight) + _count(nodes, two, weight)
    root = np.sqrt(strength, out=np.ones(nodes), where=strength > 0)
    matrix = symmetric(nodes, one, two, weight / (root[one] * root[two]))
    matrix.data *= _DAMPING
    # Who has no edge begins anew anywhere: that adds to all alike, so it only changes the scale.
    right = (1 / nodes) / root
    found = right.copy()
    rest = matrix @ found
    way, size = rest.copy(), _dot(rest, rest)
    goal = _TOLERANCE**2 * _dot(right, right)
    buffer = np.empty(nodes)
    for _ in range(_ROUNDS):
        if size <= goal:
            break
        ahead = matrix @ way
        np.subtract(way, ahead, out=ahead)
        step = size / _dot(way, ahead)
        found += np.multiply(way, step, out=buffer)
        rest -= np.multiply(ahead, step, out=ahead)
        size, before = _dot(rest, rest), size
        way *= size / before
        way += rest
    found *= root
    found /= found.sum()
    return found


def _dot(one: Floats, two: Floats) -> float:
    """The product of two vectors by one thread: the same sum everywhere, also on a busy machine."""
    return float(np.einsum("i,i->", one, two))


def _walked(nodes: int, one: Ints, two: Ints, weight: Floats) -> Floats:
    from scipy.sparse import csr_array

    strength = _count(nodes, one, weight)
    share = weight / strength[one]
    matrix = csr_array((share, (two, one)), shape=(nodes, nodes))
    lost = strength == 0
    found = np.full(nodes, 1 / nodes)
    for _ in range(_ROUNDS):
        before = found
        found = _DAMPING * (matrix @ before + before[lost].sum() / nodes) + (1 - _DAMPING) / nodes
        if np.abs(found - before).sum() < _TOLERANCE:
            break
    return found


def _eigenvector(nodes: int, one: Ints, two: Ints, weight: Floats) -> Floats:
    from scipy.sparse.linalg import eigsh

    found = np.zeros(nodes)
    main = components(nodes, one, two) == 0
    count = int(main.sum())
    if count < 2:
        return found
    number = np.cumsum(main).astype(np.int32) - 1
    within = main[one]
    matrix = symmetric(count, number[one[within]], number[two[within]], weight[within])
    if count <= 32:
        vector = np.linalg.eigh(matrix.toarray())[1][:, -1]
    else:
        begin = np.asarray(matrix.sum(axis=1)).ravel()
        vector = eigsh(
            matrix, k=1, which="LA", v0=begin, ncv=min(count, 48), maxiter=100 * count
        )[1][:, 0]  # fmt: skip
    found[main] = np.abs(vector) / np.linalg.norm(vector)
    return found


def _betweenness(nodes: int, one: Ints, two: Ints, sources: NDArray[np.int64] | None) -> Floats:
    matrix = symmetric(nodes, one, two, np.ones(len(one)))
    sums = np.zeros(nodes)
    for begins in _batches(nodes, np.arange(nodes) if sources is None else sources):
        level, paths = _waves(matrix, begins[:, None])
        upon = np.zeros_like(paths)
        for depth in range(int(level.max()), 1, -1):
            share = np.where(level == depth, (1 + upon) / np.where(paths > 0, paths, 1), 0.0)
            upon += np.where(level == depth - 1, paths, 0.0) * (matrix @ share)
        sums += upon.sum(axis=1)
    return scaled(sums, nodes, sources)


def _closeness(nodes: int, one: Ints, two: Ints, sources: NDArray[np.int64] | None) -> Floats:
    matrix = symmetric(nodes, one, two, np.ones(len(one)))
    steps, reached = np.zeros(nodes), np.zeros(nodes)
    table = np.arange(nodes)[:, None] if sources is None else sources
    for begins in _batches(nodes, table):
        level, _ = _waves(matrix, begins, count=False)
        steps += np.where(level > 0, level, 0).sum(axis=1)
        reached += (level > 0).sum(axis=1)
    others = part_sizes(nodes, one, two) - 1
    mean = steps / np.maximum(reached, 1)
    return np.divide(others / max(nodes - 1, 1), mean, out=np.zeros(nodes), where=mean > 0)


def _batches(nodes: int, table: NDArray[np.int64]) -> Iterator[NDArray[np.int64]]:
    """The lines of a table, as many at a time as there is room for."""
    width = max(1, _CELLS // max(nodes, 1))
    for begin in range(0, len(table), width):
        yield table[begin : begin + width]


def _waves(matrix: Any, begins: NDArray[np.int64], count: bool = True) -> tuple[Ints, Floats]:
    """Steps from the nodes of each line of ``begins`` (-1 is none), and how many ways lead so.

    Both are tables of nodes × lines; a node that is not reached is at level -1.
    """
    line, column = np.nonzero(begins >= 0)
    front = np.zeros((matrix.shape[0], len(begins)))
    front[begins[line, column], line] = 1
    level = np.where(front > 0, 0, -1).astype(np.int32)
    paths = front.copy()
    depth = 0
    while True:
        front = matrix @ front
        front[level >= 0] = 0
        fresh = front > 0
        if not fresh.any():
            return level, paths
        depth += 1
        level[fresh] = depth
        if count:
            paths += front
        else:
            front = fresh.astype(np.float64)
