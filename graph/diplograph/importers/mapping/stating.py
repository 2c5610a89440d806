"""What every kind of row has: facts, stages, figures, the grade and the date of a row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from diplograph.importers.knowing import Known, Party
from diplograph.importers.mapping.concepts import concept_label
from diplograph.importers.mapping.finding import Finder, Named, earliest
from diplograph.importers.mapping.records import Cells, Concept, Plan, StageOf
from diplograph.importers.telling import Links, Told
from diplograph.namespaces import PREFIXES, SKOS

__all__ = ["RowTeller", "Statement", "as_printed"]

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
class Statement:
    """A fact as a row tells it, before it has its place among others."""

    kind: str
    name: str
    statement: str
    links: Links
    when: str | None = None
    grade: str = "stated"
    values: Mapping[str, str | Sequence[str]] = field(default_factory=dict)
    numbers: Mapping[str, str] = field(default_factory=dict)
    flags: tuple[str, ...] = ()


class RowTeller:
    """Tells rows by a plan; what each kind of row says is told by the classes below."""

    def __init__(self, plan: Plan, told: Told, known: Known) -> None:
        self.plan, self.told = plan, told
        self.find = Finder(told, known, plan.about.issued)
        self.once: set[tuple[str, ...]] = set()
        self.things: dict[str, tuple[str, str | None]] = {}
        self.why = ""

    def stages(self, row: int, cells: Cells) -> list[tuple[StageOf, str, str | None, bool | None]]:
        """The stages that a row tells: each with its concept, its time and whose it is."""
        told = []
        for of in self.plan.stages:
            stage = self.find.concept(of.stage, cells, row)
            time = self.find.time(of.when, cells, row) if stage else None
            if stage and (time or of.when is None or of.stage.value is not None):
                told.append((of, stage, time, of.own))
        return told

    def stage(
        self, row: int, cells: Cells, iri: str, label: str, of: StageOf, stage: str,
        time: str | None, party: Party | None,
    ) -> Statement:  # fmt: skip
        verb = _VERBS.get(stage) or f"reached the stage “{concept_label('stage', stage)}”"
        if party and stage == "withdrawn":
            statement = f"{party.label} withdrew from “{label}”."
        else:
            statement = f"“{label}” {verb}{f' for {party.label}' if party else ''}."
        links = {"of": iri, "stage": PREFIXES["stage"] + stage}
        if party:
            links["forParty"] = party.iri
        return Statement(
            "StageFact", stage, statement, links, time, self.grade(of.grade, cells, row)
        )

    def has_figures(self, row: int, cells: Cells) -> bool:
        return any(f.value.fill(cells) not in ("", *f.null) for f in self.plan.figures)

    def figures(self, row: int, cells: Cells, links: Links, of: str) -> Iterator[Statement]:
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
            yield Statement(
                "Observation", measure, f"The {what} of {of} is {much}{counted}.",
                {**links, "measure": PREFIXES["measure"] + measure,
                 "unit": PREFIXES["unit"] + unit},
                self.find.time(figure.when or self.plan.when, cells, row),
                self.grade(figure.grade, cells, row),
                {"printed": printed} if own else {}, number.values, number.flags,
            )  # fmt: skip

    def grade(self, grade: object, cells: Cells, row: int) -> str:
        own = grade if isinstance(grade, Concept) else self.plan.grade
        return self.find.concept(own, cells, row) or "stated"

    def date(self, row: int, cells: Cells, times: Sequence[str | None]) -> str | None:
        """The date of a row, by which its parties are found."""
        if self.plan.date is not None:
            return self.find.time(self.plan.date, cells, row)
        return earliest(times)


def as_printed(found: Sequence[tuple[Party, Named]]) -> dict[str, list[str]]:
    """What is printed, where it is not the name, and what was done to find the party."""
    values = {
        "printed": [one.printed for party, one in found if one.printed != party.label],
        f"{SKOS}note": [party.note for party, _ in found if party.note],
    }
    return {name: texts for name, texts in values.items() if texts}


def _told(values: Mapping[str, str], flags: tuple[str, ...]) -> str:
    about = "about " if "approximate" in flags else ""
    if "value" in values:
        return about + values["value"]
    if len(values) == 2:
        return f"{about}{values['minimum']} to {values['maximum']}"
    return (
        f"at least {values['minimum']}" if "minimum" in values else f"at most {values['maximum']}"
    )
