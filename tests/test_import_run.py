"""What an import does to a store: its rows once, two imports at once, and what is no store."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

from diplograph.disk import open_disk
from diplograph.errors import StoreError, TableError
from diplograph.importers import building, running
from diplograph.namespaces import DG, INDEX_GRAPH, SKOS, SOURCE

from .imported import COW, GRAPH, edition, imported, left, node, quads

# --- the rows, and a second run ------------------------------------------------------------------


def test_rows_are_told_or_refused(small: Path) -> None:
    """Each row is told or in the ledger with its reason; the store holds what it held before."""
    before = quads(small)
    done = imported(small)
    assert (done.rows, done.facts, done.refused, done.changed) == (7, 5, 2, True)
    after = quads(small)
    assert set(before) <= set(after)
    assert done.parties == {"exact": 2, "by-date": 2, "unresolved": 1}
    ledger = [q for q in open_disk(small) if q.predicate == node(DG + "reason")]
    assert len({q.subject for q in ledger}) == done.notes == 3


def test_a_second_run_changes_nothing(small: Path) -> None:
    """The same file once more: no quad is another, not a byte of the sorted quads."""
    imported(small)
    before, state = quads(small), building._state(small)
    done = imported(small)
    assert (done.changed, quads(small), building._state(small)) == (False, before, state)
    assert left(small.parent) == []


def test_the_same_file_into_two_stores_gives_the_same_quads(small: Path, tmp_path: Path) -> None:
    """What is told hangs on the file alone."""
    shutil.copytree(small, tmp_path / "twin")
    imported(small)
    imported(tmp_path / "twin")
    assert quads(small) == quads(tmp_path / "twin")


def test_a_new_store_holds_what_all_imports_stand_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first import makes the store; what it stands on is there before the first row is told."""
    quad = ox.Quad(node("a"), node(SKOS + "note"), ox.Literal("stood on"), node(SOURCE + "other"))
    monkeypatch.setattr(running, "base_quads", lambda: [quad])
    assert imported(tmp_path / "new" / "world").facts == 5
    found = quads(tmp_path / "new" / "world")
    assert f"{quad} ." in found
    assert any(GRAPH.value in quad for quad in found)


def test_imports_stand_on_the_shipped_graph_and_the_states(base_world: Path, shipped) -> None:
    """With all that a question needs; other tests import into copies of that store."""
    base, default = open_disk(base_world), ox.DefaultGraph()
    for home in (default, *shipped.store.named_graphs()):
        if home == node(INDEX_GRAPH):
            # Views may say more: the crosswalk knows since when there are states.
            assert any(base.quads_for_pattern(None, None, None, home))
        else:
            told = set(shipped.store.quads_for_pattern(None, None, None, home))
            assert told <= set(base.quads_for_pattern(None, None, None, home))
    assert any(
        "id/fact/states/" in str(quad)
        for quad in base.quads_for_pattern(None, node(DG + "grade"), None, default)
    )


@pytest.mark.thorough
def test_a_new_store_holds_the_shipped_graph_and_the_states(tmp_path: Path, shipped) -> None:
    """The first import makes the store, with all that a question needs."""
    imported(tmp_path / "new" / "world")
    found = {str(quad) for quad in open_disk(tmp_path / "new" / "world")}
    # Views may say more: the crosswalk knows since when there are states.
    told = {str(quad) for quad in shipped.quads() if quad.graph_name != node(INDEX_GRAPH)}
    assert told <= found
    assert any("id/fact/states/" in quad for quad in found)


# --- two at once, and folders that are no store --------------------------------------------------


def test_a_second_import_at_the_same_time_is_refused_in_one_line(small: Path) -> None:
    """The lock of the first keeps it out, and it says so at once."""
    former = quads(small)
    with building.locked(small):
        words = ["-m", "diplograph_cli", "import", "cow", str(COW), "--into", str(small)]
        done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    (line,) = done.stderr.strip().splitlines()
    assert line == (
        f"diplograph: {small}: another import into it is under way; try again when it has ended."
    )
    assert quads(small) == former
    assert imported(small).changed


def test_a_store_that_is_written_to_is_refused(small: Path) -> None:
    """A process that holds the store's own lock keeps an import out."""
    writer = "import sys, time, pyoxigraph\ns = pyoxigraph.Store(sys.argv[1])\nprint(1, flush=True)\ntime.sleep(60)"
    with subprocess.Popen(
        [sys.executable, "-c", writer, str(small)], stdout=subprocess.PIPE
    ) as one:
        assert one.stdout is not None
        one.stdout.readline()
        with pytest.raises(StoreError, match="in use by a process that writes to it"):
            imported(small)
        one.kill()
    assert left(small.parent) == []


def test_what_others_write_meanwhile_is_not_lost(small: Path, monkeypatch) -> None:
    """A store that was written to between the copy and the end is not replaced."""
    real = building.Building.close

    def close(self: building.Building) -> None:
        writer = ox.Store(str(small))
        writer.add(ox.Quad(node("b"), node(SKOS + "note"), ox.Literal("new"), node("g")))
        writer.flush()
        del writer
        real(self)

    with monkeypatch.context() as patched:
        patched.setattr(building.Building, "close", close)
        with pytest.raises(StoreError, match="was written to meanwhile; import again"):
            imported(small)
    assert any('"new"' in quad for quad in quads(small))
    assert imported(small).changed
    assert any('"new"' in quad for quad in quads(small))


@pytest.mark.parametrize("kind", ["folder", "empty", "file"])
def test_a_folder_that_is_no_store_is_refused(tmp_path: Path, kind: str) -> None:
    """Nothing of it is touched."""
    place = tmp_path / "mine"
    if kind == "file":
        place.write_text("mine", encoding="utf-8")
    else:
        place.mkdir()
    if kind == "folder":
        (place / "letter.txt").write_text("dear", encoding="utf-8")
    with pytest.raises(StoreError, match="exists already and is no store"):
        imported(place)
    assert left(tmp_path) == []
    if kind == "folder":
        assert (place / "letter.txt").read_text(encoding="utf-8") == "dear"


def test_a_folder_that_cannot_be_made_is_said(tmp_path: Path) -> None:
    """A file stands where a folder should be."""
    (tmp_path / "file").touch()
    with pytest.raises(StoreError, match="cannot be written"):
        imported(tmp_path / "file" / "world")


def test_a_file_that_is_damaged_further_down_leaves_nothing_behind(
    small: Path, tmp_path: Path
) -> None:
    """Its error is its own, and not one of the store."""
    former = quads(small)
    damaged = edition(tmp_path, lambda text: text + '"never closed,1,2\n')
    with pytest.raises(TableError, match="a quotation mark in row 9 is not closed"):
        imported(small, damaged)
    assert quads(small) == former
    assert left(tmp_path) == []


def test_a_store_is_read_while_an_import_is_under_way(small: Path, monkeypatch) -> None:
    """Whoever reads sees the former store until the import is complete."""
    former = quads(small)
    seen: list[bool] = []
    real = building._mark

    def mark(around: Path, portions: int) -> None:
        seen.append(quads(small) == former)
        real(around, portions)

    monkeypatch.setattr(building, "_mark", mark)
    imported(small)
    assert seen
    assert all(seen)
