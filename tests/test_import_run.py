"""An import is complete or not to be seen: killed, interrupted, full disks, two at once, editions."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from diplograph.disk import exchange, open_disk
from diplograph.errors import StoreError, TableError
from diplograph.importers import building, dataset, import_dataset, running
from diplograph.namespaces import BASE, DG, INDEX_GRAPH, PREFIXES, RDF_TYPE, SKOS, SOURCE
from diplograph_cli.app import cli

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


# --- editions ------------------------------------------------------------------------------------


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


# --- killed --------------------------------------------------------------------------------------

DRIVER = """
import itertools, os, signal, sys
from pathlib import Path
from diplograph import disk
from diplograph.importers import building, dataset, forgetting, import_dataset, running
signal.signal(signal.SIGINT, signal.default_int_handler)  # also where who tests goes without it
running._PORTION = 1  # each row is a portion
point, count = sys.argv[1], int(sys.argv[2])
times = itertools.count(1)  # two threads load, and none may be passed over

def stop():
    {stop}

def around(owner, name, before):
    real = getattr(owner, name)
    def wrapped(*args, **kwargs):
        if before:
            reached()
            return real(*args, **kwargs)
        found = real(*args, **kwargs)
        reached()
        return found
    setattr(owner, name, wrapped)

def reached():
    if next(times) == count:
        stop()

places = {{
    "before-prepare": (running, "_prepare", True),
    "after-prepare": (running, "_prepare", False),
    "before-load": (building.Building, "load", True),
    "after-load": (building.Building, "_load", False),
    "before-mark": (building, "_mark", True),
    "after-mark": (building, "_mark", False),
    "before-close": (building.Building, "close", True),
    "before-swap": (building, "_swap", True),
    "after-exchange": (building, "exchange", False),
    "between": (building.Path, "rename", False),
    "before-clearing": (building.shutil, "rmtree", True),
}}
if point in ("between", "two-steps"):
    building.exchange = lambda one, other: False
if point in places:
    around(*places[point])
done = import_dataset(dataset("cow"), [Path(sys.argv[4])], Path(sys.argv[3]))
print(done.changed, getattr(building, "loaded", ""))
"""
KILL = DRIVER.format(stop="os.kill(os.getpid(), signal.SIGKILL)")
INTERRUPT = DRIVER.format(stop="os.kill(os.getpid(), signal.SIGINT)")


def drive(script: str, point: str, count: int, store: Path, file: Path = COW):
    words = [sys.executable, "-c", script, point, str(count), str(store), str(file)]
    return subprocess.run(words, capture_output=True, text=True, timeout=120, check=False)


KILLED = [
    ("before-prepare", 1), ("after-prepare", 1), ("before-load", 1), ("before-mark", 3),
    ("after-load", 4), ("before-close", 1), ("before-swap", 1), ("after-exchange", 1),
    ("between", 1),
]  # fmt: skip


@pytest.mark.parametrize(
    ("point", "count"),
    [
        pytest.param(*at, marks=[] if at[0] in ("before-mark", "between") else pytest.mark.thorough)
        for at in KILLED
    ],
    ids=str,
)
def test_a_killed_import_leaves_a_whole_store_and_is_completed(
    small: Path, tmp_path: Path, point: str, count: int
) -> None:
    """Before the last step the former store is there, after it the new one; the next run ends it."""
    shutil.copytree(small, tmp_path / "twin")
    former = quads(small)
    imported(tmp_path / "twin")
    whole = quads(tmp_path / "twin")
    done = drive(KILL, point, count, small)
    assert done.returncode == -signal.SIGKILL, done.stderr
    if point == "between":  # a file system that cannot let two folders exchange their names
        assert not small.exists()
    else:
        assert quads(small) == (whole if point == "after-exchange" else former)
    again = drive(KILL, "", 0, small)
    assert (again.returncode, again.stderr) == (0, "")
    assert again.stdout.split() == [str(point != "after-exchange")]
    assert quads(small) == whole
    assert left(tmp_path) == ([] if point != "after-exchange" else left(tmp_path))
    assert not imported(small).changed


def test_what_a_killed_import_leaves_after_the_exchange_is_cleared_by_the_next(
    small: Path, tmp_path: Path
) -> None:
    """The former store lies beside the new one until then, and no longer."""
    assert drive(KILL, "before-clearing", 1, small).returncode == -signal.SIGKILL
    later = edition(tmp_path, lambda text: text.replace("1963,12,12", "1963,12,13"))
    imported(small)
    imported(small, later)
    assert left(tmp_path) == []


@pytest.mark.thorough
def test_a_killed_import_of_a_second_edition_is_completed(small: Path, tmp_path: Path) -> None:
    """Also where the copy had to forget the first edition."""
    later = edition(tmp_path, lambda text: text.replace("1963,12,12", "1963,12,13"))
    imported(small)
    shutil.copytree(small, tmp_path / "twin")
    former = quads(small)
    imported(tmp_path / "twin", later)
    for point in ("after-prepare", "after-load", "between"):
        assert drive(KILL, point, 1, small, later).returncode == -signal.SIGKILL
        if point != "between":
            assert quads(small) == former
    assert drive(KILL, "", 0, small, later).returncode == 0
    assert quads(small) == quads(tmp_path / "twin")


def test_the_next_run_goes_on_where_a_killed_one_was(small: Path, monkeypatch) -> None:
    """Portions that the killed import had loaded are not loaded again."""
    # The first mark is made before anything is loaded.
    assert drive(KILL, "after-mark", 5, small).returncode == -signal.SIGKILL
    monkeypatch.setattr(running, "_PORTION", 1)
    loaded: list[int] = []
    real = building._mark
    monkeypatch.setattr(
        building,
        "_mark",
        lambda around, portions: (loaded.append(portions), real(around, portions)),
    )
    imported(small)
    assert loaded[0] == 5
    assert loaded == list(range(5, loaded[-1] + 1))


def test_an_import_of_something_else_does_not_go_on_with_it(small: Path, tmp_path: Path) -> None:
    """What was begun of another file is removed."""
    later = edition(tmp_path, lambda text: text.replace("1963,12,12", "1963,12,13"))
    shutil.copytree(small, tmp_path / "twin")
    assert drive(KILL, "after-load", 2, small).returncode == -signal.SIGKILL
    assert len(left(tmp_path)) == 1
    imported(small, later)
    imported(tmp_path / "twin", later)
    assert quads(small) == quads(tmp_path / "twin")
    assert left(tmp_path) == []


def test_two_renamings_do_where_there_is_no_exchange(small: Path, tmp_path: Path) -> None:
    """A file system that cannot exchange two folders has the same store in the end."""
    shutil.copytree(small, tmp_path / "twin")
    assert drive(KILL, "two-steps", 0, small).returncode == 0
    imported(tmp_path / "twin")
    assert quads(small) == quads(tmp_path / "twin")
    assert left(tmp_path) == []


def test_folders_exchange_their_names(tmp_path: Path) -> None:
    """Both are there afterwards; of what is not there nothing is done."""
    for name in "ab":
        (tmp_path / name).mkdir()
        (tmp_path / name / name).touch()
    assert not exchange(tmp_path / "a", tmp_path / "c")
    if not exchange(tmp_path / "a", tmp_path / "b"):
        pytest.skip("the file system has no such step")
    assert (tmp_path / "a" / "b").exists()
    assert (tmp_path / "b" / "a").exists()


# --- interrupted ---------------------------------------------------------------------------------


def test_an_interrupted_import_is_gone_on_with(small: Path, tmp_path: Path) -> None:
    """Ctrl-C leaves the former store, and what was loaded so far for the next run."""
    shutil.copytree(small, tmp_path / "twin")
    former = quads(small)
    done = drive(INTERRUPT, "after-load", 3, small)
    assert done.returncode != 0
    assert "KeyboardInterrupt" in done.stderr
    assert quads(small) == former
    assert len(left(tmp_path)) == 1
    assert drive(INTERRUPT, "", 0, small).returncode == 0
    imported(tmp_path / "twin")
    assert quads(small) == quads(tmp_path / "twin")
    assert left(tmp_path) == []


def test_an_interrupted_command_says_so_and_leaves_with_130(small: Path, monkeypatch) -> None:
    """One line, no traceback."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(building.Building, "load", interrupt)
    done = CliRunner().invoke(cli, ["import", "cow", str(COW), "--into", str(small)])
    assert done.exit_code == 130
    assert done.stderr.strip().splitlines() == ["diplograph: interrupted."]


