"""An ego network: one entity in the middle, on an oval around it what facts tie to it."""

from __future__ import annotations

from math import sqrt
from typing import TYPE_CHECKING

from diplograph.charts.canvas import (
    BLUE,
    GREEN,
    GREY,
    LIGHT,
    MIDDLE,
    ORANGE,
    PURPLE,
    RED,
    SKY,
    SMALL,
    WIDTHS,
    YELLOW,
    Frame,
    Sheet,
)  # fmt: skip
from diplograph.charts.drawn.bars import draw_key, key_of
from diplograph.charts.found.network import Network
from diplograph.charts.words import counted, width_of, wrapped

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

__all__ = ["LOOKS", "draw_network", "places"]

LOOKS = {
    "Country": ("o", BLUE), "Organization": ("s", ORANGE), "Leader": ("^", GREEN),
    "Person": ("^", SKY), "Post": ("v", GREEN), "Agreement": ("D", RED), "Event": ("P", PURPLE),
    "Project": ("h", YELLOW), "Place": ("p", SKY), "Issue": ("*", GREY),
    "ArmsTransfer": (">", ORANGE), "WeaponSystem": ("X", MIDDLE), "Document": ("d", MIDDLE),
}  # fmt: skip
"""Shape and colour of each class; no two are alike."""

_OTHER = ("H", MIDDLE)
_STEP = 5.4

_SPARSE = 4
"""Up to how many entities have room for names of three lines."""


def places(number: int, half_width: float, half_height: float) -> list[tuple[float, float]]:
    """Places on an oval, clockwise from its top, at equal steps of height on either side.

    >>> [(round(x), round(y)) for x, y in places(4, 10.0, 10.0)]
    [(9, 5), (9, -5), (-9, -5), (-9, 5)]
    """
    right = (number + 1) // 2
    found = []
    for side, count in ((1, right), (-1, number - right)):
        for n in range(count):
            part = 1 - (2 * n + 1) / count
            y = part if side == 1 else -part
            found.append((side * half_width * sqrt(1 - y * y), y * half_height))
    return found


def draw_network(found: Network, columns: int = 2) -> tuple[Sheet, Frame]:
    """The sheet with an ego network, and its frame."""
    width = WIDTHS[columns]
    room = 58.0 if columns == 2 else 29.0
    half = (width - 2 * room) / 2 - 1.0
    side = (len(found.near) + 1) // 2
    half_height = max(side * _STEP / 2, 14.0)
    key = key_of(_items(found), width - 4.0)
    least, most = min(n.facts for n in found.near), max(n.facts for n in found.near)
    told = f"a line's width is the number of facts, {least}" + (
        f" to {most}" if most > least else ""
    )
    frame = Frame(
        found.title,
        f"{counted(len(found.near), 'entity', 'entities')} that facts tie to "
        f"{found.middle}; {told}. {found.told.dated}",
        (found.told.sources, *found.notes, *_beyond(found)),
    )
    body = 2 * half_height + 4.0 + 3.2 * len(key) + 2.0
    sheet = Sheet(columns, body, frame)
    axes = sheet.plain(0.0, 3.2 * len(key) + 2.0, width, 2 * half_height + 4.0)
    axes.set_xlim(-width / 2, width / 2)
    axes.set_ylim(-half_height - 2.0, half_height + 2.0)
    at = places(len(found.near), half, half_height)
    for one, two in found.ties:
        _bend(axes, at[one], at[two])
    drawn: list[list[Artist]] = []
    for near, (x, y) in zip(found.near, at, strict=True):
        line = axes.plot(
            [0, x], [0, y], color=GREY, linewidth=0.4 + 2.4 * near.facts / most, zorder=2,
            alpha=0.75, linestyle=(0, (2, 1.2)) if near.pending else "solid",
            solid_capstyle="butt",
        )  # fmt: skip
        drawn.append([*line])
    for near, (x, y), parts in zip(found.near, at, drawn, strict=True):
        shape, colour = LOOKS.get(near.type, _OTHER)
        parts += axes.plot(
            [x], [y], shape, color=colour, markersize=4.6, markeredgecolor="black",
            markeredgewidth=0.4, zorder=4,
        )  # fmt: skip
        beside = width / 2 - abs(x) - 3.5
        number = f" ({near.facts})"
        most = 3 if len(found.near) <= _SPARSE else 2
        lines = wrapped(near.label, beside - width_of(number, SMALL), SMALL, most)
        lines[-1] += number
        for n, words in enumerate(lines):
            label = axes.text(
                x + (2.0 if x > 0 else -2.0), y + 2.5 * ((len(lines) - 1) / 2 - n) - 0.1, words,
                ha="left" if x > 0 else "right", va="center_baseline", zorder=5,
            )  # fmt: skip
            parts.append(label)
        sheet.mark(f"{found.middle} and {near.label}", near.told, parts)
    _middle(axes, found.middle, half)
    draw_key(sheet, key, 0.0)
    return sheet, frame


def _middle(axes: Axes, name: str, half: float) -> None:
    longest = max(width_of(word, 7.0, bold=True) for word in name.split(" "))
    lines = wrapped(name, min(max(half * 1.1, 16.0, longest), 40.0), 7.0, 4, bold=True)
    axes.text(
        0, 0, "\n".join(lines), ha="center", va="center", fontsize=7.0, weight="bold", zorder=6,
        bbox={"boxstyle": "round,pad=0.35", "facecolor": "white", "edgecolor": "black",
              "linewidth": 0.7},
    )  # fmt: skip


def _bend(axes: Axes, one: tuple[float, float], two: tuple[float, float]) -> None:
    """A faint line between two of the oval, bent towards its middle."""
    from matplotlib.patches import PathPatch
    from matplotlib.path import Path

    middle = (0.3 * (one[0] + two[0]), 0.3 * (one[1] + two[1]))
    path = Path([one, middle, two], [Path.MOVETO, Path.CURVE3, Path.CURVE3])
    axes.add_patch(PathPatch(path, facecolor="none", edgecolor=LIGHT, linewidth=0.4, zorder=1))


def _items(found: Network) -> list[tuple[str, str, str]]:
    kinds = list(dict.fromkeys(near.type for near in found.near))
    items = []
    for kind in kinds:
        shape, colour = LOOKS.get(kind, _OTHER)
        items.append((f"point {shape}full", colour, _words(kind)))
    if found.ties:
        items.append(("line", LIGHT, "also tied to one another"))
    return items


def _words(kind: str) -> str:
    """The words of a class name.

    >>> _words("ArmsTransfer")
    'arms transfer'
    """
    return "".join(f" {c.lower()}" if c.isupper() else c for c in kind).strip()


def _beyond(found: Network) -> tuple[str, ...]:
    if not found.beyond:
        return ()
    parts = ", ".join(f"{_words(kind)} {number}" for kind, number in found.beyond.items())
    return (f"Not drawn, by class: {parts}.",)
