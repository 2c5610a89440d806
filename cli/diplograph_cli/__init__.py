"""The command line: parse, call one library function, print."""

from __future__ import annotations

__all__ = ["main"]


def main() -> None:
    """Entry point of the command ``diplograph``."""
    from diplograph_cli.app import cli

    cli()
