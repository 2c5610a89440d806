"""Facts that speak of what a question speaks of, weighed by how telling each part of it is.

A question is a list of units: names, themes, kinds, dates and plain words. The weight of a unit is
its information content among the facts, −log of the share of facts that have it (K. Spärck Jones,
*A statistical interpretation of term specificity and its application in retrieval*, 1972). A fact
scores the share of the question's weight that it meets: a name it names, a word of its statement,
or, for less, a word of the same meaning or one from the names of what it is about.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from heapq import nlargest
from itertools import pairwise
from operator import itemgetter

from diplograph.asking.postings import EVER, SOUGHT, Having, facts_with, postings
from diplograph.asking.succeeding import predecessors
from diplograph.asking.units import Unit
from diplograph.asking.wording import wording
from diplograph.stems import stem
from diplograph.store import Graph

__all__ = ["Hit", "Scored", "keep_to", "meeting", "retrieve", "surely", "weigh"]

_SPELT, _LOOSELY = 0.75, 0.6
"""How well a fact meets a name by its words, and a name of everyday words by those that tell it, or
any by what the fact is looked for by."""
_WITHIN, _SAID, _PARTLY_THEN, _UNDATED = 0.9, 0.8, 0.6, 0.4
"""How well a fact meets a time: that it lies in, that its statement names, that it shares a part
of, and by having none."""
_HAS, _NAMED, _EXACTLY = 0.42, 0.55, 0.69
"""How well a fact has to meet a part of the question to count as having it, a name, and a word that
compares or prices things, which has to be its own."""
_ITS_SEAT = 0.6
"""How well a fact about a predecessor meets a state that is named by its seat."""
_ENOUGH_OF_A_NAME = 0.6
"""The share of the words of a theme's name that have to be met."""
_NARROWER = 0.9
"""How well the name of a narrower kind meets that of a kind: “destroyer” of “warship”."""
_NAMES_MET = 0.999
"""The share of the names of a question, by their weight, that a fact has to meet."""
_PLAIN = 0.6
"""The most that a plain word weighs, in units of the weight of a name that a single fact has."""
_SHORT = 4_000
"""Days of a time that is too short to be answered by what is only known to be before some day."""
_YEAR, _YEARS_OF_A_FIGURE = 370, 3
"""Days of a time that asks for a figure of it, and the years that such a figure may be of."""
_ASIDE = 0.5
"""The part of its weight that a name keeps that only says whose something is, and a word of wide
meaning."""
_COMMON = 0.5
"""The part of its weight that a word keeps that is everywhere in English."""
_DATE = 1.0
"""The least that a date weighs, although a long time is met by many facts."""
_UNHEARD = 0.45
"""Weight of a plain word that no fact has, in units of that of a word that a single fact has."""


@dataclass(frozen=True)
class Hit:
    """A fact with its score and the texts of the units that it does not meet."""

    fact: str
    score: float
    missing: tuple[str, ...]
    named: bool
    """Whether it meets every date and most of the names."""
    plain: tuple[int, int] = (0, 0)
    """How many of the plain words it meets, and how many it does not."""
    itself: bool = False
    """Whether it meets each name itself, and none only by what stands beside it."""
    extra: float = 0.0
    """What it is worth beyond its score (:mod:`diplograph.asking.ranking`)."""
    alike: float = 0.0
    """How near it lies to the question in the latent space (:mod:`diplograph.latent`)."""
    echo: float = 0.0
    """How much of its worth it owes to saying little that the question does not say itself."""

    @property
    def worth(self) -> float:
        """By what the hits of a question are put in order."""
        return self.score + self.extra


def weigh(graph: Graph, units: Sequence[Unit]) -> None:
    """Find which facts meet each unit and how well, and give each unit its weight."""
    total = postings(graph).total
    _meet_words(graph, units)
    _meet_names(graph, units)
    _meet_dates(graph, units)
    for one, other in pairwise(units):
        if other.instead:  # “signed or initialled”: a fact has the one or the other
            both = {f: max(one.met.get(f, 0.0), other.met.get(f, 0.0)) for f in one.met | other.met}
            one.met = other.met = both
    _meet_by_what_is_told(units)
    for unit in units:
        least = 0.0 if unit.period else _NAMED if unit.entities else _HAS
        having = sum(map(least.__le__, unit.met.values()))
        information = math.log(total / having) if having else math.log(total)
        most = math.log(total) * (1.0 if unit.named or unit.entities else _PLAIN)
        unit.weight = max(min(information, most), _DATE if unit.period else 0.1)
        if not unit.met and not unit.named:
            unit.weight = _UNHEARD * math.log(total)
        if len(unit.words) == 1 and not unit.entities and wording().is_common(unit.words[0]):
            unit.weight *= _COMMON
        if (unit.loose and unit.entities) or unit.light:
            unit.weight *= _ASIDE
        unit.weight *= unit.part


