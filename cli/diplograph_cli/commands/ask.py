"""``diplograph ask``."""

from __future__ import annotations

import sys

import click

from diplograph_cli import options, text
from diplograph_cli.asking import Asking


@click.command()
@click.argument("words", metavar="[QUESTION]", nargs=-1)
@options.as_of_option
@options.include_option
@click.option(
    "--templates", "own", metavar="FILE",
    help="A TOML file with question templates of your own; one that has the name of a shipped "
    "template takes its place.",
)  # fmt: skip
@click.option(
    "--explain", is_flag=True,
    help="Also show how the question was understood: template, slots, parts, other readings.",
)  # fmt: skip
@options.graph_option
@options.sources_option
@options.json_option
@click.pass_context
def command(
    ctx: click.Context,
    words: tuple[str, ...],
    as_of: str | None,
    include: str,
    own: str | None,
    explain: bool,
    addresses: tuple[str, ...],
    sources: str | None,
    as_json: bool,
) -> None:
    """Answer a question in plain English, with the facts and the query behind the answer.

    The question is matched to a template, a declared shape of question; no language model takes
    part. What is not understood is refused with exit code 2, and the part is named: a wrong answer
    is worse than none.

    Without a QUESTION, on a terminal, questions are typed one after the other: Tab completes names
    and questions, “help” says what can be asked, “explain QUESTION” shows how one is understood,
    “quit” or Ctrl-D leaves. Piped in, each line is a question; --json then prints an object a line.

    \b
    Examples:
      diplograph ask "When did Uzbekistan join the Shanghai Five?"
      diplograph ask Who are the members of the SCO
      diplograph ask "Which agreements link China and Russia?" --as-of "July 2000"
      diplograph ask "Who are the members of the SCO?" --explain
      diplograph ask --templates my-templates.toml "Who toasted whom?"
      diplograph ask < my-questions.txt
    """
    asking = Asking(
        options.opened(addresses), as_of=as_of, include=include, sources=sources, own=own,
        as_json=as_json, explain=explain,
    )  # fmt: skip
    if words:
        failed = asking.put(" ".join(words))
        if failed is not None:
            raise failed
        return
    if sys.stdin is None:
        raise click.UsageError("which question? Standard input is closed.")
    _check(asking)
    if sys.stdin.isatty() and sys.stdout.isatty():
        from diplograph_cli.prompt import converse

        converse(asking)
    elif not _each_line(asking):
        ctx.exit(2)


def _check(asking: Asking) -> None:
    """Fail at once for options by which every question would fail."""
    asking.templates()
    if asking.as_of is not None:
        from diplograph.spoken import read

        read(asking.as_of)


def _each_line(asking: Asking) -> bool:
    """Answer each line of standard input; whether all were."""
    answered = True
    if hasattr(sys.stdin, "reconfigure"):  # what is no UTF-8 is a word that is not understood
        sys.stdin.reconfigure(errors="replace")
    for number, line in enumerate(sys.stdin, 1):
        question = line.strip()
        if not question:
            continue
        if not asking.as_json:
            text.paragraph(f"? {question}", fg="cyan")
        failed = asking.put(question, one_line=True)
        if failed is not None:
            answered = False
            text.error(f"line {number}: {failed}")
        if not asking.as_json:
            click.echo()
    return answered
