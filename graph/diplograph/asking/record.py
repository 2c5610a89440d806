"""The record of a question in English: what was understood, the answer, and what it rests on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from diplograph.model import Absence, Conflict, Entity, Evidence, Record, When

__all__ = ["AskAnswer", "Asked", "Explanation", "Heard", "NotAnswered", "Understood"]


@dataclass(frozen=True)
class Understood(Record):
    """The template that a question was read as, and what fills its slots."""

    template: str
    slots: dict[str, str]


@dataclass(frozen=True)
class AskAnswer(Record):
    """One answer: an entity, an agreement, a figure or a fact, with what says so.

    ``label`` is the name of an entity or the statement of a fact; a figure has ``value`` and
    ``unit`` too. ``statement`` says it in words.
    """

    label: str
    value: Any
    unit: str | None
    grade: str
    when: When | None
    evidence: tuple[Evidence, ...]
    statement: str
    stage: str | None
    holds: str
    entity: Entity | None
    source: str
    conflicts: tuple[Conflict, ...] = ()
    told_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class NotAnswered(Record):
    """What of a question was not understood, and questions of the kind that can be answered."""

    part: str
    detail: str
    nearest: tuple[str, ...]


@dataclass(frozen=True)
class Heard(Record):
    """A stretch of the question and what it was taken for; ``others`` it could have been too."""

    text: str
    kind: str
    taken_for: tuple[str, ...]
    others: tuple[str, ...] = ()
    weight: float | None = None


@dataclass(frozen=True)
class Explanation(Record):
    """How a question was understood: what it wants to know, its parts, and the other readings."""

    focus: str
    parts: tuple[Heard, ...]
    confidence: float
    readings: tuple[dict[str, Any], ...]


@dataclass(frozen=True)
class Asked(Record):
    """The answer to a question in English.

    ``understood`` is None where the question was not understood; then ``refused`` says which part,
    and ``text`` says so in a sentence. ``also`` is what the passage of the first answer says
    besides, where there are few answers; beside a refusal, what speaks of the rest of the question.
    ``sparql`` is the query that was run. ``explanation`` is there only where it was asked for.
    """

    question: str
    understood: Understood | None
    text: str
    answers: tuple[AskAnswer, ...]
    sparql: str | None
    absence: Absence | None
    also: tuple[AskAnswer, ...] = ()
    notes: tuple[str, ...] = ()
    refused: NotAnswered | None = None
    explanation: Explanation | None = None
