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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph as ox

from diplograph.digests import digest
from diplograph.disk import is_store, open_disk, place_of
from diplograph.errors import StoreError
from diplograph.namespaces import INDEX_GRAPH

__all__ = ["Building", "building", "forget", "locked"]

_DONE = "done.json"
_MANY = 50_000


class Building:
    """The copy that takes the new facts in.

    ``done`` is how many portions an import that was killed had loaded already.
    """

    def __init__(self, around: Path, store: ox.Store, done: int) -> None:
        self._around = around
        self.store = store
        self.done = done
        self._told = 0

    def load(self, quads: bytes) -> None:
        """Take in a portion of N-Quads, unless that was done before this import was killed."""
        self._told += 1
        if self._told <= self.done:
            return
        self.store.bulk_load(input=quads, format=ox.RdfFormat.N_QUADS)
        _mark(self._around, self._told)


@contextmanager
def locked(target: Path) -> Iterator[None]:
    """Keep other imports into the store at ``target`` out.

    Raises :class:`~diplograph.errors.StoreError` at once where one is under way.
    """
    import filelock

    lock = filelock.FileLock(_hidden(target, "lock"), timeout=0)
    try:
        target.absolute().parent.mkdir(parents=True, exist_ok=True)
        with lock:
            yield
    except filelock.Timeout:
        raise StoreError(
            f"{target}: another import into it is under way; try again when it has ended."
        ) from None
    except OSError as error:
        raise StoreError(f"{target}: cannot be written: {error}.") from None


@contextmanager
def building(target: Path, key: str, prepare: Callable[[ox.Store], None]) -> Iterator[Building]:
    """A copy of the store at ``target``, or an empty one, that replaces it at the block's good end.

    ``key`` tells one import from another: what a killed one of the same key had loaded into a copy
    of the same store is kept. ``prepare`` is called with the copy before anything is loaded. Hold
    :func:`locked` meanwhile. Raises :class:`~diplograph.errors.StoreError` where the disk is full
    or cannot be written; the store at ``target`` is then as it was.
    """
    _recover(target)
    exists = is_store(target)
    if target.exists() and not exists:
        raise StoreError(f"{target}: exists already and is no store; name another folder.")
    state = place_of(str(target)).state if exists else "new"
    around = _hidden(target, f"import-{digest(f'{key} {state}', [])}")
    for other in target.absolute().parent.glob(_hidden(target, "import-*").name):
        if other != around:
            shutil.rmtree(other, ignore_errors=True)
    try:
        done = _done(around)
        if done is None:
            shutil.rmtree(around, ignore_errors=True)
            around.mkdir(parents=True)
            if exists:
                open_disk(target).backup(str(around / "store"))
        store = ox.Store(str(around / "store"))
        if done is None:
            prepare(store)
            _mark(around, 0)
        made = Building(around, store, done or 0)
        yield made
        store.flush()
        store.optimize()
        made.store = None  # type: ignore[assignment] # which closes it, with the next line
        del store
        _swap(around, target)
    except (OSError, RuntimeError) as error:
        reason = " ".join(str(error).split())
        raise StoreError(f"{target}: cannot be written: {reason}") from None


def _swap(around: Path, target: Path) -> None:
    if target.exists():
        target.rename(around / "former")
    try:
        (around / "store").rename(target)
    except OSError:
        if (around / "former").exists():
            (around / "former").rename(target)
        raise
    shutil.rmtree(around, ignore_errors=True)


def _recover(target: Path) -> None:
    """Put the store back that an import was about to replace when it was killed."""
    if not target.exists():
        for former in target.absolute().parent.glob(f"{_hidden(target, 'import-*').name}/former"):
            former.rename(target)


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


def forget(store: ox.Store, graph: str, say: Callable[[str], None]) -> None:
    """Remove what one source tells: its named graph, and what of the merge nobody else tells.

    What the index holds goes with the things of which nobody else tells.
    """
    home, index, default = ox.NamedNode(graph), ox.NamedNode(INDEX_GRAPH), ox.DefaultGraph()
    ours = (home, index, default)
    subjects = set()
    for number, quad in enumerate(store.quads_for_pattern(None, None, None, home)):
        if number % _MANY == 0:
            say(f"removing the former edition, {number:,} triples")
        s, p, o = quad.triple
        subjects.add(s)
        if all(q.graph_name in ours for q in store.quads_for_pattern(s, p, o, None)):
            store.remove(ox.Quad(s, p, o, default))
    store.remove_graph(home)
    for subject in subjects:
        if all(q.graph_name in ours for q in store.quads_for_pattern(subject, None, None, None)):
            for quad in list(store.quads_for_pattern(subject, None, None, index)):
                store.remove(quad)