def keep_to(graph: Graph, units: Sequence[Unit], source: str) -> None:
    """Let only the facts of one source meet the units."""
    facts = {fact for unit in units for fact in unit.met}
    own = postings(graph).of_source(source, facts)
    for unit in units:
        unit.met = {fact: how for fact, how in unit.met.items() if fact in own}


class Scored:
    """How well facts meet some weighed units, counted once for all who ask."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = tuple(units)
        self._whole = sum(unit.weight for unit in units) or 1.0
        self._hits: dict[str, Hit] = {}
        names = [unit for unit in units if unit.named and unit.period is None]
        self._names = [(unit.weight, unit.met) for unit in names]
        self._least_of_names = _NAMES_MET * sum(unit.weight for unit in names)
        self._must = [
            (unit.met, 0.0 if unit.period else _least(unit))
            for unit in units if unit.must or (unit.period and unit.named)
        ]  # fmt: skip
        self._must += [(unit.met, _NAMED) for unit in units if unit.topic]
        self._having = [(unit.text, unit.met, _least(unit)) for unit in units]
        plain = [u for u in units if not u.named and not (u.entities and u.loose)]
        self._plain = [(unit.met, _least(unit), unit.light) for unit in plain]
        self._groups: list[list[Mapping[str, float]]] = []
        for unit in names:
            if unit.joined and self._groups:
                self._groups[-1].append(unit.met)
            else:
                self._groups.append([unit.met])

    def hits(self, allowed: Collection[str] | None = None, most: int = 40) -> list[Hit]:
        """The facts that meet the units best, the best first, among those allowed."""
        scores = self._scores(allowed)
        return [
            self._hits.get(fact) or self._hit(fact, scores[fact] / self._whole)
            for fact in _best(scores, most)
        ]

    def best(self, allowed: Collection[str] | None = None, most: int = 40) -> list[str]:
        """The facts of :meth:`hits` by themselves."""
        return _best(self._scores(allowed), most)

    def _hit(self, fact: str, score: float) -> Hit:
        has_it = [met.get(fact, 0.0) >= least for met, least, _ in self._plain]
        lacks = (
            not own and not light
            for own, (_, _, light) in zip(has_it, self._plain, strict=True)
        )  # fmt: skip
        hit = self._hits[fact] = Hit(
            fact,
            score,
            tuple(text for text, met, least in self._having if met.get(fact, 0.0) < least),
            self._meets_the_names(fact),
            (sum(has_it), sum(lacks)),
            all(any(met.get(fact, 0.0) >= _NAMED for met in group) for group in self._groups),
        )
        return hit

    def _meets_the_names(self, fact: str) -> bool:
        """Whether a fact meets every date and name, and what makes the question this one."""
        if not all(fact in met and met[fact] >= least for met, least in self._must):
            return False
        return sum(weight for weight, met in self._names if fact in met) >= self._least_of_names

    def _scores(self, allowed: Collection[str] | None) -> Mapping[str, float]:
        if not self.units:
            return dict.fromkeys(allowed or (), self._whole)
        if allowed is None:
            return self._of_all
        if "_of_all" in vars(self):
            return {fact: self._of_all[fact] for fact in self._of_all.keys() & allowed}
        scores: dict[str, float] = defaultdict(float)
        for unit in self.units:
            weight, met = unit.weight, unit.met
            for fact in met.keys() & allowed:
                scores[fact] += weight * met[fact]
        return scores

    @cached_property
    def _of_all(self) -> dict[str, float]:
        scores: dict[str, float] = defaultdict(float)
        for unit in self.units:
            weight = unit.weight
            for fact, strength in unit.met.items():
                scores[fact] += weight * strength
        return scores


def retrieve(
    units: Sequence[Unit], allowed: Collection[str] | None = None, most: int = 40
) -> list[Hit]:
    """The facts that meet the weighed units best, the best first, among those allowed."""
    return Scored(units).hits(allowed, most)


def _best(scores: Mapping[str, float], most: int) -> list[str]:
    if len(scores) > most:
        least = nlargest(most, scores.values())[-1]
        scores = {fact: score for fact, score in scores.items() if score >= least}
    return sorted(scores, key=lambda f: (-scores[f], f))[:most]


def meeting(units: Sequence[Unit]) -> set[str]:
    """The facts that meet every name and date of the units; where they have none, any unit."""
    told = [set(unit.met) for unit in units if unit.must or unit.named]
    return set.intersection(*told) if told else set().union(*(unit.met for unit in units))


def _least(unit: Unit) -> float:
    """How well a fact has to meet a part of the question to have it itself, and not only the
    sentence around it."""
    return _EXACTLY if unit.exact and not unit.must else _HAS


def surely(unit: Unit, fact: str) -> bool:
    """Whether a fact has a part of the question well enough to say yes or no to it."""
    return unit.met.get(fact, 0.0) >= _WELL


_WELL = 0.6


def _meet_by_what_is_told(units: Sequence[Unit]) -> None:
    """Let the facts about a rare name meet the words that others of them have.

    “The spill that officials covered up” tells which spill is meant; a fact about it need not say
    so again. What compares, prices or makes the question another one is left out.
    """
    for name in units:
        if not name.named or name.period is not None:
            continue
        own = [fact for fact, strength in name.met.items() if strength >= _NAMED]
        if not 1 < len(own) <= _RARE:
            continue
        for unit in units:
            if unit.named or unit.must or unit.exact:
                continue
            if any(unit.met.get(fact, 0.0) >= _SURELY for fact in own):
                for fact in own:
                    unit.met[fact] = max(unit.met.get(fact, 0.0), _TOLD_ELSEWHERE)


_RARE, _SURELY, _TOLD_ELSEWHERE = 25, 0.7, 0.43
"""How many facts a name may have to be a rare one, how surely one of them has to have a word for
the others to meet it, and how well they do."""


def _meet_words(graph: Graph, units: Sequence[Unit]) -> None:
    like = wording().like
    wanted = {word: like(word, near=not unit.stands_for) for unit in units for word in unit.words}
    for unit in units:
        if unit.kinds:
            for kind in unit.kinds:
                narrower = _narrower(graph).get(kind, frozenset())
                like_it = wanted[unit.words[0]]
                wanted[unit.words[0]] = {**dict.fromkeys(narrower, _NARROWER), **like_it}
    spelt = {word for unit in units for word in unit.spelt}
    stems = spelt.union(*wanted.values()) if wanted else spelt
    if not stems:
        return
    posted = postings(graph).of_words(stems)
    for unit in units:
        if unit.spelt:
            having = [posted[word] for word in unit.spelt]
            own = set.intersection(*(facts_with(one, 1.0) for one in having))
            unit.met |= dict.fromkeys(own - _longer_named(graph, unit), _SPELT)
            sought = set.intersection(*(facts_with(one, SOUGHT) for one in having))
            by_terms = set().union(*(one.get(SOUGHT, ()) for one in having))
            _meet(unit, dict.fromkeys(sought & by_terms, _LOOSELY))
        if len(unit.telling) > 1 or (unit.telling and len(unit.spelt) > 1):
            told = set.intersection(*(facts_with(posted[word]) for word in unit.telling))
            unit.met = dict.fromkeys(told, _LOOSELY) | unit.met
        if len(unit.words) == 1:
            _meet(unit, _strongest(_having(posted, wanted[unit.words[0]])))
        elif unit.words:
            shares: dict[str, float] = defaultdict(float)
            for word in unit.words:
                for fact, strength in _strongest(_having(posted, wanted[word])).items():
                    shares[fact] += strength / len(unit.words)
            _meet(unit, {f: share for f, share in shares.items() if share >= _ENOUGH_OF_A_NAME})


def _having(
    posted: Mapping[str, Having], like: Mapping[str, float]
) -> list[tuple[float, Collection[str]]]:
    """The facts that have a word or one like it, by how well they meet it."""
    return [
        (strength * factor, facts)
        for word, factor in like.items()
        for strength, facts in posted[word].items()
    ]


def _strongest(having: Iterable[tuple[float, Collection[str]]]) -> dict[str, float]:
    """How well each fact meets what it meets in several ways: as well as in the best of them."""
    found: dict[str, float] = {}
    for how, facts in sorted(having, key=itemgetter(0)):
        found |= dict.fromkeys(facts, how)
    return found


def _meet(unit: Unit, found: dict[str, float]) -> None:
    """Let facts meet a unit so well, but for those that do better already."""
    if not unit.met:
        unit.met = found
        return
    met = unit.met
    for fact, how in found.items():
        if how > met.get(fact, 0.0):
            met[fact] = how


def _longer_named(graph: Graph, unit: Unit) -> set[str]:
    """The facts that have a name's words only as a part of a longer name."""
    kept = postings(graph)
    longer = kept.longer_names(unit.key) - set(unit.entities) if unit.key else set()
    if not longer:
        return set()
    named = kept.of_names(longer)
    return set().union(*(facts_with(named[iri]) for iri in longer))


