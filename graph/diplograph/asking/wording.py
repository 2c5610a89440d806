"""What words mean to a question: fillers, words of one meaning, classes of things, demonyms.

All of it is data (``asking/words.toml`` of the ontology), brought to stems once a process.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from diplograph import keys as keys_module
from diplograph import stems as stems_module
from diplograph.resources import asking_words, synonyms_file, thesaurus_file, words_file
from diplograph.shelf import shelved
from diplograph.stems import stem, stems

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Phrase", "Wording", "grammar", "wording", "words_made_from"]

_SAME, _WORDNET = 0.85, 0.75
"""How surely a word of the same shipped group, or of a common synset of WordNet, is meant."""
_NEAR, _NEARER = 0.2, 0.5
"""How surely a word of the thesaurus is meant: at least, and what its nearness adds."""

Phrase = tuple[str, ...]
"""The stems of one or several words."""


@dataclass(frozen=True)
class Wording:
    """The shipped words by their stems.

    ``groups`` holds sets of phrases that mean the same, ``first`` the first of each; ``of`` leads
    from a phrase to the numbers of its groups; ``classes`` from a phrase to the class of things
    that it names; ``demonyms`` from a phrase to the key of a country's name; ``abbreviations``
    only count in capitals.
    """

    fillers: frozenset[str]
    groups: tuple[frozenset[Phrase], ...]
    first: tuple[Phrase, ...]
    of: dict[Phrase, tuple[int, ...]]
    classes: dict[Phrase, str]
    demonyms: dict[Phrase, str]
    abbreviations: frozenset[Phrase]
    longest: int

    def same(self, phrase: Phrase) -> frozenset[Phrase]:
        """The phrase and every phrase that means the same."""
        found = {phrase}
        for number in self.of.get(phrase, ()):
            found |= self.groups[number]
        return frozenset(found)

    def is_common(self, word: str) -> bool:
        """Whether a stem is that of a word that is everywhere in English."""
        return word in _common()

    def is_english(self, word: str) -> bool:
        """Whether a stem is one of those that the shipped synonyms and near words have."""
        return word in _synonyms() or word in _thesaurus()

    def like(self, word: str, near: bool = True) -> dict[str, float]:
        """The stems that mean the same as a stem, each with how surely (1 for itself).

        Without ``near`` only those of the shipped groups.
        """
        found = {}
        if near:
            found = _near(word) | dict.fromkeys(_synonyms().get(word, "").split(), _WORDNET)
        found |= {phrase[0]: _SAME for phrase in self.same((word,)) if len(phrase) == 1}
        return {**found, word: 1.0}


@cache
def grammar(part: str) -> frozenset[str]:
    """The small words that play a part in questions, such as ``auxiliary`` or ``pronouns``."""
    return frozenset(asking_words()["grammar"][part].split())


@cache
def wording() -> Wording:
    """The shipped words."""
    return _shelved()[0]


_Lines = dict[str, str]


@cache
def _shelved() -> tuple[Wording, _Lines, _Lines]:
    """The words with the synonyms and the near words, made once for all processes."""
    files = [*words_made_from(), str(synonyms_file()), str(thesaurus_file())]
    return shelved(
        "words",
        files,
        lambda: (_wording(), _lines(synonyms_file()), _lines(thesaurus_file())),
    )


def words_made_from() -> list[str]:
    """The files that the shipped words are made from, modules among them."""
    return [str(words_file()), __file__, stems_module.__file__, keys_module.__file__]


def _wording() -> Wording:
    told = asking_words()
    groups = tuple(frozenset(tuple(stems(part)) for part in _parts(line)) for line in told["same"])
    of: dict[Phrase, list[int]] = {}
    for number, group in enumerate(groups):
        for phrase in group:
            of.setdefault(phrase, []).append(number)
    classes: dict[Phrase, str] = {}
    for name, line in told["classes"].items():
        for part in _parts(line):
            classes.setdefault(tuple(stems(part)), name)
    demonyms, capitals = {}, set()
    for name, line in told["demonyms"].items():
        for part in _parts(line):
            demonyms[tuple(stems(part))] = name
            if part.replace(".", "").isupper():
                capitals.add(tuple(stems(part)))
    return Wording(
        fillers=frozenset(stem(w) for w in told["fillers"].replace("'", " ").split()),
        groups=groups,
        first=tuple(tuple(stems(_parts(line)[0])) for line in told["same"]),
        of={phrase: tuple(numbers) for phrase, numbers in of.items()},
        classes=classes,
        demonyms=demonyms,
        abbreviations=frozenset(capitals),
        longest=max(len(phrase) for phrase in of),
    )


def _synonyms() -> _Lines:
    return _shelved()[1]


def _thesaurus() -> _Lines:
    return _shelved()[2]


def _lines(path: Path) -> _Lines:
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split(": ", 1) for line in lines if not line.startswith("#"))


def _near(word: str) -> dict[str, float]:
    """The stems that the thesaurus has beside a stem, each with how surely it is meant."""
    told = _thesaurus().get(word, "").split()
    pairs = zip(told[::2], told[1::2], strict=True)
    return {other: _NEAR + _NEARER * int(how) / 100 for other, how in pairs}


@cache
def _common() -> frozenset[str]:
    return frozenset(_synonyms()["common"].split())


def _parts(line: str) -> list[str]:
    return [part.strip() for part in line.split(",")]
