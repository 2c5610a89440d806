"""The edges of a projection as columns: read once from the store, asked for any date.

The rows are streamed, and every value is kept as a number that stands for it. From which day to
which an edge counts is worked out once, at each level of inclusion, so that the network as of
another date, or without a source, is a comparison of columns. The columns of a graph on disk are
kept beside it (:mod:`diplograph.kept`).
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from diplograph import dates
from diplograph.asof import UNDATED, History, Window
from diplograph.dates import ALWAYS, NEVER
from diplograph.errors import OptionError
from diplograph.folders import read_record, told, write_record
from diplograph.kept import kept
from diplograph.model import ASSERTED, DOUBTED, STATES, Include
from diplograph.namespaces import PREFIXES, local_name, values_clause
from diplograph.projections import Projection, find_projection
from diplograph.sides import ENDED
from diplograph.store import Graph
from diplograph.texts import Texts

__all__ = ["LEVELS", "MADE_BY", "Edges", "Ints", "Mask", "Ties", "open_edges", "read_edges"]

LEVELS = (Include.CONCLUDED, Include.PENDING, Include.ANY)
"""The levels of inclusion, in the order in which the columns have them."""

MADE_BY = ("asof", "dates", "edges", "model", "projections", "sides")
"""The modules that say what the rows of a projection are."""

Ints = NDArray[np.int32]
Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Edges:
    """The rows of a projection as columns, in order of ``one``, ``two``, ``key`` and ``fact``.

    ``one`` and ``two`` number the ``nodes``, ``key`` the ``keys``, ``fact`` the ``facts``;
    ``kind``, ``stage``, ``grade``, ``time``, ``source`` and ``property`` number the ``kinds`` and
    so on. A time is an EDTF expression with its earliest and its latest day; what is not said is
    the empty text.
    ``first`` and ``last`` are the days between which the row's fact counts
    (:class:`diplograph.asof.Window`), whatever the standing of what it is about; ``began`` are the
    first days of nodes that succeeded others (else ``ALWAYS``), and ``concluding`` the stages at
    which an agreement is concluded.

    The stages that the sources tell of nodes and keys are columns of their own: ``told_node`` and
    ``told_key`` the number of what has the stage (-1 where it is none), ``told_party`` the node to
    which it brings the stage (-1 for all parties alike), ``told_level`` 0 for concluded, 1 for
    pending, 2 for doubted, ``told_since`` since which day, and ``told_source`` number the
    ``tellers``.
    """

    projection: Projection
    nodes: Texts
    keys: Texts
    facts: Texts
    kinds: tuple[str, ...]
    stages: tuple[str, ...]
    grades: tuple[str, ...]
    times: tuple[tuple[str, str, str], ...]
    sources: tuple[str, ...]
    properties: tuple[str, ...]
    one: Ints
    two: Ints
    key: Ints
    fact: Ints
    kind: Ints
    stage: Ints
    grade: Ints
    time: Ints
    source: Ints
    property: Ints
    first: Ints
    last: Ints
    began: Ints
    tellers: tuple[str, ...]
    told_node: Ints
    told_key: Ints
    told_party: Ints
    told_level: Ints
    told_since: Ints
    told_source: Ints
    concluding: frozenset[str]

    def __len__(self) -> int:
        return len(self.one)

    def since(self, without: str | None = None) -> Ints:
        """From which day each row counts, at each of the levels (shape 3 × rows).

        What is about an agreement counts once that stands at the level: as concluded, as pending
        too, or in any way; with a party that has stages of its own, once it came in. ``without``
        leaves out what one source (its identifier) tells of that.
        """
        of_node = np.maximum(self._standing(self.told_node, len(self.nodes), without), self.began)
        of_key = self._standing(self.told_key, len(self.keys), without)
        since = np.maximum(of_node[:, self.one], of_node[:, self.two])
        since = np.maximum(np.maximum(since, of_key[:, self.key]), self.first)
        for day in self._came_in(without):
            since = np.maximum(since, day)
        since[0, ~self.graded(ASSERTED)] = NEVER
        since[1, self.graded(DOUBTED)] = NEVER
        return since

    def counted(
        self,
        as_of: dates.Period | None = None,
        include: Include = Include.CONCLUDED,
        source: str | None = None,
        without: str | None = None,
    ) -> Mask:
        """Which rows count: as of a date, at a level, from one source only or without one.

        Raises :class:`~diplograph.errors.OptionError` for a source of which there is nothing.
        """
        since = (self._since if without is None else self.since(without))[LEVELS.index(include)]
        counts: Mask = since != NEVER
        if as_of is not None:
            begins, ends = dates.days(as_of)
            counts &= (since <= ends) & (self.last >= begins)
        if source is not None:
            counts &= self.source == self._number(source)
        if without is not None:
            counts &= self.source != self._number(without)
        return counts

    def graded(self, grades: Iterable[str]) -> Mask:
        """Which rows bear one of the grades."""
        wanted = set(grades)
        return np.isin(self.grade, [n for n, grade in enumerate(self.grades) if grade in wanted])

    def ties(self, counted: Mask) -> Ties:
        """The edges that the rows which count make: one for each pair and key."""
        rows = np.flatnonzero(counted)
        ends = np.stack((self.one, self.two, self.key))[:, rows]
        new = np.ones(len(rows), bool)
        new[1:] = (ends[:, 1:] != ends[:, :-1]).any(axis=0)
        group = np.cumsum(new) - 1
        ordered = np.lexsort((self.firmness[rows], group))
        best = rows[ordered[new]]
        weight = np.ones(len(best))
        if self.projection.shared and len(best):
            pairs = np.bincount(self.key[best], minlength=len(self.keys))[self.key[best]]
            # n who share something make n (n - 1) / 2 pairs; each weighs 1 / (n - 1).
            weight = 2 / (np.sqrt(8 * pairs + 1) - 1)
        return Ties(
            self.one[best], self.two[best], self.key[best], best, np.bincount(group), weight
        )

    @cached_property
    def firmness(self) -> Ints:
        """The rows' places in the order in which they are to speak for an edge."""
        grades = _firm(self.grades)
        early = sorted(range(len(self.times)), key=lambda t: _telling(self.times[t][0]))
        times = np.empty(len(early), np.int32)
        times[early] = np.arange(len(early))
        pending = np.array([stage not in self.concluding for stage in self.stages], bool)
        order = np.lexsort((
            self.fact, times[self.time], grades[self.grade], pending[self.stage]
        ))  # fmt: skip
        place = np.empty(len(order), np.int32)
        place[order] = np.arange(len(order))
        return place

    @cached_property
    def _since(self) -> Ints:
        return self.since()

    def _number(self, source: str) -> int:
        if source not in self.sources:
            known = ", ".join(sorted(s for s in self.sources if s)) or "none"
            raise OptionError(f"the network has nothing of a source “{source}”; it has: {known}.")
        return self.sources.index(source)

    def _standing(self, number: Ints, size: int, without: str | None) -> Ints:
        """From which day each of so many things stands at each of the levels (3 × ``size``).

        What has no stage always stands.
        """
        kept = (number >= 0) & self._told(without)
        thing = number[kept]
        days = self._days(kept, thing, size)
        staged = np.zeros(size, bool)
        staged[thing] = True
        days[:, ~staged] = ALWAYS
        return days

    def _came_in(self, without: str | None) -> Iterator[Ints]:
        """From which day each end of each row has come into its key (3 × rows, twice).

        One that has no stage of its own came in with the others.
        """
        kept = (self.told_party >= 0) & (self.told_key >= 0) & self._told(without)
        if not kept.any():
            return
        own = self.told_key[kept].astype(np.int64) * len(self.nodes) + self.told_party[kept]
        known, place = np.unique(own, return_inverse=True)
        days = self._days(kept, place, len(known) + 1)
        days[:, -1] = ALWAYS
        for end in (self.one, self.two):
            wanted = self.key.astype(np.int64) * len(self.nodes) + end
            at = np.searchsorted(known, wanted)
            at[known[np.minimum(at, len(known) - 1)] != wanted] = len(known)
            yield days[:, at]

    def _told(self, without: str | None) -> Mask:
        """Which of the told stages are not the source's that is left out."""
        kept = np.ones(len(self.told_source), bool)
        if without in self.tellers:
            kept &= self.told_source != self.tellers.index(without)
        return kept

    def _days(self, kept: Mask, thing: NDArray[np.integer[Any]], size: int) -> Ints:
        """The first day of each thing at each of the levels, by the told stages that are kept."""
        days = np.full((len(LEVELS), size), NEVER, np.int32)
        np.minimum.at(days, (self.told_level[kept], thing), self.told_since[kept])
        return np.minimum.accumulate(days, axis=0)

    def save(self, folder: Path, mark: str) -> None:
        """Keep the columns in a folder of their own, in place of what was kept there before.

        Raises :class:`~diplograph.errors.StoreError` where that cannot be done.
        """
        instead = {"projection": self.projection.name, "concluding": sorted(self.concluding)}
        write_record(folder, self, {**instead, "mark": mark})

    @classmethod
    def open(cls, folder: Path) -> tuple[Edges, str]:
        """The columns that are kept in a folder, mapped into memory, and their mark.

        Raises :class:`~diplograph.errors.StoreError` where there are none, or damaged ones.
        """
        with told(folder):
            found = read_record(folder)
            mark = found.pop("mark")
            found["projection"] = find_projection(found["projection"])
            found["concluding"] = frozenset(found["concluding"])
            return cls(**found), mark


