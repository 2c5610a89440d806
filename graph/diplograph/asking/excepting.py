"""Whom a question leaves out: “besides Uzbekistan, which countries are in the SCO?”.

The question is asked without the one that is left out, who is then no answer to it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from diplograph.asking.hearing import hear
from diplograph.asking.outcome import Outcome, once
from diplograph.asking.parts import Heard, Mention
from diplograph.model import Entity
from diplograph.store import Graph

__all__ = ["excepted", "leave_out"]

_WORDS = r"besides|apart from|aside from|except(?: for)?|other than|excluding|not counting"
_APART = re.compile(rf"\b(?:{_WORDS})\b", re.IGNORECASE)
_BEFORE = re.compile(rf"(?:\b(?:{_WORDS})\s+(?:the\s+)?)$", re.IGNORECASE)
_LEFT_OUT = frozenset({"Country", "Organization", "Person", "Leader"})
_ASKED = re.compile(r"\b(?:who|which|what|whom|whose)\b", re.IGNORECASE)


def excepted(graph: Graph, question: str) -> tuple[str, tuple[Entity, ...]]:
    """The question without those whom it leaves out, and these; as it is where there are none.

    Only parties and people are: “apart from weapons” tells what else is asked for.
    """
    if not (_APART.search(question) and _ASKED.search(question)):
        return question, ()
    heard = hear(graph, question)
    for mention in heard.of("entity"):
        start, end = _span(heard, mention)
        before = _BEFORE.search(heard.question[:start])
        if before and all(e.type in _LEFT_OUT for e in mention.entities):
            head = heard.question[: before.start()].rstrip(" ,")
            rest = heard.question[end:].lstrip(" ,")
            return f"{head} {rest}".strip(), mention.entities
    return question, ()


def _span(heard: Heard, mention: Mention) -> tuple[int, int]:
    return heard.tokens[mention.first].start, heard.tokens[mention.last - 1].end


def leave_out(outcome: Outcome, apart: tuple[Entity, ...]) -> Outcome:
    """The outcome without those who are left out among its answers, if others remain."""
    left = {entity.id for entity in apart}
    answers = tuple(a for a in outcome.answers if a.entity.id not in left)
    if not apart or not answers or len(answers) == len(outcome.answers):
        return outcome
    names = " and ".join(entity.label for entity in apart)
    note = f"{names} is left out, as the question asks."
    facts = once(fact for answered in answers for fact in answered.facts)
    return replace(outcome, answers=answers, facts=facts, notes=(*outcome.notes, note))
