"""``diplograph new-source``."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from diplograph_cli import text


@click.command()
@click.argument("name")
@click.option(
    "--document", required=True, metavar="FILE", type=click.Path(path_type=Path),
    help="The document, as UTF-8 text; it is read and not copied.",
)  # fmt: skip
@click.option(
    "--into", default=".", metavar="DIR", type=click.Path(path_type=Path),
    help="Make the source's folder in this one (the current one by default).",
)  # fmt: skip
@click.option("--title", metavar="TEXT", help="Title of the document.")
@click.option("--author", metavar="TEXT", help="Who wrote it.")
@click.option("--issued", metavar="DATE", help="When it was published: 2001, 2001-07 …")
@click.option("--period", metavar="DATE", help="The period it covers (EDTF: 1990/2001).")
@click.option(
    "--covers", multiple=True, metavar="NAME",
    help="A party or issue whose relations it sets out to tell; may be given several times.",
)  # fmt: skip
def command(
    name: str,
    document: Path,
    into: Path,
    title: str | None,
    author: str | None,
    issued: str | None,
    period: str | None,
    covers: tuple[str, ...],
) -> None:
    """Begin a source called NAME: a folder of Turtle for a document, ready to be filled.

    It gets the document's entry with its digest, a statement of what the document covers, its
    headings and footnotes as sections, a file for the facts with an example, and a ledger.

    \b
    Example:
      diplograph new-source pact-2001 --document ~/documents/pact.txt \\
          --issued 2001 --period 1990/2001 --covers China --covers Russia
    """
    from diplograph.skeleton import new_source

    made = new_source(
        name, document, into, title=title, author=author, issued=issued, period=period,
        covers=covers,
    )  # fmt: skip
    text.title(f"{made}: {', '.join(sorted(path.name for path in made.iterdir()))}")
    if not covers:
        text.paragraph(f"Say in {made / 'document.ttl'} what the document covers (dg:covers).")
    text.paragraph(f"Write facts into {made / 'facts.ttl'}, then:")
    source, copies = shlex.quote(str(made)), shlex.quote(str(document.parent))
    for call in (
        f"sources lock {source} --sources {copies}",
        f"validate shipped {source} --hygiene",
        f"sources verify --graph shipped --graph {source} --sources {copies}",
        f"sources coverage --graph shipped --graph {source} --sources {copies} --show-gaps",
    ):
        click.echo(f"    diplograph {call}")
