"""A matrix of who agreed with whom: a cell a pair, its shade and its number the agreements."""

from __future__ import annotations

from typing import TYPE_CHECKING

from diplograph.charts.canvas import GREY, LIGHT, SMALL, WIDTHS, Frame, Sheet
from diplograph.charts.found.matrix import Matrix
from diplograph.charts.words import counted, fitted, width_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.patches import Rectangle

__all__ = ["draw_matrix", "shade"]

_MOST_CELL, _SLANT = 9.0, 0.75
_LIGHT, _DARK = (0.87, 0.92, 0.97), (0.03, 0.19, 0.42)


def shade(number: int, most: int) -> tuple[float, float, float]:
    """The colour of a cell: the darker the more agreements, by the square root of the number.

    >>> shade(1, 1) == shade(9, 9), shade(1, 4) > shade(4, 4)
    (True, True)
    """
    part = (number / most) ** 0.5
    red, green, blue = (
        light + (dark - light) * part for light, dark in zip(_LIGHT, _DARK, strict=True)
    )
    return red, green, blue


def draw_matrix(found: Matrix, columns: int = 2) -> tuple[Sheet, Frame]:
    """The sheet with a matrix, and its frame."""
    width, size = WIDTHS[columns], len(found.parties)
    longest = 45.0 if columns == 2 else 27.0
    texts = [
        fitted(p.label, longest - 8.0, SMALL) + f" ({p.total})" for p in found.parties
    ]  # fmt: skip
    left = max(width_of(text, SMALL) for text in texts) + 3.0
    above = max(width_of(text, SMALL) for text in texts) + 3.0
    cell = min(_MOST_CELL, (width - left - 4.0) / size)
    side = cell * size
    frame = Frame(
        found.title,
        f"Number of agreements of each two parties; beside each name, of all its agreements. "
        f"{found.told.dated}",
        (found.told.sources, *found.notes, *_rest(found)),
    )
    sheet = Sheet(columns, side + above + 8.0, frame)
    axes = sheet.plain(0.0, 0.0, width, side + above + 8.0)
    most = max(found.pairs.values())
    for row, one in enumerate(found.parties):
        y = 8.0 + side - (row + 1) * cell
        axes.text(left - 1.5, y + cell / 2, texts[row], ha="right", va="center_baseline")
        axes.text(
            left + (row + 0.5) * cell, 8.0 + side + 1.5, texts[row], ha="center", va="bottom",
            rotation=90,
        )  # fmt: skip
        for column, two in enumerate(found.parties):
            number = 0 if row == column else found.of(one.id, two.id)
            colour = shade(number, most) if number else (LIGHT if row == column else "white")
            box = _cell(left + column * cell, y, cell, colour)
            axes.add_patch(box)
            if number:
                text = axes.text(
                    left + (column + 0.5) * cell, y + cell / 2, str(number), ha="center",
                    va="center_baseline",
                    fontsize=SMALL if width_of(str(number), SMALL) < cell else 5.0,
                    color="white" if (number / most) ** 0.5 > 0.45 else "black",
                )  # fmt: skip
                pair = (one.id, two.id) if one.id < two.id else (two.id, one.id)
                told = f"{one.label} and {two.label}: {counted(number, 'agreement')}"
                sheet.mark(told, found.facts.get(pair, ()), [box, text])
    _scale(axes, left, most, width)
    return sheet, frame


def _cell(x: float, y: float, size: float, colour: str | tuple[float, float, float]) -> Rectangle:
    from matplotlib.patches import Rectangle

    return Rectangle((x, y), size, size, facecolor=colour, edgecolor="#dddddd", linewidth=0.4)


def _scale(axes: Axes, left: float, most: int, width: float) -> None:
    """What the shades say, below the matrix."""
    steps = sorted({max(1, round(most * part)) for part in (0.0, 0.1, 0.25, 0.5, 1.0)})
    words = "agreements of the two"
    wide = sum(7.0 + width_of(str(n), SMALL) for n in steps) + width_of(words, SMALL)
    x = max(2.0, min(left, width - 2.0 - wide))
    for number in steps:
        axes.add_patch(_cell(x, 2.0, 3.2, shade(number, most)))
        text = str(number)
        axes.text(x + 4.2, 3.5, text, va="center_baseline")
        x += 7.0 + width_of(text, SMALL)
    axes.text(x, 3.5, words, va="center_baseline", color=GREY)


def _rest(found: Matrix) -> tuple[str, ...]:
    if not found.together:
        return ()
    names = ", ".join(found.together[:12])
    more = f" and {counted(len(found.together) - 12, 'other')}" if len(found.together) > 12 else ""
    return (f"Together in the last row: {names}{more}.",)
