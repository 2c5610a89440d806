"""A sentence that sets the scene, and the question that asks what became of it.

“In 2000 they planned more joint exercises. When was the first one held?”: the first sentence helps
to find what is meant, and the second decides what is asked. So it is where the question goes on to
another time than that of the scene; otherwise both sentences are one question.
"""

from __future__ import annotations

import re

from diplograph import spoken
from diplograph.asking.wording import grammar

__all__ = ["parted", "scene_of", "without_its_scene"]

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
