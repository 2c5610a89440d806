"""What tests of tables of one's own share: the head of a mapping, and what its rows tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from diplograph.importers import running
from diplograph.importers.knowing import Known
from diplograph.importers.mapping.importing import table_dataset
from diplograph.importers.telling import Told
from diplograph.namespaces import DG, SOURCE, local_name

HEAD = """
dataset:
  identifier: made-up
  title: A made-up table
  publisher: Nobody
  rights: none needed
  description: pacts of made-up years
  temporal: 1900/2010
  issued: 2010-06
  covers: [Kenya, Chad]
"""


@dataclass
class Result:
    """What a table told: facts by the row and the last part of their IRI, and the ledger."""

    told: Told
    known: Known
    rows: int
    quads: set[ox.Quad]

    def values(self, subject: str, name: str) -> list[str]:
        return sorted(
            q.object.value
            for q in self.quads
            if str(q.subject)[1:-1].endswith(subject) and q.predicate.value == DG + name
        )

    def facts(self, kind: str) -> dict[str, dict[str, list[str]]]:
        """The facts of a class: by their name, their values by property, IRIs by their last part."""
        found: dict[str, dict[str, set[str]]] = {}
        type_ = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
        home = ox.NamedNode(SOURCE + "made-up")
        these = {
            q.subject for q in self.quads if q.predicate == type_ and q.object.value == DG + kind
        }
        for quad in self.quads:
            if quad.subject in these and quad.graph_name == home:
                name = local_name(quad.subject.value)
                value = quad.object.value
                shown = local_name(value) if isinstance(quad.object, ox.NamedNode) else value
                found.setdefault(name, {}).setdefault(local_name(quad.predicate.value), set()).add(
                    shown
                )
        return {n: {p: sorted(v) for p, v in own.items()} for n, own in sorted(found.items())}

    @property
    def ledger(self) -> list[tuple[int, str, str]]:
        """The row, the reason and the sentence of each entry."""
        entries = []
        for quad in self.quads:
            if quad.predicate.value == DG + "reason" and isinstance(quad.graph_name, ox.NamedNode):
                detail = next(
                    q.object.value for q in self.quads
                    if q.subject == quad.subject and q.predicate.value == DG + "detail"
                )  # fmt: skip
                row = int(local_name(quad.subject.value).split("-")[0])
                entries.append((row, local_name(quad.object.value), detail))
        return sorted(entries)


@pytest.fixture
def tell(tmp_path: Path) -> Callable[..., Result]:
    """Tell the rows of a made-up table by a mapping, without a store."""

    def run(
        rows: str, mapping: str, decisions: Mapping[tuple[str, str], str] | None = None
    ) -> Result:
        file, path = tmp_path / "made-up.csv", tmp_path / "made-up.yaml"
        file.write_text(rows.strip() + "\n", encoding="utf-8")
        path.write_text(HEAD + mapping, encoding="utf-8")
        dataset = table_dataset(file, path)
        parts = running._parts(dataset, [file], None)
        told = Told(dataset.name, dataset.issued)
        known = Known(told, decisions or {})
        count = sum(dataset.tell(parts, told, known))
        quads = set(told.take().quads())
        return Result(told, known, count, quads)

    return run
