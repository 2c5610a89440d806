"""Standings: which nodes of a network are ranked by a measure, where they stand, and in what order.

What rankings of one network and of many years share.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from diplograph import dates, measures
from diplograph.edges import Edges, Ints, Mask
from diplograph.errors import OptionError
from diplograph.facts import entities_of
from diplograph.kinds import Kind, classes, find_kind
from diplograph.measures import Method, method_for
from diplograph.model import Absence, AbsenceReason
from diplograph.store import Graph
from diplograph.variations import View

__all__ = [
    "Say", "Standing", "among", "check", "check_direction", "in_order", "kind_of", "nothing",
    "ranked", "told_score",
]  # fmt: skip

Floats = NDArray[np.float64]
Say = Callable[[str], None]
"""Tells the reader what is being done."""


class Standing(NamedTuple):
    """The rank and the score of every node of a projection; 0 and not a number for the others."""

    rank: Ints
    score: Floats

    @property
    def behind(self) -> int:
        """The rank of those who are gone."""
        return int((self.rank > 0).sum()) + 1


def ranked(view: View, measure: str, method: Method, wanted: Mask, seed: int) -> Standing:
    """The standing of the nodes that are ``wanted`` and in the network."""
    found = view.scores(measure, method, seed)
    there = np.flatnonzero(wanted & ~np.isnan(found))
    rank = np.zeros(len(found), np.int32)
    rank[there], found[there] = measures.places(found[there])
    return Standing(rank, found)


def told_score(score: float) -> float:
    """A score without its last digits, in which the engines differ."""
    return float(f"{score:.10g}")


def in_order(graph: Graph, edges: Edges, standing: Standing, most: int | None) -> list[int]:
    """The numbers of the nodes, the ``most`` first ones: by rank, then by label."""
    there = np.flatnonzero(standing.rank)
    if most is not None and len(there) > most:
        worst = np.partition(standing.rank[there], most - 1)[most - 1]
        there = there[standing.rank[there] <= worst]
    named = entities_of(graph, [edges.nodes[node] for node in there])
    return sorted(
        there.tolist(),
        key=lambda n: (standing.rank[n], named[edges.nodes[n]].label, edges.nodes[n]),
    )[:most]


def kind_of(graph: Graph, word: str | None) -> Kind | None:
    """The kind of entity to be ranked; None where all are.

    Raises :class:`~diplograph.errors.OptionError` where the word is none.
    """
    if word is None:
        return None
    found = find_kind(graph, word)
    if found is None or found.facts:
        known = ", ".join(classes(graph)) or "none"
        raise OptionError(
            f"there is no kind of entity “{word}”; use a class ({known}) or a kind of one, such as "
            "treaty."
        )
    return found


def among(edges: Edges, of: Kind | None) -> Mask:
    """Which nodes are of the kind; all where there is none."""
    if of is None:
        return np.ones(len(edges.nodes), bool)
    return np.array([iri in of.entities for iri in edges.nodes], bool)


def check(measure: str, most: int | None, bootstrap: int = 0) -> None:
    """Raise :class:`~diplograph.errors.OptionError` for what can be no ranking."""
    method_for(measure, 0, 0)
    if most is not None and most < 1:
        raise OptionError("a ranking has at least one place.")
    if bootstrap < 0:
        raise OptionError("there are no fewer than 0 draws of facts.")


def check_direction(measure: str, edges: Edges) -> None:
    """Raise where a degree of one direction is asked of a network that has no directions."""
    if measure in ("in-degree", "out-degree") and not edges.projection.directed:
        name = edges.projection.name
        raise OptionError(f"the projection “{name}” has no direction, so no {measure}; use degree.")


def nothing(projection: str, of: str | None, as_of: dates.Period | None) -> Absence:
    """That the network has none of what was to be ranked."""
    then = f" as of {as_of.edtf}" if as_of else ""
    return Absence(
        AbsenceReason.NO_RECORD, f"The network of {projection} has no {of or 'entities'}{then}."
    )
