"""The cheapest chains between two nodes of an index.

The best chain is found by a bidirectional search (:mod:`diplograph.pathindex.plain`). The compiled
engine finds the next ones along with it, as the best walks. Where too many of these pass a node
twice, and by the plain engine, they are found by dividing what is left
(:mod:`diplograph.pathindex.partition`): a search for the chains that leave one found at a certain
node, for each of its nodes, in the order of what they cost at least. So the work is bounded by the
number of chains told and their length, whatever the degrees are.

Where a chain must pass one of some nodes, the cheapest walk that does so can pass a node twice. It
is then no answer but divided like one. How many of those come first has no bound but ``effort``.
"""

from __future__ import annotations

import sys
from math import inf
from typing import Literal

from numpy.typing import ArrayLike

from diplograph.errors import OptionError
from diplograph.pathindex.arrays import PathIndex
from diplograph.pathindex.filters import Allowed, allowed
from diplograph.pathindex.partition import Chain, Partition
from diplograph.pathindex.plain import PlainSearch
from diplograph.pathindex.tasks import EFFORT, Engine, Spent

__all__ = ["COMPILED_FROM", "Chain", "best_paths"]

COMPILED_FROM = 500_000
"""From so many edges on the compiled engine pays for one question: to load it takes half a second,
and plain Python takes as long for a dozen chains."""


def best_paths(
    index: PathIndex,
    x: int,
    y: int,
    *,
    k: int = 1,
    most_steps: int = 8,
    most_cost: float = inf,
    kinds: ArrayLike | None = None,
    blocked: ArrayLike | None = None,
    through: ArrayLike | None = None,
    level: int = 0,
    first: int | None = None,
    last: int | None = None,
    engine: Literal["compiled", "plain"] | None = None,
    effort: int = EFFORT,
) -> list[Chain]:
    """The ``k`` cheapest chains between two nodes, the cheapest first; none where x is y.

    Chains pass no node twice and differ in their nodes: a step is told with the cheapest edge that
    counts, of equals the one of the lowest number. Of equal cost the shorter comes first, then the
    one whose nodes come first.

    * ``most_steps`` and ``most_cost``: no chain is longer, none costs more;
    * ``kinds``: which edge types count, by their code; all where None;
    * ``blocked``: nodes not to be passed, x and y excepted;
    * ``through``: by node; one inner node must be one of these;
    * ``level``, ``first``, ``last``: an edge counts if its first day at this level of inclusion is
      not after ``last`` and its last day not before ``first``; one whose first day is ``NEVER`` is
      out in any case.

    ``engine`` is the compiled one if numba is loaded already, or is there and the index has half a
    million edges or more, else the one in plain Python; both give the same. Costs are kept in
    single and added in double precision, which is exact, and in whatever order the same, while all
    edges cost between 0.01 and 100,000; far outside, what is equal may depend on the order of
    addition.

    Raises :class:`~diplograph.errors.OptionError` for a node that the index does not have, for
    conditions that do not fit it, and where more than ``effort`` partial chains were settled: in
    large networks with ``through`` nodes that can hardly be passed.

    >>> from diplograph.dates import ALWAYS, NEVER
    >>> index = PathIndex.build(
    ...     4, [0, 1, 0, 2], [1, 3, 2, 3], cost=[1, 1, 1, 2], kind=[0, 0, 1, 1],
    ...     since=[[ALWAYS] * 4] * 3, until=[NEVER] * 4,
    ... )
    >>> [chain.nodes for chain in best_paths(index, 0, 3, k=5)]
    [(0, 1, 3), (0, 2, 3)]
    >>> best_paths(index, 0, 3, k=5, kinds=[False, True])
    [Chain(cost=3.0, nodes=(0, 2, 3), edges=(2, 3))]
    """
    for node in (x, y):
        if not 0 <= node < index.nodes:
            raise OptionError(f"there is no node {node}; the index has {index.nodes:,}.")
    if k < 1 or most_steps < 1 or effort < 1:
        raise OptionError("the number of chains, of steps and the effort must be 1 or more.")
    allow = allowed(
        index, x, y, kinds=kinds, blocked=blocked, through=through, level=level, first=first,
        last=last,
    )  # fmt: skip
    if x == y:
        return []
    searches = _engine(engine, index, allow, Spent(effort))
    parts = Partition(index, allow, searches, (x, y), k, most_steps, most_cost)
    return parts.at_once() or parts.run()


def _engine(name: str | None, index: PathIndex, allow: Allowed, spent: Spent) -> Engine:
    loaded = "numba" in sys.modules
    if name == "plain" or (name is None and not loaded and index.edges < COMPILED_FROM):
        return PlainSearch(index, allow, spent)
    try:
        from diplograph.pathindex.compiled import CompiledSearch
    except ImportError:
        if name is not None:
            raise OptionError(
                "the compiled engine needs numba; install diplograph[fast]."
            ) from None
        return PlainSearch(index, allow, spent)
    return CompiledSearch(index, allow, spent)
