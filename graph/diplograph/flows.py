"""What went from whom to whom, as short texts made when a register is imported.

From disk the engine reads some ten thousand values a second, and the volume of what a large
supplier delivered is a sum over thousands of transfers. So the transfers between two sides stand as
one JSON text in the index (``dg:flow``, with ``dg:flowFrom`` and ``dg:flowTo``). It says nothing
that the facts do not say.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

__all__ = ["Flow", "read_flows", "write_flows"]


class Flow(NamedTuple):
    """What one row says was delivered: its number, the kind of weapon, first and last year of
    delivery, the volume in millions of TIV, and whether number or years are estimates."""

    row: int
    kind: str
    first: int
    last: int
    volume: float
    estimated: bool


def write_flows(source: str, flows: Sequence[Flow]) -> str:
    """Flows of one source as text.

    >>> read_flows(write_flows("s", [Flow(2, "tank", 1975, 1976, 9.5, True)]))
    ('s', [Flow(row=2, kind='tank', first=1975, last=1976, volume=9.5, estimated=True)])
    """
    rows: Iterable[list[object]] = ([*flow[:5], int(flow.estimated)] for flow in flows)
    return json.dumps([source, *rows], separators=(",", ":"))


def read_flows(text: str) -> tuple[str, list[Flow]]:
    """The identifier of the source, and its flows."""
    source, *rows = json.loads(text)
    return source, [Flow(a, b, c, d, e, bool(f)) for a, b, c, d, e, f in rows]
