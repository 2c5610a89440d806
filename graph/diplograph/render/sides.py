"""Where the parties stand whose agreements a picture shows, and those who act for them.

X and Y stand at the sides, who acts for one of them beside it, all others beneath; on the screen of
a phone X and Y stand above their agreements and all others below.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection

from diplograph.model import Entity
from diplograph.render.layout import WIDE, Rows, spread
from diplograph.render.picture import Point
from diplograph.render.ties import pair_of

__all__ = ["FAN", "LOWER", "RAIL", "Ties", "beneath", "beside", "narrowly", "sides_of"]

Ties = dict[tuple[str, str], tuple[str, ...]]

RAIL = 22.0
"""How far beside the agreements the lines to one party turn towards it."""

FAN = 100.0
"""How far from there the party stands."""

_VIA = 44.0
_BELOW = 44.0
LOWER = 28.0
"""How much lower the next row of those beneath stands."""

_ACTING = 44.0
_CLOSE = 115.0


def sides_of(
    places: Collection[str], ties: Ties, people: dict[str, Entity], one: Entity, two: Entity
) -> dict[str, str]:
    """Where each party stands: left or right with X or Y, beneath the others."""
    sides = {one.id: "left", two.id: "right"}
    for iri in sorted(people):
        if iri not in sides and iri not in places:
            left, right = (pair_of(iri, p.id) in ties for p in (one, two))
            sides[iri] = "below" if left == right else "by left" if left else "by right"
    return sides


def beside(
    places: dict[str, Point],
    ties: Ties,
    sides: dict[str, str],
    laid: Rows,
    one: Entity,
    two: Entity,
) -> dict[str, Point]:
    """Places for the parties, near the middle of their agreements."""
    right = laid.width + RAIL
    middle = laid.height / 2
    own: dict[str, list[Point]] = defaultdict(list)
    for pair in ties:
        for iri, other in (pair, pair[::-1]):
            if other in places:
                own[iri].append(places[other])
    by_side: dict[str, list[str]] = defaultdict(list)
    for iri in sorted(sides):
        by_side[sides[iri]].append(iri)
    found: dict[str, Point] = {}
    for party, side, x, via in (
        (one, "by left", -RAIL - FAN, -RAIL - _VIA),
        (two, "by right", right + FAN, right + _VIA),
    ):
        # The party itself, with its name beneath it, has the room of two of those who act for it.
        wanted = [middle, middle, *(_mean([p[1] for p in own[i]], middle) for i in by_side[side])]
        spaced = spread(wanted, _ACTING)
        up = max(0.0, max(spaced[2:], default=0.0) - laid.height)
        upper, lower, *others = (y - up for y in spaced)
        found[party.id] = (x, (upper + lower) / 2 - _ACTING / 5)
        found |= {iri: (via, y) for iri, y in zip(by_side[side], others, strict=True)}
    below = by_side["below"]
    apart, _, lines = beneath(len(below))
    wanted = [_mean([p[0] for p in own[iri]], laid.width / 2) for iri in below]
    line = spread(wanted, apart)
    shift = laid.width / 2 - (min(line) + max(line)) / 2 if line else 0.0
    for number, (x, iri) in enumerate(sorted(zip(line, below, strict=True))):
        found[iri] = (x + shift, laid.height + _BELOW + LOWER * (number % lines))
    return found


def beneath(count: int) -> tuple[float, float, int]:
    """How far those beneath stand from each other, and how wide the name of each may be.

    Where they are close they stand in two or more rows by turns (the last value), and a name has
    the room of so many.
    """
    wide = WIDE + 2 * (RAIL + FAN)
    apart = min(150.0, wide / max(count, 1))
    lines = next((n for n in (1, 2, 3) if n * apart >= _CLOSE), 4)
    return apart, lines * apart - 12.0, lines


def narrowly(sides: dict[str, str], slim: Rows, one: Entity, two: Entity) -> dict[str, Point]:
    """Places on a narrow screen: the two parties above their agreements, all others below."""
    found = {one.id: (-RAIL, -40.0), two.id: (slim.width, -40.0)}
    others = sorted((iri for iri in sides if iri not in found), key=lambda iri: (sides[iri], iri))
    for number, iri in enumerate(others):
        column, row = number % 3, number // 3
        found[iri] = (30.0 + 118.0 * column, slim.height + 70.0 + 52.0 * row + 17.0 * (column % 2))
    return found


def _mean(values: list[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise
