"""The classes of the graph's vocabulary, what they are kinds of, and what leads from them."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from diplograph.charts.asked import Asked, Told
from diplograph.charts.words import clean
from diplograph.errors import OptionError
from diplograph.namespaces import local_name
from diplograph.render.words import class_words

__all__ = ["Class", "Ontology", "find_ontology"]

_MOST = 200


@dataclass(frozen=True)
class Class:
    """A class: its name, the properties that lead from it to what, and the kinds of it."""

    id: str
    name: str
    properties: tuple[str, ...]
    kinds: tuple[Class, ...] = ()

    @property
    def size(self) -> int:
        """How many classes these are, with all kinds of it."""
        return 1 + sum(kind.size for kind in self.kinds)


@dataclass(frozen=True)
class Ontology:
    """The classes that are no kind of another, and the properties of anything."""

    title: str
    roots: tuple[Class, ...]
    anything: tuple[str, ...]
    classes: int
    told: Told


def find_ontology(asked: Asked) -> Ontology:
    """The classes of the graph's vocabulary as trees, each with its object properties.

    A class of several others stands below the first of them by name. Raises
    :class:`~diplograph.errors.OptionError` where the graph has no class, and for more than 200.
    """
    names = _names(asked)
    if not names:
        raise OptionError("the graph declares no class; there is nothing to draw.")
    if len(names) > _MOST:
        raise OptionError(f"no picture of {len(names)} classes is legible; the most is {_MOST}.")
    parents: dict[str, str] = {}
    for row in asked.graph.select(
        "SELECT DISTINCT ?c ?p WHERE { ?c rdfs:subClassOf ?p FILTER(ISIRI(?p) && ?c != ?p) }"
    ):
        if row["c"] in names and row["p"] in names:
            known = parents.get(row["c"])
            best = min((names[p], p) for p in (row["p"], known) if p)
            parents[row["c"]] = best[1]
    properties = _properties(asked, names)
    below: dict[str, list[str]] = defaultdict(list)
    for iri in sorted(names, key=lambda c: (names[c], c)):
        if not _within_itself(iri, parents):
            below[parents.get(iri, "")].append(iri)

    def made(iri: str) -> Class:
        return Class(
            iri,
            names[iri],
            tuple(properties[iri]),
            tuple(sorted((made(c) for c in below[iri]), key=lambda c: (c.name, c.id))),
        )

    loose = [iri for iri in names if _within_itself(iri, parents)]
    roots = [made(iri) for iri in (*below[""], *sorted(loose))]
    return Ontology(
        "Classes of the vocabulary",
        tuple(sorted(roots, key=lambda c: (-c.size, c.name, c.id))),
        tuple(properties[""]),
        len(names),
        Told(
            "Source: the vocabulary of the graph; properties that lead to other things, without "
            "those that hold texts, numbers and dates.",
            _dated(asked),
        ),
    )


def _names(asked: Asked) -> dict[str, str]:
    rows = asked.graph.select(
        """SELECT DISTINCT ?c ?name WHERE { VALUES ?kind { owl:Class rdfs:Class } ?c a ?kind
            FILTER(ISIRI(?c)) OPTIONAL { ?c rdfs:label ?name } } ORDER BY ?c DESC(?name)"""
    )
    return {row["c"]: clean(row.get("name", local_name(row["c"]))) for row in rows}


def _properties(asked: Asked, names: dict[str, str]) -> dict[str, list[str]]:
    """The object properties of each class, with that to which they lead; "" for any class."""
    rows = asked.graph.select(
        """SELECT DISTINCT ?p ?name ?domain ?range WHERE { ?p a owl:ObjectProperty
            OPTIONAL { ?p rdfs:label ?name } OPTIONAL { ?p rdfs:domain ?domain }
            OPTIONAL { ?p rdfs:range ?range } }"""
    )
    found: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        name = clean(row.get("name", local_name(row["p"])))
        to = row.get("range", "")
        leads = names.get(to) or class_words(clean(local_name(to))).lower() if to else ""
        domain = row.get("domain", "")
        found[domain if domain in names else ""].add(f"{name} → {leads}" if leads else name)
    return defaultdict(list, {iri: sorted(told) for iri, told in found.items()})


def _within_itself(iri: str, parents: dict[str, str]) -> bool:
    """Whether what the class is a kind of leads in a circle."""
    seen = set()
    while iri in parents:
        if iri in seen:
            return True
        seen.add(iri)
        iri = parents[iri]
    return False


def _dated(asked: Asked) -> str:
    rows = asked.graph.select(
        "SELECT ?v WHERE { ?o a owl:Ontology ; owl:versionInfo ?v } ORDER BY ?v LIMIT 3"
    )
    versions = sorted({clean(row["v"]) for row in rows})
    return f"Version {', '.join(versions)}." if versions else "The vocabulary bears no date."
