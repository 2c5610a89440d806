"""What goes into a store at once: triples of a source, and what the index has of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import pyoxigraph as ox

from diplograph.namespaces import INDEX_GRAPH

__all__ = ["Portion", "joined"]


@dataclass(frozen=True)
class Portion:
    """Lines of N-Triples in UTF-8, for the graph of a source, given by its IRI, and for the index.

    What is told in the graph of a source is told in the merge of all graphs too.
    """

    graph: str
    triples: bytes = b""
    index: bytes = b""

    def __bool__(self) -> bool:
        return bool(self.triples or self.index)

    def __len__(self) -> int:
        """The bytes of the lines, those of the source once."""
        return len(self.triples) + len(self.index)

    def load(self, store: ox.Store) -> None:
        """Take it into a store."""
        for lines, graph in self._parts():
            store.bulk_load(input=lines, format=ox.RdfFormat.N_TRIPLES, to_graph=graph)

    def quads(self) -> Iterator[ox.Quad]:
        """All that it brings into a store."""
        for lines, graph in self._parts():
            for triple in ox.parse(input=lines, format=ox.RdfFormat.N_TRIPLES):
                yield ox.Quad(triple.subject, triple.predicate, triple.object, graph)

    def _parts(self) -> Iterator[tuple[bytes, ox.NamedNode | ox.DefaultGraph]]:
        if self.triples:
            yield self.triples, ox.NamedNode(self.graph)
            yield self.triples, ox.DefaultGraph()
        if self.index:
            yield self.index, ox.NamedNode(INDEX_GRAPH)


def joined(graph: str, portions: Iterable[Portion]) -> Portion:
    """Portions of one source as one."""
    several = list(portions)
    return Portion(graph, b"".join(p.triples for p in several), b"".join(p.index for p in several))
