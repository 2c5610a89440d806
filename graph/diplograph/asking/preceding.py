"""Which of two things came first, where a yes or no asks for it: “did A come before B?”.

Either thing is asked for by itself, as a question for its date; yes or no is said only where both
have one that is told, and the one time ends before the other begins.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from diplograph import dates
from diplograph.asking.calls.trending import days_of
from diplograph.asking.hearing import hear
from diplograph.asking.outcome import Outcome
from diplograph.asking.parts import Heard
from diplograph.model import Fact
from diplograph.store import Graph
from diplograph.words import in_words

__all__ = ["Ordered", "in_order", "ordered"]


@dataclass(frozen=True)
class Ordered:
    """The questions for the dates of two things, and whether the first is to be the earlier."""

    first: str
    second: str
    earlier: bool | None
    """None where it is asked which of the two it is: “before or after”."""


_AUXILIARY = r"(?:did|was|were|had|has|have|is it true that)"
_ORDER = re.compile(
    rf"^(?P<verb>{_AUXILIARY})\s+(?P<one>.+?),?\s+"
    r"(?:(?P<both>before or after|earlier or later than|after or before)|"
    r"(?P<before>before|earlier than|sooner than|prior to|ahead of|by the time of|by the time)|"
    r"(?P<after>after|later than|following))\s+(?P<two>[^?,;.]+)\?*$",
    re.IGNORECASE,
)
_WHEN = re.compile(
    rf"^(?P<verb>{_AUXILIARY})\s+(?P<one>.+?)\s+(?P<mark>already|yet)\s+(?P<rest>.+?),?\s+when\s+"
    r"(?P<two>[^?,;.]+)\?*$",
    re.IGNORECASE,
)
_COMES = re.compile(r"\s(?:come|came|happen|happened|occur|occurred|fall)$", re.IGNORECASE)
_LOOSE = re.compile(
    r"\b(?:soon|shortly|right|just|immediately|days?|weeks?|months?|years?|long|only|until|even|"
    r"already|really|actually)$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:he|she)\b", re.IGNORECASE)
_POINTING = re.compile(r"\b(?:it|its|they|them|their|there|his|her|him)\b", re.IGNORECASE)
_THAT = re.compile(r"\b(?:that|this)\b", re.IGNORECASE)
_ASKING = re.compile(
    r"\b(?:who|what|which|why|how|never|not|only|every|all|most|ever)\b", re.IGNORECASE
)


def ordered(graph: Graph, question: str) -> Ordered | None:
    """The two things of a yes or no to which came first; None for any other question."""
    found = _ORDER.match(question.strip()) or _WHEN.match(question.strip())
    if found is None or _ASKING.search(question):
        return None
    groups = found.groupdict()
    one, two = (_THAT.sub("the", found[part]) for part in ("one", "two"))
    if groups.get("mark"):
        one = f"{one} {found['rest']}"
    loose = _LOOSE.search(one)
    if loose:
        if loose[0].lower() not in ("already", "really", "actually", "even"):
            return None  # “two days after” asks for more than the order
        one = one[: loose.start()].rstrip()
    heard = hear(graph, two)
    if _is_a_date(heard) or _is_a_date(hear(graph, one)):
        return None
    if _PRONOUN.search(two):
        doing = [
            e.label for m in hear(graph, one).of("entity") for e in m.entities
            if m.first == 0 and e.type in ("Person", "Leader")
        ]  # fmt: skip
        if len(doing) != 1:
            return None
        two = _PRONOUN.sub(doing[0], two, count=1)
    if _POINTING.search(two) or _POINTING.search(one):
        return None
    one = _COMES.sub(" take place", one)
    asked = f"When {one}?" if "true" in found["verb"].lower() else f"When {found['verb']} {one}?"
    earlier = None if groups.get("both") else not groups.get("after")
    return Ordered(asked, f"When {two}?", earlier)


def _is_a_date(heard: Heard) -> bool:
    """Whether words are nothing but a time: “the end of 2000”."""
    dated = {i for m in heard.of("date") for i in range(m.first, m.last)}
    return bool(heard.tokens) and set(range(len(heard.tokens))) <= dated


def in_order(asked: Ordered, answered: Callable[[str], Outcome | None]) -> Outcome | None:
    """What answers a question for the order of two things; None where a date is not told."""
    one, two = answered(asked.first), answered(asked.second)
    if one is None or two is None:
        return None
    first, second = _times(one), _times(two)
    if not first or not second or {f.id for f in first} & {f.id for f in second}:
        return None
    before = _ends(first, 1) < _ends(second, 0)
    if not before and _ends(second, 1) >= _ends(first, 0):
        return None
    a, b = (in_words(facts[0].when.edtf) for facts in (first, second) if facts[0].when)
    worked = f"{a[:1].upper()}{a[1:]} is {'before' if before else 'after'} {b}."
    if asked.earlier is None:
        worked = f"{'Before' if before else 'After'}. {worked}"
    decision = None if asked.earlier is None else before == asked.earlier
    return replace(
        one, reading=replace(one.reading, focus="yes-no"), facts=(first[0], second[0]), answers=(),
        links=(), pending=(), decision=decision, extra={"worked": worked},
    )  # fmt: skip


def _times(outcome: Outcome) -> Sequence[Fact]:
    """The facts that date a thing: one where they only speak of it, else all that a template gave.

    Nothing where the best lacks a part of the question, or has no time of a year at most. What
    tells a time only roughly gives way to what tells it more closely.
    """
    facts = outcome.facts[:1] if outcome.reading.template.broad else _closest(outcome.facts)
    if not facts or outcome.missing or outcome.lacking or outcome.extra.get("otherwise"):
        return ()
    if outcome.confidence < _SURE and outcome.reading.rest:
        return ()
    for fact in facts:
        told = fact.kind in _HAPPENED and fact.stage not in _AHEAD and fact.grade in _TOLD
        if not told or fact.when is None or not (fact.when.earliest and fact.when.latest):
            return ()
        if days_of(fact) > _YEAR or {"~", "?", "%"} & set(fact.when.edtf):
            return ()
    return facts


def _closest(facts: Sequence[Fact]) -> tuple[Fact, ...]:
    """The facts without those in whose time that of another one lies."""
    times = {f.id: (f.when.earliest or "", f.when.latest or "9") for f in facts if f.when}
    rough = {
        one for one, (a, b) in times.items()
        for c, d in times.values() if a <= c and d <= b and (a, b) != (c, d)
    }  # fmt: skip
    rough |= {f.id for f in facts if f.when and {"~", "?", "%"} & set(f.when.edtf)}
    return tuple(f for f in facts if f.id not in rough) or tuple(facts)


_SURE, _YEAR = 0.75, 366
_HAPPENED = frozenset({"Occurrence", "StageFact", "Succession", "TransferFact", "Participation"})
_AHEAD = frozenset({"planned", "considered", "under negotiation"})
_TOLD = frozenset({"stated", "inferred"})


def _ends(facts: Sequence[Fact], end: int) -> date:
    """The last day of some facts, or the first one."""
    days = [dates.parse(f.when.edtf) for f in facts if f.when]
    found = [d.latest if end else d.earliest for d in days]
    known = [day for day in found if day is not None]
    return max(known) if end else min(known)
