"""What the rows of a mapped table tell."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping

from diplograph.importers.knowing import Known
from diplograph.importers.layouts import Line
from diplograph.importers.mapping.agreeing import AgreementTeller
from diplograph.importers.mapping.belonging import OtherTeller
from diplograph.importers.mapping.records import Cells, Plan
from diplograph.importers.mapping.stating import Statement
from diplograph.importers.running import Part
from diplograph.importers.telling import Told

__all__ = ["tell"]


def tell(plan: Plan, parts: Mapping[str, Part], told: Told, known: Known) -> Iterator[int]:
    """Tell what the rows of a table say by a mapping, and yield 1 for each.

    A row of which no fact can be told is refused, and so is one that repeats another word for word.
    """
    rows = _Rows(plan, told, known)
    (part,) = parts.values()
    for line in part.lines():
        if isinstance(line, Line):
            rows.row(line)
        else:
            row, cells = line
            told.refuse(
                row, "damaged-row", "The row has not as many cells as the header.", ", ".join(cells)
            )
        yield 1


class _Rows(AgreementTeller, OtherTeller):
    def __init__(self, plan: Plan, told: Told, known: Known) -> None:
        super().__init__(plan, told, known)
        self.null = {*plan.null}
        self.tellers: dict[str, Callable[[int, Cells], Iterator[Statement]]] = {
            "agreement": self.agreement, "participation": self.participation,
            "stage": self.participation, "membership": self.membership, "tenure": self.tenure,
            "transfer": self.transfer, "figure": self.figure,
        }  # fmt: skip
        self.seen: dict[bytes, int] = {}

    def row(self, line: Line) -> None:
        """Tell a row, or refuse it."""
        same = hashlib.blake2b("\x1f".join(line.raw).encode(), digest_size=16).digest()
        if same in self.seen:
            first = self.seen[same]
            self.told.refuse(
                line.row, "repeated-row", f"The row repeats row {first} word for word."
            )
            return
        self.seen[same] = line.row
        cells = {name: "" if text in self.null else text for name, text in line.cells.items()}
        before, self.why = self.told.facts, ""
        names: Counter[str] = Counter()
        for fact in self.tellers[self.plan.row](line.row, cells):
            names[fact.name] += 1
            number = f"-{names[fact.name]}" if names[fact.name] > 1 else ""
            self.told.fact(
                f"row-{line.row}-{fact.name}{number}", fact.kind, fact.statement, row=line.row,
                when=fact.when, grade=fact.grade, links=fact.links, values=fact.values,
                numbers=fact.numbers, flags=fact.flags,
            )  # fmt: skip
        if self.told.facts == before:
            why = self.why or "The row says nothing that the mapping makes a fact of."
            self.told.refuse(line.row, "damaged-row", why, ", ".join(filter(None, line.raw))[:200])
