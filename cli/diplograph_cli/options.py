"""Options and output that the commands share, so that they look and behave alike."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from diplograph.store import Graph

__all__ = [
    "as_of_option",
    "asked",
    "graph_option",
    "include_option",
    "json_option",
    "opened",
    "predecessors_option",
    "print_json",
    "progress",
    "projection_option",
    "sources_option",
]

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")


def graph_option(function: F) -> F:
    """``--graph ADDRESS``, several times."""
    return click.option(
        "--graph", "addresses", multiple=True, metavar="ADDRESS", envvar="DIPLOGRAPH_GRAPH",
        help="The graph to ask: shipped (the default), an RDF file (.ttl, .trig, .nq, .nt, "
        ".jsonld), a folder of Turtle, a folder with an on-disk store, or the address of a SPARQL "
        "endpoint. Files and folders of Turtle may be given several times.",
    )(function)  # fmt: skip


def json_option(function: F) -> F:
    """``--json``."""
    return click.option(
        "--json", "as_json", is_flag=True, help="Print one JSON object and nothing else."
    )(function)


def sources_option(function: F) -> F:
    """``--sources DIR``."""
    return click.option(
        "--sources", metavar="DIR", envvar="DIPLOGRAPH_SOURCES",
        help="Folder with your own copies of the source documents; passages are shown from them.",
    )(function)  # fmt: skip


def as_of_option(function: F) -> F:
    """``--as-of DATE``."""
    return click.option(
        "--as-of", metavar="DATE",
        help="Answer as things stood at this date: in words (\"July 2000\", \"18 July 2000\", "
        "\"mid-1990s\", \"before 2001\") or as EDTF (2000, 2000-07, 2000-07-18, 199X).",
    )(function)  # fmt: skip


def include_option(function: F) -> F:
    """``--include concluded|pending|any``."""
    return click.option(
        "--include", type=click.Choice(["concluded", "pending", "any"]), default="concluded",
        show_default=True,
        help="Count as agreements only what was concluded; also what is pending; or also what is "
        "only rumoured or denied.",
    )(function)  # fmt: skip


def predecessors_option(function: F) -> F:
    """``--predecessors``."""
    return click.option(
        "--predecessors", is_flag=True,
        help="Also count agreements of predecessor states and organizations.",
    )(function)  # fmt: skip


def projection_option(function: F) -> F:
    """``--projection NAME``; the names are read when the command is called."""
    return click.option(
        "--projection", type=Projections(), default="facts", show_default=True,
        help="The network to look at: what is a node and what is an edge.",
    )(function)  # fmt: skip


class Projections(click.ParamType):  # type: ignore[type-arg] # older ones take none
    """The name of a declared projection."""

    name = "projection"

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """All names, as click shows those of a choice."""
        from diplograph.projections import projections

        return f"[{'|'.join(p.name for p in projections())}]"

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The name, if it is one; the library refuses it otherwise."""
        from diplograph.projections import find_projection

        return find_projection(value).name


@contextmanager
def progress(message: str) -> Iterator[Callable[[str], None]]:
    """Say on standard error what takes its time, on a terminal only, until it is done.

    What is given can be called to say something else instead.
    """
    shown = sys.stderr.isatty()

    def say(what: str) -> None:
        if shown:
            click.echo(f"\r\x1b[K{what} …", err=True, nl=False)

    say(message)
    try:
        yield say
    finally:
        if shown:
            click.echo("\r\x1b[K", err=True, nl=False)


def print_json(value: Any, one_line: bool = False) -> None:
    """One JSON object on standard output; what could steer a terminal is escaped in it."""
    unicode = (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")
    told = json.dumps(value, ensure_ascii=not unicode, indent=None if one_line else 2)
    click.echo(told if told.isprintable() else _STEERING.sub(_escaped, told))


_STEERING = re.compile(r"[^\n\x20-\x7e]")


def _escaped(match: re.Match[str]) -> str:
    letter = match[0]
    return letter if letter.isprintable() else json.dumps(letter)[1:-1]


def opened(addresses: tuple[str, ...]) -> Graph:
    """The graph at the addresses of ``--graph``."""
    from diplograph.store import open_graph

    return open_graph(*addresses)


def asked(kind: str, as_json: bool, ask: Callable[..., T], *names: str) -> T:
    """The answer that ``ask`` gives for the names; an ambiguous one is asked back on a terminal.

    Elsewhere an unknown or ambiguous name is an error; where JSON is wanted its record, with the
    absence and the suggestions, is printed before.
    """
    from diplograph.errors import AmbiguousName, NameError_

    given = list(names)
    while True:
        try:
            return ask(*given)
        except NameError_ as error:
            if isinstance(error, AmbiguousName) and _can_ask() and not as_json:
                chosen = _choose(error.name, error.suggestions)
                given = [chosen if name.strip() == error.name.strip() else name for name in given]
                continue
            if as_json:
                from diplograph.answers import unknown_name

                print_json(unknown_name(kind, error).to_dict())
            raise


def _can_ask() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _choose(name: str, labels: tuple[str, ...]) -> str:
    from diplograph_cli.text import printable

    click.echo(printable(f"“{name}” can be"), err=True)
    for number, label in enumerate(labels, 1):
        click.echo(printable(f"  {number}  {label}"), err=True)
    number = click.prompt("Which one", type=click.IntRange(1, len(labels)), err=True)
    return labels[number - 1]
