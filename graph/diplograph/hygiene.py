"""Rules of hygiene: what a tidy graph holds none of, each a query that finds what breaks the rule.

The shapes say of each node what must hold; these rules say it of the graph as a whole: no two
entities with one name, no entity that no fact names, no stage before the one that it follows.
Each is a SPARQL file in ``ontology/diplograph_ontology/hygiene/`` whose header comments say the
rule and why it is held; ``?x`` is the node that breaks it, other columns say how.
"""

from __future__ import annotations

from dataclasses import dataclass

from diplograph import resources
from diplograph.store import Graph

__all__ = ["HygieneRule", "hygiene_rules"]


@dataclass(frozen=True)
class HygieneRule:
    """A rule in words, why it is held, and the SPARQL that finds what breaks it."""

    name: str
    rule: str
    why: str
    sparql: str

    def broken_by(self, graph: Graph) -> dict[str, str]:
        """The nodes of ``graph`` that break the rule, each with what the query says of it.

        Nodes without a name of their own are left to the shapes, which ask for one.
        """
        found: dict[str, set[str]] = {}
        for row in graph.select(self.sparql):
            if ":" not in row.get("x", ""):  # a blank node, or an aggregate over nothing
                continue
            told = ", ".join(value for name, value in sorted(row.items()) if name != "x")
            found.setdefault(row["x"], set()).update([told] if told else [])
        return {node: "; ".join(sorted(told)) for node, told in sorted(found.items())}


def hygiene_rules() -> tuple[HygieneRule, ...]:
    """All rules of hygiene, in order of their names.

    >>> from diplograph.store import open_graph
    >>> [rule] = [r for r in hygiene_rules() if r.name == "facts-without-evidence"]
    >>> rule.broken_by(open_graph())
    {}
    """
    found = []
    for path in resources.hygiene_files():
        fields, sparql = resources.headed_query(path)
        found.append(
            HygieneRule(
                path.stem, " ".join(fields.get("rule", ())), " ".join(fields.get("why", ())), sparql
            )
        )
    return tuple(found)
