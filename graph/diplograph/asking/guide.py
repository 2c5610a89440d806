"""What can be asked, and about what: for help and for completion where questions are typed.

>>> from diplograph.asking.templates import all_templates
>>> from diplograph.store import open_graph
>>> [theme.name for theme in themes(all_templates())][:2]
['agreements', 'broad']
>>> "Shanghai Forum" in names(open_graph())
True
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from diplograph.asking.templates import Template
from diplograph.store import Graph

__all__ = ["Theme", "names", "themes"]


@dataclass(frozen=True)
class Theme:
    """The templates of one file: what each asks, and questions that are examples of them."""

    name: str
    asks: tuple[str, ...]
    examples: tuple[str, ...]


def themes(templates: Iterable[Template]) -> tuple[Theme, ...]:
    """What the templates ask, by theme, in the order in which the templates were read."""
    found: dict[str, list[Template]] = {}
    for template in templates:
        found.setdefault(template.theme, []).append(template)
    return tuple(_theme(name, group) for name, group in found.items())


def _theme(name: str, group: Sequence[Template]) -> Theme:
    return Theme(
        name,
        tuple(dict.fromkeys(template.asks for template in group)),
        tuple(dict.fromkeys(example for template in group for example in template.examples)),
    )


def names(graph: Graph) -> tuple[str, ...]:
    """The names by which the entities of a graph can be asked for: labels, aliases and codes.

    In alphabetical order, each once, as the graph has them; what shows them on a terminal has to
    take control characters out.
    """
    rows = graph.select(
        """SELECT DISTINCT ?name WHERE {
            ?e a dg:Entity ; skos:prefLabel|skos:altLabel|skos:notation|dg:natoName ?name }"""
    )
    return tuple(sorted({row["name"] for row in rows}))
