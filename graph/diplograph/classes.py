"""The classes of entity by the names that people give them: agents, countries, weapons.

>>> from diplograph.store import open_graph
>>> find_class(open_graph(), "weapons")
EntityClass(id='https://w3id.org/diplograph/ns#WeaponSystem', name='weapon systems')
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from diplograph.errors import OptionError
from diplograph.model import Record
from diplograph.namespaces import local_name
from diplograph.store import Graph

__all__ = ["EntityClass", "find_class", "members_of"]


@dataclass(frozen=True)
class EntityClass(Record):
    """A class of entity: its IRI, and what its members are called."""

    id: str
    name: str


def find_class(graph: Graph, name: str) -> EntityClass:
    """The class of entity called ``name``, in the singular, in the plural or as in the vocabulary.

    A word of the name is enough where no other class has it. Raises
    :class:`~diplograph.errors.OptionError` with the classes that there are.
    """
    rows = graph.select(
        "SELECT DISTINCT ?class ?label WHERE { "
        "?class rdfs:subClassOf* dg:Entity ; rdfs:label ?label "
        "FILTER(LANG(?label) IN ('', 'en')) } ORDER BY ?label ?class"
    )
    found = [(row["class"], row["label"]) for row in rows]
    asked = " ".join(name.casefold().replace("-", " ").split())
    for iri, label in found:
        if asked in (label, _plural(label), local_name(iri).casefold()):
            return EntityClass(iri, _plural(label))
    used = Counter(word for _, label in found for word in label.split())
    for iri, label in found:
        if any(asked in (word, _plural(word)) and used[word] == 1 for word in label.split()):
            return EntityClass(iri, _plural(label))
    known = ", ".join(_plural(label) for _, label in found) or "none"
    raise OptionError(f"there is no class of entity “{name}”; use one of {known}.")


def members_of(graph: Graph, of: EntityClass) -> set[str]:
    """The IRIs of all entities of a class and of those below it."""
    rows = graph.stream(
        f"SELECT DISTINCT ?e WHERE {{ ?class rdfs:subClassOf* <{of.id}> . ?e a ?class }}"
    )
    return {iri for (iri,) in rows if iri is not None}


def _plural(noun: str) -> str:
    return noun[:-1] + "ies" if noun.endswith("y") else noun + "s"
