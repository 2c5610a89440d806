"""Write docs/commands.md from the help texts of the commands: python docs/make_commands.py."""

from __future__ import annotations

from pathlib import Path

import click

from diplograph_cli.app import cli

HEAD = """# Commands

Made from the help texts by `python docs/make_commands.py`; a test holds it to them.

Every command leaves with 0 when it answers, also when the answer is empty, and with 2 and one
line on standard error when the call is wrong. `validate` and `sources verify` leave with 1 when
something is found.
"""


def page() -> str:
    """The whole reference page."""
    return HEAD + "".join(_section(cli, ("diplograph",)))


def _section(command: click.Command, path: tuple[str, ...]) -> list[str]:
    context = click.Context(command, info_name=" ".join(path), terminal_width=90)
    name = " ".join(path)
    found = [f"\n## {name}\n\n```text\n{command.get_help(context).rstrip()}\n```\n"]
    if isinstance(command, click.Group):
        for sub in command.list_commands(context):
            child = command.get_command(context, sub)
            assert child is not None
            found += _section(child, (*path, sub))
    return found


if __name__ == "__main__":
    Path(__file__).with_name("commands.md").write_text(page(), encoding="utf-8")
