"""``diplograph sources``."""

from __future__ import annotations

from pathlib import Path

import click

from diplograph_cli import options, text


@click.group()
def command() -> None:
    """List the sources, or prove the passages against your own copies."""


@command.command(name="list")
@options.graph_option
@options.json_option
def list_(addresses: tuple[str, ...], as_json: bool) -> None:
    """The sources with what they cover and how much rests on them.

    \b
    Example:
      diplograph sources list
    """
    from diplograph.sources import list_sources

    found = list_sources(options.opened(addresses))
    if as_json:
        options.print_json({"sources": [source.to_dict() for source in found]})
        return
    for source in found:
        text.title(source.id)
        by = ", ".join(part for part in (source.creator, source.issued) if part)
        text.paragraph(source.title + (f" ({by})" if by else ""), 4)
        if source.covers:
            text.paragraph(f"covers: {source.covers}", 4)
        text.paragraph(f"{source.facts} facts, {source.passages} passages", 4)


@command.command()
@options.sources_option
@options.graph_option
@options.json_option
def verify(sources: str | None, addresses: tuple[str, ...], as_json: bool) -> None:
    """Prove every passage against your own copies of the documents.

    The texts are not part of diplograph. Each passage's characters in your copy must have the
    digest that the curators recorded. Leaves with 1 where any passage fails.

    \b
    Example:
      diplograph sources verify --sources ~/documents
    """
    from diplograph.sources import verify as verify_passages

    if not sources:
        raise click.UsageError(
            "name the folder with your copies: --sources DIR (or DIPLOGRAPH_SOURCES)"
        )
    result = verify_passages(options.opened(addresses), Path(sources))
    if as_json:
        options.print_json(result.to_dict())
    else:
        for failure in result.failures:
            where = f", {failure.where}" if failure.where else ""
            text.paragraph(
                f"{failure.source}{where} [{failure.start}–{failure.end}]: {failure.reason}",
                fg="red",
            )
        for name in result.changed:
            text.paragraph(f"{name}: your copy as a whole is not the text that the curators read.")
        for name in result.missing:
            text.paragraph(f"{name}: no copy of it in {sources}; its passages were not looked at.")
        text.title(f"{result.proved} passages proved, {len(result.failures)} failed")
    if result.failures:
        raise click.exceptions.Exit(1)


@command.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True, file_okay=False))
@options.sources_option
def lock(folder: Path, sources: str | None) -> None:
    """Record the digests of the passages of a source's FOLDER of facts (for curators).

    \b
    Example:
      diplograph sources lock data/my-source --sources ~/documents
    """
    from diplograph.sources import lock_passages

    if not sources:
        raise click.UsageError(
            "name the folder with your copies: --sources DIR (or DIPLOGRAPH_SOURCES)"
        )
    click.echo(f"{folder}: {lock_passages(folder, Path(sources))} passages locked")
