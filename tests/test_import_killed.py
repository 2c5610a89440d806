"""An import is complete or not to be seen: killed, interrupted, full disks."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from diplograph.disk import exchange
from diplograph.errors import StoreError
from diplograph.importers import building, running
from diplograph_cli.app import cli

from .imported import COW, edition, imported, left, quads

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
