"""Check a graph against the SHACL shapes of the ontology.

The shapes lie in ``ontology/diplograph_ontology/shapes``, one file a theme. Every rule has a name,
``<class>-<rule>`` as in ``Agreement-stage``, and a message that says what would be right.

Checked is the graph as loading makes it: passages, bounds and shortcuts derived, all named graphs
taken together, the vocabulary with it. pySHACL is the engine; it reads the graph from memory,
where plain strings are those of rdflib (an Oxigraph-backed graph gives false violations).
"""

from __future__ import annotations

import logging
import os
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from diplograph import resources
from diplograph.errors import DiplographError
from diplograph.hygiene import hygiene_rules
from diplograph.lines import Lines
from diplograph.model import Record
from diplograph.namespaces import DG, INDEX_GRAPH, OA, RDFS, SKOS, local_name, shorten
from diplograph.read import FORMATS
from diplograph.store import SHIPPED, Graph, open_graph, rdflib_copy

if TYPE_CHECKING:
    import rdflib

__all__ = ["Severity", "Violation", "conforms", "validate"]

_SHACL = "http://www.w3.org/ns/shacl#"
_VOCABULARY = DG.rstrip("#")
_UNNAMED = "_:unnamed"


class Severity(StrEnum):
    """How much it matters: a violation must be mended, a warning should be looked at."""

    VIOLATION = "violation"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Violation(Record):
    """One rule that one node breaks.

    ``node`` is the IRI of the node (``_:unnamed`` for a blank node), ``label`` its label or short
    form. ``rule`` names the rule, ``message`` says what would be right, ``value`` is the value
    that is wrong (None where one is missing or the node as a whole is meant). ``where`` is
    ``file:line``, or the graph in which the node stands where there is no such file.
    """

    node: str
    label: str
    rule: str
    message: str
    value: str | None
    severity: Severity
    where: str


def conforms(violations: Iterable[Violation]) -> bool:
    """Whether none of them is more than a warning.

    >>> conforms([])
    True
    """
    return all(v.severity != Severity.VIOLATION for v in violations)


def validate(*addresses: str | os.PathLike[str], hygiene: bool = False) -> tuple[Violation, ...]:
    """Which rules the graph at the addresses breaks, in order of severity, file and line.

    The addresses are those of :func:`diplograph.store.open_graph`: ``shipped`` (the default), RDF
    files and folders of Turtle, alone or together; or one on-disk store or endpoint, of which all
    triples are read. A file is checked by itself, with nothing but the vocabulary; where it refers
    to entities of the shipped graph, name both: ``validate("shipped", "mine.ttl")``. The shapes do
    not say whether a passage really says what a fact claims. With ``hygiene``, what breaks a rule
    of :mod:`diplograph.hygiene` is a violation too.

    Raises :class:`~diplograph.errors.AddressError` where the graph cannot be opened; a file that
    is broken is a :class:`~diplograph.errors.GraphFileError` with its line.

    >>> import tempfile
    >>> path = Path(tempfile.mkdtemp(), "mine.ttl")
    >>> text = '''@prefix dg: <https://w3id.org/diplograph/ns#> .
    ... @prefix skos: <http://www.w3.org/2004/02/skos/core#> .
    ... <https://example.org/atlantis> a dg:Place ; skos:prefLabel "Atlantis"@en .
    ... '''
    >>> written = path.write_text(text)
    >>> [(v.label, v.rule, v.where.rpartition(":")[2]) for v in validate(path)]
    [('Atlantis', 'Place-kind', '3')]
    """
    given = tuple(os.fspath(address) for address in addresses) or (SHIPPED,)
    opened = open_graph(*given)
    quads = _as_told(opened.quads())
    with _quiet("rdflib.term"):
        graph = rdflib_copy(quads)
        report = _report(graph)
    places = _Places(graph, quads, Lines(_files(given)))
    found = {_violation(report, result, graph, places) for result in _results(report)}
    if hygiene:
        found |= set(_untidy(opened, graph, places))
    return tuple(violation for _, violation in sorted(found, key=_order))


_Position = tuple[str, int]
_RANKS = {severity: rank for rank, severity in enumerate(Severity)}


def _order(item: tuple[_Position, Violation]) -> tuple[object, ...]:
    position, found = item
    return _RANKS[found.severity], *position, found.node, found.rule, found.value or ""


# --- the graph and the shapes ------------------------------------------------------------------


@contextmanager
def _quiet(name: str) -> Iterator[None]:
    """Keep rdflib from logging each literal that does not fit its type: the shapes report it."""
    logger = logging.getLogger(name)
    level = logger.level
    logger.setLevel(logging.ERROR)
    try:
        yield
    finally:
        logger.setLevel(level)


def _as_told(quads: list[ox.Quad]) -> list[ox.Quad]:
    """The quads without the index and without the merge of the named graphs."""
    index, default = ox.NamedNode(INDEX_GRAPH), ox.DefaultGraph()
    named = {quad.triple for quad in quads if quad.graph_name != default}
    return [
        quad
        for quad in quads
        if quad.graph_name != index and not (quad.graph_name == default and quad.triple in named)
    ]


