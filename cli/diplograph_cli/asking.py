"""A question in English put to the library, and its record as text for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import click

from diplograph_cli import options, text

if TYPE_CHECKING:
    from diplograph.asking.record import AskAnswer, Asked, Explanation, Understood
    from diplograph.asking.templates import Template
    from diplograph.errors import DiplographError
    from diplograph.store import Graph

__all__ = ["Asking"]

_MOST = 12
"""So many facts are shown; ``--json`` has all."""


@dataclass(frozen=True)
class Asking:
    """What holds for every question of a call, as its options give it."""

    graph: Graph
    as_of: str | None = None
    include: str = "concluded"
    sources: str | None = None
    own: str | None = None
    as_json: bool = False
    explain: bool = False

    def templates(self) -> tuple[Template, ...]:
        """The templates that questions are matched to, those of the user's own file included."""
        from diplograph.asking.templates import all_templates

        return all_templates(self.own)

    def put(
        self, question: str, *, explain: bool = False, one_line: bool = False
    ) -> DiplographError | None:
        """Ask and print the answer; what kept the question from being answered is returned."""
        from diplograph import answers
        from diplograph.errors import DateError

        explain = explain or self.explain
        try:
            record = answers.ask(
                question, graph=self.graph, as_of=self.as_of, include=self.include,
                sources=self.sources, templates=self.own, explain=explain,
            )  # fmt: skip
        except DateError as error:
            return error
        text.notes(record.notes)
        failed = _failure(record)
        if self.as_json:
            options.print_json(record.to_dict(), one_line)
        elif failed is None:
            self._show(record)
        elif record.also:
            text.title("No answer, but what the sources tell nearest to it")
            _print_facts(record.also)
        return failed

    def _show(self, record: Asked) -> None:
        text.paragraph(record.text, bold=True)
        _print_facts(record.answers)
        if record.also:
            click.echo()
            text.title("Also in the passage of the first")
            _print_facts(record.also)
        if record.explanation is not None and record.understood is not None:
            click.echo()
            asks = {template.name: template.asks for template in self.templates()}
            _print_explanation(record.understood, record.explanation, asks)
        if record.sparql:
            click.echo()
            text.title("The query that was run")
            text.query(record.sparql, 4)
        if record.absence is not None:
            click.echo()
            told = record.absence.detail in record.text
            text.paragraph(
                f"no answer: {record.absence.reason.value}"
                + ("" if told else f": {record.absence.detail}")
            )
            if not record.answers:
                text.evidence(record.absence.evidence, 4)


def _failure(record: Asked) -> DiplographError | None:
    """Why the question was not answered: a part not understood, or a name that is unknown."""
    from diplograph.errors import NotUnderstood, UnknownName
    from diplograph.model import AbsenceReason

    refused, absence = record.refused, record.absence
    if refused is not None:
        part = refused.part.strip()
        named = f"“{part.strip('“”')}”: " if part and part not in refused.detail else ""
        nearest = " or ".join(f"“{question}”" for question in refused.nearest)
        hint = f" What can be asked: {nearest}" if nearest else ""
        return NotUnderstood(
            f"not understood: {named}{refused.detail}{hint}", refused.part, refused.nearest
        )
    if absence is not None and absence.reason is AbsenceReason.UNKNOWN_NAME:
        return UnknownName(absence.detail, record.question, absence.suggestions)
    return None


def _print_facts(answers: Sequence[AskAnswer]) -> None:
    """The facts, each once with the entities that are answers by it."""
    facts: dict[object, tuple[AskAnswer, list[str]]] = {}
    for answer in answers:
        what = (answer.statement, answer.when, answer.stage, answer.grade, answer.evidence)
        _, labels = facts.setdefault(what, (answer, []))
        if answer.entity is not None and answer.label not in (*labels, answer.statement):
            labels.append(answer.label)
    for answer, labels in list(facts.values())[:_MOST]:
        shown = [label for label in labels if label not in answer.statement]
        # An answer does not say whether it is of a state; most with an open beginning are of none.
        date = text.when(answer.when, happened=True)
        told = f"by {', '.join(answer.told_by)}" if answer.told_by else ""
        click.echo()
        text.stated(answer, " · ".join([date, *shown]), told)
    more = len(facts) - _MOST
    if more > 0:
        click.echo()
        text.paragraph(f"… and {more:,} more: --json has all")


def _print_explanation(
    understood: Understood, explanation: Explanation, asks: dict[str, str]
) -> None:
    """How the question was understood, and how else it could have been."""
    text.title("How the question was understood")
    text.paragraph(f"template: {understood.template} — {asks.get(understood.template, '')}", 4)
    for name, filled in understood.slots.items():
        text.paragraph(f"{name}: {filled}", 4)
    text.paragraph(f"asks: {explanation.focus}", 4)
    text.paragraph(f"confidence: {explanation.confidence:.2f}", 4)
    if explanation.parts:
        click.echo()
        text.table(
            ("part", "is a", "taken for", "could also be", "weight"),
            [
                (
                    part.text, part.kind, ", ".join(part.taken_for), ", ".join(part.others),
                    "" if part.weight is None else f"{part.weight:.2f}",
                )
                for part in explanation.parts
            ],
            right=(4,),
        )  # fmt: skip
    if explanation.readings:
        click.echo()
        text.table(
            ("other reading", "slots", "answers", "confidence"),
            [
                (
                    reading["template"],
                    ", ".join(f"{name}: {value}" for name, value in reading["slots"].items()),
                    str(reading["answers"]),
                    f"{reading['confidence']:.2f}",
                )
                for reading in explanation.readings
            ],
            right=(2, 3),
        )
