"""Names of the world that nothing in the graph bears, although they look like words of its own.

“Korean War” is made of everyday words, “Crimea” comes near one, and “hong kong” lacks its
capitals: only by a list of them are they known to be names. One that the graph bears or that a
statement has is none of these.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

from diplograph import dates
from diplograph.asking.parts import Heard, Mention, in_order, without_possessive
from diplograph.asking.postings import postings
from diplograph.asking.wording import Phrase, wording
from diplograph.errors import AmbiguousName, UnknownName
from diplograph.facts import facts_of
from diplograph.names import resolve
from diplograph.resources import asking_words
from diplograph.stems import stems
from diplograph.store import Graph

__all__ = ["named_elsewhere"]


def named_elsewhere(graph: Graph, heard: Heard) -> Heard:
    """The question with such names among those that are unknown, and later events as their time."""
    mentions, unknown = list(heard.mentions), list(heard.unknown)
    taken: set[int] = set()
    later = _later(graph, heard)
    for first, last, phrase in _phrases_in(heard):
        places = set(range(first, last))
        if not taken.isdisjoint(places) or _is_within_a_name(heard, first, last):
            continue
        taken |= places
        if _is_an_example(heard, first) or _is_told(graph, phrase):
            continue
        period = dates.parse(_listed()[phrase]) if _listed()[phrase] else later
        text = heard.question[heard.tokens[first].start : heard.tokens[last - 1].end]
        if period is not None:
            mentions = [m for m in mentions if m.last <= first or last <= m.first]
            mentions.append(Mention(first, last, "date", text, period=period))
        else:
            unknown.append(_unknown(graph, without_possessive(text)))
    return replace(heard, mentions=tuple(in_order(mentions)), unknown=tuple(unknown))


def _later(graph: Graph, heard: Heard) -> dates.Period | None:
    """The time after all sources that the question names, to which the names in it belong."""
    issued = postings(graph).issued()
    for mention in heard.of("date"):
        period = mention.period if isinstance(mention.period, dates.Period) else None
        if period is not None and str(period.earliest or "") > issued:
            return period
    return None


def _is_within_a_name(heard: Heard, first: int, last: int) -> bool:
    """Whether the graph has the stretch as a name, or a name or a time that reaches beyond it."""
    for mention in heard.of("entity", "date"):
        start = mention.first + (heard.tokens[mention.first].key == "the")
        if mention.last <= first or last <= start:
            continue
        if (start, mention.last) == (first, last) or start < first or last < mention.last:
            return True
    return False


def _is_an_example(heard: Heard, place: int) -> bool:
    """Whether the name only shows by an example what is meant: “upheavals such as in Georgia”."""
    before = " ".join(token.key for token in heard.tokens[max(0, place - 4) : place])
    return _EXAMPLE.search(before) is not None


_EXAMPLE = re.compile(r"\b(?:such as|like|for example)\b")


def _unknown(graph: Graph, name: str) -> UnknownName:
    try:
        resolve(graph, name)
    except UnknownName as error:
        return error
    except AmbiguousName:
        pass
    return UnknownName(f"no entity of the graph is called “{name}”.", name)


@cache
def _listed() -> dict[Phrase, str]:
    """The names by their stems, each with its time where it is an event after the sources."""
    told = asking_words()["elsewhere"]
    names = {tuple(stems(name)): "" for line in told["names"] for name in line.split(",")}
    events: dict[str, str] = told["later"]
    return names | {tuple(stems(name)): when for name, when in events.items()}


@cache
def _longest() -> int:
    return max(map(len, _listed()))


def _phrases_in(heard: Heard) -> list[tuple[int, int, Phrase]]:
    """The stretches that are listed, the longest first."""
    own = [token.stem for token in heard.tokens]
    found = [
        (first, last, tuple(own[first:last]))
        for first in range(len(own))
        for last in range(first + 1, min(first + _longest(), len(own)) + 1)
    ]
    return sorted((f for f in found if f[2] in _listed()), key=lambda f: (f[0] - f[1], f[0]))


def _is_told(graph: Graph, phrase: Phrase) -> bool:
    """Whether a statement has the words of the name one after the other."""
    telling = set(phrase) - wording().fillers or set(phrase)
    known = postings(graph).of_words(telling)
    among = frozenset.intersection(*(known[word].get(1.0, frozenset()) for word in telling))
    if len(phrase) == 1 or not among:
        return bool(among)
    pairs = set(pairwise(phrase))
    told = (stems(fact.statement) for fact in facts_of(graph, sorted(among)))
    return any(pairs <= set(pairwise(words)) for words in told)
