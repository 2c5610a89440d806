"""The views of agreements in a store, made again where what is told of them has changed."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from diplograph import read
from diplograph.namespaces import DG, INDEX_GRAPH, RDF_TYPE
from diplograph.views import agreement_views

__all__ = ["agreements_of", "views_of"]

_AT_ONCE = 400
"""Agreements of which the views are made at once."""


def agreements_of(store: ox.Store, graph: str) -> list[str]:
    """The agreements that a dataset tells of."""
    type_, agreement = ox.NamedNode(RDF_TYPE), ox.NamedNode(DG + "Agreement")
    home = ox.NamedNode(graph)
    found = store.quads_for_pattern(None, type_, agreement, home)
    return sorted({str(quad.subject)[1:-1] for quad in found})


def views_of(store: ox.Store, agreements: Sequence[str]) -> bytes:
    """The views of agreements as N-Quads for the index; those that say otherwise are removed."""
    around = read.read_vocabulary()
    made = []
    for start in range(0, len(agreements), _AT_ONCE):
        quads = _about(store, agreements[start : start + _AT_ONCE])
        views = list(agreement_views([*around, *quads]))
        for view in views:
            of = store.quads_for_pattern(view.subject, view.predicate, None, view.graph_name)
            for former in [quad for quad in of if quad.object != view.object]:
                store.remove(former)
        made.append(ox.serialize(views, format=ox.RdfFormat.N_QUADS) or b"")
    return b"".join(made)


def _about(store: ox.Store, agreements: Sequence[str]) -> list[ox.Quad]:
    """All that the sources tell of agreements, and what they name in it."""
    of = ox.NamedNode(DG + "of")
    aside = (ox.DefaultGraph(), ox.NamedNode(INDEX_GRAPH))
    told: list[ox.Quad] = []
    seen: set[object] = set()

    def tell(subject: object) -> list[ox.Quad]:
        if subject in seen or not isinstance(subject, ox.NamedNode):
            return []
        seen.add(subject)
        return [q for q in store.quads_for_pattern(subject, None, None, None)
                if q.graph_name not in aside]  # fmt: skip

    near = []
    for iri in agreements:
        node = ox.NamedNode(iri)
        near += tell(node)
        for quad in store.quads_for_pattern(None, of, node, None):
            near += tell(quad.subject)
    while near:
        told += near
        # parties, passages and their selectors, sources, stages, what stands in conflict
        near = [q for quad in near for q in tell(quad.object)]
    return told
