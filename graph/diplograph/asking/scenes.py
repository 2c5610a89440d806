"""A sentence that sets the scene, and the question that asks what became of it.

“In 2000 they planned more joint exercises. When was the first one held?”: the first sentence helps
to find what is meant, and the second decides what is asked. So it is where the question goes on to
another time than that of the scene; otherwise both sentences are one question.
"""

from __future__ import annotations

import re

from diplograph import spoken
from diplograph.asking.wording import grammar

__all__ = ["parted", "scene_of", "with_its_noun", "with_its_year", "without_its_scene"]

_SENTENCES = re.compile(r"(?P<scene>[^?]+[.!]\s+)(?P<question>(?=[A-Z])[^?.]+\?.*)", re.DOTALL)
_LATER = re.compile(
    r"\b(?:finally|actually|eventually|in the end|end(?:ed)? up|at last|later|since then|by then"
    r"|after all|became of|come of|came of|materiali[sz]ed?|by the time|still|meanwhile"
    r"|turn(?:ed)? out)\b",
    re.IGNORECASE,
)
_TELLING = 6
"""A question that tells by itself what it is about has so many words up to its first comma."""
_LONG = 4
"""A scene has so many words at least: “ca. 2006” is none."""


def scene_of(question: str) -> str:
    """The sentences that only set the scene; empty where there are none."""
    found = _SENTENCES.fullmatch(question)
    if not found or len(found["scene"].split()) < _LONG:
        return ""
    goes_on = _LATER.search(found["question"]) or spoken.find(found["question"])
    return found["scene"] if goes_on else ""


def parted(question: str) -> tuple[str, str]:
    """The sentence before a question, and the question; the first is empty where there is none.

    >>> parted("More exercises were planned. When was the first one held?")
    ('More exercises were planned.', 'When was the first one held?')
    """
    found = _SENTENCES.fullmatch(question)
    if not found or len(found["scene"].split()) < _LONG:
        return "", question
    return found["scene"].rstrip(), question[len(found["scene"]) :]


def without_its_scene(question: str) -> str:
    """The question by itself, where it does not point back to its scene; empty where it does."""
    scene = scene_of(question)
    own = question[len(scene) :]
    words = re.findall(r"\w+", own.lower())
    if not scene or not grammar("backward").isdisjoint(words):
        return ""
    if len(re.split(r"[,?]", own)[0].split()) < _TELLING:
        return ""  # “for what price, and what became of it?”
    return own


def with_its_noun(question: str) -> tuple[str, ...]:
    """A question for some of the things that its scene speaks of, by their noun, the last first.

    >>> with_its_noun("Some orders in the table are old. Which were placed before 1995?")
    ('Which orders were placed before 1995?',)
    """
    found = _SENTENCES.fullmatch(question)
    bare = _BARE_WHICH.fullmatch(found["question"]) if found else None
    if found is None or bare is None:
        return ()
    nouns = [w for w in re.findall(r"[a-z]{3,}s\b", found["scene"]) if not w.endswith("ss")]
    return tuple(f"Which {noun} {bare['rest']}" for noun in dict.fromkeys(reversed(nouns)))


_BARE_WHICH = re.compile(
    r"Which (?:ones |of (?:them|these|those) )?(?P<rest>(?:is|are|was|were|had|have|has|did)\b.+)",
    re.DOTALL,
)


def with_its_year(question: str) -> str:
    """The question with the year that it tells by another: “in 2006 than the year before”.

    >>> with_its_year("Was it more in 2006 than it had been the year before?")
    'Was it more in 2006 than in 2005?'
    """
    years = set(_YEAR.findall(question))
    if len(years) != 1:
        return question
    year = int(years.pop())
    return _NEXT_TO_IT.sub(lambda m: f"{m['lead']} in {year + (1 if m['later'] else -1)}", question)


_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NEXT_TO_IT = re.compile(
    r"\b(?P<lead>than|compared (?:with|to)|against)"
    r"(?: (?:it|they|that|those)(?: (?:had been|was|were|did|of))?)?(?: (?:in|of))?"
    r" the (?:(?:year before|previous year|preceding year|prior year)"
    r"|(?P<later>year after|following year|next year))\b(?=\s*[,?.]|\s+and\b|\s*$)",
    re.IGNORECASE,
)
