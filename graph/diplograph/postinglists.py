"""The lists of the index of words as texts: which facts have a stem, and what is looked at of each.

From disk the engine looks up some hundred thousand terms a second, and a question meets thousands
of pairs of a word and a fact. So facts are numbered, and of each word, mark and entity the index
has one text with the numbers of all facts that have it, its *posting list*, a kind of having after
the other (I. H. Witten, A. Moffat, T. C. Bell, *Managing Gigabytes*, 1999, chapter 3).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from diplograph.namespaces import PASSAGE, WORD_MARK

__all__ = [
    "FactEntry",
    "FactListed",
    "Place",
    "listed",
    "mark_iri",
    "place_of_passage",
    "read_entry",
    "read_list",
    "read_postings",
    "write_entry",
    "write_list",
    "write_postings",
]

Place = tuple[str, int, int]
"""Where a passage stands: the IRI of its source's passages, first character, one after the last."""

_WORDLESS, _JOINS = "-", "joins"


class FactListed(NamedTuple):
    """A fact in the list of all, where its place is its number."""

    iri: str
    span: str | None
    """First and last day, parted by a stroke; empty without a date, None without a statement."""
    joins: bool
    """Whether it tells whole what others tell in parts."""
    passages: str
    """The IRIs of its passages, shortened and parted by blanks."""

    @property
    def places(self) -> tuple[Place, ...]:
        """Where its passages stand."""
        passages = (p if ":" in p else PASSAGE + p for p in self.passages.split())
        return tuple(place for p in passages if (place := place_of_passage(p)))


class FactEntry(NamedTuple):
    """What is looked at of a fact that meets a question: stems, phrases, vector.

    ``words`` are the stems of its statement, ``phrases`` those of each term of several words that
    it is looked for by, and ``vector`` is as :mod:`diplograph.latent` writes it, empty for none.
    """

    words: frozenset[str] = frozenset()
    phrases: frozenset[tuple[str, ...]] = frozenset()
    vector: str = ""


def mark_iri(mark: str) -> str:
    """By what the index names the mark of a stem (:func:`diplograph.digests.word_mark`)."""
    return WORD_MARK + mark


def write_postings(lists: Mapping[str, Collection[int]]) -> str:
    """The numbers of the facts of each kind as one text.

    >>> write_postings({"word": [7, 3], "context": [4], "sought": []})
    'context 4|word 3 7'
    """
    kinds = (kind for kind in sorted(lists) if lists[kind])
    return "|".join(f"{kind} {' '.join(map(str, sorted(lists[kind])))}" for kind in kinds)


def read_postings(text: str) -> dict[str, list[int]]:
    """The numbers by kind, from such a text.

    >>> read_postings("context 4|word 3 7")
    {'context': [4], 'word': [3, 7]}
    """
    parts = (part.partition(" ") for part in text.split("|"))
    return {kind: [int(number) for number in numbers.split(" ")] for kind, _, numbers in parts}


def listed(iri: str, span: str | None, joins: bool, passages: Iterable[str]) -> FactListed:
    """A fact as the list of all has it.

    >>> listed("urn:f", "", False, [PASSAGE + "essay/3-9", "urn:a/4-5"]).passages
    'essay/3-9 urn:a/4-5'
    """
    return FactListed(iri, span, joins, " ".join(_short(passage) for passage in sorted(passages)))


def _short(passage: str) -> str:
    rest = passage.removeprefix(PASSAGE)
    return passage if ":" in rest else rest


def write_list(facts: Iterable[FactListed]) -> str:
    """The list of all facts as one text, a line each."""
    return "\n".join(
        f"{iri} {_WORDLESS if span is None else span} {_JOINS if joins else ''} {passages}"
        for iri, span, joins, passages in facts
    )


def read_list(text: str) -> list[FactListed]:
    """The list of all facts, from such a text.

    >>> facts = [listed("urn:f", "2000-07-17/2000-07-17", True, [PASSAGE + "essay/3-9"]),
    ...          listed("urn:g", "", False, []), listed("urn:h", None, False, [])]
    >>> read_list(write_list(facts)) == facts
    True
    >>> facts[0].places == ((PASSAGE + "essay", 3, 9),)
    True
    """
    lines = (line.split(" ", 3) for line in text.split("\n"))
    return [
        FactListed(iri, None if span == _WORDLESS else span, joins == _JOINS, passages)
        for iri, span, joins, passages in lines
    ]


def place_of_passage(passage: str) -> Place | None:
    """Where a passage stands, by its IRI; None for one that counts no characters.

    >>> place_of_passage(PASSAGE + "essay/3-9") == (PASSAGE + "essay", 3, 9)
    True
    """
    source, _, span = passage.rpartition("/")
    start, _, end = span.partition("-")
    return (source, int(start), int(end)) if start.isdecimal() and end.isdecimal() else None


def write_entry(entry: FactEntry) -> str:
    """The entry of a fact as a text of three lines."""
    phrases = sorted(" ".join(phrase) for phrase in entry.phrases)
    return "\n".join((" ".join(sorted(entry.words)), ",".join(phrases), entry.vector))


def read_entry(text: str) -> FactEntry:
    """The entry of a fact, from such a text.

    >>> entry = FactEntry(frozenset(["sign", "treati"]), frozenset([("peac", "pact")]), "2 fwA=")
    >>> read_entry(write_entry(entry)) == entry
    True
    """
    words, phrases, vector = text.split("\n")
    told: Sequence[str] = phrases.split(",") if phrases else ()
    return FactEntry(
        frozenset(words.split()), frozenset(tuple(phrase.split(" ")) for phrase in told), vector
    )
