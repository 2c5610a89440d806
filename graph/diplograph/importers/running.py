"""Importing a public dataset into an on-disk store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import pyoxigraph as ox

from diplograph import derive, read, resources, states
from diplograph.copies import digest_of_file
from diplograph.derive import superclasses
from diplograph.digests import digest
from diplograph.disk import is_store
from diplograph.errors import StoreError, TableError
from diplograph.importers.building import Building, building, locked, tidy
from diplograph.importers.forgetting import forget
from diplograph.importers.knowing import Decisions, Known
from diplograph.importers.layouts import Layout, Line, find_layout, lines
from diplograph.importers.portions import Portion, joined
from diplograph.importers.telling import Told
from diplograph.importers.viewing import agreements_of, views_of
from diplograph.model import Record
from diplograph.namespaces import BASE, DG, PREFIXES, RDF_TYPE, RDFS, SOURCE
from diplograph.store import open_graph
from diplograph.tables import DELIMITERS, Table, open_table

__all__ = ["Dataset", "Imported", "Part", "Say", "import_dataset"]

Say = Callable[[str], None]
_PORTION = 10_000_000
"""Bytes of N-Triples that are loaded at once: some 150,000 quads, and 250 MB of memory."""
_SAID = 1_000


@dataclass(frozen=True)
class Part:
    """One file of a dataset: a layout's name for it, its rows, and where they come from."""

    layout: str
    table: Table
    header: int
    """The row of the header."""
    lines: Callable[[], Iterator[Line | tuple[int, list[str]]]]


Tell = Callable[[Mapping[str, Part], Told, Known], Iterator[int]]
"""Tells what is in a dataset's parts, by their names, and yields how many rows it has dealt with
since it yielded last."""


@dataclass(frozen=True)
class Dataset:
    """What is to be known of a public dataset to import it.

    ``layouts`` are by the part of the dataset that has them, its only part called by the dataset's
    own name; ``files`` says what each part is. ``issues`` are local names of the issues that it
    covers, ``covers_parties`` IRIs of parties, ``covers_all`` the classes of things of which it
    covers those of all states, ``covers`` its period in EDTF, where the file does not tell it
    (:attr:`Told.covers`). ``edition`` and ``issued`` hold unless the user says otherwise. How the
    file is to be read is told by ``encoding``, ``delimiter``, ``sheet`` and ``header``, the row of
    the header, where they do not show. ``made_from`` are files on which the import hangs besides
    the table.
    """

    name: str
    title: str
    publisher: str
    home: str
    terms: str
    covers: str
    what: str
    layouts: Mapping[str, Sequence[Layout]]
    tell: Tell
    edition: str = ""
    issued: str | None = None
    issues: tuple[str, ...] = ()
    covers_all: tuple[str, ...] = ()
    covers_parties: tuple[str, ...] = ()
    encoding: str | None = None
    files: Mapping[str, str] = field(default_factory=dict)
    delimiter: str | None = None
    sheet: str | None = None
    header: int | None = None
    made_from: Sequence[Path] = ()


@dataclass(frozen=True)
class Imported(Record):
    """What an import did.

    ``rows`` of the files were read, of which ``refused`` gave no fact; ``notes`` are the entries of
    the ledger, ``parties`` how names of parties were found. ``changed`` is False where the store
    held just that already.
    """

    dataset: str
    into: str
    changed: bool
    rows: int = 0
    refused: int = 0
    facts: int = 0
    notes: int = 0
    parties: Mapping[str, int] = field(default_factory=dict)


def import_dataset(
    dataset: Dataset,
    files: Sequence[Path],
    into: Path,
    *,
    edition: str | None = None,
    issued: str | None = None,
    encoding: str | None = None,
    decisions: Decisions | None = None,
    progress: Say | None = None,
) -> Imported:
    """Import the files of a dataset into the on-disk store at ``into``, which is made if need be.

    A new store holds the shipped graph and the crosswalk of states. A former edition of the dataset
    in the store is replaced; nothing else is touched. The store is as it was until the import is
    complete. Raises :class:`~diplograph.errors.TableError` for a file that cannot be read or has a
    layout that is not known, :class:`~diplograph.errors.StoreError` for a store that cannot be
    written, and :class:`~diplograph.errors.DateError` for an ``issued`` that is no EDTF date.
    """
    say = progress or (lambda _: None)
    parts = _parts(dataset, files, encoding)
    graph = SOURCE + dataset.name
    mark = _mark(dataset, files, edition, issued, decisions)
    with locked(into):
        if is_store(into) and _marked(into, graph, dataset.name) == mark:
            tidy(into)
            return Imported(dataset.name, str(into), changed=False)
        with building(into, f"{dataset.name} {mark}", partial(_prepare, graph, say)) as made:
            told = Told(dataset.name, issued or dataset.issued)
            known = Known(told, decisions or {})
            rows = _load(dataset, parts, told, known, made, say)
            issued = issued or dataset.issued
            _describe(dataset, parts, told, mark, edition, issued, encoding or dataset.encoding)
            made.load(told.take())
            made.wait()
            say(f"{dataset.name}: making the views of its agreements")
            for views in views_of(made.store, agreements_of(made.store, graph)):
                made.load(views)
    return Imported(
        dataset.name, str(into), True, rows, told.refused, told.facts, told.notes,
        dict(sorted(known.how.items())),
    )  # fmt: skip


def _parts(dataset: Dataset, files: Sequence[Path], encoding: str | None) -> dict[str, Part]:
    """Each file as the part of the dataset whose layout it has."""
    parts: dict[str, Part] = {}
    known = [layout for layouts in dataset.layouts.values() for layout in layouts]
    for path in files:
        table, layout, header = _opened(dataset, path, encoding, known)
        name = next(n for n, layouts in dataset.layouts.items() if layout in layouts)
        if name in parts:
            raise TableError(
                f"{path}: is the same part of {dataset.name} as {parts[name].table.path}."
            )
        parts[name] = Part(layout.name, table, header, partial(lines, table, layout, header))
    return parts


def _opened(
    dataset: Dataset, path: Path, encoding: str | None, known: Sequence[Layout]
) -> tuple[Table, Layout, int]:
    """A file with its layout and the row of its header.

    Where it is not clear what parts its cells, as it can be where lines stand before the header, it
    is what gives a header that is known.
    """

    def opened(delimiter: str | None) -> tuple[Table, Layout, int]:
        table = open_table(
            path, encoding or dataset.encoding, delimiter=delimiter, sheet=dataset.sheet
        )
        return table, *find_layout(table, known, dataset.header)

    try:
        return opened(dataset.delimiter)
    except TableError:
        for delimiter in DELIMITERS if dataset.delimiter is None else ():
            with suppress(TableError):
                return opened(delimiter)
        raise


def _load(
    dataset: Dataset,
    parts: Mapping[str, Part],
    told: Told,
    known: Known,
    made: Building,
    say: Say,
) -> int:
    rows = said = size = 0
    portion: list[Portion] = []
    for more in dataset.tell(parts, told, known):
        rows += more
        if rows >= said + _SAID:
            said = rows
            say(f"{dataset.name}: {rows:,} rows, {told.facts:,} facts")
        portion.append(told.take())
        size += len(portion[-1])
        if size >= _PORTION:
            made.load(joined(told.graph, portion))
            portion.clear()
            size = 0
    made.load(joined(told.graph, portion))
    return rows


def _prepare(graph: str, say: Say, store: ox.Store) -> None:
    """The copy without what the source told before; a new store with what all imports stand on."""
    if any(True for _ in store.named_graphs()):
        if store.contains_named_graph(ox.NamedNode(graph)):
            shared = forget(store, graph, say)
            for views in views_of(store, shared):
                views.load(store)
        return
    say("making a new store with the shipped graph and the crosswalk of states")
    store.bulk_extend(base_quads())


