"""``diplograph validate``."""

from __future__ import annotations

import click

from diplograph_cli.options import json_option, print_json, progress

__all__ = ["command"]


@click.command("validate", short_help="Check a graph against the SHACL shapes.")
@click.argument("addresses", metavar="[ADDRESS]...", nargs=-1, envvar="DIPLOGRAPH_GRAPH")
@click.option(
    "--hygiene", is_flag=True,
    help="Hold the graph also to the rules of hygiene: no two entities with one name, no entity "
    "that no fact names, no stage out of order …",
)  # fmt: skip
@json_option
@click.pass_context
def command(ctx: click.Context, addresses: tuple[str, ...], hygiene: bool, as_json: bool) -> None:
    """Check a graph against the SHACL shapes.

    ADDRESS is the shipped graph (the default), an RDF file, a folder of Turtle, an on-disk store
    or the address of a SPARQL endpoint. A file is checked by itself; where it refers
    to entities of the shipped graph, name both. The exit code is 0 if the graph conforms, 1 if it
    does not, 2 if it cannot be read; warnings alone leave it at 0.

    \b
    Examples:
      diplograph validate
      diplograph validate --hygiene
      diplograph validate my-facts.ttl
      diplograph validate shipped my-facts.ttl --json
    """
    from diplograph.validate import conforms, validate

    with progress("checking the graph against its shapes"):
        found = validate(*addresses, hygiene=hygiene)
    sound = conforms(found)
    if as_json:
        print_json({"conforms": sound, "violations": [v.to_dict() for v in found]})
    else:
        for violation in found:
            click.echo(f"{violation.severity} of {violation.rule}: {violation.node}")
            if violation.label not in violation.node:
                click.echo(f"  {violation.label}")
            click.echo(f"  {violation.message}")
            if violation.value is not None:
                click.echo(f"  found: {violation.value}")
            click.echo(f"  {violation.where}")
        warnings = sum(v.severity != "violation" for v in found)
        click.echo(_closing(len(found) - warnings, warnings))
    ctx.exit(0 if sound else 1)


def _closing(violations: int, warnings: int) -> str:
    counts = f"{_count(violations, 'violation')}, {_count(warnings, 'warning')}"
    if violations:
        return counts
    return f"conforms, with {_count(warnings, 'warning')}" if warnings else "conforms"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
