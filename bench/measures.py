"""Measures of networks: the engines of diplograph.measures against networkx, in one run.

    python bench/measures.py [EDGES] [communities]

The network is made up and seeded (bench/synthetic.py). networkx is given its graph ready made and
ours its arrays, so that building ours counts and building theirs does not. Both work to the same
tolerance, and sampled paths begin at the same nodes; values are compared before times are told.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import networkx as nx
import numpy as np
from synthetic import made_up

from diplograph import measures
from diplograph.measures.partition import leiden, modularity
from diplograph.measures.reference import graph

SOURCES = 16


def taken(call: Callable[[], Any], rounds: int) -> tuple[Any, list[float]]:
    seconds = []
    for _ in range(rounds):
        start = time.perf_counter()
        result = call()
        seconds.append(time.perf_counter() - start)
    return result, seconds


def line(name: str, ours: list[float], theirs: list[float]) -> None:
    one, two = statistics.median(ours), statistics.median(theirs)
    print(
        f"{name:34} {one:8.2f} s ({min(ours):.2f}–{max(ours):.2f}, n={len(ours)})  "
        f"{two:8.1f} s ({min(theirs):.1f}–{max(theirs):.1f}, n={len(theirs)})  "
        f"{two / one:6.1f} ({min(theirs) / max(ours):.1f}–{max(theirs) / min(ours):.1f})",
        flush=True,
    )


def network(edges: int) -> tuple[int, Any, Any, Any]:
    made = made_up(edges)
    one, two, weight = measures.merged(made.one, made.two)
    present, number = np.unique(np.concatenate((one, two)), return_inverse=True)
    one, two = number.reshape(2, -1).astype(np.int32)
    return len(present), one, two, weight


def compare(name: str, measure: str, net: Any, size: int, *arrays: Any, **options: Any) -> None:
    """A measure by the engines given and by networkx, whose values must be the same."""
    rounds, slow = options.pop("rounds"), options.pop("slow")
    engines = options.pop("engines")

    def reference() -> Any:
        if measure == "pagerank":
            return nx.pagerank(net, tol=1e-12 / size, max_iter=1000)
        if measure == "components":
            return list(nx.connected_components(net))
        from diplograph.measures.reference import _Chosen

        sample = options.get("sample")
        chosen = None
        if sample is not None:
            chosen = np.sort(np.random.default_rng(0).choice(size, sample, replace=False))
        return nx.betweenness_centrality(net, k=sample, seed=_Chosen(chosen))

    expected, theirs = taken(reference, slow)
    for engine in engines:

        def ours(engine: str = engine) -> Any:
            if measure == "components":
                return measures.components(size, *arrays[:2], engine=engine)
            return measures.scores(measure, size, *arrays, engine=engine, **options)

        found, mine = taken(ours, rounds)
        if measure == "components":
            assert found.max() + 1 == len(expected)
        else:
            values = np.array([expected[node] for node in range(size)])
            assert np.allclose(found, values, rtol=1e-6, atol=1e-12), (name, engine)
        line(f"{name}, {engine}", mine, theirs)


def groups(name: str, net: Any, size: int, *arrays: Any, rounds: int) -> None:
    """Leiden of one, two and ten rounds next to Louvain, in turns, since machines are shared.

    Two rounds of two sweeps are what ``communities`` takes at that size.
    """
    ours: dict[tuple[int, int | None], list[float]] = {
        (1, None): [], (2, 2): [], (2, None): [], (10, None): []
    }  # fmt: skip
    found: dict[tuple[int, int | None], Any] = {}
    theirs: list[float] = []
    label = np.empty(size, np.int32)
    for _ in range(rounds):
        for effort, seconds in ours.items():
            found[effort], mine = taken(
                lambda e=effort: leiden(size, *arrays, iterations=e[0], sweeps=e[1]), 1
            )
            seconds += mine
        divided, slow = taken(lambda: nx.community.louvain_communities(net, seed=0), 1)
        theirs += slow
        for number, members in enumerate(divided):
            label[list(members)] = number
    print(f"Louvain: modularity {modularity(*arrays, label):.4f}")
    for effort, seconds in ours.items():
        told = f"{effort[0]}" + (f" of {effort[1]} sweeps" if effort[1] else "")
        print(f"Leiden, {told}: modularity {modularity(*arrays, found[effort]):.4f}")
        line(f"{name}, Leiden ×{told} / Louvain", seconds, theirs)


def main() -> None:
    edges = int(sys.argv[1]) if len(sys.argv) > 1 else 2_000_000
    alone = sys.argv[2:] == ["communities"]
    print(f"{'':34} {'ours':>8}  {'networkx':>24}  {'ratio':>20}")
    if not alone:
        small = network(10_000)
        net = graph(*small, directed=False)
        print(f"{small[0]:,} nodes, {len(small[1]):,} pairs")
        compare(
            "betweenness, exact", "betweenness", net, *small, rounds=5, slow=2,
            engines=("igraph", "scipy"),
        )  # fmt: skip
    middle = network(edges // 10)
    net = graph(*middle, directed=False)
    print(f"{middle[0]:,} nodes, {len(middle[1]):,} pairs")
    groups("communities", net, *middle, rounds=5)
    large = network(edges)
    net = graph(*large, directed=False)
    print(f"{large[0]:,} nodes, {len(large[1]):,} pairs", flush=True)
    if not alone:
        compare(
            "components", "components", net, *large, rounds=7, slow=3, engines=("numpy",),
        )  # fmt: skip
        compare("PageRank", "pagerank", net, *large, rounds=5, slow=3, engines=("scipy",))
        compare(
            f"betweenness, {SOURCES} sources", "betweenness", net, *large, rounds=3, slow=1,
            engines=("igraph", "scipy"), sample=SOURCES,
        )  # fmt: skip
    groups("communities", net, *large, rounds=3)


if __name__ == "__main__":
    main()
