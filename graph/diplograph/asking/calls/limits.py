"""Figures over or under a limit that the question gives: “over a tenth”, “under 3 percent”.

The years in which it is so are told; to a yes or no, whether it is so at the time asked for. A
figure that is only known by a bound of its own says so only where that bound is on one side.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from diplograph.asking.calls.measured import bounds
from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Context, Outcome
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

    def met_by(self, fact: Fact) -> bool | None:
        """Whether a figure keeps to it; None where that is not known."""
        ends = bounds(fact)
        if ends is None:
            return None
        low, high = (end * _SCALES.get(str(fact.values.get("unit")), 1.0) for end in ends)
        exact = low == high
        if self.below:
            if high < self.number or (high == self.number and (self.reached or not exact)):
                return True
            return False if low >= self.number else None
        if low > self.number or (low == self.number and (self.reached or not exact)):
            return True
        return False if high <= self.number else None


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
_MANY = {"thousand": 1e3, "million": 1e6, "billion": 1e9}


def limit(context: Context, reading: Reading) -> Outcome:
    """The figures over or under the limit that the question gives, or whether one is."""
    given = _limit(context.heard)
    if given is None:
        return Outcome(reading, "", 0.0, missing=tuple(u.text for u in reading.rest))
    rest = tuple(u for u in reading.rest if given.places.isdisjoint(range(u.first, u.last)))
    query = query_of(reading)
    hits = [h for h in retrieve(rest, _counted(context, query, given), most=_MOST) if h.named]
    if not hits or _lacks(hits[0], rest):
        return Outcome(reading, query, 0.0, missing=hits[0].missing if hits else ())
    near = [hit.fact for hit in hits if hit.score >= _AS_GOOD * hits[0].score]
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
    return replace(outcome, facts=tuple(kept), extra={"limit": True} if kept else {})


def gives_a_limit(heard: Heard) -> bool:
    """Whether a question sets something against a number, and not against something else."""
    return _limit(heard) is not None


def _limit(heard: Heard) -> _Limit | None:
    """The limit that a question gives; None where it gives none, or denies it."""
    found = _LIMIT.search(heard.question)
    if found is None:
        return None
    before = [t.key for t in heard.tokens if t.end <= found.start()]
    if before and before[-1] in ("not", "no", "never"):
        return None
    unit, end = "percent", found.end("part")
    if found["part"]:
        number = _FRACTIONS[found["part"].lower()]
    else:
        said = found["number"].lower()
        number = float(NUMBERS.get(said) or said.replace(",", "").rstrip("."))
        number *= _MANY.get((found["scale"] or "").strip().lower(), 1.0)
        unit, end = _counted_in(heard.question, found)
    places = frozenset(
        i for i, t in enumerate(heard.tokens) if t.start < end and found.start() < t.end
    )
    if places & {i for m in heard.of("date") for i in range(m.first, m.last)}:
        return None
    below = bool(found["below"] or found["most"])
    reached = bool(found["least"] or found["most"]) or "reach" in found[0].lower()
    return _Limit(number, unit, below, reached, places)


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


def _counted(context: Context, query: str, given: _Limit) -> set[str]:
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


_MOST, _AS_GOOD = 60, 0.97
"""How many figures are looked at, and what one scores of the best at least that meets as much."""


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
