"""``diplograph store``."""

from __future__ import annotations

from pathlib import Path

import click

from diplograph_cli import options, text

_FOLDER = click.Path(path_type=Path)


@click.group()
def command() -> None:
    """Build on-disk stores and look after them."""


@command.command()
@click.argument("target", type=_FOLDER, metavar="DIR")
@options.graph_option
def build(target: Path, addresses: tuple[str, ...]) -> None:
    """Write a graph into a new on-disk store at DIR, which must not exist yet.

    The store appears only when it is complete; open it with --graph DIR.

    \b
    Example:
      diplograph store build my-store --graph shipped --graph my-facts.ttl
    """
    from diplograph.storage import build_store
    from diplograph.store import SHIPPED

    with options.progress(f"writing {target}"):
        count = build_store(target, addresses or (SHIPPED,))
    click.echo(f"wrote {target}: {count} triples")


@command.command()
@click.argument("store", type=_FOLDER, metavar="DIR")
@options.json_option
def info(store: Path, as_json: bool) -> None:
    """Say what is in the store at DIR, and what it takes.

    \b
    Example:
      diplograph store info my-store
    """
    from diplograph.storage import store_info

    with options.progress(f"reading {store}"):
        found = store_info(store)
    if as_json:
        options.print_json(found.to_dict())
        return
    text.title(str(found.path))
    text.paragraph(
        f"{found.triples:,} triples: {text.counted(found.entities, 'entity', 'entities')}, "
        f"{text.counted(found.facts, 'fact')}",
        2,
    )
    text.paragraph(f"{_size(found.bytes)}, and {_size(found.index_bytes)} of indexes beside it", 2)
    for source in found.sources:
        issued = f" ({source.issued})" if source.issued else ""
        told = text.counted(source.facts, "fact")
        text.paragraph(f"{source.id}: {source.title}{issued}: {told}", 2)


@command.command()
@click.argument("store", type=_FOLDER, metavar="DIR")
@options.json_option
@click.pass_context
def check(ctx: click.Context, store: Path, as_json: bool) -> None:
    """Read every triple of the store at DIR and say what is not sound.

    Exit code 0 if it is sound, 1 if not.

    \b
    Example:
      diplograph store check my-store
    """
    from diplograph.storage import check_store

    with options.progress(f"checking {store}") as say:
        found = check_store(store, say)
    if as_json:
        options.print_json(found.to_dict())
    elif found.sound:
        click.echo(f"{found.path} is sound: {found.triples:,} triples")
    else:
        text.title(f"{found.path} is not sound")
        for problem in found.problems:
            text.paragraph(problem, 2)
    if not found.sound:
        ctx.exit(1)


@command.command()
@click.argument("store", type=_FOLDER, metavar="DIR")
def compact(store: Path) -> None:
    """Bring the store at DIR into the shape in which it is read fastest.

    \b
    Example:
      diplograph store compact my-store
    """
    from diplograph.storage import compact_store

    with options.progress(f"compacting {store}"):
        before, after = compact_store(store)
    click.echo(f"compacted {store}: {_size(before)} before, {_size(after)} now")


@command.command()
@click.argument("store", type=_FOLDER, metavar="DIR")
@click.argument("target", type=_FOLDER, metavar="COPY")
def backup(store: Path, target: Path) -> None:
    """Copy the store at DIR to COPY, which must not exist yet.

    On the same disk both share their files until the store changes.

    \b
    Example:
      diplograph store backup my-store my-copy
    """
    from diplograph.storage import backup_store

    with options.progress(f"copying {store}"):
        size = backup_store(store, target)
    click.echo(f"copied {store} to {target}: {_size(size)}")


@command.command()
@click.argument("copy", type=_FOLDER, metavar="COPY")
@click.argument("store", type=_FOLDER, metavar="DIR")
@click.option("--replace", is_flag=True, help="Put it in the place of the store at DIR.")
def restore(copy: Path, store: Path, replace: bool) -> None:
    """Check the copy of a store at COPY and put it to DIR.

    \b
    Example:
      diplograph store restore my-copy my-store --replace
    """
    from diplograph.storage import restore_store

    with options.progress(f"restoring {store}"):
        size = restore_store(copy, store, replace=replace)
    click.echo(f"restored {store} from {copy}: {_size(size)}")


def _size(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"
