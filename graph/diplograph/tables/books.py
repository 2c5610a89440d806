"""Workbooks of Excel and OpenDocument."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from diplograph.errors import TableError
from diplograph.tables.opened import Table, printed

__all__ = ["read_book"]

_ERROR = re.compile(
    rb'<c\b(?=[^>]*\bt="e")[^>]*?\br="([A-Z]+)([0-9]+)"[^>]*>(?:(?!</c>).)*?<v>([^<]*)</v>', re.S
)
_PIECE = 1 << 20


def read_book(path: Path, encoding: str | None, delimiter: str | None, sheet: str | None) -> Table:
    """Open a sheet of a workbook; see :func:`diplograph.tables.open_table`."""
    import python_calamine

    def read() -> Iterator[list[str]]:
        try:
            with python_calamine.CalamineWorkbook.from_path(str(path)) as workbook:
                number = _number(path, sheet, workbook.sheet_names)
                found = workbook.get_sheet_by_index(number)
                errors = _errors(path, workbook.sheet_names[number])
                left = found.start[1] if found.start else 0
                for row, cells in enumerate(found.iter_rows(), 1):
                    own = errors.get(row, {})
                    yield [
                        own.get(column + left) or printed(cell) for column, cell in enumerate(cells)
                    ]
        except (python_calamine.CalamineError, zipfile.BadZipFile) as error:
            reason = " ".join(str(error).split())
            raise TableError(f"{path}: is no workbook that can be read: {reason}.") from None

    return Table(path, "", read)


def _number(path: Path, sheet: str | None, names: list[str]) -> int:
    """The place of the sheet that is asked for by its name, or by its number from 1 on."""
    if not names:
        raise TableError(f"{path}: has no sheet.")
    if sheet is None:
        return 0
    if sheet in names:
        return names.index(sheet)
    if sheet.isdigit() and 1 <= int(sheet) <= len(names):
        return int(sheet) - 1
    some = ", ".join(f"“{name}”" for name in names)
    raise TableError(f"{path}: has no sheet “{sheet}”; it has {some}.")


def _errors(path: Path, sheet: str) -> Mapping[int, Mapping[int, str]]:
    """The cells of a sheet that hold an error such as ``#DIV/0!``, by their row and column.

    calamine gives them as empty. They are looked for in the sheet's XML, piece by piece.
    """
    if path.suffix.lower() not in (".xlsx", ".xlsm"):
        return {}
    found: dict[int, dict[int, str]] = {}
    with zipfile.ZipFile(path) as book:
        part = _part(book, sheet)
        if part is None:
            return {}
        with book.open(part) as file:
            rest = b""
            while piece := file.read(_PIECE):
                text = rest + piece
                end = text.rfind(b"</c>") + 4 if b"</c>" in text else 0
                if b't="e"' in text:
                    for match in _ERROR.finditer(text, 0, end):
                        own = found.setdefault(int(match[2]), {})
                        own[_column(match[1])] = match[3].decode()
                rest = text[end:]
    return found


def _part(book: zipfile.ZipFile, sheet: str) -> str | None:
    """The file of a sheet within the workbook's archive."""
    from xml.etree import ElementTree

    names = book.namelist()
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return None
    targets: dict[Any, str] = {
        one.get("Id"): one.get("Target") or ""
        for one in ElementTree.fromstring(book.read("xl/_rels/workbook.xml.rels"))
    }
    for one in ElementTree.fromstring(book.read("xl/workbook.xml")).iter():
        if one.tag.endswith("}sheet") and one.get("name") == sheet:
            target = next((targets.get(v) for k, v in one.items() if k.endswith("}id")), None)
            part = target and (target[1:] if target.startswith("/") else f"xl/{target}")
            return part if part in names else None
    return None


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
