"""``diplograph central``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from diplograph_cli import options, text

if TYPE_CHECKING:
    from diplograph.centrality import Ranking
    from diplograph.overtime import OverTime

_MEASURES = (
    "degree", "betweenness", "eigenvector", "pagerank", "closeness", "weighted-degree", "in-degree",
    "out-degree",
)  # fmt: skip
"""Those of :data:`diplograph.centrality.MEASURES`, here so that no library is loaded for help."""


@click.command()
@click.option(
    "--measure", type=click.Choice(_MEASURES), default="degree", show_default=True,
    help="The network measure.",
)  # fmt: skip
@click.option(
    "--of", metavar="KIND",
    help="Rank only entities of a kind, measured in the whole network: agents, countries, "
    "agreements, treaties, weapons, issues, …",
)  # fmt: skip
@options.projection_option
@click.option("-n", "most", type=click.IntRange(1), default=20, show_default=True, help="How many.")
@click.option(
    "--bootstrap", type=click.IntRange(0), default=100, show_default=True, metavar="N",
    help="How many times to draw the facts anew, to see between which ranks chance moves an "
    "entity; 0 for none.",
)  # fmt: skip
@click.option(
    "--sample", type=click.IntRange(1), metavar="N",
    help="Estimate betweenness and closeness from paths that begin at N entities.",
)  # fmt: skip
@click.option(
    "--seed", type=click.IntRange(0), default=0, show_default=True, help="Decides on what is drawn."
)
@click.option("--over-time", is_flag=True, help="Give the measure year by year.")
@click.option(
    "--from", "first", type=click.IntRange(1, 9999), metavar="YEAR",
    help="The first year of --over-time; the first of a dated fact if not given.",
)  # fmt: skip
@click.option(
    "--to", "last", type=click.IntRange(1, 9999), metavar="YEAR",
    help="The last year of --over-time; the last of a dated fact if not given.",
)  # fmt: skip
@options.as_of_option
@options.include_option
@options.graph_option
@options.json_option
def command(
    measure: str,
    of: str | None,
    projection: str,
    most: int,
    bootstrap: int,
    sample: int | None,
    seed: int,
    over_time: bool,
    first: int | None,
    last: int | None,
    as_of: str | None,
    include: str,
    addresses: tuple[str, ...],
    as_json: bool,
) -> None:
    """Rank entities by a measure of a network, and say how far each rank is to be relied on.

    Equal scores share a rank, marked with =. “Without a source” is the best and the worst rank
    when each source in turn is left out, “firm” the rank without what is only estimated, rumoured
    or denied, “drawn” the ranks between which 90 in 100 draws of the facts put the entity. A rank
    hangs on the source without which the entity is gone or more than three times as far down.

    Each measure and what it means: docs/measures.md.

    \b
    Examples:
      diplograph central
      diplograph central --measure betweenness --of agents -n 5 --as-of 2000
      diplograph central --projection agreements --measure weighted-degree
      diplograph central --of organizations --over-time --from 1995 --to 2006
    """
    from diplograph import answers

    if over_time and as_of is not None:
        raise click.UsageError("--over-time gives every year; leave out --as-of.")
    if not over_time and (first is not None or last is not None):
        raise click.UsageError("--from and --to belong to --over-time.")
    graph = options.opened(addresses)
    with options.progress("measuring") as say:
        answer: Ranking | OverTime
        if over_time:
            answer = answers.central_over_time(
                measure, graph=graph, projection=projection, of=of, include=include, most=most,
                first=first, last=last, seed=seed, sample=sample, progress=say,
            )  # fmt: skip
        else:
            answer = answers.central(
                measure, graph=graph, projection=projection, of=of, as_of=as_of, include=include,
                most=most, bootstrap=bootstrap, seed=seed, sample=sample, progress=say,
            )  # fmt: skip
    text.notes(answer.notes)
    if as_json:
        options.print_json(answer.to_dict())
    elif answer.absence is not None:
        text.absence(answer.absence)
    elif over_time:
        _courses(answer)  # type: ignore[arg-type]
    else:
        _ranking(answer)  # type: ignore[arg-type]


def _ranking(answer: Ranking) -> None:
    rows = []
    for row in answer.ranking:
        kept = row.stability
        firm = "gone" if kept.without_estimates is None else str(kept.without_estimates)
        drawn = f"{kept.bootstrap.low}–{kept.bootstrap.high}" if kept.bootstrap else ""
        rows.append((
            f"{'=' if row.tied else ''}{row.rank}", row.entity.label, row.entity.type,
            f"{row.score:.6g}", f"{kept.best}–{kept.worst}", firm, drawn, kept.hangs_on or "",
        ))  # fmt: skip
    headers = (
        "rank", "entity", "class", "score", "without a source", "firm", "drawn",
        "hangs on",
    )  # fmt: skip
    asked = answer.question
    ranked = f"{asked.ranked:,} {asked.of} of " if asked.of else ""
    text.paragraph(
        f"{asked.measure} in the network of {asked.projection}: {ranked}"
        f"{text.counted(asked.entities, 'entity', 'entities')}, "
        f"{text.counted(asked.facts, 'fact')}"
    )
    shown = [n for n in range(len(headers)) if n != 6 or asked.bootstrap]
    text.table(
        [headers[n] for n in shown],
        [[row[n] for n in shown] for row in rows],
        right=[place for place, n in enumerate(shown) if n in (0, 3, 4, 5, 6)],
    )


def _courses(answer: OverTime) -> None:
    """Ranks of entities by years: as many years as the width allows, the last one among them."""
    widest = max(len(course.entity.label) for course in answer.entities)
    years = [year.year for year in answer.years]
    shown, step = text.spaced(years, widest)
    if step > 1:
        text.notes((f"every {step} years; --from and --to narrow, --json has all years.",))
    rows = []
    for course in answer.entities:
        ranks = {point.year: str(point.rank) for point in course.points}
        rows.append((course.entity.label, *(ranks.get(year, "–") for year in shown)))
    rows.append(("(entities ranked)", *_sizes(answer, shown)))
    text.table(
        (f"rank by {answer.question.measure}", *map(str, shown)), rows,
        right=range(1, len(shown) + 1),
    )  # fmt: skip


def _sizes(answer: OverTime, shown: list[int]) -> list[str]:
    sizes = {year.year: str(year.ranked) for year in answer.years}
    return [sizes[year] for year in shown]
