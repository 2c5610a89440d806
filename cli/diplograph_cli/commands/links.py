"""``diplograph links``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from diplograph_cli import options, text

if TYPE_CHECKING:
    from diplograph.model import Link, LinksAnswer


@click.command()
@click.argument("x")
@click.argument("y")
@options.as_of_option
@options.include_option
@options.predecessors_option
@options.graph_option
@options.sources_option
@options.json_option
def command(
    x: str,
    y: str,
    as_of: str | None,
    include: str,
    predecessors: bool,
    addresses: tuple[str, ...],
    sources: str | None,
    as_json: bool,
) -> None:
    """Which agreements link X and Y: countries, organizations, companies or people.

    Concluded agreements come first, those only proposed, initialled, reported or rumoured after
    them as pending. Each has its kind, stage, date, parties and the passages that say so.

    \b
    Examples:
      diplograph links China Russia
      diplograph links PRC "Soviet Union" --as-of 1960
      diplograph links China Russia --predecessors --json
    """
    from diplograph import answers

    graph = options.opened(addresses)

    def ask(one: str, two: str) -> LinksAnswer:
        return answers.links(
            one, two, graph=graph, as_of=as_of, include=include, predecessors=predecessors,
            sources=sources,
        )  # fmt: skip

    answer = options.asked("links", as_json, ask, x, y)
    text.notes(answer.notes)
    if as_json:
        options.print_json(answer.to_dict())
        return
    question = answer.question
    assert question.x is not None
    assert question.y is not None
    date = f" as of {text.when(question.as_of)}" if question.as_of else ""
    found = "concluded" if include == "concluded" else "found"
    unsure = sum(link.holds == "possibly" for link in answer.answers)
    text.title(
        f"{question.x.label} – {question.y.label}{date}: {len(answer.answers)} {found}"
        f"{f' ({unsure} of them possibly)' if unsure else ''}, {len(answer.pending)} pending"
    )
    _print_group(answer.answers)
    if answer.pending:
        click.echo()
        text.title("Pending: not concluded, or not stated to be")
        _print_group(answer.pending)
    if answer.absence or answer.denials:
        click.echo()
    for denial in answer.denials:
        text.absence(denial)
    if answer.absence not in answer.denials:
        text.absence(answer.absence)


_HEADINGS = {
    "direct": "",
    "organization": "Through an organization",
    "affiliate": "Between companies, services or people of the two",
    "predecessor": "Of predecessors",
}


_MANY = 20
"""More parties than this are counted and not named: a convention can have two hundred."""


def _print_group(links: Sequence[Link]) -> None:
    heading = ""
    for link in links:
        if _HEADINGS[link.connection] != heading:
            heading = _HEADINGS[link.connection]
            click.echo()
            click.secho(heading, underline=True)
        click.echo()
        text.paragraph(link.label, bold=True)
        marks = [link.kind, link.stage, text.when(link.when, happened=True)]
        marks += [link.grade] if link.grade != "stated" else []
        marks += ["possibly"] if link.holds == "possibly" else []
        text.paragraph(" · ".join(marks) + (f" — {link.reason}" if link.reason else ""), 4)
        others = [entity for entity in link.via if entity not in link.parties]
        through = f" (through {text.names(others)})" if others else ""
        named = text.names(link.parties)
        if len(link.parties) > _MANY:
            named = f"{len(link.parties)} (--json lists them)"
        text.paragraph(f"parties: {named}{through}", 4)
        if len({(s.stage, s.when) for s in link.stages}) > 1:
            for stage in link.stages:
                of = f"{stage.party.label}; " if stage.party else ""
                possibly = ", possibly" if stage.holds == "possibly" else ""
                text.paragraph(
                    f"{text.when(stage.when, happened=True)}: {stage.stage} "
                    f"({of}{stage.grade}, {stage.source}{possibly})",
                    4,
                )
        if link.may_be:
            text.paragraph(f"may be the same as: {text.names(link.may_be)}", 4)
        text.evidence(link.evidence, 4)
        text.conflicts(link.conflicts, 4)
