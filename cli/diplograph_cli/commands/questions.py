"""``diplograph questions``."""

from __future__ import annotations

from itertools import groupby

import click

from diplograph_cli import options, text


@click.command()
@click.argument("name", required=False)
@click.option("--sparql", "show_sparql", is_flag=True, help="Print the query and do not run it.")
@options.graph_option
@options.json_option
def command(name: str | None, show_sparql: bool, addresses: tuple[str, ...], as_json: bool) -> None:
    """List the questions that the graph must be able to answer, or run the one called NAME.

    They are the competency questions of the ontology, and examples to start from: each is a short
    SPARQL query with the question in words and why an analyst would ask it.

    \b
    Examples:
      diplograph questions
      diplograph questions friendship-treaty-stages
      diplograph questions friendship-treaty-stages --sparql
    """
    from diplograph.questions import competency_questions, find_question

    if name is None:
        if show_sparql:
            raise click.UsageError("--sparql needs the NAME of a question.")
        found = sorted(competency_questions(), key=lambda q: (q.theme, q.name))
        if as_json:
            keys = ("name", "theme", "question", "why", "sparql")
            options.print_json({"questions": [{k: getattr(q, k) for k in keys} for q in found]})
            return
        for theme, group in groupby(found, key=lambda q: q.theme):
            click.echo()
            text.title(theme)
            for question in group:
                text.paragraph(question.name, 2, fg="cyan")
                text.paragraph(question.question, 6)
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
