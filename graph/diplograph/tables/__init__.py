"""Tables as they come: delimited text, Excel, Stata and Parquet, a row at a time, as text.

Whatever the format, a cell is text as it is printed, and empty where there is nothing. What is
stored as a number, a date or a truth is printed so: a whole number without a decimal point, a date
as ``YYYY-MM-DD`` (of a Stata year or month no more than that), a truth as ``TRUE`` or ``FALSE``,
a value with a label as its label. Rows are counted as a reader counts them who opens the file: the
first row, usually the header, is row 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from diplograph.errors import TableError
from diplograph.tables.books import read_book
from diplograph.tables.columnar import read_parquet, read_stata
from diplograph.tables.delimited import DELIMITERS, read_delimited
from diplograph.tables.opened import Record, Table

__all__ = ["DELIMITERS", "ENDINGS", "Record", "Table", "column_names", "open_table"]

_NEEDS = "is needed to read it; install it with: pip install 'diplograph[datasets]'"
_READERS = {
    **dict.fromkeys((".csv", ".tsv", ".txt"), read_delimited),
    **dict.fromkeys((".xlsx", ".xlsm", ".xlsb", ".xls", ".ods"), read_book),
    ".dta": read_stata,
    ".parquet": read_parquet,
}
ENDINGS: Sequence[str] = tuple(_READERS)
"""The endings of names of files that can be read."""


def open_table(
    path: Path,
    encoding: str | None = None,
    *,
    delimiter: str | None = None,
    sheet: str | None = None,
) -> Table:
    """A table by the ending of its file's name, one of :data:`ENDINGS`.

    Delimited text is read in ``encoding``; where none is given, in the one of its byte order mark,
    else in UTF-8, else in Windows-1252 (which Latin-1 is part of) where it is no UTF-8. Its
    ``delimiter`` is, where none is given, the one of comma, semicolon, tab and bar by which all its
    first rows have the same number of cells, or nearly all; where that is not one only it is asked
    for. Other formats know their encoding. ``sheet`` is the name of a workbook's sheet or its
    number from 1 on; else the first is read. Raises :class:`~diplograph.errors.TableError` where
    that cannot be done.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise TableError(
            f"{path}: is no table that can be read; its name must end in {', '.join(ENDINGS)}."
        )
    if not path.is_file():
        raise TableError(f"{path}: there is no such file.")
    if sheet is not None and reader is not read_book:
        raise TableError(f"{path}: is no workbook and has no sheets.")
    if delimiter is not None and reader is not read_delimited:
        raise TableError(f"{path}: is no delimited text and has no delimiter.")
    try:
        return reader(path, encoding, delimiter, sheet)
    except ImportError as error:
        raise TableError(f"{path}: {error.name} {_NEEDS}.") from None
    except OSError as error:
        raise TableError(f"{path}: cannot be read: {error.strerror or error}.") from None


def column_names(header: Sequence[str]) -> list[str]:
    """The names of columns; one without a name is called by the column before it and `` ?``.

    >>> column_names(["Year of order", " ", "Number  ordered"])
    ['Year of order', 'Year of order ?', 'Number ordered']
    """
    names: list[str] = []
    for cell in header:
        name = " ".join(cell.split())
        names.append(name or (f"{names[-1]} ?" if names else "?"))
    return names