@dataclass(frozen=True, eq=False)
class Ties:
    """The edges of a network as columns: ends and key, and of which rows they are made.

    ``row`` is the row that speaks for the edge: of those that tell of it one that tells that it was
    concluded, else the best graded, else the best dated. ``facts`` is how many rows tell of it.
    """

    one: Ints
    two: Ints
    key: Ints
    row: NDArray[np.int64]
    facts: NDArray[np.int64]
    weight: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.one)


_GRADES = ("stated", "inferred", "estimated", "reported", "rumoured", "denied")
"""From the firmest to the weakest."""


def _telling(edtf: str) -> tuple[bool, int, str]:
    """By precision, then by time; what has no date comes last."""
    return (not edtf, -len(edtf), edtf)


def read_edges(
    graph: Graph,
    projection: Projection | str = "facts",
    *also: Projection | str,
) -> Edges:
    """All rows of a projection over a graph, whatever their date and standing.

    The rows of further projections (``also``) may join them. Raises
    :class:`~diplograph.errors.OptionError` for a projection that there is not.

    >>> from diplograph.store import open_graph
    >>> edges = read_edges(open_graph(), "memberships")
    >>> edges.kinds, edges.since().shape == (3, len(edges))
    (('Membership',), True)
    """
    declared = [find_projection(p) if isinstance(p, str) else p for p in (projection, *also)]
    rows = chain.from_iterable(graph.stream(_TOLD % p.sparql) for p in declared)
    numbers, table = _numbered(rows, _classes(graph))
    history = History(graph)
    (nodes, by_node), *named = (_ranked(column) for column in numbers[:5])
    (keys, _), (facts, _), (kinds, _), (properties, _) = named
    ranks = (by_node, by_node, *(rank for _, rank in named))
    ranked = np.stack([rank[column] for rank, column in zip(ranks, table[:6], strict=True)])
    stages, grades = (_labelled(graph, column) for column in numbers[5:7])
    times = tuple(_time(time, history) for time in numbers[7])
    sources = _identified(graph, numbers[8])
    order = np.lexsort((_firm(grades.names)[grades.number[table[7]]], *ranked[::-1]))
    ranked, rest = ranked[:, order], table[6:, order]
    new = np.ones(len(order), bool)
    new[1:] = (ranked[:4, 1:] != ranked[:4, :-1]).any(axis=0)
    one, two, key, fact, kind, property_ = np.ascontiguousarray(ranked[:, new])
    stage, grade, time, source = np.ascontiguousarray(rest[:, new])
    stage, grade = stages.number[stage], grades.number[grade]
    source = sources.number[source]
    kinds = tuple(local_name(name) for name in kinds)
    first, last = _Rows(nodes, kinds, times, sources.names).windows(
        history, one, two, fact, kind, time, source
    )
    places = {name: n for n, name in enumerate(nodes)}
    began = np.full(len(nodes), ALWAYS, np.int32)
    for iri, day in history.began.items():
        if iri in places:
            began[places[iri]] = day
    return Edges(
        declared[0], Texts.of(nodes), Texts.of(keys), Texts.of(facts), kinds, stages.names,
        grades.names, times, sources.names, properties, one, two, key, fact, kind, stage, grade,
        time, source, property_, first, last, began,
        *_stages(graph, places, {name: n for n, name in enumerate(keys)}), _concluding(graph),
    )  # fmt: skip


