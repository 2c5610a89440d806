"""What is too much to be told apart in one picture, put together by kind into groups that open.

Around an entity stand the few that are tied to it most, and one mark for all others of a kind. A
group is never larger than what a ring has room to name; a larger kind makes several, by years or by
letters.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from diplograph.model import Entity
from diplograph.render.words import class_words

__all__ = ["Bunch", "Sorted", "bunches_around"]

_RING = 72
"""How many names a ring has room for."""

_NEAR = 28
"""How many entities stand by themselves where there are groups."""

_KEPT = 3
"""How many at least of a kind that is put together still stand by themselves."""

_FEW = 4

Sorted = tuple[int, str, str, str]
"""What entities of a ring are sorted by: their class, time, name and IRI."""


@dataclass(frozen=True, slots=True)
class Bunch:
    """Entities of one class (``type``; empty for several) that one mark stands for, in order."""

    name: str
    type: str
    members: tuple[str, ...]


def bunches_around(
    far: Mapping[str, int],
    entities: Mapping[str, Entity],
    order: Callable[[str], Sorted],
    weight: Callable[[str], float],
) -> tuple[Bunch, ...]:
    """The groups around an entity; none where all that is around it can be named.

    ``far`` says how many facts away each entity is, ``order`` what they are sorted by, ``weight``
    which are left by themselves.
    """
    rings = Counter(distance for distance in far.values() if distance)
    if not rings or (
        max(rings.values()) <= _RING
        and (len(rings) == 1 or (len(rings) == 2 and rings[1] <= _NEAR))
    ):
        return ()
    kinds: dict[tuple[int, str], list[str]] = defaultdict(list)
    for iri in sorted(far, key=order):
        if far[iri]:
            kinds[far[iri], entities[iri].type].append(iri)
    alone = {kind: members for (distance, kind), members in kinds.items() if distance == 1}
    bunched: dict[tuple[int, str], list[str]] = {
        key: members for key, members in kinds.items() if key[0] > 1
    }
    left = set(alone)
    while left and sum(map(len, alone.values())) > _NEAR:
        largest = max(sorted(left), key=lambda kind: len(alone[kind]))
        left.remove(largest)
        members = alone[largest]
        if len(members) < _KEPT + _FEW:
            break
        others = sum(len(own) for kind, own in alone.items() if kind != largest)
        kept = max(_KEPT, min(_NEAR - others, len(members) - _FEW))
        first = set(sorted(members, key=lambda iri: (-weight(iri), iri))[:kept])
        alone[largest] = [iri for iri in members if iri in first]
        bunched[1, largest] = [iri for iri in members if iri not in first]
    places = {distance for distance, _ in bunched}
    return tuple(
        bunch
        for (distance, kind), members in _pooled(bunched)
        for bunch in _pieces(_named(kind, distance, len(places) > 1), kind, members, order)
    )


def _pooled(
    kinds: Mapping[tuple[int, str], list[str]],
) -> list[tuple[tuple[int, str], list[str]]]:
    """The kinds, those of which there are few together after the others as far away."""
    found: dict[tuple[int, bool, str], list[str]] = defaultdict(list)
    for (distance, kind), members in kinds.items():
        few = len(members) < _FEW
        found[distance, few, "" if few else kind] += members
    return [((distance, kind), found[distance, few, kind]) for distance, few, kind in sorted(found)]


def _named(kind: str, distance: int, apart: bool) -> str:
    """The name of a kind, so far away, where groups are differently far (``apart``)."""
    words = class_words(kind) if kind else "Other"
    several = f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"
    if distance == 1:
        return f"More {several.lower()}"
    return f"{several}, {distance} facts away" if apart else several


def _pieces(
    name: str, kind: str, members: list[str], order: Callable[[str], Sorted]
) -> list[Bunch]:
    """A kind in pieces of about the same size, each named by the years or letters that it has."""
    count = -(-len(members) // _RING)
    if count == 1:
        return [Bunch(name, kind, tuple(members))]
    cuts = [len(members) * n // count for n in range(count + 1)]
    pieces = [members[a:b] for a, b in pairwise(cuts)]
    return [Bunch(f"{name}, {_reach(piece, order)}", kind, tuple(piece)) for piece in pieces]


def _reach(members: list[str], order: Callable[[str], Sorted]) -> str:
    """From what to what the members reach: years, or the first letters of their names."""
    ends = [order(members[0]), order(members[-1])]
    told = [_year(time) or name[:2].strip().upper() for _, time, name, _ in ends]
    return told[0] if told[0] == told[1] else f"{told[0]}–{told[1]}"


def _year(time: str) -> str:
    return "no date" if time == "9999" else time[:4]
