"""Denials: the facts in which a source says that something does not exist or did not take place.

A denial names the agents that it is of together, the organization *within* which something is
lacking or to which they do not belong, what it is *of* and *about*, and the meeting *during* which
something did not come about. The kind of agreement, event or project, or the role, that it denies
is its ``dg:deniedKind``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from diplograph.namespaces import DG, INDEX_GRAPH, local_name, values_clause
from diplograph.store import Graph
from diplograph.words import MONTHS

__all__ = ["Denial", "denials_among", "denials_naming", "is_of"]

_NAMING = ("agent", "within", "about", "of", "during")
"""The properties by which a denial names what it is between or of."""
_LIGHT = frozenset({
    "a", "all", "an", "and", "any", "at", "between", "both", "by", "during", "each", "ever",
    "first", "for", "from", "had", "in", "joint", "last", "new", "no", "of", "on", "one", "or",
    "other", "some", "that", "the", "their", "there", "these", "this", "to", "together", "two",
    "until", "with",
})  # fmt: skip
"""Words that say nothing of what is asked for."""


class Denial(NamedTuple):
    """A denial, with what it names, by the property, and whether an agreement is what it denies."""

    id: str
    statement: str
    when: str | None
    kind: str | None
    of_agreement: bool
    names: dict[str, frozenset[str]]

    @property
    def agents(self) -> frozenset[str]:
        return self.names["agent"]

    @property
    def within(self) -> frozenset[str]:
        return self.names["within"]


def denials_naming(graph: Graph, entities: Iterable[str]) -> list[Denial]:
    """The denials that name all the entities (IRIs), in order of their IRIs."""
    naming = "|".join(f"dg:{name}" for name in _NAMING)
    return _read(graph, " ".join(f"?fact {naming} <{iri}> ." for iri in sorted(entities)))


def denials_among(graph: Graph, facts: Iterable[str]) -> list[Denial]:
    """Those of the facts (IRIs) that are denials, in the order given."""
    wanted = list(dict.fromkeys(facts))
    found = _read(graph, values_clause("fact", wanted)) if wanted else []
    return sorted(found, key=lambda denial: wanted.index(denial.id))


def is_of(graph: Graph, denial: Denial, entities: set[str], what: str) -> bool:
    """Whether a denial that names all the entities is of what is asked for about them.

    It is not where it is on a matter that is not asked for, or of more agents than are asked for;
    of a thing, such as a pipeline, the agents need not be named, and of a membership not all of
    them. One of agents as such, or of a part of an agreement, is of what is asked for where the
    words of ``what`` are those of the denial or of the kind that it denies.
    """
    about, issues = denial.names["about"], denial.names["issues"]
    matter = about if denial.kind else issues or about
    if about and not matter & entities:
        return False
    each = bool(denial.within) and not denial.of_agreement and bool(denial.agents & entities)
    together = denial.within <= entities and (each or denial.agents <= entities)
    things = (about - issues) | denial.names["of"]
    if not together and not things & entities:
        return False
    return bool(about or denial.within) or _asks_for(graph, denial, entities, what)


def _asks_for(graph: Graph, denial: Denial, entities: set[str], what: str) -> bool:
    """Whether the words of the question are those of the denial, or of the kind it denies."""
    from diplograph.stems import stems

    rows = graph.select(
        f"""SELECT ?key WHERE {{ {values_clause("e", sorted(entities))}
            GRAPH <{INDEX_GRAPH}> {{ ?e dg:key ?key }} }}"""
    )
    names = {word for row in rows for word in stems(row["key"])}
    months = {word for month in MONTHS for word in stems(month)}
    asked = {w for w in stems(what) if not any(c.isdigit() for c in w)}
    asked -= names | months | {word for light in _LIGHT for word in stems(light)}
    told = {*stems(denial.statement), *_kind_words(graph, denial)}
    return bool(asked) and asked <= told


def _kind_words(graph: Graph, denial: Denial) -> set[str]:
    """The stems of the names of the kind denied and of narrower ones, which it denies too.

    Where what is denied is an agreement, and not a part of one, it is told to who asks for any.
    """
    from diplograph.stems import stems

    if denial.kind is None:
        return set()
    whole = denial.of_agreement and not denial.names["of"]
    agreement = "UNION { BIND(kind:agreement AS ?kind) }" if whole else ""
    rows = graph.select(
        f"""SELECT DISTINCT ?name WHERE {{
            {{ ?kind skos:broader* <{denial.kind}> }} {agreement}
            ?kind skos:prefLabel|skos:altLabel ?name }}"""
    )
    return {word for row in rows for word in stems(row["name"])}


def _read(graph: Graph, pattern: str) -> list[Denial]:
    naming = " ".join(f"dg:{name}" for name in _NAMING)
    rows = graph.select(
        f"""SELECT DISTINCT ?fact ?statement ?when ?kind ?agreement ?p ?o ?issue WHERE {{
            {pattern} ?fact a dg:Denial ; dg:statement ?statement .
            OPTIONAL {{ ?fact dg:when ?when }}
            OPTIONAL {{ ?fact dg:deniedKind ?kind }}
            BIND(EXISTS {{ ?fact dg:deniedKind/skos:inScheme kind:scheme }} AS ?agreement)
            OPTIONAL {{ VALUES ?p {{ {naming} }} ?fact ?p ?o
                        BIND(EXISTS {{ ?o a dg:Issue }} AS ?issue) }}
        }} ORDER BY ?fact ?p ?o"""
    )
    names: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for row in rows:
        if "o" in row:
            names[row["fact"]][local_name(row["p"])].add(row["o"])
            if row["issue"] == "true" and row["p"] == DG + "about":
                names[row["fact"]]["issues"].add(row["o"])
    return [
        Denial(
            fact,
            row["statement"],
            row.get("when"),
            row.get("kind"),
            row["agreement"] == "true",
            {name: frozenset(names[fact][name]) for name in (*_NAMING, "issues")},
        )
        for fact, row in {row["fact"]: row for row in rows}.items()
    ]
