"""``diplograph store``."""

from __future__ import annotations

from pathlib import Path

import click

from diplograph_cli import options


@click.group()
def command() -> None:
    """Build an on-disk store."""


@command.command()
@click.argument("target", type=click.Path(path_type=Path), metavar="DIR")
@options.graph_option
def build(target: Path, addresses: tuple[str, ...]) -> None:
    """Write a graph into a new on-disk store at DIR, which must not exist yet.

    The store appears only when it is complete; open it with --graph DIR.

    \b
    Example:
      diplograph store build my-store --graph shipped --graph my-facts.ttl
    """
    from diplograph.store import SHIPPED, build_store

    with options.progress(f"writing {target}"):
        count = build_store(target, addresses or (SHIPPED,))
    click.echo(f"wrote {target}: {count} triples")
