"""What ties which entities: the rows of the network, bundled a pair, and as sets of neighbours.

Rows and sets are enough for most of what is drawn; a network of networkx is made where paths are
looked for in it, since to make one of many edges takes longer than to draw it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np

from diplograph.edges import Ints, open_edges
from diplograph.model import Include
from diplograph.texts import Texts

if TYPE_CHECKING:
    import networkx as nx

    from diplograph.render.gather import Request

__all__ = [
    "Near", "Pair", "Row", "among", "bundles", "bundles_of", "named", "near", "neighbours",
    "network_of", "networks", "pair_of", "pending_of", "tied",
]  # fmt: skip

Pair = tuple[str, str]

Near = dict[str, set[str]]
"""Of each entity the others that it is tied to."""

Row = tuple[str, str, str]
"""Two entities and the fact that ties them."""


def tied(request: Request, include: Include) -> list[Row]:
    """What ties two entities at the date asked for, also of files that name no source."""
    edges = open_edges(request.graph, "facts")
    ties = edges.ties(edges.counted(request.as_of, include))
    nodes = named(edges.nodes, ties.one, ties.two)
    keys = named(edges.keys, ties.key)
    return [
        (nodes[one], nodes[two], keys[key])
        for one, two, key in zip(
            ties.one.tolist(), ties.two.tolist(), ties.key.tolist(), strict=True
        )
    ]


def pending_of(request: Request, rows: Iterable[Row]) -> frozenset[Row]:
    """Those of the rows that are there only because the pending count, each pair in order."""
    if request.include is Include.CONCLUDED:
        return frozenset()
    firm = {(*pair_of(one, two), key) for one, two, key in tied(request, Include.CONCLUDED)}
    return frozenset({(*pair_of(one, two), key) for one, two, key in rows} - firm)


def network_of(request: Request, include: Include) -> nx.MultiGraph[str]:
    """The network of entities and facts; without attributes."""
    import networkx as nx

    rows = tied(request, include)
    net: nx.MultiGraph[str] = nx.MultiGraph()
    net.add_nodes_from(sorted({end for one, two, _ in rows for end in (one, two)}))
    net.add_edges_from((one, two, key, {"weight": 1.0}) for one, two, key in rows)
    return net


def networks(request: Request) -> tuple[nx.MultiGraph[str], frozenset[Row]]:
    """The network asked for, and which of its edges are there only because the pending count."""
    net = network_of(request, request.include)
    return net, pending_of(request, net.edges(keys=True))


def bundles(net: nx.MultiGraph[str], among: Iterable[str]) -> dict[Pair, tuple[str, ...]]:
    """The facts between each two of the entities given, one bundle a pair."""
    return bundles_of(net.subgraph(set(among)).edges(keys=True))


def bundles_of(rows: Iterable[Row]) -> dict[Pair, tuple[str, ...]]:
    """The facts between each two of the entities, one bundle a pair.

    >>> bundles_of([("b", "a", "g"), ("a", "b", "f"), ("c", "c", "h")])
    {('a', 'b'): ('f', 'g')}
    """
    found: dict[Pair, set[str]] = defaultdict(set)
    for one, two, key in rows:
        if one != two:
            found[pair_of(one, two)].add(key)
    return {pair: tuple(sorted(found[pair])) for pair in sorted(found)}


def neighbours(entities: Iterable[str], pairs: Iterable[Pair]) -> Near:
    """What each of the entities is tied to.

    >>> neighbours(["a", "b", "c"], [("a", "b")])
    {'a': {'b'}, 'b': {'a'}, 'c': set()}
    """
    found: Near = {entity: set() for entity in entities}
    for one, two in pairs:
        found[one].add(two)
        found[two].add(one)
    return found


def near(flat: nx.Graph[str]) -> Near:
    """What each node of a network is tied to, itself aside.

    >>> import networkx as nx
    >>> sorted(near(nx.path_graph(["a", "b", "c"]))["b"])
    ['a', 'c']
    """
    return {node: set(others) - {node} for node, others in flat.adjacency()}


def among(wider: Near, members: Iterable[str]) -> Near:
    """What some of the entities are tied to among themselves.

    >>> among({"a": {"b"}, "b": {"a", "c"}, "c": {"b"}}, ["b", "a"])
    {'b': {'a'}, 'a': {'b'}}
    """
    chosen = dict.fromkeys(members)
    return {node: wider[node] & chosen.keys() for node in chosen}


def pair_of(one: str, two: str) -> Pair:
    """The two in order."""
    return (one, two) if one < two else (two, one)


def named(texts: Texts, *columns: Ints) -> dict[int, str]:
    """The texts of the numbers that stand in the columns."""
    numbers = np.unique(np.concatenate(columns)).tolist()
    if len(numbers) * 8 > len(texts):
        every = texts[:]
        return {number: every[number] for number in numbers}
    return {number: texts[number] for number in numbers}
