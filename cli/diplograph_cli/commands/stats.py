"""``diplograph stats``."""

from __future__ import annotations

import click

from diplograph_cli import options, text


@click.command()
@options.graph_option
@options.json_option
def command(addresses: tuple[str, ...], as_json: bool) -> None:
    """Count what the graph holds.

    \b
    Example:
      diplograph stats
    """
    from diplograph.counts import stats

    counted = stats(options.opened(addresses))
    if as_json:
        options.print_json(counted.to_dict())
        return
    for heading, counts in counted.to_dict().items():
        if isinstance(counts, dict):
            text.title(heading)
            text.table(("", ""), [(name, str(count)) for name, count in counts.items()], right=(1,))
        else:
            text.title(f"{heading}: {counts}")
