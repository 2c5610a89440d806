"""What is no question by itself: words that point to an earlier one."""

from __future__ import annotations

import re
from itertools import pairwise

from diplograph.asking.parts import Heard
from diplograph.asking.wording import grammar, wording
from diplograph.errors import NotUnderstood

__all__ = ["refuse_what_points_elsewhere"]

_FOLLOWS = re.compile(
    r"^(?:and|but|so|also|what about|how about|and what about|and how about|or)\b", re.IGNORECASE
)
_BACKWARD = re.compile(
    r"\b(?:that|this|those|these)\s+(?:one|ones|summit|meeting|treaty|agreement|deal|accord|visit|"
    r"year|month|country|countries|contract|time|event|case|same)\b|\bthe (?:latter|former)\b|"
    r"\b(?:year|month|day|week) (?:after|before)(?: that)?\s*\??$|\bafter that\b|\bafterwards\b",
    re.IGNORECASE,
)

_TOO = re.compile(
    r"\b(?P<pointing>(?:that|this|these|those|it|them|so)\b(?: true| the case| so| hold| apply)?"
    r"(?: (?:of|for|with|to|by) [\w '’-]{2,30}?)?,? (?:too|as well|also))\s*[?.!]*$",
    re.IGNORECASE,
)
"""What ends a question that follows up on another: “did India join *that too*?”."""


def refuse_what_points_elsewhere(heard: Heard) -> None:
    """Raise :class:`~diplograph.errors.NotUnderstood` for follow-up words and for no words.

    A follow-up word may point to something named before it in the same question.
    """
    text = heard.question
    if not heard.tokens:
        raise NotUnderstood("the question has no words.", text)
    strong = [m for m in heard.mentions if m.kind == "entity"]
    for i, token in enumerate(heard.tokens):
        if token.key not in grammar("pronouns"):
            continue
        following = heard.tokens[i + 1].key if i + 1 < len(heard.tokens) else ""
        if token.key == "there" and (
            following in grammar("auxiliary") or _after_auxiliary(heard, i)
        ):
            continue
        if token.key == "it" and (
            _stands_for_a_clause(heard, i, following) or _is_within_a_word(heard, i)
        ):
            continue
        if token.key in ("they", "them", "their") and _are_the_two(heard, i):
            continue
        if token.key == "those" and (
            following == "who" or (following in _LIMITING and _content_before(heard, i))
        ):
            continue
        if token.key in ("these", "those") and (
            any(m.first <= i + 1 < m.last for m in heard.mentions) or _is_of_such(heard, i)
        ):
            continue
        if token.key in _OF_A_PERSON and _a_person_is_told(heard, i):
            continue
        owned = token.key in ("its", "their") and bool(strong or heard.of("class"))
        owned = owned or (token.key in _OF_THINGS and _content_before(heard, i) >= _ENOUGH_TOLD)
        if not owned and not any(m.first < i for m in strong):
            raise NotUnderstood(
                f"“{token.text}” points to something that the question does not name; "
                "write what is meant.",
                token.text,
            )
    too = _TOO.search(text)
    if too and not _tells_enough(heard, too.start("pointing")):
        raise NotUnderstood(
            f"“{too[0].strip(' ?')}” points to an earlier question; write what is meant.",
            too[0].strip(" ?"),
        )
    back = _BACKWARD.search(text)
    if back and not strong and _content_before(heard, len(heard.tokens)) < 2 * _ENOUGH_TOLD:
        raise NotUnderstood(
            f"“{back[0].strip(' ?')}” points to an earlier question; write what is meant.",
            back[0].strip(" ?"),
        )
    if _FOLLOWS.match(text) and not strong:
        word = text.split()[0]
        raise NotUnderstood(
            f"“{word} …” follows up on an earlier question; write the whole of it.", word
        )