# --- a full disk ---------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["load", "close"])
def test_a_full_disk_leaves_all_as_it_was(small: Path, monkeypatch, name: str) -> None:
    """One line that says so, the former store, and no half copy that takes up what room there is."""
    former = quads(small)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(building.Building, name, full)
        done = CliRunner().invoke(cli, ["import", "cow", str(COW), "--into", str(small)])
    assert done.exit_code == 2
    (line,) = done.stderr.strip().splitlines()
    assert (
        line == f"diplograph: {small}: cannot be written: No space left on device; it is as it was."
    )
    assert quads(small) == former
    assert left(small.parent) == []
    assert imported(small).changed


def test_a_full_disk_between_the_renamings_puts_the_former_store_back(
    small: Path, monkeypatch
) -> None:
    """Where the new store cannot take the name, the former one has it again."""
    former = quads(small)
    real = Path.rename

    def rename(self: Path, target: Path) -> Path:
        if self.name == "store":
            raise OSError(28, "No space left on device")
        return real(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(building, "exchange", lambda one, other: False)
        patched.setattr(Path, "rename", rename)
        with pytest.raises(StoreError, match="No space left on device"):
            imported(small)
    assert quads(small) == former
    assert left(small.parent) == []


def test_a_disk_that_is_really_full(small: Path, tmp_path: Path) -> None:
    """On a file system of four megabytes: one line, and the store is as it was."""
    place = tmp_path / "tiny"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(place)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("no small file system can be made here")
    try:
        shutil.copytree(small, place / "world")
        former = quads(place / "world")
        (place / "filler").write_bytes(bytes(shutil.disk_usage(place).free - 65_536))
        words = ["-m", "diplograph_cli", "import", "cow", str(COW), "--into", str(place / "world")]
        done = subprocess.run([sys.executable, *words], capture_output=True, text=True, check=False)
        assert done.returncode == 2
        (line,) = done.stderr.strip().splitlines()
        assert "cannot be written" in line
        assert quads(place / "world") == former
        assert left(place) == []
    finally:
        subprocess.run(["umount", str(place)], check=False)


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
