"""Facts that speak of what a question speaks of, weighed by how telling each part of it is.

A question is a list of units: names, themes, kinds, dates and plain words. The weight of a unit is
its information content among the facts, −log of the share of facts that have it (K. Spärck Jones,
*A statistical interpretation of term specificity and its application in retrieval*, 1972). A fact
scores the share of the question's weight that it meets: a name it names, a word of its statement,
or, for less, a word of the same meaning or one from the names of what it is about.
"""

from __future__ import annotations

import math
import re
import weakref
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field

from diplograph import dates
from diplograph.asking.hearing import Heard, Mention
from diplograph.asking.wording import grammar, wording
from diplograph.facts import values_clause
from diplograph.namespaces import INDEX_GRAPH
from diplograph.store import Graph

__all__ = ["Hit", "Unit", "retrieve", "units_of", "weigh"]

_CONTEXT, _NEAR = 0.8, 0.85
_SPELT, _LOOSELY, _UNDATED, _WITHIN, _PARTLY_THEN, _SAID = 0.75, 0.6, 0.4, 0.9, 0.6, 0.8
_FIRST, _LAST = "0001-01-01", "9999-12-31"
_ENOUGH_OF_A_NAME = 0.6
_NAMES_MET = 0.68
_PLAIN = 0.6
"""The most that a plain word weighs, in units of the weight of a name that a single fact has."""
_SHORT = 4_000
"""Days of a time that is too short to be answered by what is only known to be before some day."""
_COMMON = 0.5
"""The part of its weight that a word keeps that is everywhere in English."""
_DATE = 1.0
"""The least that a date weighs, although a long time is met by many facts."""
_UNHEARD = 0.45
"""Weight of a plain word that no fact has, in units of that of a word that a single fact has."""
_ASIDE = 0.4
"""Weight of what stands in a clause beside the one with the question word."""
"""How well a fact meets a unit: by a word of the same meaning, by a word of its context, by what it
concerns, by the words of a name, and a date by having none."""


@dataclass
class Unit:
    """A part of the question, and how well each fact meets it (0 to 1)."""

    text: str
    first: int
    last: int
    words: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    spelt: tuple[str, ...] = ()
    telling: tuple[str, ...] = ()
    """Of a name made of everyday words (“the Sino-Russian border”), those that tell it."""
    period: dates.Period | None = None
    met: dict[str, float] = field(default_factory=dict)
    weight: float = 0.0
    part: float = 1.0
    loose: bool = False

    subject: bool = False
    """Whether it stands right after a word such as “about” or “of”."""

    @property
    def essential(self) -> bool:
        """Whether it is what the question is about and nothing in the graph speaks of it."""
        return self.subject and not self.met and self.part == 1.0

    @property
    def named(self) -> bool:
        """Whether it is a name or a date, which an answer cannot do without."""
        return bool((self.entities and not self.words) or self.period) and not self.loose


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


def units_of(heard: Heard, without: Iterable[int] = ()) -> list[Unit]:
    """The units of a question, but for the tokens ``without``."""
    skipped = {*without, *range(heard.begins)}
    units: list[Unit] = []
    taken: set[int] = set()
    for mention in heard.mentions:
        places = set(range(mention.first, mention.last))
        if places & skipped or places & taken or mention.kind == "source":
            continue
        unit = _unit(heard, mention)
        if unit:
            units.append(unit)
            taken |= places
    fillers = wording().fillers
    if heard.tokens and heard.tokens[0].key in grammar("lead"):
        skipped.add(0)
    loose = [i for i in heard.loose() if i not in skipped and heard.tokens[i].stem not in fillers]
    for i in loose:
        token = heard.tokens[i]
        if i in taken:
            continue
        last = i + 1
        while last in loose and _one_number(heard, last):
            last += 1
        words = tuple(t.stem for t in heard.tokens[i:last])
        for end in (i + 3, i + 2):
            single = _as_one_word(heard, i, end, loose)
            if single:
                last, words = end, (single,)
                break
        taken |= set(range(i, last))
        units.append(Unit(heard.question[token.start : heard.tokens[last - 1].end], i, last, words))
    for i, token in enumerate(heard.tokens):
        covered = any(
            m.first <= i < m.last and m.kind in ("concept", "class") for m in heard.mentions
        )
        if covered and i not in taken and i not in skipped and token.stem not in fillers:
            units.append(Unit(token.text, i, i + 1, words=(token.stem,)))
            taken.add(i)
    for unit in units:
        before = unit.first - 1
        while before >= 0 and heard.tokens[before].key in ("the", "a", "an"):
            before -= 1
        unit.subject = (
            before >= 0 and heard.tokens[before].key in grammar("about") and not unit.named
        )
    for first, last in _asides(heard):
        for unit in units:
            if first <= unit.first and unit.last <= last:
                unit.part = _ASIDE
    return sorted(units, key=lambda u: u.first)


