"""A mapping as it was read: which columns give what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

__all__ = [
    "About", "Cells", "Columns", "Concept", "Figure", "Parties", "Plan", "Post", "StageOf",
    "Template", "Thing", "When",
]  # fmt: skip

Cells = Mapping[str, str]
"""The cells of a row by the names of their columns."""


@dataclass(frozen=True)
class Template:
    """Text with columns in it, as in ``$(name) of $(year)``.

    ``parts`` are pairs of whether it is a column and its name, or the text.
    """

    parts: tuple[tuple[bool, str], ...]

    @property
    def constant(self) -> bool:
        """Whether no column stands in it."""
        return not any(column for column, _ in self.parts)

    def columns(self) -> list[str]:
        """The columns that stand in it."""
        return [text for column, text in self.parts if column]

    def fill(self, cells: Cells) -> str:
        """The text for a row; empty where all its columns are.

        >>> Template(((True, "name"), (False, " of "), (True, "year"))).fill(
        ...     {"name": "Pact", "year": "1990"})
        'Pact of 1990'
        """
        if not self.constant and not any(cells[name] for name in self.columns()):
            return ""
        text = "".join(cells[part] if column else part for column, part in self.parts)
        return " ".join(text.split())


@dataclass(frozen=True)
class Columns:
    """Columns by their names or as ranges (``c1..c91``), and the line of the mapping."""

    names: tuple[str, ...]
    line: int


@dataclass(frozen=True)
class Concept:
    """A concept that is given, or that a column gives.

    ``scheme`` is the prefix of its scheme; ``table`` has the local name of the concept for what is
    printed, None where nothing is to be told.
    """

    scheme: str
    given: str | None = None
    value: Template | None = None
    table: Mapping[str, str | None] | None = None
    default: str | None = None


@dataclass(frozen=True)
class When:
    """How a time is made of the cells of a row."""

    value: Template | None = None
    parts: tuple[Template | None, Template | None, Template | None] | None = None
    begin: When | None = None
    end: When | None = None
    ongoing: tuple[str, ...] = ()
    formats: tuple[str, ...] = ("edtf",)
    null: tuple[str, ...] = ()
    mark: Template | None = None
    marks: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Parties:
    """Where parties are named, and how.

    ``cells`` are templates of one or more parties each; ``columns`` likewise, but known only with
    the header; ``headers`` columns that are parties themselves.
    """

    cells: tuple[Template, ...] = ()
    columns: Columns | None = None
    headers: Columns | None = None
    by: str = "name"
    label: Template | None = None
    separator: str | None = None
    null: tuple[str, ...] = ()
    kind_of: str = "state"
    kind: Concept | None = None
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    stage: Concept | None = None
    formats: tuple[str, ...] = ("edtf",)


@dataclass(frozen=True)
class Thing:
    """An agreement, an organization, a person or a weapon."""

    label: Template | None = None
    id: Template | None = None
    kind: Concept | None = None
    described: Template | None = None
    leader: bool = False


@dataclass(frozen=True)
class Post:
    """An office, and whose it is."""

    label: Template
    within: Parties


@dataclass(frozen=True)
class StageOf:
    """A stage that a row tells of; ``own`` says whether it is the party's, None as the row is."""

    stage: Concept
    when: When | None = None
    own: bool | None = None
    grade: Concept | None = None


@dataclass(frozen=True)
class Figure:
    """A number that a row gives."""

    value: Template
    measure: Concept
    unit: Concept
    scale: str = "1"
    decimal: str = "."
    group: str = ""
    null: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    when: When | None = None
    grade: Concept | None = None


@dataclass(frozen=True)
class About:
    """What the dataset is."""

    identifier: str
    title: str
    publisher: str
    rights: str
    description: str
    temporal: str
    issued: str | None = None
    edition: str = ""
    homepage: str = ""
    issues: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """A whole mapping.

    ``lines`` gives for each column that is used the line of the mapping where it first is.
    """

    path: Path
    about: About
    row: str
    lines: Mapping[str, int]
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    header: int | None = None
    null: tuple[str, ...] = ()
    agreement: Thing | None = None
    parties: Sequence[Parties] = ()
    organization: Thing | None = None
    role: Concept | None = None
    person: Thing | None = None
    post: Post | None = None
    supplier: Parties | None = None
    recipient: Parties | None = None
    weapon: Thing | None = None
    transfer: Thing | None = None
    area: Parties | None = None
    counterpart: Parties | None = None
    stages: Sequence[StageOf] = ()
    figures: Sequence[Figure] = ()
    when: When | None = None
    grade: Concept | None = None
    date: When | None = None
