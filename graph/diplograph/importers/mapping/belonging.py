"""Rows of memberships, tenures, transfers and figures."""

from __future__ import annotations

from collections.abc import Iterator

from diplograph.importers.mapping.concepts import concept_label
from diplograph.importers.mapping.finding import listed
from diplograph.importers.mapping.records import Cells, Thing
from diplograph.importers.mapping.stating import RowTeller, Statement, as_printed
from diplograph.namespaces import PREFIXES

__all__ = ["OtherTeller"]


class OtherTeller(RowTeller):
    """Tells rows that are about no agreement."""

    def membership(self, row: int, cells: Cells) -> Iterator[Statement]:
        """Who belonged to an organization."""
        assert self.plan.organization is not None
        named = [
            (spec, one) for spec in self.plan.parties for one in self.find.named(spec, cells, row)
        ]
        role = self.find.concept(self.plan.role, cells, row) if self.plan.role else "member"
        whole = (
            self.find.organization(self.plan.organization, cells, row) if named and role else None
        )
        if whole is None or role is None:
            self.why = "The row does not name a member, an organization and a role that is known."
            return
        time = self.find.time(self.plan.when, cells, row)
        when = self.find.time(self.plan.date, cells, row) if self.plan.date else time
        for spec, one in named:
            party = self.find.party(spec, one, when, row)
            yield Statement(
                "Membership", role,
                f"{party.label} belonged to {whole.label} as {concept_label('role', role)}.",
                {"agent": party.iri, "within": whole.iri, "role": PREFIXES["role"] + role},
                time, self.grade(None, cells, row), as_printed([(party, one)]),
            )  # fmt: skip

    def tenure(self, row: int, cells: Cells) -> Iterator[Statement]:
        """Who held an office."""
        person, post = self.plan.person, self.plan.post
        assert person is not None
        assert post is not None
        assert person.label is not None
        label = person.label.fill(cells)
        ident = person.id.fill(cells) if person.id else label
        named = self.find.named(post.within, cells, row)
        office = post.label.fill(cells)
        if not label or not ident or len(named) != 1 or not office:
            self.why = "The row does not name one person, one office and whose office it is."
            return
        time = self.find.time(self.plan.when, cells, row)
        when = self.find.time(self.plan.date, cells, row) if self.plan.date else time
        state = self.find.party(post.within, named[0], when, row)
        title = f"{office} of {state.label}"
        iri = self.find.names.iri("post", title)
        holder = self.find.names.iri("person", ident)
        self.told.entity(holder, "Leader" if person.leader else "Person", label)
        self.told.entity(iri, "Post", title, links={"postIn": state.iri})
        yield Statement(
            "Tenure", "tenure", f"{label} was {title}.", {"agent": holder, "post": iri},
            time, self.grade(None, cells, row), as_printed([(state, named[0])]),
        )  # fmt: skip

    def transfer(self, row: int, cells: Cells) -> Iterator[Statement]:
        """A transfer of arms."""
        plan, find = self.plan, self.find
        assert plan.supplier is not None
        assert plan.recipient is not None
        assert plan.weapon is not None
        assert plan.weapon.label is not None
        sides = [find.named(spec, cells, row) for spec in (plan.supplier, plan.recipient)]
        weapon = plan.weapon.label.fill(cells)
        if not all(sides) or not weapon:
            self.why = "The row does not name a supplier, a recipient and a weapon."
            return
        stages = self.stages(row, cells)
        when = self.date(row, cells, [time for _, _, time, _ in stages])
        found = [
            [(find.party(spec, one, when, row), one) for one in named]
            for spec, named in zip((plan.supplier, plan.recipient), sides, strict=True)
        ]
        ident = plan.weapon.id.fill(cells) if plan.weapon.id else weapon
        iri = find.names.iri("weapon", ident or weapon)
        kind = find.concept(plan.weapon.kind, cells, row) or "unspecified"
        self.told.entity(iri, "WeaponSystem", weapon, links={"kind": PREFIXES["wkind"] + kind})
        who, whom = (listed([party.label for party, _ in side]) for side in found)
        deal = _ident(plan.transfer, cells) or f"row {row}"
        transfer = find.names.iri("transfer", deal)
        label = f"{weapon} from {who} to {whom}"
        self.told.entity(transfer, "ArmsTransfer", label)
        described = plan.weapon.described.fill(cells) if plan.weapon.described else ""
        yield Statement(
            "TransferFact", "transfer", f"{who} supplies {weapon} to {whom}.",
            {"of": transfer, "weapon": iri,
             "supplier": [party.iri for party, _ in found[0]],
             "recipient": [party.iri for party, _ in found[1]]},
            None, self.grade(None, cells, row),
            {**as_printed([*found[0], *found[1]]),
             **({"describedAs": described} if described else {})},
        )  # fmt: skip
        for of, stage, time, _ in stages:
            yield self.stage(row, cells, transfer, label, of, stage, time, None)
        yield from self.figures(row, cells, {"of": transfer}, f"“{label}”")

    def figure(self, row: int, cells: Cells) -> Iterator[Statement]:
        """A number of a state, or of a flow between two."""
        plan, find = self.plan, self.find
        assert plan.area is not None
        area = find.named(plan.area, cells, row)
        other = find.named(plan.counterpart, cells, row) if plan.counterpart else []
        if len(area) != 1 or len(other) > 1 or (plan.counterpart and not other):
            self.why = "The row does not name one area, and one counterpart where there is one."
            return
        if not self.has_figures(row, cells):
            self.why = "The row gives no number."
            return
        times = [find.time(figure.when or plan.when, cells, row) for figure in plan.figures]
        when = self.date(row, cells, times)
        links = {"area": find.party(plan.area, area[0], when, row)}
        if other and plan.counterpart:
            links["counterpart"] = find.party(plan.counterpart, other[0], when, row)
        of = links["area"].label
        if "counterpart" in links:
            of += f" with {links['counterpart'].label}"
        yield from self.figures(row, cells, {name: p.iri for name, p in links.items()}, of)


def _ident(thing: Thing | None, cells: Cells) -> str:
    template = thing and (thing.id or thing.label)
    return template.fill(cells) if template else ""
