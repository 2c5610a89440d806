"""Run a reading: by the pattern of its template, or by the call that it names."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module

from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Context, Outcome
from diplograph.asking.patterns import by_pattern

__all__ = ["CALLED", "called", "run"]

CALLED: Mapping[str, str] = {
    "agreements": "bound.agreements",
    "parties": "bound.parties",
    "links": "library.links",
    "path": "library.path",
    "conflicts": "library.conflicts",
    "status": "library.status",
    "describe": "library.describe",
    "timeline": "library.timeline",
    "distinct": "library.distinct",
    "total": "figures.total",
    "rank": "figures.rank",
    "limit": "limits.limit",
    "moves": "moving.moved",
    "liken": "likening.likened",
    "balance": "balancing.balance",
    "adds-up": "balancing.adds_up",
    "change": "figures.change",
    "compare": "figures.compare",
    "lasting": "terms.lasting",
    "longest": "terms.longest",
    "most-often": "terms.most_often",
    "after": "terms.after",
    "before": "terms.before",
    "volumes": "volumes.volumes",
    "together": "reckoning.together",
    "factor": "reckoning.factor",
    "growth": "growing.growth",
    "by-one-side": "reckoning.by_one_side",
    "interval": "intervals.interval",
    "stayed": "intervals.stayed",
    "again": "tabling.again",
    "waited-longest": "tabling.waited_longest",
    "orders": "ordering.orders",
    "fate": "ordering.fate",
    "sought": "ordering.sought",
    "batches": "batches.batches",
    "batches-by-source": "batches.by_source",
    "all-told": "gathering.all_told",
    "happenings": "gathering.happenings",
    "in-turn": "gathering.in_turn",
}
"""By the call of a template, the module and the function that answer it."""


def run(context: Context, reading: Reading) -> Outcome:
    """Answer one reading."""
    where = CALLED.get(reading.template.call)
    return (called(where) if where else by_pattern)(context, reading)


def called(where: str) -> Callable[[Context, Reading], Outcome]:
    """A function by its module and name; the module is imported when it is first needed."""
    module, _, name = where.partition(".")
    function: Callable[[Context, Reading], Outcome] = getattr(
        import_module(f"{__package__}.calls.{module}"), name
    )
    return function
