"""Stores on disk, by the engine's files: opened, written whole, told apart from other folders."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from diplograph.digests import digest
from diplograph.errors import StoreError

if TYPE_CHECKING:
    from pathlib import Path

__all__ = [
    "Place",
    "copy_store",
    "exchange",
    "in_use",
    "is_store",
    "open_disk",
    "place_of",
    "put",
    "replace_store",
    "write_store",
]


class Place(NamedTuple):
    """Where a graph is kept on disk, and a mark of the state in which it was opened.

    The mark changes with whatever is written to the store.
    """

    folder: str
    state: str


def is_store(folder: str | os.PathLike[str]) -> bool:
    """Whether a folder holds an on-disk store, sound or not."""
    names = (os.path.join(folder, name) for name in ("CURRENT", "IDENTITY"))  # noqa: PTH118
    return any(os.path.exists(name) for name in names)  # noqa: PTH110


def open_disk(path: Path) -> ox.Store:
    """A store, opened to be read.

    Raises :class:`~diplograph.errors.StoreError` where it is damaged or written to.
    """
    if in_use(path):
        raise StoreError(
            f"{path}: the store is in use by a process that writes to it; try again later."
        )
    try:
        store = ox.Store.read_only(str(path))
        next(store.quads_for_pattern(None, None, None, None), None)
    except (OSError, RuntimeError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise StoreError(f"{path}: the store is damaged and cannot be opened: {reason}") from None
    return store


def copy_store(path: Path, target: Path) -> None:
    """Copy a store to a folder that does not exist yet.

    The files are shared, which takes next to no room; they are never changed in place. Only where
    something stands in the log of the store alone, as after a writer that did not flush, they are
    copied one by one: the engine's own copy, made by who may only read, is without it. Raises
    :class:`~diplograph.errors.StoreError` where the store is damaged or written to, and what the
    engine raises where the copy cannot be written.
    """
    import shutil

    store = open_disk(path)
    logs = [entry for entry in os.scandir(path) if entry.name.endswith(".log")]
    if any(entry.stat().st_size for entry in logs):
        shutil.copytree(path, target, dirs_exist_ok=True)
    else:
        store.backup(str(target))


def in_use(path: Path) -> bool:
    """Whether another process holds the store's write lock."""
    try:
        import fcntl
    except ImportError:  # pragma: no cover - not on POSIX: opening reports it instead
        return False
    try:
        descriptor = os.open(path / "LOCK", os.O_RDWR)
    except OSError:
        return False
    try:
        fcntl.lockf(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


def place_of(folder: str) -> Place:
    """Where a store is kept, and its state.

    The mark is made of the names, sizes and times of the files of the store's database.
    """
    told = []
    for entry in os.scandir(folder):
        if not entry.name.startswith(("LOG", "LOCK", "OPTIONS")):
            about = entry.stat()
            told.append(f"{entry.name} {about.st_size} {about.st_mtime_ns}")
    return Place(os.path.abspath(folder), digest("\n".join(sorted(told)), ()))  # noqa: PTH100


def write_store(target: Path, quads: Iterable[ox.Quad]) -> None:
    """Write quads into a new store, which appears at ``target`` only when it is complete.

    Raises :class:`~diplograph.errors.StoreError` where it cannot be written.
    """
    with put(target) as building:
        store = ox.Store(str(building))
        store.bulk_extend(quads)
        store.optimize()
        del store  # which closes it


@contextmanager
def put(target: Path) -> Iterator[Path]:
    """A folder beside ``target``, which takes that name when the block has ended well.

    Whatever stops it leaves nothing behind. Raises :class:`~diplograph.errors.StoreError` where the
    folder, or what is in it, cannot be written.
    """
    import shutil

    try:
        around = _beside(target)
    except OSError as error:
        raise StoreError(f"{target}: cannot be written: {error.strerror}.") from None
    try:
        building = around / "store"
        yield building
        building.chmod(0o755)
        building.rename(target)
    except OSError as error:
        raise StoreError(f"{target}: cannot be written: {error}.") from None
    finally:
        shutil.rmtree(around, ignore_errors=True)


def replace_store(target: Path, make: Callable[[Path], None]) -> None:
    """Put what ``make`` builds in the place of a store, which stays if that fails.

    Where :func:`exchange` cannot be, there is no store at ``target`` between two renamings; a
    process that is killed there leaves the former one beside it, under a name that begins with
    ``.`` and the store's. Raises what :func:`put` and ``make`` raise.
    """
    import shutil

    around = _beside(target)
    try:
        make(around / "new")
        if exchange(around / "new", target):
            return
        target.rename(around / "former")
        try:
            (around / "new").rename(target)
        except OSError as error:
            (around / "former").rename(target)
            raise StoreError(f"{target}: cannot be replaced: {error}.") from None
    finally:
        if target.exists():
            shutil.rmtree(around, ignore_errors=True)


def _beside(target: Path) -> Path:
    """A new hidden folder beside ``target``, named after this process.

    Those of processes that were killed are removed first, unless the only store is in one of them.
    """
    import re
    import shutil
    import tempfile
    from pathlib import Path

    target.parent.mkdir(parents=True, exist_ok=True)
    for other in target.parent.glob(f".{target.name}-*"):
        process = re.fullmatch(rf"\.{re.escape(target.name)}-(\d+)-\w+", other.name)
        if process and not _runs(int(process[1])) and not (other / "former").exists():
            shutil.rmtree(other, ignore_errors=True)
    prefix = f".{target.name}-{os.getpid()}-"
    return Path(tempfile.mkdtemp(prefix=prefix, dir=target.parent))


def _runs(process: int) -> bool:
    """Whether a process of that number runs; True where that cannot be told."""
    if os.name != "posix":
        return True
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def exchange(one: Path, other: Path) -> bool:
    """Let two folders of one file system take each other's names, in one step.

    False, and nothing is done, where the system or the file system has no such step: it is that of
    Linux, ``renameat2``.
    """
    import ctypes
    import sys

    if sys.platform != "linux":  # pragma: no cover - another system
        return False
    rename = getattr(ctypes.CDLL(None), "renameat2", None)
    if rename is None:  # pragma: no cover - an old one
        return False
    here, exchanged = -100, 2
    return bool(rename(here, os.fsencode(one), here, os.fsencode(other), exchanged) == 0)
