"""Networks too large for one picture are divided into parts that can each be read."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from diplograph.render.parts import Part, divide


def named(net: nx.Graph) -> nx.Graph:
    return nx.relabel_nodes(net, {node: f"n{node:05}" for node in net})


def check(parts: tuple[Part, ...], net: nx.Graph, most: int, groups: int) -> None:
    assert [part.number for part in parts] == list(range(len(parts)))
    assert parts[0].around == -1
    assert set(parts[0].members) == set(net)
    for part in parts:
        assert len(part.members) <= most or len(part.inner) > 1
        assert len(part.inner) <= groups
        if part.inner:
            inside = [node for number in part.inner for node in parts[number].members]
            assert sorted(inside) == sorted(part.members)
            assert all(parts[number].around == part.number for number in part.inner)
            sizes = [len(parts[number].members) for number in part.inner]
            assert sizes == sorted(sizes, reverse=True)


@settings(max_examples=60, deadline=None)
@given(
    nodes=st.integers(1, 120), chance=st.floats(0, 0.3), seed=st.integers(0, 9),
    most=st.integers(5, 40), groups=st.integers(3, 12),
)  # fmt: skip
def test_every_entity_is_in_one_part_that_can_be_read(
    nodes: int, chance: float, seed: int, most: int, groups: int
) -> None:
    """Whatever the network: connected or not, dense, or without any tie."""
    net = named(nx.gnp_random_graph(nodes, chance, seed=seed))
    check(divide(net, most, groups), net, most, groups)


@pytest.mark.parametrize(
    "net",
    [nx.star_graph(2000), nx.complete_graph(300), nx.path_graph(3000), nx.empty_graph(1000)],
    ids=["star", "complete", "path", "empty"],
)
def test_networks_without_communities_are_divided_all_the_same(net: nx.Graph) -> None:
    """A hub with thousands around it, or nothing at all, is no exception."""
    net = named(net)
    check(divide(net, 60, 20), net, 60, 20)


def test_what_belongs_together_stays_together() -> None:
    """Cliques that hang on each other by one tie are the parts."""
    net = named(nx.connected_caveman_graph(30, 12))
    parts = divide(net, most=20, groups=40)
    cliques = [[f"n{node:05}" for node in range(12 * k, 12 * k + 12)] for k in range(30)]
    assert sorted(sorted(part.members) for part in parts[1:]) == cliques


def test_the_same_network_gives_the_same_parts() -> None:
    """The order in which nodes and ties came is no matter."""
    net = named(nx.barabasi_albert_graph(600, 3, seed=4))
    other = nx.Graph()
    other.add_nodes_from(sorted(net, reverse=True))
    other.add_edges_from(sorted(((b, a) for a, b in net.edges()), reverse=True))
    assert divide(net, 50, 20) == divide(other, 50, 20)
    first = divide(net, 50, 20)[0].members[:3]
    degrees = sorted(net, key=lambda node: (-net.degree(node), node))
    assert list(first) == degrees[:3]
