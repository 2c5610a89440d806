"""Discs side by side: each as near to the middle as the earlier ones leave room for."""

from __future__ import annotations

from collections.abc import Sequence
from math import pi
from typing import Any

from diplograph.render.picture import Point

__all__ = ["packed"]

_FLAT = 1.45


def packed(
    radii: Sequence[float], middle: float, flat: float = _FLAT, gap: float = 16.0
) -> list[Point]:
    """Centres for discs, each as near to the middle as the earlier ones leave room for."""
    packing = _Packing(flat, gap)
    if middle:
        packing.put(0.0, 0.0, middle)
    centres: list[Point] = []
    for radius in radii:
        best = packing.free(radius)
        packing.put(*best, radius)
        centres.append(best)
    return centres


class _Packing:
    """Discs that do not overlap, and where another may stand: beside one of them.

    The places that are free for discs of one size are kept, since many of a size follow each other.
    """

    def __init__(self, flat: float, gap: float) -> None:
        import numpy as np

        self._np, self._flat, self._gap = np, flat, gap
        turn = np.arange(36) * pi / 18
        self._around = np.stack((np.cos(turn), np.sin(turn)))
        self._discs = np.empty((3, 0))
        self._radius = -1.0
        self._places = np.empty((2, 0))

    def put(self, x: float, y: float, radius: float) -> None:
        """Place a disc."""
        disc = self._np.array([[x], [y], [radius]])
        if self._radius >= 0:
            self._places = self._np.concatenate(
                (self._clear(self._places, disc), self._beside(disc, self._discs)), axis=1
            )
        self._discs = self._np.concatenate((self._discs, disc), axis=1)

    def free(self, radius: float) -> Point:
        """The place nearest to the middle where a disc of this size overlaps no other."""
        if not self._discs.shape[1]:
            return (0.0, 0.0)
        if radius != self._radius:
            self._radius = radius
            self._places = self._beside(self._discs, self._discs)
        x, y = self._places
        assert len(x), "a disc always fits beside the outermost one"
        cost = self._np.hypot(x / self._flat, y).round(3)
        first = self._np.lexsort((y, x, cost))[0] if len(cost) else 0
        return (float(x[first]), float(y[first]))

    def _beside(self, discs: Any, others: Any) -> Any:
        """Places that touch one of the discs and are clear of the others."""
        reach = discs[2] + self._radius + self._gap
        places = discs[:2, :, None] + reach[None, :, None] * self._around[:, None, :]
        return self._clear(places.reshape(2, -1).round(3), others)

    def _clear(self, places: Any, discs: Any) -> Any:
        """Those of the places on which a disc would overlap none of the others."""
        for begin in range(0, discs.shape[1], 64):
            x, y, radius = discs[:, begin : begin + 64, None]
            away = (places[0] - x) ** 2 + (places[1] - y) ** 2
            least = radius + self._radius + self._gap - 0.1
            places = places[:, (away >= least**2).all(axis=0)]
        return places
