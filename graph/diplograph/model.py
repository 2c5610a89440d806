"""The values that cross module borders: frozen, typed, and equal to the records of the contract.

Every record has ``to_dict()``, which gives exactly the JSON object that ``--json`` prints.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import Enum, StrEnum
from typing import Any, Literal

__all__ = [
    "ASSERTED",
    "DOUBTED",
    "PEOPLE",
    "STATES",
    "Absence",
    "AbsenceReason",
    "Conflict",
    "Entity",
    "Evidence",
    "Fact",
    "Include",
    "Link",
    "LinksAnswer",
    "Question",
    "Record",
    "Stage",
    "Unit",
    "When",
]

Unit = Literal["character", "row"]
"""What a passage is counted in: the characters of a text, or the rows of a table."""


PEOPLE = frozenset({"Person", "Leader"})
"""Classes of entities that are people."""
STATES = frozenset(
    {
        "Membership", "Tenure", "Affiliation", "Naming", "Denial", "Stance", "Containment",
        "Lifespan",
    }
)  # fmt: skip
"""Classes of facts that hold through their time; the others happened within it and stay so."""

ASSERTED = frozenset({"stated", "estimated", "inferred"})
"""Grades at which a fact is put forward as so."""

DOUBTED = frozenset({"rumoured", "denied"})
"""Grades at which a fact counts only where all is asked for."""


def _plain(value: Any) -> Any:
    if isinstance(value, Record):
        return value.to_dict()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value


@dataclass(frozen=True)
class Record:
    """Base of all records."""

    def to_dict(self) -> dict[str, Any]:
        """The record as plain JSON values, keys in the order of the contract."""
        return {f.metadata.get("key", f.name): _plain(getattr(self, f.name)) for f in fields(self)}


class Include(StrEnum):
    """Which agreements an answer counts.

    ``concluded``: signed, agreed or beyond. ``pending``: also those that are only proposed,
    planned, under negotiation, initialled or reported. ``any``: also the rumoured and the denied.
    """

    CONCLUDED = "concluded"
    PENDING = "pending"
    ANY = "any"


class AbsenceReason(StrEnum):
    """Why there is no answer."""

    DENIED = "denied"
    NO_RECORD = "no-record"
    OUTSIDE_COVERAGE = "outside-coverage"
    UNKNOWN_NAME = "unknown-name"


@dataclass(frozen=True)
class Entity(Record):
    """Something that facts are about: its IRI, its label and its class."""

    id: str
    label: str
    type: str


@dataclass(frozen=True)
class When(Record):
    """A time: the EDTF expression and the days it can mean (ISO 8601, None where open)."""

    edtf: str
    earliest: str | None
    latest: str | None


@dataclass(frozen=True)
class Evidence(Record):
    """A passage: source, where it stands, section, and text if at hand.

    ``start`` and ``end`` (which is not included) count the characters of a text; where ``unit`` is
    ``row`` they count the rows of a table, the first of which is row 1.
    """

    source: str
    start: int
    end: int
    where: str
    text: str | None = None
    unit: Unit = "character"

    @property
    def locator(self) -> str:
        """Where the passage stands, as one line.

        >>> Evidence("yubin-2000", 24599, 24841, "chronology, 17–18 July 2000").locator
        'yubin-2000, chronology, 17–18 July 2000 [24599–24841]'
        >>> Evidence("sipri", 17, 18, "", unit="row").locator
        'sipri, row 17'
        """
        where = f", {self.where}" if self.where else ""
        if self.unit == "row":
            return f"{self.source}{where}, row {self.start}"
        return f"{self.source}{where} [{self.start}–{self.end}]"


@dataclass(frozen=True)
class Conflict(Record):
    """What contradicts a fact: the statement on the other side, what differs, and its passages."""

    label: str
    detail: str
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Absence(Record):
    """Why there is no answer, in one of four reasons and one sentence."""

    reason: AbsenceReason
    detail: str
    suggestions: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True)
class Question(Record):
    """What was asked, after the names were understood."""

    kind: str
    x: Entity | None = None
    y: Entity | None = None
    as_of: When | None = None
    include: Include = Include.CONCLUDED


@dataclass(frozen=True)
class Stage(Record):
    """One stage of an agreement's life, as one source tells it.

    ``party`` is the party for which alone the agreement reached the stage, None where it did as a
    whole.
    """

    stage: str
    grade: str
    when: When | None
    source: str
    statement: str
    holds: str
    evidence: tuple[Evidence, ...] = ()
    party: Entity | None = None


@dataclass(frozen=True)
class Link(Record):
    """An agreement that two parties share.

    ``stage``, ``grade`` and ``when`` are those of the furthest stage reached at the date asked
    for; ``stages`` holds all of them, each by its source. ``reason`` says why it is pending.
    ``may_be`` are entries that may be the same agreement under another name.
    """

    id: str
    label: str
    kind: str
    stage: str
    grade: str
    when: When | None
    holds: str
    parties: tuple[Entity, ...]
    connection: str
    via: tuple[Entity, ...]
    evidence: tuple[Evidence, ...]
    conflicts: tuple[Conflict, ...]
    stages: tuple[Stage, ...] = ()
    reason: str | None = None
    may_be: tuple[Entity, ...] = ()


@dataclass(frozen=True)
class LinksAnswer(Record):
    """Which agreements link two parties.

    ``denials`` are what sources say does not exist between them. ``predecessors`` are those through
    whom alone further agreements are reached; these are counted in ``notes`` and stand among
    ``answers`` only where asked for.
    """

    question: Question
    answers: tuple[Link, ...]
    pending: tuple[Link, ...]
    absence: Absence | None
    denials: tuple[Absence, ...] = ()
    predecessors: tuple[Entity, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Fact(Record):
    """One statement of one source."""

    id: str
    kind: str
    statement: str
    when: When | None
    stage: str | None
    grade: str
    holds: str
    others: tuple[Entity, ...]
    values: dict[str, Any]
    evidence: tuple[Evidence, ...]
    conflicts: tuple[Conflict, ...]
    source: str = ""
