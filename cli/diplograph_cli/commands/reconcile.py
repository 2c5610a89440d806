"""``diplograph reconcile``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from diplograph_cli import options, text

F = TypeVar("F", bound=Callable[..., Any])
_VERDICTS = ("same", "different", "unsure")
_MOST = 3
"""How many different reasons of one doubt are shown."""
_KINDS = ("transfers", "agreements", "people", "weapons")


def _into(function: F) -> F:
    return click.option(
        "--into", type=click.Path(path_type=Path), required=True, metavar="DIR",
        help="The on-disk store; decisions stand beside it, in DIR.decisions.toml.",
    )(function)  # fmt: skip


@click.group()
def command() -> None:
    """Decide on doubtful names, and on what is the same thing in two sources.

    Decisions are kept in one readable file beside the store, DIR.decisions.toml, which every import
    applies. Nothing is merged; a decision is taken back with --undo, or by removing its line.

    \b
    Example:
      diplograph reconcile names --into world
    """


@command.command()
@click.argument("dataset", metavar="DATASET", required=False)
@_into
@options.json_option
def names(dataset: str | None, into: Path, as_json: bool) -> None:
    """List the names that imports could not resolve for certain, and who they may be.

    \b
    Example:
      diplograph reconcile names sipri --into world
    """
    from diplograph.reconciling import doubtful_names

    found = doubtful_names(into, dataset)
    if as_json:
        options.print_json({"doubts": [doubt.to_dict() for doubt in found]})
        return
    if not found:
        click.echo("no name is in doubt: every party was resolved for certain")
    for doubt in found:
        click.echo(f"{doubt.dataset}: “{doubt.printed}”, {text.counted(doubt.rows, 'row')}")
        if doubt.decided is not None:
            text.paragraph(f"decided: {doubt.decided.label}", 4)
        elif doubt.unsure:
            text.paragraph("left open", 4)
        for why in doubt.why[:_MOST]:
            text.paragraph(why, 4)
        if len(doubt.why) > _MOST:
            may = ", ".join(entity.label for entity in doubt.candidates)
            text.paragraph(f"in all it may be {may}" if may else "and more of that kind", 4)


@command.command()
@click.argument("dataset", metavar="DATASET")
@click.argument("printed", metavar="PRINTED")
@click.argument("entity", metavar="ENTITY", required=False)
@_into
@click.option("--unsure", is_flag=True, help="Leave it open, and say that it was looked at.")
@click.option("--undo", is_flag=True, help="Take the decision back.")
@options.json_option
def decide(
    dataset: str,
    printed: str,
    entity: str | None,
    into: Path,
    unsure: bool,
    undo: bool,
    as_json: bool,
) -> None:
    """Decide whom a doubtful name means: ENTITY, by name or IRI.

    \b
    Example:
      diplograph reconcile decide sipri "Germany" "West Germany" --into world
      diplograph reconcile decide sipri "Germany" --undo --into world
    """
    from diplograph.reconciling import decide as decide_on

    if (entity is not None) + unsure + undo != 1:
        raise click.UsageError("give one of ENTITY, --unsure and --undo.")
    doubt = decide_on(into, dataset, printed, entity, undo=undo)
    if as_json:
        options.print_json(doubt.to_dict())
        return
    then = f"from the next import on: diplograph import {dataset} FILE... --into {into}"
    if undo:
        click.echo(f"“{printed}” of {dataset} is in doubt again, {then}")
    elif unsure or doubt.decided is None:
        click.echo(f"“{printed}” of {dataset} is left open")
    else:
        click.echo(f"“{printed}” of {dataset} means {doubt.decided.label}, {then}")


@command.command()
@_into
@click.option(
    "--kind", type=click.Choice(_KINDS), multiple=True, help="What to look at; all unless given."
)
@click.option("--about", metavar="NAME", help="Only what this entry may be, however unlikely.")
@click.option(
    "--least", type=click.FloatRange(0, 1), default=0.5, show_default=True,
    help="The least score to be shown.",
)  # fmt: skip
@click.option("--judged", is_flag=True, help="Also those that were judged already.")
@click.option(
    "--limit", type=click.IntRange(1), default=20, show_default=True, help="How many of each kind."
)
@options.json_option
def same(
    into: Path,
    kind: tuple[str, ...],
    about: str | None,
    least: float,
    judged: bool,
    limit: int,
    as_json: bool,
) -> None:
    """Propose what may be the same thing in two sources, with a score and reasons.

    \b
    Example:
      diplograph reconcile same --kind people --into world
      diplograph reconcile same --kind transfers --about "Su-30 deal of 1999" --into world
    """
    from diplograph.names import resolve
    from diplograph.reconciling import decisions_path, propose, read_decisions
    from diplograph.reconciling.doubtful import opened

    graph, decisions = opened(into), read_decisions(decisions_path(into))
    iri = resolve(graph, about).id if about else None
    found = {
        one: propose(graph, one, decisions, least=least, judged=judged, about=iri)
        for one in kind or _KINDS
    }
    if as_json:
        proposals = [p.to_dict() for some in found.values() for p in some[:limit]]
        options.print_json({"proposals": proposals})
        return
    for one, some in found.items():
        if not some and (kind or iri is None):
            click.echo(f"{one}: nothing to propose")
        for proposal in some[:limit]:
            mark = f" · judged {proposal.verdict}" if proposal.verdict else ""
            mark = mark.replace("judged curated", "held possible by the curators")
            rank = "" if proposal.first else " · another is likelier"
            click.echo(f"{proposal.score:.2f}  {one}{rank}{mark}")
            text.paragraph(f"{proposal.one.label} [{proposal.sources[0]}]", 6)
            text.paragraph(f"{proposal.other.label} [{proposal.sources[1]}]", 6)
            text.paragraph("; ".join(f"{r.words} ({r.weight:+.1f})" for r in proposal.reasons), 6)
        if len(some) > limit:
            click.echo(f"{len(some) - limit:,} more {one}: --limit {len(some)}")


@command.command()
@click.argument("one", metavar="ONE")
@click.argument("other", metavar="OTHER")
@click.argument("verdict", type=click.Choice(_VERDICTS), required=False)
@_into
@click.option("--undo", is_flag=True, help="Take the judgement back.")
@options.json_option
def judge(one: str, other: str, verdict: str | None, into: Path, undo: bool, as_json: bool) -> None:
    """Judge two entries, by name or IRI, to be the same thing, different things, or leave it open.

    The two stay apart; answers that show one say that it may be the other, unless they differ.

    \b
    Example:
      diplograph reconcile judge "Chirac" "Chirac (France, 1995–2007)" same --into world
    """
    from diplograph.reconciling import judge as judge_them

    if (verdict is not None) + undo != 1:
        raise click.UsageError("give one of same, different, unsure and --undo.")
    judged = judge_them(into, one, other, verdict, undo)
    if as_json:
        options.print_json(
            {"one": judged.one, "other": judged.other, "verdict": None if undo else judged.verdict}
        )
        return
    names_ = f"{judged.names[0]} and {judged.names[1]}"
    if undo:
        click.echo(f"{names_}: the judgement “{judged.verdict}” was taken back")
    else:
        click.echo(f"{names_}: judged {judged.verdict}")


@command.command()
@_into
@options.json_option
def apply(into: Path, as_json: bool) -> None:
    """Make the judgements in the store those of the file, after it was edited by hand.

    Every import does the same.

    \b
    Example:
      diplograph reconcile apply --into world
    """
    from diplograph.reconciling import apply_judgements

    done = apply_judgements(into)
    if as_json:
        options.print_json(done.to_dict())
        return
    click.echo(f"{text.counted(done.judgements, 'judgement')} in {into}")
    for pair in done.stale:
        text.paragraph(f"not applied, since one is gone or goes by another name: {pair}", 0)
