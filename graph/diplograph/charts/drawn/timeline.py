"""A timeline: lanes by kind, dots for days, bars for what lasted, whiskers for uncertain times."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from diplograph.charts.canvas import (
    BLUE,
    GREEN,
    GREY,
    LIGHT,
    LINE,
    MIDDLE,
    ORANGE,
    PALE,
    PURPLE,
    RED,
    SMALL,
    WIDTHS,
    Frame,
    Sheet,
    nice_step,
)
from diplograph.charts.found.timeline import Lane, Mark, Timeline
from diplograph.charts.words import counted, fitted, width_of, wrapped
from diplograph.model import When

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["Placed", "draw_timeline", "span_of"]

_ROW, _TIGHT, _GAP = 2.9, 2.5, 1.6
"""Heights of a row of marks, of one where there are many, and of what is between two lanes."""
_HIGHEST = 190.0
"""The most that the lanes together may be high, so that the picture fits a page."""
_MOST_NAMED = 90
_PERIODS = (1, 2, 5, 10, 20, 50, 100)
_ARROW = 4.0
_COLOURS = {
    "stated": BLUE, "estimated": ORANGE, "inferred": GREEN, "reported": PURPLE,
    "rumoured": MIDDLE, "denied": RED,
}  # fmt: skip
_SHAPES = {"stated": "o", "estimated": "D", "inferred": "^", "reported": "s", "rumoured": "P"}


class _Axis(NamedTuple):
    """From the year to the millimetre."""

    first: float
    last: float
    width: float

    def at(self, year: float) -> float:
        return (year - self.first) / (self.last - self.first) * self.width


@dataclass(frozen=True)
class Placed:
    """A mark at its place: row, from where to where in millimetres, and the text beside it."""

    mark: Mark
    row: int
    left: float
    right: float
    text: str = ""
    text_at: float = 0.0
    side: str = "left"


def year_of(day: str, after: bool = False) -> float:
    """A day as a number of years; with ``after`` its end.

    >>> year_of("2000-01-01"), year_of("2000-12-31", after=True)
    (2000.0, 2001.0)
    """
    point = date.fromisoformat(day)
    begin = date(point.year, 1, 1)
    days = 366 if point.year % 4 == 0 and (point.year % 100 or point.year % 400 == 0) else 365
    return point.year + ((point - begin).days + after) / days


def draw_timeline(found: Timeline, columns: int = 2) -> tuple[Sheet, Frame]:
    """The sheet with a timeline, and its frame."""
    width = WIDTHS[columns]
    names = 31.0 if columns == 2 else 21.0
    first, last, early, late = span_of([m for lane in found.lanes for m in lane.marks])
    axis = _Axis(first, last, width - names - 5.0)
    beside = [_name(lane, names, early, late) for lane in found.lanes]
    shown = [
        replace(lane, marks=tuple(m for m in lane.marks if m not in early | late))
        for lane in found.lanes
    ]
    told, row, named = _fitting(shown, beside, axis, 80.0 if columns == 2 else 44.0)
    heights = _heights(named, beside, row)
    grades = [g for g in _COLOURS if any(m.grade == g for x in found.lanes for m in x.marks)]
    key, key_height = _key(found, grades, width, told)
    frame = _frame(found, told)
    sheet = Sheet(columns, sum(heights) + 6.0 + key_height, frame)
    axes = sheet.axes(names, key_height + 5.0, axis.width, sum(heights))
    axes.set_xlim(0, axis.width)
    axes.set_ylim(0, sum(heights))
    _years(axes, axis)
    top = sum(heights)
    for number, (lines, placed) in enumerate(zip(beside, named, strict=True)):
        height = heights[number]
        if number % 2 == 0:
            axes.axhspan(top - height, top, color=PALE, zorder=0, linewidth=0)
        y = sheet.bottom + key_height + 5.0 + top - _GAP / 2 - 0.2
        for texts, colour in zip(lines, ("black", GREY), strict=True):
            for text in texts:
                sheet.text(names - 1.5, y, text, ha="right", va="top", color=colour)
                y -= LINE
        for one in placed:
            _draw(axes, one, top - _GAP / 2 - (one.row + 0.5) * row)
        top -= height
    _draw_key(sheet, key, key_height)
    return sheet, frame


def span_of(marks: Sequence[Mark]) -> tuple[float, float, frozenset[Mark], frozenset[Mark]]:
    """First and last year of the axis, and the few marks that lie far before it or after it.

    Marks are set apart so only where they are few, at most three in a hundred, and the axis would
    otherwise be more than twice as long.
    """
    if not marks:
        return 2000.0, 2001.0, frozenset(), frozenset()
    first, last = min(_bounds(m)[0] for m in marks), max(_bounds(m)[1] for m in marks)
    allowed = len(marks) * 3 // 100
    early = late = frozenset[Mark]()
    by_end = sorted(marks, key=lambda m: (_bounds(m)[1], m.when.edtf, m.label))
    for count in range(1, allowed + 1):
        rest = min(_bounds(m)[0] for m in by_end[count:])
        if (last - first) > 2 * (last - rest) and _bounds(by_end[count - 1])[1] < rest:
            early, first = frozenset(by_end[:count]), rest
    by_start = sorted(marks, key=lambda m: (-_bounds(m)[0], m.when.edtf, m.label))
    for count in range(1, allowed + 1):
        rest = max(_bounds(m)[1] for m in by_start[count:])
        if (last - first) > 2 * (rest - first) and _bounds(by_start[count - 1])[0] > rest:
            late, last = frozenset(by_start[:count]), rest
    begin, end = float(int(first)), float(int(last - 1e-9) + 1)
    return begin, max(end, begin + 1), early, late


def _bounds(mark: Mark) -> tuple[float, float]:
    when = mark.when
    first = year_of(when.earliest) if when.earliest else None
    last = year_of(when.latest, after=True) if when.latest else None
    if first is None:
        assert last is not None
        first = last
    return first, last if last is not None else first


_Beside = tuple[list[str], list[str]]
"""The lines beside a lane: its name, and what it holds."""


def _fitting(
    lanes: Sequence[Lane], beside: Sequence[_Beside], axis: _Axis, room: float
) -> tuple[str, float, list[list[Placed]]]:
    """The marks in rows that fit a page: with names, with numbers, or by whole years or periods.

    What they are drawn by stands first, as a sentence where it is not their own times, and how
    high a row is.
    """
    if sum(len(lane.marks) for lane in lanes) <= _MOST_NAMED:
        named = [_packed(lane, axis, room) for lane in lanes]
        if sum(_heights(named, beside, _ROW)) <= _HIGHEST:
            return "", _ROW, named
    tried = []
    for years in (0, *(p for p in _PERIODS if p == 1 or p * 5 <= axis.last - axis.first)):
        wider = [_widened(lane, years) if years else _merged(lane) for lane in lanes]
        rows = [_packed(lane, axis, 0.0) for lane in wider]
        told = "whole years" if years == 1 else f"periods of {years} years"
        for row in (_ROW, _TIGHT):
            high = sum(_heights(rows, beside, row))
            tried.append((high, f"Times are drawn by {told}. " if years else "", row, rows))
            if high <= _HIGHEST:
                return tried[-1][1:]
    return min(tried, key=lambda t: t[0])[1:]


def _heights(placed: Sequence[list[Placed]], beside: Sequence[_Beside], row: float) -> list[float]:
    """How high each of the lanes is."""
    return [
        max(_rows(own) * row, LINE * sum(map(len, lines))) + _GAP
        for own, lines in zip(placed, beside, strict=True)
    ]


def _widened(lane: Lane, years: int) -> Lane:
    """The lane with the times of its marks widened to whole periods, those alike put together."""
    wider = []
    for mark in lane.marks:
        first, last = mark.when.earliest, mark.when.latest
        begin = first and f"{max(int(first[:4]) // years * years, 1):04}"
        end = last and f"{min(int(last[:4]) // years * years + years - 1, 9999):04}"
        edtf = begin if begin == end else f"{begin or '..'}/{end or '..'}"
        when = When(
            f"{edtf}{'~' if years == 1 and _uncertain(mark) else ''}",
            begin and f"{begin}-01-01", end and f"{end}-12-31",
        )  # fmt: skip
        wider.append(replace(mark, when=when))
    return _merged(replace(lane, marks=tuple(wider)))


def _uncertain(mark: Mark) -> bool:
    return any(sign in mark.when.edtf for sign in "~?%X")


def _merged(lane: Lane) -> Lane:
    """The lane with one mark for all facts of one time and grade, whatever they are of."""
    same: dict[tuple[str, bool, str], list[Mark]] = defaultdict(list)
    for mark in lane.marks:
        same[mark.when.edtf, mark.held, mark.grade].append(mark)
    marks = (
        replace(group[0], label="", facts=tuple(f for m in group for f in m.facts))
        for group in same.values()
    )
    return replace(lane, marks=tuple(marks))


def _packed(lane: Lane, axis: _Axis, room: float) -> list[Placed]:
    """The marks of a lane in rows, so that neither they nor their texts overlap."""
    free: list[float] = []
    placed = []
    for mark in sorted(lane.marks, key=lambda m: (_bounds(m), m.when.edtf, m.label, m.grade)):
        first, last = _bounds(mark)
        left, right = (min(max(axis.at(year), 0.0), axis.width) for year in (first, last))
        if mark.when.latest is None:
            right = axis.width if mark.held else min(right + _ARROW, axis.width)
        if mark.when.earliest is None:
            left = 0.0 if mark.held else max(left - _ARROW, 0.0)
        if right - left < 1.8:
            left = right = (left + right) / 2
        text, at, side = _beside(mark, left, right, axis.width, room)
        begin, end = left - 1.1, right + 1.1
        if text and side != "center":
            wide = width_of(text, SMALL) + 1.0
            begin, end = (at - wide, end) if side == "right" else (begin, at + wide)
        row = next((r for r, until in enumerate(free) if until <= begin), len(free))
        if row == len(free):
            free.append(end)
        else:
            free[row] = end
        placed.append(Placed(mark, row, left, right, text, at, side))
    return placed


def _beside(
    mark: Mark, left: float, right: float, width: float, room: float
) -> tuple[str, float, str]:
    """The text of a mark, where it stands, and which of its ends stands there."""
    several = len(mark.facts) > 1
    name = fitted(mark.label, room, SMALL) if room and mark.label else ""
    number = (f" ×{len(mark.facts)}" if name else str(len(mark.facts))) if several else ""
    wide = width_of(name + number, SMALL) + 1.0
    sign = 0.0 if mark.grade == "stated" else 3.0
    if not room and right - left > wide + sign + 1.0:
        return name + number, (left + right + sign) / 2, "center"
    if right + 1.6 + wide <= width:
        return name + number, right + 1.6, "left"
    if left - 1.6 - wide >= 0:
        return name + number, left - 1.6, "right"
    if right - left > wide + 4.0:
        return name + number, (left + right) / 2, "center"
    most = max(left, width - right) - 3.0 - width_of(number, SMALL)
    short = (fitted(name, most, SMALL) if most > 4.0 else "") + number
    return (short, left - 1.6, "right") if left > width - right else (short, right + 1.6, "left")


def _rows(placed: Iterable[Placed]) -> int:
    return max((one.row for one in placed), default=-1) + 1


def _draw(axes: Axes, one: Placed, y: float) -> None:
    mark, colour = one.mark, _COLOURS.get(one.mark.grade, MIDDLE)
    marked = _uncertain(mark)
    bare = mark.grade in ("reported", "rumoured", "estimated")
    style = (0, (2.0, 1.2)) if marked else "solid"
    if one.right - one.left < 0.01:
        shape = _SHAPES.get(mark.grade, "x")
        axes.plot(
            [one.left], [y], shape, color=colour, markersize=3.0,
            markerfacecolor="white" if bare or marked else colour, markeredgewidth=0.7, zorder=3,
        )  # fmt: skip
    else:
        axes.plot(
            [one.left, one.right], [y, y], color=colour, linewidth=2.6 if mark.held else 0.9,
            linestyle=style, solid_capstyle="butt", dash_capstyle="butt", zorder=2,
            alpha=0.6 if mark.held and bare else 1.0,
        )  # fmt: skip
        for open_, x, cap in (
            (mark.when.earliest is None, one.left, "<"),
            (mark.when.latest is None, one.right, ">"),
        ):
            shape = cap if open_ else "|"
            if open_ or not mark.held:
                axes.plot(
                    [x], [y], shape, color=colour, markersize=3.0 if open_ else 4.0,
                    markeredgewidth=0.8, zorder=3, clip_on=False,
                )  # fmt: skip
        if mark.grade != "stated" and not mark.held:
            axes.plot(
                [one.left + 1.8 if one.side == "center" else (one.left + one.right) / 2], [y],
                _SHAPES.get(mark.grade, "x"), color=colour, markersize=2.8,
                markerfacecolor="white" if bare else colour, markeredgewidth=0.7, zorder=5,
            )  # fmt: skip
    if one.text:
        ground = {"facecolor": "white", "edgecolor": "none", "pad": 0.4}
        axes.text(
            one.text_at, y - 0.1, one.text, ha=one.side, va="center_baseline", fontsize=SMALL,
            bbox=ground if one.side == "center" else None, zorder=4,
        )  # fmt: skip


def _years(axes: Axes, axis: _Axis) -> None:
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


def _name(lane: Lane, names: float, early: frozenset[Mark], late: frozenset[Mark]) -> _Beside:
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


def _frame(found: Timeline, how: str) -> Frame:
    facts = sum(lane.facts for lane in found.lanes)
    undated = sum(lane.undated for lane in found.lanes)
    without = f", {undated} of them without a date" if undated else ""
    return Frame(
        found.title,
        f"{counted(facts, 'fact')} in lanes by kind{without}. {how}{found.told.dated}",
        (found.told.sources, *found.notes),
    )


_Item = tuple[str, str, str]
"""What a sign of the key is drawn as: kind, colour, words."""


def _key(
    found: Timeline, grades: list[str], width: float, told: str
) -> tuple[list[list[_Item]], float]:
    """The signs that the timeline uses, in lines, and the height that they take."""
    marks = [mark for lane in found.lanes for mark in lane.marks]
    items: list[_Item] = [(f"grade {g}", _COLOURS[g], g) for g in grades]
    spans = [m for m in marks if m.when.earliest != m.when.latest]
    if any(not m.held for m in spans):
        items.append(("within", GREY, "happened within"))
    if any(m.held for m in spans):
        items.append(("held", GREY, "lasted through"))
    if any(m.when.latest is None for m in marks):
        items.append(("after", GREY, "open end"))
    if any(m.when.earliest is None for m in marks):
        items.append(("before", GREY, "by then, begin open"))
    if "periods" not in told and any(map(_uncertain, marks)):
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


def _draw_key(sheet: Sheet, lines: list[list[_Item]], height: float) -> None:
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
        bare = grade in ("reported", "rumoured", "estimated")
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
