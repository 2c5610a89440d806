"""The path search answers as networkx and plain enumeration do; the index survives its folder."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
from dataclasses import dataclass
from importlib.util import find_spec
from itertools import islice, pairwise, permutations
from math import inf
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from diplograph.dates import ALWAYS, NEVER
from diplograph.errors import OptionError, StoreError
from diplograph.pathindex import LEVELS, Chain, PathIndex, best_paths, plain

ENGINES = [
    "plain",
    pytest.param(
        "compiled", marks=pytest.mark.skipif(not find_spec("numba"), reason="numba is missing")
    ),
]
pytestmark = pytest.mark.xdist_group("numba")  # which one process compiles, and not each
KINDS = 3
SETTINGS = settings(
    deadline=None,
    max_examples=int(os.environ.get("PATHINDEX_EXAMPLES", "80")),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)


@dataclass(frozen=True)
class Network:
    """A small network as the arrays of an index, and a question about it."""

    nodes: int
    ends: list[tuple[int, int]]
    cost: list[float]
    kind: list[int]
    since: list[list[int]]
    until: list[int]

    def index(self) -> PathIndex:
        ends = np.array(self.ends, np.int32).reshape(-1, 2)
        return PathIndex.build(
            self.nodes,
            ends[:, 0],
            ends[:, 1],
            cost=np.array(self.cost, np.float32),
            kind=np.array(self.kind, np.uint8),
            since=np.array(self.since, np.int32).reshape(-1, LEVELS).T,
            until=np.array(self.until, np.int32),
        )


COSTS = {
    "equal": st.just(1.0),
    "few": st.sampled_from([0.5, 1.0, 1.5]),
    "many": st.floats(0.0625, 20, width=32),
}


@st.composite
def networks(draw: st.DrawFn, most_nodes: int = 7, most_edges: int = 18) -> Network:
    nodes = draw(st.integers(2, most_nodes))
    node = st.integers(0, nodes - 1)
    ends = draw(st.lists(st.tuples(node, node), max_size=most_edges))
    edges = len(ends)
    cost = COSTS[draw(st.sampled_from(sorted(COSTS)))]
    day = st.integers(700_000, 700_004)
    first = st.one_of(day, st.sampled_from([ALWAYS, ALWAYS, NEVER]))
    last = st.one_of(day, st.just(NEVER))

    def many(of: st.SearchStrategy[Any]) -> list[Any]:
        return draw(st.lists(of, min_size=edges, max_size=edges))

    return Network(
        nodes,
        ends,
        many(cost),
        many(st.integers(0, KINDS - 1)),
        many(st.tuples(first, first, first)),
        many(last),
    )


@st.composite
def questions(draw: st.DrawFn, nodes: int) -> dict[str, Any]:
    node = st.integers(0, nodes - 1)
    day = st.one_of(st.none(), st.integers(699_999, 700_005))
    asked: dict[str, Any] = {
        "x": draw(node),
        "y": draw(node),
        "k": draw(st.integers(1, 6)),
        "most_steps": draw(st.integers(1, nodes)),
        "most_cost": draw(st.one_of(st.just(inf), st.sampled_from([1.0, 2.0, 3.5]))),
        "kinds": draw(st.none() | st.lists(st.booleans(), min_size=KINDS, max_size=KINDS)),
        "blocked": draw(st.none() | st.lists(node, max_size=2)),
        "through": draw(st.none() | st.lists(st.booleans(), min_size=nodes, max_size=nodes)),
        "level": draw(st.integers(0, LEVELS - 1)),
        "first": draw(day),
        "last": draw(day),
    }
    return {key: value for key, value in asked.items() if value is not None}


def steps_of(
    net: Network,
    *,
    kinds: list[bool] | None = None,
    level: int = 0,
    first: int | None = None,
    last: int | None = None,
    **_: Any,
) -> dict[tuple[int, int], tuple[float, int]]:
    """The cheapest edge that counts for each step, by the words of the definition."""
    steps: dict[tuple[int, int], tuple[float, int]] = {}
    for edge, (one, two) in enumerate(net.ends):
        since, until = net.since[edge][level], net.until[edge]
        if since == NEVER or one == two or (kinds and not kinds[net.kind[edge]]):
            continue
        if (last is not None and since > last) or (first is not None and until < first):
            continue
        found = (float(np.float32(net.cost[edge])), edge)
        for step in ((one, two), (two, one)):
            steps[step] = min(steps.get(step, found), found)
    return steps


def every_chain(net: Network, asked: dict[str, Any]) -> list[Chain]:
    """All chains by trying every sequence of nodes."""
    x, y, steps = asked["x"], asked["y"], steps_of(net, **asked)
    blocked, through = asked.get("blocked", ()), asked.get("through")
    inner = [n for n in range(net.nodes) if n not in (x, y) and n not in blocked]
    found = []
    for length in range(min(len(inner), asked["most_steps"] - 1) + 1 if x != y else 0):
        for middle in permutations(inner, length):
            nodes = (x, *middle, y)
            if through and not any(through[n] for n in middle):
                continue
            if all(step in steps for step in pairwise(nodes)):
                cost = sum(steps[step][0] for step in pairwise(nodes))
                if cost <= asked["most_cost"]:
                    found.append(Chain(cost, nodes, tuple(steps[s][1] for s in pairwise(nodes))))
    return sorted(found, key=lambda chain: (chain.cost, len(chain.nodes), chain.nodes))


@pytest.fixture(params=[1, 32])
def chunk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    """How much of a row is looked at in one go: so small that rows of these networks are long."""
    monkeypatch.setattr(plain, "CHUNK", request.param)
    if find_spec("numba"):
        from diplograph.pathindex import compiled

        monkeypatch.setattr(compiled, "CHUNK", request.param)
    return int(request.param)


@pytest.mark.parametrize("engine", ENGINES)
@SETTINGS
@given(data=st.data())
def test_chains_are_those_of_enumeration(engine: str, chunk: int, data: st.DataObject) -> None:
    """Costs, nodes, edges and order equal those of trying everything, under all conditions."""
    net = data.draw(networks())
    asked = data.draw(questions(net.nodes))
    expected = every_chain(net, asked)[: asked["k"]]
    assert best_paths(net.index(), engine=engine, **asked) == expected


@pytest.mark.parametrize("engine", ENGINES)
@SETTINGS
@given(data=st.data())
def test_chains_are_those_of_networkx(engine: str, chunk: int, data: st.DataObject) -> None:
    """On larger networks the costs equal those of networkx on the filtered simple graph."""
    net = data.draw(networks(most_nodes=25, most_edges=70))
    asked = data.draw(questions(net.nodes))
    asked = {**asked, "most_steps": net.nodes, "most_cost": inf}
    asked.pop("through", None)
    x, y = asked["x"], asked["y"]
    flat = nx.Graph()
    flat.add_nodes_from([x, y])
    steps = steps_of(net, **asked)
    flat.add_edges_from((a, b, {"cost": cost}) for (a, b), (cost, _) in steps.items())
    flat.remove_nodes_from(set(asked.get("blocked", ())) - {x, y})
    found = best_paths(net.index(), engine=engine, **asked)
    if x == y or not nx.has_path(flat, x, y):
        assert found == []
        return
    chains = islice(nx.shortest_simple_paths(flat, x, y, weight="cost"), asked["k"])
    costs = [nx.path_weight(flat, chain, "cost") for chain in chains]
    assert [chain.cost for chain in found] == pytest.approx(costs)
    for chain in found:
        assert len(set(chain.nodes)) == len(chain.nodes)
        assert (chain.nodes[0], chain.nodes[-1]) == (x, y)
        assert chain.edges == tuple(steps[step][1] for step in pairwise(chain.nodes))
    assert found == sorted(found, key=lambda chain: (chain.cost, len(chain.nodes), chain.nodes))


def star(leaves: int, spokes: int = 2) -> PathIndex:
    """Hubs 0 and 1 with all leaves in common; each of the last two nodes hangs on a hub."""
    leaf = np.arange(2, leaves + 2, dtype=np.int32)
    one = np.concatenate([np.zeros(leaves), np.ones(leaves), [0, 1]]).astype(np.int32)
    two = np.concatenate([leaf, leaf, [leaves + 2, leaves + 3]]).astype(np.int32)
    edges = len(one)
    return PathIndex.build(
        leaves + 4, one, two, cost=np.ones(edges), kind=np.zeros(edges, np.uint8),
        since=np.full((LEVELS, edges), ALWAYS), until=np.full(edges, NEVER),
    )  # fmt: skip


@pytest.mark.parametrize("engine", ENGINES)
def test_hubs_with_many_equal_chains_are_told_in_order(engine: str) -> None:
    """Ten thousand chains of equal cost: the first by nodes are told, and told quickly."""
    index = star(10_000)
    found = best_paths(index, 10_002, 10_003, k=4, engine=engine)
    assert [chain.nodes for chain in found] == [(10_002, 0, n, 1, 10_003) for n in (2, 3, 4, 5)]


@pytest.mark.parametrize("engine", ENGINES)
def test_what_hangs_on_one_edge_has_one_chain(engine: str) -> None:
    """Asked for more chains than there are, the search ends without trying all that is longer."""
    index = star(10_000)
    found = best_paths(index, 0, 10_002, k=10, most_steps=30, engine=engine)
    assert [chain.nodes for chain in found] == [(0, 10_002)]


@pytest.mark.parametrize("engine", ENGINES)
def test_a_search_that_goes_too_far_is_given_up(engine: str) -> None:
    """More partial chains than allowed are one clear line, not an endless search."""
    with pytest.raises(OptionError, match="given up after 5 partial chains"):
        best_paths(star(100), 102, 103, engine=engine, effort=5)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"x": 9}, "there is no node 9"),
        ({"y": -1}, "there is no node -1"),
        ({"k": 0}, "must be 1 or more"),
        ({"most_steps": 0}, "must be 1 or more"),
        ({"level": 3}, "there is no level 3"),
        ({"kinds": []}, "edge types need 1"),
        ({"through": [True]}, "nodes to pass need 7"),
    ],
)
def test_conditions_that_do_not_fit_are_refused(wrong: dict[str, Any], message: str) -> None:
    """Each condition that does not fit the index is one clear line."""
    with pytest.raises(OptionError, match=message):
        best_paths(star(3), **{"x": 0, "y": 1, **wrong})


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"one": [0, 7]}, "none of the 3 nodes"),
        ({"cost": [1.0, 0.0]}, "above 0"),
        ({"cost": [1.0, inf]}, "above 0"),
        ({"cost": [1.0, float("nan")]}, "above 0"),
        ({"kind": [0, 70_000]}, "65,535"),
        ({"until": [NEVER]}, "differ in length"),
    ],
)
def test_arrays_that_do_not_fit_are_refused(changed: dict[str, Any], message: str) -> None:
    """An index is not built from arrays that do not fit together."""
    arrays: dict[str, Any] = {
        "one": [0, 1], "two": [1, 2], "cost": [1.0, 1.0], "kind": [0, 0],
        "since": [[ALWAYS] * 2] * LEVELS, "until": [NEVER] * 2, **changed,
    }  # fmt: skip
    with pytest.raises(OptionError, match=message):
        PathIndex.build(3, **arrays)


def test_a_slot_takes_24_bytes() -> None:
    """Years over centuries fit two bytes a day; more distinct days than that take four."""
    assert star(10).slots.itemsize == 24


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("days", [np.arange(70_000), np.arange(70_000) * 30_000 - 2**30])
def test_more_days_than_two_bytes_hold(engine: str, days: np.ndarray) -> None:
    """With very many distinct days, near or far apart, dates are told apart to the day."""
    edges = len(days)
    index = PathIndex.build(
        edges + 1, np.zeros(edges), np.arange(1, edges + 1), cost=np.ones(edges),
        kind=np.zeros(edges), since=np.stack([days] * LEVELS), until=np.full(edges, NEVER),
    )  # fmt: skip
    assert index.slots.itemsize == 32
    day = int(days[40_000])
    assert best_paths(index, 0, 40_001, last=day - 1, engine=engine) == []
    assert len(best_paths(index, 0, 40_001, last=day, engine=engine)) == 1


@SETTINGS
@given(net=networks())
def test_rows_hold_every_edge_twice(net: Network) -> None:
    """Each edge but loops stands in the row of either end, cheapest first, with what it was given."""
    index = net.index()
    seen = []
    for node in range(net.nodes):
        row = index.row(node)
        assert [*zip(row["cost"], row["edge"], strict=True)] == sorted(
            zip(row["cost"], row["edge"], strict=True)
        )
        for slot in row:
            edge = int(slot["edge"])
            seen.append((edge, node, int(slot["neighbour"])))
            assert index.days[slot["since"]].tolist() == list(net.since[edge])
            assert index.days[slot["until"]] == net.until[edge]
            assert slot["kind"] == net.kind[edge]
    assert sorted(seen) == sorted(
        (edge, *ends)
        for edge, (one, two) in enumerate(net.ends)
        if one != two
        for ends in ((one, two), (two, one))
    )


def test_saved_and_opened_it_is_the_same(tmp_path: Path) -> None:
    """An index comes back as it was saved, with its fingerprint, and in place of a former one."""
    folder = tmp_path / "deep" / "index"
    star(5).save(folder, "first")
    index = star(9)
    index.save(folder, "second")
    opened = PathIndex.open(folder)
    assert opened.fingerprint == "second"
    assert (opened.nodes, opened.edges, opened.kinds) == (index.nodes, index.edges, index.kinds)
    assert np.array_equal(opened.slots, index.slots)
    # else what numba compiled for the one would be compiled once more for the other
    assert opened.slots.dtype.isalignedstruct
    assert index.slots.dtype.isalignedstruct
    assert opened.slots.flags == index.slots.flags
    assert best_paths(opened, 11, 12) == best_paths(index, 11, 12)
    assert [path.name for path in folder.parent.iterdir()] == ["index"]


def test_who_has_the_former_open_keeps_it(tmp_path: Path) -> None:
    """Replacing an index does not pull it away from under a reader."""
    star(5).save(tmp_path / "index", "first")
    former = PathIndex.open(tmp_path / "index")
    star(900).save(tmp_path / "index", "second")
    assert [chain.nodes for chain in best_paths(former, 7, 8)] == [(7, 0, 2, 1, 8)]


def shorten(folder: Path) -> None:
    data = (folder / "slots.npy").read_bytes()
    (folder / "slots.npy").write_bytes(data[:-40])


def other_type(folder: Path) -> None:
    np.save(folder / "slots.npy", np.zeros(22, np.int64))


def other_length(folder: Path) -> None:
    np.save(folder / "starts.npy", np.zeros(3, np.int64))


def meta(**changed: Any) -> Any:
    def change(folder: Path) -> None:
        text = (folder / "meta.json").read_text()
        (folder / "meta.json").write_text(json.dumps({**json.loads(text), **changed}))

    return change


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda folder: (folder / "slots.npy").unlink(), r"incomplete \(slots.npy\)"),
        (lambda folder: (folder / "meta.json").unlink(), r"incomplete \(meta.json\)"),
        (lambda folder: (folder / "meta.json").write_text("{"), "no index, or damaged"),
        (lambda folder: (folder / "meta.json").write_text("[]"), "no index, or damaged"),
        (lambda folder: (folder / "slots.npy").write_bytes(b""), "no index, or damaged"),
        (lambda folder: (folder / "slots.npy").write_bytes(b"GIF89a"), "no index, or damaged"),
        (shorten, "no index, or damaged"),
        (other_type, "arrays do not fit"),
        (other_length, "arrays do not fit"),
        (meta(format=99), "of format 99, not 1"),
        (meta(lengths={}), "arrays do not fit"),
        (meta(fingerprint=None), "arrays do not fit"),
    ],
)
def test_a_damaged_index_is_refused(tmp_path: Path, damage: Any, message: str) -> None:
    """Whatever is missing or cut off, opening it is a StoreError of one line."""
    folder = tmp_path / "index"
    star(9).save(folder, "")
    damage(folder)
    with pytest.raises(StoreError, match=message) as told:
        PathIndex.open(folder)
    assert "\n" not in str(told.value)


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    """What does not exist is no index, and a folder with something else is not written over."""
    with pytest.raises(StoreError, match="does not exist"):
        PathIndex.open(tmp_path / "nowhere")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("Dear all")
    with pytest.raises(StoreError, match="something else"):
        star(3).save(tmp_path / "letters", "")
    assert (tmp_path / "letters" / "dear.txt").exists()
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError):
        star(3).save(tmp_path / "file" / "index", "")


def _killed(folder: Path) -> None:
    """Save, and be killed after the first array."""
    save = np.save

    def once(*args: Any, **options: Any) -> None:
        save(*args, **options)
        os.kill(os.getpid(), signal.SIGKILL)

    np.save = once
    star(50).save(folder, "killed")


def _saved_often(folder: Path, name: str) -> None:
    for _ in range(40):
        star(20).save(folder, name)


def test_a_writer_that_is_killed_leaves_the_former(tmp_path: Path) -> None:
    """A process killed while it writes has changed nothing that can be opened."""
    folder = tmp_path / "index"
    star(5).save(folder, "former")
    writer = multiprocessing.get_context("fork").Process(target=_killed, args=(folder,))
    writer.start()
    writer.join()
    assert writer.exitcode == -signal.SIGKILL
    assert PathIndex.open(folder).fingerprint == "former"
    star(6).save(folder, "next")
    assert PathIndex.open(folder).fingerprint == "next"


def test_two_writers_do_not_harm(tmp_path: Path) -> None:
    """Of two processes that save at the same time each leaves a whole index."""
    folder = tmp_path / "index"
    context = multiprocessing.get_context("fork")
    writers = [context.Process(target=_saved_often, args=(folder, name)) for name in "ab"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0, 0]
    assert PathIndex.open(folder).fingerprint in "ab"
    assert [path.name for path in tmp_path.iterdir()] == ["index"]
