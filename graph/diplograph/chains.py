"""The search for chains of facts under the conditions that people ask for.

The cheapest chains come from the index (:func:`diplograph.pathindex.best_paths`); here the words
that people use become conditions on it, what the index does not know is looked at, and chains that
are nearly alike are folded into the best of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import inf
from typing import NamedTuple

import numpy as np

from diplograph import dates
from diplograph.copies import Copies
from diplograph.edges import LEVELS, Mask
from diplograph.errors import UnknownName
from diplograph.facts import facts_of
from diplograph.kinds import find_kind
from diplograph.model import Fact, Include
from diplograph.names import resolve
from diplograph.pathindex import Chain, best_paths
from diplograph.steps import Steps
from diplograph.store import Graph

__all__ = ["Conditions", "Held", "Search", "held"]

_MOST_LOOKED_AT = 240
"""How many chains are looked at, at most, for those that are not alike."""


@dataclass(frozen=True)
class Conditions:
    """What paths are asked for.

    ``most`` paths of ``max_length`` steps at most, as of a date and at a level of inclusion.
    ``through`` and ``avoid`` are kinds (:func:`diplograph.kinds.find_kind`) or names of entities: a
    path passes through one of each of the former, and through none of the latter. ``together`` asks
    for those only whose steps can have held at one time, ``weak`` also for those beyond the limit.
    """

    most: int = 3
    max_length: int = 6
    as_of: dates.Period | None = None
    include: Include = Include.CONCLUDED
    through: Sequence[str] = ()
    avoid: Sequence[str] = ()
    together: bool = False
    weak: bool = False


class Held(NamedTuple):
    """Whether facts held at one time, in which, and how many of them have no date."""

    together: dates.Certainty | None
    period: dates.Period | None
    undated: int


def held(facts: Sequence[Fact], concluding: frozenset[str]) -> Held:
    """Whether the facts held at one time; None where none of them is dated.

    What was signed, or otherwise concluded, holds on from that day, and so does being party to it;
    all else holds at the time that its source gives. With an undated fact the rest held together
    possibly at best.
    """
    periods = [_period(fact, concluding) for fact in facts]
    dated = [period for period in periods if period is not None]
    undated = len(periods) - len(dated)
    if not dated:
        return Held(None, None, undated)
    found = dates.concur(dated)
    if found == "definitely" and undated:
        found = "possibly"
    return Held(found, dates.common(dated), undated)


def _period(fact: Fact, concluding: frozenset[str]) -> dates.Period | None:
    if fact.when is None:
        return None
    lasts = fact.kind == "StageFact" and fact.stage in concluding and fact.stage != "ended"
    if lasts or (fact.kind == "Participation" and fact.values.get("role") == "party"):
        start = fact.when.edtf.partition("/")[0]
        if start not in ("", ".."):
            return dates.parse(f"{start}/..")
    return dates.parse(fact.when.edtf)


@dataclass(frozen=True)
class _Kept:
    """A chain with what makes another one nearly the same."""

    chain: Chain
    inner: frozenset[int]
    facts: frozenset[str]

    def covers(self, other: _Kept) -> bool:
        """Whether another chain, that costs more, is nearly the same as this one.

        It is where more than half of its facts are this one's, or more than half of the entities
        that either leads through are those of both.
        """
        shared, all_ = len(self.inner & other.inner), len(self.inner | other.inner)
        return 2 * len(self.facts & other.facts) > len(other.facts) or 2 * shared > all_


class _Named(NamedTuple):
    """What a word to pass through or to avoid stands for: entities by number, classes of facts."""

    nodes: Mask
    facts: frozenset[str]


class Search:
    """The search for the chains between two entities, by their IRIs, under some conditions."""

    def __init__(
        self,
        graph: Graph,
        steps: Steps,
        x: str,
        y: str,
        asked: Conditions,
        copies: Copies | None = None,
    ) -> None:
        self._graph, self._steps, self._asked, self._copies = graph, steps, asked, copies
        self._through = [self._named(word) for word in asked.through]
        self._avoid = [self._named(word) for word in asked.avoid]
        self._facts: dict[str, Fact] = {}
        one, two = steps.number(x), steps.number(y)
        self._ends = None if one is None or two is None or one == two else (one, two)

    def chains(self, limit: float | None, most: int) -> list[tuple[Chain, int]]:
        """The cheapest chains within the limit, and how many like it each one stands for."""
        if self._ends is None:
            return []
        kept: list[_Kept] = []
        folded: list[int] = []
        for chain in self._meeting(limit, most):
            facts = frozenset(self._steps.fact_of(edge) for edge in chain.edges)
            one = _Kept(chain, frozenset(chain.nodes[1:-1]), facts)
            like = next((n for n, better in enumerate(kept) if better.covers(one)), None)
            if like is not None:
                folded[like] += 1
            elif len(kept) == most:
                break
            else:
                kept.append(one)
                folded.append(0)
        return [(one.chain, like) for one, like in zip(kept, folded, strict=True)]

    def cost(self, chain: Chain) -> float:
        """What the chain costs, without what its two ends cost every chain."""
        return chain.cost - self._of_ends

    def facts(self, chains: Iterable[Chain]) -> dict[str, Fact]:
        """The facts of the chains' edges, by their IRIs."""
        wanted = {self._steps.fact_of(edge) for chain in chains for edge in chain.edges}
        missing = wanted - set(self._facts)
        if missing:
            self._facts |= {f.id: f for f in facts_of(self._graph, missing, copies=self._copies)}
        return self._facts

    def held(self, chain: Chain) -> Held:
        """Whether the steps of a chain held at one time."""
        facts = self.facts([chain])
        own = dict.fromkeys(self._steps.fact_of(edge) for edge in chain.edges)
        return held([facts[iri] for iri in own], self._steps.concluding)

    # --- the conditions ---------------------------------------------------------------------------

    def _meeting(self, limit: float | None, most: int) -> Iterator[Chain]:
        """The chains that meet the conditions, the cheapest first."""
        told, number = 0, 2 * most + 6
        while True:
            found = self._best(limit, number)
            if self._asked.together:
                self.facts(found[told:])
            yield from (chain for chain in found[told:] if self._meets(chain))
            told = len(found)
            if told < number or number >= _MOST_LOOKED_AT:
                return
            number = min(4 * number, _MOST_LOOKED_AT)

    def _best(self, limit: float | None, number: int) -> list[Chain]:
        assert self._ends is not None
        asked, steps = self._asked, self._steps
        first, last = (None, None) if asked.as_of is None else dates.days(asked.as_of)
        closed = {kind for word in self._avoid for kind in word.facts}
        masks = [word.nodes for word in self._through if not word.facts]
        return best_paths(
            steps.index,
            *self._ends,
            k=number,
            most_steps=asked.max_length,
            most_cost=inf if limit is None else limit + self._of_ends,
            kinds=[kind not in closed for kind, _ in steps.kinds],
            blocked=np.flatnonzero(sum((w.nodes for w in self._avoid), self._none)),
            through=min(masks, key=np.count_nonzero) if masks else None,
            level=LEVELS.index(asked.include),
            first=first,
            last=last,
        )

    @cached_property
    def _of_ends(self) -> float:
        """Half of what the two ends cost: every chain has it, and it tells nothing."""
        return float(self._steps.hub[list(self._ends or ())].sum()) / 2

    @property
    def _none(self) -> Mask:
        return np.zeros(len(self._steps.nodes), bool)

    def _meets(self, chain: Chain) -> bool:
        """Whether a chain meets what the index does not look at."""
        inner = list(chain.nodes[1:-1])
        classes = {self._steps.kinds[self._steps.kind[edge]][0] for edge in chain.edges}
        if not all(word.nodes[inner].any() or classes & word.facts for word in self._through):
            return False
        return not self._asked.together or self.held(chain).together in ("definitely", "possibly")

    def _named(self, word: str) -> _Named:
        kind = find_kind(self._graph, word)
        if kind is not None:
            entities, facts = kind.entities, kind.facts
        else:
            try:
                entities, facts = frozenset({resolve(self._graph, word).id}), frozenset()
            except UnknownName as error:
                raise UnknownName(
                    f"“{word}” is no kind of thing, and {error}", word, error.suggestions
                ) from None
        nodes = self._none
        nodes[[n for e in entities if (n := self._steps.number(e)) is not None]] = True
        return _Named(nodes, facts)
