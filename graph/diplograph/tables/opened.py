"""A table that has been opened, and how stored values are printed."""

from __future__ import annotations

import csv
import datetime
import json
import struct
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from diplograph.errors import TableError

__all__ = ["Record", "Table", "printed"]

Record = tuple[int, list[str]]
"""A row of a table: its number, and its cells."""


@dataclass(frozen=True)
class Table:
    """A table that has been opened: its file, and how its rows are read from the beginning."""

    path: Path
    encoding: str
    """The text encoding of delimited text; empty for other formats."""
    read: Callable[[], Iterator[list[str]]]
    delimiter: str = ""
    """What parts the cells of delimited text; empty for other formats."""

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
        except UnicodeDecodeError as error:
            raise TableError(
                f"{self.path}, after row {number}: is no text in {self.encoding} "
                f"(byte {error.object[error.start]:#04x}); name its encoding."
            ) from None
        except (OSError, ValueError, KeyError, EOFError, csv.Error, struct.error) as error:
            reason = " ".join(str(error).split())
            raise TableError(
                f"{self.path}, after row {number}: cannot be read: {reason}."
            ) from None


def printed(cell: Any) -> str:
    """A stored value as text; nothing for what is missing.

    >>> printed(3.0), printed(0.25), printed(True), printed(datetime.date(1990, 5, 1))
    ('3', '0.25', 'TRUE', '1990-05-01')
    """
    if isinstance(cell, str):
        return cell
    if cell is None or (cell.__class__.__name__ != "dict" and _missing(cell)):
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime.datetime):
        midnight = cell.time() == datetime.time()
        return cell.date().isoformat() if midnight else cell.isoformat()
    if isinstance(cell, (datetime.date, datetime.time)):
        return cell.isoformat()
    if isinstance(cell, datetime.timedelta):
        minutes, seconds = divmod(round(cell.total_seconds()), 60)
        return f"{minutes // 60}:{minutes % 60:02}:{seconds:02}"
    if isinstance(cell, float):
        with suppress(OverflowError):
            return str(int(cell)) if cell.is_integer() else repr(cell)
    if isinstance(cell, Decimal):
        return f"{cell:f}"
    if isinstance(cell, (bytes, bytearray)):
        return _text_of(bytes(cell))
    if isinstance(cell, (list, tuple)):
        return "; ".join(printed(item) for item in cell)
    if isinstance(cell, dict):
        return json.dumps({key: printed(value) for key, value in cell.items()}, ensure_ascii=False)
    return str(cell)


def _missing(cell: Any) -> bool:
    """Whether it is not a number, or not a time."""
    return str(cell) == "NaT" or (isinstance(cell, float) and cell != cell)


def _text_of(content: bytes) -> str:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return content.hex()
