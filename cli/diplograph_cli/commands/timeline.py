"""``diplograph timeline``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from diplograph_cli import options, text

if TYPE_CHECKING:
    from diplograph.chronology import Timeline


@click.command()
@click.argument("x")
@click.argument("y", required=False)
@options.as_of_option
@options.graph_option
@options.sources_option
@options.json_option
def command(
    x: str,
    y: str | None,
    as_of: str | None,
    addresses: tuple[str, ...],
    sources: str | None,
    as_json: bool,
) -> None:
    """The facts about X, or about X and Y together, in order of time.

    \b
    Examples:
      diplograph timeline "Igor Ivanov"
      diplograph timeline China Vietnam
    """
    from diplograph import answers

    graph = options.opened(addresses)

    def ask(one: str, two: str | None = None) -> Timeline:
        return answers.timeline(one, two, graph=graph, as_of=as_of, sources=sources)

    answer = options.asked("timeline", as_json, ask, *(name for name in (x, y) if name is not None))
    text.notes(answer.notes)
    if as_json:
        options.print_json(answer.to_dict())
        return
    asked = [e.label for e in (answer.question.x, answer.question.y) if e]
    text.title(f"{' – '.join(asked)}: {text.counted(len(answer.facts), 'fact')}")
    for record in answer.facts:
        text.fact(record)
    text.absence(answer.absence)