@cache
def _shapes() -> rdflib.Graph:
    import rdflib

    graph = rdflib.Graph()
    for path in resources.shapes_files():
        graph.parse(path, format="turtle")
    return graph


def _report(graph: rdflib.Graph) -> rdflib.Graph:
    import pyshacl
    import rdflib

    _, report, text = pyshacl.validate(
        graph, shacl_graph=_shapes(), inference="none", inplace=True, do_owl_imports=False
    )
    if not isinstance(report, rdflib.Graph):
        raise DiplographError(f"the shapes cannot be checked: {' '.join(text.split())}")
    return report


def _results(report: rdflib.Graph) -> Iterable[rdflib.term.Node]:
    import rdflib

    return report.objects(None, rdflib.URIRef(_SHACL + "result"))


def _violation(
    report: rdflib.Graph, result: rdflib.term.Node, graph: rdflib.Graph, places: _Places
) -> tuple[_Position, Violation]:
    import rdflib

    def of(name: str) -> rdflib.term.Node | None:
        return report.value(result, rdflib.URIRef(_SHACL + name))

    node, value = of("focusNode"), of("value")
    assert node is not None
    rule = of("sourceConstraint") or of("sourceShape")
    if value is not None and str(node) == _VOCABULARY:
        node, value = value, None  # a rule put to the vocabulary finds the nodes that it names
    if value == node:
        value = None
    named = not isinstance(node, rdflib.BNode)
    position = places.find(node)
    return position, Violation(
        node=str(node) if named else _UNNAMED,
        label=_label(graph, node) or (shorten(str(node)) if named else _UNNAMED),
        rule=local_name(str(rule)),
        message=str(of("resultMessage")),
        value=None if value is None else _shown(value),
        severity=Severity(local_name(str(of("resultSeverity"))).lower()),
        where=_written(position),
    )


def _untidy(
    opened: Graph, graph: rdflib.Graph, places: _Places
) -> Iterator[tuple[_Position, Violation]]:
    """What breaks the rules of hygiene."""
    import rdflib

    for rule in hygiene_rules():
        for iri, told in rule.broken_by(opened).items():
            node = rdflib.URIRef(iri)
            position = places.find(node)
            yield (
                position,
                Violation(
                    node=iri,
                    label=_label(graph, node) or shorten(iri),
                    rule=rule.name,
                    message=rule.rule,
                    value=told or None,
                    severity=Severity.VIOLATION,
                    where=_written(position),
                ),
            )


def _written(position: _Position) -> str:
    file, line = position
    return f"{file}:{line}" if line else file


def _label(graph: rdflib.Graph, node: rdflib.term.Node) -> str | None:
    import rdflib

    for name in (SKOS + "prefLabel", RDFS + "label"):
        labels = sorted(str(label) for label in graph.objects(node, rdflib.URIRef(name)))
        if labels:
            return labels[0]
    return None


def _shown(value: rdflib.term.Node) -> str:
    import rdflib

    if isinstance(value, rdflib.BNode):
        return _UNNAMED
    return shorten(str(value)) if isinstance(value, rdflib.URIRef) else str(value)


# --- where it is written -----------------------------------------------------------------------


def _files(addresses: Iterable[str]) -> list[Path]:
    """The files behind the addresses, those of the vocabulary last."""
    files: list[Path] = []
    for address in addresses:
        if address == SHIPPED:
            for folder in resources.data_folders():
                files += _graph_files(folder)
        elif Path(address).is_dir():
            files += _graph_files(Path(address))
        elif Path(address).is_file():
            files.append(Path(address))
    return files + resources.vocabulary_files()


def _graph_files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in FORMATS)


class _Places:
    """Where nodes are described: file and line, or the graph and line 0."""

    def __init__(self, graph: rdflib.Graph, quads: list[ox.Quad], lines: Lines) -> None:
        self.graph = graph
        self.lines = lines
        self.homes: dict[str, set[str]] = defaultdict(set)
        for quad in quads:
            if isinstance(quad.subject, ox.NamedNode | ox.BlankNode):
                self.homes[quad.subject.value].add(getattr(quad.graph_name, "value", ""))

    def find(self, node: rdflib.term.Node) -> _Position:
        """The place of the node, or of that to which it belongs (of a passage its fact)."""
        owner: rdflib.term.Node | None = node
        seen: set[rdflib.term.Node] = set()
        while owner is not None and owner not in seen:
            found = self.lines.find(str(owner))
            if found:
                return found
            seen.add(owner)
            owner = self._owner(owner)
        return shorten(min(self.homes.get(str(node), {""}))), 0

    def _owner(self, node: rdflib.term.Node) -> rdflib.term.Node | None:
        import rdflib

        if isinstance(node, rdflib.BNode):
            return min(self.graph.subjects(None, node), default=None, key=str)
        for name in (DG + "evidence", OA + "hasSelector"):
            owners = sorted(self.graph.subjects(rdflib.URIRef(name), node), key=str)
            if owners:
                return owners[0]
        return None
