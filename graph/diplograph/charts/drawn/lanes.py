"""The lanes of a timeline laid out: marks in rows, or bars of the facts of a year.

Where there are few facts each has its name. Where there are more, one mark shows all of one time.
Where these would fill more than a page, what lies in a single year goes into bars, a bar a year,
and only what is longer keeps a mark; in the fullest lanes that is counted year by year as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from diplograph.charts.canvas import LINE, SMALL
from diplograph.charts.drawn.axis import Axis, bounds
from diplograph.charts.found.timeline import Lane, Mark
from diplograph.charts.words import fitted, width_of
from diplograph.model import When

__all__ = [
    "BARS",
    "GAP",
    "STRIP",
    "Bar",
    "Beside",
    "Fit",
    "Laid",
    "Placed",
    "barred",
    "fitting",
    "uncertain",
]

BARS = 6.2
"""How high the bars of a lane are, with the numbers above them."""
STRIP = 3.4
"""How high a strip is."""
_ROW, _TIGHT = 2.9, 2.5
"""Heights of a row of marks, and of one where there are many."""
GAP = 1.6
"""What is between two lanes."""
_HIGHEST = 190.0
"""The most that the lanes together may be high, so that the picture fits a page."""
_MOST_NAMED = 90
_PERIODS = (1, 2, 5, 10, 20, 50, 100)
_NARROWEST = 2.4
"""The least width of a bar, at which a number of two digits has room above it."""
_ARROW = 4.0

Beside = tuple[list[str], list[str]]
"""The lines beside a lane: its name, and what it holds."""


@dataclass(frozen=True)
class Placed:
    """A mark at its place: row, from where to where in millimetres, and the text beside it.

    ``cut`` says that it began before the axis does.
    """

    mark: Mark
    row: int
    left: float
    right: float
    text: str = ""
    text_at: float = 0.0
    side: str = "left"
    cut: bool = False


@dataclass(frozen=True)
class Bar:
    """The facts of one year, or of the few years from it on, by grade."""

    year: int
    years: int
    grades: dict[str, tuple[str, ...]]

    @property
    def facts(self) -> tuple[str, ...]:
        """All of them."""
        return tuple(fact for own in self.grades.values() for fact in own)


@dataclass(frozen=True)
class Laid:
    """A lane with its bars, none where each fact has a mark, and its marks at their places.

    ``strip`` has, instead of the marks, the facts that each year lies within the times of.
    """

    bars: tuple[Bar, ...]
    placed: tuple[Placed, ...]
    strip: tuple[Bar, ...] = ()

    @property
    def rows(self) -> int:
        """How many rows the marks take."""
        return max((one.row for one in self.placed), default=-1) + 1


@dataclass(frozen=True)
class Fit:
    """Lanes that fit a page: how their times are drawn, as a sentence, and the height of a row."""

    told: str
    row: float
    lanes: tuple[Laid, ...]

    def heights(self, beside: Sequence[Beside]) -> list[float]:
        """How high each of the lanes is, with the lines beside it."""
        return _heights(self.lanes, beside, self.row)


def fitting(lanes: Sequence[Lane], beside: Sequence[Beside], axis: Axis, room: float) -> Fit | None:
    """The marks in rows that fit a page: with names of so many millimetres, or with numbers.

    None where they do not fit; then :func:`barred` does.
    """
    if sum(len(lane.marks) for lane in lanes) <= _MOST_NAMED:
        named = tuple(Laid((), _packed(lane, axis, room)) for lane in lanes)
        if sum(_heights(named, beside, _ROW)) <= _HIGHEST:
            return Fit("", _ROW, named)
    rows = tuple(Laid((), _packed(_merged(lane), axis, 0.0)) for lane in lanes)
    for row in (_ROW, _TIGHT):
        if sum(_heights(rows, beside, row)) <= _HIGHEST:
            return Fit("", row, rows)
    return None


def barred(lanes: Sequence[Lane], beside: Sequence[Beside], axis: Axis) -> Fit:
    """The lanes with bars for what lies in one year, and marks by whole years or longer periods."""
    span = axis.last - axis.first
    step = next(
        (p for p in _PERIODS if axis.width * p / span >= _NARROWEST), _PERIODS[-1]
    )  # fmt: skip
    split = [_by_bar(lane, step) for lane in lanes]
    for years in (p for p in _PERIODS if p >= step and (p == step or p * 2 <= span)):
        laid = tuple(
            Laid(bars, _packed(_widened(replace(lane, marks=rest), years), axis, 0.0))
            for lane, (bars, rest) in zip(lanes, split, strict=True)
        )
        for row in (_ROW, _TIGHT):
            if sum(_heights(laid, beside, row)) <= _HIGHEST:
                return Fit(_told(step, years), row, laid)
        if years == step:
            whole = laid
    fullest = sorted(range(len(lanes)), key=lambda n: -whole[n].rows)
    for count in range(1, len(lanes) + 1):
        chosen = set(fullest[:count])
        laid = tuple(
            Laid(one.bars, (), _strip(rest, axis, step)) if n in chosen and one.placed else one
            for n, (one, (_, rest)) in enumerate(zip(whole, split, strict=True))
        )
        if sum(_heights(laid, beside, _TIGHT)) <= _HIGHEST:
            break
    return Fit(_told(step, step, True), _TIGHT, laid)


def _told(step: int, years: int, strips: bool = False) -> str:
    bars = "each year" if step == 1 else f"each {step} years"
    spans = "whole years" if years == 1 else f"periods of {years} years"
    shaded = (
        ", or, in the shaded strips, counted in every year that it may lie in" if strips else ""
    )
    return (
        f"Bars are the facts of {bars}, each lane to its own scale; what is longer or less certain "
        f"is drawn by {spans}{shaded}. "
    )


def _strip(marks: Sequence[Mark], axis: Axis, step: int) -> tuple[Bar, ...]:
    """The facts that each year of the axis lies within the times of."""
    cells = []
    for year in range(int(axis.first) // step * step, int(axis.last), step):
        own: dict[str, list[str]] = defaultdict(list)
        for mark in marks:
            first, last = bounds(mark)
            begins = first if mark.when.earliest else (axis.first if mark.held else last - 1e-6)
            ends = last if mark.when.latest else (axis.last if mark.held else first + 1e-6)
            if begins < year + step and ends > year:
                own[mark.grade].extend(mark.facts)
        if own:
            grades = {grade: tuple(facts) for grade, facts in sorted(own.items())}
            cells.append(Bar(year, step, grades))
    return tuple(cells)


def _by_bar(lane: Lane, step: int) -> tuple[tuple[Bar, ...], tuple[Mark, ...]]:
    """The bars of a lane, and the marks that go into none."""
    bars: dict[int, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    rest = []
    for mark in lane.marks:
        first, last = mark.when.earliest, mark.when.latest
        begin = int(first[:4]) // step * step if first else None
        if mark.held or begin is None or not last or int(last[:4]) // step * step != begin:
            rest.append(mark)
        else:
            bars[begin][mark.grade].extend(mark.facts)
    return tuple(
        Bar(year, step, {grade: tuple(facts) for grade, facts in sorted(own.items())})
        for year, own in sorted(bars.items())
    ), tuple(rest)


def _heights(laid: Sequence[Laid], beside: Sequence[Beside], row: float) -> list[float]:
    return [
        max(
            one.rows * row + BARS * bool(one.bars) + STRIP * bool(one.strip),
            LINE * sum(map(len, lines)),
        )
        + GAP
        for one, lines in zip(laid, beside, strict=True)
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
            f"{edtf}{'~' if years == 1 and uncertain(mark) else ''}",
            begin and f"{begin}-01-01", end and f"{end}-12-31",
        )  # fmt: skip
        wider.append(replace(mark, when=when))
    return _merged(replace(lane, marks=tuple(wider)))


def uncertain(mark: Mark) -> bool:
    """Whether the time of a mark is said to be approximate or uncertain."""
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


def _packed(lane: Lane, axis: Axis, room: float) -> tuple[Placed, ...]:
    """The marks of a lane in rows, so that neither they nor their texts overlap."""
    free: list[float] = []
    placed = []
    for mark in sorted(lane.marks, key=lambda m: (bounds(m), m.when.edtf, m.label, m.grade)):
        first, last = bounds(mark)
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
        placed.append(Placed(mark, row, left, right, text, at, side, first < axis.first))
    return tuple(placed)


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
