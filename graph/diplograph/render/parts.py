"""A network too large for one picture, divided into parts that are each drawn by themselves.

The parts are communities (Leiden), divided again until each is small enough to be read. What is on
the way are groups of groups, so that the first picture, and each that opens from it, has a few
dozen of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from diplograph.measures.partition import leiden
from diplograph.render.ties import Near, among

__all__ = ["Part", "divide"]

_FIRST = 1.0
_FINER = 3.0
_MOST_FINE = 100.0
_LEAST = 3


@dataclass(frozen=True, slots=True)
class Part:
    """A group of entities that is drawn as one picture: of themselves, or of the parts in it.

    ``members`` are all entities in it, those with the most ties within first. ``inner`` are the
    numbers of the parts in it, the largest first; none where it is drawn entity by entity.
    ``around`` is the number of the part that it is in, -1 for the first, which has everything.
    """

    number: int
    around: int
    members: tuple[str, ...]
    inner: tuple[int, ...]


def divide(flat: Near, most: int = 240, groups: int = 48) -> tuple[Part, ...]:
    """Divide a network into parts of at most ``most`` entities.

    No part has more than ``groups`` others in it; where there would be more, the smallest are put
    together. The first part is the whole. The same network gives the same parts.

    >>> import networkx as nx
    >>> from diplograph.render.ties import near
    >>> parts = divide(near(nx.relabel_nodes(nx.caveman_graph(6, 5), str)), most=8)
    >>> len(parts), {len(part.members) for part in parts[1:]}
    (7, {5})
    """
    found: list[Part] = []

    def add(members: list[str], around: int, wider: Near) -> int:
        number = len(found)
        within = among(wider, members) if around >= 0 else wider
        ordered = tuple(sorted(members, key=lambda node: (-len(within[node]), node)))
        found.append(Part(number, around, ordered, ()))
        if len(members) > most:
            parts = _split(within, ordered, most, groups)
            inner = tuple(add(part, number, within) for part in parts)
            found[number] = Part(number, around, ordered, inner)
        return number

    add(sorted(flat), -1, flat)
    return tuple(found)


def _split(within: Near, members: Sequence[str], most: int, groups: int) -> list[list[str]]:
    """Two parts at least, the largest first."""
    number = {node: place for place, node in enumerate(sorted(members))}
    ends = sorted((number[a], number[b]) for a in members for b in within[a] if a < b)
    one, two = (np.array([end[side] for end in ends], np.int32) for side in (0, 1))
    names = sorted(members)
    resolution = _FIRST
    while resolution < _MOST_FINE:
        label = leiden(len(names), one, two, resolution=resolution)
        parts = [
            [names[place] for place in np.flatnonzero(label == part)]
            for part in range(int(label.max(initial=-1)) + 1)
        ]
        parts = _joined(parts, most, groups)
        if len(parts) > 1 and len(parts[0]) <= 0.9 * len(names):
            return parts
        resolution *= _FINER
    # Nothing belongs together more than anything else: by their ties, as many as can be shown.
    size = max(most, -(-len(members) // groups))
    return [list(members[place : place + size]) for place in range(0, len(members), size)]


def _joined(parts: list[list[str]], most: int, groups: int) -> list[list[str]]:
    """The parts, the largest first; those of one or two, and the smallest of too many, together."""
    parts = sorted(parts, key=lambda part: (-len(part), part))
    kept = [part for part in parts[: groups - 1] if len(part) >= _LEAST]
    rest = sorted(node for part in parts[len(kept) :] for node in part)
    if len(parts) == len(kept) + 1:
        rest, kept = [], parts
    return sorted([*kept, *([rest] if rest else [])], key=lambda part: (-len(part), part))
