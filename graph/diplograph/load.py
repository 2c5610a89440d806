"""From the Turtle that curators write to the graph that questions are put to.

Curators write tersely; loading makes explicit, in the same named graph and always the same way:

* ``dg:at "120-180"`` becomes ``dg:evidence`` with a Web Annotation passage, its digest (from the
  ``passages.lock`` beside the file) and the section in which it stands;
* ``dg:when "2000-07"`` gets ``dg:earliest``, ``dg:latest`` and, where it applies, ``dg:uncertain``;
* a fact without ``dg:when`` gets the date of its source as ``dg:latest``, since a source cannot
  tell what happened after it;
* every ``rdf:type`` of the vocabulary is followed up its class hierarchy;
* a participation gives ``dg:party`` (in the role of a party) or ``dg:participant`` (in an event), a transfer fact ``dg:supplier``,
  ``dg:recipient`` and ``dg:weapon`` of the transfer, a membership ``org:memberOf``, an affiliation
  ``dg:bodyOf``, a conflict ``dg:contradicts`` both ways;
* every name gets a key (:func:`name_key`) by which it is looked up whatever its case and accents.

Which graph a file belongs to: the one that it names itself (TriG, N-Quads, JSON-LD), else the
source that it or its folder declares (``a dg:Source``), else one named by the file's own address.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import pyoxigraph as ox

from diplograph import dates, resources
from diplograph.errors import DateError, GraphFileError
from diplograph.namespaces import (
    BASE,
    DCT,
    DG,
    ENTITIES_GRAPH,
    NAMES_GRAPH,
    OA,
    PREFIXES,
    RDF_TYPE,
    RDFS,
    SKOS,
    SOURCE,
    VOCABULARY_GRAPH,
)

__all__ = ["FORMATS", "derive", "name_key", "read_file", "read_folder", "read_shipped", "read_vocabulary"]

FORMATS: Mapping[str, ox.RdfFormat] = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nq": ox.RdfFormat.N_QUADS,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".jsonld": ox.RdfFormat.JSON_LD,
}
LOCK_FILE = "passages.lock"

_TYPE = ox.NamedNode(RDF_TYPE)
_SUBCLASS = ox.NamedNode(RDFS + "subClassOf")
_XSD = "http://www.w3.org/2001/XMLSchema#"
_DATE = ox.NamedNode(_XSD + "date")
_INTEGER = ox.NamedNode(_XSD + "integer")
_BOOLEAN = ox.NamedNode(_XSD + "boolean")
_AT = re.compile(r"(\d+)-(\d+)")

_Subject = ox.NamedNode | ox.BlankNode
_Locks = dict[str, dict[str, str]]


def _dg(name: str) -> ox.NamedNode:
    return ox.NamedNode(DG + name)


_NAME_PROPERTIES = (
    ox.NamedNode(SKOS + "prefLabel"),
    ox.NamedNode(SKOS + "altLabel"),
    ox.NamedNode(SKOS + "notation"),
    _dg("natoName"),
    _dg("name"),
)


# --- reading -----------------------------------------------------------------------------------


def read_file(path: Path, graph: str | None = None) -> list[ox.Quad]:
    """The quads of one RDF file, those without a graph put into ``graph``.

    Raises :class:`~diplograph.errors.GraphFileError` with file and line where the file is
    missing, has an ending that is none of :data:`FORMATS`, or is broken.
    """
    rdf_format = FORMATS.get(path.suffix.lower())
    if rdf_format is None:
        raise GraphFileError(
            f"{path}: not a graph file that can be read; its name must end in "
            f"{', '.join(FORMATS)}."
        )
    try:
        # Blank nodes are renamed apart only where a file has any, so that the rest stays stable.
        quads = list(ox.parse(input=path.read_bytes(), format=rdf_format, base_iri=path.resolve().as_uri()))
    except FileNotFoundError:
        raise GraphFileError(f"{path}: there is no such file.") from None
    except OSError as error:
        raise GraphFileError(f"{path}: cannot be read: {error.strerror}.") from None
    except (SyntaxError, ValueError) as error:
        line = getattr(error, "lineno", None)
        message = re.sub(r"^Parser error at line .*?: ", "", getattr(error, "msg", None) or str(error))
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


def read_folder(folder: Path) -> tuple[list[ox.Quad], _Locks]:
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
    """The digests of a source's passages, ``start-end`` to ``sha256:…``; empty without a file."""
    if not path.exists():
        return {}
    lines = path.read_text(encoding="utf-8").splitlines()
    pairs = (line.split() for line in lines if line and not line.startswith("#"))
    return {span: digest for span, digest in pairs}


def read_vocabulary() -> list[ox.Quad]:
    """The quads of the shipped vocabulary, in its own graph."""
    return [q for path in resources.vocabulary_files() for q in read_file(path, VOCABULARY_GRAPH)]


def read_shipped() -> tuple[list[ox.Quad], _Locks]:
    """The quads and locks of the shipped graph, without the vocabulary."""
    quads: list[ox.Quad] = []
    locks: _Locks = {}
    for folder in resources.data_folders():
        more, lock = read_folder(folder)
        quads += more
        locks |= lock
    return quads, locks


