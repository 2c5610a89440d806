"""A timeline: lanes by kind, dots for days, bars for what lasted, whiskers for uncertain times."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from diplograph.charts.canvas import GREY, LIGHT, LINE, PALE, SMALL, WIDTHS, Frame, Sheet, nice_step
from diplograph.charts.drawn.axis import Axis, Span, dense_span, span_of
from diplograph.charts.drawn.lanes import BARS, GAP, Beside, Fit, barred, fitting
from diplograph.charts.drawn.timekey import (
    COLOURS_OF_GRADES,
    draw_bars,
    draw_key,
    draw_mark,
    draw_strip,
    key_of,
)
from diplograph.charts.found.timeline import Lane, Mark, Timeline
from diplograph.charts.words import counted, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_timeline", "laid_out"]


def draw_timeline(found: Timeline, columns: int = 2) -> tuple[Sheet, Frame]:
    """The sheet with a timeline, and its frame."""
    width = WIDTHS[columns]
    names = 31.0 if columns == 2 else 21.0
    fit, axis, beside = laid_out(found, columns)
    heights = fit.heights(beside)
    marks = [mark for lane in found.lanes for mark in lane.marks]
    grades = [g for g in COLOURS_OF_GRADES if any(m.grade == g for m in marks)]
    key, key_height = key_of(found, grades, width, fit.told)
    cut = any(one.cut for laid in fit.lanes for one in laid.placed)
    frame = _frame(found, fit.told, f"before {axis.first:.0f}" if cut else "")
    sheet = Sheet(columns, sum(heights) + 6.0 + key_height, frame)
    axes = sheet.axes(names, key_height + 5.0, axis.width, sum(heights))
    axes.set_xlim(0, axis.width)
    axes.set_ylim(0, sum(heights))
    _years(axes, axis)
    top = sum(heights)
    for number, (lane, lines, laid) in enumerate(zip(found.lanes, beside, fit.lanes, strict=True)):
        height = heights[number]
        if number % 2 == 0:
            axes.axhspan(top - height, top, color=PALE, zorder=0, linewidth=0)
        y = sheet.bottom + key_height + 5.0 + top - GAP / 2 - 0.2
        for texts, colour in zip(lines, ("black", GREY), strict=True):
            for text in texts:
                sheet.text(names - 1.5, y, text, ha="right", va="top", color=colour)
                y -= LINE
        below = top - GAP / 2 - BARS * bool(laid.bars)
        for bars, shapes in (
            (laid.bars, draw_bars(axes, laid.bars, axis, below) if laid.bars else []),
            (laid.strip, draw_strip(axes, laid.strip, axis, below) if laid.strip else []),
        ):
            for bar, parts in zip(bars, shapes, strict=True):
                until = f"–{bar.year + bar.years - 1}" if bar.years > 1 else ""
                within = "within years with " if bars is laid.strip else ""
                sheet.mark(f"{lane.name}, {within}{bar.year}{until}", bar.facts, parts)
        for one in laid.placed:
            drawn = draw_mark(axes, one, below - (one.row + 0.5) * fit.row)
            sheet.mark(f"{lane.name}: {one.mark.label}".removesuffix(": "), one.mark.facts, drawn)
        top -= height
    draw_key(sheet, key, key_height)
    return sheet, frame


def laid_out(found: Timeline, columns: int = 2) -> tuple[Fit, Axis, list[Beside]]:
    """The lanes as they are drawn, the axis, and the lines beside each lane."""
    names = 31.0 if columns == 2 else 21.0
    wide = WIDTHS[columns] - names - 5.0
    marks = [m for lane in found.lanes for m in lane.marks]
    axis, lanes, beside = _along(found, span_of(marks), names, wide)
    fit = fitting(lanes, beside, axis, 80.0 if columns == 2 else 44.0)
    if fit is None:
        axis, lanes, beside = _along(found, dense_span(marks), names, wide)
        fit = barred(lanes, beside, axis)
    return fit, axis, beside


def _along(
    found: Timeline, span: Span, names: float, wide: float
) -> tuple[Axis, list[Lane], list[Beside]]:
    """The axis of a span, the lanes with what lies in it, and the lines beside each lane."""
    first, last, early, late = span
    beside = [_name(lane, names, early, late) for lane in found.lanes]
    lanes = [
        replace(lane, marks=tuple(m for m in lane.marks if m not in early | late))
        for lane in found.lanes
    ]
    return Axis(first, last, wide), lanes, beside


def _years(axes: Axes, axis: Axis) -> None:
    """Ticks at round years, as many as fit."""
    step = nice_step(axis.last - axis.first, max(2, int(axis.width / 11.0)))
    first = int(-(-axis.first // step) * step)
    years = list(range(first, int(axis.last) + 1, int(step)))
    axes.set_xticks([axis.at(y) for y in years], [str(y) for y in years])
    axes.set_yticks([])
    axes.spines["left"].set_visible(False)
    for year in years:
        axes.axvline(axis.at(year), color=LIGHT, linewidth=0.4, zorder=1)
    axes.set_xlabel("year", labelpad=0.5)


def _name(lane: Lane, names: float, early: frozenset[Mark], late: frozenset[Mark]) -> Beside:
    """The lines beside a lane: its name; how many facts it has, and those that are not in it."""
    before = sum(len(m.facts) for m in lane.marks if m in early)
    after = sum(len(m.facts) for m in lane.marks if m in late)
    apart = [
        f"{number} {word}"
        for number, word in ((lane.undated, "undated"), (before, "earlier"), (after, "later"))
        if number
    ]
    told = [counted(lane.facts, "fact"), *([f"({', '.join(apart)})"] if apart else [])]
    room = names - 3.0
    return wrapped(lane.name, room, SMALL), wrapped(" ".join(told), room, SMALL)


def _frame(found: Timeline, how: str, before: str) -> Frame:
    facts = sum(lane.facts for lane in found.lanes)
    undated = sum(lane.undated for lane in found.lanes)
    without = f", {undated} of them without a date" if undated else ""
    cut = f"What began {before} runs in from the left. " if before else ""
    return Frame(
        found.title,
        f"{counted(facts, 'fact')} in lanes by kind{without}. {how}{cut}{found.told.dated}",
        (found.told.sources, *found.notes),
    )
