"""RDF to networkx: the graph as a network, by one of the declared projections.

What becomes a node and an edge is said once, in the projections
(:mod:`diplograph.projections`); :mod:`diplograph.edges` reads them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from diplograph import dates
from diplograph.edges import Edges, Mask, open_edges
from diplograph.facts import entities_among, entities_of, statements_of
from diplograph.model import Include
from diplograph.namespaces import values_clause
from diplograph.store import Graph

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["network", "simple", "to_networkx"]


def network(
    graph: Graph,
    *,
    projection: str = "facts",
    as_of: str | dates.Period | None = None,
    include: str | Include = Include.CONCLUDED,
    source: str | None = None,
    without_source: str | None = None,
) -> nx.MultiGraph[str]:
    """The graph as a networkx multigraph, a multidigraph where the direction means something.

    ``projection`` is one of :func:`diplograph.projections.projections`: ``facts``, the network of
    all entities and facts, or a collapsed one such as ``agreements`` (country to country).

    Nodes are entities by IRI, with ``label`` and ``type``. Edges are keyed by the IRI of what they
    stand for (a fact, or an agreement, event or transfer) and have its name as ``label`` (or the
    fact's statement) and its ``kind`` (or the fact's class); ``statement``, ``stage``, ``grade``,
    ``edtf``, ``earliest``, ``latest`` and ``source`` of the fact that tells most of it;
    ``subject``, the IRI of the end that the projection names first; ``facts``, how many tell of it;
    ``sources``, all of them parted by ``; ``; and ``weight``. What is not said is the empty text.

    ``as_of`` (a date in words, or an EDTF expression) leaves out what had not happened or did not
    hold by a date, and entities that did not exist yet (:mod:`diplograph.asof`). Only what was
    concluded counts, unless ``include`` widens it. ``source`` keeps the facts of one source only,
    ``without_source`` leaves out those of one, to see what hangs on it.

    Raises :class:`~diplograph.errors.OptionError` for a projection or a source that is none, and
    :class:`~diplograph.errors.DateError`.

    >>> import diplograph
    >>> net = diplograph.network(diplograph.open_graph(), projection="memberships")
    >>> net.is_directed()
    True
    """
    edges = open_edges(graph, projection)
    if isinstance(as_of, str):
        from diplograph import spoken

        as_of = spoken.read(as_of)
    counted = edges.counted(as_of, Include(include), source, without_source)
    return to_networkx(graph, edges, counted)


def to_networkx(graph: Graph, edges: Edges, counted: Mask) -> nx.MultiGraph[str]:
    """The rows of a projection that count, as networkx has them; see :func:`network`."""
    import networkx as nx

    net: nx.MultiGraph[str] = nx.MultiDiGraph() if edges.projection.directed else nx.MultiGraph()
    ties = edges.ties(counted)
    sources = _sources(edges, counted)
    ends = sorted({edges.nodes[end] for end in (*ties.one.tolist(), *ties.two.tolist())})
    entities = entities_of(graph, ends)
    facts = {edges.facts[fact] for fact in edges.fact[ties.row].tolist()}
    things = _things(graph, {edges.keys[key] for key in ties.key.tolist()} - facts)
    statements = statements_of(graph, facts)
    for iri in ends:
        net.add_node(iri, label=entities[iri].label, type=entities[iri].type)
    columns = (ties.one, ties.two, ties.key, ties.row, ties.facts, ties.weight)
    for one, two, key, row, facts, weight in zip(*(c.tolist() for c in columns), strict=True):
        statement = statements.get(edges.facts[edges.fact[row]], "")
        subject, name = edges.nodes[one], edges.keys[key]
        thing = things.get(name)
        edtf, earliest, latest = edges.times[edges.time[row]]
        net.add_edge(
            subject,
            edges.nodes[two],
            key=name,
            label=thing.label if thing else statement,
            statement=statement,
            kind=thing.kind if thing else edges.kinds[edges.kind[row]],
            stage=edges.stages[edges.stage[row]],
            grade=edges.grades[edges.grade[row]],
            edtf=edtf,
            earliest=earliest,
            latest=latest,
            source=edges.sources[edges.source[row]],
            subject=subject,
            facts=facts,
            sources="; ".join(sorted(sources[one, two, key])),
            weight=weight,
        )
    return net


def simple(net: nx.MultiGraph[str]) -> nx.Graph[str]:
    """The network with one edge a pair, without direction.

    ``facts`` is the number of facts or agreements behind the edge, ``weight`` what they weigh.
    """
    import networkx as nx

    flat: nx.Graph[str] = nx.Graph()
    flat.add_nodes_from(sorted(net.nodes(data=True)))
    pairs: dict[tuple[str, str], list[float]] = defaultdict(list)
    for one, two, weight in net.edges(data="weight"):
        pairs[(one, two) if one < two else (two, one)].append(weight)
    for (one, two), weights in sorted(pairs.items()):
        if one != two:
            flat.add_edge(one, two, weight=sum(weights), facts=len(weights))
    return flat


class _Named(NamedTuple):
    label: str
    kind: str


def _things(graph: Graph, iris: Iterable[str]) -> dict[str, _Named]:
    """Name and kind of those of the IRIs that are entities; without a kind, the class."""
    wanted = sorted(set(iris))
    kinds: dict[str, str | None] = dict.fromkeys(sorted(entities_among(graph, wanted)))
    values = values_clause("e", kinds)
    for iri, name in graph.pairs(
        f"SELECT ?e (STR(?l) AS ?name) {{ {values} ?e dg:kind ?kind . ?kind skos:prefLabel ?l }}"
    ):
        kinds[iri] = min(name, kinds[iri] or name)
    entities = entities_of(graph, kinds)
    return {e: _Named(entities[e].label, kind or entities[e].type) for e, kind in kinds.items()}


def _sources(edges: Edges, counted: Mask) -> dict[tuple[int, int, int], set[str]]:
    """The sources that tell of each edge."""
    found: dict[tuple[int, int, int], set[str]] = defaultdict(set)
    columns = (edges.one, edges.two, edges.key, edges.source)
    for one, two, key, source in zip(*(c[counted].tolist() for c in columns), strict=True):
        if edges.sources[source]:
            found[one, two, key].add(edges.sources[source])
    return defaultdict(set, found)
