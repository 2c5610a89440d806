"""Tables as they come: delimited text, Excel, Stata and Parquet, a row at a time, as text.

Whatever the format, a cell is text exactly as it is printed (a whole number without a decimal
point, a date as ``YYYY-MM-DD``), and empty where there is nothing. Rows are counted as a reader
counts them who opens the file: the first row, usually the header, is row 1.
"""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from diplograph.errors import TableError

__all__ = ["ENDINGS", "Record", "Table", "column_names", "open_table"]

Record = tuple[int, list[str]]
"""A row of a table: its number, and its cells."""

_CHUNK = 2_000
_DELIMITERS = ",;\t|"
_SAMPLE = 65_536
_NEEDS = "is needed to read it; install it with: pip install 'diplograph[datasets]'"


@dataclass(frozen=True)
class Table:
    """A table that has been opened: its file, and how its rows are read from the beginning."""

    path: Path
    encoding: str
    """The text encoding of delimited text; empty for other formats."""
    read: Callable[[], Iterator[list[str]]]

    def rows(self) -> Iterator[Record]:
        """All rows with their numbers, from 1 on; those before the header too.

        Raises :class:`~diplograph.errors.TableError` where the file turns out to be damaged.
        """
        number = 0
        try:
            for cells in self.read():
                number += 1
                yield number, cells
        except TableError:
            raise
        except (OSError, ValueError, KeyError, EOFError, csv.Error) as error:
            reason = " ".join(str(error).split())
            raise TableError(
                f"{self.path}, after row {number}: cannot be read: {reason}."
            ) from None


def open_table(path: Path, encoding: str | None = None) -> Table:
    """A table by the ending of its file's name, one of :data:`ENDINGS`.

    Delimited text is read in ``encoding``, else in UTF-8, else in Windows-1252 (which Latin-1 is
    part of) where it is no UTF-8; its delimiter is the one of comma, semicolon, tab and bar by
    which its first rows have the same number of cells. Of an Excel file the first sheet is read.
    Raises :class:`~diplograph.errors.TableError` where that cannot be done.
    """
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise TableError(
            f"{path}: is no table that can be read; its name must end in {', '.join(ENDINGS)}."
        )
    if not path.is_file():
        raise TableError(f"{path}: there is no such file.")
    try:
        return reader(path, encoding)
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


# --- the formats ---------------------------------------------------------------------------------


def _delimited(path: Path, encoding: str | None) -> Table:
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
    if b"\0" in head:
        raise TableError(f"{path}: is no text; save it as CSV in UTF-8.")
    chosen = encoding or _encoding(path)
    try:
        sample = head.decode(chosen, errors="ignore")
    except LookupError:
        raise TableError(f"{path}: “{encoding}” is no text encoding; write utf-8, say.") from None
    delimiter = "\t" if path.suffix.lower() == ".tsv" else _delimiter(sample)

    def read() -> Iterator[list[str]]:
        with path.open(encoding=chosen, newline="") as file:
            yield from csv.reader(file, delimiter=delimiter)

    return Table(path, chosen, read)


def _encoding(path: Path) -> str:
    try:
        with path.open(encoding="utf-8-sig") as file:
            while file.read(_SAMPLE):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8-sig"


def _delimiter(sample: str) -> str:
    """The delimiter by which most of the first rows have as many cells as each other."""

    def fits(delimiter: str) -> tuple[int, int]:
        lines = list(csv.reader(sample.splitlines(), delimiter=delimiter))[:-1][:50] or [[]]
        widths = [len(line) for line in lines if len(line) > 1]
        common = max(set(widths), key=widths.count, default=1)
        return (widths.count(common) if common > 1 else 0, common)

    return max(_DELIMITERS, key=fits)


def _excel(path: Path, encoding: str | None) -> Table:
    import python_calamine

    def read() -> Iterator[list[str]]:
        try:
            with python_calamine.CalamineWorkbook.from_path(str(path)) as workbook:
                for row in workbook.get_sheet_by_index(0).iter_rows():
                    yield [_printed(cell) for cell in row]
        except python_calamine.CalamineError as error:
            raise TableError(f"{path}: is no Excel file that can be read: {error}.") from None

    return Table(path, "", read)


def _stata(path: Path, encoding: str | None) -> Table:
    import warnings

    import pandas as pd

    def read() -> Iterator[list[str]]:
        with warnings.catch_warnings():
            # pandas warns of text that is no UTF-8; whoever maps the table says so better.
            warnings.simplefilter("ignore", UnicodeWarning)
            with pd.read_stata(path, chunksize=_CHUNK, convert_categoricals=False) as chunks:
                for number, chunk in enumerate(chunks):
                    if number == 0:
                        yield [str(name) for name in chunk.columns]
                    for row in chunk.itertuples(index=False, name=None):
                        yield [_printed(cell) for cell in row]

    return Table(path, "", read)


def _parquet(path: Path, encoding: str | None) -> Table:
    import pyarrow.parquet

    def read() -> Iterator[list[str]]:
        with pyarrow.parquet.ParquetFile(path) as file:
            yield [str(name) for name in file.schema_arrow.names]
            for batch in file.iter_batches(batch_size=_CHUNK):
                columns = [column.to_pylist() for column in batch.columns]
                for row in zip(*columns, strict=True):
                    yield [_printed(cell) for cell in row]

    return Table(path, "", read)


def _printed(cell: Any) -> str:
    """A cell as text; nothing for what is missing."""
    if cell is None or cell != cell or str(cell) == "NaT":  # not a number, not a time
        return ""
    if isinstance(cell, datetime.datetime):
        midnight = cell.time() == datetime.time()
        return cell.date().isoformat() if midnight else cell.isoformat()
    if isinstance(cell, float):
        with suppress(OverflowError):
            return str(int(cell)) if cell.is_integer() else str(cell)
    return str(cell)


_READERS: dict[str, Callable[[Path, str | None], Table]] = {
    ".csv": _delimited,
    ".tsv": _delimited,
    ".txt": _delimited,
    ".xlsx": _excel,
    ".xlsm": _excel,
    ".xls": _excel,
    ".ods": _excel,
    ".dta": _stata,
    ".parquet": _parquet,
}
ENDINGS: Sequence[str] = tuple(_READERS)
"""The endings of names of files that can be read."""