@lru_cache(maxsize=4)
def _narrower(graph: Graph) -> dict[str, frozenset[str]]:
    """By kind of weapon, the stems of the names of narrower kinds that are one word."""
    rows = graph.pairs(
        """SELECT ?kind ?name WHERE { ?narrower skos:broader+ ?kind ; skos:prefLabel ?name
           FILTER(CONTAINS(STR(?kind), "/weapon-kind/")) }"""
    )
    found: dict[str, set[str]] = {}
    for kind, name in rows:
        if name.isalpha():
            found.setdefault(kind, set()).add(stem(name))
    return {kind: frozenset(names) for kind, names in found.items()}


def _meet_names(graph: Graph, units: Sequence[Unit]) -> None:
    wanted = {e for unit in units for e in unit.entities}
    if not wanted:
        return
    seats = {e for unit in units if unit.seat for e in unit.entities}
    before = predecessors(graph, seats) if seats else {}
    named = postings(graph).of_names(wanted.union(*before.values()))
    for unit in units:
        for entity in unit.entities:
            _meet(unit, _strongest(named[entity].items()))
            for older in before.get(entity, ()) if unit.seat else ():
                for strength, facts in named[older].items():
                    unit.met = dict.fromkeys(facts, _ITS_SEAT * strength) | unit.met


