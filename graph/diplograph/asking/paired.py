"""Two questions in one, each answered by itself.

Where no passage answers both, the second part may still be a question by itself: it names the same
thing as the first, or points to what that names, so that it can be put in. Then both are told, one
after the other, if both are answered surely; what is answered only by what comes nearest is not.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol

from diplograph.asking.hearing import hear
from diplograph.asking.outcome import Context, Outcome
from diplograph.asking.pointing import (
    after_its_scene,
    asked_again,
    is_whole,
    named_in,
    of_each,
    things_in,
    without_its_clause,
)
from diplograph.asking.scenes import parted
from diplograph.asking.sided import told_by
from diplograph.asking.sufficing import SURE
from diplograph.asking.twofold import SAYING, Twofold, asks_for_a_name, says, with_that_year
from diplograph.errors import DateError, NotUnderstood, UnknownName
from diplograph.store import Graph

if TYPE_CHECKING:
    from diplograph.asking.choosing import Choice

__all__ = [
    "as_one",
    "by_two_tellers",
    "each_by_itself",
    "for_each_of_two",
    "is_sure",
    "of_the_thing_alone",
    "two_questions",
    "with_a_yes_or_no",
    "with_its_scene",
    "with_what_answers_first",
]


class Ask(Protocol):
    """Answers a question by itself, from one source where it is named."""

    def __call__(self, question: str, source: str = "") -> Choice: ...


def with_a_yes_or_no(graph: Graph, ask: Ask, question: str, parts: Twofold) -> Choice:
    """Both parts by themselves where a template decides the second, and else the whole as one."""
    try:
        first = ask(parts.first)
    except (NotUnderstood, UnknownName):
        return ask(question)
    told = each_by_itself(graph, ask, first, parts)
    decided = told and told.outcome.second and not told.outcome.second.reading.template.broad
    return told if told and decided else ask(question)


def as_one(ask: Ask, question: str, parts: Twofold, first: Outcome | None = None) -> Choice:
    """What answers a question whose second part goes on with the verb of the first.

    An answer that leaves out what that part asks for is one half only, and refused.
    """
    choice = ask(question)
    asked = {word.lower() for word in re.findall(r"[\w-]+", parts.second.split(",")[0])}
    left_out = {word.lower() for text in choice.outcome.missing for word in text.split()}
    if left_out & asked:
        raise two_questions(parts, first)
    return choice


def two_questions(parts: Twofold, first: Outcome | None = None) -> NotUnderstood:
    """The refusal of two questions, with what answers the first one."""
    return NotUnderstood(
        f"these are two questions; “{parts.second}” has to be asked by itself.", parts.second,
        facts=tuple(fact.id for fact in first.facts[:_SHOWN]) if first else (),
    )  # fmt: skip


_SHOWN = 3


def by_two_tellers(graph: Graph, ask: Ask, parts: Twofold) -> Choice | None:
    """Two parts of which each is put to a source of its own: “… and when, by Mitchell?”."""
    one, two = told_by(graph, parts.first), told_by(graph, parts.second)
    if one is None or two is None or one.source == two.source:
        return None
    try:
        first = ask(one.question, one.source)
        question = named_in(first.heard, first.outcome, two.question) or two.question
        second = ask(question, two.source)
    except (NotUnderstood, UnknownName, DateError):
        return None
    sure = all(is_sure(c) and _names_something(c) for c in (first, second))
    if not sure or _is_the_same(first, second):
        return None
    other = replace(second.outcome, side=two.shown)
    outcome = replace(first.outcome, side=one.shown, second=other)
    return replace(first, outcome=outcome, second=parts.second)


def each_by_itself(graph: Graph, ask: Ask, first: Choice, parts: Twofold) -> Choice | None:
    """Both parts, each answered by itself; None where one is none, or not sure."""
    only_named = first.outcome.reading.template.call == "describe"  # “who is Putin?”
    if only_named or not is_sure(first) or asks_for_a_name(parts.second):
        return None
    for question in _readings_of(graph, first, parts):
        try:
            other = ask(question)
        except (NotUnderstood, UnknownName, DateError):
            continue
        sure = is_sure(other) or is_surely_absent(other)
        if not (sure and _names_something(other)) or _is_the_same(first, other):
            continue
        if not _is_said_by(graph, other):
            continue
        outcome = other.outcome
        notes = (*other.heard.notes, *outcome.notes)
        second = replace(outcome, notes=notes, by_itself=True, also=(), facts=outcome.facts)
        return replace(first, outcome=replace(first.outcome, second=second), second=parts.second)
    return None


def with_what_answers_first(first: Choice, whole: Choice | None, parts: Twofold) -> Choice | None:
    """What answers both parts at once, after what answers the first by a template for it.

    So where it does not name all that the first part asks for.
    """
    if whole is None or first.outcome.reading.template.broad or not is_sure(first):
        return whole
    told = " ".join(fact.statement for fact in whole.outcome.facts[:_SHOWN])
    if all(answered.entity.label in told for answered in first.outcome.answers):
        return whole
    second = replace(whole.outcome, by_itself=True)
    return replace(first, outcome=replace(first.outcome, second=second), second=parts.second)


def for_each_of_two(graph: Graph, ask: Ask, question: str) -> Choice | None:
    """What is told of each of two things that a sentence names and a question asks for together."""
    scene, asked = parted(question)
    named = of_each(hear(graph, scene), with_that_year(question) or asked) if scene else []
    try:
        told = [(name, ask(text)) for name, text in named]
    except (NotUnderstood, UnknownName, DateError):
        return None
    if not told or not all(is_sure(choice) for _, choice in told):
        return None
    (one, first), (two, second) = told
    other = replace(second.outcome, side=two)
    outcome = replace(first.outcome, side=one, second=other)
    return replace(first, outcome=outcome, second=named[1][1])


def with_its_scene(graph: Graph, ask: Callable[[str], Choice], question: str) -> Choice | None:
    """What answers a question that points to the sentence before it, with the names put in.

    Each of its parts, where it is two in one, has to be answered surely.
    """
    scene, asked = parted(question)
    text = after_its_scene(hear(graph, scene), asked) if scene else None
    if text is None:
        return None
    try:
        choice = ask(text)
    except (NotUnderstood, UnknownName, DateError):
        return None
    return choice if is_sure(choice) else None


def of_the_thing_alone(ask: Callable[[str], Choice], question: str) -> Choice | None:
    """What a template for it tells of the thing that a question names by who proposed it and when.

    The time of the proposal is not that of what came of it.
    """
    text = without_its_clause(question)
    try:
        choice = ask(text) if text else None
    except (NotUnderstood, UnknownName, DateError):
        return None
    exact = choice and not choice.outcome.reading.template.broad
    return choice if choice and exact and is_sure(choice) else None


def is_sure(choice: Choice) -> bool:
    """Whether an answer leaves nothing of its question out, and is none that only comes near."""
    outcome = choice.outcome
    if outcome.empty or outcome.missing or not outcome.named:
        return False
    template = outcome.reading.template
    if template.options.get("nearest"):
        return False
    if not template.broad:
        return not outcome.reading.rest or outcome.confidence >= SURE
    if outcome.reading.focus == "yes-no" and outcome.decision is None:
        return False
    return outcome.itself and outcome.confidence >= SURE


def is_surely_absent(choice: Choice) -> bool:
    """Whether all of a question was understood by a template for it, and nothing is on record."""
    outcome = choice.outcome
    reading = outcome.reading
    return outcome.empty and not reading.template.broad and not reading.rest


def _readings_of(graph: Graph, first: Choice, parts: Twofold) -> list[str]:
    """What the second part may be asked as, by itself."""
    again = asked_again(first.heard, parts.first, parts.second)
    if again is not None:
        return [again]
    named = named_in(first.heard, first.outcome, parts.second)
    if named is not None:
        return [named]
    return [parts.second] if is_whole(parts.second) and _of_the_same(graph, first, parts) else []


def _of_the_same(graph: Graph, first: Choice, parts: Twofold) -> bool:
    """Whether both parts name the same thing: two questions that have nothing to do with each other
    are no question.
    """
    return not things_in(first.heard).isdisjoint(things_in(hear(graph, parts.second)))


def _is_said_by(graph: Graph, choice: Choice) -> bool:
    """Whether an answer to what somebody said is what that one said, and not what was done."""
    if SAYING.isdisjoint(token.key for token in choice.heard.tokens):
        return True
    context = Context(graph, choice.heard, choice.units)
    return any(says(context, fact) for fact in choice.outcome.facts[:1])


def _names_something(choice: Choice) -> bool:
    """Whether a question names somebody or something, and is not only of a kind: “the treaty”."""
    return not choice.outcome.reading.template.broad or any(u.entities for u in choice.units)


def _is_the_same(first: Choice, other: Choice) -> bool:
    """Whether the second part is answered by what answers the first: it asks for more."""
    one, two = first.outcome, other.outcome
    return (one.facts, one.answers, one.links) == (two.facts, two.answers, two.links)
