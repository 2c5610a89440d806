"""Who matters: measures of a projected network, and how far each rank is to be relied on.

What the measures are is said in :mod:`diplograph.measures`, what they say of agreements in
``docs/measures.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from diplograph import dates
from diplograph.edges import Mask, open_edges
from diplograph.facts import entities_of, when_from
from diplograph.measures import MEASURES, Method, method_for
from diplograph.model import Absence, Entity, Include, Record, When
from diplograph.standings import (
    Say,
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
from diplograph.variations import View, Views

__all__ = [
    "FALL", "MEASURES", "CentralQuestion", "Interval", "Ranked", "Ranking", "Stability", "rank",
]  # fmt: skip

FALL = 3
"""A rank hangs on a source without which it is more than so many times as far down."""

_LOW, _HIGH = 5, 95


@dataclass(frozen=True)
class Interval(Record):
    """Between which ranks 90 in 100 of the draws lie: the 5th and the 95th percentile."""

    low: int
    high: int


@dataclass(frozen=True)
class Stability(Record):
    """How far a rank is to be relied on; an entity that is gone ranks behind all others.

    ``best`` and ``worst`` are the ranks between which it moves when each source in turn is left
    out, ``without`` these ranks by source (None where nothing of the entity is left),
    ``without_estimates`` the rank when what is only estimated, rumoured or denied is left out
    (None likewise), ``bootstrap`` the ranks over draws of facts, and ``hangs_on`` the source
    without which the entity is gone or more than three times as far down.
    """

    best: int
    worst: int
    without: dict[str, int | None]
    without_estimates: int | None
    bootstrap: Interval | None
    hangs_on: str | None


@dataclass(frozen=True)
class Ranked(Record):
    """An entity's place in a ranking; equal scores share a rank, and are ``tied``."""

    entity: Entity
    score: float
    rank: int
    tied: bool
    stability: Stability


@dataclass(frozen=True)
class CentralQuestion(Record):
    """What was ranked, of how large a network, and how it was measured.

    ``entities`` and ``facts`` count the whole network; ``ranked`` are those of the class ``of``.
    ``exact`` and ``sample`` are those of the ranking, ``stability_sample`` that of its variations.
    """

    kind: str
    measure: str
    projection: str
    of: str | None
    as_of: When | None
    include: Include
    entities: int
    facts: int
    ranked: int
    engine: str
    exact: bool
    sample: int | None
    stability_sample: int | None
    bootstrap: int
    seed: int


@dataclass(frozen=True)
class Ranking(Record):
    """Entities in order of a network measure; ``absence`` says why there are none."""

    question: CentralQuestion
    ranking: tuple[Ranked, ...]
    absence: Absence | None = None
    notes: tuple[str, ...] = ()


def rank(
    graph: Graph,
    measure: str = "degree",
    *,
    projection: str = "facts",
    of: str | None = None,
    as_of: dates.Period | None = None,
    include: Include = Include.CONCLUDED,
    most: int | None = 20,
    bootstrap: int = 100,
    seed: int = 0,
    sample: int | None = None,
    engine: str | None = None,
    progress: Say | None = None,
) -> Ranking:
    """Entities in order of ``measure`` in a projection, the ``most`` first ones (None for all).

    The whole network is measured; ``of`` then ranks only one kind of entity in it, by its name in
    the singular or plural (:mod:`diplograph.kinds`). ``bootstrap`` is the number of draws of
    facts with replacement, 0 for none; ``seed`` decides on them and on the ``sample`` of nodes by
    which large networks are measured. ``progress`` is told what is being done.

    Raises :class:`~diplograph.errors.OptionError` for a measure, projection, class or engine that
    is none, and for a degree of one direction in a network that has no directions.

    >>> from diplograph.store import open_graph
    >>> first = rank(open_graph(), "degree", of="countries", most=2, bootstrap=0).ranking
    >>> [(row.rank, row.entity.label) for row in first]
    [(1, 'China'), (2, 'Russia')]
    """
    say = progress or (lambda _: None)
    check(measure, most, bootstrap)
    group = kind_of(graph, of)
    say("reading the network")
    views = Views(open_edges(graph, projection), as_of, include)
    check_direction(measure, views.edges)
    whole, wanted = views.whole, among(views.edges, group)
    nodes, edges = len(whole.present), len(whole.one)
    method = method_for(measure, nodes, edges, sample, engine)
    rounds = len(views.sources) + bootstrap + 1
    lesser = method_for(measure, nodes, edges, method.sample, engine, rounds)
    say(f"measuring {nodes:,} entities")
    first = ranked(whole, measure, method, wanted, seed)
    shown = in_order(graph, views.edges, first, most)
    told = _variations(views, measure, lesser, wanted, shown, bootstrap, seed, say)
    question = CentralQuestion(
        "central", measure, views.edges.projection.name, group.plural if group else None,
        when_from(as_of), include, nodes, len(views.facts), int((first.rank > 0).sum()),
        method.engine, method.exact, method.sample, lesser.sample, bootstrap, seed,
    )  # fmt: skip
    entities = entities_of(graph, [views.edges.nodes[n] for n in shown])
    rows = tuple(
        Ranked(
            entities[views.edges.nodes[node]], told_score(first.score[node]), int(first.rank[node]),
            bool((first.rank == first.rank[node]).sum() > 1), told.of(place, first.rank[node]),
        )
        for place, node in enumerate(shown)
    )  # fmt: skip
    absence = None if rows else nothing(question.projection, question.of, as_of)
    return Ranking(question, rows, absence, _notes(question, views))


