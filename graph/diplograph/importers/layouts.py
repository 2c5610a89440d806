"""Layouts: how the columns of a dataset's file are called, and what they hold.

A dataset comes in several layouts. Which one a file has is told by its header, and by nothing else:
a file whose header is none of them is refused, with the layout that comes nearest.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from diplograph.errors import TableError
from diplograph.tables import Table, column_names

__all__ = ["Layout", "Line", "find_layout", "lines"]

_LOOKED_AT = 30
"""Rows in which a header is looked for: some files have lines before it."""


@dataclass(frozen=True)
class Layout:
    """One layout of a dataset: ``columns`` gives for each of our names the column's in the header.

    Columns without a name are called as in :func:`diplograph.tables.column_names`. Columns that the
    layout does not name may stand in the file too.
    """

    name: str
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Line:
    """A row by our names for its columns; ``cells`` as they stand in the file, blanks stripped."""

    row: int
    cells: Mapping[str, str]
    raw: Sequence[str]
    """All cells, untouched."""

    def __getitem__(self, name: str) -> str:
        return self.cells[name]


def find_layout(
    table: Table, layouts: Sequence[Layout], header_row: int | None = None
) -> tuple[Layout, int]:
    """The layout of a table by its header, and the row of that, ``header_row`` where it is known.

    Raises :class:`~diplograph.errors.TableError` where the header is of none of them: it names the
    nearest and the columns that are missing.
    """
    best: tuple[float, Layout, list[str], int] | None = None
    for row, cells in table.rows():
        if header_row is not None and row < header_row:
            continue
        header = set(column_names(cells))
        for layout in layouts:
            wanted = list(layout.columns.values())
            missing = [name for name in wanted if name not in header]
            if not missing:
                return layout, row
            share = 1 - len(missing) / len(wanted)
            if best is None or share > best[0]:
                best = (share, layout, missing, row)
        if row == (header_row or _LOOKED_AT):
            break
    if best is None:
        raise TableError(f"{table.path}: is empty.")
    _, nearest, missing, row = best
    some = ", ".join(f"“{name}”" for name in missing[:5]) + (" …" if len(missing) > 5 else "")
    raise TableError(
        f"{table.path}: its header is none that is known; nearest is layout {nearest.name}, "
        f"of which row {row} lacks {some}."
    )


def lines(table: Table, layout: Layout, header: int) -> Iterator[Line | tuple[int, list[str]]]:
    """The rows below the header by the layout's names; blank rows are left out.

    A row that has not as many cells as the header comes back as its number and its cells, for the
    report of what was refused; blank cells beyond those of the header do not count.
    """
    places: dict[str, int] = {}
    width = 0
    for row, cells in table.rows():
        if row < header or not any(cell.strip() for cell in cells):
            continue
        if row == header:
            names = column_names(cells)
            width = len(names)
            places = {ours: names.index(theirs) for ours, theirs in layout.columns.items()}
        elif len(cells) < width or any(cell.strip() for cell in cells[width:]):
            yield row, cells
        else:
            yield Line(row, {ours: cells[at].strip() for ours, at in places.items()}, cells)
