"""The views of agreements, taken from the index for some of their parties."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable

from diplograph.facts import entities_of
from diplograph.namespaces import INDEX_GRAPH, values_clause
from diplograph.sides import View
from diplograph.store import Graph

__all__ = ["name_parties", "views_of"]

_AGENTS_TO_ONE = 10
"""Through an agreement one comes to more facts than through an agent: most agents are in few."""


def views_of(graph: Graph, agreements: Iterable[str], agents: Collection[str]) -> dict[str, View]:
    """The views of agreements by their IRIs, in order of these, with what is told of the agents.

    What is told of other parties alone is left out of the facts.
    """
    wanted = sorted(agreements)
    if not wanted:
        return {}
    pairs = graph.pairs(
        f"""SELECT ?agreement ?view WHERE {{ {values_clause("agreement", wanted)}
            GRAPH <{INDEX_GRAPH}> {{ ?agreement dg:view ?view }} }} ORDER BY ?agreement"""
    )
    views: dict[str, View] = {agreement: json.loads(view) for agreement, view in pairs}
    _add_what_is_told_of(graph, views, agents)
    return views


def name_parties(graph: Graph, views: Iterable[View]) -> None:
    """Put the names of the parties into the views of agreements with many, which have none.

    ``named`` of such a view has the parties of all of them as records, in order of their names.
    """
    bare = [view for view in views if not view["entities"]]
    named = entities_of(
        graph, {party for view in bare for party in (*view["parties"], *view["may_be"])}
    )
    entities = {iri: [entity.label, entity.type] for iri, entity in named.items()}
    in_order = dict(sorted(named.items(), key=lambda item: (item[1].label, item[0])))
    for view in bare:
        view["entities"] = entities
        view["named"] = in_order


def _add_what_is_told_of(graph: Graph, views: dict[str, View], agents: Collection[str]) -> None:
    """Put what is told of single parties among the agents with the facts of their agreements."""
    apart = {agreement for agreement, view in views.items() if "alone" in view}
    if not apart:
        return
    of = _told_of(graph, apart, agents)
    told = graph.pairs(
        f"""SELECT ?fact ?view WHERE {{ {values_clause("fact", sorted(of))}
            GRAPH <{INDEX_GRAPH}> {{ ?fact dg:view ?view }} }} ORDER BY ?fact"""
    )
    for fact, view in told:
        views[of[fact]]["facts"] += json.loads(view)


def _told_of(graph: Graph, agreements: Collection[str], agents: Collection[str]) -> dict[str, str]:
    """The agreement of each fact that is told of one of the agents."""
    # Asked for each pair, or with the views, the engine looks through all facts of the agreements
    # and all of the agents: it begins with what leads to fewer, and goes on one step at a time.
    if len(agreements) * _AGENTS_TO_ONE < len(agents):
        of = dict(
            graph.pairs(
                f"""SELECT ?fact ?agreement WHERE {{
                    {values_clause("agreement", sorted(agreements))} ?fact dg:of ?agreement }}"""
            )
        )
        facts = values_clause("fact", sorted(of))
        told = graph.pairs(f"SELECT ?fact ?agent WHERE {{ {facts} ?fact dg:agent ?agent }}")
        return {fact: of[fact] for fact, agent in told if agent in agents}
    told = graph.pairs(
        f"""SELECT ?fact ?agreement WHERE {{ {values_clause("party", sorted(agents))}
            ?fact dg:agent ?party ; dg:of ?agreement }}"""
    )
    return {fact: agreement for fact, agreement in told if agreement in agreements}