def open_edges(graph: Graph, projection: str) -> Edges:
    """All rows of a projection: those kept beside the graph, else read, and kept if it is on disk.

    Raises :class:`~diplograph.errors.OptionError` for a projection that there is not.
    """
    query = find_projection(projection).sparql
    return kept(
        graph, projection, (*MADE_BY, query), lambda: read_edges(graph, projection), Edges.open
    )


_TOLD = """SELECT ?from ?to ?key ?fact ?class ?property ?stage ?grade ?when ?g ?told WHERE {
  { %s }
  OPTIONAL { GRAPH ?g { ?fact dg:grade ?told ; a ?class FILTER(?class != dg:Fact) } }
  OPTIONAL { ?fact dg:stage ?stage }
  OPTIONAL { ?fact dg:when ?when }
}"""
"""What there is to know of the facts of a projection; its query may bind ``?grade`` itself.

All is optional, because an engine looks up what is optional row by row, where it would keep both
sides of any other join in memory.
"""


def _classes(graph: Graph) -> frozenset[str]:
    """The classes of facts."""
    return frozenset(row["c"] for row in graph.select("SELECT ?c { ?c rdfs:subClassOf dg:Fact }"))


def _numbered(
    rows: Iterable[tuple[Any, ...]], classes: frozenset[str]
) -> tuple[list[_Numbers], Ints]:
    """The values of each column, and the rows as numbers of these, a line a column.

    Only rows about facts of one of the classes count. The times are EDTF expressions or, where a
    fact has none, the IRI of its source.
    """
    numbers = [_Numbers() for _ in range(9)]
    nodes, keys, facts, kinds, properties, stages, grades, times, sources = numbers
    flat = array("i")
    for one, two, key, fact, kind, by, stage, grade, when, source, told_grade in rows:
        if kind not in classes:
            continue
        flat.extend((
            nodes[one], nodes[two], keys[fact if key == fact else key], facts[fact], kinds[kind],
            properties[by or ""], stages[stage or ""], grades[grade or told_grade],
            times[when or (source,)], sources[source],
        ))  # fmt: skip
    return numbers, np.frombuffer(flat, np.int32).reshape(-1, 10).T


