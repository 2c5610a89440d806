"""What went from whom to whom, in short, so that volumes can be added up quickly.

Each supplier and recipient have flows: texts in the index with the kind, the year of order, the
years of delivery and the volume of each transfer between them (:mod:`diplograph.flows`).
"""

from __future__ import annotations

from collections import defaultdict

from diplograph.flows import Flow, write_flows
from diplograph.importers.sipri_facts import Deal
from diplograph.importers.sipri_rows import Row
from diplograph.importers.telling import Told
from diplograph.namespaces import local_name

__all__ = ["Flows"]

_MOST = 20_000
"""Transfers that are held back before they are written."""


class Flows:
    """Gathers the flows of a register and writes them, many at once."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._held: dict[tuple[str, str], list[Flow]] = defaultdict(list)
        self._at: dict[tuple[str, str], str] = {}
        self._count = 0

    def add(self, deal: Deal, row: Row, kind: str) -> None:
        """Take in what a row says was delivered."""
        if not row["tiv_delivered"] or not row.years:
            return
        pair = (
            deal.supplier.iri if deal.supplier else "",
            deal.recipient.iri if deal.recipient else "",
        )
        estimated = not row.marked.isdisjoint(("delivered", "years"))
        flow = Flow(
            row.row, local_name(kind), row.years[0], row.years[-1], float(row["tiv_delivered"]),
            estimated,
        )  # fmt: skip
        self._held[pair].append(flow)
        # Of a thing of the dataset's own, so that it goes with the dataset.
        self._at.setdefault(pair, deal.iri)
        self._count += 1
        if self._count >= _MOST:
            self.write()

    def write(self) -> None:
        """Write what was gathered."""
        for pair, flows in self._held.items():
            ends = {"flowFrom": pair[0], "flowTo": pair[1]}
            self._told.index(
                self._at[pair],
                links={name: iri for name, iri in ends.items() if iri},
                values={"flow": write_flows(self._told.identifier, flows)},
            )
        self._held.clear()
        self._at.clear()
        self._count = 0
