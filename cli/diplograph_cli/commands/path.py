"""``diplograph path``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from diplograph_cli import options, text

if TYPE_CHECKING:
    from diplograph.paths import PathsAnswer


@click.command()
@click.argument("x")
@click.argument("y")
@click.option(
    "-k", "most", type=click.IntRange(1, 50), default=3, show_default=True, help="How many paths."
)
@click.option(
    "--max-length", type=click.IntRange(1, 8), default=4, show_default=True,
    help="The most steps that a path may have.",
)  # fmt: skip
@options.as_of_option
@options.include_option
@options.graph_option
@options.sources_option
@options.json_option
def command(
    x: str,
    y: str,
    most: int,
    max_length: int,
    as_of: str | None,
    include: str,
    addresses: tuple[str, ...],
    sources: str | None,
    as_json: bool,
) -> None:
    """The shortest chains of facts between X and Y.

    \b
    Examples:
      diplograph path Gazprom "Jiang Zemin"
      diplograph path Vietnam Uzbekistan -k 5 --max-length 5
    """
    from diplograph import answers

    graph = options.opened(addresses)

    def ask(one: str, two: str) -> PathsAnswer:
        return answers.path(
            one, two, graph=graph, most=most, max_length=max_length, as_of=as_of, include=include,
            sources=sources,
        )  # fmt: skip

    answer = options.asked("path", as_json, ask, x, y)
    text.notes(answer.notes)
    if as_json:
        options.print_json(answer.to_dict())
        return
    for number, found in enumerate(answer.paths, 1):
        text.title(f"{number}. " + " — ".join(entity.label for entity in found.entities))
        for step in found.steps:
            grade = f" [{step.grade}]" if step.grade != "stated" else ""
            text.paragraph(f"{text.when(step.when)}: {step.statement}{grade}", 4)
            text.evidence(step.evidence, 8)
        if found.common_period:
            text.paragraph(f"together: {text.when(found.common_period)}", 4)
        click.echo()
    text.absence(answer.absence)
