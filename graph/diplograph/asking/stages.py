"""Whether a thing reached the stage that a question asks about, by whom and in its time."""

from __future__ import annotations

from collections.abc import Iterable

from diplograph import dates
from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Context, Outcome
from diplograph.asking.wording import grammar
from diplograph.model import ASSERTED, Fact
from diplograph.namespaces import values_clause

__all__ = ["happened_in", "is_of_its_parties", "reached"]

_CONCLUDING = frozenset({"agreed", "concluded", "signed"})
"""Stages of which each tells that something was concluded, and another may come without it."""
_STEPS = _CONCLUDING | {"initialled", "announced", "ratified", "completed", "ended"}
"""Stages that are reached on a day, and do not last."""
_DOING = frozenset({"proposed", "suggested", "offered", "considered", "planned"})
"""Stages that one party may reach without the other."""


def reached(outcome: Outcome) -> str | None:
    """``definitely``, ``possibly`` or ``no``; None where the sources leave it open.

    A rumour or a report reaches nothing. What is told to be agreed or in force may have been
    signed: that it was not is a no only where nothing concluded is told of it. Where the question
    is about what was done *in* some time (``extra["in"]``), what was done before that time is a no.
    """
    labels = _asked(outcome.reading)
    concluded = outcome.extra.get("concluded", frozenset())
    told = [f for f in outcome.facts if f.grade in ASSERTED]
    found = [f for f in told if f.stage in labels or ("concluded" in labels and f.id in concluded)]
    period = outcome.extra.get("in")
    if found and period is not None:
        return _in(found, period)
    if found:
        return "definitely" if any(f.holds != "possibly" for f in found) else "possibly"
    open_still = labels & _CONCLUDING and any(f.id in concluded for f in told)
    return None if open_still else "no"


def _in(found: Iterable[Fact], period: dates.Period) -> str:
    """Whether one of some steps was taken in a time."""
    how = {dates.within(dates.parse(f.when.edtf), period) if f.when else "possibly" for f in found}
    return next(known for known in ("definitely", "possibly", "no") if known in how)


def _asked(reading: Reading) -> set[str]:
    asked = reading.filled("stage")
    return {concept.label for concept in asked.concepts} if asked else set()


def happened_in(context: Context, reading: Reading) -> dates.Period | None:
    """The time in which a question asks whether a step was taken; None where it asks how things
    stood at the time: “had it been signed in September?”, “was it signed by then?”."""
    keys = [token.key for token in context.heard.tokens]
    if not keys or keys[0] not in ("was", "were", "did") or {"already", "yet", "still"} & set(keys):
        return None
    if not _asked(reading) & _STEPS:
        return None
    for mention in context.heard.of("date"):
        if isinstance(mention.period, dates.Period) and mention.relation not in ("as-of", "by"):
            return mention.period
    return None


def is_of_its_parties(context: Context, reading: Reading) -> bool:
    """Whether what is asked can be answered by how far a thing got.

    It cannot where a question names a place, one who is no party to it, or one party alone of what
    that one may have done without the other; nor where it makes more of it than is told (“only”).
    """
    thing = reading.filled("thing")
    sides = [f for name in ("x", "y") if (f := reading.filled(name))]
    if any(token.key in grammar("overstating") for token in context.heard.tokens):
        return False
    if thing is None or not sides:
        return True
    named = {e.id for filled in sides for e in filled.entities}
    if any(m.before in ("in", "at") and not m.adjective for f in sides for m in f.mentions):
        return False
    if len(sides) == 1 and _asked(reading) & _DOING:
        return False
    rows = context.graph.select(
        f"""SELECT DISTINCT ?party WHERE {{ {values_clause("of", [e.id for e in thing.entities])}
            ?of dg:party ?party }}"""
    )
    parties = {row["party"] for row in rows}
    return not parties or all(parties & {e.id for e in f.entities} for f in sides) or not named
