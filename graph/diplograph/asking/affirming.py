"""Whether a fact says yes or no to what it speaks of."""

from __future__ import annotations

import re
from collections.abc import Collection

from diplograph.asking.wording import grammar
from diplograph.model import Fact

__all__ = ["affirms", "asks_negatively", "decides", "negative", "without_its_lead"]


def affirms(fact: Fact) -> bool | None:
    """Whether a fact affirms, denies, or leaves open what it speaks of."""
    if fact.kind == "Denial" or fact.grade == "denied":
        return False
    if negative(fact):  # of what it says no is not known
        return None
    if fact.kind in ("Claim", "Stance") or fact.grade in ("reported", "rumoured"):
        return None
    return True


_CLAUSES = re.compile(r",|\b(?:which|that|who|whom|whose|but|although|since|because|unless|if)\b")
_TO_BE = re.compile(r"\b(?:is|are|was|were) to\b")
"""What is to be is not yet so."""
_SUBJECT = 2
"""How many words into its statement a stance names whose it is."""


def decides(fact: Fact, asked: Collection[str], words: Collection[str] = ()) -> bool | None:
    """What a fact that has all words of a yes-or-no question says to it; None where it leaves it.

    ``asked`` are the labels of what the question names. What somebody says or wants is a yes where
    the question is about that one: “Does China call the islands disputed?”. A statement of a
    single clause that denies is a no. One that weakens or turns round what it says (“little”,
    “play down”, “turn down”) is neither, unless that is among the ``words`` of the question; nor
    is one that leaves out what makes more of it there (“everything”, “always”), or that tells
    of what is still ahead (“is to”, “decided to”).
    """
    told, said = set(re.findall(r"\w+", fact.statement.lower())), set(words)
    weaker = grammar("weakening") | grammar("ahead")
    if told & weaker - said or said & grammar("overstating") - told:
        return None
    if _TO_BE.search(fact.statement):
        return None
    if fact.kind in ("Claim", "Stance") and fact.grade == "stated" and not negative(fact):
        begins = " ".join(fact.statement.split()[:_SUBJECT])
        return True if any(label and label in begins for label in asked) else None
    answer = affirms(fact)
    if answer is False and told & grammar("until") - said:
        return None  # what was not so before some time may have been so then
    if answer and "ever" in said - told:
        return None  # that it is much is not that it never was more
    plain = fact.grade == "stated" and fact.kind not in ("Claim", "Stance")
    if answer is None and plain and not _CLAUSES.search(fact.statement):
        return False
    return answer


def negative(fact: Fact) -> bool:
    """Whether the statement of a fact has a word that denies."""
    words = re.findall(r"\w+", fact.statement.lower())
    return not grammar("negative").isdisjoint(words)


def asks_negatively(question: str) -> bool:
    """Whether a question asks whether something is *not* so, which yes and no can both deny.

    >>> asks_negatively("Is Iran not a member of the SCO?"), asks_negatively("Isn't Iran a member?")
    (True, False)
    """
    return _NOT.search(_EITHER.sub("", question)) is not None


_NOT = re.compile(r"\b(?:not|never|neither|nor|no|none|nobody|nothing|without)\b", re.IGNORECASE)
_EITHER = re.compile(
    r"\bor not\b|\bwhether or not\b|\bnot only\b|\bno\. ?\d+|\bno fewer\b|\bno less\b|\bno more\b",
    re.IGNORECASE,
)


def without_its_lead(text: str) -> str:
    """An answer with neither yes nor no before what is told."""
    return _LEAD.sub("According to the sources: ", text, count=1)


_LEAD = re.compile(r"^(?:Yes|No|Possibly)(?:\.|:|, not by what the sources tell\.) ")
