"""``diplograph sparql``."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from diplograph_cli import options, text

if TYPE_CHECKING:
    from diplograph.results import QueryResult, Term

FORMATS = ("table", "csv", "json", "xml", "turtle")


@click.command()
@click.argument("query", required=False)
@click.option(
    "--file", "-f", "file", metavar="FILE",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="Read the query from this file.",
)  # fmt: skip
@click.option(
    "--format", "format_", type=click.Choice(FORMATS),
    help="How to print the result: table (the default), json and xml suit SELECT and ASK, csv "
    "SELECT, turtle (the default) CONSTRUCT and DESCRIBE.",
)  # fmt: skip
@click.option(
    "--timeout", type=click.FloatRange(min=0, min_open=True), default=30.0, show_default=True,
    metavar="SECONDS", help="Stop the query after this time.",
)  # fmt: skip
@options.graph_option
def command(
    query: str | None,
    file: Path | None,
    format_: str | None,
    timeout: float,
    addresses: tuple[str, ...],
) -> None:
    """Run a SPARQL query, read-only and bounded.

    QUERY is the text of a SPARQL 1.1 query; with “-”, or piped, it is read from standard input.
    All sources are asked together, unless the query names one: FROM src:yubin-2000. Prefixes such
    as dg:, cty:, agr:, src:, skos: and xsd: need no declaration. A query cannot change the graph,
    reach the network or other files, or take more than its time and memory.

    \b
    Examples:
      diplograph sparql "SELECT ?label WHERE { ?c a dg:Country ; skos:prefLabel ?label }"
      diplograph sparql --format csv "SELECT ?a WHERE { ?a dg:party cty:china, cty:russia }"
      diplograph sparql "ASK { agr:pact dg:party cty:china }"
      diplograph sparql "DESCRIBE cty:china"
      diplograph sparql --file my-query.rq --timeout 5
    """
    from diplograph.query import run, serialize

    asked = _query(query, file)
    result = run(asked, addresses=addresses, timeout=timeout, format=format_)
    text.notes(result.hints)
    if result.kind == "ask" and format_ in (None, "table"):
        click.echo("true" if result.boolean else "false")
    elif result.kind == "select" and format_ in (None, "table"):
        _print_table(result)
    else:
        output = serialize(result, format_ or "turtle")
        # As bytes, so that no platform changes the line ends of the format.
        click.echo(output.encode(), nl=not output.endswith("\n"))


def _query(query: str | None, file: Path | None) -> str:
    """The text of the query, from wherever it is given."""
    from diplograph.guard import LONGEST

    if file is not None:
        if query is not None:
            raise click.UsageError("give the query itself or --file, not both.")
        with file.open("rb") as opened:
            read = opened.read(LONGEST + 1)
        name = str(file)
    elif query is None or query == "-":
        if query is None and sys.stdin.isatty():
            raise click.UsageError("which query? Write it in quotation marks, or use --file.")
        read, name = sys.stdin.buffer.read(LONGEST + 1), "standard input"
    else:
        return query
    if len(read) > LONGEST:
        raise click.UsageError(f"{name}: longer than the {LONGEST:,} bytes that a query may have.")
    try:
        return read.decode("utf-8")
    except UnicodeDecodeError:
        raise click.UsageError(f"{name}: is not UTF-8 text.") from None


def _print_table(result: QueryResult) -> None:
    rows = [tuple(_cell(term) for term in row) for row in result.rows]
    numbers = [
        index
        for index, _ in enumerate(result.variables)
        if result.rows and all(_is_number(row[index]) for row in result.rows)
    ]
    if result.variables:
        text.table(result.variables, rows, right=numbers)
    else:
        text.notes([f"{result.count} rows without a column; nothing was selected."])


def _cell(term: Term | None) -> str:
    """A term on one line; control characters in the data never reach the terminal."""
    from diplograph.namespaces import shorten

    if term is None:
        return ""
    shown = {"iri": shorten(term.value), "bnode": f"_:{term.value}"}.get(term.kind, term.value)
    return re.sub(r"[\x00-\x1f\x7f-\x9f]+", " ", shown)


def _is_number(term: Term | None) -> bool:
    return term is None or (term.datatype or "").rpartition("#")[2] in (
        "integer",
        "decimal",
        "double",
        "float",
    )