def _as_one_word(heard: Heard, first: int, last: int, loose: Collection[int]) -> str | None:
    """The stem that means the same as several words together, such as “anti-satellite”."""
    if last > len(heard.tokens) or not set(range(first, last)) <= set(loose):
        return None
    phrase = tuple(t.stem for t in heard.tokens[first:last])
    same = wording().same(phrase) if phrase in wording().of else frozenset()
    return min((other[0] for other in same if len(other) == 1), default=None)


def _one_number(heard: Heard, place: int) -> bool:
    """Whether a token goes on with the number before it: “1.7”, “10,000”."""
    one, two = heard.tokens[place - 1], heard.tokens[place]
    between = heard.question[one.end : two.start]
    return one.key.isdecimal() and two.key.isdecimal() and between in (".", ",")


_CLAUSE_END = re.compile(r"[,;:.!?–—]+\s")
_LEAST_ASIDE = 4


def _asides(heard: Heard) -> list[tuple[int, int]]:
    """The clauses, of some length, beside the first one that has a question word or the first."""
    bounds = [match.end() for match in _CLAUSE_END.finditer(heard.question)]
    clauses: list[list[int]] = [[]]
    for i, token in enumerate(heard.tokens):
        while bounds and token.start >= bounds[0]:
            bounds.pop(0)
            clauses.append([])
        clauses[-1].append(i)
    clauses = [clause for clause in clauses if clause]
    asking = [c for c in clauses if any(heard.tokens[i].key in grammar("question") for i in c)]
    main = asking[-1] if asking else clauses[0] if clauses else []
    return [(c[0], c[-1] + 1) for c in clauses if c is not main and len(c) >= _LEAST_ASIDE]


def _unit(heard: Heard, mention: Mention) -> Unit | None:
    if mention.kind == "date":
        assert mention.period is None or isinstance(mention.period, dates.Period)
        start = heard.tokens[mention.first].start
        aside = heard.question[:start].rstrip().endswith("(")
        return Unit(mention.text, mention.first, mention.last, period=mention.period, loose=aside)
    if mention.kind != "entity":
        return None
    iris = tuple(e.id for e in mention.entities)
    fillers = wording().fillers
    stems = tuple(
        t.stem for t in heard.tokens[mention.first : mention.last] if t.stem not in fillers
    )
    spelt = stems if not mention.soft else ()
    words = stems if mention.soft else ()
    composed = {"Event", "Agreement", "Project", "Place"}
    telling: tuple[str, ...] = ()
    if not mention.soft and all(e.type in composed for e in mention.entities):
        demonyms = wording().demonyms
        part = heard.tokens[mention.first : mention.last]
        telling = tuple(
            t.stem for t in part
            if t.stem not in fillers and (t.stem,) not in demonyms
            and t.key not in _STATES and (t.text[0].islower() or mention.last - mention.first > 1)
        )  # fmt: skip
    return Unit(
        mention.text, mention.first, mention.last, words=words, entities=iris, spelt=spelt,
        telling=telling, loose=mention.adjective or _in_apposition(heard, mention),
    )  # fmt: skip


_STATES = frozenset(["china", "russia"])


def _in_apposition(heard: Heard, mention: Mention) -> bool:
    """Whether a country only says whose a person is: “President Ahmadinejad of Iran”."""
    return mention.before == "of" and any(
        m.kind == "entity" and m.last == mention.first - 1
        and any(e.type in ("Person", "Leader") for e in m.entities)
        for m in heard.mentions
    )  # fmt: skip


