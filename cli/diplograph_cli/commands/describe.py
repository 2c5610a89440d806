"""``diplograph describe``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from diplograph_cli import options, text

if TYPE_CHECKING:
    from diplograph.chronology import Description


@click.command()
@click.argument("name")
@options.as_of_option
@options.graph_option
@options.sources_option
@options.json_option
def command(
    name: str, as_of: str | None, addresses: tuple[str, ...], sources: str | None, as_json: bool
) -> None:
    """All that the graph says of NAME, with dates, grades and passages.

    \b
    Examples:
      diplograph describe "Shanghai Five"
      diplograph describe "Shanghai Five" --as-of "July 2000"
      diplograph describe Su-30 --json
    """
    from diplograph import answers

    graph = options.opened(addresses)

    def ask(one: str) -> Description:
        return answers.describe(one, graph=graph, as_of=as_of, sources=sources)

    answer = options.asked("describe", as_json, ask, name)
    text.notes(answer.notes)
    if as_json:
        options.print_json(answer.to_dict())
        return
    assert answer.entity is not None
    text.title(f"{answer.entity.label} ({answer.entity.type})")
    if answer.aliases:
        text.paragraph("also: " + ", ".join(answer.aliases))
    text.paragraph(text.counted(len(answer.facts), "fact"))
    click.echo()
    for record in answer.facts:
        text.fact(record)
    text.absence(answer.absence)
