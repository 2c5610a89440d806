"""A store that is made anew beside the one that is there, and takes its place when it is complete.

An import must not be seen half done, must survive being killed, and two of them must not undo each
other. So the store is copied (its files are shared, and never changed in place), the copy takes the
new facts in, and then takes the store's name; a lock beside the store keeps a second import out
until the first has ended. A copy that a killed import left behind is gone on with, if it was made
from the same store for the same import, else removed.
"""

from __future__ import annotations

import json
import shutil
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from diplograph.digests import digest
from diplograph.disk import copy_store, exchange, is_store, place_of
from diplograph.errors import StoreError
from diplograph.importers.portions import Portion

__all__ = ["Building", "building", "locked", "tidy"]

_DONE = "done.json"
_AT_ONCE = 2
"""Portions that are loaded at once: of one the engine reads the lines, of the other it writes."""


class Building:
    """The copy that takes the new facts in.

    ``done`` is how many portions an import that was killed had loaded already. A portion is loaded
    while the next are told: the engine does not hold Python up meanwhile.
    """

    def __init__(self, around: Path, store: ox.Store, done: int) -> None:
        self._around = around
        self.store = store
        self.done = done
        self._told = 0
        self._loader = ThreadPoolExecutor(_AT_ONCE, "diplograph-load")
        self._under_way: deque[tuple[int, Future[None]]] = deque()

    def load(self, portion: Portion) -> None:
        """Take in a portion, unless that was done before this import was killed.

        It is in the store when :meth:`wait` has returned.
        """
        self._told += 1
        if self._told <= self.done:
            return
        while len(self._under_way) >= _AT_ONCE:
            self._wait_for_one()
        self._under_way.append((self._told, self._loader.submit(self._load, portion)))

    def wait(self) -> None:
        """Wait until all is in the store; raises what made that impossible."""
        while self._under_way:
            self._wait_for_one()

    def _wait_for_one(self) -> None:
        portion, loading = self._under_way.popleft()
        loading.result()
        _mark(self._around, portion)

    def _load(self, portion: Portion) -> None:
        portion.load(self.store)

    def close(self) -> None:
        """Write all that is loaded, and leave the store alone from now on."""
        self.wait()
        self.store.flush()
        self.store.optimize()
        self.drop()

    def drop(self) -> None:
        """Leave the store as it is, without writing what is not written."""
        self._loader.shutdown()
        if hasattr(self, "store"):
            del self.store  # which closes it


@contextmanager
def locked(target: Path) -> Iterator[None]:
    """Keep other imports into the store at ``target`` out.

    Raises :class:`~diplograph.errors.StoreError` at once where one is under way.
    """
    import filelock

    lock = filelock.FileLock(_hidden(target, "lock"), timeout=0)
    try:
        target.absolute().parent.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except filelock.Timeout:
        raise StoreError(
            f"{target}: another import into it is under way; try again when it has ended."
        ) from None
    except OSError as error:
        raise _unwritable(target, error) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def building(target: Path, key: str, prepare: Callable[[ox.Store], None]) -> Iterator[Building]:
    """A copy of the store at ``target``, or an empty one, that replaces it at the block's good end.

    ``key`` tells one import from another: what a killed or interrupted one of the same key had
    loaded into a copy of the same store is kept, and what one leaves behind that failed is removed.
    ``prepare`` is called with the copy before anything is loaded. Hold :func:`locked` meanwhile.
    Raises :class:`~diplograph.errors.StoreError` where the disk is full or cannot be written, or
    where the store was written to meanwhile; the store at ``target`` is then as it was.
    """
    tidy(target)
    exists = is_store(target)
    if target.exists() and not exists:
        raise StoreError(f"{target}: exists already and is no store; name another folder.")
    state = _state(target)
    around = _hidden(target, f"import-{digest(f'{key} {state}', [])}")
    tidy(target, but=around)
    made: Building | None = None
    try:
        made = _begin(target, around, prepare)
        yield made
        made.close()
        if _state(target) != state:
            raise StoreError(f"{target}: was written to meanwhile; import again.")
        _swap(around, target)
    except BaseException as error:
        if made is not None:
            made.drop()
        if not isinstance(error, Exception):
            raise  # interrupted: the next import goes on with the copy
        if target.exists() or not (around / "former").exists():
            shutil.rmtree(around, ignore_errors=True)
        if isinstance(error, (OSError, RuntimeError)):
            raise _unwritable(target, error) from None
        raise


def _unwritable(target: Path, error: Exception) -> StoreError:
    reason = getattr(error, "strerror", None) or " ".join(str(error).split())
    return StoreError(f"{target}: cannot be written: {reason}; it is as it was.")


def _state(target: Path) -> str:
    return place_of(str(target)).state if is_store(target) else "new"


def _begin(target: Path, around: Path, prepare: Callable[[ox.Store], None]) -> Building:
    """The copy, as far as a former import of the same has come with it."""
    done = _done(around)
    if done is None:
        shutil.rmtree(around, ignore_errors=True)
        around.mkdir(parents=True)
        if is_store(target):
            copy_store(target, around / "store")
    made = Building(around, ox.Store(str(around / "store")), done or 0)
    if done is None:
        try:
            prepare(made.store)
        except BaseException:
            made.drop()
            raise
        _mark(around, 0)
    return made


def _swap(around: Path, target: Path) -> None:
    """Let the copy take the store's name: in one step where the system has such, else in two."""
    store, former = around / "store", around / "former"
    if target.exists() and exchange(store, target):
        store.rename(former)
    else:
        if target.exists():
            target.rename(former)
        try:
            store.rename(target)
        except OSError:
            if former.exists():
                former.rename(target)
            raise
    shutil.rmtree(around, ignore_errors=True)


def tidy(target: Path, but: Path | None = None) -> None:
    """Remove what imports into the store at ``target`` left behind that were killed.

    Before that, where one was killed when the store had no name, the former store gets it back.
    With ``but`` all is removed but that; without it, only what holds a former store, for it was all
    but complete.
    """
    for around in target.absolute().parent.glob(_hidden(target, "import-*").name):
        former = around / "former"
        if former.exists() and not target.exists():
            former.rename(target)
        elif former.exists() or (but is not None and around != but):
            shutil.rmtree(around, ignore_errors=True)


def _hidden(target: Path, what: str) -> Path:
    target = target.absolute()
    return target.with_name(f".{target.name}.{what}")


def _mark(around: Path, portions: int) -> None:
    part = around / f"{_DONE}.part"
    part.write_text(json.dumps(portions), encoding="utf-8")
    part.replace(around / _DONE)


def _done(around: Path) -> int | None:
    try:
        return int(json.loads((around / _DONE).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return None
