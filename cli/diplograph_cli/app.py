"""The command group. Each command lives in a module of its own, loaded when it is called."""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from typing import Any, NoReturn

import click

__all__ = ["COMMANDS", "cli"]

COMMANDS: dict[str, str] = {
    "ask": "Answer a question in plain English.",
    "links": "Which agreements link two parties.",
    "describe": "All that the graph says of one entity.",
    "timeline": "The facts about one entity, or about two together, in order of time.",
    "conflicts": "Where the sources disagree: both sides with their passages.",
    "path": "How two entities are connected: the chains of facts that tell most.",
    "central": "Rank entities by a network measure, and say how stable each rank is.",
    "communities": "Who belongs together in a network.",
    "network": "Write the graph as a network: GraphML, GEXF, CSV, JSON or Arrow.",
    "draw": "Draw a relationship graph as one self-contained HTML page.",
    "questions": "List the questions that the graph must answer, or run one by name.",
    "sparql": "Run a SPARQL query, read-only and bounded.",
    "sources": "List the sources, prove their passages, measure what is left over.",
    "stats": "Count what the graph holds.",
    "new-source": "Begin a source of your own: a folder of Turtle for a document.",
    "validate": "Check a graph against the SHACL shapes.",
    "import": "Import a public dataset into an on-disk store.",
    "reconcile": "Decide on doubtful names, and on what is the same thing in two sources.",
    "store": "Build an on-disk store.",
}
"""The commands with their one-line help, so that the list is shown without loading them."""


_HELP_WANTED: type[click.ClickException] | tuple[()] = getattr(
    click.exceptions, "NoArgsIsHelpError", ()
)
"""What click raises where a group is called without a command; older ones show the help."""


class Commands(click.Group):
    """Loads a command's module only when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands, in the order in which a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """The command of that name."""
        if name not in COMMANDS:
            return None
        last = "import_" if name == "import" else name.replace("-", "_")
        module = importlib.import_module(f"diplograph_cli.commands.{last}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command, or fail with the one that was probably meant."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean “{near[0]}”?" if near else ""
            raise click.UsageError(f"there is no command “{args[0]}”.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def main(  # type: ignore[override] # one form for click's two
        self, args: Sequence[str] | None = None, *, standalone_mode: bool = True, **extra: Any
    ) -> Any:
        """Run the command line; whatever is wrong with a call is one line and exit code 2."""
        from diplograph.errors import DiplographError

        if not standalone_mode:
            return super().main(args, standalone_mode=False, **extra)
        for stream in (sys.stdout, sys.stderr):
            if hasattr(stream, "reconfigure"):  # a letter that the terminal lacks is no error
                stream.reconfigure(errors="replace")
        try:
            code = super().main(args, standalone_mode=False, **extra)
            sys.stdout.flush()
        except _HELP_WANTED as error:
            click.echo(error.format_message())
            code = 0
        except click.UsageError as error:
            command = error.ctx.command_path if error.ctx else "diplograph"
            _fail(f"{error.format_message()} See: {command} --help", 2)
        except click.ClickException as error:
            _fail(error.format_message(), 2)
        except DiplographError as error:
            _fail(str(error), 2)
        except OSError as error:
            if error.filename is not None:
                raise
            # Only writing to standard output comes here: the library names the files it fails on.
            sys.stdout = open(os.devnull, "w")  # noqa: PTH123, SIM115 - so that nothing is flushed
            _fail(f"the output cannot be written: {error.strerror}.", 2)
        except SystemExit:
            # click leaves so when the reader of a pipe has gone, which is no error.
            code = 0
        except (click.Abort, KeyboardInterrupt):
            _fail("interrupted.", 130)
        sys.exit(code if isinstance(code, int) else 0)


def _fail(message: str, code: int) -> NoReturn:
    from diplograph_cli import text

    text.error(message)
    sys.exit(code)


def _version(ctx: click.Context, _param: click.Parameter, value: bool) -> None:
    if value:
        from importlib.metadata import version

        click.echo(f"diplograph {version('diplograph')}")
        ctx.exit()


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_version,
    help="Show the version and leave.",
)  # fmt: skip
def cli() -> None:
    """Who agreed what with whom: every fact dated, graded and traced to its passage.

    \b
    Start with:
      diplograph ask "When did Uzbekistan join the Shanghai Five?"
      diplograph links China Russia
      diplograph describe "Shanghai Five"
    """
