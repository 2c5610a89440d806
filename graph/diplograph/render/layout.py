"""Geometry: where the nodes of a picture stand. No physics, no chance: the same every time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from diplograph.render.picture import Point

__all__ = ["HEIGHT", "WIDE", "Rows", "column", "ovals", "rows", "spread"]

HEIGHT = 545.0
"""How high a picture of rows is where they all have names."""

_ROW = 14.0
_LINE = 17.0
_GAP = 0.3
_NAME = 15.0
_WIDE = 280.0
WIDE = 600.0
_WIDEST = {1: WIDE, 2: WIDE / 2}
"""For a window of 1,280 by 800 pixels, in which the picture has about 950 by 650."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Places for things in order of time, top to bottom, in columns side by side.

    Everything has a height of its own, so that a line to either side passes between the labels of
    the other columns. ``years`` are the heights at which a new group begins.
    """

    places: tuple[Point, ...]
    breaks: tuple[tuple[str, float], ...]
    room: float
    width: float
    height: float


def rows(groups: Sequence[tuple[str, int]], high: float = HEIGHT) -> Rows:
    """Rows for groups (years), each with its number of things, in order.

    The number of columns is the smallest at which labels of one column do not touch in a picture
    of that height (``high``); above two columns the picture grows in height instead.
    """
    count = sum(number for _, number in groups)
    units = max(count - 1 + _GAP * max(len(groups) - 1, 0), 1.0)
    columns = 1 if units * _ROW <= high else 2
    step = min(44.0, max(high / units, _ROW / columns))
    while step > _ROW / columns and sum(_tall(n, step) for _, n in groups) > high + step:
        step = max(step - 0.25, _ROW / columns)
    room = _WIDEST[columns]
    places: list[Point] = []
    breaks: list[tuple[str, float]] = []
    y = 0.0
    for name, number in groups:
        breaks.append((name, y - 0.5 * step * (1 + _GAP)))
        for n in range(number):
            places.append((len(places) % columns * room, y + n * step))
        y += _tall(number, step)
    return Rows(
        tuple(places), tuple(breaks), room, columns * room, places[-1][1] if places else 0.0
    )


def _tall(number: int, step: float) -> float:
    """The height of a group: that of its rows, and at least that of its name."""
    return max((number + _GAP) * step, _NAME)


def column(groups: Sequence[tuple[str, int]], step: float = 24.0, width: float = 300.0) -> Rows:
    """Rows for a narrow screen: one column, as long as it takes."""
    places: list[Point] = []
    breaks: list[tuple[str, float]] = []
    y = 0.0
    for name, number in groups:
        breaks.append((name, y - 0.5 * step))
        y += 0.6 * step
        for _ in range(number):
            places.append((0.0, y))
            y += step
    return Rows(tuple(places), tuple(breaks), width, width, max(y - step, 0.0))


def spread(wanted: Sequence[float], apart: float) -> list[float]:
    """Places along a line, near those wanted but each ``apart`` from its neighbours.

    The order of the places is the order of those wanted.

    >>> spread([0, 0, 100], 10)
    [-5.0, 5.0, 100.0]
    """
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    blocks: list[list[int]] = []
    centres: list[float] = []
    for i in order:
        block, centre = [i], float(wanted[i])
        while blocks and centres[-1] + (len(blocks[-1]) + len(block)) * apart / 2 > centre:
            before = blocks.pop()
            centres.pop()
            block = before + block
            centre = _best(block, wanted, apart)
        blocks.append(block)
        centres.append(centre)
    placed = [0.0] * len(wanted)
    for block, centre in zip(blocks, centres, strict=True):
        for offset, i in enumerate(block):
            placed[i] = centre + (offset - (len(block) - 1) / 2) * apart
    return placed


def _best(block: list[int], wanted: Sequence[float], apart: float) -> float:
    middle = (len(block) - 1) / 2
    return sum(wanted[i] - (o - middle) * apart for o, i in enumerate(block)) / len(block)


def ovals(numbers: Iterable[int]) -> list[tuple[Point, ...]]:
    """Ovals around the middle, from the inside out, each with its places clockwise from the top.

    Each half of an oval keeps the same distance between heights, so that labels written to the
    sides never touch.
    """
    counts = list(numbers)
    heights: list[float] = []
    inner = 205.0 if len(counts) == 1 else 150.0
    for count in counts:
        heights.append(max(inner, (count + 1) // 2 * _LINE / 2))
        inner = heights[-1] + 150.0
    made = []
    for number, (count, high) in enumerate(zip(counts, heights, strict=True)):
        last = number == len(counts) - 1
        if not last:
            high = max(high, heights[-1] * 0.5 * (number + 1) / (len(counts) - 1))
        wide = min(high * 1.12, max(_WIDE, high * 0.6)) if last else high * 0.62
        right = (count + 1) // 2
        left = [(-x, -y) for x, y in _side(count - right, high, wide)]
        made.append((*_side(right, high, wide), *left))
    return made


def _side(count: int, high: float, wide: float) -> list[Point]:
    step = 2 * high / max(count, 1)
    heights = [-high + step * (i + 0.5) for i in range(count)]
    return [(wide * sqrt(max(0.0, 1 - (y / high) ** 2)), y) for y in heights]
