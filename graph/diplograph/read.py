"""From files to quads: the formats, the named graph of each file, and the locks of its passages.

Which graph a file belongs to: the one that it names itself (TriG, N-Quads, JSON-LD), else the
source that it or its folder declares (``a dg:Source``), else one named by the file's own address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyoxigraph as ox

from diplograph import resources
from diplograph.errors import GraphFileError
from diplograph.namespaces import DG, ENTITIES_GRAPH, RDF_TYPE, VOCABULARY_GRAPH

__all__ = [
    "FORMATS",
    "LOCK_FILE",
    "Locks",
    "read_file",
    "read_folder",
    "read_lock",
    "read_shipped",
    "read_vocabulary",
]

FORMATS: Mapping[str, ox.RdfFormat] = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
LOCK_FILE = "passages.lock"

_TYPE = ox.NamedNode(RDF_TYPE)

Locks = dict[str, dict[str, str]]


def _dg(name: str) -> ox.NamedNode:
    return ox.NamedNode(DG + name)


def read_file(path: Path, graph: str | None = None) -> list[ox.Quad]:
    """The quads of one RDF file, those without a graph put into ``graph``.

    Raises :class:`~diplograph.errors.GraphFileError` with file and line where the file is
    missing, has an ending that is none of :data:`FORMATS`, or is broken.
    """
    rdf_format = FORMATS.get(path.suffix.lower())
    if rdf_format is None:
        raise GraphFileError(
            f"{path}: not a graph file that can be read; its name must end in {', '.join(FORMATS)}."
        )
    try:
        if path.exists() and not path.is_file():
            raise GraphFileError(f"{path}: is not a file that can be read.")
        quads = list(
            ox.parse(input=path.read_bytes(), format=rdf_format, base_iri=path.resolve().as_uri())
        )
    except FileNotFoundError:
        raise GraphFileError(f"{path}: there is no such file.") from None
    except OSError as error:
        raise GraphFileError(f"{path}: cannot be read: {error.strerror}.") from None
    except (SyntaxError, ValueError) as error:
        if "LoadDocumentCallback" in str(error):
            raise GraphFileError(
                f"{path}: needs a context from elsewhere, which is never fetched; "
                "write the context into the file."
            ) from None
        line = getattr(error, "lineno", None)
        message = re.sub(
            r"^Parser error at line .*?: ", "", getattr(error, "msg", None) or str(error)
        )
        raise GraphFileError(f"{path}, line {line or '?'}: {message}.") from None
    declared = graph or _declared_source(quads) or path.resolve().as_uri()
    home = ox.NamedNode(declared)
    default = ox.DefaultGraph()
    return [
        ox.Quad(q.subject, q.predicate, q.object, home) if q.graph_name == default else q
        for q in quads
    ]


def _declared_source(quads: Iterable[ox.Quad]) -> str | None:
    source = _dg("Source")
    found = {
        q.subject.value
        for q in quads
        if q.predicate == _TYPE and q.object == source and isinstance(q.subject, ox.NamedNode)
    }
    return found.pop() if len(found) == 1 else None


def read_folder(folder: Path) -> tuple[list[ox.Quad], Locks]:
    """The quads of a source's folder of Turtle, in the named graph of the source it declares.

    A folder that declares no source takes part as shared entities where it is called
    ``entities``, else its files stand each for itself.
    """
    files = sorted(p for p in folder.iterdir() if p.suffix.lower() in FORMATS)
    if not files:
        raise GraphFileError(f"{folder}: neither an on-disk store nor a folder with Turtle files.")
    graph: str | None = ENTITIES_GRAPH if folder.name == "entities" else None
    if graph is None:
        graph = _declared_source(quad for path in files for quad in read_file(path))
    quads = [quad for path in files for quad in read_file(path, graph)]
    locks = {graph: read_lock(folder / LOCK_FILE)} if graph else {}
    return quads, locks


def read_lock(path: Path) -> dict[str, str]:
    """What is recorded of a source's passages, by ``start-end``; empty without a file.

    First the digest (``sha256:…``), then the marks of the passage's own words, and after a stroke
    those of the rest of its sentence, each in order.
    """
    if not path.exists():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split(maxsplit=1) for line in lines if line and not line.startswith("#"))


def read_vocabulary() -> list[ox.Quad]:
    """The quads of the shipped vocabulary, in its own graph."""
    return [q for path in resources.vocabulary_files() for q in read_file(path, VOCABULARY_GRAPH)]


def read_shipped() -> tuple[list[ox.Quad], Locks]:
    """The quads and locks of the shipped graph, without the vocabulary."""
    quads: list[ox.Quad] = []
    locks: Locks = {}
    for folder in resources.data_folders():
        more, lock = read_folder(folder)
        quads += more
        locks |= lock
    return quads, locks
