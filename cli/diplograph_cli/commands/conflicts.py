"""``diplograph conflicts``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from diplograph_cli import options, text

if TYPE_CHECKING:
    from diplograph.disagreement import Conflicts
    from diplograph.model import Fact


@click.command()
@click.argument("name", required=False)
@options.graph_option
@options.sources_option
@options.json_option
def command(
    name: str | None, addresses: tuple[str, ...], sources: str | None, as_json: bool
) -> None:
    """Where the sources disagree, or only about NAME: both sides with their passages.

    Dates, quantities, identities and courses of events that cannot all be right as they are told,
    between two sources or within one. Nothing is voted on; sums that the curators computed from
    printed figures are marked as inferred. With NAME: those in which a fact on one side names the
    entity, or is of an agreement, event or transfer that it takes part in.

    \b
    Examples:
      diplograph conflicts
      diplograph conflicts Su-30
    """
    from diplograph import answers

    graph = options.opened(addresses)

    def ask(one: str | None = None) -> Conflicts:
        return answers.conflicts(one, graph=graph, sources=sources)

    answer = options.asked("conflicts", as_json, ask, *([name] if name is not None else []))
    text.notes(answer.notes)
    if as_json:
        options.print_json(answer.to_dict())
        return
    about = f" about {answer.question.x.label}" if answer.question.x else ""
    text.title(text.counted(len(answer.conflicts), "disagreement") + about)
    for found in answer.conflicts:
        click.echo()
        text.paragraph(f"{found.label} ({found.aspect})", bold=True)
        text.paragraph(found.detail, 4, fg="yellow")
        text.columns([_side(fact) for fact in found.sides], 4)
    text.absence(answer.absence)


def _side(fact: Fact) -> list[str]:
    """One side as lines: what is said, how it is printed, by whom, where, and the passage."""
    from diplograph.model import STATES

    marks = [text.when(fact.when, fact.kind not in STATES), fact.grade]
    marks += [fact.stage] if fact.stage else []
    marks += [f"printed “{fact.values['printed']}”"] if "printed" in fact.values else []
    told = text.taken_from(fact)
    lines = [fact.statement, " · ".join([*marks, told] if told else marks)]
    for passage in fact.evidence:
        lines.append(passage.locator)
        if passage.text is not None:
            lines.append(text.quoted(passage.text))
    return lines if fact.evidence else [*lines, f"{fact.source}, computed or concluded"]
