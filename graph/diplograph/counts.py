"""Counts of what a graph holds."""

from __future__ import annotations

from dataclasses import dataclass

from diplograph.model import Record
from diplograph.namespaces import local_name
from diplograph.store import Graph

__all__ = ["Stats", "stats"]


@dataclass(frozen=True)
class Stats(Record):
    """Counts of entities and facts by class, source, grade and stage, and of passages."""

    entities: dict[str, int]
    facts: dict[str, int]
    sources: dict[str, int]
    grades: dict[str, int]
    stages: dict[str, int]
    agreements: dict[str, int]
    passages: int
    conflicts: int
    triples: int


def stats(graph: Graph) -> Stats:
    """Count what the graph holds; each entity and fact counts under its most specific class.

    >>> from diplograph.store import open_graph
    >>> stats(open_graph()).entities["Country"] > 20
    True
    """
    return Stats(
        entities=_by_class(graph, "Entity"),
        facts=_by_class(graph, "Fact"),
        sources=_count(graph, "GRAPH ?g { ?n dg:grade ?x } BIND(?g AS ?group)"),
        grades=_count(graph, "?n dg:grade ?group"),
        stages=_count(graph, "?n dg:stage ?group"),
        agreements=_count(graph, "?n a dg:Agreement ; dg:kind ?group"),
        passages=_number(graph, "?n a oa:SpecificResource"),
        conflicts=_number(graph, "?n a dg:Conflict"),
        triples=int(graph.select("SELECT (COUNT(*) AS ?c) WHERE { ?s ?p ?o }")[0]["c"]),
    )


def _by_class(graph: Graph, top: str) -> dict[str, int]:
    return _count(
        graph,
        f"""?n a dg:{top} , ?group . ?group rdfs:subClassOf* dg:{top} .
            FILTER NOT EXISTS {{ ?n a ?narrower . ?narrower rdfs:subClassOf ?group }}""",
    )


def _count(graph: Graph, pattern: str) -> dict[str, int]:
    rows = graph.select(
        f"""SELECT ?group (COUNT(DISTINCT ?n) AS ?c) WHERE {{ {pattern} }}
            GROUP BY ?group ORDER BY DESC(?c) ?group"""
    )
    return {local_name(row["group"]): int(row["c"]) for row in rows if "group" in row}


def _number(graph: Graph, pattern: str) -> int:
    rows = graph.select(f"SELECT (COUNT(DISTINCT ?n) AS ?c) WHERE {{ {pattern} }}")
    return int(rows[0]["c"])
