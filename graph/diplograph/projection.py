"""RDF to networkx: what becomes a node and an edge, said once.

The projection is declared in ``ontology/diplograph_ontology/projections/facts.rq``: a SELECT query
that gives, for every fact, the pairs of entities that it ties together. Nodes are entities (by
IRI, with ``label`` and ``type``), edges are facts (keyed by IRI, with ``statement``, ``kind``,
``stage``, ``grade``, ``edtf``, ``earliest``, ``latest`` and ``source``). A fact that ties several
pairs gives an edge for each.

An edge whose fact is about an agreement takes that agreement's standing: by default only what was
concluded counts, ``include`` widens it.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from diplograph import resources
from diplograph.facts import entities_of
from diplograph.model import ASSERTED, DOUBTED, Include
from diplograph.namespaces import PREFIXES, local_name
from diplograph.store import Graph, Row

if TYPE_CHECKING:
    import networkx as nx

    from diplograph import dates

__all__ = ["network", "simple"]


def network(
    graph: Graph,
    *,
    as_of: dates.Period | None = None,
    include: Include = Include.CONCLUDED,
    without_source: str | None = None,
) -> nx.MultiGraph[str]:
    """The network of entities and facts as a networkx multigraph.

    ``as_of`` leaves out what had not happened or did not hold by a date, and entities that did not
    exist yet (:mod:`diplograph.asof`).

    ``without_source`` leaves out the facts of one source (its identifier), to see what hangs on it.
    """
    import networkx as nx

    standing = _standing(graph, as_of, without_source)
    told = [
        row
        for row in graph.select(resources.projection_query("facts"))
        if without_source is None or row.get("source") != without_source
    ]
    rows = _as_of(told, graph, as_of)
    net: nx.MultiGraph[str] = nx.MultiGraph()
    ties = [row for row in rows if _included(row, standing, include)]
    labels = entities_of(graph, {iri for row in ties for iri in (row["from"], row["to"])})
    for row in ties:
        for iri in (row["from"], row["to"]):
            net.add_node(iri, label=labels[iri].label, type=labels[iri].type)
        net.add_edge(
            row["from"],
            row["to"],
            key=row["fact"],
            statement=row["statement"],
            kind=local_name(row["class"]),
            stage=row.get("stage", ""),
            grade=row["grade"],
            edtf=row.get("when", ""),
            earliest=row.get("earliest", ""),
            latest=row.get("latest", ""),
            source=row.get("source", ""),
        )
    return net


def simple(net: nx.MultiGraph[str]) -> nx.Graph[str]:
    """The network with one edge a pair; its ``weight`` is the number of facts behind it."""
    import networkx as nx

    flat: nx.Graph[str] = nx.Graph()
    flat.add_nodes_from(sorted(net.nodes(data=True)))
    for one, two in sorted(tuple(sorted(pair)) for pair in net.edges()):
        if one != two:
            weight = flat.edges[one, two]["weight"] + 1 if flat.has_edge(one, two) else 1
            flat.add_edge(one, two, weight=weight)
    return flat


def _as_of(rows: list[Row], graph: Graph, as_of: dates.Period | None) -> list[Row]:
    """The rows whose facts count at the date, between entities that existed by then."""
    if as_of is None:
        return rows
    from diplograph.asof import Moment

    moment = Moment(graph, as_of)
    names: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        names[row["fact"]] |= {row["from"], row["to"]}
    kept: dict[tuple[str, str], bool] = {}
    for row in rows:
        fact, thing = row["fact"], row["from"]
        if (fact, thing) not in kept:
            kept[fact, thing] = moment.certainty(
                local_name(row["class"]), row.get("when"), row.get("latest"), row.get("source"),
                names[fact], thing,
            ) != "no"  # fmt: skip
    return [
        row
        for row in rows
        if kept[row["fact"], row["from"]]
        and moment.exists(row["from"])
        and moment.exists(row["to"])
    ]


def _standing(graph: Graph, as_of: dates.Period | None, without: str | None) -> dict[str, str]:
    """How each agreement and transfer stands at the date: concluded, pending, doubted or not yet.

    A stage without a beginning counts from the earliest dated stage of the same thing, or, where
    there is none, once its source had told it.
    """
    rows = graph.select(
        """SELECT ?of ?group ?grade ?when ?earliest ?latest ?source WHERE {
            GRAPH ?g { ?fact dg:stage ?stage ; dg:of ?of ; dg:grade ?grade .
                       OPTIONAL { ?fact dg:when ?when } OPTIONAL { ?fact dg:earliest ?earliest }
                       OPTIONAL { ?fact dg:latest ?latest } }
            OPTIONAL { ?stage skos:broader ?group } OPTIONAL { ?g dct:identifier ?source }
        } ORDER BY ?of"""
    )
    first: dict[str, str] = {}
    for row in rows:
        if "earliest" in row:
            first[row["of"]] = min(row["earliest"], first.get(row["of"], row["earliest"]))
    order = ("not yet", "doubted", "pending", "concluded")
    standing: dict[str, str] = {}
    for row in rows:
        if without is not None and row.get("source") == without:
            continue
        grade = local_name(row["grade"])
        concluded = row.get("group") == PREFIXES["stage"] + "concluded" and grade in ASSERTED
        now = "concluded" if concluded else "doubted" if grade in DOUBTED else "pending"
        now = now if _reached(row, first.get(row["of"]), as_of) else "not yet"
        standing[row["of"]] = max(standing.get(row["of"], "not yet"), now, key=order.index)
    return standing


def _reached(row: Row, first: str | None, as_of: dates.Period | None) -> bool:
    if as_of is None:
        return True
    from diplograph import dates

    known = row.get("when") if "earliest" in row else first or row.get("latest")
    return known is not None and dates.reached(dates.parse(known), as_of) != "no"


def _included(row: Row, standing: dict[str, str], include: Include) -> bool:
    states = {standing[iri] for iri in (row["from"], row["to"]) if iri in standing}
    if "not yet" in states:
        return False
    if include is Include.ANY:
        return True
    if row["grade"] in DOUBTED or "doubted" in states:
        return False
    if include is Include.PENDING:
        return True
    return row["grade"] in ASSERTED and "pending" not in states
