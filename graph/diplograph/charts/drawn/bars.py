"""What pictures with years on one axis and numbers on the other share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diplograph.charts.canvas import (
    COLOURS,
    GREY,
    HATCH,
    LIGHT,
    LINE,
    SMALL,
    Sheet,
    nice_step,
)  # fmt: skip
from diplograph.charts.words import amount, width_of, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["colours_of", "draw_key", "key_of", "numbers", "years"]

Key = list[list[tuple[str, str, str]]]
"""Lines of signs: how each is drawn, its colour, its words."""


def colours_of(tellers: tuple[str, ...]) -> dict[str, str]:
    """A colour for each teller; beyond eight they come again."""
    return {teller: COLOURS[n % len(COLOURS)] for n, teller in enumerate(tellers)}


def years(axes: Axes, first: int, last: int, width: float) -> None:
    """Ticks at round years between two years, as many as fit into the millimetres."""
    step = int(nice_step(last - first + 1, max(1, int(width / 9.0))))
    begin = -(-first // step) * step
    ticks = list(range(begin, last + 1, step)) or [first]
    axes.set_xticks(ticks, [str(y) for y in ticks])
    axes.set_xlim(first - 0.7, last + 0.7)


def numbers(axes: Axes, most: float, height: float, whole: bool = True) -> None:
    """Ticks of numbers from nought, as many as fit into the millimetres, with lines behind."""
    step = nice_step(most, max(2, int(height / 5.0))) if whole or most >= 1 else most / 4
    count = int(most / step) + 1
    ticks = [step * n for n in range(count + 1) if step * n <= most * 1.02]
    axes.set_yticks(ticks, [amount(round(t, 6)) for t in ticks])
    axes.set_ylim(0, (most or 1) * 1.18)
    axes.grid(axis="y", color=LIGHT, linewidth=0.4)
    axes.set_axisbelow(True)


def key_of(items: list[tuple[str, str, str]], room: float) -> Key:
    """Signs with their words in lines of so many millimetres."""
    lines: Key = [[]]
    used = 0.0
    for kind, colour, words in items:
        for number, part in enumerate(wrapped(words, room - 6.0, SMALL)):
            wide = 5.5 + width_of(part, SMALL) + 3.0
            if lines[-1] and (used + wide > room or number):
                lines.append([])
                used = 0.0
            lines[-1].append((kind if number == 0 else "", colour, part))
            used += wide
    return lines


def draw_key(sheet: Sheet, lines: Key, bottom: float) -> None:
    """Draw the key so that its last line stands at ``bottom``; each takes 3.2 millimetres."""
    from matplotlib.patches import Rectangle

    height = 3.2 * len(lines)
    axes = sheet.plain(2.0, bottom, sheet.width - 4.0, height)
    for number, line in enumerate(lines):
        x, y = 0.0, height - 3.2 * (number + 0.5)
        for kind, colour, words in line:
            if kind in ("full", "hatched", "open"):
                axes.add_patch(
                    Rectangle(
                        (x, y - 1.0), 4.0, 2.0, linewidth=0.5, edgecolor=colour,
                        facecolor=colour if kind == "full" else "white",
                        hatch=HATCH if kind == "hatched" else None,
                        linestyle=(0, (2, 1)) if kind == "open" else "solid",
                    )
                )  # fmt: skip
            elif kind.startswith("text "):
                axes.text(x + 2.0, y - 0.1, kind[5:], ha="center", va="center_baseline")
            elif kind.startswith("point "):
                shape, fill = kind[6], kind[7:] == "full"
                axes.plot(
                    [x + 2.0], [y], shape, color=colour, markersize=3.6, markeredgewidth=0.8,
                    markerfacecolor=colour if fill else "white",
                )  # fmt: skip
            elif kind in ("range", "span", "line"):
                ends = ([x + 2.0] * 2, [y - 1.2, y + 1.2])
                if kind != "range":
                    ends = ([x, x + 4.0], [y] * 2)
                cap = {"range": "_", "span": "|", "line": "none"}[kind]
                axes.plot(*ends, color=colour, linewidth=0.8, marker=cap, markersize=3.0)
            axes.text(x + 5.5, y - 0.1, words, va="center_baseline", color=GREY)
            x += 5.5 + width_of(words, SMALL) + 3.0


def heading(sheet: Sheet, x: float, top: float, lines: list[str], bold: int = 1) -> None:
    """The lines above a panel, the first of them bold."""
    for number, line in enumerate(lines):
        sheet.text(
            x, sheet.bottom + top - LINE * number, line, va="top",
            weight="bold" if number < bold else "normal", color="black" if number < bold else GREY,
        )  # fmt: skip
