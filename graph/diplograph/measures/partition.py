"""Communities of a network given as arrays, and how alike two divisions into communities are."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from diplograph.errors import OptionError
from diplograph.measures.arrays import Floats, Ints, symmetric

__all__ = ["alike", "best_matches", "leiden", "modularity"]

_SEEDS = 2**63


def leiden(
    nodes: int,
    one: Ints,
    two: Ints,
    weight: Floats | None = None,
    *,
    resolution: float = 1.0,
    seed: int = 0,
    iterations: int = 10,
    sweeps: int | None = None,
) -> Ints:
    """The community of each node of a simple network, numbered by their first nodes.

    By the Leiden algorithm (V. A. Traag, L. Waltman and N. J. van Eck, “From Louvain to Leiden:
    guaranteeing well-connected communities”, Scientific Reports 9 (2019), 5233), which looks for
    the division of the greatest :func:`modularity`. A higher ``resolution`` gives more and smaller
    communities. The same ``seed`` gives the same division. Each of the ``iterations`` begins with
    the division of the one before, and moves nodes until none is better placed elsewhere, or in so
    many ``sweeps`` over those that may be. A node without edges is alone.

    Raises :class:`~diplograph.errors.OptionError` for a resolution that is not above 0.

    >>> leiden(5, np.array([0, 1, 0, 3]), np.array([1, 2, 2, 4])).tolist()
    [0, 0, 0, 1, 1]
    """
    if not 0 < resolution < float("inf"):
        raise OptionError("the resolution must be more than 0.")
    label = np.arange(nodes)
    if len(one):
        import graspologic_native

        weight = np.ones(len(one)) if weight is None else np.asarray(weight, np.float64)
        place = _near_each_other(nodes, one, two)
        matrix = symmetric(nodes, place[one], place[two], weight)
        _, found = graspologic_native.leiden_csr(
            matrix.indptr.astype(np.int64), matrix.indices.astype(np.int32), matrix.data, nodes,
            resolution=resolution, iterations=iterations, seed=seed % _SEEDS,
            max_local_moving_iterations=sweeps,
        )  # fmt: skip
        at = np.full(nodes, -1, np.int64)
        at[np.fromiter(found.keys(), np.int64, len(found))] = np.fromiter(
            found.values(), np.int64, len(found)
        )
        label = np.where(at[place] < 0, label, nodes + at[place])
    return _numbered(label)


def _near_each_other(nodes: int, one: Ints, two: Ints) -> Ints:
    """Places for the nodes by which those that are tied lie near each other in memory.

    They are met breadth first from the best tied node, and placed backwards: on two million edges
    that takes a third off the time of the search.
    """
    from scipy.sparse.csgraph import breadth_first_order

    matrix = symmetric(nodes, one, two, np.ones(len(one)))
    hub = int(np.diff(matrix.indptr).argmax())
    met = breadth_first_order(matrix, hub, return_predecessors=False)
    others = np.ones(nodes, bool)
    others[met] = False
    place = np.empty(nodes, np.int32)
    place[np.concatenate((met, np.flatnonzero(others)))] = np.arange(nodes, dtype=np.int32)[::-1]
    return place


def modularity(
    one: Ints, two: Ints, weight: Floats, community: Ints, resolution: float = 1.0
) -> float:
    """By how much more weight lies within the communities than the degrees alone would lead to.

    M. E. J. Newman and M. Girvan, “Finding and evaluating community structure in networks”,
    Physical Review E 69 (2004), 026113; with the resolution of J. Reichardt and S. Bornholdt
    (2006). It is 0 where there is no edge.

    >>> ends = np.array([0, 2]), np.array([1, 3])
    >>> modularity(*ends, np.ones(2), np.array([0, 0, 1, 1]))
    0.5
    """
    total = float(weight.sum())
    if not total:
        return 0.0
    within = community[one] == community[two]
    ends = np.concatenate((community[one], community[two]))
    strength = np.bincount(ends, weights=np.concatenate((weight, weight)))
    inside = float(weight[within].sum()) / total
    return inside - resolution * float(((strength / (2 * total)) ** 2).sum())


def alike(first: Ints, second: Ints) -> float:
    """The adjusted Rand index of two divisions of the same nodes: 1 the same, 0 as by chance.

    L. Hubert and P. Arabie, “Comparing partitions”, Journal of Classification 2 (1985), 193–218.

    >>> alike(np.array([0, 0, 1, 1]), np.array([1, 1, 0, 0]))
    1.0
    """
    both = _shared(first, second)[2]
    pairs = _pairs(len(first))
    one, two = _pairs(np.bincount(first)).sum(), _pairs(np.bincount(second)).sum()
    expected = one * two / pairs if pairs else 0.0
    most = (one + two) / 2
    if most == expected:
        return 1.0
    return float((_pairs(both).sum() - expected) / (most - expected))


def best_matches(first: Ints, second: Ints) -> Floats:
    """For each community of the first division how well it is found again in the second, 0 to 1.

    The measure is Jaccard's: those in both communities over those in either, for the community of
    the second division that fits best. Nodes that are -1 in the second division are gone from it.

    >>> best_matches(np.array([0, 0, 0, 1]), np.array([0, 0, 1, 1])).round(2).tolist()
    [0.67, 0.5]
    """
    there = second >= 0
    one, two, both = _shared(first[there], second[there])
    either = np.bincount(first)[one] + np.bincount(second[there])[two] - both
    found = np.zeros(int(first.max()) + 1 if len(first) else 0)
    np.maximum.at(found, one, both / either)
    return found


def _shared(first: Ints, second: Ints) -> tuple[NDArray[Any], NDArray[Any], NDArray[Any]]:
    """The pairs of communities that share nodes, and how many each shares."""
    width = int(second.max()) + 1 if len(second) else 1
    pairs, both = np.unique(first.astype(np.int64) * width + second, return_counts=True)
    return pairs // width, pairs % width, both


def _pairs(count: NDArray[Any] | int) -> Floats:
    many = np.asarray(count, np.float64)
    result: Floats = many * (many - 1) / 2
    return result


def _numbered(label: NDArray[Any]) -> Ints:
    _, first, inverse = np.unique(label, return_index=True, return_inverse=True)
    place = np.empty(len(first), np.int32)
    place[np.argsort(first)] = np.arange(len(first))
    result: Ints = place[inverse.reshape(-1)]
    return result
