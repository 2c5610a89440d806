"""What tests of imports share: a small store, a made-up file, and what a store holds."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from diplograph.disk import open_disk
from diplograph.importers import dataset, import_dataset, running
from diplograph.namespaces import BASE, DG, INDEX_GRAPH, RDF_TYPE, SKOS, SOURCE

FIXTURES = Path(__file__).parent / "fixtures" / "datasets"
COW = FIXTURES / "cow-made-up.csv"
GRAPH = ox.NamedNode(SOURCE + "cow")


def quads(path: Path) -> list[str]:
    """All quads of a store, sorted."""
    return sorted(f"{quad} ." for quad in open_disk(path))


def left(folder: Path) -> list[str]:
    """What imports left beside the store, the lock apart."""
    return sorted(
        p.name for p in folder.iterdir() if p.name.startswith(".") and p.suffix != ".lock"
    )


def node(name: str) -> ox.NamedNode:
    return ox.NamedNode(name if ":" in name else BASE + "id/test/" + name)


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A store with a few quads of another source, so that no import has to make all of a new one."""
    store = ox.Store(str(tmp_path / "world"))
    other, default = node(SOURCE + "other"), ox.DefaultGraph()
    for home in (other, default):
        store.add(
            ox.Quad(node("a"), node(SKOS + "prefLabel"), ox.Literal("A", language="en"), home)
        )
        store.add(ox.Quad(node("a"), node(RDF_TYPE), node(DG + "Entity"), home))
    store.add(ox.Quad(node("a"), node(DG + "key"), ox.Literal("a"), node(INDEX_GRAPH)))
    store.flush()
    del store
    return tmp_path / "world"


def edition(tmp_path: Path, change: Callable[[str], str]) -> Path:
    """Another edition of the made-up file."""
    path = tmp_path / "cow-next.csv"
    path.write_text(change(COW.read_text(encoding="utf-8")), encoding="utf-8")
    return path


def imported(store: Path, file: Path = COW, **options: str) -> running.Imported:
    return import_dataset(dataset("cow"), [file], store, **options)
