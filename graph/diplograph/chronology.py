"""The facts about one entity, or about several together, in order of time."""

from __future__ import annotations

from diplograph import dates
from diplograph.copies import Copies
from diplograph.facts import facts_of
from diplograph.model import Fact
from diplograph.namespaces import DG
from diplograph.store import Graph

__all__ = ["aliases", "facts_about"]

# A fact concerns an entity that it names, or whose agreement, event or transfer it is about.
_CONCERNS = f"""
    {{ ?fact ?p <%s> . FILTER(STRSTARTS(STR(?p), "{DG}")) ?fact a dg:Fact }}
    UNION
    {{ ?thing dg:party|dg:participant|dg:supplier|dg:recipient|dg:weapon <%s> . ?thing a dg:Entity .
       ?fact dg:of ?thing ; a dg:Fact }}
"""


def facts_about(
    graph: Graph,
    *entities: str,
    as_of: dates.Period | None = None,
    copies: Copies | None = None,
) -> tuple[Fact, ...]:
    """The facts that concern all of the entities (IRIs) at once, in order of time."""
    groups = "".join(
        f"{{ SELECT DISTINCT ?fact WHERE {{ {_CONCERNS % (entity, entity)} }} }}\n"
        for entity in entities
    )
    rows = graph.select(f"SELECT DISTINCT ?fact WHERE {{ {groups} }}")
    return facts_of(graph, (row["fact"] for row in rows), entities, as_of, copies)


def aliases(graph: Graph, entity: str) -> tuple[str, ...]:
    """Every other name of an entity: alternative labels, codes, NATO names, names borne."""
    rows = graph.select(
        f"""SELECT DISTINCT ?name WHERE {{
            {{ <{entity}> skos:altLabel|skos:notation|dg:natoName ?name }}
            UNION {{ ?naming dg:of <{entity}> ; dg:name ?name }}
            FILTER NOT EXISTS {{ <{entity}> skos:prefLabel ?label . FILTER(STR(?label) = STR(?name)) }}
        }}"""
    )
    return tuple(sorted({row["name"] for row in rows}))
