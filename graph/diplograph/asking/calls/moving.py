"""Years in which one figure went one way and another went the other, or the same: “in which year
did imports grow while Russia's share of them fell?”.

Of two series of yearly figures of one party and its counterpart, an amount and a share, each year
is held against the year before. The part of the question that speaks of the share tells which way
it went, the other one which way the amount did.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from diplograph.asking.calls.measured import Measured, bounds, measured
from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Context, Outcome, once
from diplograph.asking.patterns import query_of
from diplograph.asking.retrieval import retrieve
from diplograph.asking.wording import grammar
from diplograph.facts import facts_of
from diplograph.model import Fact

__all__ = ["moved"]

_PARTS = re.compile(
    r"\b(?:and yet|and|yet|while|whereas|although|though|but|even as|despite|in spite of)\b|[,;:]",
    re.IGNORECASE,
)
_MOST = 120


def moved(context: Context, reading: Reading) -> Outcome:
    """The years in which the amount and the share moved as the question has it."""
    query = query_of(reading)
    nothing = Outcome(reading, query, 0.0, missing=tuple(u.text for u in reading.rest))
    ways = _ways(context)
    if ways is None:
        return nothing
    allowed = {row["fact"] for row in context.graph.select(query)}
    rest = [u for u in reading.rest if u.named]
    hits = [h for h in retrieve(rest, allowed, most=_MOST) if h.named] if rest else []
    found = facts_of(context.graph, [h.fact for h in hits], copies=context.copies)
    pair = _two_series(list(measured(context, found).values()))
    if pair is None:
        return nothing
    steps = [_steps(series) for series in pair]
    years = [
        year for year in steps[0].keys() & steps[1].keys()
        if all(
            (after - before) * way > 0
            for way, (before, after) in zip(
                ways, (steps[0][year][0], steps[1][year][0]), strict=True
            )
        )
    ]  # fmt: skip
    facts: list[Fact] = []
    for year in sorted(years):
        for step in steps:
            facts += step[year][1]
    if not facts:
        return nothing
    share = context.share(reading, 0.0)
    told = f"In {', '.join(sorted(years))}."
    return Outcome(
        reading, query, max(share, _SURE), facts=once(facts), itself=True, decision=True,
        extra={"worked": told},
    )  # fmt: skip


_SURE = 0.96
"""What a question is accounted for of which both ways, both series and all names are met."""


def _ways(context: Context) -> tuple[int, int] | None:
    """Which way the amount and the share went, by the parts of the question; None if not told."""
    heard = context.heard
    bounds_of = [0, *(m.start() for m in _PARTS.finditer(heard.question)), len(heard.question)]
    amount = share = 0
    for begin, end in pairwise(bounds_of):
        keys = [t.key for t in heard.tokens if begin <= t.start < end]
        way = _way(keys)
        if not way:
            continue
        if grammar("shares") & set(keys):
            share = share or way
        else:
            amount = amount or way
    return (amount, share) if amount and share else None


def _way(keys: Sequence[str]) -> int:
    up, down = (bool(grammar(name) & set(keys)) for name in ("rising", "falling"))
    return 0 if up == down else 1 if up else -1


def _two_series(
    figures: Sequence[Measured],
) -> tuple[dict[str, Measured], dict[str, Measured]] | None:
    """The yearly amounts and the yearly shares of one party and counterpart, by one teller."""
    series: dict[tuple[str, str, frozenset[str], str, str], dict[str, Measured]] = {}
    for figure in figures:
        if len(figure.time) == _YEAR and bounds(figure.fact) and "value" in figure.fact.values:
            key = (figure.area, figure.counterpart, figure.tellers, figure.measure, figure.unit)
            series.setdefault(key, {})[figure.time] = figure
    long = {key: own for key, own in series.items() if len(own) > 1}
    for key, shares in long.items():
        for other, amounts in long.items():
            if key[:3] == other[:3] and key[4] == "percent" != other[4]:
                return amounts, shares
    return None


_YEAR = 4


def _steps(
    series: Mapping[str, Measured],
) -> dict[str, tuple[tuple[float, float], tuple[Fact, Fact]]]:
    """By year, the figure of the year before and its own, and their facts."""
    found = {}
    for year, figure in series.items():
        before = series.get(str(int(year) - 1))
        if before is not None:
            values = (float(before.fact.values["value"]), float(figure.fact.values["value"]))
            found[year] = (values, (before.fact, figure.fact))
    return found
