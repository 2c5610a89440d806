"""``diplograph path``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from diplograph_cli import options, text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from diplograph.paths import Path, PathsAnswer, Reason


@click.command()
@click.argument("x")
@click.argument("y")
@click.option(
    "-k", "most", type=click.IntRange(1, 50), default=3, show_default=True, help="How many paths."
)
@click.option(
    "--max-length", type=click.IntRange(1, 12), default=6, show_default=True,
    help="The most steps that a path may have.",
)  # fmt: skip
@click.option(
    "--through", metavar="KIND|NAME", multiple=True,
    help="Only paths through one of this kind (treaties, summits, stances …) or through this "
    "entity; several times, through each.",
)  # fmt: skip
@click.option(
    "--avoid", metavar="KIND|NAME", multiple=True,
    help="Only paths that keep clear of this kind or entity; may be given several times.",
)  # fmt: skip
@click.option("--together", is_flag=True, help="Only paths whose steps can have held at one time.")
@click.option("--weak", is_flag=True, help="Also paths that tell too little to mean something.")
@click.option("--why", is_flag=True, help="Say what each path costs, item by item, in bits.")
@options.as_of_option
@options.include_option
@options.graph_option
@options.sources_option
@options.json_option
def command(
    x: str,
    y: str,
    most: int,
    max_length: int,
    through: tuple[str, ...],
    avoid: tuple[str, ...],
    together: bool,
    weak: bool,
    why: bool,
    as_of: str | None,
    include: str,
    addresses: tuple[str, ...],
    sources: str | None,
    as_json: bool,
) -> None:
    """How X and Y are connected: the chains of facts that tell most.

    A chain through what everything is tied to tells little. Where none tells more than could be
    said of most pairs, there is no meaningful connection, and the answer says so.

    \b
    Examples:
      diplograph path Gazprom "Vladimir Putin"
      diplograph path Chretien Schroeder -k 5 --avoid summits --why
      diplograph path "Phan Van Khai" MiG-31 --through "arms transfers" --together
    """
    from diplograph import answers

    graph = options.opened(addresses)

    def ask(one: str, two: str) -> PathsAnswer:
        with options.progress("looking for paths"):
            return answers.path(
                one, two, graph=graph, most=most, max_length=max_length, as_of=as_of,
                include=include, through=through, avoid=avoid, together=together, weak=weak,
                sources=sources,
            )  # fmt: skip

    answer = options.asked("path", as_json, ask, x, y)
    text.notes(answer.notes)
    if as_json:
        options.print_json(answer.to_dict())
        return
    for number, found in enumerate(answer.paths, 1):
        _show(number, found, why)
        click.echo()
    if why and answer.limit is not None:
        text.paragraph(f"A path that costs more than {answer.limit:.1f} bits is weak.")
    text.absence(answer.absence)


def _show(number: int, path: Path, why: bool) -> None:
    text.title(f"{number}. " + " — ".join(entity.label for entity in path.entities))
    told = None
    for step in path.steps:
        if step.fact != told:
            grade = f" [{step.grade}]" if step.grade != "stated" else ""
            text.paragraph(f"{text.when(step.when)}: {step.statement}{grade}", 4)
            text.evidence(step.evidence, 8)
            text.conflicts(step.conflicts, 8)
        if why:
            _reasons(step.why, f"{step.from_.label} — {step.to.label}: ")
        told = step.fact
    if why:
        _reasons(path.why)
        text.paragraph(f"in all {path.cost:.1f} bits", 4)
    text.paragraph(_held(path) + _also(path), 4)


def _reasons(items: Iterable[Reason], of: str = "") -> None:
    for item in items:
        text.paragraph(f"{item.cost:+.1f}  {of}{item.about}", 8)


def _held(path: Path) -> str:
    """Whether the steps held at one time, in words."""
    dated = len({step.fact for step in path.steps}) - path.undated
    if path.together == "unknown":
        return "no step is dated"
    but = f", {text.counted(path.undated, 'step')} undated" if path.undated else ""
    if dated == 1:
        return f"the time of the one dated fact: {text.when(path.common_period)}{but}"
    if path.together == "no":
        return f"the steps did not hold at one time{but}"
    sure = "together" if path.together == "definitely" else "possibly together"
    return f"{sure}: {text.when(path.common_period)}{but}"


def _also(path: Path) -> str:
    like = (
        f"; stands for {text.counted(path.alike, 'more path')} nearly alike" if path.alike else ""
    )
    return like + ("; weak: it tells too little to mean something" if path.weak else "")
