"""Misspelt words, names given in part, and names that nothing in the graph bears."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from diplograph.asking.naming import bearers, concepts_in, entities_in
from diplograph.asking.parts import (
    Heard,
    Mention,
    Token,
    beside_people,
    best_mentions,
    in_order,
    span,
    without_possessive,
)
from diplograph.asking.postings import postings
from diplograph.asking.wording import wording
from diplograph.errors import AmbiguousName, UnknownName
from diplograph.facts import entities_of
from diplograph.keys import name_key
from diplograph.model import Entity
from diplograph.names import resolve
from diplograph.namespaces import INDEX_GRAPH
from diplograph.resources import asking_words
from diplograph.stems import stem, words_of
from diplograph.store import Graph

__all__ = ["mended", "near_a_name", "partly_named"]

_MOST_PARTLY, _MOST_KEYS = 4, 200
"""How many entities may bear what is told of a name, and how many names of these are looked up."""
_DESIGNATION = re.compile(r"\b[A-Z][A-Za-z]{0,4}-\d{1,4}[A-Z0-9]*\b")
"""What weapons are called: T-90, Su-35S."""


def _few(graph: Graph, keys: Sequence[str]) -> tuple[Entity, ...]:
    """The entities that bear the keys, where they are few; none where they are many.

    In a graph of the world tens of thousands of names have the word “convention”.
    """
    rows = bearers(graph, keys) if len(keys) <= _MOST_KEYS else ()
    entities = {e.id: e for _, e in rows}
    return tuple(entities.values()) if len(entities) <= _MOST_PARTLY else ()


def partly_named(graph: Graph, heard: Heard) -> Heard:
    """With names of which only one telling word is given: ``Kovyktinskoye``, ``Kursk``."""
    loose = [
        i for i in heard.loose()
        if i > 0 and heard.tokens[i].text[0].isupper() and _strange(heard.tokens[i])
    ]  # fmt: skip
    found = []
    for i in loose:
        word = heard.tokens[i].key
        entities = _few(graph, [k for k in _keys(graph) if word in k.split()])
        if entities:
            text = heard.tokens[i].text
            found.append(Mention(i, i + 1, "entity", text, entities=entities, partial=True))
    unknown, notes = list(heard.unknown), list(heard.notes)
    taken = {i for m in heard.mentions for i in range(m.first, m.last)}
    for match in _DESIGNATION.finditer(heard.question):
        first, last = span(heard.tokens, match.start(), match.end())
        if first == last or taken & set(range(first, last)):
            continue
        begins = " ".join(t.key for t in heard.tokens[first:last])
        entities = _few(graph, [k for k in _keys(graph) if k.startswith(begins)])
        if entities:
            found.append(Mention(first, last, "entity", match[0], entities=entities))
        else:
            try:
                near = entities_of(graph, [resolve(graph, match[0]).id])
            except UnknownName as error:
                unknown.append(error)
            except AmbiguousName:
                pass
            else:
                named = tuple(near.values())
                found.append(Mention(first, last, "entity", match[0], entities=named))
                notes.append(f"“{match[0]}” was read as “{named[0].label}”.")
    heard = replace(heard, unknown=tuple(unknown), notes=tuple(notes))
    if not found:
        return heard
    mentions = in_order([*heard.mentions, *found])
    return replace(heard, mentions=tuple(mentions))


def mended(graph: Graph, heard: Heard) -> Heard:
    """The question with misspelt words read as what they were meant to be.

    A word that neither the graph nor the shipped words know is tried against the words of all
    names, then against the everyday words; what is found is looked up again in its new form.
    """
    if heard.unknown:
        return heard
    loose = set(heard.loose())
    strange = [i for i in sorted(loose) if _strange(heard.tokens[i])]
    known = postings(graph).known([heard.tokens[i].stem for i in strange]) if strange else set()
    strange = [i for i in strange if heard.tokens[i].stem not in known]
    if not strange:
        return heard
    tokens = list(heard.tokens)
    notes: list[str] = []
    unknown: list[UnknownName] = []
    names = _name_words(graph)
    meant = {i: _slip_of(tokens[i].key, names) for i in strange}
    meant = {
        i: word if word and _can_be_meant(graph, tokens, i, word) else None
        for i, word in meant.items()
    }
    meant = {
        i: word if word and not _goes_on_strangely(heard, i, meant) else None
        for i, word in meant.items()
    }
    for i in strange:
        token = tokens[i]
        capital = i > 0 and token.text[0].isupper() and not token.text.isupper()
        word = meant[i] or (None if capital else _slip_of(token.key, _vocabulary()))
        part = meant.get(i + 1) or i in beside_people(heard.mentions)
        if not word and part and token.text[0].isupper():
            continue  # a first name in another spelling, or a surname left out in the graph
        if word:
            tokens[i] = replace(token, key=word, stem=stem(word))
            notes.append(f"“{token.text}” was read as “{word}”.")
        elif token.text[0].isupper() and i > 0:
            if i - 1 in strange and tokens[i - 1].text[0].isupper():
                continue  # told with the word before
            name = token.text
            if i > 1 and i - 1 in loose and tokens[i - 1].text[0].isupper():
                name = heard.question[tokens[i - 1].start : token.end]  # with the first name
            if i + 1 in strange and tokens[i + 1].text[0].isupper():
                name = heard.question[token.start : tokens[i + 1].end]
            try:
                resolve(graph, without_possessive(name))
            except UnknownName as error:
                unknown.append(error)
            except AmbiguousName:
                pass
    changed = tuple(tokens)
    found = [*heard.of("date", "source"), *entities_in(graph, heard.question, changed)]
    found += concepts_in(graph, heard.question, changed)
    chosen = best_mentions(found)
    told = tuple(_named_in_full(note, chosen) for note in notes)
    return replace(
        heard, tokens=changed, mentions=tuple(chosen), notes=told, unknown=tuple(unknown)
    )


def near_a_name(graph: Graph, token: Token) -> bool:
    """Whether a word with a capital is a slip of one of a name, or begins as a long one does."""
    proper = _proper_words(graph)
    word = _slip_of(token.key, _name_words(graph))
    if word and word in proper and _is_near(token.key, word):
        return True
    begins = token.key[:_BEGINNING]
    return len(begins) == _BEGINNING and any(other.startswith(begins) for other in proper)


_BEGINNING = 6
"""So many letters of a name tell it, whatever its ending: “Kovyktinskoe” of Kovykta."""


def _can_be_meant(graph: Graph, tokens: Sequence[Token], place: int, word: str) -> bool:
    """Whether a word with a capital can be a slip of this one: of a name, and no common word.

    “Crimea” is no slip of “crime”, nor “Chita” of “China”.
    """
    token = tokens[place]
    if not _fits_its_kind(_keys(graph), tokens, place, word):
        return False
    if not place or not token.text[0].isupper() or token.text.isupper():
        return True
    return word in _proper_words(graph) and _is_near(token.key, word)


def _goes_on_strangely(heard: Heard, place: int, meant: dict[int, str | None]) -> bool:
    """Whether the next word is a surname that nobody here has: “George *Bush*”."""
    tokens, following = heard.tokens, place + 1
    if following not in meant or meant[following] or not tokens[following].text[0].isupper():
        return False
    gap = heard.question[tokens[place].end : tokens[following].start]
    return tokens[place].text[0].isupper() and gap.isspace()


def _is_near(typed: str, word: str) -> bool:
    """Whether a short name is mistyped so that it is hardly another one."""
    if len(typed) != len(word) or len(typed) > _SHORT or sorted(typed) == sorted(word):
        return True
    return all(
        a == b or not _PAIRS.isdisjoint((a + b, b + a)) for a, b in zip(typed, word, strict=True)
    )


_SHORT = 5
"""A name of so many letters is another one with one of them exchanged, but for such as are near."""
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_ALIKE = ("iy", "sz", "ck", "fv", "jg", "ae", "ei", "ou")
_PAIRS = frozenset((*_ALIKE, *(a + b for row in _ROWS for a, b in pairwise(row))))
"""Letters that lie side by side on the keyboard, or sound alike."""


def _fits_its_kind(keys: Sequence[str], tokens: Sequence[Token], place: int, word: str) -> bool:
    """Whether a treaty bears the name that a slip was meant to be, where one is named by it.

    The “Treaty of Aigun” is none of the river Argun.
    """
    beside = [place + 1, *([place - 2] if place and tokens[place - 1].key == "of" else [])]
    kinds = [
        tokens[i].key for i in beside
        if 0 <= i < len(tokens) and tokens[i].text[0].isupper()
        and wording().classes.get((tokens[i].stem,)) == "Agreement"
    ]  # fmt: skip
    return not kinds or any(word in (own := key.split()) and kinds[0] in own for key in keys)


def _named_in_full(note: str, found: Sequence[Mention]) -> str:
    """A note on a misspelt word that tells the whole name where it is part of one."""
    typed = note[1 : note.index("”")]
    for mention in found:
        if mention.kind == "entity" and typed in mention.text:
            text = re.sub(r"^(?:the|a) ", "", mention.text, flags=re.IGNORECASE)
            return f"“{text}” was read as “{mention.entities[0].label}”."
    return note


def _strange(token: Token) -> bool:
    words = wording()
    return (
        len(token.key) > 3
        and not token.key.isdecimal()
        and token.stem not in words.fillers
        and (token.stem,) not in words.of
        and (token.stem,) not in words.classes
        and (token.text[0].isupper() or not words.is_english(token.stem))
    )


@lru_cache(maxsize=4)
def _keys(graph: Graph) -> tuple[str, ...]:
    """The keys of all names of the graph."""
    rows = graph.select(
        f"SELECT DISTINCT ?key WHERE {{ GRAPH <{INDEX_GRAPH}> {{ ?e dg:key ?key }} }}"
    )
    return tuple(sorted(row["key"] for row in rows))


@lru_cache(maxsize=4)
def _proper_words(graph: Graph) -> frozenset[str]:
    """The words with capitals in names; a common one that a name only begins with is none."""
    rows = graph.pairs("SELECT DISTINCT ?e ?name WHERE { ?e skos:prefLabel|skos:altLabel ?name }")
    found: set[str] = set()
    for _, name in rows:
        told = _LETTERS.findall(name)
        begins_only = any(word[0].islower() for word in told)
        for i, word in enumerate(told):
            common = not i and begins_only and wording().is_english(stem(word.lower()))
            if word[0].isupper() and not common:
                found.add(name_key(word))
    return frozenset(found)


_LETTERS = re.compile(r"[^\W\d_]+")


@lru_cache(maxsize=4)
def _name_words(graph: Graph) -> tuple[str, ...]:
    """The words of which the names of the graph are made."""
    return tuple(sorted({word for key in _keys(graph) for word in key.split() if len(word) > 3}))


def _slip_of(key: str, words: Sequence[str]) -> str | None:
    """The one word that a strange one is a slip of: one letter, two where it is long."""
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    if not key.isalpha():
        return None
    allowed = 1 if len(key) < 8 else 2
    found = process.extract(
        key, words, scorer=DamerauLevenshtein.distance, score_cutoff=allowed, limit=4
    )
    near = [(word, distance) for word, distance, _ in found if word[0] == key[0]]
    best = [word for word, distance in near if distance == near[0][1]]
    return str(best[0]) if len({stem(word) for word in best}) == 1 else None


@lru_cache(maxsize=1)
def _vocabulary() -> tuple[str, ...]:
    told = asking_words()
    lines = [*told["same"], *told["classes"].values(), told["fillers"]]
    found = {w for line in lines for w in words_of(line) if len(w) > 4}
    return tuple(sorted(found))
