"""``diplograph communities``."""

from __future__ import annotations

import click

from diplograph_cli import options, text

_MEMBERS = 12
"""How many members of a community are shown."""


@click.command()
@options.projection_option
@click.option(
    "--resolution", type=click.FloatRange(0, min_open=True), default=1.0, show_default=True,
    help="Higher gives more and smaller communities.",
)  # fmt: skip
@click.option(
    "-n", "most", type=click.IntRange(1), default=10, show_default=True,
    help="How many communities to show, the largest first.",
)  # fmt: skip
@click.option(
    "--bootstrap", type=click.IntRange(0), default=20, show_default=True, metavar="N",
    help="How many times to draw the facts anew, to see which communities stay; 0 for none.",
)  # fmt: skip
@click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, help="Decides on what is drawn."
)
@options.as_of_option
@options.include_option
@options.graph_option
@options.json_option
def command(
    projection: str,
    resolution: float,
    most: int,
    bootstrap: int,
    seed: int,
    as_of: str | None,
    include: str,
    addresses: tuple[str, ...],
    as_json: bool,
) -> None:
    """Who belongs together: groups tied more to each other than chance would have it.

    The Leiden algorithm divides the network; each community is named after its most central
    members. “Found again” is how much of it other beginnings of the search and other draws of the
    facts find: 1 is all of it, under 0.5 another community. It hangs on a source without which less
    than half of it is found.

    What this says and what not: docs/measures.md.

    \b
    Examples:
      diplograph communities
      diplograph communities --projection agreements --as-of 2001
      diplograph communities --resolution 2 -n 5
    """
    from diplograph import answers

    graph = options.opened(addresses)
    with options.progress("looking for communities") as say:
        answer = answers.communities(
            graph=graph, projection=projection, as_of=as_of, include=include, most=most,
            resolution=resolution, bootstrap=bootstrap, seed=seed, progress=say,
        )  # fmt: skip
    text.notes(answer.notes)
    if as_json:
        options.print_json(answer.to_dict())
        return
    text.absence(answer.absence)
    if answer.absence is not None:
        return
    asked = answer.question
    text.paragraph(
        f"{text.counted(asked.communities, 'community', 'communities')} of "
        f"{text.counted(asked.entities, 'entity', 'entities')}: modularity "
        f"{answer.modularity:.2f}, agreement of other beginnings {answer.agreement:.2f}"
    )
    for number, found in enumerate(answer.communities, 1):
        click.echo()
        text.title(f"{number}. {found.name} ({found.size:,})")
        kept = found.stability
        again = f"{kept.seeds:.2f} by other beginnings"
        if kept.bootstrap is not None:
            again += f", {kept.bootstrap:.2f} in draws"
        hangs = f"; hangs on {kept.hangs_on}" if kept.hangs_on else ""
        text.paragraph(
            f"{found.inside:.0%} of its ties lead inside · found again: {again}{hangs}", 4
        )
        shown = ", ".join(member.entity.label for member in found.members[:_MEMBERS])
        more = f", and {found.size - _MEMBERS:,} more" if found.size > _MEMBERS else ""
        text.paragraph(shown + more, 4)
    hidden = asked.communities - len(answer.communities)
    if hidden:
        click.echo()
        text.paragraph(
            f"{text.counted(hidden, 'more community', 'more communities')}: -n shows more."
        )
