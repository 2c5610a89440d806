"""What each state did about each agreement, from the members' list of the IEA Database.

A row is one state and one agreement, with the dates on which the state signed and ratified it, on
which it entered into force for the state, on which that ended, on which it entered into force
again, and so on in turns. A date that another state's time falls on is that state's: what Russia is
said to have signed in 1975 the Soviet Union signed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from diplograph import dates, states
from diplograph.errors import DateError
from diplograph.importers.knowing import Known, Party
from diplograph.importers.layouts import Line
from diplograph.importers.telling import Told, slug
from diplograph.words import in_words

__all__ = ["PLACEHOLDERS_FROM", "Members", "Placeholders"]

PLACEHOLDERS_FROM = "2500"
"""From this year on a date stands for none: 2599, 2699, 2899, 2999 and the like."""

_TURNS = [f"ceif{n}" for n in range(3, 10)]
_WORDS = {
    "signed": "was signed by {}",
    "ratified": "was ratified by {}",
    "in-force": "entered into force for {}",
    "withdrawn": "was left by {}",
    "ended": "ended for {}",
}


class Placeholders:
    """Dates that stand for none, and the rows that have them: one entry of the ledger for each."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._rows: dict[tuple[str, str], list[int]] = defaultdict(list)

    def is_one(self, row: int, what: str, value: str) -> bool:
        """Whether a value stands for no date; if so it is kept for the ledger."""
        if value[:4] < PLACEHOLDERS_FROM or not value[:4].isdigit():
            return False
        self._rows[what, value].append(row)
        return True

    def note(self) -> None:
        """Enter them into the ledger."""
        for (what, value), rows in sorted(self._rows.items()):
            self._told.note(
                rows[0], "no-date",
                f"In {_counted(rows)} the date of “{what}” stands for none; no date is told.",
                value, rows=rows,
            )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Step:
    """A dated stage of one state, and who it was at that time."""

    stage: str
    when: str
    party: Party


