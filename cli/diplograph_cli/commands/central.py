"""``diplograph central``."""

from __future__ import annotations

import click

from diplograph_cli import options, text


@click.command()
@click.option(
    "--measure", type=click.Choice(["degree", "betweenness", "eigenvector", "pagerank"]),
    default="degree", show_default=True, help="The network measure.",
)  # fmt: skip
@click.option("-n", "most", type=click.IntRange(1), default=20, show_default=True, help="How many.")
@options.as_of_option
@options.include_option
@options.graph_option
@options.json_option
def command(
    measure: str,
    most: int,
    as_of: str | None,
    include: str,
    addresses: tuple[str, ...],
    as_json: bool,
) -> None:
    """Rank entities by a measure of the network of entities and facts.

    Stability is the best and the worst rank when each source in turn is left out.

    \b
    Examples:
      diplograph central
      diplograph central --measure betweenness -n 5 --as-of 2000
    """
    from diplograph import answers

    graph = options.opened(addresses)
    with options.progress("measuring, and again without each source"):
        answer = answers.central(measure, graph=graph, as_of=as_of, include=include, most=most)
    if as_json:
        options.print_json(answer.to_dict())
        return
    rows = [
        (
            str(row.rank), row.entity.label, row.entity.type, f"{row.score:.6g}",
            f"{row.stability.best}–{row.stability.worst}",
        )
        for row in answer.ranking
    ]  # fmt: skip
    text.table(("rank", "entity", "class", measure, "stability"), rows, right=(0, 3))
