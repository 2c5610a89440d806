"""``diplograph sources``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from diplograph_cli import options, text

if TYPE_CHECKING:
    from diplograph.completeness import Gap


@click.group()
def command() -> None:
    """List the sources, prove their passages, measure what is left over."""


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
        if source.parties:
            text.paragraph(f"among: {', '.join(source.parties)}", 4)
        if source.issues:
            text.paragraph(f"on: {', '.join(source.issues)}", 4)
        text.paragraph(
            f"{text.counted(source.facts, 'fact')}, {text.counted(source.passages, 'passage')}", 4
        )


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

    result = verify_passages(options.opened(addresses), _folder(sources))
    if as_json:
        options.print_json(result.to_dict())
    else:
        for failure in result.failures:
            text.paragraph(f"{failure.locator}: {failure.reason}", fg="red")
        for name in result.changed:
            text.paragraph(f"{name}: your copy as a whole is not the text that the curators read.")
        for name in result.missing:
            text.paragraph(f"{name}: no copy of it in {sources}; its passages were not looked at.")
        text.title(
            f"{text.counted(result.proved, 'passage')} proved, {len(result.failures)} failed"
        )
    if result.failures:
        raise click.exceptions.Exit(1)


@command.command()
@options.sources_option
@options.graph_option
@options.json_option
@click.option("--show-gaps", is_flag=True, help="List every unit that is left over, with its text.")
@click.option(
    "--show-parts", is_flag=True,
    help="List also the longer stretches of cited units that lie in no passage.",
)  # fmt: skip
def coverage(
    sources: str | None,
    addresses: tuple[str, ...],
    as_json: bool,
    show_gaps: bool,
    show_parts: bool,
) -> None:
    """How much of each document the facts cite, and what is left over.

    Each document is taken apart into sentences, footnotes, rows of tables and headings. A unit is
    cited by the passage of a fact, or marked in the ledger of its source as stating nothing, or
    left over. Leaves with 1 where anything is left over or a ledger entry is untrue.

    \b
    Example:
      diplograph sources coverage --sources ~/documents --show-gaps
    """
    from diplograph.completeness import coverage as measure

    result = measure(options.opened(addresses), _folder(sources))
    if as_json:
        options.print_json(result.to_dict())
    else:
        for source in result.sources:
            text.title(source.source)
            rows = [
                [c.kind, *(str(n) for n in (c.total, c.cited, c.ledger, c.gaps))]
                for c in source.counts
            ]
            text.table(["", "all", "cited", "ledger", "left over"], rows, right=range(1, 5))
            text.paragraph(f"{source.share} percent of {source.words:,} words lie in a passage")
            reasons = ", ".join(f"{reason} {count}" for reason, count in source.reasons.items())
            if reasons:
                text.paragraph(f"ledger: {reasons}")
            for gap in source.untrue:
                text.paragraph(
                    f"ledger untrue, facts cite it {_place(gap)}: {gap.text}", 2, fg="red"
                )
            for gap in source.gaps if show_gaps else ():
                text.paragraph(f"left over {_place(gap)}: {gap.text}", 2)
            for gap in source.parts if show_parts else ():
                text.paragraph(f"in no passage {_place(gap)}: {gap.text}", 2)
        for name in result.missing:
            text.paragraph(f"{name}: no copy of it in {sources}; it was not looked at.")
        if not result.sources:
            text.paragraph("The graph has no source with a document; there is nothing to measure.")
    if not result.complete:
        raise click.exceptions.Exit(1)


def _place(gap: Gap) -> str:
    return f"[{gap.start}–{gap.end}] {gap.kind}" + (f", {gap.where}" if gap.where else "")


def _folder(sources: str | None) -> Path:
    if not sources:
        raise click.UsageError(
            "name the folder with your copies: --sources DIR (or DIPLOGRAPH_SOURCES)"
        )
    return Path(sources)


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

    locked = lock_passages(folder, _folder(sources))
    click.echo(f"{folder}: {text.counted(locked, 'passage')} locked")