def weigh(graph: Graph, units: Sequence[Unit]) -> None:
    """Find which facts meet each unit and how well, and give each unit its weight."""
    total = _postings(graph).total
    _meet_words(graph, units)
    _meet_names(graph, units)
    _meet_dates(graph, units)
    for unit in units:
        information = math.log(total / len(unit.met)) if unit.met else math.log(total)
        most = math.log(total) * (1.0 if unit.named or unit.entities else _PLAIN)
        unit.weight = max(min(information, most), _DATE if unit.period else 0.1)
        if not unit.met and not unit.named:
            unit.weight = _UNHEARD * math.log(total)
        if len(unit.words) == 1 and not unit.entities and wording().is_common(unit.words[0]):
            unit.weight *= _COMMON
        unit.weight *= unit.part


def retrieve(
    units: Sequence[Unit], allowed: Collection[str] | None = None, most: int = 40
) -> list[Hit]:
    """The facts that meet the weighed units best, the best first, among those allowed."""
    whole = sum(unit.weight for unit in units) or 1.0
    scores: dict[str, float] = defaultdict(float)
    for fact in allowed or () if not units else ():
        scores[fact] = whole
    for unit in units:
        for fact, strength in unit.met.items():
            if allowed is None or fact in allowed:
                scores[fact] += unit.weight * strength
    best = sorted(scores, key=lambda f: (-scores[f], f))[:most]
    return [
        Hit(
            fact,
            scores[fact] / whole,
            tuple(u.text for u in units if fact not in u.met),
            _meets_the_names(fact, units),
            _plain_words(fact, units),
        )
        for fact in best
    ]


def _plain_words(fact: str, units: Sequence[Unit]) -> tuple[int, int]:
    plain = [fact in u.met for u in units if not u.named and not (u.entities and u.loose)]
    return sum(plain), len(plain) - sum(plain)


def _meets_the_names(fact: str, units: Sequence[Unit]) -> bool:
    """Whether a fact meets every date of the question and most of its names, by their weight."""
    names = [u for u in units if u.named and u.period is None]
    whole = sum(u.weight for u in names)
    met = sum(u.weight for u in names if fact in u.met)
    return met >= _NAMES_MET * whole and all(fact in u.met for u in units if u.period and u.named)


class _Postings:
    """Which facts have a word or a name, kept from one question to the next."""

    def __init__(self, graph: Graph) -> None:
        self.graph = weakref.ref(graph)
        rows = graph.select("SELECT (COUNT(?f) AS ?n) { ?f a dg:Fact }")
        self.total = max(int(rows[0]["n"]), 2)
        self._times: dict[str, tuple[str, str] | None] | None = None
        self.words: dict[str, dict[str, float]] = {}
        self.names: dict[str, dict[str, float]] = {}

    def of_words(self, stems: Collection[str]) -> dict[str, dict[str, float]]:
        """By stem, the facts that have it: 1 in their statement, less in their context."""
        missing = sorted(set(stems) - set(self.words))
        if missing:
            self._shrink(self.words, missing)
            values = " ".join(f'"{s}"' for s in missing)
            for name, strength in (("context", _CONTEXT), ("word", 1.0)):
                for stem, fact in self._pairs(
                    f"""SELECT ?key ?fact WHERE {{ VALUES ?key {{ {values} }}
                        GRAPH <{INDEX_GRAPH}> {{ ?fact dg:{name} ?key }} }}"""
                ):
                    self.words[stem][fact] = strength
        return self.words

    def of_names(self, iris: Collection[str]) -> dict[str, dict[str, float]]:
        """By entity, the facts that name it (1) or concern it (less)."""
        missing = sorted(set(iris) - set(self.names))
        if missing:
            self._shrink(self.names, missing)
            for name, strength in (("concerns", _NEAR), ("names", 1.0)):
                for iri, fact in self._pairs(
                    f"""SELECT ?key ?fact WHERE {{ {values_clause("key", missing)}
                        GRAPH <{INDEX_GRAPH}> {{ ?fact dg:{name} ?key }} }}"""
                ):
                    self.names[iri][fact] = strength
        return self.names

    def times(self) -> dict[str, tuple[str, str] | None]:
        """The first and last day of each fact, None where it has no date."""
        if self._times is None:
            first, last, dated = (
                dict(self._pairs(f"SELECT ?fact ?value WHERE {{ ?fact dg:{name} ?value }}"))
                for name in ("earliest", "latest", "when")
            )
            facts = self._pairs(
                "SELECT ?fact ?class WHERE { VALUES ?class { dg:Fact } ?fact a ?class }"
            )
            self._times = {
                fact: (first.get(fact, _FIRST), last.get(fact, _LAST)) if fact in dated else None
                for fact, _ in facts
            }
        return self._times

    def _pairs(self, query: str) -> list[tuple[str, str]]:
        graph = self.graph()
        assert graph is not None
        return graph.pairs(query)

    @staticmethod
    def _shrink(kept: dict[str, dict[str, float]], coming: Collection[str]) -> None:
        if len(kept) + len(coming) > _MOST_KEPT:
            kept.clear()
        kept.update((key, {}) for key in coming)


