"""Path search on made-up networks of relations: python bench/path_search.py [--edges N …].

Everything in one run; per pair of nodes the median of three rounds, over the pairs the median and
the 95th percentile. The pairs are random nodes of fewer than 50 edges that a chain of up to eight
steps connects under the filter: ten of the thirteen edge types, and dates that meet 1980 to 2020.

Compared with networkx's bidirectional_dijkstra: its graph is the filtered one, simple, with the
cheapest edge of each pair of nodes; to filter and to build it is not counted. The costs found are
compared first.
"""

from __future__ import annotations

import argparse
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
from synthetic import DAYS, KINDS, Made, made_up

from diplograph.pathindex import PathIndex, best_paths

PAIRS, ROUNDS = 40, 3
CLOSED = ("depositary", "hosts", "kin")
FILTER: dict[str, Any] = {
    "kinds": [name not in CLOSED for name in KINDS],
    "first": int(DAYS[30]),
    "last": int(DAYS[71]) - 1,
}
FIRST_CALL = """
import sys, time
sys.path.insert(0, sys.argv[1])
from synthetic import made_up
from diplograph.pathindex import PathIndex, best_paths
made = made_up(20_000)
index = PathIndex.build(made.nodes, made.one, made.two, cost=made.cost, kind=made.kind,
                        since=made.since, until=made.until)
start = time.perf_counter()
best_paths(index, 500, 900, engine="compiled")
print(time.perf_counter() - start)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edges", type=int, nargs="+", default=[2_000_000, 20_000_000])
    sizes = parser.parse_args().edges
    print(
        f"{os.cpu_count()} cores, Python {platform.python_version()}, NumPy {np.__version__}, "
        f"networkx {nx.__version__}, {numba()}; {PAIRS} pairs, {ROUNDS} rounds\n"
    )
    print("| edges | what | median | p95 |\n| --- | --- | --- | --- |")
    for edges in sizes:
        measure(edges)
    first_calls()


def numba() -> str:
    from importlib.metadata import version

    return f"numba {version('numba')}"


def measure(edges: int) -> None:
    made = made_up(edges)

    def row(what: str, values: list[float], form: str) -> None:
        high = float(np.percentile(values, 95))
        print(
            f"| {len(made.one):,} | {what} | {statistics.median(values):{form}} | {high:{form}} |"
        )
        sys.stdout.flush()

    rates, index = [], None
    for _ in range(5 if edges <= 5_000_000 else 3):
        start = time.perf_counter()
        index = build(made)
        rates.append(len(made.one) / (time.perf_counter() - start) / 1e6)
    assert index is not None
    row("build, million edges a second (p95: the fastest)", rates, ".2f")
    row("bytes an edge, both directions", [index.bytes / index.edges], ".1f")
    with tempfile.TemporaryDirectory() as folder:
        index.save(Path(folder) / "index", "")
        row("open, ms", [timed(lambda: PathIndex.open(Path(folder) / "index")) for _ in range(21)],
            ".2f")  # fmt: skip
        index = PathIndex.open(Path(folder) / "index")
        pairs = chosen(index, made)
        small = edges <= 5_000_000
        flat = filtered(made) if small else None
        search: dict[str, Callable[[int, int], Any]] = {
            "k=1, filtered": lambda x, y: best_paths(index, x, y, **FILTER),
            "k=1, all edges": lambda x, y: best_paths(index, x, y),
            "k=5, filtered": lambda x, y: best_paths(index, x, y, k=5, **FILTER),
            "k=1, filtered, up to 4 steps": lambda x, y: best_paths(
                index, x, y, most_steps=4, **FILTER
            ),
        }
        if flat is not None:
            search["k=1, filtered, in plain Python"] = lambda x, y: best_paths(
                index, x, y, engine="plain", **FILTER
            )
            search["networkx, filtered beforehand"] = lambda x, y: nx.bidirectional_dijkstra(
                flat, x, y, weight="cost"
            )
            agree(index, flat, pairs)
        taken: dict[str, list[float]] = {name: [] for name in search}
        for x, y in pairs:
            rounds = {
                name: [timed(lambda: ask(x, y)) for _ in range(ROUNDS)]  # noqa: B023
                for name, ask in search.items()
            }
            for name, values in rounds.items():
                taken[name].append(statistics.median(values))
        for name, values in taken.items():
            row(f"{name}, ms", values, ".2f")
        ratios = {
            "k=5 ÷ k=1": ("k=5, filtered", "k=1, filtered"),
            "networkx ÷ k=1": ("networkx, filtered beforehand", "k=1, filtered"),
            "networkx ÷ plain Python": (
                "networkx, filtered beforehand",
                "k=1, filtered, in plain Python",
            ),
        }
        for name, (one, two) in ratios.items():
            if one in taken:
                each = [a / b for a, b in zip(taken[one], taken[two], strict=True)]
                row(f"{name}, pair by pair", each, ".1f")


def build(made: Made) -> PathIndex:
    return PathIndex.build(
        made.nodes, made.one, made.two, cost=made.cost, kind=made.kind, since=made.since,
        until=made.until,
    )  # fmt: skip


def timed(what: Callable[[], Any]) -> float:
    start = time.perf_counter()
    what()
    return (time.perf_counter() - start) * 1000


def chosen(index: PathIndex, made: Made) -> list[tuple[int, int]]:
    random, pairs = np.random.default_rng(11), []
    while len(pairs) < PAIRS:
        x, y = random.integers(0, made.nodes, 2).tolist()
        small = max(made.degree[x], made.degree[y]) < 50
        if x != y and small and best_paths(index, x, y, **FILTER):
            pairs.append((x, y))
    return pairs


def filtered(made: Made) -> nx.Graph:
    kept = (
        np.array(FILTER["kinds"])[made.kind]
        & (made.since[0] <= FILTER["last"])
        & (made.until >= FILTER["first"])
    )
    flat = nx.Graph()
    order = np.flatnonzero(kept)
    order = order[np.argsort(-made.cost[order], kind="stable")]  # the cheapest is written last
    ends = zip(made.one[order].tolist(), made.two[order].tolist(), strict=True)
    for (one, two), cost in zip(ends, made.cost[order].tolist(), strict=True):
        flat.add_edge(one, two, cost=cost)
    return flat


def agree(index: PathIndex, flat: nx.Graph, pairs: list[tuple[int, int]]) -> None:
    for x, y in pairs:
        cost, _ = nx.bidirectional_dijkstra(flat, x, y, weight="cost")
        found = best_paths(index, x, y, most_steps=1000, **FILTER)[0].cost
        assert abs(cost - found) < 1e-9 * cost, (x, y, cost, found)


def first_calls() -> None:
    with tempfile.TemporaryDirectory() as cache:
        words = [sys.executable, "-c", FIRST_CALL, str(Path(__file__).parent)]
        env = {**os.environ, "NUMBA_CACHE_DIR": cache}
        for what in ("nothing compiled yet", "compiled before"):
            rounds = []
            for _ in range(1 if what.startswith("nothing") else 5):
                done = subprocess.run(words, env=env, check=True, capture_output=True, text=True)
                rounds.append(float(done.stdout))
            print(
                f"| any | first call of the compiled engine in a process, {what}, s | "
                f"{statistics.median(rounds):.2f} | {max(rounds):.2f} |"
            )


if __name__ == "__main__":
    main()
