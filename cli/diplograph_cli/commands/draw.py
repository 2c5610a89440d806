"""``diplograph draw``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from diplograph_cli import options, text

if TYPE_CHECKING:
    from diplograph.charts import WrittenChart

KINDS = ("page", "timeline", "matrix", "transfers", "figures", "network", "ontology")
"""What a graph is drawn as: the page, or the kinds of picture of :mod:`diplograph.charts`."""


@click.command()
@click.argument("parties", nargs=-1, metavar="[X Y]")
@click.option("--around", metavar="NAME", help="Draw what is tied to this entity.")
@click.option(
    "--depth", type=int, default=1, show_default=True, metavar="N",
    help="With --around: up to how many facts away.",
)  # fmt: skip
@click.option(
    "--path", "connecting", is_flag=True, help="With X and Y: how they are connected, step by step."
)
@click.option(
    "--weak", is_flag=True, help="With --path: also what tells too little to mean something."
)
@options.as_of_option
@options.include_option
@options.predecessors_option
@options.graph_option
@options.sources_option
@click.option(
    "--as", "kind", type=click.Choice(KINDS), default="page", show_default=True,
    help="The page, or a picture for a paper.",
)  # fmt: skip
@click.option(
    "--of", metavar="NAME", help="With --as figures: the table or the measure to draw."
)  # fmt: skip
@click.option(
    "--columns", type=click.Choice(["1", "2"]), default="2", show_default=True,
    help="With --as: how many columns of a paper the picture fills, 85 or 180 mm.",
)  # fmt: skip
@click.option(
    "-o", "--output", metavar="FILE",
    help="The file to write; one that exists is replaced. A page is HTML (the default is "
    "diplograph.html); a picture is SVG, PNG, PDF, or a page in HTML that tells its facts, by the "
    "ending of the name (the default is its kind, as timeline.svg).",
)  # fmt: skip
def command(
    parties: tuple[str, ...],
    around: str | None,
    depth: int,
    connecting: bool,
    weak: bool,
    as_of: str | None,
    include: str,
    predecessors: bool,
    addresses: tuple[str, ...],
    sources: str | None,
    kind: str,
    of: str | None,
    columns: str,
    output: str | None,
) -> None:
    """Draw a relationship graph as one self-contained HTML page, which opens offline.

    With X and Y: the agreements that link them, in order of time; solid what was concluded, dashed
    what is pending; with --path as well, how they are connected. With --around: what is tied to one
    entity. With none of these: the whole graph, in groups that open on a click.

    With --as: a picture for a paper. timeline: the facts between X and Y, or around one entity.
    matrix: who has agreements with whom. transfers: arms by year and class. figures: a table or
    the series of a measure. network: what is tied to one entity. ontology: the classes.

    \b
    Examples:
      diplograph draw China Russia -o china-russia.html
      diplograph draw --around "Shanghai Five" --depth 2 -o shanghai-five.html
      diplograph draw Gazprom "Vladimir Putin" --path -o gazprom-putin.html
      diplograph draw --as-of 2000-09 -o graph.html
      diplograph draw China Japan --as timeline -o china-japan.svg
      diplograph draw --as figures --of "crude oil imports" --columns 1 -o oil.png
      diplograph draw China Russia --as transfers -o arms.html
    """
    from diplograph import render
    from diplograph.errors import OptionError

    if weak and not connecting:
        raise OptionError("--weak goes with --path.")
    if connecting and (kind != "page" or len(parties) != 2):
        raise OptionError("--path draws the page of how two entities are connected: name X and Y.")
    if kind != "page":
        _picture(
            kind, parties, around, depth, as_of, include, predecessors, addresses, sources, of,
            int(columns), output,
        )  # fmt: skip
        return
    _is_page(output, of)
    output = output or "diplograph.html"

    if len(parties) not in (0, 2):
        raise OptionError(
            "name two parties to draw what links them (diplograph draw China Russia), "
            "or one with --around."
        )
    graph = options.opened(addresses)

    def ask(*names: str) -> render.Written:
        with options.progress("drawing"):
            return render.write(
                output, graph, around=names[0] if around is not None and not parties else around,
                depth=depth, between=None if connecting or not parties else (names[0], names[1]),
                connecting=(names[0], names[1]) if connecting else None, weak=weak, as_of=as_of,
                include=include, predecessors=predecessors, sources=sources,
            )  # fmt: skip

    names = parties or (() if around is None else (around,))
    written = options.asked("draw", False, ask, *names)
    text.notes(written.notes)
    click.echo(
        f"wrote {written.path}: {text.counted(written.entities, 'entity', 'entities')}, "
        f"{text.counted(written.facts, 'fact')}"
    )


def _is_page(output: str | None, of: str | None) -> None:
    """Refuse what is of pictures only."""
    from pathlib import Path

    from diplograph.errors import OptionError

    ending = Path(output or "").suffix.lower()
    if ending in (".svg", ".png", ".pdf"):
        raise OptionError(
            f"{output}: a page is HTML; for a picture say which with --as {'|'.join(KINDS[1:])}."
        )
    if of is not None:
        raise OptionError("--of goes with --as figures.")


def _picture(
    kind: str,
    parties: tuple[str, ...],
    around: str | None,
    depth: int,
    as_of: str | None,
    include: str,
    predecessors: bool,
    addresses: tuple[str, ...],
    sources: str | None,
    of: str | None,
    columns: int,
    output: str | None,
) -> None:
    """Write a picture for a paper."""
    from diplograph import charts
    from diplograph.errors import OptionError

    if depth != 1 or predecessors:
        option = "--depth" if depth != 1 else "--predecessors"
        raise OptionError(f"{option} goes with the page only, not with --as {kind}.")
    if len(parties) not in (0, 2) or (parties and around is not None):
        raise OptionError("name two parties, or one entity with --around, not both.")
    path = output or f"{kind}.svg"
    charts.form_of(path)
    graph = options.opened(addresses)

    def ask(*names: str) -> WrittenChart:
        with options.progress("drawing"):
            return charts.write_chart(
                path, kind, *names, graph=graph, as_of=as_of, include=include, of=of,
                columns=columns, sources=sources,
            )  # fmt: skip

    written = options.asked("draw", False, ask, *(parties or (() if around is None else (around,))))
    text.notes(written.notes)
    click.echo(f"wrote {written.path}: {written.shown}")