# --- names ---------------------------------------------------------------------------------------


def name_key(name: str) -> str:
    """The form under which a name is looked up: no case, accents, punctuation or article.

    >>> name_key("Shanghai-Five"), name_key("the  SHANGHAI FIVE"), name_key("Communiqué")
    ('shanghai five', 'shanghai five', 'communique')
    """
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    letters = re.sub(r"[’'ʼ`]", "", letters)
    words = re.sub(r"[^\w]+", " ", letters).split()
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


# --- deriving --------------------------------------------------------------------------------------


def derive(quads: list[ox.Quad], locks: _Locks | None = None) -> list[ox.Quad]:
    """All quads with everything that loading makes explicit, each once.

    ``locks`` gives, by source, the digests of its passages. Raises
    :class:`~diplograph.errors.GraphFileError` for a date or a passage that cannot be read.
    """
    derived: dict[ox.Quad, None] = dict.fromkeys(quads)
    for rule in (_types, _times, _passages, _shortcuts, _keys):
        derived.update(dict.fromkeys(rule(list(derived), locks or {})))
    return list(derived)


@cache
def _superclasses() -> dict[str, tuple[ox.NamedNode, ...]]:
    """Every class of the vocabulary with all its superclasses within the vocabulary."""
    above: dict[str, set[str]] = defaultdict(set)
    for quad in read_vocabulary():
        if quad.predicate == _SUBCLASS and str(quad.object.value).startswith(DG):  # type: ignore[union-attr]
            above[quad.subject.value].add(quad.object.value)  # type: ignore[union-attr]

    def climb(name: str) -> set[str]:
        return above[name].union(*(climb(parent) for parent in sorted(above[name])), set())

    return {name: tuple(ox.NamedNode(n) for n in sorted(climb(name))) for name in sorted(above)}


def _types(quads: list[ox.Quad], locks: _Locks) -> Iterator[ox.Quad]:
    hierarchy = _superclasses()
    for quad in quads:
        if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode):
            for above in hierarchy.get(quad.object.value, ()):
                yield ox.Quad(quad.subject, _TYPE, above, quad.graph_name)


def _times(quads: list[ox.Quad], locks: _Locks) -> Iterator[ox.Quad]:
    when, fact, issued = _dg("when"), _dg("Fact"), ox.NamedNode(DCT + "issued")
    dated = {q.subject for q in quads if q.predicate == when}
    published = {q.subject: q.object.value for q in quads if q.predicate == issued}  # type: ignore[union-attr]
    for quad in quads:
        if quad.predicate == when:
            yield from _bounds(quad, quad.object.value)  # type: ignore[union-attr]
        elif quad.predicate == _TYPE and quad.object == fact and quad.subject not in dated:
            limit = published.get(quad.graph_name)  # type: ignore[call-overload]
            if limit is not None:
                latest = _period(quad, limit).latest
                yield ox.Quad(quad.subject, _dg("latest"), _day(latest), quad.graph_name)


def _period(quad: ox.Quad, expression: str) -> dates.Period:
    try:
        return dates.parse(expression)
    except DateError as error:
        raise GraphFileError(f"{quad.subject.value}: {error}") from None  # type: ignore[union-attr]


def _day(day: object) -> ox.Literal:
    return ox.Literal(str(day), datatype=_DATE)


def _bounds(quad: ox.Quad, expression: str) -> Iterator[ox.Quad]:
    period = _period(quad, expression)
    if period.earliest:
        yield ox.Quad(quad.subject, _dg("earliest"), _day(period.earliest), quad.graph_name)
    if period.latest:
        yield ox.Quad(quad.subject, _dg("latest"), _day(period.latest), quad.graph_name)
    if period.uncertain:
        true = ox.Literal("true", datatype=_BOOLEAN)
        yield ox.Quad(quad.subject, _dg("uncertain"), true, quad.graph_name)


def _passages(quads: list[ox.Quad], locks: _Locks) -> Iterator[ox.Quad]:
    at, section = _dg("at"), _dg("Section")
    sections: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    labels = {
        (q.subject, q.graph_name): q.object.value  # type: ignore[union-attr]
        for q in quads
        if q.predicate.value == RDFS + "label"
    }
    headings = {q.subject for q in quads if q.predicate == _TYPE and q.object == section}
    marks = [q for q in quads if q.predicate == at]
    for quad in marks:
        if quad.subject in headings:
            start, end = _span(quad)
            label = labels.get((quad.subject, quad.graph_name), "")
            sections[quad.graph_name.value].append((end - start, start, label))  # type: ignore[union-attr]
    for quad in marks:
        if quad.subject not in headings:
            yield from _passage(quad, sections, locks)


def _span(quad: ox.Quad) -> tuple[int, int]:
    text = str(quad.object.value)  # type: ignore[union-attr]
    match = _AT.fullmatch(text)
    if not match or int(match[1]) >= int(match[2]):
        raise GraphFileError(
            f"{quad.subject.value}: dg:at “{text}” is no passage; write start and end as in "  # type: ignore[union-attr]
            "“120-180”, the end greater than the start."
        )
    return int(match[1]), int(match[2])


