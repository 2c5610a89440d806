"""Run a reading: by the pattern of its template, or by the call that it names."""

from __future__ import annotations

from collections.abc import Callable

from diplograph.asking import (
    balancing,
    batches,
    bound,
    calls,
    figures,
    gathering,
    intervals,
    likening,
    limits,
    moving,
    ordering,
    reckoning,
    tabling,
    terms,
    volumes,
)
from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Context, Outcome
from diplograph.asking.patterns import by_pattern

__all__ = ["run"]

_CALLS: dict[str, Callable[[Context, Reading], Outcome]] = {
    "agreements": bound.agreements,
    "parties": bound.parties,
    "links": calls.links,
    "path": calls.path,
    "conflicts": calls.conflicts,
    "status": calls.status,
    "describe": calls.describe,
    "timeline": calls.timeline,
    "distinct": calls.distinct,
    "total": figures.total,
    "rank": figures.rank,
    "limit": limits.limit,
    "moves": moving.moved,
    "liken": likening.likened,
    "balance": balancing.balance,
    "adds-up": balancing.adds_up,
    "change": figures.change,
    "compare": figures.compare,
    "lasting": terms.lasting,
    "longest": terms.longest,
    "most-often": terms.most_often,
    "after": terms.after,
    "before": terms.before,
    "volumes": volumes.volumes,
    "together": reckoning.together,
    "factor": reckoning.factor,
    "by-one-side": reckoning.by_one_side,
    "interval": intervals.interval,
    "again": tabling.again,
    "waited-longest": tabling.waited_longest,
    "orders": ordering.orders,
    "fate": ordering.fate,
    "sought": ordering.sought,
    "batches": batches.batches,
    "batches-by-source": batches.by_source,
    "all-told": gathering.all_told,
    "happenings": gathering.happenings,
    "in-turn": gathering.in_turn,
}


def run(context: Context, reading: Reading) -> Outcome:
    """Answer one reading."""
    return _CALLS.get(reading.template.call, by_pattern)(context, reading)
