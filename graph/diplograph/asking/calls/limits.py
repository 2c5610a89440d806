"""Figures over or under a limit that the question gives: “over a tenth”, “under 3 percent”.

A question may give two: “above 5 but below 10 percent”, “between 5 and 10 percent”.

The years in which it is so are told; to a yes or no, whether it is so at the time asked for. A
figure that is only known by a bound of its own says so only where that bound is on one side.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from diplograph.asking.calls.measured import bounds
from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Context, Lacking, Outcome
from diplograph.asking.parts import Heard
from diplograph.asking.patterns import query_of
from diplograph.asking.retrieval import Hit, retrieve
from diplograph.asking.units import Unit
from diplograph.asking.wording import grammar, wording
from diplograph.facts import facts_of
from diplograph.model import Fact
from diplograph.namespaces import values_clause
from diplograph.stems import stem
from diplograph.words import NUMBERS

__all__ = ["gives_a_limit", "limit"]


@dataclass(frozen=True)
class _Limit:
    """A limit, in what it is counted, and the places of the question that give it."""

    number: float
    unit: str
    below: bool
    reached: bool
    """Whether the limit itself is enough: “at least”, “at most”."""
    places: frozenset[int]
    scale: float = 1.0
    """What its number was counted in: a million, a thousand."""
    bare: bool = True
    """Whether the question gives it without a “million” of its own."""

    def met_by(self, fact: Fact) -> bool | None:
        """Whether a figure keeps to it; None where that is not known."""
        ends = _ends(fact)
        if ends is None:
            return None
        low, high = ends
        exact = low == high
        if self.below:
            if high < self.number or (high == self.number and (self.reached or not exact)):
                return True
            return False if low >= self.number else None
        if low > self.number or (low == self.number and (self.reached or not exact)):
            return True
        return False if high <= self.number else None


@dataclass(frozen=True)
class _Limits:
    """The one or two limits of a question, all of which have to be kept."""

    each: tuple[_Limit, ...]

    @property
    def unit(self) -> str:
        """In what they are counted."""
        return self.each[-1].unit

    @property
    def places(self) -> frozenset[int]:
        """The places of the question that give them."""
        return frozenset().union(*(one.places for one in self.each))

    def met_by(self, fact: Fact) -> bool | None:
        """Whether a figure keeps to all; None where that is not known."""
        kept = {one.met_by(fact) for one in self.each}
        return False if False in kept else None if None in kept else True


def _ends(fact: Fact) -> tuple[float, float] | None:
    """The bounds of a figure, in what limits are counted in."""
    ends, scale = bounds(fact), _SCALES.get(str(fact.values.get("unit")), 1.0)
    return (ends[0] * scale, ends[1] * scale) if ends else None


_SCALES = {"million tons": 1e6}
"""How many of what a limit is counted in are one of what a figure is counted in."""
_UNITS = (
    (re.compile(r"%|percent|per\s+cent|percentage points?", re.I), "percent"),
    (re.compile(r"(?:metric )?ton(?:ne)?s?", re.I), "million tons"),
    (re.compile(r"(?:US |U\.S\. |American )?dollars?|USD", re.I), "US dollars"),
    (re.compile(r"megawatts?|MW", re.I), "megawatts"),
)
_COMPARED = (
    r"(?P<least>at least|no less than|no fewer than)|(?P<most>at most|no more than|up to)|"
    r"(?P<below>under|below|less than|fewer than|short of)|"
    r"(?P<above>over|above|more than|exceed(?:s|ed|ing)?|pass(?:es|ed)?|top(?:s|ped)?|"
    r"beyond|reach(?:es|ed)?)"
)
_FRACTIONS = {
    "half": 50.0, "third": 100 / 3, "quarter": 25.0, "fifth": 20.0, "tenth": 10.0,
    "two thirds": 200 / 3, "two-thirds": 200 / 3, "three quarters": 75.0,
}  # fmt: skip
_LIMIT = re.compile(
    rf"\b(?:{_COMPARED})\s+(?:(?:the|an?|one|of)\s+)*(?:(?P<money>\$)\s?)?"
    rf"(?:(?P<part>{'|'.join(sorted(_FRACTIONS, key=len, reverse=True))})\b|"
    rf"(?P<number>\d[\d,]*(?:\.\d+)?|(?:{'|'.join(NUMBERS)})\b)(?P<scale>\s*(?:million|billion|thousand))?"
    r"(?P<rest>\s*(?:%|[\w.]+(?:\s+\w+)?))?)",
    re.I,
)
_AND_NOT = re.compile(r"(?:\b(?:but|and|yet|while|though)\b(?:\s+[a-z]+){0,3}|,)\s*$", re.I)
"""What stands between the two ends of a limit: “but was still”."""
_WITHIN = re.compile(
    rf"\bbetween\s+(?P<low>\$?\s?(?:\d[\d,]*(?:\.\d+)?|(?:{'|'.join(NUMBERS)})\b)"
    r"(?:\s*(?:million|billion|thousand|%|percent|per\s+cent))*)\s+and\s+(?=[$\d]|"
    rf"(?:{'|'.join(NUMBERS)})\b)",
    re.I,
)
_MANY = {"thousand": 1e3, "million": 1e6, "billion": 1e9}


def limit(context: Context, reading: Reading) -> Outcome:
    """The figures over or under the limit that the question gives, or whether one is."""
    given = _limits(context.heard)
    if given is None:
        return Outcome(reading, "", 0.0, missing=tuple(u.text for u in reading.rest))
    rest = tuple(u for u in reading.rest if given.places.isdisjoint(range(u.first, u.last)))
    query = query_of(reading)
    hits = [h for h in retrieve(rest, _counted(context, query, given), most=_MOST) if h.named]
    if not hits or _lacks(hits[0], rest):
        return Outcome(reading, query, 0.0, missing=hits[0].missing if hits else ())
    least = (_AS_GOOD if reading.focus == "yes-no" else _OF_THE_SERIES) * hits[0].score
    near = [hit.fact for hit in hits if hit.score >= least]
    found = {fact.id: fact for fact in facts_of(context.graph, near, copies=context.copies)}
    figures = [found[iri] for iri in near if iri in found and not _narrower(context, found[iri])]
    if not figures or not _asks_for_it(context, reading):
        return Outcome(reading, query, 0.0)
    figures = _of_one_sort(figures)
    outcome = Outcome(
        reading, query, context.share(replace(reading, rest=rest), hits[0].score),
        plain=hits[0].plain, itself=hits[0].itself,
    )  # fmt: skip
    judged = [(figure, given.met_by(figure)) for figure in figures]
    if reading.focus == "yes-no":
        return _decided(outcome, judged, bool(context.heard.of("date")))
    kept = [figure for figure, met in judged if met]
    kept.sort(key=lambda f: f.when.earliest or "" if f.when else "")
    if _asks_for_the_first(context.heard):
        kept = kept[:1]
    if not kept and len(judged) > 1 and all(met is False for _, met in judged):
        return _kept_by_none(context, outcome, figures, given.each[0].number)
    return replace(outcome, facts=tuple(kept), extra={"limit": True} if kept else {})


def _kept_by_none(
    context: Context, outcome: Outcome, figures: Sequence[Fact], number: float
) -> Outcome:
    """Nothing, of figures all of which are known and none of which keeps to the limit.

    What comes nearest to it is told.
    """
    about = tuple(e for m in context.heard.of("entity") for e in m.entities)

    def far(fact: Fact) -> tuple[float, str]:
        ends = _ends(fact) or (math.inf,)
        return min(abs(end - number) for end in ends), fact.id

    told = sorted(figures, key=far)
    return replace(outcome, lacking=Lacking("figure within these limits", about), also=tuple(told))


def gives_a_limit(heard: Heard) -> bool:
    """Whether a question sets something against a number, and not against something else."""
    return _limits(heard) is not None


def _limits(heard: Heard) -> _Limits | None:
    """The limits that a question gives; None where it gives none, or denies one."""
    question = heard.question
    within = _WITHIN.search(question)
    if within is not None:
        low = f"at least {within['low']}"
        one = _limit(heard, _LIMIT.match(low), low, within.start())
        high = f"at most {question[within.end() :]}"
        two = _limit(heard, _LIMIT.match(high), high, within.end() - len("at most "))
        return _both(one, two)
    found = _LIMIT.search(question)
    one = _limit(heard, found, question, 0)
    if found is None or one is None:
        return None
    place = _end_of_number(found)
    other = _LIMIT.search(question, place)
    if other is None or len(question[place : other.start()].split()) > _WORDS_BETWEEN:
        return _Limits((one,))
    between = question[place : other.start()]
    if not _AND_NOT.search(between) or re.search(r"[?!;]", between):
        return _Limits((one,))
    two = _limit(heard, other, question, 0)
    return _both(one, two) if two is not None and two.below != one.below else _Limits((one,))


_WORDS_BETWEEN = 6
"""So many words stand at most between the two ends of a limit: its unit, “but was still”."""


def _both(one: _Limit | None, two: _Limit | None) -> _Limits | None:
    """Two limits in one: what the first is counted in may only be told with the second."""
    if one is None or two is None:
        return None
    if one.unit == "items" != two.unit or (one.unit == two.unit and one.bare and not two.bare):
        one = replace(one, number=one.number * two.scale if one.bare else one.number, unit=two.unit)
    if one.unit != two.unit:
        return None
    low, high = (two, one) if one.below else (one, two)
    return _Limits((one, two)) if low.number <= high.number else None


def _end_of_number(found: re.Match[str]) -> int:
    return max(found.end("part"), found.end("number"), found.end("scale"))


def _limit(heard: Heard, found: re.Match[str] | None, text: str, offset: int) -> _Limit | None:
    """A limit that stands in a text, which begins at a place of the question."""
    if found is None:
        return None
    before = [t.key for t in heard.tokens if t.end <= found.start() + offset]
    if before and before[-1] in ("not", "no", "never"):
        return None
    unit, end, scale = "percent", found.end("part"), 1.0
    if found["part"]:
        number = _FRACTIONS[found["part"].lower()]
    else:
        said = found["number"].lower()
        number = float(NUMBERS.get(said) or said.replace(",", "").rstrip("."))
        scale = _MANY.get((found["scale"] or "").strip().lower(), 1.0)
        number *= scale
        unit, end = _counted_in(text, found)
    places = frozenset(
        i for i, t in enumerate(heard.tokens)
        if t.start < end + offset and found.start() + offset < t.end
    )  # fmt: skip
    if places & {i for m in heard.of("date") for i in range(m.first, m.last)}:
        return None
    below = bool(found["below"] or found["most"])
    reached = bool(found["least"] or found["most"]) or "reach" in found[0].lower()
    return _Limit(number, unit, below, reached, places, scale, not found["scale"])


def _counted_in(question: str, found: re.Match[str]) -> tuple[str, int]:
    """What a number is counted in, “items” where no unit follows, and where that ends."""
    start = max(found.end("number"), found.end("scale"))
    if found["money"]:
        return "US dollars", start
    rest = question[start:]
    lead = len(rest) - len(rest.lstrip())
    for pattern, unit in _UNITS:
        told = pattern.match(rest, lead)
        if told:
            return unit, start + told.end()
    return "items", start


def _counted(context: Context, query: str, given: _Limits) -> set[str]:
    """The figures of a pattern that are counted in what the limit is counted in."""
    allowed = sorted({row["fact"] for row in context.graph.select(query)})
    rows = context.graph.pairs(
        f"""SELECT ?fact ?unit WHERE {{ {values_clause("fact", allowed)}
            ?fact dg:unit/skos:prefLabel ?unit }}"""
    )
    return {fact for fact, unit in rows if unit in _SAME.get(given.unit, (given.unit,))}


_SAME = {"items": ("items", "people")}
"""In what figures are counted of which a question has a bare number."""


def _narrower(context: Context, fact: Fact) -> bool:
    """Whether a figure is of less than the question asks for: border trade, and not all trade."""
    narrowing = set(str(fact.values.get("measure")).split()) & grammar("narrowing")
    asked = {word for t in context.heard.tokens for word in (t.key, *wording().like(t.stem))}
    return any(word not in asked and stem(word) not in asked for word in narrowing)


def _asks_for_it(context: Context, reading: Reading) -> bool:
    """Whether a question that begins with “what” asks for a year: “what was the first year …”."""
    return reading.focus not in ("what", "which") or any(
        token.key in ("year", "years") for token in context.heard.tokens
    )


def _lacks(best: Hit, rest: Sequence[Unit]) -> bool:
    """Whether the best figure lacks a plain word of the question."""
    return any(unit.text in best.missing and not unit.light for unit in rest)


_MOST, _AS_GOOD, _OF_THE_SERIES = 60, 0.97, 0.7
"""How many figures are looked at, and what one scores of the best at least that meets as much; and
that may be of the same sort, told in other words."""


def _of_one_sort(facts: Sequence[Fact]) -> list[Fact]:
    """The figures of the measure and the countries of the best one."""
    return [f for f in facts if _sort(f) == _sort(facts[0])]


def _sort(fact: Fact) -> tuple[object, ...]:
    countries = frozenset(e.id for e in fact.others if e.type == "Country")
    return fact.values.get("measure"), countries


def _decided(outcome: Outcome, judged: Sequence[tuple[Fact, bool | None]], dated: bool) -> Outcome:
    """Yes or no: at the time asked for all figures have to say the same, else one is enough."""
    met = [fact for fact, is_so in judged if is_so]
    known = {is_so for _, is_so in judged}
    if dated:
        decision = next(iter(known)) if len(known) == 1 else None
    else:
        decision = True if met else False if known == {False} else None
    told = met if met and not dated else [fact for fact, _ in judged]
    told.sort(key=lambda f: f.when.earliest or "" if f.when else "")
    return replace(outcome, facts=tuple(told), decision=decision, extra={"limit": True})


def _asks_for_the_first(heard: Heard) -> bool:
    """Whether a question asks when it was so for the first time."""
    return any(token.key in ("first", "earliest") for token in heard.tokens)
