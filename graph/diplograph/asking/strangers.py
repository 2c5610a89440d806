"""Names that nothing bears, and names that no fact has together.

A refusal that blames an everyday word, where the question names what the sources do not know at
all, leads astray; so does one that blames names that are well known, but of which nothing is told
together. The first is an unknown name, the second is not on record.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Context, Lacking, Outcome
from diplograph.asking.parts import Heard, Token
from diplograph.asking.postings import SOUGHT, postings
from diplograph.asking.twofold import twofold
from diplograph.asking.understood import covered_by_all
from diplograph.asking.units import Unit
from diplograph.asking.wording import wording
from diplograph.errors import AmbiguousName, UnknownName
from diplograph.facts import facts_of
from diplograph.model import Fact
from diplograph.names import resolve
from diplograph.words import MONTHS

__all__ = ["apart", "unknown_run"]


def unknown_run(context: Context) -> UnknownName | None:
    """The first name in a question that nothing in the graph bears and no statement has."""
    heard = context.heard
    named = {i for m in heard.of("entity", "date") for i in range(m.first, m.last)}
    for run in _runs(heard):
        strange = [i for i in run if i not in named and _can_be_a_name(heard.tokens[i])]
        told = postings(context.graph).of_words({heard.tokens[i].stem for i in strange})
        unheard = [i for i in strange if told[heard.tokens[i].stem].keys() <= {SOUGHT}]
        if not unheard or (len(run) == 1 and heard.tokens[run[0]].text.isupper()):
            continue
        try:
            resolve(context.graph, _name_of(heard, run))
        except UnknownName as error:
            return error
        except AmbiguousName:
            pass
    return None


def _runs(heard: Heard) -> list[range]:
    """The stretches of words with capitals, but for what a capital begins as a sentence."""
    tokens = heard.tokens
    long = [t for t in tokens if len(t.key) > _SHORT]
    if len(long) >= _MANY and all(t.text[0].isupper() for t in long):
        return []  # a title, in which all words have them
    found: list[range] = []
    i = 0
    while i < len(tokens):
        last = i + 1
        if _is_capital(heard, i):
            while last < len(tokens) and not tokens[last - 1].possessive:
                step = _goes_on(heard, last)
                if not step:
                    break
                last += step
            while i + 1 < last and (tokens[i].stem,) in wording().demonyms:
                i += 1
            found.append(range(i, last))
        i = last
    return found


_SHORT, _MANY = 3, 5
"""Words up to so many letters have no capital in a title; and how many others make one."""


def _is_capital(heard: Heard, place: int) -> bool:
    """Whether a word has its capital for being a name."""
    token = heard.tokens[place]
    before = heard.question[: token.start].rstrip(" “\"'(")
    begins = not before or before[-1] in ".?!:;"
    if begins and wording().is_english(token.stem):
        return False
    return token.text[0].isupper() and token.text not in MONTHS


def _goes_on(heard: Heard, place: int) -> int:
    """How many of the next words belong to the name: “Kim Il-*sung*”, “Treaty *of Aigun*”."""
    tokens, text = heard.tokens, heard.question
    gap = text[tokens[place - 1].end : tokens[place].start]
    if gap == "-" or (gap == " " and _is_capital(heard, place)):
        return 1
    following = place + 1
    of = gap == " " and tokens[place].key == "of" and following < len(tokens)
    titled = of and any(m.last == place for m in heard.of("class", "concept"))
    return 2 if titled and _is_capital(heard, following) else 0


def _can_be_a_name(token: Token) -> bool:
    words = wording()
    own = (token.stem,)
    return (
        len(token.key) > 2
        and token.key.isalpha()
        and token.stem not in words.fillers
        and not (own in words.demonyms or own in words.of or own in words.classes)
    )


def _name_of(heard: Heard, run: range) -> str:
    text = heard.question[heard.tokens[run[0]].start : heard.tokens[run[-1]].end]
    return re.sub(r"['’ʼ`]s?$", "", text)


def apart(context: Context, readings: Sequence[Reading]) -> Outcome | None:
    """Nothing, of two that a question names and that no fact names or concerns both."""
    heard = context.heard
    keys = {token.key for token in heard.tokens[1:]}
    if not readings or heard.begins or twofold(heard.question) or keys & _OF_ANOTHER_CLAUSE:
        return None
    entities = {e.id: e for m in heard.of("entity") for e in m.entities}
    every = {e.id for e in covered_by_all(context.graph)} | heard.authors
    named = [u for u in context.units if u.entities and every.isdisjoint(u.entities)]
    if len(named) != _PAIR or any(u.part < 1.0 or u.instead for u in named):
        return None
    one, other = named
    about = [entities[u.entities[0]] for u in named if u.entities[0] in entities]
    if len({e.id for e in about if e.type in _PARTIES}) < _PAIR or not (one.met and other.met):
        return None
    if any(min(how, other.met.get(fact, 0.0)) > _BESIDE for fact, how in one.met.items()):
        return None
    what = f"statement that tells of {about[0].label} and {about[1].label} together"
    told = tuple(fact for unit in named for fact in _told_of(context, unit))
    return Outcome(
        readings[-1], "", 0.0, lacking=Lacking(what, tuple(about), apart=True), also=told
    )


_PAIR = 2
_BESIDE = 0.5
"""How well a fact meets a name by what stands beside it in the text only."""
_PARTIES = ("Person", "Leader", "Country", "Organization", "Place", "Event")
_OF_ANOTHER_CLAUSE = frozenset({"when", "while", "after", "before", "since", "until", "than"})
"""Words after which a name may belong to another matter than what is asked for."""


def _told_of(context: Context, unit: Unit) -> tuple[Fact, ...]:
    """The fact about a name that has most of the rest of the question."""
    own = [fact for fact, how in unit.met.items() if how == max(unit.met.values())]

    def worth(fact: str) -> tuple[float, str]:
        return sum(u.weight * u.met.get(fact, 0.0) for u in context.units), fact

    return facts_of(context.graph, [max(own, key=worth)], copies=context.copies)
