"""The units of a question: names, themes, kinds, dates and words, each to be met by a fact."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from diplograph import dates
from diplograph.asking.parts import Heard, Mention, beside_people
from diplograph.asking.wording import grammar, wording
from diplograph.keys import name_key
from diplograph.stems import stems

__all__ = ["Unit", "units_of"]

_ASIDE, _LED_UP_TO = 0.4, 0.8
"""Weight of what stands in a clause beside the one with the question word, and in a sentence before
it that its pronoun points back to."""


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

    seat: bool = False
    """Whether it names a state by its seat (“Moscow”), which was that of its predecessors too."""

    subject: bool = False
    """Whether it stands right after a word such as “about” or “of”."""

    topic: bool = False
    """Whether it is a name that the question is about, as it says: “on the ABM Treaty”."""

    must: bool = False
    """Whether the question would be another one without it: a word that compares, what the one
    asked for with “who” did, or the theme that stands after “on” or “about”."""

    instead: bool = False
    """Whether it stands after an “or”, in the place of what is before it."""

    joined: bool = False
    """Whether it is a name that an “and” or a comma joins to the name before it."""

    counted: bool = False
    """Whether it is the noun after “how many”."""

    stands_for: bool = False
    """Whether its word stands for several together, and has no near words of its own."""

    measures: bool = False
    """Whether it names what a figure is of, such as investment."""

    light: bool = False
    """Whether it is a word of such wide meaning that no answer hangs on it: “want”, “end”."""

    exact: bool = False
    """Whether it compares, counts or prices things, or is an abbreviation, and no fact tells of it
    that lacks it."""

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
    skipped = set(without)
    skipped |= {
        i for m in heard.of("date") if m.last <= heard.begins for i in range(m.first, m.last)
    }
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
    skipped |= _first_names(heard) | _sizes(heard)
    loose = [i for i in heard.loose() if i not in skipped and heard.tokens[i].stem not in fillers]
    free = set(heard.loose()) - skipped
    for i in loose:
        if i in taken:
            continue
        last = i + 1
        while last in loose and _one_number(heard, last):
            last += 1
        words = tuple(t.stem for t in heard.tokens[i:last])
        first, single = i, None
        for start, end in ((i, i + 3), (i, i + 2), (i - 1, i + 1), (i - 1, i + 2)):
            single = _as_one_word(heard, start, end, free - taken)
            if single:
                first, last, words = start, end, (single,)
                break
        taken |= set(range(first, last))
        text = heard.question[heard.tokens[first].start : heard.tokens[last - 1].end]
        units.append(Unit(text, first, last, words, stands_for=single is not None))
    for mention in heard.of("concept"):
        told = {c.label for c in mention.concepts}
        places = set(range(mention.first, mention.last))
        if all(heard.tokens[i].stem in fillers for i in places):
            continue
        if len(places) > 1 and len(told) == 1 and not places & (taken | skipped):
            label = stems(told.pop())
            if len(label) == 1:  # “handed over” by its kind, and not by its words
                units.append(Unit(mention.text, mention.first, mention.last, words=tuple(label)))
                taken |= places
    for i, token in enumerate(heard.tokens):
        covered = any(
            m.first <= i < m.last and m.kind in ("concept", "class") for m in heard.mentions
        )
        if covered and i not in taken and i not in skipped and token.stem not in fillers:
            kinds = _kinds(heard, i)
            units.append(Unit(token.text, i, i + 1, words=(token.stem,), kinds=kinds))
            taken.add(i)
    for unit in units:
        if unit.first and heard.tokens[unit.first - 1].key == "many" and unit.entities:
            unit.loose, unit.topic = False, True  # “how many Chinese”: they are counted
        before = unit.first - 1
        while before >= 0 and heard.tokens[before].key in ("the", "a", "an"):
            before -= 1
        led = heard.tokens[before].key if before >= 0 else ""
        unit.subject = led in grammar("about") and not unit.named
        of_theme = led in grammar("theme") and unit.named and unit.period is None
        unit.topic = unit.topic or of_theme
    for first, last in _asides(heard):
        for unit in units:
            if first <= unit.first and unit.last <= last:
                unit.part = _ASIDE
                unit.loose = unit.loose or _only_tells_more(heard, range(first, last))
    for unit in units:
        if _is_set_aside(heard, unit):
            unit.part, unit.loose = _ASIDE, True
    for unit in units:
        if unit.last <= heard.begins:  # what a pronoun of the question points to
            unit.part = _ASIDE if heard.scene else _LED_UP_TO
            unit.loose = unit.loose or heard.scene
    for unit in units:
        unit.must = unit.part == 1.0 and _makes_the_question(heard, unit)
        keys = {heard.tokens[i].key for i in range(unit.first, unit.last)}
        unit.exact = not keys.isdisjoint(grammar("exact")) or _is_an_abbreviation(heard, unit)
        unit.measures = _is_a_measure(heard, unit)
        unit.light = not unit.must and not unit.named and keys <= grammar("light")
    units.sort(key=lambda u: u.first)
    units = _once(units)
    for one, other in pairwise(units):
        between = {t.key for t in heard.tokens[one.last : other.first]}
        plain = not (one.named or other.named)
        other.instead = plain and "or" in between and other.first - one.last <= _OR_APART
        other.joined = one.named and other.named and between <= {"and"}
        one.counted = (
            heard.tokens[one.first - 1].key == "many" and not one.named and one.last < other.first
        )
    return units


def _is_an_abbreviation(heard: Heard, unit: Unit) -> bool:
    """Whether it is letters that stand for a name, in a question that is not in capitals."""
    if unit.named or heard.question.isupper():
        return False
    return any(
        len(token.text) >= _LETTERS and token.text.isupper() and token.text.isalpha()
        for token in heard.tokens[unit.first : unit.last]
    )


_LETTERS = 3


def _once(units: Sequence[Unit]) -> list[Unit]:
    """The units, a plain word only once: “frighten … more than it frightened”."""
    told: set[tuple[str, ...]] = set()
    kept = []
    for unit in units:
        plain = not (unit.entities or unit.period)
        if not plain or unit.words not in told:
            kept.append(unit)
        if plain:
            told.add(unit.words)
    return kept


_OR_APART = 2
"""How many words may stand between two parts of a question that an “or” joins."""


_SET_ASIDE = (
    ("apart", "from"),
    ("aside", "from"),
    ("except", "for"),
    ("other", "than"),
    ("besides",),
)


def _is_set_aside(heard: Heard, unit: Unit) -> bool:
    """Whether it is what the answer is not to be about: “apart from Taiwan”."""
    keys = [token.key for token in heard.tokens[: unit.first] if token.key not in ("the", "a")]
    return any(tuple(keys[-len(words) :]) == words for words in _SET_ASIDE)


def _first_names(heard: Heard) -> set[int]:
    """The places of first names, titles and surnames that people write beside a person's name."""
    beside = beside_people(heard.mentions)
    return {i for i in heard.loose() if i and i in beside and heard.tokens[i].text[0].isupper()}


