"""A projected network as it is measured, and as it would be with other facts.

The edges are read once (:mod:`diplograph.edges`); every variation is a choice among their rows:
without a source, without what is only estimated or rumoured, or with facts drawn anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from diplograph import dates, measures
from diplograph.edges import Edges, Ints, Mask, Ties
from diplograph.measures import Method
from diplograph.model import Include

__all__ = ["UNFIRM", "View", "Views", "view_of"]

Floats = NDArray[np.float64]

UNFIRM = ("estimated", "rumoured", "denied")
"""Grades of what is left out where only the firm facts are to count."""


@dataclass(frozen=True, eq=False)
class View:
    """A network as columns, its nodes numbered anew: only those that an edge ties are in it.

    ``present`` are their numbers among the ``total`` nodes of the projection. ``one``, ``two``,
    ``weight`` and ``times`` (how often an edge counts) have a place for each edge, parallel ones
    included.
    """

    total: int
    present: NDArray[np.int64]
    one: Ints
    two: Ints
    weight: Floats
    times: Floats
    directed: bool

    @cached_property
    def simple(self) -> tuple[Ints, Ints, Floats]:
        """One edge a pair, without direction, with the sum of the weights."""
        return measures.merged(self.one, self.two, self.weight)

    def scores(self, measure: str, method: Method, seed: int = 0) -> Floats:
        """The measure of every node of the projection; not a number for those without an edge."""
        degree = measure.endswith("degree")
        if degree:
            one, two, weight = self.one, self.two, self.weight
        elif self.directed and measure in measures.DIRECTED:
            one, two, weight = measures.merged(self.one, self.two, self.weight, directed=True)
        else:
            one, two, weight = self.simple
        found = np.full(self.total, np.nan)
        found[self.present] = measures.scores(
            measure, len(self.present), one, two, weight, times=self.times if degree else None,
            directed=self.directed, sample=method.sample, seed=seed, engine=method.engine,
        )  # fmt: skip
        return found


def view_of(edges: Edges, ties: Ties, drawn: Floats | None = None) -> View:
    """The network of some edges; ``drawn`` is how often each is to count, 0 for not at all."""
    kept = np.arange(len(ties)) if drawn is None else np.flatnonzero(drawn)
    times = np.ones(len(kept)) if drawn is None else drawn[kept]
    ends = np.concatenate((ties.one[kept], ties.two[kept]))
    present, number = np.unique(ends, return_inverse=True)
    one, two = number.reshape(2, -1).astype(np.int32)
    return View(
        len(edges.nodes), present.astype(np.int64), one, two,
        ties.weight[kept] * times, times, edges.projection.directed,
    )  # fmt: skip


@dataclass(frozen=True, eq=False)
class Views:
    """The network of a projection as of a date, and its variations."""

    edges: Edges
    as_of: dates.Period | None
    include: Include

    @cached_property
    def counted(self) -> Mask:
        """Which rows of the projection count."""
        return self.edges.counted(self.as_of, self.include)

    @cached_property
    def ties(self) -> Ties:
        """The edges that these rows make."""
        return self.edges.ties(self.counted)

    @cached_property
    def whole(self) -> View:
        """The network itself."""
        return view_of(self.edges, self.ties)

    @cached_property
    def facts(self) -> NDArray[np.int64]:
        """The numbers of the facts that count."""
        return np.unique(self.edges.fact[self.counted]).astype(np.int64)

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """The sources that tell any of the facts that count."""
        found = np.unique(self.edges.source[self.counted]).tolist()
        return tuple(sorted({self.edges.sources[number] for number in found} - {""}))

    def without(self, source: str) -> View:
        """The network without one source, and without what it tells of agreements' stages."""
        counted = self.edges.counted(self.as_of, self.include, without=source)
        return view_of(self.edges, self.edges.ties(counted))

    def firm(self) -> View:
        """The network without facts that are only estimated, rumoured or denied."""
        firm = self.counted & ~self.edges.graded(UNFIRM)
        return self.whole if firm.sum() == self.counted.sum() else self._of(firm)

    def redrawn(self, rounds: int, seed: int) -> Iterator[View]:
        """So many networks of facts drawn with replacement, as many as there are (a bootstrap).

        An edge of which several facts tell counts as often as they were drawn on the average, and
        not at all where none was.
        """
        fact = np.searchsorted(self.facts, self.edges.fact[self.counted])
        tie = np.repeat(np.arange(len(self.ties)), self.ties.facts)
        for number in range(rounds):
            random = np.random.default_rng([seed % 2**63, number])
            drawn = np.bincount(random.integers(0, len(self.facts), len(self.facts)))
            often = np.zeros(len(self.facts))
            often[: len(drawn)] = drawn
            told = np.bincount(tie, weights=often[fact], minlength=len(self.ties))
            yield view_of(self.edges, self.ties, told / self.ties.facts)

    def _of(self, counted: Mask) -> View:
        return view_of(self.edges, self.edges.ties(counted))
