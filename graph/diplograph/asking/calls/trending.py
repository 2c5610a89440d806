"""Whether a figure went up or down: by its first and last year, or by each year between them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise

from diplograph.asking.outcome import Outcome, amount
from diplograph.asking.parts import Heard
from diplograph.asking.wording import grammar
from diplograph.dates import Period
from diplograph.model import Fact
from diplograph.words import in_words

__all__ = ["days_of", "one_of_each_time", "trend"]

_EACH = re.compile(
    r"\b(?:every|each|all)\b(?: \w+)? (?:year|years|time|times|period|half|month)\b|"
    r"\b(?:year (?:after|by|on) year|steadily|constantly|continuously|continually|always|"
    r"without (?:a break|interruption|exception)|uninterrupted(?:ly)?|consistently|invariably)\b",
    re.IGNORECASE,
)
_EVER = re.compile(
    r"\b(?:ever|at any (?:time|point)|at some (?:time|point)|in any year|in some years?|"
    r"at least once|even once)\b",
    re.IGNORECASE,
)


def one_of_each_time(facts: Sequence[Fact]) -> list[Fact]:
    """One figure of each time: of the source that has most of them, and no mere bound."""
    sources = [fact.source for fact in facts]
    most = max(dict.fromkeys(sources), key=sources.count, default="")
    found: dict[str, Fact] = {}
    for fact in sorted(facts, key=lambda f: (f.source != most, "value" not in f.values)):
        if fact.when:
            found.setdefault(fact.when.edtf, fact)
    return [fact for fact in facts if fact in found.values()]


def trend(heard: Heard, outcome: Outcome) -> Outcome:
    """A series with what it says to a yes or no, and the years in which it went the other way.

    “Every year” needs each step, “ever” any one; else the first and the last figure decide, and the
    steps that went the other way are told.
    """
    facts = outcome.facts
    keys = {token.key for token in heard.tokens}
    up, down = (not keys.isdisjoint(grammar(way)) for way in ("upwards", "falling"))
    steps = [_went(one, two, up) for one, two in pairwise(facts)]
    ends = _went(facts[0], facts[-1], up, loosely=True)
    other = [
        pair for pair, went in zip(pairwise(facts), steps, strict=True)
        if went is not None and went != ends
    ]  # fmt: skip
    decision = ends
    if _EACH.search(heard.question):
        decision = False if False in steps else None if None in steps else True
    elif _EVER.search(heard.question):
        decision = True if True in steps else None if None in steps else False
        other = [p for p, went in zip(pairwise(facts), steps, strict=True) if went]
    if up == down or not _reaches(facts, outcome.period):
        decision = None
    told = " ".join(_told(one, two) for one, two in other) if len(facts) > _TWO else ""
    return replace(outcome, decision=decision, extra={**outcome.extra, "steps": told})


_TWO = 2


def _reaches(facts: Sequence[Fact], period: Period | None) -> bool:
    """Whether figures go from the year in which a time begins to that in which it ends."""
    first, last = (fact.when for fact in (facts[0], facts[-1]))
    if period is None or first is None or last is None:
        return True
    begins, ends = str(period.earliest or "")[:4], str(period.latest or "")[:4]
    return (first.earliest or "")[:4] <= (begins or "9") and ends <= (last.latest or "9")[:4]


def _told(one: Fact, two: Fact) -> str:
    """A step in words."""
    way = "rose" if (amount(two) or 0.0) > (amount(one) or 0.0) else "fell"
    way = "stayed the same" if amount(one) == amount(two) else way
    return f"It {way} from {_when(one)} to {_when(two)}."


def _went(one: Fact, two: Fact, up: bool, loosely: bool = False) -> bool | None:
    """Whether a figure went the way asked for; None where it may be less for a shorter time."""
    first, second = amount(one) or 0.0, amount(two) or 0.0
    if second == first:
        return False
    if not loosely and str(one.values.get("unit")) != "percent":
        shorter = days_of(two) - days_of(one)
        if abs(shorter) > _ABOUT and (shorter < 0) == (second < first):
            return None
    return (second > first) == up


_ABOUT = 40
"""By how many days the times of two figures of a year each may differ."""


def days_of(fact: Fact) -> int:
    """How many days lie between the first and the last of a fact's time; 0 where it is open."""
    if fact.when is None or not (fact.when.earliest and fact.when.latest):
        return 0
    return (date.fromisoformat(fact.when.latest) - date.fromisoformat(fact.when.earliest)).days


def _when(fact: Fact) -> str:
    return in_words(fact.when.edtf) if fact.when else ""
