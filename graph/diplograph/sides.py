"""How far an agreement came for its parties, from the facts of its view.

The view of an agreement (:mod:`diplograph.views`) has the facts told of the agreement as a whole
and, put with them, those told of single parties. For one or two parties and a date, this says which
stages count for each, and which of them is how it stands.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from diplograph.model import ASSERTED
from diplograph.namespaces import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from diplograph import dates

__all__ = [
    "ENDED", "ToldFact", "ToldStage", "View", "concerns", "current_of", "floor_of", "furthest",
    "holds_at", "is_concluded", "number_of", "sides_of", "stages_of", "undated",
]  # fmt: skip

_CONCLUDED = PREFIXES["stage"] + "concluded"
_IN_FORCE, ENDED = 60, 80
"""The order of being in force, and from which on a stage ends an agreement or a party's part."""

View = dict[str, Any]
"""An agreement as one document; see :mod:`diplograph.views`."""
ToldFact = dict[str, Any]
"""One of its facts."""
ToldStage = tuple[ToldFact, "dates.Certainty"]
"""A stage fact, and whether it had come about by the date asked for."""


def stages_of(view: View) -> list[ToldFact]:
    """The stage facts of an agreement in order of time."""
    stages = [fact for fact in view["facts"] if "stage" in fact]
    return sorted(stages, key=lambda f: (f.get("earliest", ""), f.get("latest", ""), f["fact"]))


def concerns(fact: ToldFact, parties: Sequence[str]) -> bool:
    """Whether a fact is told of the agreement as a whole, or of one of the parties."""
    return fact.get("party") in (None, *parties)


def sides_of(
    known: Sequence[ToldFact], stages: Sequence[ToldStage], parties: Sequence[str]
) -> list[list[ToldStage]] | None:
    """The stages of an agreement for each of two parties; once where it has none of its own.

    What ended for all ended for each. A party of which only the end is told was bound by the
    agreement as a whole until then. None
    where one of them has stages of its own by which it came in, but none by the date: it was no
    party yet.
    """
    of_all = [s for s in stages if "party" not in s[0]]
    ended = [s for s in of_all if s[0]["order"] >= ENDED]
    sides: list[list[ToldStage]] = []
    for party in dict.fromkeys(parties):
        own = [s for s in stages if s[0].get("party") == party]
        if any(f.get("party") == party and f["order"] < ENDED for f in known):
            if not own:
                return None
            sides.append([*_since_it_came_back(own), *ended])
        elif own:
            sides.append([*of_all, *own])
        elif of_all not in sides:
            sides.append(of_all)
    return [side for side in sides if side]


def undated(facts: list[ToldFact], known: list[ToldFact], parties: Sequence[str]) -> bool:
    """Whether a party is listed by itself without any date, and the other one has dates."""
    dated = {fact.get("party") for fact in known}
    listed = {fact.get("party") for fact in facts}
    return any(p in dated for p in parties) and any(p in listed - dated for p in parties)


def _since_it_came_back(stages: list[ToldStage]) -> list[ToldStage]:
    """The stages of a party without those before it left, where the agreement is in force again."""
    left = max(
        (
            fact.get("latest", "")
            for fact, _ in stages
            if fact["order"] >= ENDED
            and any(ENDED > f["order"] >= _IN_FORCE and _after(f, fact) for f, _ in stages)
        ),
        default="",
    )
    return [s for s in stages if s[0].get("earliest", "9999") > left]


def _after(fact: ToldFact, other: ToldFact) -> bool:
    return bool(fact.get("earliest", "") > other.get("latest", "9999"))


def current_of(stages: list[ToldStage]) -> ToldStage:
    """How far it came: by what is stated and concluded, else what is stated, else the rest."""
    asserted = [s for s in stages if s[0]["grade"] in ASSERTED]
    firm = [s for s in asserted if is_concluded(s[0])]
    return max(firm or asserted or stages, key=furthest)


def is_concluded(fact: ToldFact) -> bool:
    """Whether its stage is one of those of what was concluded."""
    return bool(fact["group"] == _CONCLUDED)


def furthest(stage: ToldStage) -> tuple[bool, bool, int, int, int, str]:
    """Order of stages: the stated, then the certain, then how far it came; of equals the most
    precisely dated, the earliest."""
    fact, certainty = stage
    earliest = -number_of(fact.get("earliest", "9999-12-31"))
    stated = fact["grade"] != "inferred"
    precise = -_span(fact)
    return (stated, certainty == "definitely", fact["order"], precise, earliest, fact["fact"])


def _span(fact: ToldFact) -> int:
    """How wide a stage's time is, for comparison only; very wide where an end is open."""
    if "earliest" not in fact or "latest" not in fact:
        return 10**9
    return number_of(fact["latest"]) - number_of(fact["earliest"])


def number_of(day: str) -> int:
    """A day as a number, for comparison only."""
    return int(day.replace("-", ""))


def floor_of(view: View, since: str | None) -> str | None:
    """The day before which no stage of an agreement is assumed.

    That of its earliest dated stage, and not before all its parties, and those who ask, existed.
    """
    dated = [fact["earliest"] for fact in view["facts"] if "stage" in fact and "earliest" in fact]
    known = (min(dated, default=None), view.get("since"), since)
    return max(filter(None, known), default=None)


def holds_at(
    row: ToldFact, as_of: dates.Period | None, floor: str | None = None
) -> dates.Certainty:
    """Whether a fact had come about by the date; what has no beginning, not before the floor."""
    if as_of is None:
        return "definitely"
    if "earliest" not in row and floor and as_of.latest and as_of.latest.isoformat() < floor:
        return "no"
    from diplograph import dates

    if "when" in row:
        return dates.reached(dates.parse(row["when"]), as_of)
    if "latest" in row and dates.reached(dates.parse(row["latest"]), as_of) == "definitely":
        return "definitely"
    return "possibly"