class _Numbers(dict[Any, int]):
    """Numbers for values, in the order in which they are met."""

    def __missing__(self, value: Any) -> int:
        self[value] = number = len(self)
        return number


class _Named(NamedTuple):
    """Names, and for each number of a column the number of its name."""

    names: tuple[str, ...]
    number: Ints


def _renamed(numbers: _Numbers, names: Mapping[str, str]) -> _Named:
    """The values by other names, of which several can have the same."""
    found = _Numbers()
    number = np.array([found[names.get(value, "")] for value in numbers] or [0], np.int32)
    return _Named(tuple(found), number)


def _labelled(graph: Graph, concepts: _Numbers) -> _Named:
    """Concepts by their labels."""
    rows = graph.pairs(
        f"SELECT ?c ?label {{ {values_clause('c', filter(None, concepts))} "
        "?c skos:prefLabel ?label }"
    )
    return _renamed(concepts, dict(rows))


def _identified(graph: Graph, sources: _Numbers) -> _Named:
    """Sources by their identifiers."""
    rows = graph.pairs(f"SELECT ?g ?id {{ {values_clause('g', sources)} ?g dct:identifier ?id }}")
    return _renamed(sources, dict(rows))


def _time(time: str | tuple[str], history: History) -> tuple[str, str, str]:
    """A time with its first and last day; what has none was so when its source told it."""
    if isinstance(time, str):
        period = dates.parse(time)
        return (time, _iso(period.earliest), _iso(period.latest))
    told_at = history.told.get(time[0])
    return ("", "", "" if told_at is None else _iso(told_at.latest))


