"""Whom a question leaves out: “besides Uzbekistan, which countries are in the SCO?”.

The question is asked without those who are left out, who are then no answers to it. So it is where
the answer is a list; a statement is found by the question as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
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
_JOINED = re.compile(r"(?:,| and|, and) (?:the )?")
_LEFT_OUT = frozenset({"Country", "Organization", "Person", "Leader"})
_ASKED = re.compile(r"\b(?:who|which|what|whom|whose)\b", re.IGNORECASE)


def excepted(graph: Graph, question: str) -> tuple[str, tuple[Entity, ...]]:
    """The question without those whom it leaves out, and these; as it is where there are none.

    Only parties and people are: “apart from weapons” tells what else is asked for.
    """
    if not (_APART.search(question) and _ASKED.search(question)):
        return question, ()
    heard = hear(graph, question)
    text, apart = heard.question, list[Entity]()
    begin = end = 0
    for mention in heard.of("entity"):
        first, last = _span(heard, mention)
        before = _BEFORE.search(text[:first])
        joined = bool(apart) and _JOINED.fullmatch(text[end:first])
        if not (joined or (before and not apart)):
            continue
        if not all(e.type in _LEFT_OUT for e in mention.entities):
            break
        begin = begin if joined or before is None else before.start()
        end = last
        apart += mention.entities
    if not apart:
        return question, ()
    return f"{text[:begin].rstrip(' ,')} {text[end:].lstrip(' ,')}".strip(), tuple(apart)


def _span(heard: Heard, mention: Mention) -> tuple[int, int]:
    return heard.tokens[mention.first].start, heard.tokens[mention.last - 1].end


def leave_out(outcome: Outcome, apart: Sequence[Entity]) -> Outcome:
    """The outcome of a list without those who are left out, which may be nobody."""
    left = {entity.id for entity in apart}
    answers = tuple(a for a in outcome.answers if a.entity.id not in left)
    names = " and ".join(entity.label for entity in apart)
    note = f"Left out, as the question asks: {names}."
    facts = once(fact for answered in answers for fact in answered.facts)
    return replace(outcome, answers=answers, facts=facts, notes=(*outcome.notes, note))
