"""The vocabulary and its rules as the page needs them, read from the Turtle in its own order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import pyoxigraph as ox

from diplograph import resources
from diplograph.namespaces import BASE, DG, PREFIXES, local_name

THEMES = {
    "evidence": "Facts, sources and evidence",
    "time": "Time",
    "parties": "Parties",
    "agreements": "Agreements",
    "events": "Events, places, projects and claims",
    "weapons": "Weapons and arms transfers",
    "observations": "Figures",
}
"""The files of the vocabulary in the order of the page; a file that is not here comes last."""

ONTOLOGY = BASE + "ns"
SHAPE = BASE + "shape/"
STYLE = ("Term", "Concept", "Scheme", "Vocabulary")
"""What the rules on the vocabulary itself are named after (shapes/style.ttl)."""

_OWL, _RDF, _RDFS, _SKOS, _SH = (PREFIXES[p] for p in ("owl", "rdf", "rdfs", "skos", "sh"))
_KINDS = {
    "Class": "class",
    "ObjectProperty": "object property",
    "DatatypeProperty": "data property",
}
_PATHS = ("alternativePath",)
_VALUES = ("or", "node", "qualifiedValueShape")


@dataclass(frozen=True)
class Term:
    """A class or a property."""

    iri: str
    kind: str
    label: str
    definition: str
    examples: tuple[str, ...]
    supers: tuple[str, ...]
    domains: tuple[str, ...]
    ranges: tuple[str, ...]
    also: tuple[str, ...]
    """Further types: an outside class of properties, a characteristic of OWL."""

    @property
    def is_class(self) -> bool:
        """Whether it is a class and not a property."""
        return self.kind == "class"


@dataclass(frozen=True)
class Concept:
    """A value out of a scheme."""

    iri: str
    label: str
    other_labels: tuple[str, ...]
    definition: str
    example: str
    broader: tuple[str, ...]
    order: str


@dataclass(frozen=True)
class Scheme:
    """A scheme and its concepts."""

    iri: str
    label: str
    definition: str
    example: str
    concepts: tuple[Concept, ...]


@dataclass(frozen=True)
class Theme:
    """What one file of the vocabulary declares."""

    name: str
    title: str
    terms: tuple[Term, ...]
    schemes: tuple[Scheme, ...]


@dataclass(frozen=True)
class Rule:
    """A SHACL shape with a message: what must hold, or should where it only warns."""

    iri: str
    subject: str
    """The class or property whose name the shape bears, or one of :data:`STYLE`."""
    message: str
    warning: bool


@dataclass(frozen=True)
class Use:
    """By the shape of ``owner``: its ``property`` leads to ``values``, classes or a scheme."""

    owner: str
    property: str
    values: tuple[str, ...]


class Graph:
    """Triples in the order in which they were read, and questions about them."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self.prefixes: dict[str, str] = {}
        self._objects: dict[str, dict[str, list[ox.NamedNode | ox.BlankNode | ox.Literal]]] = {}
        for path in paths:
            parser = ox.parse(input=path.read_bytes(), format=ox.RdfFormat.TURTLE)
            for quad in parser:
                found = self._objects.setdefault(quad.subject.value, {})
                found.setdefault(quad.predicate.value, []).append(quad.object)
            self.prefixes |= parser.prefixes

    def subjects(self) -> Iterator[str]:
        """Every node that something is said of."""
        yield from self._objects

    def all(self, node: str, predicate: str) -> tuple[str, ...]:
        """The values of a property, as IRIs or texts."""
        return tuple(o.value for o in self._objects.get(node, {}).get(predicate, []))

    def one(self, node: str, predicate: str) -> str:
        """The first value of a property, or nothing."""
        return next(iter(self.all(node, predicate)), "")


