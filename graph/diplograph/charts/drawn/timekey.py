"""How the marks and bars of a timeline are drawn, and the key that says what they mean."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from diplograph.charts.canvas import (
    BLUE,
    GREEN,
    GREY,
    MIDDLE,
    ORANGE,
    PURPLE,
    RED,
    SMALL,
    Sheet,
)
from diplograph.charts.drawn.axis import Axis
from diplograph.charts.drawn.lanes import BARS, STRIP, Bar, Placed, uncertain
from diplograph.charts.drawn.matrix import shade
from diplograph.charts.found.timeline import Timeline
from diplograph.charts.words import width_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["COLOURS_OF_GRADES", "draw_bars", "draw_key", "draw_mark", "draw_strip", "key_of"]

COLOURS_OF_GRADES = {
    "stated": BLUE, "estimated": ORANGE, "inferred": GREEN, "reported": PURPLE,
    "rumoured": MIDDLE, "denied": RED,
}  # fmt: skip
_SHAPES = {"stated": "o", "estimated": "D", "inferred": "^", "reported": "s", "rumoured": "P"}
_BARE = ("reported", "rumoured", "estimated")


def draw_mark(axes: Axes, one: Placed, y: float) -> list[Any]:
    """Draw a mark at a height, with its text; what it is drawn as."""
    mark, colour = one.mark, COLOURS_OF_GRADES.get(one.mark.grade, MIDDLE)
    drawn: list[Any] = []
    marked = uncertain(mark)
    bare = mark.grade in _BARE
    style = (0, (2.0, 1.2)) if marked else "solid"
    if one.right - one.left < 0.01:
        shape = _SHAPES.get(mark.grade, "x")
        drawn += axes.plot(
            [one.left], [y], shape, color=colour, markersize=3.0,
            markerfacecolor="white" if bare or marked else colour, markeredgewidth=0.7, zorder=3,
        )  # fmt: skip
    else:
        drawn += axes.plot(
            [one.left, one.right], [y, y], color=colour, linewidth=2.6 if mark.held else 0.9,
            linestyle=style, solid_capstyle="butt", dash_capstyle="butt", zorder=2,
            alpha=0.6 if mark.held and bare else 1.0,
        )  # fmt: skip
        for open_, x, cap in (
            (mark.when.earliest is None, one.left, "<"),
            (mark.when.latest is None, one.right, ">"),
        ):
            shape = cap if open_ else "|"
            if open_ or not (mark.held or (one.cut and cap == "<")):
                drawn += axes.plot(
                    [x], [y], shape, color=colour, markersize=3.0 if open_ else 4.0,
                    markeredgewidth=0.8, zorder=3, clip_on=False,
                )  # fmt: skip
        if mark.grade != "stated" and not mark.held:
            drawn += axes.plot(
                [one.left + 1.8 if one.side == "center" else (one.left + one.right) / 2], [y],
                _SHAPES.get(mark.grade, "x"), color=colour, markersize=2.8,
                markerfacecolor="white" if bare else colour, markeredgewidth=0.7, zorder=5,
            )  # fmt: skip
    if one.text:
        ground = {"facecolor": "white", "edgecolor": "none", "pad": 0.4}
        drawn.append(
            axes.text(
                one.text_at, y - 0.1, one.text, ha=one.side, va="center_baseline", fontsize=SMALL,
                bbox=ground if one.side == "center" else None, zorder=4,
            )
        )  # fmt: skip
    return drawn


def draw_strip(axes: Axes, strip: tuple[Bar, ...], axis: Axis, top: float) -> list[list[Any]]:
    """Draw a strip below a height, the darker the more facts a year may have; its cells."""
    from matplotlib.patches import Rectangle

    most = max(len(cell.facts) for cell in strip)
    drawn = []
    for cell in strip:
        left, right = axis.at(max(cell.year, axis.first)), axis.at(cell.year + cell.years)
        right = min(right, axis.width)
        number = str(len(cell.facts))
        dark = (len(cell.facts) / most) ** 0.5 > 0.45
        box = Rectangle(
            (left, top - STRIP + 0.4), right - left, STRIP - 0.8, edgecolor="white", linewidth=0.3,
            facecolor=shade(len(cell.facts), most), zorder=2,
        )  # fmt: skip
        axes.add_patch(box)
        parts: list[Any] = [box]
        if width_of(number, SMALL) <= right - left:
            parts.append(
                axes.text(
                    (left + right) / 2, top - STRIP / 2 - 0.1, number, ha="center",
                    va="center_baseline", fontsize=SMALL, zorder=4,
                    color="white" if dark else "black",
                )
            )  # fmt: skip
        drawn.append(parts)
    return drawn


def draw_bars(axes: Axes, bars: tuple[Bar, ...], axis: Axis, bottom: float) -> list[list[Any]]:
    """Draw the bars of a lane, its highest as high as there is room; what each is drawn as."""
    most = max(len(bar.facts) for bar in bars)
    drawn = []
    for bar in bars:
        left, right = axis.at(bar.year), axis.at(bar.year + bar.years)
        wide, y = (right - left) * 0.8, bottom
        parts: list[Any] = []
        for grade, colour in COLOURS_OF_GRADES.items():
            facts = bar.grades.get(grade, ())
            if not facts:
                continue
            high = (BARS - 2.8) * len(facts) / most
            parts += axes.bar(
                (left + right) / 2, high, wide, y, color="white" if grade in _BARE else colour,
                edgecolor=colour, linewidth=0.5, zorder=2,
            )  # fmt: skip
            y += high
        number = str(len(bar.facts))
        if width_of(number, SMALL) <= (right - left) * 1.15:
            parts.append(
                axes.text(
                    (left + right) / 2, y + 0.2, number, ha="center", va="bottom", fontsize=SMALL,
                    zorder=4,
                )
            )  # fmt: skip
        drawn.append(parts)
    return drawn


_Item = tuple[str, str, str]
"""What a sign of the key is drawn as: kind, colour, words."""


def key_of(
    found: Timeline, grades: list[str], width: float, told: str
) -> tuple[list[list[_Item]], float]:
    """The signs that the timeline uses, in lines, and the height that they take."""
    marks = [mark for lane in found.lanes for mark in lane.marks]
    items: list[_Item] = [(f"grade {g}", COLOURS_OF_GRADES[g], g) for g in grades]
    spans = [m for m in marks if m.when.earliest != m.when.latest]
    if any(not m.held for m in spans):
        items.append(("within", GREY, "happened within"))
    if any(m.held for m in spans):
        items.append(("held", GREY, "lasted through"))
    if any(m.when.latest is None for m in marks):
        items.append(("after", GREY, "open end"))
    if any(m.when.earliest is None for m in marks):
        items.append(("before", GREY, "by then, begin open"))
    if "periods" not in told and any(map(uncertain, marks)):
        items.append(("uncertain", GREY, "uncertain date"))
    times = Counter(
        (lane.name, m.when.edtf, m.held, m.grade) for lane in found.lanes for m in lane.marks
    )
    if max(times.values(), default=0) > 1 or any(len(m.facts) > 1 for m in marks):
        items.append(("number", GREY, "number of facts"))
    lines: list[list[_Item]] = [[]]
    used = 0.0
    for item in items:
        wide = 6.5 + width_of(item[2], SMALL) + 3.0
        if lines[-1] and used + wide > width - 4.0:
            lines.append([])
            used = 0.0
        lines[-1].append(item)
        used += wide
    return lines, 2.0 + 3.2 * len(lines)


def draw_key(sheet: Sheet, lines: list[list[_Item]], height: float) -> None:
    """Draw the key at the foot of the sheet."""
    axes = sheet.plain(2.0, 0.0, sheet.width - 4.0, height)
    y = height - 3.4
    for line in lines:
        x = 0.0
        for kind, colour, words in line:
            _sign(axes, kind, colour, x, y)
            axes.text(x + 6.5, y - 0.1, words, va="center_baseline", fontsize=SMALL)
            x += 6.5 + width_of(words, SMALL) + 3.0
        y -= 3.2


def _sign(axes: Axes, kind: str, colour: str, x: float, y: float) -> None:
    middle = x + 3.0
    line = {"color": colour, "linewidth": 0.9}
    if kind.startswith("grade "):
        grade = kind.removeprefix("grade ")
        bare = grade in _BARE
        axes.plot(
            [middle], [y], _SHAPES.get(grade, "x"), color=colour, markersize=3.4,
            markerfacecolor="white" if bare else colour, markeredgewidth=0.8,
        )  # fmt: skip
    elif kind == "number":
        axes.text(middle, y - 0.1, "9", ha="center", va="center_baseline", fontsize=SMALL)
    elif kind == "held":
        axes.plot([x + 0.8, x + 5.2], [y, y], color=colour, linewidth=2.6, solid_capstyle="butt")
    else:
        style = (0, (2.0, 1.2)) if kind == "uncertain" else "solid"
        axes.plot([x + 0.8, x + 5.2], [y, y], linestyle=style, **line)  # type: ignore[arg-type]
        caps = {"within": "||", "after": "|>", "before": "<|", "uncertain": "||"}[kind]
        for place, cap in zip((x + 0.8, x + 5.2), caps, strict=True):
            axes.plot([place], [y], cap, color=colour, markersize=3.0 if cap in "<>" else 4.0)
