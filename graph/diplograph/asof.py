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

from collections.abc import Callable, Collection, Iterable
from datetime import date
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from diplograph import dates
from diplograph.dates import ALWAYS, NEVER
from diplograph.model import STATES
from diplograph.namespaces import values_clause
from diplograph.store import Graph

__all__ = ["UNDATED", "History", "Moment", "Window"]

_T = TypeVar("_T")
_MANY = 250
"""Of how many entities something is looked up one by one."""

UNDATED = NEVER - 1
"""On a day that cannot be told: what begins then counts where no date is asked for, else never."""


class Window(NamedTuple):
    """From which day a fact counts, and up to which; days are numbers as of :func:`dates.days`.

    It counts possibly or definitely at a date that has a day in the window, and at no other.
    """

    first: int
    last: int


class History:
    """When the entities of a graph began and ended and its sources told; the same for every date.

    Sources are known by their IRI and by their identifier.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph

    def window(
        self,
        kind: str,
        when: str | None,
        latest: str | None,
        source: str | None,
        names: Iterable[str] = (),
        thing: str | None = None,
    ) -> Window:
        """When a fact of the class ``kind`` counts, by the rules at the head of this module.

        ``when`` is its EDTF expression, ``latest`` the last day that it can mean, ``source`` the
        IRI or the identifier of its source, ``names`` the entities that it names and ``thing`` what
        it is of.
        """
        if when is None and latest is None:
            floor = self._floor(names)
            return Window(ALWAYS if floor is None else floor, NEVER)
        told = self.told.get(source or "")
        period = dates.parse(when or f"../{told.edtf if told else latest}")
        first, last = dates.days(period)
        lasts = kind in STATES
        if period.earliest is not None:
            if not lasts:
                return Window(first, NEVER)
            if period.latest is None:
                last = min((self.ended[n] for n in names if n in self.ended), default=NEVER)
            return Window(first, min(last, NEVER))
        ends = min(last, NEVER) if lasts and when else NEVER
        near = period.end_earliest.toordinal() if period.end_earliest else UNDATED
        floor = self._floor(names)
        present = when is None or told is None or _reaches(period, told)
        if floor is None:
            begins = near
        elif thing is not None and (dated := self._things.of(thing)) is not None:
            begins = max(floor, min(near, floor if dated.day is None else dated.day))
        else:
            begins = max(floor, near) if present else floor
        return Window(min(begins, last), ends)

    def sure(self, kind: str, when: str | None, latest: str | None, source: str | None) -> Window:
        """Between which days a fact counts for certain; none where the first is after the last.

        Parameters as of :meth:`window`, whose days these are among.
        """
        if when is None and latest is None:
            return Window(NEVER, ALWAYS)
        told = self.told.get(source or "")
        period = dates.parse(when or f"../{told.edtf if told else latest}")
        if kind in STATES:
            if period.earliest is None:
                return Window(NEVER, ALWAYS)
            first, last = dates.sure_days(period)
            if period.latest is None and told and told.latest:
                last = min(last, told.latest.toordinal())
            return Window(first, last)
        by = dates.days(period)[1]
        if period.latest is None and told:
            by = min(by, dates.days(told)[1])  # a source tells what had happened by its own time
        return Window(by, NEVER)

    def look_up(self, entities: Collection[str]) -> None:
        """Look up at once what the windows of facts that name the entities hang on.

        Never needed, but for many entities quicker than one after the other.
        """
        if len(entities) > _MANY:
            self._first.all()
            self._things.all()

    def _floor(self, names: Iterable[str]) -> int | None:
        """The day since which all of the entities are on record; None where none of them is."""
        known = (self.began.get(name) or self._first.of(name) for name in names)
        return max((day for day in known if day is not None), default=None)

    @cached_property
    def told(self) -> dict[str, dates.Period]:
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
    def began(self) -> dict[str, int]:
        """The first day of each entity that succeeded another."""
        rows = self._graph.select(
            "SELECT ?e ?day WHERE { ?s dg:successor ?e ; dg:earliest ?day } ORDER BY DESC(?day)"
        )
        return {row["e"]: _ordinal(row["day"]) for row in rows}

    @cached_property
    def ended(self) -> dict[str, int]:
        """The last day of each entity that another succeeded."""
        rows = self._graph.select(
            "SELECT ?e ?day WHERE { ?s dg:predecessor ?e ; dg:when ?when ; dg:latest ?day } "
            "ORDER BY ?day"
        )
        return {row["e"]: _ordinal(row["day"]) for row in rows}

    def _first_of(self, entities: Iterable[str] | None) -> dict[str, int]:
        """The first day on which a dated fact tells of each entity, of some or of all."""
        return self._earliest(
            "?fact ?p ?e ; dg:earliest ?day ; a ?class . ?e a dg:Entity "
            "FILTER(?class = dg:Fact && STRSTARTS(STR(?p), STR(dg:)))",
            entities,
        )

    def _things_of(self, entities: Iterable[str] | None) -> dict[str, _Dated]:
        """The first day of what has stages or is dated by facts of it, of some or of all."""
        staged = self._graph.select(
            f"SELECT DISTINCT ?e WHERE {{ {_among(entities)} ?s dg:of ?e ; dg:stage ?stage }}"
        )
        dated = self._earliest(
            "?fact dg:of ?e ; dg:earliest ?day FILTER NOT EXISTS { ?e a dg:Agent }", entities
        )
        return {row["e"]: _Dated(None) for row in staged} | {
            entity: _Dated(day) for entity, day in dated.items()
        }

    def _earliest(self, pattern: str, entities: Iterable[str] | None) -> dict[str, int]:
        rows = self._graph.select(
            f"SELECT ?e (MIN(?day) AS ?first) WHERE {{ {_among(entities)} {pattern} }} GROUP BY ?e"
        )
        return {row["e"]: _ordinal(row["first"]) for row in rows if "first" in row}

    @cached_property
    def _first(self) -> _Looked[int]:
        return _Looked(self._first_of)

    @cached_property
    def _things(self) -> _Looked[_Dated]:
        return _Looked(self._things_of)


class _Dated(NamedTuple):
    """The first day of a thing; None where no fact dates it."""

    day: int | None


class _Looked(Generic[_T]):
    """What is looked up for one entity at a time, and for all once it was for many.

    A store of the world has more facts than an answer names entities; a picture of all names all.
    """

    def __init__(self, look: Callable[[Iterable[str] | None], dict[str, _T]]) -> None:
        self._look = look
        self._known: dict[str, _T] = {}
        self._asked: set[str] | None = set()

    def all(self) -> None:
        """Look up what there is of every entity."""
        if self._asked is not None:
            self._known, self._asked = self._look(None), None

    def of(self, entity: str) -> _T | None:
        """What there is of an entity, or None."""
        if self._asked is not None and entity not in self._asked:
            if len(self._asked) == _MANY:
                self.all()
            else:
                self._known |= self._look((entity,))
                self._asked.add(entity)
        return self._known.get(entity)


def _among(entities: Iterable[str] | None) -> str:
    return "" if entities is None else values_clause("e", entities)


class Moment:
    """A graph and the date as of which it is asked."""

    def __init__(self, graph: Graph, as_of: dates.Period) -> None:
        self.as_of = as_of
        self._history = History(graph)
        self._first, self._last = dates.days(as_of)

    def exists(self, entity: str) -> bool:
        """Whether no succession says that the entity began only after the date."""
        return self._history.began.get(entity, ALWAYS) <= self._last

    def certainty(
        self,
        kind: str,
        when: str | None,
        latest: str | None,
        source: str | None,
        names: Iterable[str] = (),
        thing: str | None = None,
    ) -> dates.Certainty:
        """Whether a fact held or had happened at the date; parameters as of ``History.window``."""
        window = self._history.window(kind, when, latest, source, names, thing)
        if window.first > self._last or window.last < self._first:
            return "no"
        sure = self._history.sure(kind, when, latest, source)
        surely = sure.first <= self._first and self._last <= sure.last
        return "definitely" if surely else "possibly"


def _ordinal(day: str) -> int:
    return date.fromisoformat(day).toordinal()


def _reaches(period: dates.Period, told: dates.Period) -> bool:
    """Whether a period without a beginning goes up to the time of its source."""
    if period.latest is None or told.earliest is None or told.latest is None:
        return True
    whole = period.end_earliest == told.earliest and period.latest == told.latest
    return whole or period.latest >= told.latest
