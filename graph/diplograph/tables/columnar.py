"""Tables of Stata and Parquet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from diplograph.errors import TableError
from diplograph.tables.opened import Table, printed

__all__ = ["read_parquet", "read_stata"]

_CHUNK = 2_000


def read_stata(path: Path, encoding: str | None, delimiter: str | None, sheet: str | None) -> Table:
    """Open a table of Stata; see :func:`diplograph.tables.open_table`."""
    import warnings

    import pandas as pd

    def read() -> Iterator[list[str]]:
        with warnings.catch_warnings():
            # pandas warns of text that is no UTF-8; whoever maps the table says so better.
            warnings.simplefilter("ignore", UnicodeWarning)
            with pd.read_stata(path, chunksize=_CHUNK, convert_categoricals=False) as chunks:
                shown: list[Callable[[Any], str]] = []
                for number, chunk in enumerate(chunks):
                    if number == 0:
                        yield [str(name) for name in chunk.columns]
                        shown = _shown(path, chunks, chunk)
                    for row in chunk.itertuples(index=False, name=None):
                        yield [show(cell) for show, cell in zip(shown, row, strict=True)]

    return Table(path, "", read)


def _shown(path: Path, reader: Any, chunk: Any) -> list[Callable[[Any], str]]:
    """How the cells of each column are printed, by its format and its value labels.

    pandas makes days of years and months, and says of neither formats nor labels of columns to
    whom they belong but in what it keeps for itself.
    """
    formats = getattr(reader, "_fmtlist", None)
    labelled = getattr(reader, "_lbllist", None)
    if formats is None or labelled is None:  # pragma: no cover - another pandas
        raise TableError(f"{path}: this version of pandas does not tell the formats of columns.")
    labels = reader.value_labels()
    return [
        _show(form, labels.get(name, {}), kind)
        for form, name, kind in zip(formats, labelled, map(str, chunk.dtypes), strict=True)
    ]


def _show(form: str, labels: dict[Any, str], kind: str) -> Callable[[Any], str]:
    if labels:
        by_value = {int(value): label for value, label in labels.items()}

        def label(cell: Any) -> str:
            text = printed(cell)
            return by_value.get(int(text), text) if text.lstrip("-").isdigit() else text

        return label
    part = form.lstrip("%-")[:2]
    if part in _PRECISION and kind.startswith("datetime"):
        return _PRECISION[part]
    return _single if kind == "float32" else printed


def _year(cell: Any) -> str:
    return printed(cell)[:4]


def _month(cell: Any) -> str:
    return printed(cell)[:7]


def _quarter(cell: Any) -> str:
    """A quarter in EDTF, where the four are 33 to 36."""
    text = printed(cell)
    return f"{text[:4]}-{33 + (int(text[5:7]) - 1) // 3}" if text else ""


def _half(cell: Any) -> str:
    """A half of a year in EDTF, where the two are 40 and 41."""
    text = printed(cell)
    return f"{text[:4]}-{40 + (int(text[5:7]) > 6)}" if text else ""


def _week(cell: Any) -> str:
    """A week as Stata prints it; its weeks begin with the year, and EDTF has none such."""
    return f"{cell.year}w{(cell.timetuple().tm_yday - 1) // 7 + 1}" if printed(cell) else ""


_PRECISION = {"ty": _year, "tm": _month, "tq": _quarter, "th": _half, "tw": _week}
"""By the first letters of a Stata format, how a date that is no day is printed."""


def _single(cell: Any) -> str:
    """A number of single precision, by the digits that it has."""
    import numpy as np

    if cell is None or cell != cell:
        return ""
    return printed(float(str(np.float32(cell))))


def read_parquet(
    path: Path, encoding: str | None, delimiter: str | None, sheet: str | None
) -> Table:
    """Open a table of Parquet; see :func:`diplograph.tables.open_table`."""
    import pyarrow
    import pyarrow.parquet

    def read() -> Iterator[list[str]]:
        with pyarrow.parquet.ParquetFile(path, pre_buffer=False) as file:
            schema = file.schema_arrow
            yield [str(name) for name in schema.names]
            shown: Sequence[Callable[[Any], str]] = [
                _single if field.type == pyarrow.float32() else printed for field in schema
            ]
            for batch in file.iter_batches(batch_size=_CHUNK):
                columns = [column.to_pylist() for column in batch.columns]
                for row in zip(*columns, strict=True):
                    yield [show(cell) for show, cell in zip(shown, row, strict=True)]

    return Table(path, "", read)
