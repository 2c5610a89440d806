"""The parts of a question: its words, and the stretches that name something."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from diplograph import dates
from diplograph.errors import UnknownName
from diplograph.model import Entity

__all__ = [
    "Concept",
    "Heard",
    "Mention",
    "Token",
    "beside_people",
    "best_mentions",
    "in_order",
    "placed",
    "span",
    "without_possessive",
]

Kind = Literal["entity", "concept", "class", "date", "source"]

_SOFT = frozenset({"Issue", "Document", "Post", "ArmsTransfer"})
_ORDER = {"date": 0, "source": 1, "entity": 2, "concept": 3, "class": 4}


@dataclass(frozen=True)
class Token:
    """A word of the question: as typed, its key and stem, and where it stands."""

    text: str
    key: str
    stem: str
    start: int
    end: int
    possessive: bool = False


@dataclass(frozen=True)
class Concept:
    """A concept of the vocabulary, by its IRI, its label and its scheme."""

    id: str
    label: str
    scheme: str


@dataclass(frozen=True)
class Mention:
    """A stretch of the question (tokens ``first`` to ``last``, not included) and what it names."""

    first: int
    last: int
    kind: Kind
    text: str
    entities: tuple[Entity, ...] = ()
    concepts: tuple[Concept, ...] = ()
    stems: tuple[str, ...] = ()
    """Of what concepts are called: the stems of the words, as they were meant if misspelt."""
    name: str = ""
    period: dates.Period | None = None
    relation: str = ""
    before: str = ""
    adjective: bool = False
    partial: bool = False
    note: str | None = None

    @property
    def soft(self) -> bool:
        """Whether it names themes or papers only, which a fact can be about without naming them."""
        return self.kind == "entity" and (
            self.partial or all(e.type in _SOFT for e in self.entities)
        )


@dataclass(frozen=True)
class Heard:
    """A question taken apart."""

    question: str
    tokens: tuple[Token, ...]
    mentions: tuple[Mention, ...]
    notes: tuple[str, ...] = ()
    unknown: tuple[UnknownName, ...] = ()
    authors: frozenset[str] = frozenset()
    """The authors of the graph's sources."""
    begins: int = 0
    """The token with which the question begins; before it stands what only leads up to it."""
    scene: bool = False
    """Whether what leads up to it only sets the scene, and the question asks what became of it."""

    @cached_property
    def stems(self) -> frozenset[str]:
        """The stems of its words."""
        return frozenset(token.stem for token in self.tokens)

    @cached_property
    def named(self) -> frozenset[int]:
        """The places of the tokens of its dates and of names that are not soft."""
        return frozenset(
            i for m in self.mentions for i in range(m.first, m.last)
            if m.kind == "date" or (m.kind == "entity" and not m.soft)
        )  # fmt: skip

    def of(self, *kinds: str) -> tuple[Mention, ...]:
        """The mentions of some kinds, in order."""
        return tuple(m for m in self.mentions if m.kind in kinds)

    def loose(self) -> list[int]:
        """The places of the tokens that no mention takes."""
        taken = {i for m in self.mentions for i in range(m.first, m.last)}
        return [i for i in range(len(self.tokens)) if i not in taken]


def span(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """The tokens that stand between two places of the question."""
    inside = [i for i, t in enumerate(tokens) if t.start >= start and t.end <= end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def best_mentions(found: Iterable[Mention]) -> list[Mention]:
    """The mentions that do not overlap with a better one: dates, then the longest.

    A class and a concept may name the same word ("treaty"); both are kept.
    """
    chosen: list[Mention] = []

    found = list(found)
    dated = [m for m in found if m.kind == "date"]

    def rank(m: Mention) -> tuple[bool, int, int, int]:
        """Dates first, but for a name that holds one ("the 1972 ABM Treaty"); then the longest."""
        whole = any(m.first <= d.first and d.last <= m.last and m.kind != "date" for d in dated)
        whole = whole and m.kind == "entity"
        return (m.kind != "date" and not whole, -(m.last - m.first), _ORDER[m.kind], m.first)

    for mention in sorted(found, key=rank):
        clash = [c for c in chosen if mention.first < c.last and c.first < mention.last]
        same = all(
            {c.kind, mention.kind} == {"concept", "class"}
            and (c.first, c.last) == (mention.first, mention.last)
            for c in clash
        )
        if not clash or same:
            chosen.append(mention)
    return in_order(chosen)


def beside_people(mentions: Iterable[Mention]) -> set[int]:
    """The places right before and right after the names of people."""
    people = [
        m for m in mentions
        if m.kind == "entity" and m.entities
        and all(e.type in ("Person", "Leader") for e in m.entities)
    ]  # fmt: skip
    return {place for m in people for place in (m.first - 1, m.last)}


def placed(mention: Mention, tokens: Sequence[Token]) -> Mention:
    """The mention with the word before it, by which its part in the sentence is known."""
    place = mention.first - 1
    while place >= 0 and tokens[place].key in ("the", "a", "an"):
        place -= 1
    return replace(mention, before=tokens[place].key if place >= 0 else "")


def in_order(mentions: Iterable[Mention]) -> list[Mention]:
    """Mentions by their place; of those at one place the surest kind first."""
    return sorted(mentions, key=lambda m: (m.first, _ORDER[m.kind]))


def without_possessive(name: str) -> str:
    """A name as typed, without the “’s” at its end."""
    return _POSSESSIVE.sub("", name)


_POSSESSIVE = re.compile(r"['’ʼ`]s?$")
