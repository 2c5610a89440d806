"""Looking after on-disk stores: building, checking, compacting, copying them.

Whatever makes a store makes it beside its place and moves it there when it is complete: a process
that is killed, or a disk that is full, leaves what was there before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from diplograph.disk import copy_store, in_use, is_store, open_disk, put, replace_store, write_store
from diplograph.errors import AddressError, StoreError
from diplograph.model import Record
from diplograph.namespaces import INDEX_GRAPH, SOURCE
from diplograph.store import SHIPPED, open_graph, read_addresses

__all__ = [
    "StoreCheck", "StoreInfo", "StoreSource", "backup_store", "build_store", "check_store",
    "compact_store", "restore_store", "store_info",
]  # fmt: skip

Say = Callable[[str], None]
_STEP = 100_000
_SHOWN = 20


@dataclass(frozen=True)
class StoreSource(Record):
    """A source of a store: identifier, title, date of publication, and how many facts it tells."""

    id: str
    title: str
    issued: str
    facts: int


@dataclass(frozen=True)
class StoreInfo(Record):
    """What is in a store and what it takes.

    ``bytes`` are those of its own files, ``index_bytes`` those of what was made from it and is kept
    beside it (:mod:`diplograph.kept`). ``sources`` are in order of their identifiers.
    """

    path: str
    bytes: int
    index_bytes: int
    triples: int
    entities: int
    facts: int
    sources: tuple[StoreSource, ...]


@dataclass(frozen=True)
class StoreCheck(Record):
    """Whether a store is sound; ``problems`` says, one a line, what is not, the first twenty."""

    path: str
    sound: bool
    triples: int
    problems: tuple[str, ...]


def build_store(target: Path, addresses: Sequence[str] = (SHIPPED,)) -> int:
    """Write the graph at ``addresses`` into a new on-disk store and return its number of triples.

    Raises :class:`~diplograph.errors.StoreError` where ``target`` exists already.
    """
    if target.exists():
        raise StoreError(f"{target}: exists already; name a folder that does not.")
    quads = (
        open_graph(*addresses).quads()
        if list(addresses) != [SHIPPED]
        else read_addresses(addresses)
    )
    write_store(target, quads)
    return len({quad.triple for quad in quads})


def store_info(path: Path) -> StoreInfo:
    """What is in a store and what it takes.

    Raises :class:`~diplograph.errors.StoreError` where there is none, or a damaged one.
    """
    graph = open_graph(_checked(path))
    rows = graph.select(
        """SELECT ?g (SAMPLE(?i) AS ?id) (SAMPLE(?t) AS ?title) (SAMPLE(?d) AS ?issued)
                  (COUNT(DISTINCT ?fact) AS ?facts) WHERE {
            { SELECT ?g ?fact WHERE { GRAPH ?g { ?fact dg:grade ?grade } } }
            OPTIONAL { ?g dct:identifier ?i } OPTIONAL { ?g dct:title ?t }
            OPTIONAL { ?g dct:issued ?d }
        } GROUP BY ?g"""
    )
    sources = [
        StoreSource(
            row.get("id") or row["g"].removeprefix(SOURCE), row.get("title", ""),
            row.get("issued", ""), int(row["facts"]),
        )
        for row in rows
        if "g" in row
    ]  # fmt: skip
    count = {
        what: int(graph.select(f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ {pattern} }}")[0]["n"])
        for what, pattern in (("entities", "?x a dg:Entity"), ("facts", "?x dg:grade ?grade"))
    }
    triples = int(graph.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")[0]["n"])
    return StoreInfo(
        str(path), _size(path), _size(_index(path)), triples, count["entities"], count["facts"],
        tuple(sorted(sources, key=lambda source: source.id)),
    )  # fmt: skip


def check_store(path: Path, progress: Say | None = None) -> StoreCheck:
    """Whether every triple of a store can be read, and whether it holds what loading makes of it.

    The default graph must be the merge of the named graphs: what queries see is what the sources
    say, and nothing else. Raises :class:`~diplograph.errors.StoreError` where there is no store.
    """
    say = progress or (lambda _: None)
    problems, triples = [], 0
    try:
        store = open_disk(_checked(path))
        for number, problem in enumerate(_read_through(store)):
            if number % _STEP == 0:
                say(f"checking {path}, {number:,} triples")
            if problem is None:
                triples += 1
            elif problem:
                problems.append(problem)
            if len(problems) == _SHOWN:
                break
    except (OSError, RuntimeError, ValueError) as error:
        problems.append(f"it cannot be read: {' '.join(str(error).split())}")
    except StoreError as error:
        if in_use(path):
            raise
        problems.append(str(error))
    return StoreCheck(str(path), not problems, triples, tuple(problems))


def _read_through(store: ox.Store) -> Iterator[str | None]:
    """For each quad a problem, the empty text, or None for a sound one of the default graph."""
    default, index = ox.DefaultGraph(), ox.NamedNode(INDEX_GRAPH)
    for quad in store:
        home = quad.graph_name
        s, p, o = quad.triple
        if isinstance(home, ox.NamedNode) and home != index:
            merged = ox.Quad(s, p, o, default) in store
            yield "" if merged else f"a triple of {home.value} is not in the merge: {quad.triple}"
        elif home == default:
            homes = store.quads_for_pattern(s, p, o, None)
            told = any(home.graph_name not in (default, index) for home in homes)
            yield None if told else f"no source tells what is in the merge: {quad.triple}"
        else:
            yield ""


def compact_store(path: Path) -> tuple[int, int]:
    """Bring a store into the shape in which it is read fastest; its bytes before and after.

    Raises :class:`~diplograph.errors.StoreError` where there is none, a damaged one, or one that
    another process writes to.
    """
    before = _size(_checked(path))
    open_disk(path)
    try:
        store = ox.Store(str(path))
        store.optimize()
        store.flush()
    except OSError as error:
        raise StoreError(f"{path}: cannot be compacted: {' '.join(str(error).split())}") from None
    return before, _size(path)


def backup_store(path: Path, target: Path) -> int:
    """Copy a store to a folder that does not exist yet; the bytes of the copy.

    The copy is a store of its own. On the same disk it shares its files with the original, which
    are never changed in place, so that it takes next to no room until the original changes. Raises
    :class:`~diplograph.errors.StoreError` where that cannot be done.
    """
    if target.exists():
        raise StoreError(f"{target}: exists already; name a folder that does not.")
    _copy(_checked(path), target)
    return _size(target)


def restore_store(backup: Path, target: Path, *, replace: bool = False) -> int:
    """Copy a backup to where the store is to be; the bytes of the copy.

    With ``replace`` it takes the place of the store that is there, which is gone then. Raises
    :class:`~diplograph.errors.StoreError` where the backup is damaged, where ``target`` exists and
    is not to be replaced, where it is no store, and where another process writes to it.
    """
    sound = check_store(backup)
    if not sound.sound:
        raise StoreError(f"{backup}: is damaged, nothing was restored: {sound.problems[0]}")
    if not target.exists():
        _copy(backup, target)
        return _size(target)
    if not replace:
        raise StoreError(f"{target}: exists already; --replace puts the backup in its place.")
    if in_use(_checked(target)):
        raise StoreError(f"{target}: is in use by a process that writes to it; try again later.")
    replace_store(target, lambda building: _copy(backup, building))
    return _size(target)


def _copy(path: Path, target: Path) -> None:
    with put(target) as building:
        try:
            copy_store(path, building)
        except RuntimeError as error:
            raise OSError(" ".join(str(error).split())) from None


def _checked(path: Path) -> Path:
    if not is_store(path):
        what = "is no on-disk store" if path.exists() else "does not exist"
        raise AddressError(f"{path}: {what}; make one with: diplograph store build {path}")
    return path


def _index(path: Path) -> Path:
    return path.absolute().with_name(f"{path.absolute().name}.index")


def _size(path: Path) -> int:
    return sum(file.stat().st_size for file in path.rglob("*") if file.is_file())
