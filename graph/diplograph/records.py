"""Each fact as one document, made at load time so that telling many of them need not gather it.

From disk the engine looks up some ten thousand terms a second, and a fact has a dozen of them. The
record of a fact (``dg:record``, in the index) is all of that as one JSON text, derived from the
fact like everything else that loading makes explicit; it says nothing that the fact does not say.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import pyoxigraph as ox

from diplograph.namespaces import BASE, DCT, DG, INDEX_GRAPH, OA, RDF_TYPE, local_name

__all__ = ["FactRecord", "fact_records", "read_record", "write_record"]

_SHORT = "\ue000"
"""Stands in a record for what most IRIs begin with; no text has this letter of private use."""


class FactRecord(NamedTuple):
    """What is told of a fact: its graph, its values by property, and its passages.

    A passage is the identifier of its source, start and end, section, digest, and ``row`` where
    they count rows.
    """

    graph: str
    own: dict[str, list[str]]
    evidence: list[list[Any]]


def write_record(
    graph: str, own: Mapping[str, Sequence[str]], evidence: Sequence[Sequence[Any]]
) -> str:
    """A record as text.

    >>> read_record(write_record("g", {"p": ["v"]}, [["s", 1, 2, "", None]])).own
    {'p': ['v']}
    """
    record = [graph, {p: sorted(own[p]) for p in sorted(own)}, evidence]
    text = json.dumps(record, ensure_ascii=False, separators=(",", ":"))
    return text.replace(BASE, _SHORT)


def read_record(text: str) -> FactRecord:
    """A record from its text."""
    return FactRecord(*json.loads(text.replace(_SHORT, BASE)))


def fact_records(quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
    """A ``dg:record`` for each fact, from all quads of a graph with what loading derives."""
    told: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    home: dict[str, str] = {}
    for quad in quads:
        if isinstance(quad.subject, ox.NamedNode) and isinstance(quad.graph_name, ox.NamedNode):
            subject, predicate = quad.subject.value, quad.predicate.value
            value = "" if isinstance(quad.object, ox.Triple) else quad.object.value
            if value not in told[subject][predicate]:
                told[subject][predicate].append(value)
            if predicate == DG + "grade" or subject not in home:
                home[subject] = quad.graph_name.value
    recorded, index = ox.NamedNode(DG + "record"), ox.NamedNode(INDEX_GRAPH)
    fact = DG + "Fact"
    for iri in sorted(s for s, own in told.items() if fact in own.get(RDF_TYPE, ())):
        own = told[iri]
        passages = [p for iri in own.get(DG + "evidence", ()) if (p := passage(told, iri))]
        evidence = sorted(passages, key=lambda e: (e[0], e[1], e[2]))
        kept = {p: values for p, values in own.items() if p not in _ASIDE}
        text = write_record(home[iri], kept, evidence)
        yield ox.Quad(ox.NamedNode(iri), recorded, ox.Literal(text), index)


_ASIDE = {DG + name for name in ("evidence", "at", "key", "view", "searchTerms", "joins")}


def passage(told: Mapping[str, Mapping[str, Sequence[str]]], iri: str) -> list[Any] | None:
    """A passage as records and views have it; None where it has no source or no place."""

    def one(subject: str, predicate: str) -> str | None:
        values = told[subject].get(predicate, ()) if subject in told else ()
        return min(values) if values else None

    source, selector = one(iri, OA + "hasSource"), one(iri, OA + "hasSelector")
    if source is None or selector is None:
        return None
    row = one(iri, DG + "row")
    if row is not None:
        place: list[Any] = [int(row), int(row) + 1]
    else:
        place = [int(one(selector, OA + "start") or 0), int(one(selector, OA + "end") or 0)]
    identifier = one(source, DCT + "identifier") or local_name(source)
    where, digest = one(iri, DG + "where") or "", one(iri, DG + "digest")
    return [identifier, *place, where, digest, *(["row"] if row is not None else [])]
