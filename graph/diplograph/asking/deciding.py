"""What a fact says to a yes-or-no question, and which of the facts found says it.

A fact that has all words of a question may still be of another day, of another number or done by
another one: “did Jiang telephone Putin on the 27th?” is not met by a call on the 26th, nor “did
Putin propose it?” by “Putin took up Jiang Zemin's proposal”.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from diplograph import dates
from diplograph.asking.affirming import decides
from diplograph.asking.denying import says_no
from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Context
from diplograph.asking.parts import Mention
from diplograph.asking.postings import postings
from diplograph.asking.retrieval import Hit
from diplograph.asking.sided import of_both_texts
from diplograph.asking.sufficing import ALIKE
from diplograph.asking.units import Unit
from diplograph.asking.wording import grammar, wording
from diplograph.model import Entity, Fact
from diplograph.stems import stem, stems
from diplograph.words import NUMBERS

__all__ = ["decided", "ended_by_then", "telling_first"]

_LEADS, _NEARLY_AS_GOOD = 0.9, 0.85
"""What a fact is worth, as a share of the best, that may decide, and that may come first because it
has what the question makes of the matter: “most”, “only”, “first”."""


def decided(
    context: Context, reading: Reading, hits: Sequence[Hit], facts: Sequence[Fact]
) -> tuple[bool | None, tuple[Fact, ...]]:
    """What the best facts say to a yes-or-no question, with the facts, that which says it first.

    Those that are worth nearly as much as the best are looked at; what they say has to agree.
    """
    if reading.focus != "yes-no" or not facts or not hits:
        return None, tuple(facts)
    by_fact = {hit.fact: hit for hit in hits}
    least = _LEADS * hits[0].worth
    said = [
        (fact, answer) for fact in facts
        if (hit := by_fact.get(fact.id)) is not None and hit.worth >= least
        and (answer := _says(context, reading, hit, fact)) is not None
    ]  # fmt: skip
    if not said or len({answer for _, answer in said}) > 1:
        return None, tuple(facts)
    first, answer = said[0]
    return answer, (first, *(fact for fact in facts if fact is not first))


def telling_first(
    context: Context, reading: Reading, hits: Sequence[Hit], facts: Sequence[Fact]
) -> tuple[Fact, ...]:
    """The facts, those first that have what a yes-or-no question makes of the matter.

    “Were *most* of the accords about security?” is told by what says of most of them what they were
    about, if it is worth nearly as much as the best.
    """
    keys = {token.key for token in context.heard.tokens}
    made = keys & grammar("leading-more")
    if reading.focus != "yes-no" or not made or not hits:
        return tuple(facts)
    worth = {hit.fact: hit.worth for hit in hits}
    least = _NEARLY_AS_GOOD * hits[0].worth

    def rank(fact: Fact) -> int:
        told = set(re.findall(r"\w+", _SUPERLATIVE.sub("", fact.statement.lower())))
        return -len(told & made) if worth.get(fact.id, 0.0) >= least else 0

    return tuple(sorted(facts, key=rank))


_SUPERLATIVE = re.compile(r"\b(?:the|its|their) most\b|\bmost (?!of\b|\w+s\b)")
"""A “most” that is none of a number: “the most important”."""


def _says(context: Context, reading: Reading, hit: Hit, fact: Fact) -> bool | None:
    """What one fact says to a yes-or-no question, if it has each of its words."""
    if hit.plain[1] or of_both_texts(context.heard.question):
        return None
    keys = {token.key for token in context.heard.tokens}
    if keys & grammar("negative"):
        return None  # “is it not …?” can be answered either way
    if not all(u.met.get(fact.id, 0.0) >= _decisive(u) for u in reading.rest):
        loosely = all(u.met.get(fact.id, 0.0) >= _LOOSELY for u in reading.rest)
        denied = loosely and hit.itself and hit.alike >= ALIKE and says_no(context, fact)
        return False if denied and _is_of_its_time(context, fact) else None
    named = [e for m in context.heard.of("entity") for e in m.entities]
    asked = {e.label for e in named}
    asked |= {name.rpartition(" ")[2] for name in asked}
    answer = decides(fact, asked, keys)
    if answer is None and says_no(context, fact) and _is_of_its_time(context, fact):
        return False
    if answer is False and not _is_of_its_time(context, fact):
        return None
    if answer and (
        _ON_CONDITION.search(fact.statement)
        or _may_say_it_of_others(context, named, fact)
        or not _is_of_its_time(context, fact)
        or not _tells_as_much(context, fact)
        or _is_of_another(context, fact)
    ):
        return None
    return answer


_ON_CONDITION = re.compile(r"\b(?:until|till|unless|if|whether|in case)\b", re.IGNORECASE)
"""Words after which a statement does not say that something is so."""


def _may_say_it_of_others(context: Context, named: Sequence[Entity], fact: Fact) -> bool:
    """Whether what a fact says may be said in it of others than the question names.

    So where it tells several things, or names something besides of the same kind: who “went to
    Novosibirsk and to the port of Vladivostok” does not make Novosibirsk a port.
    """
    asked, types = {e.id for e in named}, {e.type for e in named}
    others = any(e.type in types and e.id not in asked for e in fact.others)
    return others or bool(postings(context.graph).joining([fact.id]))


def _decisive(unit: Unit) -> float:
    """How well a fact has to meet a part of a yes-or-no question, to be the yes or the no to it.

    It has to lie in its time or to name it, and to have its words, or such as mean the same: what a
    fact may be looked for by can be the opposite of what it says.
    """
    if unit.period:
        return _THEN
    return _ITS_NAMES if unit.entities else _ITS_WORDS


_THEN, _ITS_NAMES, _ITS_WORDS = 0.8, 0.6, 0.74
_LOOSELY = 0.5
"""How well what says no in so many words has to meet each part."""


# --- time, number --------------------------------------------------------------------------------


def _is_of_its_time(context: Context, fact: Fact) -> bool:
    """Whether a fact is of the days or months that the question names; of years see the score."""
    for mention in context.heard.of("date"):
        period = mention.period
        if not isinstance(period, dates.Period):
            continue
        if ended_by_then(fact, period):
            return False
        if _spans_years(period):
            continue
        if fact.when is None or dates.overlaps(dates.parse(fact.when.edtf), period) == "no":
            return False
    return True


def ended_by_then(fact: Fact, period: dates.Period) -> bool:
    """Whether what lasted from one time to another had ended before the end of the time asked for.

    Something else may have come after it: “not between 1972 and January 2007” is no word on 2007.
    """
    when = dates.parse(fact.when.edtf) if fact.when and "/" in fact.when.edtf else None
    if when is None or not (when.earliest and when.latest and period.earliest and period.latest):
        return False
    return when.earliest < period.earliest and when.latest < period.latest


def _spans_years(period: dates.Period) -> bool:
    first, last = period.earliest, period.latest
    return first is None or last is None or (last - first).days >= _ALL_YEAR


_ALL_YEAR = 364


def _tells_as_much(context: Context, fact: Fact) -> bool:
    """Whether a statement has the numbers of the question, and what it makes of the matter."""
    told = set(re.findall(r"[\w.]+", fact.statement.lower().replace(",", "")))
    told |= {word.rstrip(".") for word in told}
    numbers = {NUMBERS[word] for word in told & NUMBERS.keys()}
    heard = context.heard
    taken = {i for m in heard.of("date", "entity", "source") for i in range(m.first, m.last)}
    for i, token in enumerate(heard.tokens):
        if i in taken or (i and heard.tokens[i - 1].key in _KNOWN):
            continue  # “the two islands” takes for granted how many they are
        key = token.key.replace(",", "")
        if key in grammar("making-more") and key not in told:
            return False
        number = NUMBERS.get(key)
        if (
            number is not None
            and number > 1
            and not ({key, str(number)} & told or number in numbers)
        ):
            return False
        if key[:1].isdigit() and key not in told and not any(str(n) == key for n in numbers):
            return False
    return True


_KNOWN = frozenset({"the", "these", "those", "its", "their", "his", "her"})


# --- who -----------------------------------------------------------------------------------------


def _is_of_another(context: Context, fact: Fact) -> bool:
    """Whether a statement does not have a name of the question, or another one does what is asked.

    Who does it is named next before the verb, or after it with “by” or “of”, or owns the noun:
    “Jiang Zemin's proposal”, “on the initiative of China”.
    """
    names = [m for m in context.heard.of("entity") if not m.soft]
    words = re.findall(r"[\w’']+", fact.statement)
    own = [_bare(word) for word in words]
    if not all(_calls(mention) & set(own) for mention in names if _is_somebody(mention)):
        return True
    doer = _doer(context, names)
    verb = _verb(context, doer) if doer else ""
    if doer is None or not verb:
        return False
    places = _places(own, [*names, *_others(fact, names)])
    meant = {other for other, how in wording().like(verb).items() if how >= _MEANT}
    for i in (i for i, word in enumerate(own) if word in meant):
        who = _who(words, places, i)
        if who is not None and not who & _calls(doer):
            return True
    return False


_MEANT = 0.74


def _bare(word: str) -> str:
    return stem(re.sub(r"[’']s?$", "", word).lower())


def _calls(mention: Mention) -> frozenset[str]:
    """The stems by which a statement may call what is mentioned."""
    labels = " ".join(e.label for e in mention.entities)
    named = set(stems(f"{labels} {mention.text}")) - wording().fillers
    keys = {e.label.lower() for e in mention.entities}
    return frozenset(
        named | {p[-1] for p, name in wording().demonyms.items() if name.lower() in keys}
    )


def _others(fact: Fact, names: Iterable[Mention]) -> list[frozenset[str]]:
    """The stems by which those of a fact are called whom the question does not name."""
    asked = {e.id for m in names for e in m.entities}
    return [frozenset(stems(e.label)) for e in fact.others if e.id not in asked and e.type in _WHO]


_WHO = frozenset({"Country", "Person", "Leader", "Organization"})


def _is_somebody(mention: Mention) -> bool:
    return any(entity.type in _WHO for entity in mention.entities)


def _places(
    own: Sequence[str], called: Iterable[Mention | frozenset[str]]
) -> dict[int, frozenset[str]]:
    """Where a statement names somebody, and by what stems that one goes."""
    found: dict[int, frozenset[str]] = {}
    for one in called:
        known = _calls(one) if isinstance(one, Mention) else one
        found |= {i: known for i, word in enumerate(own) if word in known}
    return found


def _doer(context: Context, names: Sequence[Mention]) -> Mention | None:
    """Who does what is asked: named after “by”, as the owner of a noun (“Putin's idea”), or else
    right after the auxiliary."""
    people = [m for m in names if _is_somebody(m)]
    tokens = context.heard.tokens
    by = [m for m in people if m.before == "by"]
    by = by or [m for m in people if tokens[m.last - 1].possessive and m.last < len(tokens)]
    first = [m for m in people if m.first <= _SOON and not m.adjective]
    return by[0] if by else first[0] if first else None


_SOON = 3


def _verb(context: Context, doer: Mention) -> str:
    """The stem of what is done: the word after the doer, or before the “by”."""
    heard = context.heard
    if doer.before == "by":
        before = [t.stem for t in heard.tokens[: doer.first] if t.key != "by"]
        return before[-1] if before else ""
    after = [t.stem for t in heard.tokens[doer.last :] if t.stem not in wording().fillers]
    return after[0] if after else ""


def _who(words: Sequence[str], places: dict[int, frozenset[str]], at: int) -> frozenset[str] | None:
    """Who does what the word at a place says; None where nobody is named for it."""
    if words[at + 1 : at + 2] in (["by"], ["of"]):
        after = [i for i in range(at + 2, min(at + _NEXT, len(words))) if words[i][:1].isupper()]
        if after:
            return places.get(after[0], frozenset({_bare(words[after[0]])}))
    owner = words[at - 1] if at else ""
    if owner[:1].isupper() and re.search(r"[’']s?$", owner):
        return places.get(at - 1, frozenset({_bare(owner)}))
    before = [i for i in places if i < at]
    return places[max(before)] if before else None


_NEXT = 6
