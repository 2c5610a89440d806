"""The units of a question: names, themes, kinds, dates and words, each to be met by a fact."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from diplograph import dates
from diplograph.asking.parts import Heard, Mention
from diplograph.asking.wording import grammar, wording
from diplograph.keys import name_key

__all__ = ["Unit", "units_of"]

_ASIDE = 0.4
"""Weight of what stands in a clause beside the one with the question word."""


@dataclass
class Unit:
    """A part of the question, and how well each fact meets it (0 to 1)."""

    text: str
    first: int
    last: int
    words: tuple[str, ...] = ()
    entities: tuple[str, ...] = ()
    spelt: tuple[str, ...] = ()
    key: str = ""
    """Of a place, what it is looked up by."""
    telling: tuple[str, ...] = ()
    """Of a name made of everyday words (“the Sino-Russian border”), those that tell it."""
    kinds: tuple[str, ...] = ()
    """Kinds of things that it names, so that narrower ones meet it too: a destroyer is a ship."""
    period: dates.Period | None = None
    met: dict[str, float] = field(default_factory=dict)
    weight: float = 0.0
    part: float = 1.0
    loose: bool = False

    subject: bool = False
    """Whether it stands right after a word such as “about” or “of”."""

    must: bool = False
    """Whether the question would be another one without it: a word that compares, what the one
    asked for with “who” did, or the theme that stands after “on” or “about”."""

    @property
    def essential(self) -> bool:
        """Whether it is what the question is about and nothing in the graph speaks of it."""
        return self.subject and not self.met and self.part == 1.0

    @property
    def named(self) -> bool:
        """Whether it is a name or a date, which an answer cannot do without."""
        return bool((self.entities and not self.words) or self.period) and not self.loose


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
            kinds = _kinds(heard, i)
            units.append(Unit(token.text, i, i + 1, words=(token.stem,), kinds=kinds))
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
    for unit in units:
        unit.must = unit.part == 1.0 and _makes_the_question(heard, unit)
    return sorted(units, key=lambda u: u.first)


def _makes_the_question(heard: Heard, unit: Unit) -> bool:
    """Whether a word that is no name makes the question another one."""
    if unit.named:
        return False
    keys = {heard.tokens[i].key for i in range(unit.first, unit.last)}
    before = heard.tokens[unit.first - 1].key if unit.first else ""
    if keys & grammar("comparing") or before == "who":
        return True
    if not unit.subject:
        return False
    place = unit.first - 1
    while heard.tokens[place].key in ("the", "a", "an"):
        place -= 1
    return heard.tokens[place].key != "of" and any(
        m.first <= unit.first < m.last and (m.kind == "concept" or m.soft) for m in heard.mentions
    )


def _kinds(heard: Heard, place: int) -> tuple[str, ...]:
    """The kinds of weapons that a word by itself names."""
    return tuple(
        c.id for m in heard.of("concept") if (m.first, m.last) == (place, place + 1)
        for c in m.concepts if c.scheme == "weapon-kind"
    )  # fmt: skip


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
        countries = {name_key(name) for name in demonyms.values()}
        part = heard.tokens[mention.first : mention.last]
        telling = tuple(
            t.stem for t in part
            if t.stem not in fillers and (t.stem,) not in demonyms
            and t.key not in countries and (t.text[0].islower() or mention.last - mention.first > 1)
        )  # fmt: skip
    key = ""
    if all(e.type == "Place" for e in mention.entities):
        key = " ".join(t.key for t in heard.tokens[mention.first : mention.last])
    return Unit(
        mention.text, mention.first, mention.last, words=words, entities=iris, spelt=spelt, key=key,
        telling=telling, loose=mention.adjective or _in_apposition(heard, mention),
    )  # fmt: skip


def _in_apposition(heard: Heard, mention: Mention) -> bool:
    """Whether a country only says whose something is: “President Ahmadinejad of Iran”."""
    if heard.tokens[mention.last - 1].possessive and any(
        m.kind == "entity" and m.first == mention.last and not m.soft for m in heard.mentions
    ):
        return True  # “Russia's Pacific Fleet”
    return mention.before == "of" and any(
        m.kind == "entity" and m.last == mention.first - 1
        and any(e.type in ("Person", "Leader") for e in m.entities)
        for m in heard.mentions
    )  # fmt: skip
