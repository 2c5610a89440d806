"""How often the connection that a reader gives is the first path told, or among the first three.

    python bench/connections/study.py tuning --show
    python bench/connections/study.py kept-back

The pairs were written from the documents before anything was tuned (docs/paths.md). A
path is right if it leads through every entity of one of the connections that a reader accepts, and
through at most two others; where one fact ties the two, if it tells one fact. Where a reader sees
no connection the right answer is that there is none.

Compared are plain shortest paths over the same facts, the paths of diplograph with and without the
limit beyond which a path means nothing; and how often random pairs that share nothing, but what a
tenth of the graph is tied to as well, are said to have no meaningful connection.
"""

from __future__ import annotations

import argparse
import itertools
import random
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import networkx as nx

import diplograph
from diplograph import answers
from diplograph.edges import read_edges
from diplograph.model import Include
from diplograph.names import resolve
from diplograph.networks import to_networkx

MOST = 3
Told = list[tuple[set[str], int]]
"""Of each path the entities in between, by label, and the number of its facts."""


def right(pair: dict[str, Any], inner: set[str], facts: int) -> bool:
    if pair.get("direct"):
        return facts == 1
    return any(set(via) <= inner and len(inner) - len(via) <= 2 for via in pair.get("via", ()))


def rank(pair: dict[str, Any], told: Told) -> int | None:
    """At which place the right answer stands; where there is to be none, whether there is none."""
    if pair.get("none"):
        return None if told else 1
    places = (n for n, (inner, facts) in enumerate(told, 1) if right(pair, inner, facts))
    return next(places, None)


def ours(graph: diplograph.Graph, weak: bool) -> Callable[[str, str], Told]:
    def ask(x: str, y: str) -> Told:
        found = answers.path(x, y, graph=graph, most=MOST, include=Include.ANY, weak=weak).paths
        return [
            ({e.label for e in p.entities[1:-1]}, len({step.fact for step in p.steps}))
            for p in found
        ]

    return ask


def plain(graph: diplograph.Graph) -> Callable[[str, str], Told]:
    """The shortest paths, of equals those whose entities come first by name."""
    edges = read_edges(graph, "facts", "together")
    net = nx.Graph(to_networkx(graph, edges, edges.counted(include=Include.ANY)))
    label = dict(net.nodes(data="label"))

    def ask(x: str, y: str) -> Told:
        one, two = resolve(graph, x).id, resolve(graph, y).id
        if one not in net or two not in net or not nx.has_path(net, one, two):
            return []
        chains = itertools.islice(nx.shortest_simple_paths(net, one, two), 400)
        first = sorted(chains, key=lambda c: (len(c), [label[n] for n in c]))[:MOST]
        return [
            ({label[n] for n in c[1:-1]}, len({net.edges[e]["statement"] for e in
             itertools.pairwise(c)}))
            for c in first
        ]  # fmt: skip

    return ask


def strangers(graph: diplograph.Graph, number: int, seed: int = 5) -> list[tuple[str, str]]:
    """Random pairs that no fact ties, nor anything but what a tenth of the graph is tied to."""
    edges = read_edges(graph, "facts", "together")
    net = nx.Graph(to_networkx(graph, edges, edges.counted(include=Include.ANY)))
    nodes, chance, found = sorted(net), random.Random(seed), []
    while len(found) < number:
        one, two = chance.sample(nodes, 2)
        shared = set(net[one]) & set(net[two])
        if not net.has_edge(one, two) and all(10 * len(net[n]) >= len(net) for n in shared):
            found.append((one, two))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("half", choices=["tuning", "kept-back"])
    parser.add_argument("--show", action="store_true", help="show what is not right")
    parser.add_argument("--random", type=int, default=300, help="how many random pairs")
    args = parser.parse_args()
    pairs = tomllib.loads((Path(__file__).parent / f"{args.half}.toml").read_text("utf-8"))["pair"]
    graph = diplograph.open_graph()
    tied = [pair for pair in pairs if not pair.get("none")]
    apart = [pair for pair in pairs if pair.get("none")]
    print(f"| {args.half} | first | among the first {MOST} | no connection said |")
    print("| --- | --- | --- | --- |")
    for name, ask in (
        ("shortest paths", plain(graph)),
        ("diplograph, with --weak", ours(graph, weak=True)),
        ("diplograph", ours(graph, weak=False)),
    ):
        ranks = [(pair, rank(pair, ask(pair["x"], pair["y"]))) for pair in tied]
        none = sum(rank(pair, ask(pair["x"], pair["y"])) == 1 for pair in apart)
        first = sum(place == 1 for _, place in ranks)
        among = sum(place is not None for _, place in ranks)
        print(f"| {name} | {first} of {len(tied)} | {among} of {len(tied)} "
              f"| {none} of {len(apart)} |")  # fmt: skip
        if args.show and name == "diplograph":
            for pair, place in ranks:
                if place != 1:
                    print(f"    {place}: {pair['x']} | {pair['y']}: {pair.get('via', 'direct')}")
    unconnected = sum(
        not answers.path(one, two, graph=graph, most=1, include=Include.ANY).paths
        for one, two in strangers(graph, args.random)
    )
    print(f"\nOf {args.random} random pairs that share nothing, {unconnected} have no meaningful "
          "connection.")  # fmt: skip


if __name__ == "__main__":
    main()
