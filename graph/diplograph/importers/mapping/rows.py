"""What the rows of a mapped table tell."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from diplograph.importers.knowing import Known, Party
from diplograph.importers.layouts import Line
from diplograph.importers.mapping.concepts import concept_label
from diplograph.importers.mapping.finding import Finder, Named, earliest, listed
from diplograph.importers.mapping.records import Cells, Parties, Plan, StageOf, Thing
from diplograph.importers.running import Part
from diplograph.importers.telling import Links, Told
from diplograph.namespaces import PREFIXES, SKOS

__all__ = ["tell"]

_VERBS = {
    "considered": "was considered", "proposed": "was proposed", "planned": "was planned",
    "under-negotiation": "was under negotiation", "initialled": "was initialled",
    "rejected": "was rejected", "agreed": "was agreed", "signed": "was signed",
    "ratified": "was ratified", "in-force": "was in force", "ended": "ended",
    "ordered": "was ordered", "delivered": "was delivered",
    "produced": "was produced under licence", "completed": "was completed",
}  # fmt: skip
"""What a stage is in a sentence; the others by their name."""


@dataclass
class _Fact:
    kind: str
    name: str
    statement: str
    links: Links
    when: str | None = None
    grade: str = "stated"
    values: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ()


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


class _Rows:
    def __init__(self, plan: Plan, told: Told, known: Known) -> None:
        self.plan, self.told = plan, told
        self.find = Finder(told, known, plan.about.issued)
        self.null = {*plan.null}
        self.tellers: dict[str, Callable[[int, Cells], Iterator[_Fact]]] = {
            "agreement": self.agreement, "participation": self.participation,
            "stage": self.participation, "membership": self.membership, "tenure": self.tenure,
            "transfer": self.transfer, "figure": self.figure,
        }  # fmt: skip
        self.seen: dict[bytes, int] = {}
        self.once: set[tuple[str, ...]] = set()
        self.things: dict[str, tuple[str, str | None]] = {}
        self.why = ""

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

    # --- agreements ----------------------------------------------------------------------------

    def agreement(self, row: int, cells: Cells) -> Iterator[_Fact]:
        """An agreement with all its parties."""
        thing = self._agreement(row, cells)
        if thing is None:
            return
        iri, label = thing
        stages = self._stages(row, cells)
        when = self._date(row, cells, [time for _, _, time, _ in stages])
        named = [
            (spec, one) for spec in self.plan.parties for one in self.find.named(spec, cells, row)
        ]
        if not stages and not named and not self._has_figures(row, cells):
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
            yield self._stage(row, cells, iri, label, spec_, stage, time, None)
        yield from self._figures(row, cells, {"of": iri}, f"“{label}”")

    def participation(self, row: int, cells: Cells) -> Iterator[_Fact]:
        """A party's part in an agreement, or a stage of one: each stage by its own date."""
        thing = self._agreement(row, cells)
        if thing is None:
            return
        iri, label = thing
        stages = self._stages(row, cells)
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
        date = self._date(row, cells, [time for _, _, time, _ in stages])
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
                yield self._stage(row, cells, iri, label, of, stage, time, by_date[time or date])
            area = {"of": iri, "area": next(iter(by_date.values())).iri}
            yield from self._figures(row, cells, area, f"“{label}” for {one.printed}")
        for of, stage, time, whose in stages:
            same = (iri, stage, time or "")
            if (whose is False or not named) and same not in self.once:
                self.once.add(same)
                yield self._stage(row, cells, iri, label, of, stage, time, None)

    def _by_cell(
        self, row: int, cells: Cells, iri: str, label: str, spec: Parties, one: Named
    ) -> Iterator[_Fact]:
        """A party whose name is the head of a column and whose cell is the date of a stage."""
        from diplograph.importers.mapping.records import Template, When

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
        yield self._stage(
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
    ) -> _Fact:
        names = [party.label for party, _ in found]
        are = "are parties" if len(names) > 1 else "is a party"
        return _Fact(
            "Participation", name, f"{listed(names)} {are} to “{label}”.",
            {"of": iri, "agent": [party.iri for party, _ in found]},
            grade=self._grade(None, cells, row), values=_as_printed(found),
        )  # fmt: skip

    # --- stages and figures --------------------------------------------------------------------

    def _stages(self, row: int, cells: Cells) -> list[tuple[StageOf, str, str | None, bool | None]]:
        """The stages that a row tells: each with its concept, its time and whose it is."""
        told = []
        for of in self.plan.stages:
            stage = self.find.concept(of.stage, cells, row)
            time = self.find.time(of.when, cells, row) if stage else None
            if stage and (time or of.when is None or of.stage.value is not None):
                told.append((of, stage, time, of.own))
        return told

    def _stage(
        self, row: int, cells: Cells, iri: str, label: str, of: StageOf, stage: str,
        time: str | None, party: Party | None,
    ) -> _Fact:  # fmt: skip
        verb = _VERBS.get(stage) or f"reached the stage “{concept_label('stage', stage)}”"
        if party and stage == "withdrawn":
            statement = f"{party.label} withdrew from “{label}”."
        else:
            statement = f"“{label}” {verb}{f' for {party.label}' if party else ''}."
        links = {"of": iri, "stage": PREFIXES["stage"] + stage}
        if party:
            links["forParty"] = party.iri
        return _Fact("StageFact", stage, statement, links, time, self._grade(of.grade, cells, row))

    def _has_figures(self, row: int, cells: Cells) -> bool:
        return any(f.value.fill(cells) not in ("", *f.null) for f in self.plan.figures)

    def _figures(self, row: int, cells: Cells, links: Links, of: str) -> Iterator[_Fact]:
        for figure in self.plan.figures:
            read = self.find.number(figure, cells, row)
            measure = self.find.concept(figure.measure, cells, row) if read else None
            unit = self.find.concept(figure.unit, cells, row) if read else None
            if read is None or measure is None or unit is None:
                continue
            printed, number = read
            what = concept_label("measure", measure)
            much = "not known" if "unknown" in number.flags else _told(number.values, number.flags)
            counted = "" if "unknown" in number.flags else f" {concept_label('unit', unit)}"
            own = (printed,) != tuple(number.values.values())
            yield _Fact(
                "Observation", measure, f"The {what} of {of} is {much}{counted}.",
                {**links, "measure": PREFIXES["measure"] + measure,
                 "unit": PREFIXES["unit"] + unit},
                self.find.time(figure.when or self.plan.when, cells, row),
                self._grade(figure.grade, cells, row),
                {"printed": printed} if own else {}, number.values, number.flags,
            )  # fmt: skip

    def _grade(self, grade: object, cells: Cells, row: int) -> str:
        from diplograph.importers.mapping.records import Concept

        own = grade if isinstance(grade, Concept) else self.plan.grade
        return self.find.concept(own, cells, row) or "stated"

    def _date(self, row: int, cells: Cells, times: Sequence[str | None]) -> str | None:
        """The date of a row, by which its parties are found."""
        if self.plan.date is not None:
            return self.find.time(self.plan.date, cells, row)
        return earliest(times)

    # --- the others ----------------------------------------------------------------------------

    def membership(self, row: int, cells: Cells) -> Iterator[_Fact]:
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
            yield _Fact(
                "Membership", role,
                f"{party.label} belonged to {whole.label} as {concept_label('role', role)}.",
                {"agent": party.iri, "within": whole.iri, "role": PREFIXES["role"] + role},
                time, self._grade(None, cells, row), _as_printed([(party, one)]),
            )  # fmt: skip

    def tenure(self, row: int, cells: Cells) -> Iterator[_Fact]:
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
        yield _Fact(
            "Tenure", "tenure", f"{label} was {title}.", {"agent": holder, "post": iri},
            time, self._grade(None, cells, row), _as_printed([(state, named[0])]),
        )  # fmt: skip

    def transfer(self, row: int, cells: Cells) -> Iterator[_Fact]:
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
        stages = self._stages(row, cells)
        when = self._date(row, cells, [time for _, _, time, _ in stages])
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
        yield _Fact(
            "TransferFact", "transfer", f"{who} supplies {weapon} to {whom}.",
            {"of": transfer, "weapon": iri,
             "supplier": [party.iri for party, _ in found[0]],
             "recipient": [party.iri for party, _ in found[1]]},
            None, self._grade(None, cells, row),
            {**_as_printed([*found[0], *found[1]]),
             **({"describedAs": described} if described else {})},
        )  # fmt: skip
        for of, stage, time, _ in stages:
            yield self._stage(row, cells, transfer, label, of, stage, time, None)
        yield from self._figures(row, cells, {"of": transfer}, f"“{label}”")

    def figure(self, row: int, cells: Cells) -> Iterator[_Fact]:
        """A number of a state, or of a flow between two."""
        plan, find = self.plan, self.find
        assert plan.area is not None
        area = find.named(plan.area, cells, row)
        other = find.named(plan.counterpart, cells, row) if plan.counterpart else []
        if len(area) != 1 or len(other) > 1 or (plan.counterpart and not other):
            self.why = "The row does not name one area, and one counterpart where there is one."
            return
        if not self._has_figures(row, cells):
            self.why = "The row gives no number."
            return
        times = [find.time(figure.when or plan.when, cells, row) for figure in plan.figures]
        when = self._date(row, cells, times)
        links = {"area": find.party(plan.area, area[0], when, row)}
        if other and plan.counterpart:
            links["counterpart"] = find.party(plan.counterpart, other[0], when, row)
        of = links["area"].label
        if "counterpart" in links:
            of += f" with {links['counterpart'].label}"
        yield from self._figures(row, cells, {name: p.iri for name, p in links.items()}, of)


def _as_printed(found: Sequence[tuple[Party, Named]]) -> dict[str, list[str]]:
    """What is printed, where it is not the name, and what was done to find the party."""
    values = {
        "printed": [one.printed for party, one in found if one.printed != party.label],
        f"{SKOS}note": [party.note for party, _ in found if party.note],
    }
    return {name: texts for name, texts in values.items() if texts}


def _ident(thing: Thing | None, cells: Cells) -> str:
    template = thing and (thing.id or thing.label)
    return template.fill(cells) if template else ""


def _told(values: Mapping[str, str], flags: tuple[str, ...]) -> str:
    about = "about " if "approximate" in flags else ""
    if "value" in values:
        return about + values["value"]
    if len(values) == 2:
        return f"{about}{values['minimum']} to {values['maximum']}"
    return (
        f"at least {values['minimum']}" if "minimum" in values else f"at most {values['maximum']}"
    )
