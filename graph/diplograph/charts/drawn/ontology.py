"""A class diagram: a box a class, within it the kinds of it, and what leads from it to what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from diplograph.charts.canvas import GREY, LINE, SMALL, WIDTHS, Frame, Sheet
from diplograph.charts.found.ontology import Class, Ontology
from diplograph.charts.words import counted, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_ontology"]

_PAD, _GAP = 1.0, 1.1
_SHADES = ("#eaf1f8", "#ffffff", "#eaf1f8", "#ffffff")


@dataclass(frozen=True)
class _Box:
    """A box at its place (from the upper left of what it is in), with lines and boxes in it."""

    x: float
    y: float
    width: float
    height: float
    title: tuple[str, ...]
    rows: tuple[str, ...]
    inner: tuple[_Box, ...] = ()


def draw_ontology(found: Ontology, columns: int = 2) -> tuple[Sheet, Frame]:
    """The sheet with a class diagram, and its frame."""
    room = WIDTHS[columns] - 4.0
    across = 3 if columns == 2 else 2
    frame = Frame(
        found.title,
        f"{counted(found.classes, 'class', 'classes')}; a box within a box is a kind of it, an "
        f"arrow says what a property leads to. {found.told.dated}",
        (found.told.sources,),
    )
    boxes, y = [], 0.0
    single = [c for c in found.roots if not c.kinds]
    for root in found.roots:
        if root.kinds:
            box = _nest(root, 0.0, y, room, across)
            boxes.append(box)
            y += box.height + _GAP
    loose = [
        *((Class("", "anything", found.anything),) if found.anything else ()), *single
    ]  # fmt: skip
    if loose:
        low, packed = _stacks(loose, 0.0, y, room, across)
        boxes += packed
        y += low
    sheet = Sheet(columns, y + 1.0, frame)
    axes = sheet.plain(2.0, 0.0, room, y + 1.0)
    for box in boxes:
        _draw(axes, box, 0.0, y + 1.0, 0)
    return sheet, frame


def _nest(one: Class, x: float, y: float, width: float, across: int) -> _Box:
    """The box of a class, with those of its kinds in so many columns inside it."""
    title = tuple(wrapped(one.name, width - 2 * _PAD, SMALL, bold=True))
    rows = _rows(one, width - 2 * _PAD, across)
    height = 2 * _PAD + LINE * (len(title) + len(rows))
    inner: list[_Box] = []
    if one.kinds:
        low, inner = _stacks(list(one.kinds), _PAD, height, width - 2 * _PAD, across)
        height += low
    return _Box(x, y, width, height, title, rows, tuple(inner))


def _rows(one: Class, room: float, across: int) -> tuple[str, ...]:
    """The properties, a line each in a narrow box and one after the other in a wide one."""
    if across > 1:
        return tuple(wrapped("; ".join(one.properties), room, SMALL)) if one.properties else ()
    return tuple(line for told in one.properties for line in wrapped(told, room, SMALL))


def _stacks(
    classes: list[Class], x: float, y: float, width: float, across: int
) -> tuple[float, list[_Box]]:
    """Boxes in columns of nearly one height, in their order down each, and how high that is."""
    across = min(across, len(classes))
    wide = (width - _GAP * (across - 1)) / across
    sizes = [_nest(one, 0.0, 0.0, wide, 1).height + _GAP for one in classes]
    target = _target(sizes, across)
    placed, column, low, lowest = [], 0, 0.0, 0.0
    for one, size in zip(classes, sizes, strict=True):
        if low and low + size > target and column < across - 1:
            column, low = column + 1, 0.0
        placed.append(_nest(one, x + column * (wide + _GAP), y + low, wide, 1))
        low += size
        lowest = max(lowest, low)
    return lowest, placed


def _target(sizes: list[float], across: int) -> float:
    """The least height at which the sizes, in their order, fill no more than so many columns."""
    low, high = max(sizes), sum(sizes)
    for _ in range(30):
        middle = (low + high) / 2
        columns, used = 1, 0.0
        for size in sizes:
            if used and used + size > middle:
                columns, used = columns + 1, 0.0
            used += size
        low, high = (low, middle) if columns <= across else (middle, high)
    return high + 1e-6


def _draw(axes: Axes, box: _Box, left: float, top: float, depth: int) -> None:
    from matplotlib.patches import Rectangle

    x, y = left + box.x, top - box.y
    axes.add_patch(
        Rectangle(
            (x, y - box.height), box.width, box.height, facecolor=_SHADES[depth % len(_SHADES)],
            edgecolor=GREY, linewidth=0.5, zorder=depth, clip_on=False,
        )
    )  # fmt: skip
    line = y - _PAD
    for text in box.title:
        axes.text(x + _PAD, line, text, va="top", weight="bold", zorder=depth + 0.5)
        line -= LINE
    for text in box.rows:
        axes.text(x + _PAD, line, text, va="top", color=GREY, zorder=depth + 0.5)
        line -= LINE
    for inner in box.inner:
        _draw(axes, inner, x, y, depth + 1)
