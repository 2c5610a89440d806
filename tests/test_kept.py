"""What is made from a graph is kept beside it, and made again when the graph is another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyoxigraph as ox
import pytest

from diplograph import central, edges, open_graph, path, steps
from diplograph.edges import Edges, open_edges, read_edges
from diplograph.errors import StoreError
from diplograph.pathindex import PathIndex
from diplograph.steps import Steps, open_steps, read_steps
from diplograph.storage import build_store
from diplograph.store import Graph
from diplograph.texts import Texts

OPENED: dict[str, Callable[[Graph], Any]] = {
    "steps": open_steps,
    "facts": lambda graph: open_edges(graph, "facts"),
    "agreements": lambda graph: open_edges(graph, "agreements"),
}


def equal(one: Any, two: Any) -> bool:
    if isinstance(one, np.ndarray):
        return np.array_equal(one, two) and one.dtype == two.dtype
    if isinstance(one, Texts):
        return list(one) == list(two)
    if isinstance(one, Edges | Steps | PathIndex):
        names = {field.name for field in fields(one)} - {"fingerprint"}
        return all(equal(getattr(one, name), getattr(two, name)) for name in names)
    return type(one) is type(two) and one == two


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[Graph]:
    """One entry each time that a graph is read."""
    found: list[Graph] = []
    own = edges.read_edges

    def read(graph: Graph, *projections: str) -> Edges:
        found.append(graph)
        return own(graph, *projections)

    monkeypatch.setattr(edges, "read_edges", read)
    monkeypatch.setattr(steps, "read_edges", read)
    return found


@pytest.fixture
def store(tmp_path: Path, made_up: Path) -> Path:
    build_store(tmp_path / "kept.store", (str(made_up),))
    return tmp_path / "kept.store"


def beside(store: Path) -> Path:
    return store.parent / f"{store.name}.index"


def without_a_fact(store: Path) -> str:
    """Take a fact out of a store, and say which."""
    rows = open_graph(store).select(
        "SELECT ?fact { ?fact a dg:StageFact ; dg:of/dg:party ?x } ORDER BY ?fact LIMIT 1"
    )
    fact = ox.NamedNode(rows[0]["fact"])
    writer = ox.Store(str(store))
    for quad in list(writer.quads_for_pattern(fact, None, None, None)):
        writer.remove(quad)
    writer.flush()
    return fact.value


def test_what_is_kept_is_what_was_read(shipped, tmp_path: Path) -> None:
    """Columns, names and all come back as they were, in place of what was kept before."""
    for made in (
        read_steps(shipped),
        read_edges(shipped, "facts"),
        read_edges(shipped, "meetings"),
    ):
        made.save(tmp_path / "made", "once")
        made.save(tmp_path / "made", "twice")
        assert equal(type(made).open(tmp_path / "made")[0], made)
        assert type(made).open(tmp_path / "made")[1] == "twice"
        assert [p.name for p in tmp_path.iterdir()] == ["made"]


def test_names_are_found_in_what_is_kept(shipped, tmp_path: Path) -> None:
    """An entity has the same number, and what is no entity none."""
    read = read_steps(shipped)
    read.save(tmp_path / "steps", "")
    kept, _ = Steps.open(tmp_path / "steps")
    names = [*read.nodes, "x:none", "", "\uffff"]
    assert [kept.number(iri) for iri in names] == [read.number(iri) for iri in names]
    assert kept.number(names[-1]) is None


@pytest.mark.parametrize("name", OPENED)
def test_a_graph_is_read_once(store: Path, reads: list[Graph], name: str) -> None:
    """A graph on disk is read once; whoever opens it next finds what was made beside it."""
    first = OPENED[name](open_graph(store))
    assert [p.name for p in beside(store).iterdir()] == [name]
    assert equal(OPENED[name](open_graph(store)), first)
    assert len(reads) == 1


@pytest.mark.parametrize("name", OPENED)
def test_a_store_that_changed_is_read_again(store: Path, reads: list[Graph], name: str) -> None:
    """What is written to a store after something was kept is in the next answer."""
    before = OPENED[name](open_graph(store))
    fact = without_a_fact(store)
    after = OPENED[name](open_graph(store))
    assert len(reads) == 2
    assert fact in list(before.facts)
    assert fact not in list(after.facts)
    assert equal(OPENED[name](open_graph(store)), after)
    assert len(reads) == 2


@pytest.mark.parametrize("name", OPENED)
def test_who_opened_a_store_before_it_changed_keeps_nothing_wrong(store: Path, name: str) -> None:
    """What is read from a former state is not taken for what the present one holds."""
    former = open_graph(store)
    without_a_fact(store)
    OPENED[name](former)
    kept = OPENED[name](open_graph(store))
    assert beside(store).is_dir()
    read = read_steps if name == "steps" else lambda graph: read_edges(graph, name)
    assert equal(kept, read(open_graph(store)))


@pytest.mark.parametrize("file", ["time.npy", "kinds", "nodes.npy", "nodes-starts.npy"])
@pytest.mark.parametrize("damage", ["gone", "cut"])
def test_what_is_damaged_is_made_again(
    store: Path, reads: list[Graph], file: str, damage: str
) -> None:
    """Whatever became of what was kept, the answer is the graph's, and it is kept anew."""
    first = OPENED["facts"](open_graph(store))
    broken = beside(store) / "facts" / file
    if file == "kinds":
        broken = broken.with_name("meta.json")
        broken.write_text(broken.read_text().replace('"kinds"', f'"{damage}"'))
    elif damage == "gone":
        broken.unlink()
    else:
        broken.write_bytes(broken.read_bytes()[:-9])
    assert equal(OPENED["facts"](open_graph(store)), first)
    assert equal(OPENED["facts"](open_graph(store)), first)
    assert len(reads) == 2


