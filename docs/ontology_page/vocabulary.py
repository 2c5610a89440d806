"""Reading the vocabulary and its shapes from the Turtle, in its own order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox

from diplograph import resources
from diplograph.namespaces import BASE, DG, PREFIXES, local_name
from ontology_page.model import STYLE, Concept, Rule, Scheme, Term, Theme, Use, Vocabulary

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
_OWL, _RDF, _RDFS, _SKOS, _SH = (PREFIXES[p] for p in ("owl", "rdf", "rdfs", "skos", "sh"))
_KINDS = {
    "Class": "class",
    "ObjectProperty": "object property",
    "DatatypeProperty": "data property",
}
_PATHS = ("alternativePath",)
_VALUES = ("or", "node", "qualifiedValueShape")


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