def _sizes(heard: Heard) -> set[int]:
    """The places of words that ask for the size of what is measured: “the value of trade”."""
    measures = [
        m.first for m in heard.of("concept") if any(c.scheme == "measure" for c in m.concepts)
    ]
    measures += [i for i, token in enumerate(heard.tokens) if token.key in grammar("measured")]
    return {
        i for i, token in enumerate(heard.tokens[:-1])
        if token.key in grammar("sizes") and heard.tokens[i + 1].key == "of"
        and any(i + 1 < first <= i + _SIZE_OF for first in measures)
    }  # fmt: skip


_SIZE_OF = 6
"""So many words after such a word what is measured may stand."""


def _is_a_measure(heard: Heard, unit: Unit) -> bool:
    if unit.last == unit.first + 1 and heard.tokens[unit.first].key in grammar("measured"):
        return True
    return not unit.named and any(
        c.scheme == "measure"
        for m in heard.of("concept") if m.first < unit.last and unit.first < m.last
        for c in m.concepts
    )  # fmt: skip


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
    if first < 0 or last > len(heard.tokens) or not set(range(first, last)) <= set(loose):
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
    asking = [c for c in asking if not _only_tells_more(heard, c)] or asking
    main = asking[-1] if asking else clauses[0] if clauses else []
    return [(c[0], c[-1] + 1) for c in clauses if c is not main and len(c) >= _LEAST_ASIDE]


def _only_tells_more(heard: Heard, clause: Sequence[int]) -> bool:
    """Whether a clause is put in to tell more of what is before it: “…, still open when …, …”."""
    keys = [heard.tokens[i].key for i in clause]
    return clause[0] > 0 and keys[0] in _PUT_IN and clause[-1] + 1 < len(heard.tokens)


_PUT_IN = ("still", "then", "already", "first", "once", "long", "which", "who", "whose", "where")


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
    last = heard.tokens[mention.last - 1]
    if mention.last - mention.first > 1 and last.text[0].islower():
        composed.add("Organization")  # “the Chinese military”
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
        seat=_by_its_seat(mention),
    )  # fmt: skip


def _by_its_seat(mention: Mention) -> bool:
    """Whether a mention names a state by a name that is no part of its own: “the Kremlin”."""
    states = [e for e in mention.entities if e.type == "Country"]
    said = name_key(mention.text).removeprefix("the ")
    own = {word for e in states for word in name_key(e.label).split()}
    return bool(states) and not mention.adjective and said not in own and len(said) > _LONG_NAME


_LONG_NAME = 4
"""So many letters a name has at most that is an abbreviation: PRC, USSR."""


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
