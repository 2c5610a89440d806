"""What imports did not take over as it stands, read from the store."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from diplograph.disk import is_store
from diplograph.errors import OptionError, StoreError
from diplograph.model import Record
from diplograph.namespaces import SOURCE
from diplograph.store import open_graph

__all__ = ["Entry", "ledger"]


@dataclass(frozen=True)
class Entry(Record):
    """An entry of the ledger: the file's source, the row, the reason, the value and a sentence."""

    source: str
    row: int
    reason: str
    printed: str
    detail: str


def ledger(into: Path, name: str | None = None) -> tuple[Entry, ...]:
    """The entries of a dataset's ledger, or of all datasets', by file and row.

    Raises :class:`~diplograph.errors.StoreError` where there is no store at ``into``, and
    :class:`~diplograph.errors.OptionError` where it holds no such dataset.
    """
    if not is_store(into):
        raise StoreError(f"{into}: is no on-disk store; diplograph import makes one.")
    graph = open_graph(into)
    held = {
        row["s"].removeprefix(SOURCE) for row in graph.select("SELECT ?s { ?s dg:importMark ?m }")
    }
    if name is not None and name not in held:
        raise OptionError(
            f"{into}: holds no dataset “{name}”; it holds {', '.join(sorted(held)) or 'none'}."
        )
    rows = graph.select(
        """SELECT ?g ?source ?row ?why ?detail ?printed WHERE {
            GRAPH ?g { ?e dg:reason ?reason ; dg:detail ?detail ; dg:evidence ?passage .
                       ?passage oa:hasSource ?source ; dg:row ?row
                       OPTIONAL { ?e dg:printed ?printed } }
            ?reason skos:prefLabel ?why
        }"""
    )
    entries = (
        Entry(row["source"].removeprefix(SOURCE), int(row["row"]), row["why"],
              row.get("printed", ""), row["detail"])
        for row in rows
        if name is None or row["g"] == SOURCE + name
    )  # fmt: skip
    return tuple(sorted(entries, key=lambda e: (e.source, e.row, e.reason, e.printed)))
