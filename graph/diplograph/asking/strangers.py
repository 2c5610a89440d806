"""Names in a question that nothing in the graph bears, each told whole."""

from __future__ import annotations

from collections.abc import Sequence

from diplograph.asking.mending import near_a_name
from diplograph.asking.outcome import Context
from diplograph.asking.parts import Heard, Token, without_possessive
from diplograph.asking.postings import SOUGHT, postings
from diplograph.asking.wording import wording
from diplograph.errors import AmbiguousName, UnknownName
from diplograph.names import resolve
from diplograph.store import Graph
from diplograph.words import MONTHS

__all__ = ["told_in_full", "unknown_run"]


def unknown_run(
    context: Context, missing: Sequence[str], answered: bool = False
) -> UnknownName | None:
    """The first name in a question that nothing in the graph bears and no statement has.

    What facts are looked for by is so only where the best fact lacks it (``missing``), and, unless
    the question is ``answered``, where it is a name of several words.
    """
    heard = context.heard
    lost = {i for u in context.units if u.text in missing for i in range(u.first, u.last)}
    named = {i for m in heard.of("entity", "date") for i in range(m.first, m.last)}
    for run in _runs(heard):
        strange = [i for i in run if i not in named and _can_be_a_name(heard.tokens[i])]
        new = not answered and len(run) > 1 and named.isdisjoint(run)
        told = postings(context.graph).of_words({heard.tokens[i].stem for i in strange})
        unheard = [
            i for i in strange
            if told[heard.tokens[i].stem].keys() <= ({SOUGHT} if i in lost or new else set())
        ]  # fmt: skip
        if not unheard or (len(run) == 1 and _may_be_a_word(heard, run[0], lost)):
            continue
        if answered and all(_is_spelt_otherwise(context, run, i) for i in unheard):
            continue
        error = _unknown(context.graph, _name_of(heard, run))
        if error is not None:
            return error
    return None


def _may_be_a_word(heard: Heard, place: int, lost: set[int]) -> bool:
    """Whether a single word has its capital for another reason than being a name, or is met."""
    token = heard.tokens[place]
    if token.text.isupper():
        return True
    before = heard.tokens[place - 1].key if place else ""
    return wording().is_english(token.stem) and (place not in lost or before in _ARTICLES)


def _is_spelt_otherwise(context: Context, run: range, place: int) -> bool:
    """Whether it is part of a known name in another spelling: “*Evgeny* Nazdratenko”."""
    heard, token = context.heard, context.heard.tokens[place]
    if near_a_name(context.graph, token):
        return True
    people = [
        e for m in heard.of("entity") for e in m.entities
        if e.type in ("Person", "Leader") and place < m.first < run.stop
    ]  # fmt: skip
    patronymic = place > run.start and token.key.endswith(("vich", "vna"))
    return any(patronymic or e.label[0].casefold() == token.key[0] for e in people)


_ARTICLES = ("the", "a", "an", "its", "their", "his")


def told_in_full(graph: Graph, heard: Heard, error: UnknownName) -> UnknownName:
    """The same of the whole name, where only a part of it was looked up: “Kim Jong” of Jong-il."""
    names = [_name_of(heard, run) for run in _runs(heard)]
    whole = next((n for n in names if error.name in n and len(n) > len(error.name)), "")
    return (_unknown(graph, whole) if whole else None) or error


def _unknown(graph: Graph, name: str) -> UnknownName | None:
    try:
        resolve(graph, name)
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
            if last > i + 1 or not _begins(heard, i):
                found.append(range(i, last))
        i = last
    return found


_SHORT, _MANY = 3, 5
"""Words up to so many letters have no capital in a title; and how many others make one."""


def _is_capital(heard: Heard, place: int) -> bool:
    """Whether a word has its capital for being a name."""
    token = heard.tokens[place]
    words = wording()
    if _begins(heard, place) and (token.stem in words.fillers or words.is_english(token.stem)):
        return False
    return token.text[0].isupper() and token.text not in MONTHS


def _begins(heard: Heard, place: int) -> bool:
    """Whether a sentence begins with a word."""
    before = heard.question[: heard.tokens[place].start].rstrip(" “\"'(")
    return not before or before[-1] in ".?!:;"


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
    office = {m.last for m in heard.of("class") if m.name == "Person" and m.first == run[0]}
    first = next((i for i in run if i in office), run[0])
    text = heard.question[heard.tokens[first].start : heard.tokens[run[-1]].end]
    return without_possessive(text)
