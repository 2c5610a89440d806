"""Who mattered when: a measure of a projected network year by year."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from diplograph import dates
from diplograph.edges import Edges, Mask, open_edges
from diplograph.errors import OptionError
from diplograph.facts import entities_of
from diplograph.measures import method_for
from diplograph.model import Absence, Entity, Include, Record
from diplograph.standings import (
    Say,
    Standing,
    among,
    check,
    check_direction,
    in_order,
    kind_of,
    nothing,
    ranked,
    told_score,
)
from diplograph.store import Graph
from diplograph.variations import view_of

__all__ = ["Course", "OverTime", "OverTimeQuestion", "Point", "Year", "rank_over_time"]


@dataclass(frozen=True)
class Point(Record):
    """An entity's place in the ranking of a year."""

    year: int
    rank: int
    score: float


@dataclass(frozen=True)
class Course(Record):
    """An entity's places in the years in which it is in the network."""

    entity: Entity
    points: tuple[Point, ...]


@dataclass(frozen=True)
class Year(Record):
    """How large the network of a year is, and whether it was measured exactly."""

    year: int
    entities: int
    facts: int
    ranked: int
    exact: bool


@dataclass(frozen=True)
class OverTimeQuestion(Record):
    """What was ranked, from which year to which; both are None where there is no dated fact."""

    kind: str
    measure: str
    projection: str
    of: str | None
    include: Include
    first: int | None
    last: int | None
    engine: str
    sample: int | None
    seed: int


@dataclass(frozen=True)
class OverTime(Record):
    """A measure year by year: the sizes of the networks, and the places of the entities shown."""

    question: OverTimeQuestion
    years: tuple[Year, ...]
    entities: tuple[Course, ...]
    absence: Absence | None = None
    notes: tuple[str, ...] = ()


def rank_over_time(
    graph: Graph,
    measure: str = "degree",
    *,
    projection: str = "facts",
    of: str | None = None,
    include: Include = Include.CONCLUDED,
    most: int | None = 20,
    first: int | None = None,
    last: int | None = None,
    seed: int = 0,
    sample: int | None = None,
    engine: str | None = None,
    progress: Say | None = None,
) -> OverTime:
    """A measure of the network as of each year, from ``first`` to ``last``.

    Without these, the years are those which the dated facts of the projection span. The entities
    shown are the ``most`` central ones of the last year, in their order, and after them whoever
    was first in any year. The other parameters are those of
    :func:`diplograph.centrality.rank`.

    Raises :class:`~diplograph.errors.OptionError` as that does, and for years that run backwards.

    >>> from diplograph.store import open_graph
    >>> found = rank_over_time(open_graph(), of="countries", first=1990, last=1992, most=1)
    >>> [(c.entity.label, [p.rank for p in c.points]) for c in found.entities]
    [('China', [1, 1, 1])]
    """
    say = progress or (lambda _: None)
    check(measure, most)
    group = kind_of(graph, of)
    say("reading the network")
    edges = open_edges(graph, projection)
    check_direction(measure, edges)
    wanted = among(edges, group)
    name = group.plural if group else None
    begin, end = _span(edges, edges.counted(None, include), first, last)
    engine = method_for(measure, 0, 0, engine=engine).engine

    def question(used: int | None) -> OverTimeQuestion:
        return OverTimeQuestion(
            "central-over-time", measure, edges.projection.name, name, include, begin, end,
            engine, used, seed,
        )  # fmt: skip

    if begin is None or end is None:
        return OverTime(
            question(sample),
            (),
            (),
            nothing(edges.projection.name, f"dated {name or 'facts'}", None),
        )
    standings: list[Standing] = []
    years: list[Year] = []
    before: Mask | None = None
    used = None
    for year in range(begin, end + 1):
        say(f"measuring {year}")
        counted = edges.counted(dates.parse(f"{year:04}"), include)
        if before is None or (counted != before).any():
            view = view_of(edges, edges.ties(counted))
            method = method_for(
                measure, len(view.present), len(view.one), sample, engine, end - begin + 1
            )
            used = method.sample or used
            found = ranked(view, measure, method, wanted, seed)
            facts = len(np.unique(edges.fact[counted]))
        standings.append(found)
        years.append(Year(year, len(view.present), facts, found.behind - 1, method.exact))
        before = counted
    courses = _courses(graph, edges, years, standings, most)
    absence = None if courses else nothing(edges.projection.name, name, None)
    notes = () if used is None else (
        f"{measure} is estimated from paths that begin at {used} entities in years with more.",
    )  # fmt: skip
    return OverTime(question(used), tuple(years), courses, absence, notes)


def _courses(
    graph: Graph, edges: Edges, years: list[Year], standings: list[Standing], most: int | None
) -> tuple[Course, ...]:
    shown = in_order(graph, edges, standings[-1], most)
    ranks = np.stack([standing.rank for standing in standings])
    leaders = np.flatnonzero((ranks == 1).any(axis=0)).tolist()
    entities = entities_of(graph, [edges.nodes[node] for node in {*shown, *leaders}])
    late = sorted(
        set(leaders) - set(shown),
        key=lambda n: (ranks[-1, n] or len(ranks[-1]), entities[edges.nodes[n]].label),
    )
    return tuple(
        Course(
            entities[edges.nodes[node]],
            tuple(
                Point(year.year, int(standing.rank[node]), told_score(float(standing.score[node])))
                for year, standing in zip(years, standings, strict=True)
                if standing.rank[node]
            ),
        )
        for node in [*shown, *late]
    )


def _span(
    edges: Edges, counted: Mask, first: int | None, last: int | None
) -> tuple[int | None, int | None]:
    """The years asked for, else those of the earliest and of the latest dated fact."""
    used = np.unique(edges.time[counted]).tolist()
    said = [
        int(day[:4]) for number in used for day in edges.times[number][1:] if day
    ]  # fmt: skip
    begin = first if first is not None else min(said, default=last)
    end = last if last is not None else max(said, default=first)
    if begin is not None and end is not None:
        if not 1 <= begin <= 9999 or not 1 <= end <= 9999:
            raise OptionError("a year is a number from 1 to 9999.")
        if end < begin:
            raise OptionError(f"the years run backwards, from {begin} to {end}.")
    return begin, end
