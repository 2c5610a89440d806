"""Looking after on-disk stores: what is in them, whether they are sound, copies of them."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from diplograph import open_graph
from diplograph.errors import AddressError, StoreError
from diplograph.namespaces import DG, INDEX_GRAPH
from diplograph.storage import (
    backup_store,
    build_store,
    check_store,
    compact_store,
    restore_store,
    store_info,
)
from diplograph_cli.app import cli

WRITER = """
import sys, time, pyoxigraph
store = pyoxigraph.Store(sys.argv[1])
print("open", flush=True)
time.sleep(60)
"""


@pytest.fixture
def store(made_up: Path, tmp_path: Path) -> Path:
    build_store(tmp_path / "my.store", [str(made_up)])
    return tmp_path / "my.store"


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(cli, ["store", *map(str, words)])


def triples(path: Path) -> set[str]:
    return {str(quad) for quad in ox.Store.read_only(str(path))}


def change(path: Path, quad: ox.Quad, gone: bool = False) -> None:
    writer = ox.Store(str(path))
    (writer.remove if gone else writer.add)(quad)
    writer.flush()


def new_triple(graph: ox.NamedNode | ox.DefaultGraph) -> ox.Quad:
    return ox.Quad(ox.NamedNode("x:a"), ox.NamedNode("x:b"), ox.Literal("c"), graph)


def test_info_counts_what_is_in_a_store(store: Path) -> None:
    """Triples, entities, facts and sources are those that queries find."""
    graph = open_graph(store)
    found = store_info(store)
    assert found.triples == int(graph.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0]["n"])
    entities = {row["e"] for row in graph.select("SELECT ?e { ?e a dg:Entity }")}
    facts = {row["f"] for row in graph.select("SELECT ?f { ?f dg:grade ?g }")}
    assert (found.entities, found.facts) == (len(entities), len(facts))
    assert [source.id for source in found.sources] == ["made-up"]
    assert sum(source.facts for source in found.sources) == len(facts)
    assert found.bytes == sum(file.stat().st_size for file in store.iterdir())
    assert found.index_bytes == 0
    said = run("info", store).output
    assert f"{found.triples:,} triples" in said
    assert "made-up" in said
    assert json.loads(run("info", store, "--json").output)["facts"] == len(facts)


@pytest.mark.thorough
def test_info_tells_the_shipped_sources(tmp_path: Path) -> None:
    """Both documents are told with their titles and dates."""
    build_store(tmp_path / "shipped.store")
    found = {source.id: source for source in store_info(tmp_path / "shipped.store").sources}
    assert {"yubin-2000", "mitchell-2007"} <= set(found)
    assert all(found[name].title and found[name].issued for name in ("yubin-2000", "mitchell-2007"))


def test_a_store_as_built_is_sound(store: Path) -> None:
    """What loading makes passes the check."""
    found = check_store(store)
    assert found.sound
    assert found.problems == ()
    assert found.triples == store_info(store).triples
    done = run("check", store)
    assert (done.exit_code, "is sound" in done.output) == (0, True)


@pytest.mark.parametrize(
    ("graph", "problem"),
    [
        (ox.DefaultGraph(), "no source tells what is in the merge"),
        (ox.NamedNode("x:mine"), "of x:mine is not in the merge"),
    ],
)
def test_a_triple_that_was_slipped_in_is_told(
    store: Path, graph: ox.NamedNode | ox.DefaultGraph, problem: str
) -> None:
    """A store that says what no source says, or hides what one says, is not sound."""
    change(store, new_triple(graph))
    found = check_store(store)
    assert not found.sound
    assert [problem in told for told in found.problems] == [True]
    done = run("check", store, "--json")
    assert done.exit_code == 1
    assert json.loads(done.output)["sound"] is False


def test_the_index_of_words_is_no_source(store: Path) -> None:
    """What only helps to find things stands apart from the merge."""
    change(store, new_triple(ox.NamedNode(INDEX_GRAPH)))
    assert check_store(store).sound


def test_a_triple_that_is_gone_is_told(store: Path) -> None:
    """A triple that the merge has lost is found."""
    read = ox.Store.read_only(str(store))
    grade = ox.NamedNode(DG + "grade")
    lost = next(read.quads_for_pattern(None, grade, None, ox.DefaultGraph()))
    del read
    change(store, lost, gone=True)
    assert "is not in the merge" in check_store(store).problems[0]


def test_damaged_files_are_told(store: Path) -> None:
    """Files that are cut short, or gone, are a problem and not a traceback."""
    largest = max(store.glob("*.sst"), key=lambda file: file.stat().st_size)
    largest.write_bytes(largest.read_bytes()[: largest.stat().st_size // 2])
    found = check_store(store)
    assert not found.sound
    assert "\n" not in found.problems[0]
    largest.unlink()
    assert not check_store(store).sound
    assert run("check", store).exit_code == 1


def test_compacting_changes_nothing_that_is_said(store: Path) -> None:
    """The same triples, and a sound store."""
    before = triples(store)
    sizes = compact_store(store)
    assert triples(store) == before
    assert check_store(store).sound
    assert sizes[1] == store_info(store).bytes
    assert run("compact", store).exit_code == 0


def test_a_backup_is_a_store_of_its_own(store: Path, tmp_path: Path) -> None:
    """What happens to the original afterwards does not reach the copy."""
    before = triples(store)
    backup_store(store, tmp_path / "deep" / "copy.store")
    change(store, new_triple(ox.DefaultGraph()))
    compact_store(store)
    assert triples(tmp_path / "deep" / "copy.store") == before != triples(store)
    shutil.rmtree(store)
    assert check_store(tmp_path / "deep" / "copy.store").sound


def test_a_backup_overwrites_nothing(store: Path, tmp_path: Path) -> None:
    """A folder that exists is left alone."""
    (tmp_path / "there").mkdir()
    with pytest.raises(StoreError, match="exists already"):
        backup_store(store, tmp_path / "there")
    assert list((tmp_path / "there").iterdir()) == []
    assert run("backup", store, tmp_path / "there").exit_code == 2


def test_a_store_is_restored(store: Path, tmp_path: Path) -> None:
    """To a new place at once; to an old one only if it may be replaced."""
    before = triples(store)
    backup_store(store, tmp_path / "copy.store")
    restore_store(tmp_path / "copy.store", tmp_path / "new.store")
    assert triples(tmp_path / "new.store") == before
    change(store, new_triple(ox.DefaultGraph()))
    with pytest.raises(StoreError, match="--replace"):
        restore_store(tmp_path / "copy.store", store)
    assert triples(store) != before
    restore_store(tmp_path / "copy.store", store, replace=True)
    assert triples(store) == before
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {"made-up.ttl", "my.store", "copy.store", "new.store"}


def test_a_damaged_backup_replaces_nothing(store: Path, tmp_path: Path) -> None:
    """A copy is checked before it takes the place of a store."""
    backup_store(store, tmp_path / "copy.store")
    change(tmp_path / "copy.store", new_triple(ox.DefaultGraph()))
    before = triples(store)
    with pytest.raises(StoreError, match="nothing was restored"):
        restore_store(tmp_path / "copy.store", store, replace=True)
    assert triples(store) == before
    assert run("restore", tmp_path / "copy.store", store, "--replace").exit_code == 2


def test_what_is_no_store_is_not_replaced(store: Path, tmp_path: Path) -> None:
    """A folder with something else is never taken for a store."""
    backup_store(store, tmp_path / "copy.store")
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("Dear all")
    with pytest.raises(AddressError, match="is no on-disk store"):
        restore_store(tmp_path / "copy.store", tmp_path / "letters", replace=True)
    assert (tmp_path / "letters" / "dear.txt").read_text() == "Dear all"


@pytest.mark.parametrize("act", ["info", "check", "compact"])
def test_where_there_is_no_store_that_is_said(tmp_path: Path, act: str) -> None:
    """One line that says how to make one, and exit code 2."""
    for path, said in ((tmp_path, "is no on-disk store"), (tmp_path / "none", "does not exist")):
        done = subprocess.run(
            [sys.executable, "-m", "diplograph_cli", "store", act, path],
            capture_output=True, text=True,
        )  # fmt: skip
        assert done.returncode == 2
        assert said in done.stderr
        assert done.stderr.count("\n") == 1
        assert list(tmp_path.iterdir()) == []


def test_a_store_that_is_written_to_is_left_alone(store: Path, tmp_path: Path) -> None:
    """While another process writes, nothing is compacted, replaced or said to be damaged."""
    backup_store(store, tmp_path / "copy.store")
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, store], stdout=subprocess.PIPE, text=True
    )
    try:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
        for act in (
            lambda: compact_store(store),
            lambda: check_store(store),
            lambda: restore_store(tmp_path / "copy.store", store, replace=True),
        ):
            with pytest.raises(StoreError, match="in use"):
                act()
    finally:
        writer.kill()
        writer.communicate()
    assert check_store(store).sound


@pytest.mark.thorough
def test_a_killed_build_leaves_no_store(tmp_path: Path) -> None:
    """Whenever it is killed, there is a whole store or none."""
    target = tmp_path / "world.store"
    for wait in (0.4, 1.0, 1.6, 2.2):
        build = subprocess.Popen(
            [sys.executable, "-m", "diplograph_cli", "store", "build", target],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(wait)
        os.kill(build.pid, signal.SIGKILL)
        build.wait()
        if target.exists():
            assert check_store(target).sound
            break


def test_what_killed_builds_left_is_swept(store: Path, tmp_path: Path) -> None:
    """The next build removes the folders of processes that are gone, and no others."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left = tmp_path / f".copy.store-{gone.pid}-abcdefgh"
    running = tmp_path / f".copy.store-{os.getpid()}-abcdefgh"
    last = tmp_path / f".copy.store-{gone.pid}-ijklmnop"
    for folder in (left, running, last / "former"):
        folder.mkdir(parents=True)
    backup_store(store, tmp_path / "copy.store")
    names = {path.name for path in tmp_path.iterdir() if ".copy.store" in path.name}
    assert names == {running.name, last.name}
