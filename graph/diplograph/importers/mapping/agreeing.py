"""Rows of agreements: with all parties, a party a row, a stage a row."""

from __future__ import annotations

from collections.abc import Iterator

from diplograph.importers.knowing import Party
from diplograph.importers.mapping.finding import Named, listed
from diplograph.importers.mapping.records import Cells, Parties, StageOf, Template, When
from diplograph.importers.mapping.stating import RowTeller, Statement, as_printed
from diplograph.namespaces import PREFIXES

__all__ = ["AgreementTeller"]


class AgreementTeller(RowTeller):
    """Tells rows of agreements."""

    def agreement(self, row: int, cells: Cells) -> Iterator[Statement]:
        """An agreement with all its parties."""
        thing = self._agreement(row, cells)
        if thing is None:
            return
        iri, label = thing
        stages = self.stages(row, cells)
        when = self.date(row, cells, [time for _, _, time, _ in stages])
        named = [
            (spec, one) for spec in self.plan.parties for one in self.find.named(spec, cells, row)
        ]
        if not stages and not named and not self.has_figures(row, cells):
            self.why = "The agreement has neither a party nor a stage."
            return
        self._tell_agreement(row, cells, iri, label)
        whole = [(spec, one) for spec, one in named if spec.stage is None]
        found = {
            p.iri: (p, one) for spec, one in whole for p in [self.find.party(spec, one, when, row)]
        }
        if found:
            yield self._parties(row, cells, iri, label, list(found.values()), "parties")
        for spec, one in named:
            if spec.stage is not None:
                yield from self._by_cell(row, cells, iri, label, spec, one)
        for spec_, stage, time, _ in stages:
            yield self.stage(row, cells, iri, label, spec_, stage, time, None)
        yield from self.figures(row, cells, {"of": iri}, f"“{label}”")

    def participation(self, row: int, cells: Cells) -> Iterator[Statement]:
        """A party's part in an agreement, or a stage of one: each stage by its own date."""
        thing = self._agreement(row, cells)
        if thing is None:
            return
        iri, label = thing
        stages = self.stages(row, cells)
        named = [
            (spec, one) for spec in self.plan.parties for one in self.find.named(spec, cells, row)
        ]
        if self.plan.row == "participation" and not named:
            self.why = "The row names no party."
            return
        if self.plan.row == "stage" and not stages:
            self.why = "The row tells no stage that can be read."
            return
        self._tell_agreement(row, cells, iri, label)
        own = [s for s in stages if s[3] is not False and named]
        date = self.date(row, cells, [time for _, _, time, _ in stages])
        for spec, one in named:
            if spec.stage is not None:
                yield from self._by_cell(row, cells, iri, label, spec, one)
                continue
            asked = dict.fromkeys(time or date for _, _, time, _ in own)
            by_date = {time: self.find.party(spec, one, time, row) for time in asked}
            by_date = by_date or {date: self.find.party(spec, one, date, row)}
            if self.plan.row == "participation":
                for party in {p.iri: p for p in by_date.values()}.values():
                    yield self._parties(row, cells, iri, label, [(party, one)], "party")
            for of, stage, time, _ in own:
                yield self.stage(row, cells, iri, label, of, stage, time, by_date[time or date])
            area = {"of": iri, "area": next(iter(by_date.values())).iri}
            yield from self.figures(row, cells, area, f"“{label}” for {one.printed}")
        for of, stage, time, whose in stages:
            same = (iri, stage, time or "")
            if (whose is False or not named) and same not in self.once:
                self.once.add(same)
                yield self.stage(row, cells, iri, label, of, stage, time, None)

    def _by_cell(
        self, row: int, cells: Cells, iri: str, label: str, spec: Parties, one: Named
    ) -> Iterator[Statement]:
        """A party whose name is the head of a column and whose cell is the date of a stage."""
        assert spec.stage is not None
        when = When(
            Template(((True, one.printed),)), formats=spec.formats, null=(*spec.null, *spec.no)
        )
        if one.cell in (*spec.null, *spec.no):
            return
        time = self.find.time(when, cells, row)
        if time is None:
            return
        party = self.find.party(spec, one, time, row)
        yield self._parties(row, cells, iri, label, [(party, one)], "party")
        yield self.stage(
            row, cells, iri, label, StageOf(spec.stage), spec.stage.given or "", time, party
        )

    def _agreement(self, row: int, cells: Cells) -> tuple[str, str] | None:
        thing = self.plan.agreement
        assert thing is not None
        label = thing.label.fill(cells) if thing.label else ""
        ident = thing.id.fill(cells) if thing.id else label
        if not label or not ident:
            self.why = "The row does not name its agreement."
            return None
        return self.find.names.iri("agreement", ident), label

    def _tell_agreement(self, row: int, cells: Cells, iri: str, label: str) -> None:
        thing = self.plan.agreement
        assert thing is not None
        kind = self.find.concept(thing.kind, cells, row)
        before = self.things.setdefault(iri, (label, kind))
        if before == (label, kind):
            self.told.entity(
                iri, "Agreement", label, links={"kind": PREFIXES["kind"] + (kind or "agreement")}
            )
            return
        if label != before[0] and (iri, "label", label) not in self.once:
            self.once.add((iri, "label", label))
            self.told.alias(iri, label)
        if kind != before[1]:
            self.told.note(
                row, "damaged-value",
                f"“{label}” is {before[1] or 'of no kind'} in an earlier row, and "
                f"{kind or 'of no kind'} here; the first is told.", kind or "",
            )  # fmt: skip

    def _parties(
        self,
        row: int,
        cells: Cells,
        iri: str,
        label: str,
        found: list[tuple[Party, Named]],
        name: str,
    ) -> Statement:
        names = [party.label for party, _ in found]
        are = "are parties" if len(names) > 1 else "is a party"
        return Statement(
            "Participation", name, f"{listed(names)} {are} to “{label}”.",
            {"of": iri, "agent": [party.iri for party, _ in found]},
            grade=self.grade(None, cells, row), values=as_printed(found),
        )  # fmt: skip
