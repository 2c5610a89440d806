"""``diplograph questions``."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from diplograph_cli import options, text

if TYPE_CHECKING:
    from diplograph.questions import CompetencyQuestion


@click.command()
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--sparql", "show_sparql", is_flag=True, help="Print the query and do not run it.")
@options.graph_option
@options.json_option
def command(name: str | None, show_sparql: bool, addresses: tuple[str, ...], as_json: bool) -> None:
    """List the questions that the graph must be able to answer, or run the one called NAME.

    They are the competency questions of the ontology, and examples to start from: each is a short
    SPARQL query with the question in words and why an analyst would ask it. With the name of a
    theme, such as arms or figures, those of the theme are listed.

    \b
    Examples:
      diplograph questions
      diplograph questions arms
      diplograph questions friendship-treaty-stages
      diplograph questions friendship-treaty-stages --sparql
    """
    from diplograph.questions import competency_questions, find_question

    known = competency_questions()
    theme = name if name in {question.theme for question in known} else None
    if name is None or theme is not None:
        if show_sparql:
            raise click.UsageError("--sparql needs the NAME of a question.")
        _list([question for question in known if theme in (None, question.theme)], as_json)
        return
    asked = find_question(name)
    if show_sparql:
        click.echo(asked.sparql.rstrip())
        return
    answer = asked.answer(options.opened(addresses))
    if as_json:
        options.print_json(answer.to_dict())
        return
    text.title(answer.question)
    text.paragraph(answer.why)
    click.echo()
    text.table(answer.columns, answer.rows)


def _list(questions: list[CompetencyQuestion], as_json: bool) -> None:
    found = sorted(questions, key=lambda q: (q.theme, q.name))
    if as_json:
        options.print_json({"questions": [question.to_dict() for question in found]})
        return
    for theme, group in groupby(found, key=lambda q: q.theme):
        click.echo()
        text.title(theme)
        for question in group:
            text.paragraph(question.name, 2, fg="cyan")
            text.paragraph(question.question, 6)
