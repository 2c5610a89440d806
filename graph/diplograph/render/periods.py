"""The agreements of two parties that are too many to be named at once, in groups by years."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from math import sqrt

from diplograph.model import Entity, Link
from diplograph.render.layout import Rows, rows
from diplograph.render.picture import Node

__all__ = ["PERIODS", "by_years", "in_periods", "marks_of"]

PERIODS = "The agreements stand in groups by years; a group opens on a click."

_OVER = 28.0
_NEAR = 8
"""How many agreements off the middle a group may end, to end with a year."""


def in_periods(
    links: Sequence[Link], year: Callable[[Link], str], height: float
) -> list[list[Link]]:
    """The agreements, in order of time, in as few groups as can be named in so much height.

    They are of about the same size; a group ends with a year where one ends nearby.
    """
    for count in range(1, len(links) + 1):
        periods = _cut(links, year, count)
        if all(by_years(period, year, height).height <= height + _OVER for period in periods):
            return periods
    return [list(links)]


def by_years(links: Iterable[Link], year: Callable[[Link], str], height: float) -> Rows:
    """The rows of agreements that are in order of time, in so much height if they can be."""
    return rows([(name, len(list(group))) for name, group in groupby(links, key=year)], height)


def _cut(links: Sequence[Link], year: Callable[[Link], str], count: int) -> list[list[Link]]:
    cuts = [0]
    for number in range(1, count):
        wanted = len(links) * number // count
        near = range(max(wanted - _NEAR, cuts[-1] + 1), min(wanted + _NEAR, len(links) - 1) + 1)
        ends = [place for place in near if year(links[place - 1]) != year(links[place])]
        cuts.append(
            min(ends, key=lambda place: abs(place - wanted), default=max(wanted, cuts[-1] + 1))
        )
    return [list(links[a:b]) for a, b in zip(cuts, [*cuts[1:], len(links)], strict=True)]


def marks_of(
    periods: Sequence[Sequence[Link]], year: Callable[[Link], str], laid: Rows
) -> tuple[Node, ...]:
    """A mark for each of the groups, one beneath the other where the agreements stand."""
    step = laid.height / len(periods)
    named: dict[str, int] = {}
    nodes = []
    for number, period in enumerate(periods):
        name = f"Agreements {_reach([year(link) for link in period])}"
        named[name] = named.get(name, 0) + 1
        nodes.append(
            Node(
                entity=Entity(
                    f"group:{number}", name + f", {named[name]}" * (named[name] > 1), "Agreement"
                ),
                at=(laid.width / 3, step * (number + 0.5)),
                size=round(8.0 + 1.6 * sqrt(len(period)), 1),
                weight=5e3 - number,
                tier=1,
                side="right",
                room=laid.width / 2,
                narrow=(0.0, 0.0),
                holds=tuple(link.id for link in period),
            )
        )
    return tuple(nodes)


def _reach(years: Sequence[str]) -> str:
    """From which year to which, and whether some have none."""
    dated = [name for name in years if name.isdigit()]
    if not dated:
        return "without a date"
    told = dated[0] if dated[0] == dated[-1] else f"{dated[0]}–{dated[-1]}"
    return told if len(dated) == len(years) else f"{told} and undated"
