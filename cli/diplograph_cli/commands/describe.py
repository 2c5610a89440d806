"""``diplograph describe``."""

from __future__ import annotations

import click

from diplograph_cli import options, text


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
      diplograph describe Su-30 --json
    """
    from diplograph import answers

    with options.names_explained("describe", as_json):
        answer = answers.describe(
            name, graph=options.opened(addresses), as_of=as_of, sources=sources
        )
    text.notes(answer.notes)
    if as_json:
        options.print_json(answer.to_dict())
        return
    assert answer.entity is not None
    text.title(f"{answer.entity.label} ({answer.entity.type})")
    if answer.aliases:
        text.paragraph("also: " + ", ".join(answer.aliases))
    click.echo()
    for record in answer.facts:
        text.fact(record)
    text.absence(answer.absence)
