"""Two things compared by a measure: “which has the greater capacity, A or B?”.

The measure is named by the question; there are few figures of each, and which of them each side of
the question means is told by the words of that side alone. A side that fits no figure well, or two
alike, is not compared.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence

from diplograph.asking.calls.measured import bounds
from diplograph.asking.calls.siding import asked_of_two
from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Context, Outcome
from diplograph.asking.patterns import query_of
from diplograph.asking.units import Unit
from diplograph.facts import facts_of
from diplograph.model import Fact

__all__ = ["likened"]

_FITS, _AHEAD = 0.5, 0.15
"""What share of the words of a side, by their weight, its figure has to meet, and how much more
than any other figure of the measure."""
_TURNS = ("than", "or", "versus", "against")


def likened(context: Context, reading: Reading) -> Outcome:
    """The figures of the two things that a question compares, in its order."""
    query = query_of(reading)
    allowed = {row["fact"] for row in context.graph.select(query)}
    found = facts_of(context.graph, sorted(allowed), copies=context.copies)
    figures = [fact for fact in found if bounds(fact) is not None and fact.grade != "inferred"]
    turn = _turn(context)
    nothing = Outcome(reading, query, 0.0, missing=tuple(u.text for u in reading.rest))
    if turn is None:
        return nothing
    sides = (
        [u for u in reading.rest if u.last <= turn],
        [u for u in reading.rest if u.first > turn],
    )
    if not all(sides):
        return nothing
    chosen = [_meant(side, figures, other) for side, other in zip(sides, sides[::-1], strict=True)]
    one, two = chosen
    if one is None or two is None or one[1].id == two[1].id:
        return nothing
    if one[1].values.get("unit") != two[1].values.get("unit"):
        return nothing
    labels = [
        _label(context, side, own[1], other[1])
        for side, own, other in ((sides[0], one, two), (sides[1], two, one))
    ]
    return Outcome(
        reading, query, context.share(reading, max(one[0], two[0])), facts=(one[1], two[1]),
        itself=True, plain=(2, 0),
        extra={
            "sides": [(labels[0], (one[1],)), (labels[1], (two[1],))],
            **asked_of_two(context.heard),
        },
    )  # fmt: skip


def _label(context: Context, side: Sequence[Unit], own: Fact, other: Fact) -> str:
    """The words of one side that tell its figure from the other one."""
    telling = [u for u in side if u.met.get(own.id, 0.0) > u.met.get(other.id, 0.0)] or side
    tokens = context.heard.tokens
    text = context.heard.question[tokens[telling[0].first].start : tokens[telling[-1].last - 1].end]
    return text[:1].upper() + text[1:]


def _turn(context: Context) -> int | None:
    """The place of the word between the two sides."""
    keys = [token.key for token in context.heard.tokens]
    for word in _TURNS:
        if word in keys[1:]:
            return len(keys) - 1 - keys[::-1].index(word)
    return None


def _meant(
    side: Sequence[Unit], figures: Collection[Fact], other: Sequence[Unit]
) -> tuple[float, Fact] | None:
    """The figure that one side of a comparison means, and what of the side it meets."""
    whole = sum(_weight(unit) for unit in side)
    if not whole:
        return None
    scored = sorted(
        (
            (
                sum(_weight(u) * u.met.get(fact.id, 0.0) for u in side) / whole,
                -sum(_weight(u) * u.met.get(fact.id, 0.0) for u in other),
                fact.id,
                fact,
            )
            for fact in figures
        ),
        reverse=True,
        key=lambda entry: entry[:3],
    )
    if not scored or scored[0][0] < _FITS:
        return None
    if len(scored) > 1 and scored[0][0] - scored[1][0] < _AHEAD:
        return None
    best = scored[0][3]
    if any(u.named and not u.loose and u.period is None and best.id not in u.met for u in side):
        return None
    return scored[0][0], best


def _weight(unit: Unit) -> float:
    """What a part of a side weighs, whatever clause of the question it stands in."""
    return unit.weight / (unit.part or 1.0)