class _Told(NamedTuple):
    """The ranks of the nodes shown in every variation (0 is gone), and the rank behind all."""

    sources: tuple[str, ...]
    without: list[tuple[list[int], int]]
    firm: list[int]
    drawn: NDArray[np.int64]

    def of(self, place: int, rank: int) -> Stability:
        """The stability of the rank of the node at that place among those shown."""
        ranks = {s: r[place] for s, (r, _) in zip(self.sources, self.without, strict=True)}
        placed = [r[place] or behind for r, behind in self.without]
        fallen = [
            (ranks[s] == 0, p, s)
            for s, p in zip(self.sources, placed, strict=True)
            if ranks[s] == 0 or p > FALL * rank
        ]
        interval = None
        if len(self.drawn):
            low, high = np.percentile(
                self.drawn[:, place], (_LOW, _HIGH), method="inverted_cdf"
            ).tolist()
            interval = Interval(int(low), int(high))
        return Stability(
            best=min([int(rank), *placed]),
            worst=max([int(rank), *placed]),
            without={source: found or None for source, found in ranks.items()},
            without_estimates=self.firm[place] or None,
            bootstrap=interval,
            hangs_on=max(fallen, key=lambda f: (f[0], f[1]))[2] if fallen else None,
        )


def _variations(
    views: Views, measure: str, method: Method, wanted: Mask, shown: list[int], rounds: int,
    seed: int, say: Say,
) -> _Told:  # fmt: skip
    """The ranks of the nodes shown without each source, of firm facts only, and over draws."""

    def standing(view: View) -> tuple[list[int], int]:
        found = ranked(view, measure, method, wanted, seed)
        return found.rank[shown].tolist(), found.behind

    without = []
    for source in views.sources:
        say(f"measuring without {source}")
        without.append(standing(views.without(source)))
    say("measuring without estimates and rumours")
    firm, _ = standing(views.firm())
    drawn = []
    for number, view in enumerate(views.redrawn(rounds if shown else 0, seed), 1):
        say(f"measuring draw {number} of {rounds}")
        ranks, behind = standing(view)
        drawn.append([r or behind for r in ranks])
    return _Told(views.sources, without, firm, np.array(drawn, np.int64))


def _notes(question: CentralQuestion, views: Views) -> tuple[str, ...]:
    notes = []
    if not question.exact:
        notes.append(
            f"{question.measure} is estimated from paths that begin at {question.sample} of "
            f"{question.entities:,} entities."
        )
    elif question.stability_sample is not None:
        notes.append(
            f"the ranks are exact; their stability is estimated from paths that begin at "
            f"{question.stability_sample} of {question.entities:,} entities."
        )
    if len(views.sources) == 1:
        notes.append(f"the whole network rests on one source, {views.sources[0]}.")
    return tuple(notes)
