"""What tests of questions in English share."""

from __future__ import annotations

from diplograph.asking.hearing import hear
from diplograph.asking.retrieval import weigh
from diplograph.asking.units import Unit, units_of
from diplograph.store import Graph


def weighed(graph: Graph, question: str) -> list[Unit]:
    """The parts of a question with the facts that meet them."""
    units = units_of(hear(graph, question))
    weigh(graph, units)
    return units
