"""The views of agreements in a store, made again where what is told of them has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import pyoxigraph as ox

from diplograph import read
from diplograph.importers.portions import Portion
from diplograph.namespaces import DG, INDEX_GRAPH, RDF_TYPE
from diplograph.records import FactRecord, read_record
from diplograph.views import agreement_views

__all__ = ["agreements_of", "views_of"]

_AT_ONCE = 400
"""Agreements of which the views are made at once."""
_OF, _RECORD, _BETWEEN, _VIEW, _OF_WHOLE = (
    ox.NamedNode(DG + name) for name in ("of", "record", "between", "view", "ofWhole")
)
_TYPE, _INDEX = ox.NamedNode(RDF_TYPE), ox.NamedNode(INDEX_GRAPH)
_ASIDE = (ox.DefaultGraph(), _INDEX)
_NAMED = [DG + name for name in ("agent", "forParty")]


def agreements_of(store: ox.Store, graph: str) -> list[str]:
    """The agreements that the named graph tells of."""
    agreement, home = ox.NamedNode(DG + "Agreement"), ox.NamedNode(graph)
    found = store.quads_for_pattern(None, _TYPE, agreement, home)
    return sorted({str(quad.subject)[1:-1] for quad in found})


def views_of(store: ox.Store, agreements: Sequence[str]) -> Iterator[Portion]:
    """The views of agreements for the index; those there that say otherwise are removed."""
    around = _Around(store)
    for start in range(0, len(agreements), _AT_ONCE):
        some = [ox.NamedNode(iri) for iri in agreements[start : start + _AT_ONCE]]
        quads = [quad for node in some for quad in around.tell(node)]
        facts = {iri for node in some for iri in around.facts_of(node)}
        records = {iri: record for iri in sorted(facts) if (record := around.record(iri))}
        conflicts = around.conflicts(records)
        records |= around.others(conflicts, records)
        quads += [*around.vocabulary, *conflicts, *around.named(quads, records.values())]
        views = list(agreement_views(quads, {node.value for node in some}, records))
        made = set(views)
        for former in [
            *(q for v in views for q in store.quads_for_pattern(v.subject, _VIEW, None, _INDEX)),
            *(q for node in some for q in store.quads_for_pattern(None, _OF_WHOLE, node, _INDEX)),
        ]:
            if former not in made:
                store.remove(former)
        lines = ox.serialize((view.triple for view in views), format=ox.RdfFormat.N_TRIPLES)
        yield Portion(INDEX_GRAPH, index=lines or b"")


class _Around:
    """What sources tell of agreements, of their facts, and of what these name."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self.vocabulary = read.read_vocabulary()
        self._known: dict[ox.NamedNode, list[ox.Quad]] = {}

    def tell(self, node: ox.NamedNode) -> list[ox.Quad]:
        """What the sources tell of a node itself."""
        quads = self._store.quads_for_pattern(node, None, None, None)
        return [quad for quad in quads if quad.graph_name not in _ASIDE]

    def facts_of(self, agreement: ox.NamedNode) -> list[str]:
        """The IRIs of the facts of an agreement."""
        found = self._store.quads_for_pattern(None, _OF, agreement, ox.DefaultGraph())
        return [quad.subject.value for quad in found if isinstance(quad.subject, ox.NamedNode)]

    def record(self, fact: str) -> FactRecord | None:
        """The record of a fact."""
        found = self._store.quads_for_pattern(ox.NamedNode(fact), _RECORD, None, _INDEX)
        quad = next(found, None)
        return read_record(_text(quad.object)) if quad else None

    def others(
        self, conflicts: Iterable[ox.Quad], records: Mapping[str, FactRecord]
    ) -> dict[str, FactRecord]:
        """The records of the facts in the conflicts that are not among those at hand."""
        between = {_text(q.object) for q in conflicts if q.predicate == _BETWEEN}
        found = ((iri, self.record(iri)) for iri in between - records.keys())
        return {iri: record for iri, record in found if record}

    def conflicts(self, records: Mapping[str, FactRecord]) -> list[ox.Quad]:
        """What is told of the conflicts in which the facts stand."""
        found = {
            quad.subject
            for iri, record in records.items()
            if DG + "contradicts" in record.own
            for quad in self._store.quads_for_pattern(
                None, _BETWEEN, ox.NamedNode(iri), ox.DefaultGraph()
            )
        }
        return [
            quad for node in found if isinstance(node, ox.NamedNode) for quad in self.tell(node)
        ]

    def named(self, quads: Iterable[ox.Quad], records: Iterable[FactRecord]) -> list[ox.Quad]:
        """What is told of what agreements and their facts name: parties, sources."""
        nodes = {quad.object for quad in quads if isinstance(quad.object, ox.NamedNode)}
        for record in records:
            nodes.add(ox.NamedNode(record.graph))
            nodes.update(ox.NamedNode(iri) for name in _NAMED for iri in record.own.get(name, ()))
        for node in nodes - self._known.keys():
            self._known[node] = self.tell(node)
        return [quad for node in nodes for quad in self._known[node]]


def _text(term: object) -> str:
    return str(getattr(term, "value", ""))
