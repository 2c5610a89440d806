"""Write docs/commands.md from the help texts of the commands: python docs/make_commands.py."""

from __future__ import annotations

from pathlib import Path

import click

from diplograph_cli.app import cli

HEAD = """# Commands

Made from the help texts by `python docs/make_commands.py`; a test holds it to them.

Every command leaves with 0 when it answers, also when the answer is empty, and with 2 and one
line on standard error when the call is wrong. `validate`, `sources verify` and `sources coverage`
leave with 1 when something is found.
"""


def page() -> str:
    """The whole reference page."""
    return HEAD + "".join(_section(cli, "diplograph", None))


def _section(command: click.Command, name: str, parent: click.Context | None) -> list[str]:
    context = click.Context(
        command, parent=parent, info_name=name, terminal_width=90, **command.context_settings
    )
    heading = context.command_path
    found = [f"\n## {heading}\n\n```text\n{command.get_help(context).rstrip()}\n```\n"]
    if isinstance(command, click.Group):
        for sub in command.list_commands(context):
            child = command.get_command(context, sub)
            assert child is not None
            found += _section(child, sub, context)
    return found


if __name__ == "__main__":
    Path(__file__).with_name("commands.md").write_text(page(), encoding="utf-8")
