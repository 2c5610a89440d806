"""Importing a table by its mapping, in the same way as the public datasets."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from itertools import islice
from pathlib import Path

from diplograph.errors import MappingError, TableError
from diplograph.importers.knowing import Decisions
from diplograph.importers.layouts import Layout
from diplograph.importers.mapping.reading import read_mapping
from diplograph.importers.mapping.records import Columns, Parties, Plan
from diplograph.importers.mapping.rows import tell
from diplograph.importers.running import Dataset, Imported, Say, import_dataset
from diplograph.tables import Table, column_names, open_table

__all__ = ["import_table"]

_LOOKED_AT = 30


def import_table(
    file: Path,
    mapping: Path,
    into: Path,
    *,
    edition: str | None = None,
    issued: str | None = None,
    decisions: Decisions | None = None,
    progress: Say | None = None,
) -> Imported:
    """Import a table into the on-disk store at ``into`` by a mapping of its columns.

    ``edition`` and ``issued`` take the place of what the mapping says. Raises
    :class:`~diplograph.errors.MappingError` for a mapping that is wrong or does not fit the table,
    and all that :func:`~diplograph.importers.running.import_dataset` raises; the store is then as
    it was.
    """
    plan = read_mapping(mapping)
    if issued:
        plan = replace(plan, about=replace(plan.about, issued=issued))
    table = open_table(file, plan.encoding, delimiter=plan.delimiter, sheet=plan.sheet)
    plan, header = _bound(plan, table)
    about = plan.about
    dataset = Dataset(
        name=about.identifier, title=about.title, publisher=about.publisher, home=about.homepage,
        terms=about.rights, covers=about.temporal, what=about.description,
        layouts={about.identifier: (Layout("table", {name: name for name in plan.lines}),)},
        tell=partial(tell, plan), edition=about.edition, issued=about.issued, issues=about.issues,
        encoding=plan.encoding, delimiter=plan.delimiter, sheet=plan.sheet, header=header,
        made_from=(mapping,),
    )  # fmt: skip
    return import_dataset(
        dataset, [file], into, edition=edition, issued=issued, decisions=decisions,
        progress=progress,
    )  # fmt: skip


def _bound(plan: Plan, table: Table) -> tuple[Plan, int]:
    """The mapping with all columns of the table by their names, and the row of the header."""
    header, names = _header(plan, table)
    lines = dict(plan.lines)

    def wrong(line: int, what: str) -> MappingError:
        return MappingError(f"{plan.path}, line {line}: {what}")

    def spread(columns: Columns | None) -> Columns | None:
        if columns is None:
            return None
        found: list[str] = []
        for name in columns.names:
            first, dots, last = name.partition("..")
            if name in names or not dots:
                found.append(name)
            elif first in names and last in names and names.index(first) <= names.index(last):
                found += names[names.index(first) : names.index(last) + 1]
            else:
                raise wrong(
                    columns.line,
                    f"“{name}” are no columns of {table.path}, from one to a later one.",
                )
        for name in found:
            lines.setdefault(name, columns.line)
        return Columns(tuple(found), columns.line)

    def party(spec: Parties) -> Parties:
        return replace(spec, columns=spread(spec.columns), headers=spread(spec.headers))

    plan = replace(
        plan,
        parties=tuple(party(spec) for spec in plan.parties),
        supplier=plan.supplier and party(plan.supplier),
        recipient=plan.recipient and party(plan.recipient),
        area=plan.area and party(plan.area),
        counterpart=plan.counterpart and party(plan.counterpart),
        post=plan.post and replace(plan.post, within=party(plan.post.within)),
    )
    if not lines:
        raise wrong(1, "the mapping names no column of the table.")
    for name, line in lines.items():
        if name not in names:
            raise wrong(line, f"{table.path} has no column “{name}”{_near(name, names)}.")
        if names.count(name) > 1:
            raise wrong(line, f"{table.path} has several columns “{name}”; rename all but one.")
    return replace(plan, lines=lines), header


def _header(plan: Plan, table: Table) -> tuple[int, list[str]]:
    """The row of the header: the one the mapping gives, else the first that has all columns, else
    the first that has any cell."""
    first: tuple[int, list[str]] | None = None
    for row, cells in _some(table, plan.header or _LOOKED_AT):
        names = column_names(cells)
        if plan.header == row:
            return row, names
        if plan.header is None and any(cell.strip() for cell in cells):
            first = first or (row, names)
            if all(name in names for name in plan.lines):
                return row, names
    if plan.header is not None:
        raise MappingError(f"{plan.path}: {table.path} has no row {plan.header}, the header.")
    if first is None:
        raise TableError(f"{table.path}: is empty.")
    return first


def _some(table: Table, most: int) -> Iterator[tuple[int, list[str]]]:
    return islice(table.rows(), most)


def _near(name: str, names: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, names, n=1)
    if near:
        return f"; did you mean “{near[0]}”?"
    some = ", ".join(f"“{one}”" for one in names[:8]) + (" …" if len(names) > 8 else "")
    return f"; it has {some}"
