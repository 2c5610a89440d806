"""A mapping drafted from a table's header and its first rows."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

from diplograph.errors import MappingError, TableError
from diplograph.importers.mapping.drafting import drafted
from diplograph.importers.mapping.looking import looked_at
from diplograph.tables import column_names, open_table

__all__ = ["suggest"]

_ROWS = 500


def suggest(
    file: Path,
    *,
    encoding: str | None = None,
    delimiter: str | None = None,
    sheet: str | None = None,
    output: Path | None = None,
) -> str:
    """A mapping for a table, as YAML, with a comment behind each line that says why it is so.

    It is drafted from the header and the first 500 rows, can be imported as it is, and has to be
    read over all the same: what was doubtful is said. With ``output`` it is written there, unless
    there is a file already. Raises :class:`~diplograph.errors.TableError` for a table that cannot
    be read or in which nothing is recognized, and :class:`~diplograph.errors.MappingError` where
    the draft cannot be written.
    """
    table = open_table(file, encoding, delimiter=delimiter, sheet=sheet)
    rows = [
        (row, cells)
        for row, cells in islice(table.rows(), _ROWS + 50)
        if any(map(str.strip, cells))
    ]
    if not rows:
        raise TableError(f"{file}: is empty.")
    width = max(len(cells) for _, cells in rows)
    # Lines before the header are shorter than the table.
    header = next(at for at, (_, cells) in enumerate(rows) if len(cells) == width and _full(cells))
    names = column_names(rows[header][1])
    told = [cells for _, cells in rows[header + 1 : header + 1 + _ROWS]]
    if not told:
        raise TableError(f"{file}: has no row below its header.")
    draft = drafted(
        file, names, looked_at(names, told), len(told),
        encoding=encoding, delimiter=delimiter, sheet=sheet,
        header=rows[header][0] if rows[header][0] != 1 else None,
    )  # fmt: skip
    if output is not None:
        try:
            with output.open("x", encoding="utf-8") as written:
                written.write(draft)
        except FileExistsError:
            raise MappingError(f"{output}: exists already; name another file.") from None
        except OSError as error:
            raise MappingError(f"{output}: cannot be written: {error.strerror}.") from None
    return draft


def _full(cells: list[str]) -> bool:
    """Whether a row can be a header: most of its cells have a name."""
    return sum(bool(cell.strip()) for cell in cells) > len(cells) / 2