def _passage(
    quad: ox.Quad, sections: Mapping[str, list[tuple[int, int, str]]], locks: _Locks
) -> Iterator[ox.Quad]:
    start, end = _span(quad)
    source = quad.graph_name.value  # type: ignore[union-attr]
    slug = source.removeprefix(SOURCE) if source.startswith(SOURCE) else re.sub(r"\W+", "-", source)
    passage = ox.NamedNode(f"{BASE}id/passage/{slug}/{start}-{end}")
    position = ox.NamedNode(passage.value + "#position")
    inside = [s for s in sections.get(source, ()) if s[1] <= start < s[1] + s[0]]
    where = min(inside)[2] if inside else ""
    digest = locks.get(source, {}).get(f"{start}-{end}")
    triples: list[tuple[_Subject, str, ox.NamedNode | ox.Literal]] = [
        (quad.subject, DG + "evidence", passage),  # type: ignore[list-item]
        (passage, RDF_TYPE, ox.NamedNode(OA + "SpecificResource")),
        (passage, OA + "hasSource", ox.NamedNode(source)),
        (passage, OA + "hasSelector", position),
        (position, RDF_TYPE, ox.NamedNode(OA + "TextPositionSelector")),
        (position, OA + "start", ox.Literal(str(start), datatype=_INTEGER)),
        (position, OA + "end", ox.Literal(str(end), datatype=_INTEGER)),
        (passage, DG + "where", ox.Literal(where)),
    ]
    if digest:
        triples.append((passage, DG + "digest", ox.Literal(digest)))
    for subject, predicate, value in triples:
        yield ox.Quad(subject, ox.NamedNode(predicate), value, quad.graph_name)


def _shortcuts(quads: list[ox.Quad], locks: _Locks) -> Iterator[ox.Quad]:
    """Plain triples that follow from facts."""
    of_class: dict[object, set[str]] = defaultdict(set)
    values: dict[object, dict[str, list[ox.NamedNode]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if quad.predicate == _TYPE:
            of_class[quad.subject].add(quad.object.value)  # type: ignore[union-attr]
        elif quad.predicate.value.startswith(DG) and isinstance(quad.object, ox.NamedNode):
            values[quad.subject][quad.predicate.value[len(DG) :]].append(quad.object)
    members = {ox.NamedNode(PREFIXES["role"] + r) for r in ("member", "permanent-member")}
    party = ox.NamedNode(PREFIXES["role"] + "party")
    seen: set[tuple[object, object]] = set()
    for quad in quads:
        if quad.predicate != _TYPE or (quad.subject, quad.object) in seen:
            continue
        seen.add((quad.subject, quad.object))
        own, kind, graph = values[quad.subject], quad.object.value, quad.graph_name  # type: ignore[union-attr]
        if kind == DG + "Participation":
            for thing in own["of"]:
                event = DG + "Event" in of_class[thing]
                if event or not own["role"] or party in own["role"]:
                    link = _dg("participant" if event else "party")
                    yield from (ox.Quad(thing, link, agent, graph) for agent in own["agent"])
        elif kind == DG + "TransferFact":
            for name in ("supplier", "recipient", "weapon"):
                for thing in own["of"]:
                    yield from (ox.Quad(thing, _dg(name), value, graph) for value in own[name])
        elif kind == DG + "Membership" and members.intersection(own["role"]):
            link_to = ox.NamedNode(PREFIXES["org"] + "memberOf")
            for agent in own["agent"]:
                yield from (ox.Quad(agent, link_to, whole, graph) for whole in own["within"])
        elif kind == DG + "Affiliation":
            for agent in own["agent"]:
                yield from (ox.Quad(agent, _dg("bodyOf"), whole, graph) for whole in own["within"])
        elif kind == DG + "Entity":
            yield from (ox.Quad(other, _dg("mayBe"), quad.subject, graph) for other in own["mayBe"])  # type: ignore[arg-type]
        elif kind == DG + "Conflict":
            for one in own["between"]:
                for other in own["between"]:
                    if one != other:
                        yield ox.Quad(one, _dg("contradicts"), other, graph)


def _keys(quads: list[ox.Quad], locks: _Locks) -> Iterator[ox.Quad]:
    entity, of, naming = _dg("Entity"), _dg("of"), _dg("Naming")
    entities = {q.subject for q in quads if q.predicate == _TYPE and q.object == entity}
    namings = {q.subject for q in quads if q.predicate == _TYPE and q.object == naming}
    named = {q.subject: q.object for q in quads if q.predicate == of and q.subject in namings}
    graph = ox.NamedNode(NAMES_GRAPH)
    for quad in quads:
        if quad.predicate in _NAME_PROPERTIES and isinstance(quad.object, ox.Literal):
            bearer = named.get(quad.subject, quad.subject)
            key = name_key(quad.object.value)
            if bearer in entities and key:
                yield ox.Quad(bearer, _dg("key"), ox.Literal(key), graph)  # type: ignore[arg-type]
