"""Kinds by the words that people use: classes of entities and facts, and kinds of these.

“Agreements”, “treaty”, “weapons”, “fighters”, “stances”: singular or plural, any case, by the
labels of the vocabulary's classes and of the concepts that entities have as their kind; of a class
by one word of its label where no other class has that, or by its local name (WeaponSystem).
"""

from __future__ import annotations

import re
from typing import NamedTuple

from diplograph.namespaces import local_name, values_clause
from diplograph.stems import stems
from diplograph.store import Graph

__all__ = ["Kind", "classes", "find_kind"]


class Kind(NamedTuple):
    """What a word for a kind leads to: entities, or classes of facts by their local names."""

    label: str
    entities: frozenset[str]
    facts: frozenset[str]

    @property
    def plural(self) -> str:
        """What several of the kind are called."""
        return self.label[:-1] + "ies" if self.label.endswith("y") else self.label + "s"


def find_kind(graph: Graph, word: str) -> Kind | None:
    """The kind called ``word``, with all entities of it; None where nothing is called so.

    Where a kind has narrower ones (fighter aircraft among aircraft), it has their entities as well.

    >>> from diplograph.store import open_graph
    >>> kind = find_kind(open_graph(), "Treaties")
    >>> kind.label, len(kind.entities) > 3
    ('treaty', True)
    """
    wanted = stems(_CAMEL.sub(" ", word))
    rows = [
        (row["kind"], row["label"], stems(row["label"]), "class" in row, "fact" in row)
        for row in graph.select(_NAMED)
    ]
    found = [row for row in rows if row[2] == wanted]
    if not found and len(wanted) == 1:
        found = [row for row in rows if row[3] and wanted[0] in row[2]]
        found = found if len({kind for kind, *_ in found}) == 1 else []
    if not found:
        return None
    facts = frozenset(local_name(kind) for kind, *_, fact in found if fact)
    entities = graph.select(
        f"""SELECT DISTINCT ?e WHERE {{ {values_clause("kind", {kind for kind, *_ in found})}
            {{ ?e a ?kind }} UNION {{ ?e dg:kind/skos:broader* ?kind }} ?e a dg:Entity }}"""
    )
    return Kind(found[0][1], frozenset(row["e"] for row in entities), facts)


def classes(graph: Graph) -> tuple[str, ...]:
    """The labels of the classes of entities, in order."""
    rows = graph.select("SELECT ?l WHERE { ?c rdfs:subClassOf* dg:Entity ; rdfs:label ?l }")
    return tuple(sorted({row["l"] for row in rows}))


_CAMEL = re.compile("(?<=[a-z])(?=[A-Z])")

_NAMED = """SELECT DISTINCT ?kind ?label ?class ?fact WHERE {
    { ?kind rdfs:subClassOf dg:Fact ; rdfs:label ?label BIND(true AS ?class) BIND(true AS ?fact) }
    UNION { ?kind rdfs:subClassOf* dg:Entity ; rdfs:label ?label BIND(true AS ?class) }
    UNION { { SELECT DISTINCT ?used WHERE { ?e dg:kind ?used } }
            ?used skos:broader* ?kind . ?kind skos:prefLabel|skos:altLabel ?label }
} ORDER BY ?kind ?label"""