class Members:
    """Tells the rows of the members' list.

    ``only_year`` are the agreements of which the list of agreements says that only the year of
    signature is known: what this list prints as their first of January is the year.
    """

    def __init__(self, told: Told, known: Known, only_year: set[str]) -> None:
        self._told, self._known, self._only_year = told, known, only_year
        self._placeholders = Placeholders(told)
        self._seen: set[str] = set()
        self._ended: set[str] = set()
        self._rows: dict[str, list[int]] = defaultdict(list)
        self._empty: dict[str, list[tuple[int, str]]] = defaultdict(list)
        self._told_of: set[str] = set()

    def began(self, number: str) -> bool:
        """Whether this is the first row of the agreement."""
        new = number not in self._seen
        self._seen.add(number)
        return new

    def ends(self, number: str) -> bool:
        """Whether this is the first row of the agreement that says when it ended."""
        new = number not in self._ended
        self._ended.add(number)
        return new

    def tell(self, line: Line, name: str) -> None:
        """Tell one row."""
        cells = [line[c] for c in ("csig", "crat", *_TURNS)]
        if not any(cells):
            self._empty[line["id"]].append((line.row, line["country"]))
            self._told.refused += 1
            return
        fact = f"{line['id']}-{slug(line['country'])}"
        if fact in self._told_of:
            self._told.refuse(
                line.row, "repeated-row",
                f"{line['country']} and agreement {line['id']} stand in a row before it.",
                ", ".join(line.raw),
            )  # fmt: skip
            return
        self._told_of.add(fact)
        steps = self._steps(line)
        now = self._known.party(line["country"], row=line.row) if steps else self._as_of(line)
        self._participations(line, name, fact, steps, now)

    def note(self) -> None:
        """Enter into the ledger what stands in many rows alike."""
        self._placeholders.note()
        if self._rows["year"]:
            rows = self._rows["year"]
            self._told.note(
                rows[0], "no-date",
                f"In {_counted(rows)} the first of January stands for the year, of which the list "
                "of agreements gives no day; the year is told.",
                "-01-01", rows=rows,
            )  # fmt: skip
        for number, empty in self._empty.items():
            rows = [row for row, _ in empty]
            self._told.note(
                rows[0], "empty-row",
                f"Under agreement {number}, {_counted(rows)} name a state without any date of its "
                "own: that it signed, ratified or became a party is not said, and not told.",
                "; ".join(country for _, country in empty), rows=rows,
            )  # fmt: skip

    # --- one row -------------------------------------------------------------------------------

    def _steps(self, line: Line) -> list[_Step]:
        """The dated stages of a row in the order of its columns."""
        turns = [
            ("in-force" if place % 2 == 0 else "withdrawn", column)
            for place, column in enumerate(_TURNS)
        ]
        steps = []
        for stage, column in (("signed", "csig"), ("ratified", "crat"), *turns):
            value = line[column]
            if not value or self._placeholders.is_one(line.row, column, value):
                continue
            when = self._as_precise(line, value)
            try:
                period = dates.parse(when)
            except DateError as error:
                self._told.note(line.row, "damaged-value", f"{column}: {error}", value)
                continue
            if stage == "withdrawn" and value == line["ended"]:
                stage = "ended"
            party = self._known.party(line["country"], row=line.row, when=period)
            steps.append(_Step(stage, when, party))
        return steps

    def _as_precise(self, line: Line, value: str) -> str:
        if line["id"] in self._only_year and value == line["signed"] and value[4:] == "-01-01":
            if line.row not in self._rows["year"][-1:]:
                self._rows["year"].append(line.row)
            return value[:4]
        return value

    def _as_of(self, line: Line) -> Party:
        """Who is meant by a row that has no date of its own but placeholders."""
        try:
            when = dates.parse(line["signed"]) if line["signed"] else None
        except DateError:
            when = None
        return self._known.party(line["country"], row=line.row, when=when)

    def _participations(
        self, line: Line, name: str, fact: str, steps: list[_Step], now: Party
    ) -> None:
        told = self._told
        of = told.own("agreement", line["id"])
        named: dict[str, str] = {}
        kept = _continued(steps, now, line["ended"])
        for step in (*steps, *kept) or [_Step("", "", now)]:
            party = step.party
            if party.iri not in named:
                named[party.iri] = fact if not named else f"{fact}-as-{slug(party.label)}"
                told.fact(
                    named[party.iri],
                    "Participation",
                    f"{party.label} is listed under {name}.",
                    row=line.row,
                    links={"of": of, "agent": party.iri},
                    values={"printed": line["country"]} if party.note else None,
                )
        numbers: dict[str, int] = defaultdict(int)
        for step in (*steps, *kept):
            own = f"{named[step.party.iri]}-{step.stage}"
            numbers[own] += 1
            inferred = any(step is one for one in kept)
            said = _WORDS[step.stage].format(step.party.label)
            told.fact(
                own if numbers[own] == 1 else f"{own}-{numbers[own]}",
                "StageFact",
                f"Taken over by {step.party.label} on {in_words(step.when)}: {name}."
                if inferred
                else f"{name}: {said} {'on' if len(step.when) == 10 else 'in'} "
                f"{in_words(step.when)}.",
                row=line.row,
                when=step.when,
                grade="inferred" if inferred else "stated",
                links={"of": of, "stage": told.concept("stage", step.stage),
                       "forParty": step.party.iri},
            )  # fmt: skip


def _continued(steps: list[_Step], now: Party, ended: str) -> list[_Step]:
    """Entries into force that follow: for a state that came in the place of one that is bound.

    The list names the state of today. Where it entered into force in the time of another and the
    row tells no end of that before the named state began, the named state is bound from then on.
    """
    found = []
    for place, step in enumerate(steps):
        after = steps[place + 1] if place + 1 < len(steps) else None
        heir = after.party if after else now
        end = after.when if after else ended
        if step.stage != "in-force" or heir.iri == step.party.iri:
            continue
        state = states.all_states().get(heir.iri)
        begin = state.begin.isoformat() if state and state.begin else ""
        if begin > step.when and (not end or begin < end):
            found.append(_Step("in-force", begin, heir))
    return found


def _counted(rows: Iterable[int]) -> str:
    number = len(list(rows))
    return "1 row" if number == 1 else f"{number:,} rows"