def base_quads() -> list[ox.Quad]:
    """What all imports stand on: the shipped graph and the crosswalk of states, with what loading
    derives."""
    shipped, locks = read.read_shipped()
    return derive.derive([*read.read_vocabulary(), *shipped, *states.state_quads()], locks)


def _mark(
    dataset: Dataset,
    files: Sequence[Path],
    edition: str | None,
    issued: str | None,
    decisions: Decisions | None,
) -> str:
    """What an import hangs on: the files, our code, the crosswalk, and what the user says."""
    code = sorted(str(path) for path in Path(__file__).parent.rglob("*.py"))
    own = {k: v for k, v in (decisions or {}).items() if k[0] == dataset.name}
    head = f"{dataset.name} {edition} {issued} {sorted(own.items())}"
    made_from = [*resources.world_files(), *dataset.made_from, *files]
    return digest(head, [*code, *map(str, made_from)])


def _marked(into: Path, graph: str, name: str) -> str | None:
    """The mark of the import that the store holds of a dataset.

    Raises :class:`~diplograph.errors.StoreError` where a source that was not imported is called so.
    """
    held = open_graph(into)
    rows = held.select(f"SELECT ?mark {{ <{graph}> dg:importMark ?mark }}")
    if not rows and held.select(f"SELECT ?s {{ GRAPH <{graph}> {{ ?s ?p ?o }} }} LIMIT 1"):
        raise StoreError(
            f"{into}: holds a source “{name}” that was not imported; choose another identifier."
        )
    return rows[0]["mark"] if rows else None


def _describe(
    dataset: Dataset,
    parts: Mapping[str, Part],
    told: Told,
    mark: str,
    edition: str | None,
    issued: str | None,
    encoding: str | None,
) -> None:
    """What the dataset is, in its own graph: edition, digest, terms, and what it covers."""
    dct, covered = PREFIXES["dct"], f"{BASE}id/coverage/{dataset.name}"
    edition = edition or dataset.edition
    # What the file does not show itself, so that its rows can be shown again.
    how = {"encoding": encoding, "sheet": dataset.sheet}

    def source(identifier: str, title: str, part: Part | None, **values: str) -> None:
        files = {}
        if part is not None:
            path = part.table.path
            files = {
                "fileName": path.name,
                "digest": digest_of_file(path),
                "headerRow": str(part.header),
                **{name: text for name, text in how.items() if text},
                **({"delimiter": part.table.delimiter} if part.table.delimiter else {}),
            }
        told.add(
            SOURCE + identifier,
            links={
                RDF_TYPE: [
                    DG + "Dataset",
                    *(name.value for name in superclasses()[DG + "Dataset"]),
                ],
                **({f"{PREFIXES['foaf']}page": dataset.home} if dataset.home else {}),
                **(
                    {"coverage": covered}
                    if identifier == dataset.name
                    else {f"{dct}isPartOf": told.graph}
                ),
            },
            values={
                f"{dct}identifier": identifier,
                f"{dct}title": title,
                f"{dct}publisher": dataset.publisher,
                f"{dct}rights": dataset.terms,
                **({"edition": edition} if edition else {}),
                **files,
                **values,
            },
            dated={f"{dct}issued": issued} if issued else None,
        )

    source(dataset.name, dataset.title, parts.get(dataset.name), importMark=mark)
    for name, part in parts.items():
        if name != dataset.name:
            source(name, f"{dataset.title}: {dataset.files.get(name, name)}", part)
    told.add(
        covered,
        links={
            RDF_TYPE: DG + "Coverage",
            "covers": [
                *(PREFIXES["issue"] + issue for issue in dataset.issues),
                *dataset.covers_parties,
            ],
            "coversAll": [DG + name for name in dataset.covers_all],
        },
        values={f"{RDFS}label": dataset.what},
        when=told.covers or dataset.covers,
    )
