"""Delimited text: its encoding, its delimiter, its rows."""

from __future__ import annotations

import codecs
import csv
import io
from collections.abc import Iterator
from pathlib import Path

from diplograph.errors import TableError
from diplograph.tables.opened import Table

__all__ = ["DELIMITERS", "read_delimited"]

DELIMITERS = ",;\t|"
"""What may part the cells of delimited text."""
_NAMES = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
_SAMPLE = 65_536
_ROWS = 50
_MARKS = {
    codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF32_LE: "utf-32", codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16",
}  # fmt: skip
"""Encodings by their byte order marks, the longer marks first."""
_UNCLOSED = "unexpected end of data"


def read_delimited(
    path: Path, encoding: str | None, delimiter: str | None, sheet: str | None
) -> Table:
    """Open delimited text; see :func:`diplograph.tables.open_table`."""
    with path.open("rb") as file:
        head = file.read(_SAMPLE)
    chosen = _normal(path, encoding) if encoding else _encoding(path, head)
    if b"\0" in head and not chosen.startswith(("utf-16", "utf-32", "utf_16", "utf_32")):
        raise TableError(f"{path}: is no text; save it as CSV in UTF-8.")
    sample = codecs.getincrementaldecoder(chosen)("ignore").decode(head)
    parted = delimiter or ("\t" if path.suffix.lower() == ".tsv" else "")
    parted = parted or _delimiter(path, sample, len(head) == _SAMPLE)

    def read() -> Iterator[list[str]]:
        with path.open(encoding=chosen, newline="") as file:
            lines = _Lines(file)
            try:
                for cells in csv.reader(lines, delimiter=parted):
                    if lines.several:
                        lines.check(parted)
                    lines.start()
                    yield cells
            except csv.Error as error:
                if "field limit" not in str(error):
                    raise
                raise ValueError(_not_closed(lines.number)) from None

    return Table(path, chosen, read, parted)


class _Lines:
    """The lines of a file, with those of the present row at hand.

    A quotation mark that is not closed takes in all that follows as one cell. The engine does not
    mind that at the end of the file; so the last row is read again by the strict rules, if it has
    several lines.
    """

    def __init__(self, file: io.TextIOBase) -> None:
        self._file = file
        self._row: list[str] = []
        self._ended = False
        self.number = 0

    def __iter__(self) -> Iterator[str]:
        for line in self._file:
            self.number += not self._row
            self._row.append(line)
            yield line
        self._ended = True

    @property
    def several(self) -> bool:
        """Whether the row that was read is the last, and has a quotation mark."""
        return self._ended

    def check(self, delimiter: str) -> None:
        """Refuse a last row whose quotation mark is not closed."""
        try:
            list(csv.reader(self._row, delimiter=delimiter, strict=True))
        except csv.Error as error:
            if _UNCLOSED in str(error):
                raise ValueError(_not_closed(self.number)) from None

    def start(self) -> None:
        """Begin a new row."""
        self._row.clear()


def _not_closed(row: int) -> str:
    return f"a quotation mark in row {row} is not closed"


def _normal(path: Path, encoding: str) -> str:
    """The encoding by a name that it has; UTF-8 is read with or without a byte order mark."""
    try:
        "".encode(encoding)
        name = codecs.lookup(encoding).name
    except LookupError:
        raise TableError(f"{path}: “{encoding}” is no text encoding; write utf-8, say.") from None
    return "utf-8-sig" if name == "utf-8" else encoding


def _encoding(path: Path, head: bytes) -> str:
    for mark, encoding in _MARKS.items():
        if head.startswith(mark):
            return encoding
    try:
        with path.open(encoding="utf-8") as file:
            while file.read(_SAMPLE):
                pass
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _delimiter(path: Path, sample: str, cut: bool) -> str:
    """The delimiter by which the first rows have as many cells as each other.

    Raises :class:`~diplograph.errors.TableError` where that can be several, or none is clear: a
    wrong guess would be worse than a question.
    """
    shares: dict[str, float] = {}
    for delimiter in DELIMITERS:
        widths = _widths(sample, delimiter, cut)
        wide = [width for width in widths if width > 1]
        if wide:
            common = max(set(wide), key=lambda w: (wide.count(w), w))
            shares[delimiter] = wide.count(common) / len(widths)
    if not shares:
        return ","  # a table of one column, or an empty one
    ranked = sorted(shares, key=lambda d: -shares[d])
    best = shares[ranked[0]]
    rivals = [d for d in ranked if shares[d] >= (1.0 if best == 1.0 else best / 2)]
    if len(rivals) > 1 or best < 0.5:
        may = " or ".join(_NAMES[d] for d in (rivals if len(rivals) > 1 else ranked))
        raise TableError(f"{path}: what parts its cells is not clear ({may}?); name its delimiter.")
    return ranked[0]


def _widths(sample: str, delimiter: str, cut: bool) -> list[int]:
    """How many cells each of the first rows has; the last of a sample that was cut is left out."""
    widths = []
    try:
        for cells in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter):
            widths.append(len(cells))
            if len(widths) > _ROWS:
                break
    except csv.Error:
        widths.append(0)
    if (cut or len(widths) > _ROWS) and len(widths) > 1:
        widths.pop()
    return [width for width in widths if width]
