"""Measures by networkx: slow, and what the other engines are held to."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from diplograph.measures.arrays import Floats, Ints

__all__ = ["components", "graph", "scores"]


def graph(nodes: int, one: Ints, two: Ints, weight: Floats | None, directed: bool) -> Any:
    """The arrays as a networkx graph with numbers for nodes."""
    import networkx as nx

    net = nx.DiGraph() if directed else nx.Graph()
    net.add_nodes_from(range(nodes))
    weights = [1.0] * len(one) if weight is None else weight.tolist()
    net.add_weighted_edges_from(zip(one.tolist(), two.tolist(), weights, strict=True))
    return net


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
    import networkx as nx

    if measure.endswith("degree"):
        many = nx.MultiDiGraph() if directed else nx.MultiGraph()
        many.add_nodes_from(range(nodes))
        many.add_weighted_edges_from(zip(one.tolist(), two.tolist(), weight.tolist(), strict=True))
        if measure in ("in-degree", "out-degree"):
            degrees = many.in_degree if measure == "in-degree" else many.out_degree
            return _column(nodes, degrees(weight="weight"))
        return _column(nodes, many.degree(weight="weight"))
    net = graph(nodes, one, two, weight, directed)
    if measure == "pagerank":
        # networkx multiplies the tolerance by the number of nodes.
        return _column(nodes, nx.pagerank(net, tol=1e-13 / nodes, max_iter=1000))
    if measure == "eigenvector":
        found = dict.fromkeys(range(nodes), 0.0)
        part = components(nodes, one, two)
        main = net.subgraph(np.flatnonzero(part == 0).tolist())
        if len(main) > 2:
            found |= nx.eigenvector_centrality_numpy(main, weight="weight", max_iter=100 * nodes)
        elif len(main) == 2:
            found |= dict.fromkeys(main, 0.5**0.5)
        return np.abs(_column(nodes, found))
    if measure == "betweenness":
        sample = None if sources is None else len(sources)
        found = nx.betweenness_centrality(net, k=sample, seed=_Chosen(sources))
        return np.nan_to_num(_column(nodes, found)) if nodes > 2 else np.zeros(nodes)
    if sources is None:
        return _column(nodes, nx.closeness_centrality(net))
    return _near(net, nodes, sources)


def components(nodes: int, one: Ints, two: Ints) -> Ints:
    """The connected part of each node, the largest first, then by its first node."""
    import networkx as nx

    net = graph(nodes, one, two, None, False)
    label = np.zeros(nodes, np.int32)
    parts = sorted(nx.connected_components(net), key=lambda part: (-len(part), min(part)))
    for number, part in enumerate(parts):
        label[list(part)] = number
    return label


class _Chosen(random.Random):
    """Draws what was drawn already, so that all engines begin at the same nodes."""

    def __init__(self, sources: NDArray[np.int64] | None) -> None:
        super().__init__(0)
        self._sources = [] if sources is None else sources.tolist()

    def sample(self, population: Any, k: int, *, counts: Any = None) -> list[Any]:
        return self._sources


def _near(net: Any, nodes: int, sources: NDArray[np.int64]) -> Floats:
    """Closeness from the steps to the sources, of which each part has its own column."""
    import networkx as nx

    steps, reached, others = np.zeros(nodes), np.zeros(nodes), np.zeros(nodes)
    for source in sources[sources >= 0].tolist():
        found = nx.single_source_shortest_path_length(net, source)
        for node, far in found.items():
            others[node] = len(found) - 1
            steps[node] += far
            reached[node] += node != source
    mean = steps / np.maximum(reached, 1)
    return np.divide(others / max(nodes - 1, 1), mean, out=np.zeros(nodes), where=mean > 0)


def _column(nodes: int, found: Any) -> Floats:
    values = dict(found)
    return np.array([values[node] for node in range(nodes)], np.float64)