_FINDING = (
    "make",
    "makes",
    "made",
    "making",
    "find",
    "finds",
    "found",
    "think",
    "thinks",
    "thought",
)
"""Verbs whose “it” stands for what comes after it."""
_BEING = ("is", "was", "be", "become", "became")
_LIMITING = ("in", "of", "who", "that", "which", "from", "on", "with")
"""Words that tell after a “those” which ones are meant."""
_OF_A_CLAUSE = frozenset({"who", "that", "which", "whose", "true"})
"""Words that begin, after “is it” and “was it”, what the “it” stands for."""
_OF_THINGS = ("it", "its", "they", "them", "their", "there")
_OF_A_PERSON = ("he", "him", "his", "she", "her", "hers")
_WRITERS = ("author", "writer")
_ENOUGH_TOLD = 3
"""So many words that tell something before a pronoun give it something to point to."""


def _content_before(heard: Heard, place: int) -> int:
    fillers = wording().fillers
    return sum(token.stem not in fillers for token in heard.tokens[:place])


def _tells_enough(heard: Heard, start: int) -> bool:
    """Whether enough is told before a place of the question for words to point back to it."""
    place = sum(token.start < start for token in heard.tokens)
    return _content_before(heard, place) > _ENOUGH_TOLD


def _stands_for_a_clause(heard: Heard, place: int, following: str) -> bool:
    """Whether “it” stands for what comes after it: “whose idea was it that …”."""
    before = heard.tokens[place - 1].key if place else ""
    if before in _FINDING:  # “what made it hard to carry oil by rail”
        return any(t.key in ("to", "for", "that") for t in heard.tokens[place:])
    after = [t.key for t in heard.tokens[place:]]
    if before in ("is", "was") and place == 1 and not _OF_A_CLAUSE.isdisjoint(after):
        return True  # “was it the Chinese who proposed …”
    if following != "that" and before in _BEING and "for" in after:
        return "to" in after[after.index("for") :]  # “why is it easier for them to come back”
    if following in ("take", "took", "takes", "taken", "been") and _after_auxiliary(heard, place):
        rest = {t.key for t in heard.tokens[place:]}
        return not rest.isdisjoint(("to", "for", "from", "until", "before", "since"))
    if following not in ("that", "is", "was") and not _after_auxiliary(heard, place):
        return False
    return following == "true" or any(t.key == "that" for t in heard.tokens[place:])


def _is_within_a_word(heard: Heard, place: int) -> bool:
    """Whether it is a part of a compound, as of “go-it-alone”."""
    token, text = heard.tokens[place], heard.question
    return "-" in (text[max(0, token.start - 1) : token.start], text[token.end : token.end + 1])


def _is_of_such(heard: Heard, place: int) -> bool:
    """Whether a “those” only points out what its noun names: “how many of those big ships”."""
    after = heard.tokens[place + 1] if place + 1 < len(heard.tokens) else None
    if after is None or not place or heard.tokens[place - 1].key != "of":
        return False
    return after.stem not in wording().fillers and after.key not in grammar("auxiliary")


def _a_person_is_told(heard: Heard, place: int) -> bool:
    """Whether somebody is told of before the pronoun, or, of “his”, right after it by name.

    So in “which leader …, and what of his trip” and “in his own country did Jiang …”.
    """
    people = [m for m in heard.of("class") if m.name == "Person" and m.first < place]
    if people or any(t.key in _WRITERS for t in heard.tokens[:place]):
        return True
    return heard.tokens[place].key in ("his", "her") and any(
        m.first > place and m.before in grammar("auxiliary")
        and all(e.type in ("Person", "Leader") for e in m.entities)
        for m in heard.of("entity")
    )  # fmt: skip


def _are_the_two(heard: Heard, place: int) -> bool:
    """Whether “the two”, “the two sides” stands before it, which it points to."""
    keys = [token.key for token in heard.tokens[:place]]
    return any(pair == ("the", "two") for pair in pairwise(keys))


def _after_auxiliary(heard: Heard, place: int) -> bool:
    return place > 0 and heard.tokens[place - 1].key in grammar("auxiliary")