@pytest.mark.parametrize("file", ["hub.npy", "index/slots.npy", "index/meta.json"])
def test_damaged_steps_are_made_again(store: Path, reads: list[Graph], file: str) -> None:
    """The index within the steps belongs to them."""
    first = open_steps(open_graph(store))
    (beside(store) / "steps" / file).unlink()
    assert equal(open_steps(open_graph(store)), first)
    assert equal(open_steps(open_graph(store)), first)
    assert len(reads) == 2


def test_what_other_code_made_is_made_again(
    store: Path, reads: list[Graph], monkeypatch: pytest.MonkeyPatch
) -> None:
    """After an upgrade that makes something else of a graph it is not answered by the former."""
    for name in OPENED:
        OPENED[name](open_graph(store))
    monkeypatch.setattr(edges, "MADE_BY", (*edges.MADE_BY, "chains"))
    monkeypatch.setattr(steps, "_MADE_BY", (*steps._MADE_BY, "chains"))
    for name in OPENED:
        OPENED[name](open_graph(store))
    assert len(reads) == 2 * len(OPENED)


def test_what_stands_in_the_way_is_left_alone(store: Path, reads: list[Graph]) -> None:
    """A folder of that name that holds something else is not written over; answers are given."""
    other = beside(store) / "steps"
    other.mkdir(parents=True)
    (other / "dear.txt").write_text("Dear all")
    with pytest.raises(StoreError, match="something else"):
        read_steps(open_graph(store)).save(other, "")
    reads.clear()
    open_steps(open_graph(store))
    open_steps(open_graph(store))
    assert len(reads) == 2
    assert [p.name for p in other.iterdir()] == ["dear.txt"]


def test_where_nothing_can_be_written_answers_are_given(store: Path, reads: list[Graph]) -> None:
    """A file in the place of the folder, say: everything is read each time."""
    beside(store).write_text("")
    for name in OPENED:
        OPENED[name](open_graph(store))
        OPENED[name](open_graph(store))
    assert len(reads) == 2 * len(OPENED)


def test_a_graph_in_memory_keeps_nothing(made_up: Path, tmp_path: Path) -> None:
    """Nothing is written beside a file."""
    there = sorted(tmp_path.rglob("*"))
    for name in OPENED:
        OPENED[name](open_graph(made_up))
    assert sorted(tmp_path.rglob("*")) == there


def test_answers_do_not_tell_where_the_network_came_from(store: Path, made_up: Path) -> None:
    """Paths and rankings are the same from a file, from a store, and from what is kept."""
    graph = open_graph(made_up)
    rows = graph.select("SELECT ?l { ?c a dg:Country ; skos:prefLabel ?l } ORDER BY ?l")
    names = [row["l"] for row in rows]
    for _ in range(2):
        kept = open_graph(store)
        assert central(graph=kept, bootstrap=3) == central(graph=graph, bootstrap=3)
        for x, y in pairwise(names):
            asked = {"weak": True, "include": "any"}
            assert path(x, y, graph=kept, **asked) == path(x, y, graph=graph, **asked)


def test_a_store_named_with_a_slash_is_the_same_store(store: Path, reads: list[Graph]) -> None:
    """However a store is named, what was made of it lies in the same place."""
    open_steps(open_graph(f"{store}/"))
    open_steps(open_graph(store.parent / "." / store.name))
    assert len(reads) == 1
    assert [p.name for p in store.parent.glob("*.index")] == ["kept.store.index"]
