"""The declared projections: what becomes a node and an edge when the graph is analysed.

Each is a SPARQL file in ``ontology/diplograph_ontology/projections/``. Its query gives, for every
fact, the pairs of entities that it ties together (``?from``, ``?to``), what the edge stands for
(``?key``: the fact itself, or an agreement, event or transfer of which several facts tell), and the
fact's class, stage, grade, time and source. Its header says what nodes and edges are, whether the
direction means something, and what an edge weighs.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from diplograph import resources
from diplograph.errors import OptionError
from diplograph.model import Record

__all__ = ["Projection", "find_projection", "projections"]

_BY_OTHERS = "one over the other parties"


@dataclass(frozen=True)
class Projection(Record):
    """What becomes a node and an edge of a network, and the query that says so."""

    name: str
    nodes: str
    edge: str
    directed: bool
    weight: str
    note: str
    sparql: str

    @property
    def shared(self) -> bool:
        """Whether an edge weighs one over the number of the others who share what it stands for.

        The weighting of M. E. J. Newman, “Scientific collaboration networks. II”, Physical Review E
        64 (2001), 016132: what two share alone counts one, and each sharer gains one by it in all.
        """
        return self.weight == _BY_OTHERS


@cache
def projections() -> tuple[Projection, ...]:
    """The declared projections, in order of their names.

    >>> [p.name for p in projections()][:3]
    ['agreements', 'facts', 'meetings']
    """
    found = []
    for path in resources.projection_files():
        fields, sparql = resources.headed_query(path)
        said = {name: " ".join(lines) for name, lines in fields.items()}
        found.append(
            Projection(
                path.stem, said["nodes"], said["edge"], said["directed"] == "yes", said["weight"],
                said.get("note", ""), sparql,
            )
        )  # fmt: skip
    return tuple(found)


def find_projection(name: str) -> Projection:
    """The projection called ``name``; raises :class:`~diplograph.errors.OptionError`."""
    found = {p.name: p for p in projections()}
    if name not in found:
        raise OptionError(f"there is no projection “{name}”; use one of {', '.join(found)}.")
    return found[name]
