"""The graph as it stood at a date: what held or had happened by then.

Sources tell later of earlier times, so a source published afterwards speaks about the date too.
What it tells without a beginning is not pushed back for ever:

* a fact with a beginning is compared by it (:func:`diplograph.dates.reached` for what happened,
  :func:`diplograph.dates.holds` for what lasts); what lasts without an end is certain only up to
  the time of its source, and is over where something that it names was succeeded by another;
* what has no beginning is not assumed before all that it names is on record: since its succession,
  or the first dated fact that names it;
* what the source tells of its own present, undated or “up to now” (``../2007`` in a text of 2007),
  holds at the time of the text and is not assumed before. A fact about an agreement, transfer,
  project or dated event goes with it;
* what ended earlier (``../2000-07-06`` in a text of late 2000) holds possibly before its end;
* what happened stays so; what lasts without a date holds possibly after its source told it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cached_property

from diplograph import dates
from diplograph.model import STATES
from diplograph.store import Graph

__all__ = ["Moment"]


class Moment:
    """A graph and the date as of which it is asked."""

    def __init__(self, graph: Graph, as_of: dates.Period) -> None:
        self._graph = graph
        self.as_of = as_of
        self._last = (as_of.latest or date.max).isoformat()

    def exists(self, entity: str) -> bool:
        """Whether no succession says that the entity began only after the date."""
        return self._began.get(entity, "") <= self._last

    def _over(self, entity: str) -> bool:
        """Whether another had succeeded the entity before the date began."""
        first = self.as_of.earliest
        return first is not None and entity in self._ended and self._ended[entity] < str(first)

    def certainty(
        self,
        kind: str,
        when: str | None,
        latest: str | None,
        source: str | None,
        names: Iterable[str] = (),
        thing: str | None = None,
    ) -> dates.Certainty:
        """Whether a fact of the class ``kind`` held or had happened at the date.

        ``when`` is its EDTF expression, ``latest`` the last day that it can mean, ``source`` the
        IRI or the identifier of its source, ``names`` the entities that it names and ``thing`` what
        it is of.
        """
        told = self._told.get(source or "")
        if when is None and latest is None:
            return "possibly" if (self._floor(names) or "") <= self._last else "no"
        period = dates.parse(when or f"../{told.edtf if told else latest}")
        if period.earliest is not None:
            return self._begun(kind, period, told, names)
        lasts = kind in STATES
        if lasts and when and dates.holds(period, self.as_of) == "no":
            return "no"
        if dates.reached(period, self.as_of) == "definitely":
            return "possibly" if lasts else "definitely"
        present = when is None or told is None or _reaches(period, told)
        return "possibly" if self._on_record(period, names, thing, present) else "no"

    def _begun(
        self, kind: str, period: dates.Period, told: dates.Period | None, names: Iterable[str]
    ) -> dates.Certainty:
        if kind not in STATES:
            if period.latest is None and told and dates.reached(told, self.as_of) == "definitely":
                return "definitely"  # a source tells what had happened by its own time
            return dates.reached(period, self.as_of)
        if period.latest is None and any(self._over(name) for name in names):
            return "no"
        found = dates.holds(period, self.as_of)
        if found == "definitely" and period.latest is None and told and told.latest:
            beyond = self.as_of.latest is None or self.as_of.latest > told.latest
            return "possibly" if beyond else found
        return found

    def _on_record(
        self, period: dates.Period, names: Iterable[str], thing: str | None, present: bool
    ) -> bool:
        """Whether what has no beginning can be assumed at a date before its end is over."""
        floor = self._floor(names)
        if floor is not None and self._last < floor:
            return False
        if self._last >= (period.end_earliest or date.max).isoformat():
            return True  # the end is near enough: it may have come
        if floor is None:
            return False
        if thing is not None and thing in self._things:
            return self._last >= (self._things[thing] or floor)
        return not present

    def _floor(self, names: Iterable[str]) -> str | None:
        """The day since which all of the entities are on record; None where none of them is."""
        entities = (self._began.get(name) or self._first.get(name) for name in names)
        return max(filter(None, entities), default=None)

    @cached_property
    def _told(self) -> dict[str, dates.Period]:
        """When each source was published, by its IRI and by its identifier."""
        rows = self._graph.select(
            "SELECT ?s ?when ?id WHERE { ?s a dg:Source ; dct:issued ?when "
            "OPTIONAL { ?s dct:identifier ?id } }"
        )
        told = {}
        for row in rows:
            told[row["s"]] = told[row.get("id", row["s"])] = dates.parse(row["when"])
        return told

    @cached_property
    def _began(self) -> dict[str, str]:
        """The first day of each entity that succeeded another."""
        rows = self._graph.select(
            "SELECT ?e ?day WHERE { ?s dg:successor ?e ; dg:earliest ?day } ORDER BY DESC(?day)"
        )
        return {row["e"]: row["day"] for row in rows}

    @cached_property
    def _ended(self) -> dict[str, str]:
        """The last day of each entity that another succeeded."""
        rows = self._graph.select(
            "SELECT ?e ?day WHERE { ?s dg:predecessor ?e ; dg:when ?when ; dg:latest ?day } "
            "ORDER BY ?day"
        )
        return {row["e"]: row["day"] for row in rows}

    @cached_property
    def _first(self) -> dict[str, str]:
        """The first day on which a dated fact tells of each entity."""
        return self._earliest(
            "?fact ?p ?e ; dg:earliest ?day . ?e a dg:Entity . ?fact a dg:Fact "
            "FILTER(STRSTARTS(STR(?p), STR(dg:)))"
        )

    @cached_property
    def _things(self) -> dict[str, str]:
        """The first day of what has stages or is dated by facts of it; none where not dated."""
        staged = self._graph.select("SELECT DISTINCT ?e WHERE { ?s dg:stage ?stage ; dg:of ?e }")
        dated = self._earliest(
            "?fact dg:of ?e ; dg:earliest ?day FILTER NOT EXISTS { ?e a dg:Agent }"
        )
        return {row["e"]: "" for row in staged} | dated

    def _earliest(self, pattern: str) -> dict[str, str]:
        rows = self._graph.select(
            f"SELECT ?e (MIN(?day) AS ?first) WHERE {{ {pattern} }} GROUP BY ?e"
        )
        return {row["e"]: row["first"] for row in rows if "first" in row}


def _reaches(period: dates.Period, told: dates.Period) -> bool:
    """Whether a period without a beginning goes up to the time of its source."""
    if period.latest is None or told.earliest is None or told.latest is None:
        return True
    whole = period.end_earliest == told.earliest and period.latest == told.latest
    return whole or period.latest >= told.latest
