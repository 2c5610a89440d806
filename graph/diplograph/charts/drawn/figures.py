"""Series of figures as points by year: each teller's with a sign and a colour of its own."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from diplograph.charts.canvas import GREY, LIGHT, LINE, SMALL, WIDTHS, Frame, Sheet
from diplograph.charts.drawn.axis import year_of
from diplograph.charts.drawn.bars import colours_of, draw_key, heading, key_of, numbers, years
from diplograph.charts.found.figures import Figure, Figures, Series
from diplograph.charts.words import amount, counted, scale_of, wrapped

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["draw_figures"]

_SHAPES = "osD^vPX*"
_HIGH, _LOW, _LEFT, _BELOW = 34.0, 20.0, 11.0, 8.0
"""Heights of a panel, of one where there are many, and room beside and below it."""


def draw_figures(found: Figures, columns: int = 2) -> tuple[Sheet, Frame]:
    """The sheet with the series, and its frame."""
    width = WIDTHS[columns]
    across = min(columns, len(found.series))
    wide = width / across
    heads = [_head(series, wide - 4.0) for series in found.series]
    rows = [list(range(n, min(n + across, len(heads)))) for n in range(0, len(heads), across)]
    above = [max(len(heads[n]) for n in row) * LINE + 1.5 for row in rows]
    high = _HIGH if len(rows) < 4 else _LOW
    tall = [height + high + _BELOW for height in above]
    signs = {teller: _SHAPES[n % len(_SHAPES)] for n, teller in enumerate(found.tellers)}
    colours = colours_of(found.tellers)
    key = key_of(_items(found, signs, colours), width - 4.0)
    number = sum(len(series.figures) for series in found.series)
    frame = Frame(
        found.title,
        f"{counted(number, 'figure')}, of each teller apart. {found.told.dated}",
        (found.told.sources, *found.notes),
    )
    body = sum(tall) + 3.2 * len(key) + 1.0
    sheet = Sheet(columns, body, frame)
    top = body
    for row, head, height in zip(rows, above, tall, strict=True):
        for place, n in enumerate(row):
            heading(sheet, place * wide + 2.0, top, heads[n])
            room = wide - _LEFT - 4.0
            axes = sheet.axes(place * wide + _LEFT, top - head - high, room, high)
            _draw(sheet, axes, found.series[n], signs, colours, room, high)
        top -= height
    draw_key(sheet, key, 0.0)
    return sheet, frame


def _head(series: Series, room: float) -> list[str]:
    _, word = _scaled(series)
    unit = " ".join(part for part in (word, series.unit) if part)
    name = series.measure[:1].upper() + series.measure[1:]
    told = "; ".join(part for part in (series.of, f"in {unit}" if unit else "") if part)
    return [*wrapped(name, room, SMALL, 1, bold=True), *wrapped(told, room, SMALL, 3)]


def _scaled(series: Series) -> tuple[float, str]:
    known = [v for f in series.figures for v in (f.low, f.high) if v is not None]
    return scale_of(known)


def _draw(
    sheet: Sheet,
    axes: Axes,
    series: Series,
    signs: dict[str, str],
    colours: dict[str, str],
    room: float,
    high: float,
) -> None:
    scale, _ = _scaled(series)
    known = [v / scale for f in series.figures for v in (f.low, f.high) if v is not None]
    most, least = max(known, default=1.0), min(known, default=0.0)
    bounds = [span for f in series.figures if (span := _span(f))]
    first = int(min((b[0] for b in bounds), default=2000))
    last = max(first, int(max((b[1] for b in bounds), default=2000) - 1e-9))
    years(axes, first, last, room)
    axes.set_xlabel("year", labelpad=0.5)
    numbers(axes, max(most, 1e-9), high, whole=False)
    if least < 0:
        axes.set_ylim(least * 1.15, max(most, 0.0) * 1.18 - least * 0.05)
        axes.axhline(0, color=LIGHT, linewidth=0.6)
    few = len(series.figures) <= max(4, int(room / 5.5))
    apart = min(0.3, 4.5 / room * (last - first + 1.4))
    beside: dict[tuple[float, float] | None, list[Figure]] = defaultdict(list)
    for figure in series.figures:
        beside[_span(figure)].append(figure)
    lines: dict[str, list[tuple[float, float]]] = defaultdict(list)
    rising = _rising(series.figures)
    for figure in series.figures:
        span = _span(figure)
        if span is None:
            continue
        same = sorted(beside[span], key=lambda f: (f.teller, f.fact))
        shift = (same.index(figure) - (len(same) - 1) / 2) * apart
        x = (span[0] + span[1]) / 2 - 0.5 + shift
        colour = colours[figure.teller]
        low, upper = (None if v is None else v / scale for v in (figure.low, figure.high))
        at = upper if low is None else low
        label = f"{series.measure[:1].upper()}{series.measure[1:]}, {series.of}: " + _told(
            figure, series.unit
        )
        if at is None:
            sign = axes.text(x, 0, "?", ha="center", va="bottom", color=colour, weight="bold")
            sheet.mark(label, [figure.fact], [sign])
            continue
        if span[1] - span[0] > 1.01:
            axes.plot(
                [span[0] - 0.5, span[1] - 0.5], [at, at], color=colour, linewidth=0.7, marker="|",
                markersize=3.0, zorder=2,
            )  # fmt: skip
        elif low is not None and low == upper:
            lines[figure.teller].append((x, low))
        _range(axes, x, low, upper, most, colour)
        drawn = axes.plot(
            [x], [at], signs[figure.teller], color=colour, markersize=3.6, markeredgewidth=0.8,
            markerfacecolor="white" if figure.estimated else colour, zorder=3,
        )  # fmt: skip
        sheet.mark(label, [figure.fact], drawn)
        if few:
            place, lean = _place(figure, same), -4.0 if figure.fact in rising else 0.0
            if place == "above" and any(f.high is None for f in same[same.index(figure) + 1 :]):
                lean = -6.0  # away from the arrow beside it
            known = [v for v in (low, upper) if v is not None]
            _write(axes, _printed(low, upper), x, known, upper is None, place, most, lean)
    for teller, points in lines.items():
        if len(points) > 2 and len({round(x, 3) for x, _ in points}) == len(points):
            axes.plot(*zip(*points, strict=True), color=colours[teller], linewidth=0.6, zorder=1)


def _range(
    axes: Axes, x: float, low: float | None, high: float | None, most: float, colour: str
) -> None:
    """A line from the least to the most; an arrow where one of them is not told."""
    if low is not None and high is not None:
        if low != high:
            axes.plot([x, x], [low, high], color=colour, linewidth=0.8, marker="_", markersize=3.0)
        return
    at = low if low is not None else high
    assert at is not None
    tip = at + most * 0.07 if high is None else at - most * 0.07
    axes.plot([x, x], [at, tip], color=colour, linewidth=0.8, zorder=2)
    axes.plot([x], [tip], "^" if high is None else "v", color=colour, markersize=2.4, zorder=2)


def _rising(figures: Iterable[Figure]) -> set[str]:
    """The facts of the figures after which the same teller has a higher one."""
    found = set()
    last: dict[str, Figure] = {}
    dated = [figure for figure in figures if _span(figure)]
    for figure in sorted(dated, key=lambda f: (_span(f) or (), f.fact)):
        before = last.get(figure.teller)
        if before and _top(before) < _top(figure):
            found.add(before.fact)
        last[figure.teller] = figure
    return found


def _place(figure: Figure, same: list[Figure]) -> str:
    """Where the number of a figure stands beside its point, among those of the same time.

    The highest has it above, the lowest below, where there is no room beneath at a side; the others
    at the side at which they stand.
    """
    tops = [_top(f) for f in same]
    later = 2 * same.index(figure) >= len(same) - 1
    if len(same) > 1 and _top(figure) == min(tops):
        return "below right" if figure is same[-1] else "below left"
    if _top(figure) == max(tops):
        return "above"
    return "right" if later else "left"


def _write(
    axes: Axes,
    text: str,
    x: float,
    known: list[float],
    open_: bool,
    place: str,
    most: float,
    lean: float,
) -> None:
    """The number of a figure beside its point (``place``), below only where there is no axis.

    Above, it leans away from a line that rises from there; no line runs through it.
    """
    from matplotlib.patheffects import withStroke

    y, shift, across, up = max(known), (lean, 6.5 if open_ else 3.5), "center", "bottom"
    where, _, side = place.partition(" ")
    if where == "below":
        y, shift, up = min(known), (0.0, -3.5), "top"
    if where in ("left", "right") or (where == "below" and y < most * 0.15):
        right = (side or where) == "right"
        y, shift, up = min(known), (3.5 if right else -3.5, 0.0), "center"
        across = "left" if right else "right"
    axes.annotate(
        text, (x, y), xytext=shift, textcoords="offset points", ha=across, va=up, fontsize=SMALL,
        color=GREY, annotation_clip=False,
        path_effects=[withStroke(linewidth=2.6, foreground="white")],
    )  # fmt: skip


def _told(figure: Figure, unit: str) -> str:
    """A figure in words: its time, number with the unit, and teller."""
    from diplograph.words import in_words

    known = figure.low is not None or figure.high is not None
    number = f"{_printed(figure.low, figure.high)} {unit}".strip() if known else "unknown"
    return f"{in_words(figure.when.edtf)}, {number}, by {figure.teller}"


def _top(figure: Figure) -> float:
    return max((v for v in (figure.low, figure.high) if v is not None), default=0.0)


def _printed(low: float | None, high: float | None) -> str:
    if low is None:
        return f"≤{amount(high or 0)}"
    if high is None:
        return f"≥{amount(low)}"
    return amount(low) if low == high else f"{amount(low)}–{amount(high)}"


def _span(figure: Figure) -> tuple[float, float] | None:
    first, last = figure.when.earliest, figure.when.latest
    if first is None and last is None:
        return None
    begin = year_of(first or last or "")
    return begin, year_of(last or first or "", after=True)


def _items(
    found: Figures, signs: dict[str, str], colours: dict[str, str]
) -> list[tuple[str, str, str]]:
    figures = [figure for series in found.series for figure in series.figures]
    items = [(f"point {signs[t]}full", colours[t], t) for t in found.tellers]
    if any(f.estimated for f in figures):
        items.append(("point o", GREY, "hollow: estimated, approximate or inferred"))
    if any(f.low != f.high for f in figures):
        items.append(("range", GREY, "range; arrow: at least or at most"))
    if any((span := _span(f)) and span[1] - span[0] > 1.01 for f in figures):
        items.append(("span", GREY, "for several years together"))
    if any(f.low is None and f.high is None for f in figures):
        items.append(("text ?", GREY, "unknown"))
    return items