@dataclass(frozen=True)
class Vocabulary:
    """All of it."""

    title: str
    description: str
    version: str
    licence: str
    themes: tuple[Theme, ...]
    rules: tuple[Rule, ...]
    uses: tuple[Use, ...]
    prefixes: dict[str, str]

    @cached_property
    def terms(self) -> dict[str, Term]:
        """Every class and property by its IRI."""
        return {term.iri: term for theme in self.themes for term in theme.terms}

    @cached_property
    def schemes(self) -> dict[str, Scheme]:
        """Every scheme by its IRI."""
        return {scheme.iri: scheme for theme in self.themes for scheme in theme.schemes}

    def above(self, iri: str) -> list[str]:
        """The vocabulary's own classes above a class, nearest first."""
        found: list[str] = []
        for parent in self.terms[iri].supers:
            if parent in self.terms:
                found += [parent, *self.above(parent)]
        return list(dict.fromkeys(found))

    def below(self, iri: str) -> list[str]:
        """The terms directly below a class or property."""
        return [term.iri for term in self.terms.values() if iri in term.supers]

    def properties(self, iri: str) -> dict[str, tuple[str, ...]]:
        """The properties of a class itself, by its shape or their domain, with their values."""
        found = {use.property: use.values for use in self.uses if use.owner == iri}
        for term in self.terms.values():
            if iri in term.domains:
                found.setdefault(term.iri, ())
        return {name: self.values(name, values) for name, values in found.items()}

    def values(self, name: str, told: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Of what a property's values are: as told, else by its range, else by the shapes."""
        ranges = self.terms[name].ranges if name in self.terms else ()
        by_shape = [value for use in self.uses if use.property == name for value in use.values]
        general = [value for value in ranges if value != _SKOS + "Concept"]
        return told or tuple(general) or tuple(dict.fromkeys(by_shape)) or ranges

    def shorten(self, iri: str) -> str:
        """The IRI with the prefix under which the vocabulary or its queries know it."""
        for prefix, base in sorted(self.prefixes.items(), key=lambda p: -len(p[1])):
            local = iri.removeprefix(base)
            if local != iri and local and not set(local) & set("/#"):
                return f"{prefix}:{local}"
        return iri


def read() -> Vocabulary:
    """The vocabulary that is shipped, with its shapes."""
    files = {path.stem: path for path in resources.vocabulary_files()}
    order = [name for name in THEMES if name in files] + [n for n in files if n not in THEMES]
    graphs = {name: Graph([files[name]]) for name in order}
    themes = tuple(
        Theme(
            name,
            THEMES.get(name, name.capitalize()),
            tuple(_terms(graph)),
            tuple(_schemes(graph)),
        )
        for name, graph in graphs.items()
    )
    about = next(g for g in graphs.values() if ONTOLOGY in set(g.subjects()))
    shapes = Graph(resources.shapes_files())
    return Vocabulary(
        title=about.one(ONTOLOGY, PREFIXES["dct"] + "title"),
        description=about.one(ONTOLOGY, PREFIXES["dct"] + "description"),
        version=about.one(ONTOLOGY, _OWL + "versionInfo"),
        licence=about.one(ONTOLOGY, PREFIXES["dct"] + "license"),
        themes=themes,
        rules=tuple(_rules(shapes)),
        uses=tuple(_uses(shapes)),
        prefixes=PREFIXES | {p: i for g in graphs.values() for p, i in g.prefixes.items()},
    )


def _terms(graph: Graph) -> Iterator[Term]:
    for iri in graph.subjects():
        types = graph.all(iri, _RDF + "type")
        kind = next((_KINDS[local_name(t)] for t in types if t.removeprefix(_OWL) in _KINDS), None)
        if kind is not None:
            yield Term(
                iri=iri,
                kind=kind,
                label=graph.one(iri, _RDFS + "label"),
                definition=graph.one(iri, _SKOS + "definition"),
                examples=graph.all(iri, _SKOS + "example"),
                supers=graph.all(
                    iri, _RDFS + ("subClassOf" if kind == "class" else "subPropertyOf")
                ),
                domains=graph.all(iri, _RDFS + "domain"),
                ranges=graph.all(iri, _RDFS + "range"),
                also=tuple(t for t in types if t.removeprefix(_OWL) not in _KINDS),
            )


def _schemes(graph: Graph) -> Iterator[Scheme]:
    for iri in graph.subjects():
        if _SKOS + "ConceptScheme" in graph.all(iri, _RDF + "type"):
            yield Scheme(
                iri=iri,
                label=graph.one(iri, _RDFS + "label"),
                definition=graph.one(iri, _SKOS + "definition"),
                example=graph.one(iri, _SKOS + "example"),
                concepts=tuple(
                    Concept(
                        iri=concept,
                        label=graph.one(concept, _SKOS + "prefLabel"),
                        other_labels=graph.all(concept, _SKOS + "altLabel"),
                        definition=graph.one(concept, _SKOS + "definition"),
                        example=graph.one(concept, _SKOS + "example"),
                        broader=graph.all(concept, _SKOS + "broader"),
                        order=graph.one(concept, DG + "order"),
                    )
                    for concept in graph.subjects()
                    if iri in graph.all(concept, _SKOS + "inScheme")
                ),
            )


def _subject(shape: str, graph: Graph) -> str:
    """What a shape is about: the target of the shape that its name begins with, or its style."""
    name = shape.removeprefix(SHAPE).partition("-")[0]
    targets = [graph.one(SHAPE + name, _SH + p) for p in ("targetClass", "targetSubjectsOf")]
    return name if name in STYLE else next(filter(None, targets), "")


def _rules(graph: Graph) -> Iterator[Rule]:
    for shape in graph.subjects():
        for message in graph.all(shape, _SH + "message"):
            warning = graph.one(shape, _SH + "severity") == _SH + "Warning"
            yield Rule(shape, _subject(shape, graph), message, warning)


def _uses(graph: Graph) -> Iterator[Use]:
    """What the shapes of a class say of its properties; inverse paths are not the class's own."""
    found: dict[tuple[str, str], dict[str, None]] = {}
    for shape in graph.subjects():
        path = graph.all(shape, _SH + "path")
        if path and shape.startswith(SHAPE):
            for name in _reach(graph, path[0], [_SH + p for p in _PATHS]):
                if "://" in name and name != _RDF + "nil":
                    values = found.setdefault((_subject(shape, graph), name), {})
                    values |= dict.fromkeys(_values(graph, shape))
    return (Use(owner, name, tuple(values)) for (owner, name), values in found.items())


def _reach(
    graph: Graph, node: str, through: list[str], seen: frozenset[str] = frozenset()
) -> list[str]:
    """The node and what is reached from it along lists and the given properties."""
    found = [node]
    for predicate in [*through, _RDF + "first", _RDF + "rest"]:
        for value in graph.all(node, predicate):
            if value not in seen:
                found += _reach(graph, value, through, seen | {node})
    return found


def _values(graph: Graph, shape: str) -> Iterator[str]:
    """The classes, or the scheme, of which the values of a property shape are."""
    for node in _reach(graph, shape, [_SH + p for p in _VALUES]):
        yield from graph.all(node, _SH + "class")
        for inner in graph.all(node, _SH + "property"):
            if graph.one(inner, _SH + "path") == _SKOS + "inScheme":
                yield from graph.all(inner, _SH + "hasValue")
