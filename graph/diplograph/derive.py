"""What loading makes explicit, in the same named graph and always the same way.

* ``dg:at "120-180"`` becomes ``dg:evidence`` with a Web Annotation passage, its digest (from the
  ``passages.lock`` beside the file) and the section in which it stands;
* ``dg:when "2000-07"`` gets ``dg:earliest``, ``dg:latest`` and, where it applies, ``dg:uncertain``;
* a fact without ``dg:when`` gets the date of its source as ``dg:latest``, since a source cannot
  tell what happened after it;
* every ``rdf:type`` of the vocabulary is followed up its class hierarchy;
* a participation gives ``dg:party`` (in the role of a party) or ``dg:participant`` (in an event), a
  transfer fact ``dg:supplier``, ``dg:recipient`` and ``dg:weapon`` of the transfer, a membership
  ``org:memberOf``, an affiliation ``dg:bodyOf``, a citation ``dct:references`` of the source, the
  target of a stance ``dg:about``, a conflict ``dg:contradicts`` both ways;
* every name gets a key (:func:`diplograph.keys.name_key`) by which it is looked up whatever its
  case and accents;
* every agreement gets a view (:mod:`diplograph.views`) with all that is told of it;
* every fact gets a record (:mod:`diplograph.records`) with all that it says;
* every fact gets the words by which questions find it (:mod:`diplograph.wordindex`);
* the default graph gets every triple of the named graphs, once.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import TypeVar

import pyoxigraph as ox

from diplograph import dates
from diplograph.errors import DateError, GraphFileError
from diplograph.keys import name_key
from diplograph.namespaces import (
    DCT,
    DG,
    INDEX_GRAPH,
    OA,
    PASSAGE,
    PREFIXES,
    RDF_TYPE,
    RDFS,
    SKOS,
    SOURCE,
)
from diplograph.read import Locks, read_vocabulary
from diplograph.records import fact_records
from diplograph.views import agreement_views
from diplograph.wordindex import word_index

__all__ = ["derive", "fact_shortcuts", "merged", "superclasses"]

_TYPE = ox.NamedNode(RDF_TYPE)
_SUBCLASS = ox.NamedNode(RDFS + "subClassOf")
_XSD = "http://www.w3.org/2001/XMLSchema#"
_DATE = ox.NamedNode(_XSD + "date")
_INTEGER = ox.NamedNode(_XSD + "integer")
_BOOLEAN = ox.NamedNode(_XSD + "boolean")
_AT = re.compile(r"(\d+)-(\d+)")

_MEMBERS = {PREFIXES["role"] + role for role in ("member", "permanent-member")}
_PARTY = PREFIXES["role"] + "party"
_MEMBER_OF = PREFIXES["org"] + "memberOf"

_Node = ox.NamedNode | ox.BlankNode | ox.Triple
_Iri = TypeVar("_Iri", ox.NamedNode, str)


def _dg(name: str) -> ox.NamedNode:
    return ox.NamedNode(DG + name)


def _value(term: object) -> str:
    """The text of a term: an IRI, a blank node's label or a literal's form."""
    return str(getattr(term, "value", ""))


_NAME_PROPERTIES = (
    ox.NamedNode(SKOS + "prefLabel"),
    ox.NamedNode(SKOS + "altLabel"),
    ox.NamedNode(SKOS + "hiddenLabel"),
    ox.NamedNode(SKOS + "notation"),
    _dg("natoName"),
    _dg("name"),
)


def derive(quads: list[ox.Quad], locks: Locks | None = None) -> list[ox.Quad]:
    """All quads with everything that loading makes explicit, each once, and their merge.

    ``locks`` gives, by source, the digests of its passages. Raises
    :class:`~diplograph.errors.GraphFileError` for a date or a passage that cannot be read.
    """
    derived: dict[ox.Quad, None] = dict.fromkeys(quads)
    for rule in (_types, _times, _passages, _shortcuts, _keys):
        derived.update(dict.fromkeys(rule(list(derived), locks or {})))
    told = list(derived)
    derived.update(dict.fromkeys(agreement_views(told)))
    derived.update(dict.fromkeys(word_index(told)))
    derived.update(dict.fromkeys(fact_records(told)))
    return [*derived, *merged(derived)]


def merged(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """All triples of the named graphs but the index, each once, in the default graph.

    A query that names no graph is put to these. The engine's own union of named graphs gives a
    triple that two sources state twice, so that counts come out too high.
    """
    default = ox.DefaultGraph()
    aside = (default, ox.NamedNode(INDEX_GRAPH))
    once = dict.fromkeys(quad.triple for quad in quads if quad.graph_name not in aside)
    return [ox.Quad(t.subject, t.predicate, t.object, default) for t in once]


@cache
def superclasses() -> dict[str, tuple[ox.NamedNode, ...]]:
    """Every class of the vocabulary with all its superclasses within the vocabulary."""
    above: dict[str, set[str]] = defaultdict(set)
    for quad in read_vocabulary():
        if quad.predicate == _SUBCLASS and _value(quad.object).startswith(DG):
            above[_value(quad.subject)].add(_value(quad.object))

    def climb(name: str) -> set[str]:
        return above[name].union(*(climb(parent) for parent in sorted(above[name])), set())

    return {name: tuple(ox.NamedNode(n) for n in sorted(climb(name))) for name in sorted(above)}


def _types(quads: list[ox.Quad], locks: Locks) -> Iterator[ox.Quad]:
    hierarchy = superclasses()
    for quad in quads:
        if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode):
            for above in hierarchy.get(_value(quad.object), ()):
                yield ox.Quad(quad.subject, _TYPE, above, quad.graph_name)


def _times(quads: list[ox.Quad], locks: Locks) -> Iterator[ox.Quad]:
    when, fact, issued = _dg("when"), _dg("Fact"), ox.NamedNode(DCT + "issued")
    dated = {q.subject for q in quads if q.predicate == when}
    published = {_value(q.subject): _value(q.object) for q in quads if q.predicate == issued}
    for quad in quads:
        if quad.predicate == when:
            yield from _bounds(quad, _value(quad.object))
        elif quad.predicate == _TYPE and quad.object == fact and quad.subject not in dated:
            limit = published.get(_value(quad.graph_name))
            if limit is not None:
                latest = _period(quad, limit).latest
                yield ox.Quad(quad.subject, _dg("latest"), _day(latest), quad.graph_name)


def _period(quad: ox.Quad, expression: str) -> dates.Period:
    try:
        return dates.parse(expression)
    except DateError as error:
        raise GraphFileError(f"{_value(quad.subject)}: {error}") from None


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


def _passages(quads: list[ox.Quad], locks: Locks) -> Iterator[ox.Quad]:
    at, section = _dg("at"), _dg("Section")
    sections: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    labels = {
        (q.subject, q.graph_name): _value(q.object)
        for q in quads
        if q.predicate.value == RDFS + "label"
    }
    headings = {q.subject for q in quads if q.predicate == _TYPE and q.object == section}
    marks = [q for q in quads if q.predicate == at]
    for quad in marks:
        if quad.subject in headings:
            start, end = _span(quad)
            label = labels.get((quad.subject, quad.graph_name), "")
            sections[_value(quad.graph_name)].append((end - start, start, label))
    for quad in marks:
        if quad.subject not in headings:
            yield from _passage(quad, sections, locks)


def _span(quad: ox.Quad) -> tuple[int, int]:
    text = str(_value(quad.object))
    match = _AT.fullmatch(text)
    if not match or int(match[1]) >= int(match[2]):
        raise GraphFileError(
            f"{_value(quad.subject)}: dg:at “{text}” is no passage; write start and end as in "
            "“120-180”, the end greater than the start."
        )
    return int(match[1]), int(match[2])


def _passage(
    quad: ox.Quad, sections: Mapping[str, list[tuple[int, int, str]]], locks: Locks
) -> Iterator[ox.Quad]:
    start, end = _span(quad)
    source = _value(quad.graph_name)
    slug = source.removeprefix(SOURCE) if source.startswith(SOURCE) else re.sub(r"\W+", "-", source)
    passage = ox.NamedNode(f"{PASSAGE}{slug}/{start}-{end}")
    position = ox.NamedNode(passage.value + "#position")
    inside = [s for s in sections.get(source, ()) if s[1] <= start < s[1] + s[0]]
    where = min(inside)[2] if inside else ""
    recorded = locks.get(source, {}).get(f"{start}-{end}", "")
    digest, _, words = recorded.partition(" ")
    triples: list[tuple[_Node, str, ox.NamedNode | ox.Literal]] = [
        (quad.subject, DG + "evidence", passage),
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
    if words:
        own, _, beside = words.partition("|")
        index = ox.NamedNode(INDEX_GRAPH)
        yield ox.Quad(passage, _dg("passageWords"), ox.Literal(own.strip()), index)
        yield ox.Quad(passage, _dg("sentenceWords"), ox.Literal(beside.strip()), index)


def _shortcuts(quads: list[ox.Quad], locks: Locks) -> Iterator[ox.Quad]:
    """Plain triples that follow from facts."""
    of_class: dict[object, set[str]] = defaultdict(set)
    values: dict[object, dict[str, list[ox.NamedNode]]] = defaultdict(lambda: defaultdict(list))
    for quad in quads:
        if quad.predicate == _TYPE:
            of_class[quad.subject].add(_value(quad.object))
        elif quad.predicate.value.startswith(DG) and isinstance(quad.object, ox.NamedNode):
            values[quad.subject][quad.predicate.value[len(DG) :]].append(quad.object)
    seen: set[tuple[object, object]] = set()
    for quad in quads:
        if quad.predicate != _TYPE or (quad.subject, quad.object) in seen:
            continue
        seen.add((quad.subject, quad.object))
        own, kind, graph = values[quad.subject], _value(quad.object), quad.graph_name
        events = {t for t in own["of"] if DG + "Event" in of_class[t]}
        if kind.startswith(DG):
            told = {name: found for name, found in own.items() if found}
            for thing, name, value in fact_shortcuts(kind[len(DG) :], told, events):
                link = ox.NamedNode(name if ":" in name else DG + name)
                yield ox.Quad(thing, link, value, graph)
        if kind == DG + "Stance":
            yield from (ox.Quad(quad.subject, _dg("about"), t, graph) for t in own["target"])
        elif kind == DG + "Citation" and isinstance(graph, ox.NamedNode):
            references = ox.NamedNode(DCT + "references")
            yield from (ox.Quad(graph, references, document, graph) for document in own["cited"])
        elif kind == DG + "Entity":
            yield from (ox.Quad(other, _dg("mayBe"), quad.subject, graph) for other in own["mayBe"])
        elif kind == DG + "Conflict":
            for one in own["between"]:
                for other in own["between"]:
                    if one != other:
                        yield ox.Quad(one, _dg("contradicts"), other, graph)


def fact_shortcuts(
    kind: str, links: Mapping[str, Sequence[_Iri]], events: Collection[_Iri] = ()
) -> Iterator[tuple[_Iri, str, _Iri]]:
    """The plain triples that follow from one fact: subject, property and object.

    ``kind`` is the local name of its class, ``links`` the IRIs that it names by their properties,
    ``events`` those of the things it is of that are events. The property is a local name of
    ``dg:``, or an IRI.

    >>> list(fact_shortcuts("Participation", {"of": ["a"], "agent": ["x", "y"]}))
    [('a', 'party', 'x'), ('a', 'party', 'y')]
    """
    of, agents, within = (links.get(name, ()) for name in ("of", "agent", "within"))
    roles = {getattr(role, "value", role) for role in links.get("role", ())}
    if kind == "Participation":
        for thing in of:
            if thing in events or not roles or _PARTY in roles:
                name = "participant" if thing in events else "party"
                yield from ((thing, name, agent) for agent in agents)
    elif kind == "TransferFact":
        for name in ("supplier", "recipient", "weapon"):
            for thing in of:
                yield from ((thing, name, value) for value in links.get(name, ()))
    elif kind == "Membership" and not roles.isdisjoint(_MEMBERS):
        for agent in agents:
            yield from ((agent, _MEMBER_OF, whole) for whole in within)
    elif kind == "Affiliation":
        for agent in agents:
            yield from ((agent, "bodyOf", whole) for whole in within)


def _keys(quads: list[ox.Quad], locks: Locks) -> Iterator[ox.Quad]:
    entity, of, naming = _dg("Entity"), _dg("of"), _dg("Naming")
    entities = {q.subject for q in quads if q.predicate == _TYPE and q.object == entity}
    namings = {q.subject for q in quads if q.predicate == _TYPE and q.object == naming}
    named = {
        q.subject: q.object
        for q in quads
        if q.predicate == of and q.subject in namings and isinstance(q.object, ox.NamedNode)
    }
    graph = ox.NamedNode(INDEX_GRAPH)
    for quad in quads:
        if quad.predicate in _NAME_PROPERTIES and isinstance(quad.object, ox.Literal):
            bearer = named.get(quad.subject, quad.subject)
            key = name_key(_value(quad.object))
            if bearer in entities and key:
                yield ox.Quad(bearer, _dg("key"), ox.Literal(key), graph)
