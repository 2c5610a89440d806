"""Taking what one dataset tells out of a store, and nothing that another source tells too."""

from __future__ import annotations

from collections.abc import Callable

import pyoxigraph as ox

from diplograph.keys import name_key
from diplograph.namespaces import DG, INDEX_GRAPH, RDF_TYPE, SKOS

__all__ = ["forget"]

_MANY = 50_000
_HOME = ox.DefaultGraph()
_INDEX = ox.NamedNode(INDEX_GRAPH)
_KEY, _OF, _NAME = (ox.NamedNode(DG + name) for name in ("key", "of", "name"))
_NAMES = (*(ox.NamedNode(SKOS + name) for name in ("prefLabel", "altLabel", "notation")),
          ox.NamedNode(DG + "natoName"))  # fmt: skip
_AGREEMENT = ox.NamedNode(DG + "Agreement")


def forget(store: ox.Store, graph: str, say: Callable[[str], None]) -> list[str]:
    """Remove what one source tells: its named graph, and what of the merge nobody else tells.

    What the index holds goes with the things of which nobody else tells; of the others the keys of
    names go that nobody else gives. What is returned are the agreements of which others tell too:
    their views have to be made again.
    """
    home = ox.NamedNode(graph)
    ours = (home, _INDEX, _HOME)
    subjects: set[ox.NamedNode | ox.BlankNode] = set()
    named: set[ox.NamedNode | ox.BlankNode] = set()
    for number, quad in enumerate(store.quads_for_pattern(None, None, None, home)):
        if number % _MANY == 0:
            say(f"removing the former edition, {number:,} triples")
        s, p, o = quad.triple
        subjects.add(s)
        if p in _NAMES:
            named.add(s)
        elif p == _NAME:
            of = store.quads_for_pattern(s, _OF, None, home)
            named.update(q.object for q in of if isinstance(q.object, ox.NamedNode))
        if all(q.graph_name in ours for q in store.quads_for_pattern(s, p, o, None)):
            store.remove(ox.Quad(s, p, o, _HOME))
    store.remove_graph(home)
    shared: list[str] = []
    for subject in subjects | named:
        if next(store.quads_for_pattern(subject, None, None, _HOME), None) is None:
            for quad in list(store.quads_for_pattern(subject, None, None, _INDEX)):
                store.remove(quad)
            continue
        if subject in named:
            _forget_names(store, subject)
        if ox.Quad(subject, ox.NamedNode(RDF_TYPE), _AGREEMENT, _HOME) in store:
            shared.append(str(subject.value))
    return sorted(shared)


def _forget_names(store: ox.Store, subject: ox.NamedNode | ox.BlankNode) -> None:
    """Remove the keys of names that no source gives any more."""
    told = [q for name in _NAMES for q in store.quads_for_pattern(subject, name, None, _HOME)]
    for naming in store.quads_for_pattern(None, _OF, subject, _HOME):
        if isinstance(naming.subject, (ox.NamedNode, ox.BlankNode)):
            told += store.quads_for_pattern(naming.subject, _NAME, None, _HOME)
    keys = {name_key(q.object.value) for q in told if isinstance(q.object, ox.Literal)}
    for quad in list(store.quads_for_pattern(subject, _KEY, None, _INDEX)):
        if isinstance(quad.object, ox.Literal) and quad.object.value not in keys:
            store.remove(quad)
