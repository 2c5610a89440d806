"""Who belongs together: communities of a projected network, and how far each is to be relied on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from diplograph import dates
from diplograph.edges import open_edges
from diplograph.errors import OptionError
from diplograph.facts import entities_of, when_from
from diplograph.measures.partition import alike, best_matches, leiden, modularity
from diplograph.model import Absence, AbsenceReason, Entity, Include, Record, When
from diplograph.standings import Say
from diplograph.store import Graph
from diplograph.variations import View, Views

__all__ = [
    "FOUND_AGAIN", "Communities", "CommunitiesQuestion", "Community", "Member", "Persistence",
    "find_communities",
]  # fmt: skip

FOUND_AGAIN = 0.5
"""Below this likeness a community is not the same one any more (C. Hennig 2007)."""

_SEEDS = 10
_ROUNDS, _FEWER, _SWEEPS, _LARGE = 10, 2, 2, 200_000
"""Rounds of the search; fewer, and of so many sweeps, where more pairs than so many are tied."""

_NAMED = 3
Floats = NDArray[np.float64]
Ints = NDArray[np.int32]


@dataclass(frozen=True)
class Member(Record):
    """An entity of a community, and what its ties to the other members weigh."""

    entity: Entity
    score: float


@dataclass(frozen=True)
class Persistence(Record):
    """How well a community is found again, from 0 to 1: those in both over those in either.

    ``seeds`` is the mean over other beginnings of the search, ``bootstrap`` over draws of facts
    (None without draws), ``without`` the value when each source in turn is left out, and
    ``hangs_on`` the source without which less than half is found again. Members that are not in the
    network without a source count as not found; those whose facts were not drawn are left aside.
    """

    seeds: float
    bootstrap: float | None
    without: dict[str, float]
    hangs_on: str | None


@dataclass(frozen=True)
class Community(Record):
    """Entities that are tied more to each other than chance would have it.

    ``name`` are its most central members, ``inside`` the share of the weight of its members' ties
    that leads to other members.
    """

    name: str
    size: int
    inside: float
    members: tuple[Member, ...]
    stability: Persistence


@dataclass(frozen=True)
class CommunitiesQuestion(Record):
    """What was divided, and how. ``entities`` and ``facts`` count the whole network.

    The search began ``seeds`` times more than once, and each time took so many ``iterations`` of
    so many ``sweeps`` (None: until nothing moves any more).
    """

    kind: str
    projection: str
    as_of: When | None
    include: Include
    resolution: float
    seed: int
    seeds: int
    iterations: int
    sweeps: int | None
    bootstrap: int
    entities: int
    facts: int
    communities: int


@dataclass(frozen=True)
class Communities(Record):
    """The communities of a network, the largest first; ``absence`` says why there are none.

    ``modularity`` is by how much more of the weight lies within them than the degrees alone would
    lead to. ``agreement`` is the mean adjusted Rand index with the divisions from other
    beginnings: 1 where all are the same, 0 where they are no more alike than by chance.
    """

    question: CommunitiesQuestion
    modularity: float
    agreement: float
    communities: tuple[Community, ...]
    absence: Absence | None = None
    notes: tuple[str, ...] = ()


def find_communities(
    graph: Graph,
    *,
    projection: str = "facts",
    as_of: dates.Period | None = None,
    include: Include = Include.CONCLUDED,
    resolution: float = 1.0,
    most: int | None = None,
    bootstrap: int = 20,
    seed: int = 0,
    progress: Say | None = None,
) -> Communities:
    """The communities of a projection by the Leiden algorithm, the ``most`` largest (None for all).

    Ties count by their weight and without direction. The search begins eleven times, and the
    division of the greatest modularity is taken; the others tell how sure it is. A higher
    ``resolution`` gives more and smaller communities. ``bootstrap`` is the number of draws of facts
    with replacement; ``seed`` decides on them and on the search. How a community's persistence is
    measured: C. Hennig, “Cluster-wise assessment of cluster stability”, Computational Statistics &
    Data Analysis 52 (2007), 258–271.

    Raises :class:`~diplograph.errors.OptionError` for a projection that is none or a resolution
    that is not above 0.

    >>> from diplograph.store import open_graph
    >>> found = find_communities(open_graph(), projection="meetings", bootstrap=0)
    >>> sum(c.size for c in found.communities) == found.question.entities
    True
    """
    say = progress or (lambda _: None)
    if bootstrap < 0:
        raise OptionError("there are no fewer than 0 draws of facts.")
    if most is not None and most < 1:
        raise OptionError("there is at least one community to show.")
    if not 0 < resolution < float("inf"):
        raise OptionError("the resolution must be more than 0.")
    say("reading the network")
    views = Views(open_edges(graph, projection), as_of, include)
    whole = views.whole
    say(f"looking for communities among {len(whole.present):,} entities")
    others = []
    for number in range(_SEEDS + 1):
        others.append(_divided(whole, resolution, seed + number))
        say(f"looking again, {number + 1} of {_SEEDS}")
    one, two, weight = whole.simple
    quality = [modularity(one, two, weight, o[whole.present], resolution) for o in others]
    label = others.pop(int(np.argmax(quality)))
    persisting = _persistence(views, label, others, resolution, bootstrap, seed, say)
    name = views.edges.projection.name
    question = CommunitiesQuestion(
        "communities", name, when_from(as_of), include, resolution, seed, _SEEDS,
        *_effort(whole), bootstrap,
        len(whole.present), len(views.facts), int(label.max()) + 1 if len(whole.present) else 0,
    )  # fmt: skip
    absence = None
    if not len(whole.present):
        then = f" as of {as_of.edtf}" if as_of else ""
        absence = Absence(AbsenceReason.NO_RECORD, f"The network of {name} is empty{then}.")
    own = label[whole.present]
    agreement = [alike(own, other[whole.present]) for other in others]
    alone = len(views.sources) == 1
    notes = (f"the whole network rests on one source, {views.sources[0]}.",) if alone else ()
    return Communities(
        question,
        _told(max(quality)),
        _told(float(np.mean(agreement))),
        _communities(graph, views, label, persisting, most),
        absence,
        notes,
    )


def _effort(view: View) -> tuple[int, int | None]:
    """Rounds of the search, and sweeps of each."""
    return (_FEWER, _SWEEPS) if len(view.simple[0]) > _LARGE else (_ROUNDS, None)


def _divided(view: View, resolution: float, seed: int) -> Ints:
    """The community of every node of the projection, the largest first; -1 for those not in it."""
    found = np.full(view.total, -1, np.int32)
    iterations, sweeps = _effort(view)
    own = leiden(
        len(view.present), *view.simple, resolution=resolution, seed=seed, iterations=iterations,
        sweeps=sweeps,
    )  # fmt: skip
    order = np.argsort(-np.bincount(own), kind="stable")
    place = np.empty(len(order), np.int32)
    place[order] = np.arange(len(order))
    found[view.present] = place[own]
    return found


def _persistence(
    views: Views, label: Ints, others: list[Ints], resolution: float, rounds: int, seed: int,
    say: Say,
) -> list[Persistence]:  # fmt: skip
    """How well each community is found again."""
    count = int(label.max(initial=-1)) + 1
    seeds = [_again(label, other, count) for other in others]
    without = {}
    for source in views.sources:
        say(f"looking again without {source}")
        other = _divided(views.without(source), resolution, seed)
        without[source] = _again(label, other, count, gone=True)
    drawn = []
    for number, view in enumerate(views.redrawn(rounds, seed), 1):
        say(f"looking again in draw {number} of {rounds}")
        drawn.append(_again(label, _divided(view, resolution, seed), count))
    found = []
    for place in range(count):
        lost = {s: float(again[place]) for s, again in without.items()}
        worst = min(lost, key=lambda s: (lost[s], s), default=None)
        found.append(
            Persistence(
                seeds=_told(float(np.mean([again[place] for again in seeds]))),
                bootstrap=_told(float(np.mean([d[place] for d in drawn]))) if drawn else None,
                without={source: _told(value) for source, value in lost.items()},
                hangs_on=worst if worst is not None and lost[worst] < FOUND_AGAIN else None,
            )
        )
    return found


def _again(label: Ints, other: Ints, count: int, gone: bool = False) -> Floats:
    """How well each community is found again, by those who are in both divisions.

    Where ``gone``, the members who are not in the other division count as not found.
    """
    there = label >= 0 if gone else (label >= 0) & (other >= 0)
    found = np.zeros(count)
    matches = best_matches(label[there], other[there])
    found[: len(matches)] = matches
    return found


def _communities(
    graph: Graph, views: Views, label: Ints, persisting: list[Persistence], most: int | None
) -> tuple[Community, ...]:
    whole, nodes = views.whole, views.edges.nodes
    one, two, weight = whole.simple
    ends = np.concatenate((whole.present[one], whole.present[two]))
    weights = np.concatenate((weight, weight))
    within = np.tile(label[whole.present[one]] == label[whole.present[two]], 2)
    inner = np.bincount(ends[within], weights=weights[within], minlength=len(label))
    outer = np.bincount(ends, weights=weights, minlength=len(label))
    found = []
    for number, persistence in enumerate(persisting[:most]):
        members = np.flatnonzero(label == number).tolist()
        entities = entities_of(graph, [nodes[m] for m in members])
        members.sort(key=lambda m: (-inner[m], entities[nodes[m]].label, nodes[m]))
        shown = tuple(Member(entities[nodes[m]], _told(float(inner[m]))) for m in members)
        name = ", ".join(member.entity.label for member in shown[:_NAMED])
        share = float(inner[members].sum() / outer[members].sum())
        found.append(Community(name, len(shown), _told(share), shown, persistence))
    return tuple(found)


def _told(value: float) -> float:
    """A number without the last digits, in which machines differ."""
    return float(f"{value:.6g}")
