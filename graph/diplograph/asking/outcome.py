"""What a reading of a question is answered from, and what it gave."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from diplograph import dates
from diplograph.asking.matching import Reading
from diplograph.asking.parts import Heard
from diplograph.asking.retrieval import Scored
from diplograph.asking.units import Unit
from diplograph.copies import Copies
from diplograph.model import Entity, Fact, Include, Link
from diplograph.store import Graph

if TYPE_CHECKING:
    from diplograph.linking import Found

__all__ = ["Answered", "Context", "Lacking", "Outcome", "amount", "once"]


@dataclass(frozen=True)
class Context:
    """What every answer is made from."""

    graph: Graph
    heard: Heard
    units: tuple[Unit, ...]
    as_of: dates.Period | None = None
    include: Include = Include.CONCLUDED
    copies: Copies | None = None
    source: str = ""
    """The one source whose facts may answer, by its identifier; any where it is empty."""

    def links(self, x: str, y: str, as_of: dates.Period | None) -> Found:
        """The agreements of two parties as of a date, looked for once for all readings."""
        from diplograph.linking import find_links

        when = as_of.edtf if as_of else ""
        return self.graph.once(
            ("links", x, y, when, self.include, self.copies),
            lambda: find_links(self.graph, x, y, as_of, self.include, False, self.copies),
        )

    def scored(self, units: Sequence[Unit]) -> Scored:
        """How well facts meet some of the units, counted once for all readings."""
        key = tuple(map(id, units))
        if key not in self._scored:
            self._scored[key] = Scored(units)
        return self._scored[key]

    @cached_property
    def _scored(self) -> dict[tuple[int, ...], Scored]:
        return {}

    @property
    def weight(self) -> float:
        """The weight of all units of the question."""
        return sum(unit.weight for unit in self.units)

    def share(self, reading: Reading, score: float) -> float:
        """The share of the question that a reading accounts for, where its rest is met so well."""
        rest = sum(unit.weight for unit in reading.rest)
        whole = self.weight or 1.0
        return (whole - rest + rest * score) / whole


@dataclass(frozen=True)
class Answered:
    """An entity that is an answer, and the facts by which it is one."""

    entity: Entity
    facts: tuple[Fact, ...]


@dataclass(frozen=True)
class Lacking:
    """What is asked for and told of nowhere, in words, and the entities of which it is asked."""

    what: str
    about: tuple[Entity, ...]
    apart: bool = False
    """Whether something is told of each of them, and nothing of them together."""


@dataclass(frozen=True)
class Outcome:
    """What a reading gave.

    ``confidence`` is the share of the question, by the weight of its parts, that the reading takes
    up or its facts meet; ``missing`` are the parts that its best fact does not meet.
    """

    reading: Reading
    sparql: str
    confidence: float
    facts: tuple[Fact, ...] = ()
    answers: tuple[Answered, ...] = ()
    links: tuple[Link, ...] = ()
    pending: tuple[Link, ...] = ()
    missing: tuple[str, ...] = ()
    named: bool = True
    plain: tuple[int, int] = (0, 0)
    itself: bool = False
    """Whether the best fact has each name of the question itself."""
    decision: bool | None = None
    """What the best fact says to a yes-or-no question that has all its words, if it decides it."""
    lead: float = 0.0
    """By how much the best fact scores more than the best from elsewhere, as a share of its own."""
    alike: float = 0.0
    """How near the best fact lies to the question in the latent space."""
    period: dates.Period | None = None
    extra: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()
    order: tuple[str, ...] = ()
    """In which order the facts are told: what says something new before an echo of the question."""
    also: tuple[Fact, ...] = ()
    """What the passages of the best fact say besides."""
    completing: tuple[Fact, ...] = ()
    """Of that, what belongs to the answer."""
    left_open: bool = False
    """Whether yes or no would pass over a part of the question."""
    lacking: Lacking | None = None
    """What nobody tells, where all else of the question is known."""
    declined: bool = False
    """Whether the question is none that the call of its template can answer."""
    second: Outcome | None = None
    """What answers the second part of a question that is two in one."""
    by_itself: bool = False
    """Whether it answers that second part as a question by itself, and is told whole."""
    side: str = ""
    """Of a question put to two sides: which one this answers for."""

    @property
    def as_told(self) -> Outcome:
        """The outcome with its facts in the order in which they are told."""
        if not self.order or self.answers:
            return self
        place = {fact: number for number, fact in enumerate(self.order)}
        last = len(place)
        return replace(self, facts=tuple(sorted(self.facts, key=lambda f: place.get(f.id, last))))

    @property
    def empty(self) -> bool:
        """Whether nothing was found."""
        return not (self.facts or self.answers or self.links or self.pending or self.extra)


def amount(fact: Fact) -> float | None:
    """The number of a figure: its value, or its bound where it has only one."""
    values = fact.values
    found = values.get("value", values.get("minimum", values.get("maximum")))
    return float(found) if isinstance(found, (int, float)) else None


def once(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """Each fact once, in the order in which they came first."""
    return tuple({fact.id: fact for fact in facts}.values())
