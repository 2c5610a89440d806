"""What the sources of a graph set out to cover, and whether that takes in what a question names.

A source declares the parties whose relations with one another it sets out to tell, issues, and a
period. It covers a state only where it names it; anything else also where the source itself tells
facts of it, or where it belongs to a state or an issue that is named. A state that is asked for
with an organization is covered where the source tells of the organization's members. A source that
lists things of a class of all states (``dg:coversAll``), such as the world's trade agreements,
covers any state where a thing of that class is asked for. A source that declares nothing covers
nothing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from diplograph.model import Entity
from diplograph.namespaces import local_name, values_clause
from diplograph.store import Graph
from diplograph.words import in_words

if TYPE_CHECKING:
    from diplograph import dates

__all__ = ["Coverage", "meets", "spans"]

_MOST_SOURCES = 5


def meets(when: str | None, period: dates.Period | None) -> bool:
    """Whether a time, in EDTF, can have a day in the period; no time is at all times."""
    if period is None or when is None:
        return True
    from diplograph import dates

    return dates.overlaps(dates.parse(when), period) != "no"


def spans(when: str | None, period: dates.Period | None) -> bool:
    """Whether a time, in EDTF, can hold all of the period."""
    if period is None or when is None:
        return True
    from diplograph import dates

    return dates.covers(dates.parse(when), period) != "no"


class Coverage:
    """What the sources of a graph set out to cover, looked at for some entities.

    With ``apart`` a state too counts as covered where a source tells facts of it. ``what`` is asked
    for, as a noun phrase, which tells of which classes it is.
    """

    def __init__(
        self, graph: Graph, entities: Sequence[Entity], apart: bool, what: str = ""
    ) -> None:
        self._graph, self._entities, self._apart, self._what = graph, entities, apart, what
        self._parties: dict[str, set[str]] = defaultdict(set)
        self._label: dict[str, str] = {}
        self.when: dict[str, str | None] = {}
        self.id: dict[str, str] = {}
        rows = graph.select(
            """SELECT ?s ?id ?what ?when ?party WHERE {
                ?s dg:coverage ?coverage . OPTIONAL { ?s dct:identifier ?id }
                OPTIONAL { ?coverage rdfs:label ?what } OPTIONAL { ?coverage dg:when ?when }
                OPTIONAL { ?coverage dg:covers ?party }
            } ORDER BY ?id ?s ?what ?when ?party"""
        )
        for row in rows:
            source = row["s"]
            self.id.setdefault(source, row.get("id", local_name(source)))
            self._label.setdefault(source, row.get("what", "what it does not say"))
            self.when.setdefault(source, row.get("when"))
            if "party" in row:
                self._parties[source].add(row["party"])

    def of(self, entity: Entity) -> set[str]:
        """The sources that cover the entity."""
        above = self._belongs.get(entity.id, set()) | {entity.id}
        named = {source for source in self.id if self._parties[source] & above}
        listed = self.of_all if entity.type == "Country" else set()
        return named | listed | self._told.get(entity.id, set()) | self._beside(entity)

    @cached_property
    def of_all(self) -> set[str]:
        """The sources that list of all states what is asked for."""
        rows = self._graph.select(
            """SELECT DISTINCT ?s ?label ?kind WHERE {
                ?s dg:coverage/dg:coversAll ?class . ?class rdfs:label ?label
                OPTIONAL { ?scheme a skos:ConceptScheme ; rdfs:label ?kinds
                           FILTER(STR(?kinds) = CONCAT("kinds of ", STR(?label)))
                           ?concept skos:inScheme ?scheme .
                           ?concept skos:prefLabel|skos:altLabel ?kind } }"""
        )
        if not rows:
            return set()
        from diplograph.stems import stems

        asked = set(stems(self._what))
        return {
            row["s"]
            for row in rows
            if asked.intersection((*stems(row["label"]), *stems(row.get("kind", ""))))
        }

    def _beside(self, entity: Entity) -> set[str]:
        """Of a state that is asked for with organizations only: the sources that tell of these.

        Who tells of an organization and its members would tell that a state belongs to it.
        """
        others = [e for e in self._entities if e.id != entity.id]
        if entity.type != "Country" or not others or any(e.type == "Country" for e in others):
            return set()
        if any(e.id not in self._with_members for e in others):
            return set()
        return set.intersection(*(self._told.get(e.id, set()) for e in others))

    @cached_property
    def _with_members(self) -> set[str]:
        """The organizations among the entities that have members on record."""
        rows = self._graph.select(
            f"""SELECT DISTINCT ?e WHERE {{ {values_clause("e", self._others)}
                ?fact a dg:Membership ; dg:within ?e }}"""
        )
        return {row["e"] for row in rows}

    def at(self, period: dates.Period | None) -> set[str]:
        """The sources whose time meets the period."""
        return {source for source in self.id if meets(self.when[source], period)}

    def in_full(self, sources: Iterable[str], period: dates.Period | None) -> set[str]:
        """Those of the sources whose time holds all of the period."""
        return {source for source in sources if spans(self.when[source], period)}

    def in_words(self, only: Iterable[str] | None = None) -> str:
        """What each source covers, or each of some, with its time."""
        parts = list(self._in_words(self.id if only is None else set(only)))
        more = len(parts) - _MOST_SOURCES
        shown = parts[:_MOST_SOURCES] + ([f"and {more} more sources"] if more > 0 else [])
        return "; ".join(shown)

    def _in_words(self, only: Container[str]) -> Iterator[str]:
        for source, name in self.id.items():
            if source not in only:
                continue
            label, when = self._label[source], self.when[source]
            dated = when is None or all(year in label for year in re.findall(r"\d{4}", when))
            yield f"{name} covers {label}" + ("" if dated else f" ({in_words(when or '')})")

    @property
    def _others(self) -> list[str]:
        """Those of the entities that count as covered where a source tells of them."""
        return [e.id for e in self._entities if self._apart or e.type != "Country"]

    @cached_property
    def _told(self) -> dict[str, set[str]]:
        """By the entity, the sources that tell facts of it."""
        rows = self._graph.select(
            f"""SELECT DISTINCT ?e ?s WHERE {{ {values_clause("e", self._others)}
                ?s dg:coverage ?coverage . GRAPH ?s {{ ?fact ?p ?e ; dg:grade ?grade }}
                FILTER(STRSTARTS(STR(?p), STR(dg:))) }}"""
        )
        return _sets((row["e"], row["s"]) for row in rows)

    @cached_property
    def _belongs(self) -> dict[str, set[str]]:
        """By the entity, the states that it is of and the issues that it is part of."""
        rows = self._graph.select(
            f"""SELECT DISTINCT ?e ?above WHERE {{ {values_clause("e", self._others)}
                {{ ?e dg:bodyOf+|dg:postIn|skos:broader+ ?above }}
                UNION {{ ?tenure dg:agent ?e ; dg:post/dg:postIn ?above }}
                UNION {{ ?lies a dg:Containment ; dg:of ?e ; dg:within ?above }} }}"""
        )
        return _sets((row["e"], row["above"]) for row in rows)


def _sets(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for key, value in pairs:
        found[key].add(value)
    return dict(found)
