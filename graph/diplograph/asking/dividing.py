"""A question that may be two in one, be put to two sides or times, or follow on a sentence.

What is asked in each part goes to :mod:`~diplograph.asking.choosing`, which answers one question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial

from diplograph.asking.choosing import Choice, Way, answer_one, run_all
from diplograph.asking.hearing import hear
from diplograph.asking.outcome import Outcome
from diplograph.asking.paired import (
    as_one,
    by_two_tellers,
    each_by_itself,
    for_each_of_two,
    is_sure,
    of_the_thing_alone,
    two_questions,
    with_a_yes_or_no,
    with_its_scene,
    with_what_answers_first,
)
from diplograph.asking.postings import postings
from diplograph.asking.preceding import Ordered, in_order, ordered
from diplograph.asking.scenes import with_its_noun, with_its_year, without_its_scene
from diplograph.asking.sided import Side, at_two_times, sides, told_by
from diplograph.asking.sufficing import ALIKE, SURE
from diplograph.asking.templates import OF_ONE_TIME, Template
from diplograph.asking.twofold import Twofold, of_that_year, resolved, second_answer, twofold
from diplograph.copies import Copies
from diplograph.dates import Period
from diplograph.errors import DateError, NotUnderstood, UnknownName
from diplograph.model import Include
from diplograph.store import Graph

__all__ = ["choose"]


LONGEST = 500
"""The most characters that a question may have."""


def choose(
    graph: Graph,
    question: str,
    templates: Sequence[Template],
    as_of: Period | None = None,
    include: Include = Include.CONCLUDED,
    copies: Copies | None = None,
) -> Choice:
    """Answer the question by the best of its readings.

    Raises :class:`~diplograph.errors.NotUnderstood` where no reading accounts for enough of it, and
    :class:`~diplograph.errors.UnknownName` for a name that nothing in the graph bears.
    """
    if len(question) > LONGEST:
        raise NotUnderstood(
            f"a question of {len(question):,} characters is too long; {LONGEST} are allowed.",
            question[:40],
        )
    way = Way(graph, templates, as_of, include, copies)
    both = for_each_of_two(graph, way.ask, question)
    if both is not None:
        return both
    later = of_that_year(question)
    if later is not None:
        try:
            choice = _of_parts(way, later)
        except (NotUnderstood, UnknownName):
            return _of_parts(way, question)
        if not choice.outcome.empty and not choice.outcome.reading.template.broad:
            return choice
    question = with_its_year(question)
    for named in with_its_noun(question):
        try:
            choice = _of_parts(way, named)
        except (NotUnderstood, UnknownName):
            continue
        if not choice.outcome.empty and not choice.outcome.reading.template.broad:
            return choice
    in_parts = partial(_of_parts, way)
    alone = of_the_thing_alone(in_parts, question)
    pointed = alone or with_its_scene(graph, in_parts, question)
    return pointed or _chosen(way, without_its_scene(question), question)


def _chosen(way: Way, alone: str, question: str) -> Choice:
    """The choice for a question: by itself where that is enough, and else with its scene."""
    if alone:
        try:
            choice = _of_parts(way, alone)
        except (NotUnderstood, UnknownName):
            pass
        else:
            if not choice.outcome.empty:
                return choice
    return _of_parts(way, question)


def _of_parts(way: Way, question: str) -> Choice:
    """The choice for a question that may be put to two sides, or be two in one."""
    both = sides(way.graph, question)
    choice = both and _of_two_sides(way, question, both)
    if choice:
        return choice
    times = at_two_times(question)
    if times is not None:
        return _at_either_time(way, question, times)
    asked = ordered(way.graph, question)
    if asked is not None:
        return _which_first(way, asked, question)
    parts = twofold(question)
    if parts is None:
        return _of_one_teller(way, question) or answer_one(way, question)
    at_once = by_two_tellers(way.graph, way.ask, parts) or _both_at_once(way, question)
    if at_once is not None:
        return at_once
    if parts.whether:
        return with_a_yes_or_no(way.graph, way.ask, question, parts)
    in_one = _told_in_one(way, question) if parts.told_whole else None
    if in_one is not None:
        return in_one
    try:
        first = answer_one(way, parts.first)
    except (NotUnderstood, UnknownName):
        if parts.loose:
            raise
        if parts.told_whole:
            return as_one(way.ask, question, parts)
        whole = _told_in_one(way, question) or _other_way_round(way, parts)
        if whole is None:
            raise two_questions(parts) from None
        return whole
    context = way.context(first.heard, first.units)
    second = _resolved(way, resolved(context, first.outcome, parts.second))
    second = second or second_answer(context, first.outcome, parts.second, way.templates)
    if second is None and parts.told_whole:
        return as_one(way.ask, question, parts, first.outcome)
    if second is None and not parts.loose:
        whole = with_what_answers_first(first, _told_in_one(way, question), parts)
        whole = whole or _other_way_round(way, parts)
        whole = whole or each_by_itself(way.graph, way.ask, first, parts)
        if whole is None:
            raise two_questions(parts, first.outcome)
        return whole
    return replace(first, outcome=replace(first.outcome, second=second), second=parts.second)


def _of_one_teller(way: Way, question: str) -> Choice | None:
    """What the source says of whose author a question names as its teller; None if that is unsure.

    It is a figure or an event as often as a judgement.
    """
    side = told_by(way.graph, question)
    if side is None:
        return None
    try:
        choice = way.ask(side.question, side.source)
    except (NotUnderstood, UnknownName, DateError):
        return None
    outcome = choice.outcome
    told = outcome.facts and outcome.named and outcome.itself and not outcome.missing
    return choice if is_sure(choice) or (told and outcome.confidence >= SURE) else None


def _of_two_sides(
    way: Way, question: str, both: tuple[Side, Side], at_once: Way | None = None
) -> Choice | None:
    """What each of two sides tells; None where one tells nothing, or a template compares them.

    ``at_once`` is how the whole question is tried first.
    """
    try:
        whole: Choice | None = answer_one(at_once or way, question)
    except (NotUnderstood, UnknownName):
        whole = None
    apart = whole and whole.outcome.reading.template.call in _OF_ONE_SIDE
    if whole and not apart and not whole.outcome.reading.template.broad:
        lacks_one = whole.outcome.lacking is not None and whole.outcome.reading.template.call
        if lacks_one or not whole.outcome.empty:
            return whole
    told: list[Choice] = []
    for side in both:
        try:
            told.append(answer_one(replace(way, source=side.source), side.question))
        except (NotUnderstood, UnknownName, DateError):
            return None
    one, two = told
    if one.outcome.empty or two.outcome.empty:
        return None
    if one.outcome.facts == two.outcome.facts and one.outcome.links == two.outcome.links:
        return None
    second = replace(two.outcome, side=both[1].shown)
    return replace(
        one, outcome=replace(one.outcome, side=both[0].shown, second=second),
        second=both[1].question,
    )  # fmt: skip


_OF_ONE_SIDE = frozenset({*OF_ONE_TIME, "total"})
"""Calls that tell what is so, and not by whom or when it is so: each side is asked by itself."""


def _at_either_time(way: Way, question: str, times: tuple[Side, Side]) -> Choice:
    """What answers a question at each of two times; where one lacks it, what speaks of both.

    A template that keeps to one time would tell but half, and a total is not asked for.
    """
    told = _told_in_one(way, question)
    if told is not None:
        return told
    kept = [t for t in way.templates if t.broad or t.call not in _OF_ONE_SIDE]
    whole = replace(way, templates=kept)
    return _of_two_sides(way, question, times, whole) or answer_one(whole, question)


def _which_first(way: Way, asked: Ordered, question: str) -> Choice:
    """Whether one thing came before another, by their dates, or what is told with no yes or no."""
    told: dict[str, Choice] = {}

    def answered(part: str) -> Outcome | None:
        try:
            told[part] = answer_one(way, part)
        except (NotUnderstood, UnknownName, DateError):
            return None
        return told[part].outcome

    found = in_order(asked, answered)
    whole = told[asked.first] if found is not None else answer_one(way, question)
    return replace(whole, outcome=found or replace(whole.outcome, left_open=True))


def _both_at_once(way: Way, question: str) -> Choice | None:
    """What answers both parts of a question by a template that is made for it and takes up all."""
    made = [t for t in way.templates if t.options.get("both")]
    heard = hear(way.graph, question)
    if not made or heard.unknown:
        return None
    tried = run_all(replace(way, templates=made), heard)
    best = next((o for o in tried.outcomes if not o.empty and not o.reading.rest), None)
    return tried.choice(best) if best is not None else None


def _told_in_one(way: Way, question: str) -> Choice | None:
    """What answers both parts of a question: a fact that tells a matter whole, and meets all."""
    try:
        choice = answer_one(way, question)
    except (NotUnderstood, UnknownName):
        return None
    outcome = choice.outcome
    if not outcome.facts or outcome.missing or not (outcome.named and outcome.itself):
        return None
    best = outcome.facts[0].id
    near = outcome.confidence >= _BOTH and outcome.alike >= ALIKE
    return choice if near and postings(way.graph).joining([best]) else None


def _resolved(way: Way, question: str | None) -> Outcome | None:
    """What a template for it tells of a second part that has its names put in."""
    if question is None:
        return None
    try:
        outcome = answer_one(way, question).outcome
    except (NotUnderstood, UnknownName):
        return None
    if outcome.empty or outcome.reading.template.broad:
        return None
    return replace(outcome, facts=outcome.facts[:_RESOLVED])


def _other_way_round(way: Way, parts: Twofold) -> Choice | None:
    """What answers the second part by itself, where its passage answers the first one too."""
    try:
        other = answer_one(way, parts.second)
    except (NotUnderstood, UnknownName, DateError):
        return None
    context = way.context(other.heard, other.units)
    told = second_answer(context, other.outcome, parts.first, way.templates, turned=True)
    if told is None or other.outcome.missing:
        return None
    return replace(other, outcome=replace(other.outcome, second=told), second=parts.first)


_BOTH, _RESOLVED = 0.75, 3
"""What a fact has to account for of two questions in one, to answer both; and so many facts are
told of a second part."""
