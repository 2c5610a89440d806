"""The command line: parse, call one library function, print."""

from __future__ import annotations

import gc

__all__ = ["main"]


def main() -> None:
    """Entry point of the command ``diplograph``."""
    # Most commands end before a collection would find anything to free: neither the dozens that
    # importing sets off nor the last ones, at exit, are worth their time.
    gc.set_threshold(100_000, 20, 20)
    from diplograph_cli.app import cli

    try:
        cli()
    finally:
        gc.freeze()
