"""``diplograph network``."""

from __future__ import annotations

import click

from diplograph_cli import options, text

_FORMATS = ("graphml", "gexf", "csv", "json", "arrow")
"""Those of :data:`diplograph.exporting.FORMATS`, here so that no library is loaded for help."""


@click.command()
@options.projection_option
@options.as_of_option
@options.include_option
@click.option("--source", metavar="ID", help="Only what this source tells.")
@click.option(
    "-o", "--output", metavar="FILE",
    help="The file to write; one that exists is replaced. Without it the network is printed.",
)  # fmt: skip
@click.option(
    "--format", "form", type=click.Choice(_FORMATS),
    help="The format; by the file's ending if not given, and CSV where the network is printed.",
)  # fmt: skip
@click.option(
    "--list", "listed", is_flag=True, help="List the projections: what nodes and edges are."
)
@options.graph_option
def command(
    projection: str,
    as_of: str | None,
    include: str,
    source: str | None,
    output: str | None,
    form: str | None,
    listed: bool,
    addresses: tuple[str, ...],
) -> None:
    """Write the graph as a network, for Gephi, Cytoscape, R, pandas and others.

    A projection says what becomes a node and what an edge; every edge has its type, dates, stage,
    grade, sources and weight.

    \b
    Examples:
      diplograph network --list
      diplograph network --projection agreements -o agreements.graphml
      diplograph network --projection transfers --as-of 2000 --format csv
    """
    import sys

    from diplograph import exporting, networks
    from diplograph.projections import projections

    if listed:
        for found in projections():
            direction = "directed" if found.directed else "undirected"
            text.title(found.name)
            text.paragraph(f"nodes: {found.nodes}", 4)
            text.paragraph(f"edge: {found.edge} ({direction}; weight: {found.weight})", 4)
            if found.note:
                text.paragraph(found.note, 4)
        return
    with options.progress("reading the network"):
        net = networks.network(
            options.opened(addresses), projection=projection, as_of=as_of, include=include,
            source=source,
        )  # fmt: skip
    if output is None:
        sys.stdout.buffer.write(exporting.to_bytes(net, form or "csv"))
        sys.stdout.flush()
        return
    written = exporting.write_network(net, output, form)
    click.echo(
        f"wrote {written.path}: {text.counted(written.nodes, 'node')}, "
        f"{text.counted(written.edges, 'edge')}"
    )
