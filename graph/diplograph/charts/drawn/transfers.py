"""Bars of arms transfers: how many were ordered in each year, and how many items of each class."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from diplograph.charts.canvas import BLACK, GREY, HATCH, LINE, SMALL, WIDTHS, Frame, Sheet
from diplograph.charts.drawn.bars import colours_of, draw_key, heading, key_of, numbers, years
from diplograph.charts.found.transfers import Bar, Panel, Transfers
from diplograph.charts.words import amount, counted, wrapped

if TYPE_CHECKING:
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

__all__ = ["draw_transfers"]

_HIGH, _LEFT, _BELOW = 17.0, 10.0, 5.0


def draw_transfers(found: Transfers, columns: int = 2) -> tuple[Sheet, Frame]:
    """The sheet with the bars, and its frame."""
    width = WIDTHS[columns]
    across = 3 if columns == 2 else 2
    wide = width / across
    told = sorted({bar.year for bar in found.orders})
    span = (told[0], told[-1])
    heads = [_head(panel, wide - 4.0) for panel in found.panels]
    rows = [list(range(n, min(n + across, len(heads)))) for n in range(0, len(heads), across)]
    above = [max(len(heads[n]) for n in row) * LINE + 2.0 for row in rows]
    tall = [head + _HIGH + _BELOW + 2.0 for head in above]
    key = _key(found, width - 4.0)
    first = 2 * LINE + 2.0 + _HIGH + _BELOW + 3.0
    body = first + sum(tall) + 3.2 * len(key) + 1.0
    frame = Frame(
        found.title,
        f"{counted(len(found.deals), 'transfer')} by the year of the order. {found.told.dated}",
        (found.told.sources, *found.notes),
    )
    sheet = Sheet(columns, body, frame)
    colours = colours_of(found.tellers)
    top = body
    heading(sheet, 2.0, top, ["All classes: transfers ordered", "number of transfers a year"])
    axes = sheet.axes(_LEFT, top - first + _BELOW + 3.0, width - _LEFT - 3.0, _HIGH)
    _bars(sheet, axes, "All classes", found.orders, found.tellers, colours, span, width - _LEFT - 3)
    top -= first
    for number, row in enumerate(rows):
        for place, n in enumerate(row):
            panel = found.panels[n]
            heading(sheet, place * wide + 2.0, top, heads[n])
            axes = sheet.axes(
                place * wide + _LEFT, top - above[number] - _HIGH, wide - _LEFT - 3.0, _HIGH
            )
            _bars(sheet, axes, panel.name, panel.bars, found.tellers, colours, span,
                  wide - _LEFT - 3.0)  # fmt: skip
        top -= tall[number]
    draw_key(sheet, key, 0.0)
    return sheet, frame


def _head(panel: Panel, room: float) -> list[str]:
    least = sum(bar.sure + bar.estimated for bar in panel.bars)
    most = least + sum(bar.more for bar in panel.bars)
    several = len({bar.teller for bar in panel.bars}) > 1
    total = amount(least) if least == most else f"{amount(least)}–{amount(most)}"
    parts = [counted(panel.deals, "transfer")]
    parts.append(f"numbers in {panel.unit}" if several or not most else f"{total} {panel.unit}")
    if panel.unknown:
        parts.append(f"{panel.unknown} of unknown number")
    if panel.undated:
        parts.append(f"{panel.undated} without a year")
    return [
        *wrapped(panel.name, room, SMALL, 1, bold=True),
        *wrapped(", ".join(parts), room, SMALL),
    ]


def _bars(
    sheet: Sheet,
    axes: Axes,
    name: str,
    bars: Sequence[Bar],
    tellers: tuple[str, ...],
    colours: dict[str, str],
    span: tuple[int, int],
    width: float,
) -> None:
    """Bars of the tellers side by side: sure below, estimated hatched, what may be more open."""
    most = max((bar.sure + bar.estimated + bar.more for bar in bars), default=0.0)
    years(axes, *span, width)
    numbers(axes, max(most, 1.0), _HIGH)
    for bar in bars:
        here = [t for t in tellers if any(b.teller == t for b in bars if b.year == bar.year)]
        thick = 0.8 / len(here)
        x = bar.year - 0.4 + thick * (here.index(bar.teller) + 0.5)
        colour = colours[bar.teller]
        at = 0.0
        drawn: list[Artist] = []
        for size, fill, hatch, line in (
            (bar.sure, colour, None, "solid"),
            (bar.estimated, "white", HATCH, "solid"),
            (bar.more, "white", None, (0, (2, 1))),
        ):
            if size:
                drawn += axes.bar(
                    x, size, thick, at, facecolor=fill, edgecolor=colour, hatch=hatch,
                    linewidth=0.5, linestyle=line, zorder=2,
                )  # fmt: skip
                at += size
        if bar.unknown:
            sign = "?" if bar.unknown == 1 else f"{bar.unknown}?"
            mark = axes.text(
                x, at + max(most, 1.0) * 0.02, sign, ha="center", va="bottom", fontsize=SMALL,
                color=colour, weight="bold", zorder=3,
            )  # fmt: skip
            drawn.append(mark)
        sheet.mark(f"{name}, {bar.year}, told by {bar.teller}", bar.facts, drawn)


def _key(found: Transfers, room: float) -> list[list[tuple[str, str, str]]]:
    bars = [bar for panel in found.panels for bar in panel.bars]
    shown = {bar.teller for bar in (*bars, *found.orders)}
    colours = colours_of(found.tellers)
    items = [("full", colours[t], f"told by {t}") for t in found.tellers if t in shown]
    if any(bar.estimated for bar in (*bars, *found.orders)):
        items.append(("hatched", GREY, "year or number estimated"))
    if any(bar.more for bar in bars):
        items.append(("open", GREY, "up to so many"))
    if any(bar.unknown for bar in bars):
        items.append(("text ?", BLACK, "transfer of unknown number"))
    return key_of(items, room)
