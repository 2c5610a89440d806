"""The views of agreements in a store, made again where what is told of them has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import pyoxigraph as ox

from diplograph import read
from diplograph.namespaces import DG, INDEX_GRAPH, OA, RDF_TYPE
from diplograph.views import agreement_views

__all__ = ["agreements_of", "views_of"]

_AT_ONCE = 400
"""Agreements of which the views are made at once."""
_OF, _ROW = ox.NamedNode(DG + "of"), ox.NamedNode(DG + "row")
_PASSAGE, _SELECTOR = ox.NamedNode(OA + "SpecificResource"), ox.NamedNode(OA + "hasSelector")
_VIEW, _OF_WHOLE = ox.NamedNode(DG + "view"), ox.NamedNode(DG + "ofWhole")
_TYPE, _INDEX = ox.NamedNode(RDF_TYPE), ox.NamedNode(INDEX_GRAPH)
_ASIDE = (ox.DefaultGraph(), _INDEX)
_UNSEEN = {DG + name for name in ("stage", "grade", "kind", "scope", "of", "view")}
"""What leads from an agreement or a fact to what the vocabulary tells, or back."""


def agreements_of(store: ox.Store, graph: str) -> list[str]:
    """The agreements that the named graph tells of."""
    agreement, home = ox.NamedNode(DG + "Agreement"), ox.NamedNode(graph)
    found = store.quads_for_pattern(None, _TYPE, agreement, home)
    return sorted({str(quad.subject)[1:-1] for quad in found})


def views_of(store: ox.Store, agreements: Sequence[str]) -> Iterator[bytes]:
    """The views of agreements, as N-Quads for the index; those that say otherwise are removed."""
    around = _Around(store)
    for start in range(0, len(agreements), _AT_ONCE):
        some = [ox.NamedNode(iri) for iri in agreements[start : start + _AT_ONCE]]
        told = _told(store, some)
        views = list(
            agreement_views(
                [*around.vocabulary, *told, *around.of(told)], {node.value for node in some}
            )
        )
        made = set(views)
        for former in [
            *(q for v in views for q in store.quads_for_pattern(v.subject, _VIEW, None, _INDEX)),
            *(q for node in some for q in store.quads_for_pattern(None, _OF_WHOLE, node, _INDEX)),
        ]:
            if former not in made:
                store.remove(former)
        yield ox.serialize(views, format=ox.RdfFormat.N_QUADS) or b""


def _told(store: ox.Store, agreements: Sequence[ox.NamedNode]) -> list[ox.Quad]:
    """All that the sources tell of agreements: their triples, and those of the facts of them."""
    told: list[ox.Quad] = []
    for agreement in agreements:
        told += _of_sources(store.quads_for_pattern(agreement, None, None, None))
        for of in _of_sources(store.quads_for_pattern(None, _OF, agreement, None)):
            told += store.quads_for_pattern(of.subject, None, None, of.graph_name)
    return told


def _of_sources(quads: Iterable[ox.Quad]) -> list[ox.Quad]:
    """Those of the quads that stand in the graph of a source."""
    return [quad for quad in quads if quad.graph_name not in _ASIDE]


class _Around:
    """What agreements and their facts name: parties, passages, sources, what stands in conflict."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self.vocabulary = read.read_vocabulary()
        self._known: dict[ox.NamedNode, list[ox.Quad]] = {}

    def of(self, told: Iterable[ox.Quad]) -> list[ox.Quad]:
        """All that the sources tell of what the quads name, and of what that names in turn."""
        found: dict[ox.NamedNode, list[ox.Quad]] = {}
        near = list(told)
        seen = {q.subject for q in near}
        while near:
            named = {
                q.object
                for q in near
                if isinstance(q.object, ox.NamedNode) and q.predicate.value not in _UNSEEN
            }
            near = []
            for node in named - seen:
                seen.add(node)
                found[node] = self._tell(node)
                near += found[node]
            # The selector of a row says what its passage says.
            rows = {q.subject for q in near if q.predicate == _ROW}
            near = [q for q in near if q.predicate != _SELECTOR or q.subject not in rows]
        return [quad for quads in found.values() for quad in quads]

    def _tell(self, node: ox.NamedNode) -> list[ox.Quad]:
        known = self._known.get(node)
        if known is not None:
            return known
        quads = _of_sources(self._store.quads_for_pattern(node, None, None, None))
        if not any(q.object == _PASSAGE for q in quads):  # each of which few facts rest on
            self._known[node] = quads
        return quads
