"""``diplograph draw``."""

from __future__ import annotations

import click

from diplograph_cli import options, text


@click.command()
@click.argument("parties", nargs=-1, metavar="[X Y]")
@click.option("--around", metavar="NAME", help="Draw what is tied to this entity.")
@click.option(
    "--depth", type=int, default=1, show_default=True, metavar="N",
    help="With --around: up to how many facts away.",
)  # fmt: skip
@options.as_of_option
@options.include_option
@options.predecessors_option
@options.graph_option
@options.sources_option
@click.option(
    "-o", "--output", metavar="FILE", default="diplograph.html", show_default=True,
    help="The HTML file to write; one that exists is replaced.",
)  # fmt: skip
def command(
    parties: tuple[str, ...],
    around: str | None,
    depth: int,
    as_of: str | None,
    include: str,
    predecessors: bool,
    addresses: tuple[str, ...],
    sources: str | None,
    output: str,
) -> None:
    """Draw a relationship graph as one self-contained HTML page, which opens offline.

    With X and Y: the agreements that link them, in order of time; solid what was concluded, dashed
    what is pending. With --around: what is tied to one entity. With neither: the whole graph.

    \b
    Examples:
      diplograph draw China Russia -o china-russia.html
      diplograph draw --around "Shanghai Five" --depth 2 -o shanghai-five.html
      diplograph draw --as-of 2000-09 -o graph.html
    """
    from diplograph import render
    from diplograph.errors import OptionError

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
                depth=depth, between=(names[0], names[1]) if parties else None, as_of=as_of,
                include=include, predecessors=predecessors, sources=sources,
            )  # fmt: skip

    names = parties or (() if around is None else (around,))
    written = options.asked("draw", False, ask, *names)
    text.notes(written.notes)
    click.echo(
        f"wrote {written.path}: {text.counted(written.entities, 'entity', 'entities')}, "
        f"{text.counted(written.facts, 'fact')}"
    )