def _widened(first: date | None, last: date | None) -> tuple[str, str]:
    """The ends of a time that is only about right, with a year more at either side."""
    begin = str(first.replace(year=first.year - 1, day=1)) if first else EVER[0]
    return begin, str(last.replace(year=last.year + 1, day=28)) if last else EVER[1]


def _meet_dates(graph: Graph, units: Sequence[Unit]) -> None:
    for unit in units:
        if unit.period is None:
            continue
        first, last = unit.period.earliest, unit.period.latest
        short = first is not None and last is not None and (last - first).days < _SHORT
        limit = first is None and last is not None
        issued = postings(graph).issued()
        ahead = limit and str(last) > issued
        # no source can know how things stand after it was issued
        after = first is not None and str(first) > issued
        begin, end = str(first or EVER[0]), str(last or EVER[1])
        about = _widened(first, last) if unit.period.uncertain else (begin, end)
        years = {day.year for day in (first, last) if day}
        if years:
            posted = postings(graph).of_words([str(year) for year in years])
            told = set.intersection(*(facts_with(posted[str(y)], 1.0) for y in years))
            unit.met |= dict.fromkeys(told, 1.0 if limit else _SAID)
        of_a_year = first is not None and last is not None and (last - first).days < _YEAR
        long: list[str] = []
        for fact, times in () if ahead else postings(graph).times().items():
            if times is None:
                if not short:
                    unit.met.setdefault(fact, _UNDATED)
                continue
            earliest, latest = times
            if after and earliest <= issued:
                continue
            if earliest > end or latest < begin:
                if earliest <= about[1] and latest >= about[0] and earliest > EVER[0]:
                    unit.met.setdefault(fact, _PARTLY_THEN)
                continue
            if short and earliest == EVER[0] and latest > end:
                continue
            years_of_it = int(latest[:4]) - int(earliest[:4])
            if of_a_year and EVER[0] < earliest < begin and years_of_it > _YEARS_OF_A_FIGURE:
                long.append(fact)
            if limit and unit.met.get(fact) == 1.0:
                continue
            if limit:
                unit.met[fact] = _WITHIN if latest[:4] == end[:4] else _PARTLY_THEN
            elif (earliest, latest) == (begin, end):
                unit.met[fact] = 1.0
            else:
                inside = earliest >= begin and latest <= end
                unit.met[fact] = _WITHIN if inside else _PARTLY_THEN
        for fact in postings(graph).figures(long):
            unit.met.pop(fact, None)  # a figure of many years is none of one of them