def _iso(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _firm(grades: Sequence[str]) -> Ints:
    """The places of grades in order of firmness."""
    places = [_GRADES.index(g) if g in _GRADES else len(_GRADES) for g in grades]
    return np.array(places or [0], np.int32)


def _ranked(numbers: _Numbers) -> tuple[tuple[str, ...], Ints]:
    """The values in order, and for each number the place of its value in that order.

    The numbers are let go, which can take more memory than anything else.
    """
    names = sorted(numbers)
    rank = np.empty(len(names), np.int32)
    for place, name in enumerate(names):
        rank[numbers[name]] = place
    numbers.clear()
    return tuple(names), rank


class _Rows(NamedTuple):
    """What the numbers of the rows stand for."""

    nodes: tuple[str, ...]
    kinds: tuple[str, ...]
    times: tuple[tuple[str, str, str], ...]
    sources: tuple[str, ...]

    def windows(
        self,
        history: History,
        one: Ints,
        two: Ints,
        fact: Ints,
        kind: Ints,
        time: Ints,
        source: Ints,
    ) -> NDArray[np.int32]:
        """First and last day on which each row's fact counts (shape 2 × rows).

        Most facts have a beginning, and then their class, time and source alone say it; for the
        others it hangs on the entities that they name as well.
        """
        found = np.empty((2, len(one)), np.int32)
        short = np.stack((kind, time, source))
        alike, inverse = np.unique(short, axis=1, return_inverse=True)
        plain = np.array([self._plain(*row) for row in alike.T], bool).reshape(-1)
        windows = np.array(
            [self._window(history, row, (), None) if own else (0, 0)
             for row, own in zip(alike.T, plain, strict=True)], np.int32,
        ).reshape(-1, 2)  # fmt: skip
        inverse = inverse.reshape(-1)
        found[:] = windows[inverse].T
        rest = np.flatnonzero(~plain[inverse])
        names: dict[int, set[str]] = defaultdict(set)
        for row in rest:
            names[fact[row]].update((self.nodes[one[row]], self.nodes[two[row]]))
        history.look_up(set().union(*names.values()))
        for row in rest:
            thing = self.nodes[one[row]]
            found[:, row] = self._window(history, short[:, row], names[fact[row]], thing)
        return found

    def _plain(self, kind: int, time: int, source: int) -> bool:
        """Whether the window hangs on the class, the time and the source alone."""
        when = self.times[time][0]
        if not when:
            return False
        period = dates.parse(when)
        open_state = self.kinds[kind] in STATES and period.latest is None
        return period.earliest is not None and not open_state

    def _window(
        self, history: History, row: Ints, names: Iterable[str], thing: str | None
    ) -> Window:
        when, _, latest = self.times[row[1]]
        return history.window(
            self.kinds[row[0]], when or None, latest or None, self.sources[row[2]], names, thing
        )


def _stages(
    graph: Graph, nodes: Mapping[str, int], keys: Mapping[str, int]
) -> tuple[tuple[str, ...], Ints, Ints, Ints, Ints, Ints, Ints]:
    """Each stage that a source tells of a node or a key, as :class:`Edges` has them.

    By the end of a party's part it did not come in, so that is told of no party.

    A stage without a beginning counts from the earliest dated stage of the same thing, or, where
    there is none, once its source had told it.
    """
    rows = graph.select(
        """SELECT ?of ?party ?order ?group ?grade ?when ?earliest ?latest ?source WHERE {
            GRAPH ?g { ?fact dg:stage ?stage ; dg:of ?of ; dg:grade ?grade .
                       OPTIONAL { ?fact dg:forParty ?party }
                       OPTIONAL { ?fact dg:when ?when } OPTIONAL { ?fact dg:earliest ?earliest }
                       OPTIONAL { ?fact dg:latest ?latest } }
            OPTIONAL { ?stage skos:broader ?group } OPTIONAL { ?stage dg:order ?order }
            OPTIONAL { ?g dct:identifier ?source }
        } ORDER BY ?of"""
    )
    first: dict[str, str] = {}
    for row in rows:
        if "earliest" in row:
            first[row["of"]] = min(row["earliest"], first.get(row["of"], row["earliest"]))
    tellers, flat = _Numbers(), array("i")
    for row in rows:
        node, key = nodes.get(row["of"], -1), keys.get(row["of"], -1)
        if node < 0 and key < 0:
            continue
        grade = local_name(row["grade"])
        concluded = row.get("group") == PREFIXES["stage"] + "concluded" and grade in ASSERTED
        known = row.get("when") if "earliest" in row else first.get(row["of"]) or row.get("latest")
        since = UNDATED if known is None else dates.days(dates.parse(known))[0]
        level = 0 if concluded else 2 if grade in DOUBTED else 1
        party = nodes.get(row.get("party", ""), -1) if int(row.get("order", 0)) < ENDED else -1
        flat.extend((node, key, party, level, since, tellers[row.get("source", "")]))
    return (tuple(tellers), *np.frombuffer(flat, np.int32).reshape(-1, 6).T.copy())


def _concluding(graph: Graph) -> frozenset[str]:
    rows = graph.select("SELECT ?l WHERE { ?s skos:broader stage:concluded ; skos:prefLabel ?l }")
    return frozenset(row["l"] for row in rows)
