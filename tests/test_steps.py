"""The steps of a graph are kept beside it, and read again when it is no longer the same."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import numpy as np
import pyoxigraph as ox
import pytest

from diplograph import open_graph, path, steps
from diplograph.errors import StoreError
from diplograph.namespaces import PREFIXES
from diplograph.steps import Steps, open_steps, read_steps
from diplograph.store import build_store


def equal(one: Steps, two: Steps) -> bool:
    arrays = ("fact", "told", "kind", "neighbours", "hub")
    return (
        all(np.array_equal(getattr(one, name), getattr(two, name)) for name in arrays)
        and np.array_equal(one.index.slots, two.index.slots)
        and list(one.nodes) == list(two.nodes)
        and list(one.facts) == list(two.facts)
        and (one.kinds, one.limit, one.concluding) == (two.kinds, two.limit, two.concluding)
    )


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """One entry each time that steps are read from a graph."""
    found: list[object] = []

    def read(graph: object) -> Steps:
        found.append(graph)
        return read_steps(graph)

    monkeypatch.setattr(steps, "read_steps", read)
    return found


@pytest.fixture
def store(tmp_path: Path, made_up: Path) -> Path:
    build_store(tmp_path / "kept.store", (str(made_up),))
    return tmp_path / "kept.store"


def test_kept_steps_are_those_read(shipped, tmp_path: Path) -> None:
    """What is kept comes back as it was, in place of what was kept before."""
    read = read_steps(shipped)
    read.save(tmp_path / "steps", "once")
    read.save(tmp_path / "steps", "twice")
    kept = Steps.open(tmp_path / "steps")
    assert equal(kept, read)
    assert kept.index.fingerprint == "twice"
    assert all(kept.number(iri) == read.number(iri) for iri in [*read.nodes, "x:none", ""])
    assert [p.name for p in tmp_path.iterdir()] == ["steps"]


def test_steps_are_read_once(store: Path, reads: list[object]) -> None:
    """A graph on disk is asked for its steps once; whoever opens it next finds them beside it."""
    first = open_steps(open_graph(store))
    assert (store.parent / "kept.store.paths").is_dir()
    assert equal(open_steps(open_graph(store)), first)
    assert len(reads) == 1


def test_steps_are_read_again_when_the_store_changes(store: Path, reads: list[object]) -> None:
    """What is written to a store after its steps were kept is in the next answer."""
    before = open_steps(open_graph(store))
    graph = open_graph(store)
    gone = graph.select("SELECT ?fact WHERE { ?fact a dg:Participation } ORDER BY ?fact LIMIT 1")
    fact = ox.NamedNode(gone[0]["fact"])
    writer = ox.Store(str(store))
    for quad in list(writer.quads_for_pattern(fact, None, None, None)):
        writer.remove(quad)
    writer.flush()
    del writer
    after = open_steps(open_graph(store))
    assert fact.value in list(before.facts)
    assert fact.value not in list(after.facts)
    assert len(reads) == 2
    assert equal(open_steps(open_graph(store)), after)
    assert len(reads) == 2


def test_who_opened_a_store_before_it_changed_keeps_nothing_wrong(store: Path) -> None:
    """Steps read from a former state are not taken for those of the present one."""
    former = open_graph(store)
    writer = ox.Store(str(store))
    agreement = ox.NamedNode(PREFIXES["dg"] + "Agreement")
    kind = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    for quad in list(writer.quads_for_pattern(None, kind, agreement, None)):
        writer.remove(quad)
    writer.flush()
    del writer
    open_steps(former)
    assert equal(open_steps(open_graph(store)), read_steps(open_graph(store)))


@pytest.mark.parametrize("file", ["index/meta.json", "hub.npy", "facts.npy", "index/slots.npy"])
@pytest.mark.parametrize("damage", ["gone", "cut"])
def test_damaged_steps_are_read_again(
    store: Path, reads: list[object], file: str, damage: str
) -> None:
    """Whatever became of what was kept, the answer is the graph's, and it is kept anew."""
    first = open_steps(open_graph(store))
    broken = store.parent / "kept.store.paths" / file
    if damage == "gone":
        broken.unlink()
    else:
        broken.write_bytes(broken.read_bytes()[:-9])
    assert equal(open_steps(open_graph(store)), first)
    assert equal(open_steps(open_graph(store)), first)
    assert len(reads) == 2


def test_steps_made_by_other_code_are_read_again(
    store: Path, reads: list[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    """An upgrade that counts costs otherwise does not answer by those kept before."""
    open_steps(open_graph(store))
    monkeypatch.setattr(steps, "_MADE_BY", (*steps._MADE_BY, "chains"))
    open_steps(open_graph(store))
    assert len(reads) == 2


def test_what_stands_in_the_way_is_left_alone(store: Path, reads: list[object]) -> None:
    """A folder of that name that holds something else is not written over; paths are found."""
    other = store.parent / "kept.store.paths"
    other.mkdir()
    (other / "dear.txt").write_text("Dear all")
    with pytest.raises(StoreError, match="something else"):
        read_steps(open_graph(store)).save(other, "")
    open_steps(open_graph(store))
    open_steps(open_graph(store))
    assert len(reads) == 2
    assert [p.name for p in other.iterdir()] == ["dear.txt"]


def test_a_graph_in_memory_keeps_nothing(made_up: Path, tmp_path: Path) -> None:
    """Nothing is written beside a file."""
    there = sorted(tmp_path.rglob("*"))
    open_steps(open_graph(made_up))
    assert sorted(tmp_path.rglob("*")) == there


def test_paths_are_the_same_from_memory_and_from_what_is_kept(store: Path, made_up: Path) -> None:
    """The answer does not tell where the steps came from."""
    graph = open_graph(made_up)
    names = [row["l"] for row in graph.select("SELECT ?l { ?c a dg:Country ; skos:prefLabel ?l }")]
    for _ in range(2):
        for x, y in pairwise(names):
            asked = {"weak": True, "include": "any"}
            kept = path(x, y, graph=open_graph(store), **asked)
            assert kept.paths == path(x, y, graph=graph, **asked).paths