_MOST_KEPT = 20_000
_POSTINGS: weakref.WeakKeyDictionary[Graph, _Postings] = weakref.WeakKeyDictionary()


def _postings(graph: Graph) -> _Postings:
    found = _POSTINGS.get(graph)
    if found is None:
        found = _POSTINGS[graph] = _Postings(graph)
    return found


def _meet_words(graph: Graph, units: Sequence[Unit]) -> None:
    like = wording().like
    wanted = {word: like(word) for unit in units for word in unit.words}
    spelt = {word for unit in units for word in unit.spelt}
    stems = spelt.union(*wanted.values()) if wanted else spelt
    if not stems:
        return
    posted = _postings(graph).of_words(stems)
    for unit in units:
        if unit.spelt:
            facts = set.intersection(
                *({f for f, own in posted[word].items() if own == 1.0} for word in unit.spelt)
            )
            unit.met |= dict.fromkeys(facts, _SPELT)
        if len(unit.telling) > 1 or (unit.telling and len(unit.spelt) > 1):
            facts = set.intersection(*(set(posted[word]) for word in unit.telling))
            unit.met |= {f: _LOOSELY for f in facts if f not in unit.met}
        if not unit.words:
            continue
        shares: dict[str, float] = defaultdict(float)
        for word in unit.words:
            best: dict[str, float] = {}
            for other, factor in wanted[word].items():
                for fact, strength in posted[other].items():
                    best[fact] = max(best.get(fact, 0.0), strength * factor)
            for fact, strength in best.items():
                shares[fact] += strength / len(unit.words)
        for fact, share in shares.items():
            if share >= _ENOUGH_OF_A_NAME:
                unit.met[fact] = max(unit.met.get(fact, 0.0), share)


def _meet_names(graph: Graph, units: Sequence[Unit]) -> None:
    wanted = {e for unit in units for e in unit.entities}
    if not wanted:
        return
    named = _postings(graph).of_names(wanted)
    for unit in units:
        for entity in unit.entities:
            for fact, strength in named[entity].items():
                unit.met[fact] = max(unit.met.get(fact, 0.0), strength)


def _meet_dates(graph: Graph, units: Sequence[Unit]) -> None:
    for unit in units:
        if unit.period is None:
            continue
        first, last = unit.period.earliest, unit.period.latest
        short = first is not None and last is not None and (last - first).days < _SHORT
        begin, end = str(first or _FIRST), str(last or _LAST)
        years = {day.year for day in (first, last) if day}
        if years:
            posted = _postings(graph).of_words([str(year) for year in years])
            told = set.intersection(
                *({f for f, own in posted[str(y)].items() if own == 1.0} for y in years)
            )
            unit.met |= dict.fromkeys(told, _SAID)
        for fact, times in _postings(graph).times().items():
            if times is None:
                if not short:
                    unit.met.setdefault(fact, _UNDATED)
                continue
            earliest, latest = times
            if earliest > end or latest < begin:
                continue
            if short and earliest == _FIRST and latest > end:
                continue
            if (earliest, latest) == (begin, end):
                unit.met[fact] = 1.0
            else:
                inside = earliest >= begin and latest <= end
                unit.met[fact] = _WITHIN if inside else _PARTLY_THEN
