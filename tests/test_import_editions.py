"""Another edition of a dataset replaces what the former one told, and nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyoxigraph as ox
import pytest

from diplograph.disk import open_disk
from diplograph.errors import StoreError
from diplograph.namespaces import BASE, DG, INDEX_GRAPH, PREFIXES, SKOS, SOURCE

from .imported import GRAPH, edition, imported, node, quads


def test_another_edition_replaces_its_own_graph_only(small: Path, tmp_path: Path) -> None:
    """After the second edition the store is as if there had never been the first."""
    shutil.copytree(small, tmp_path / "twin")
    later = edition(tmp_path, lambda text: text.replace("1816,1,1,", "1817,2,3,"))
    imported(small)
    first = quads(small)
    assert imported(small, later).changed
    imported(tmp_path / "twin", later)
    assert quads(small) == quads(tmp_path / "twin") != first


def test_quads_that_two_sources_tell_outlive_one_of_them(small: Path, tmp_path: Path) -> None:
    """What another source tells too stays, in its graph and in the merge, and so does its key."""
    printed = BASE + "id/party/cow-ruritania"
    label = ox.Literal("Ruritania", language="en")
    other = node(SOURCE + "other")
    store = ox.Store(str(small))
    for home in (other, ox.DefaultGraph()):
        store.add(ox.Quad(node(printed), node(SKOS + "prefLabel"), label, home))
    store.add(ox.Quad(node(printed), node(DG + "key"), ox.Literal("ruritania"), node(INDEX_GRAPH)))
    del store
    before = quads(small)
    imported(small)
    without = edition(tmp_path, lambda t: "".join(t.splitlines(True)[:2]))
    imported(small, without)
    assert set(before) <= set(quads(small))
    about = [q for q in open_disk(small) if q.subject == node(printed)]
    assert {q.graph_name for q in about} == {other, ox.DefaultGraph(), node(INDEX_GRAPH)}
    assert len(about) == 3


def test_names_that_only_the_former_edition_gave_are_not_found_any_more(small: Path) -> None:
    """Of a thing that others tell of too, the keys go that came with the removed names."""
    from diplograph.importers.forgetting import forget

    store = ox.Store(str(small))
    for home in (GRAPH, ox.DefaultGraph()):
        store.add(ox.Quad(node("a"), node(SKOS + "altLabel"), ox.Literal("Alpha"), home))
    store.add(ox.Quad(node("a"), node(DG + "key"), ox.Literal("alpha"), node(INDEX_GRAPH)))
    assert forget(store, GRAPH.value, lambda _: None) == []
    del store
    keys = [q.object.value for q in open_disk(small) if q.predicate == node(DG + "key")]
    assert keys == ["a"]


def test_views_of_agreements_that_two_sources_tell_are_made_again(tmp_path: Path) -> None:
    """An agreement has one view, and it says no more than what is left."""
    from diplograph.importers.forgetting import forget
    from diplograph.importers.telling import Told
    from diplograph.importers.viewing import views_of

    agreement = BASE + "id/agreement/pact"
    store = ox.Store()
    for name, stage in (("one", "signed"), ("two", "ratified")):
        told = Told(name)
        told.entity(agreement, "Agreement", "Pact", links={"kind": PREFIXES["kind"] + "treaty"})
        links = {"of": agreement, "stage": PREFIXES["stage"] + stage}
        told.fact(stage, "StageFact", f"It was {stage}.", row=2, links=links)
        told.take().load(store)
        for portion in views_of(store, [agreement]):
            portion.load(store)

    def views() -> list[str]:
        found = store.quads_for_pattern(node(agreement), node(DG + "view"), None, None)
        return [quad.object.value for quad in found]

    (both,) = views()
    assert "It was signed." in both
    assert "It was ratified." in both
    assert forget(store, SOURCE + "two", lambda _: None) == [agreement]
    for portion in views_of(store, [agreement]):
        portion.load(store)
    (one,) = views()
    assert "It was signed." in one
    assert "It was ratified." not in one


def test_a_source_that_was_not_imported_is_never_replaced(small: Path) -> None:
    """A dataset that is called as a source of the store would remove it."""
    store = ox.Store(str(small))
    store.add(ox.Quad(node("a"), node(SKOS + "note"), ox.Literal("kept"), GRAPH))
    del store
    before = quads(small)
    with pytest.raises(StoreError, match="holds a source “cow” that was not imported"):
        imported(small)
    assert quads(small) == before


@pytest.mark.parametrize("flushed", [True, False])
def test_what_a_writer_left_in_the_log_is_copied_too(tmp_path: Path, flushed: bool) -> None:
    """A copy made by who may only read has no log; it lost what was written last."""
    from diplograph.storage import backup_store

    store = ox.Store(str(tmp_path / "world"))
    store.add(ox.Quad(node("a"), node(SKOS + "note"), ox.Literal("kept"), node("g")))
    if flushed:
        store.flush()
    del store
    before = quads(tmp_path / "world")
    assert len(before) == 1
    backup_store(tmp_path / "world", tmp_path / "copy")
    assert quads(tmp_path / "copy") == before
    imported(tmp_path / "world")
    assert set(before) <= set(quads(tmp_path / "world"))
