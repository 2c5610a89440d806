"""Comparing two records field by field, and what the comparison weighs.

Each field of two records agrees to one of a few degrees, its *levels*. By the theory of Fellegi and
Sunter a level weighs log2(m / u): *m* is how often two records of the same thing agree to that
level, *u* how often two records of different things do. The sum of the weights of all fields, which
are taken to be independent, on top of the odds before anything was compared, gives the odds that
the two are the same thing. A field that one of the two lacks weighs nothing.

The m are declared with each kind of thing, since there are no matches known beforehand to learn
them from. The u, and how many of the pairs are matches, are found by expectation and maximization:
from the pairs compared, each counted as a pair of different things as far as it seems to be one,
until that changes no more. All these are estimates, so the score is a ranking on a scale that can
be read, and no measured probability.

I. P. Fellegi and A. B. Sunter, “A Theory for Record Linkage”, Journal of the American Statistical
Association 64 (1969), 1183–1210. M. A. Jaro, “Advances in Record-Linkage Methodology as Applied to
Matching the 1985 Census of Tampa, Florida”, Journal of the American Statistical Association 84
(1989), 414–420.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

__all__ = ["Agreed", "Field", "Scored", "score_all"]

R = TypeVar("R")
Agreed = tuple[int, str]
"""The level to which a field agrees, the first being the best, and the reason in words."""

_BEFORE = 0.5
"""The share of records with any candidate that are taken to have a match, to begin with."""
_ROUNDS = 25
_UNSEEN = 0.5
"""As how often a level is counted, besides, among different things: what was not seen can be."""


@dataclass(frozen=True)
class Field(Generic[R]):
    """A field: its name, how two records are compared in it, and the m of its levels.

    ``compare`` gives None where one of the two says nothing. ``u`` is declared where the pairs that
    are compared are few or mostly of the same things, so that it cannot be found from them.
    """

    name: str
    compare: Callable[[R, R], Agreed | None]
    m: tuple[float, ...]
    u: tuple[float, ...] | None = None


@dataclass(frozen=True)
class Scored(Generic[R]):
    """Two records with the probability that they are the same thing, and why.

    ``weights`` are those of the fields in the order of their declaration, each with its reason.
    """

    one: R
    other: R
    probability: float
    weights: tuple[tuple[str, float, str], ...]


def score_all(
    fields: Sequence[Field[R]], pairs: Sequence[tuple[R, R]], records: int
) -> list[Scored[R]]:
    """Score pairs of records, of which so many ``records`` of one side have a candidate.

    >>> same = Field("word", lambda a, b: (0 if a == b else 1, f"{a} and {b}"), (0.9, 0.1))
    >>> found = score_all([same], [("a", other) for other in "abcdefghijkl"], 6)
    >>> max(found, key=lambda scored: scored.probability).other
    'a'
    """
    if not pairs:
        return []
    agreed = [[field.compare(one, other) for field in fields] for one, other in pairs]
    patterns = Counter(tuple(None if f is None else f[0] for f in row) for row in agreed)
    weights, before = _learnt(fields, patterns, records)
    scored = []
    for (one, other), row in zip(pairs, agreed, strict=True):
        told = tuple(
            (field.name, weights[place][found[0]], found[1])
            for place, (field, found) in enumerate(zip(fields, row, strict=True))
            if found is not None
        )
        scored.append(Scored(one, other, _chance(before, (w for _, w, _ in told)), told))
    return scored


_Pattern = tuple[int | None, ...]


def _learnt(
    fields: Sequence[Field[R]], patterns: Counter[_Pattern], records: int
) -> tuple[list[list[float]], float]:
    """The weights of the levels of each field, and the logarithm of the odds before comparing."""
    total = patterns.total()
    most = min(0.5, records / total)
    share = _BEFORE * most
    chances = dict.fromkeys(patterns, 0.0)
    weights: list[list[float]] = []
    for _ in range(_ROUNDS):
        weights = [_weights(field, place, patterns, chances) for place, field in enumerate(fields)]
        before = math.log2(share / (1 - share))
        chances = {
            pattern: _chance(
                before, (weights[n][level] for n, level in enumerate(pattern) if level is not None)
            )
            for pattern in patterns
        }
        found = sum(chances[pattern] * number for pattern, number in patterns.items())
        share = min(most, max(1 / (10 * total), found / total))
    return weights, math.log2(share / (1 - share))


def _weights(
    field: Field[R], place: int, patterns: Counter[_Pattern], chances: dict[_Pattern, float]
) -> list[float]:
    if field.u is not None:
        return [math.log2(m / u) for m, u in zip(field.m, field.u, strict=True)]
    seen = [0.0] * len(field.m)
    for pattern, number in patterns.items():
        level = pattern[place]
        if level is not None:
            seen[level] += number * (1 - chances[pattern])
    total = sum(seen) + _UNSEEN * len(seen)
    return [math.log2(m * total / (n + _UNSEEN)) for m, n in zip(field.m, seen, strict=True)]


def _chance(before: float, weights: Iterable[float]) -> float:
    return 1 / (1 + 2 ** -min(60.0, max(-60.0, before + sum(weights))))
