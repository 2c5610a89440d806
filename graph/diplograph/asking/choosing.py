"""The reading of a question that is answered, or why none is.

Each reading is run. The one that accounts for the largest share of the question wins; one of a
template that knows what is asked comes before one that only looks for facts that speak of the same
things. A question of which too much is not accounted for is refused, and the part is named: a wrong
answer is worse than none, and so is the answer to another question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from diplograph.asking.aftermath import (
    after_all_sources,
    asks_ahead,
    no_such_event,
    only_foreseen,
)
from diplograph.asking.calls.limits import gives_a_limit
from diplograph.asking.confirming import Confirming
from diplograph.asking.excepting import excepted, leave_out
from diplograph.asking.focus import focus_of
from diplograph.asking.hearing import hear
from diplograph.asking.lacking import (
    denied_instead,
    nobody_known,
    untold,
    without_a_price,
    without_the_detail,
)
from diplograph.asking.matching import Reading, readings
from diplograph.asking.outcome import Context, Outcome
from diplograph.asking.paired import (
    as_one,
    by_two_tellers,
    each_by_itself,
    for_each_of_two,
    of_the_thing_alone,
    two_questions,
    with_a_yes_or_no,
    with_its_scene,
    with_what_answers_first,
)
from diplograph.asking.parts import Heard
from diplograph.asking.passages import with_its_passage
from diplograph.asking.postings import postings
from diplograph.asking.preceding import Ordered, in_order, ordered
from diplograph.asking.refusing import refuse_what_points_elsewhere
from diplograph.asking.retrieval import keep_to, weigh
from diplograph.asking.running import OF_ONE_TIME, run
from diplograph.asking.scenes import with_its_noun, with_its_year, without_its_scene
from diplograph.asking.sided import Side, at_two_times, sides
from diplograph.asking.strangers import told_in_full, unknown_run
from diplograph.asking.sufficing import (
    ALIKE,
    enough,
    lacks_part_of_a_name,
    says_it_all,
    says_the_same,
    singled_out,
)
from diplograph.asking.templates import Template
from diplograph.asking.together import apart
from diplograph.asking.twofold import Twofold, of_that_year, resolved, second_answer, twofold
from diplograph.asking.typed import tells
from diplograph.asking.units import Unit, units_of
from diplograph.asking.wording import grammar
from diplograph.copies import Copies
from diplograph.dates import Period
from diplograph.errors import DateError, NotUnderstood, UnknownName
from diplograph.model import Include
from diplograph.store import Graph

__all__ = ["Choice", "choose"]

LONGEST = 500
"""The most characters that a question may have."""
_MOST_RUN = 12
_FAR_BETTER, _BETTER = 0.15, 0.08
"""How much more of the question a broad reading must account for to come before an exact one that
takes up all of its plain words, and before one that leaves some to the facts or compares."""


@dataclass(frozen=True)
class Choice:
    """What a question was understood as and what that gave; ``others`` are not taken.

    Of two questions in one it is so of the first; ``second`` is the other as it was written.
    """

    heard: Heard
    units: tuple[Unit, ...]
    outcome: Outcome
    others: tuple[Outcome, ...] = ()
    second: str = ""


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
    way = _Way(graph, templates, as_of, include, copies)
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
    alone = of_the_thing_alone(way.ask_in_parts, question)
    pointed = alone or with_its_scene(graph, way.ask_in_parts, question)
    return pointed or _chosen(way, without_its_scene(question), question)


def _chosen(way: _Way, alone: str, question: str) -> Choice:
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


def _of_parts(way: _Way, question: str) -> Choice:
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
        return _one(way, question)
    at_once = by_two_tellers(way.graph, way.ask, parts) or _both_at_once(way, question)
    if at_once is not None:
        return at_once
    if parts.whether:
        return with_a_yes_or_no(way.graph, way.ask, question, parts)
    in_one = _told_in_one(way, question) if parts.told_whole else None
    if in_one is not None:
        return in_one
    try:
        first = _one(way, parts.first)
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


@dataclass(frozen=True)
class _Way:
    """What questions are put to, and by what templates and limits they are answered."""

    graph: Graph
    templates: Sequence[Template]
    as_of: Period | None
    include: Include
    copies: Copies | None
    source: str = ""

    def context(self, heard: Heard, units: tuple[Unit, ...]) -> Context:
        """What answers to a question are made from."""
        return Context(self.graph, heard, units, self.as_of, self.include, self.copies, self.source)

    def ask(self, question: str, source: str = "") -> Choice:
        """Answer one question, by one source alone where it is named."""
        return _one(replace(self, source=source) if source else self, question)

    def ask_in_parts(self, question: str) -> Choice:
        """Answer a question that may be two in one."""
        return _of_parts(self, question)


def _of_two_sides(
    way: _Way, question: str, both: tuple[Side, Side], at_once: _Way | None = None
) -> Choice | None:
    """What each of two sides tells; None where one tells nothing, or a template compares them.

    ``at_once`` is how the whole question is tried first.
    """
    try:
        whole: Choice | None = _one(at_once or way, question)
    except (NotUnderstood, UnknownName):
        whole = None
    if whole and not whole.outcome.reading.template.broad:
        lacks_one = whole.outcome.lacking is not None and whole.outcome.reading.template.call
        if lacks_one or not whole.outcome.empty:
            return whole
    told: list[Choice] = []
    for side in both:
        try:
            told.append(_one(replace(way, source=side.source), side.question))
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


def _at_either_time(way: _Way, question: str, times: tuple[Side, Side]) -> Choice:
    """What answers a question at each of two times; where one lacks it, what speaks of both.

    A template that keeps to one time would tell but half.
    """
    told = _told_in_one(way, question)
    if told is not None:
        return told
    kept = [t for t in way.templates if t.broad or t.call not in OF_ONE_TIME]
    whole = replace(way, templates=kept)
    return _of_two_sides(way, question, times, whole) or _one(whole, question)


def _which_first(way: _Way, asked: Ordered, question: str) -> Choice:
    """Whether one thing came before another, by their dates, or what is told with no yes or no."""
    told: dict[str, Choice] = {}

    def answered(part: str) -> Outcome | None:
        try:
            told[part] = _one(way, part)
        except (NotUnderstood, UnknownName, DateError):
            return None
        return told[part].outcome

    found = in_order(asked, answered)
    whole = told[asked.first] if found is not None else _one(way, question)
    return replace(whole, outcome=found or replace(whole.outcome, left_open=True))


def _both_at_once(way: _Way, question: str) -> Choice | None:
    """What answers both parts of a question by a template that is made for it and takes up all."""
    made = [t for t in way.templates if t.options.get("both")]
    heard = hear(way.graph, question)
    if not made or heard.unknown:
        return None
    tried = _run(replace(way, templates=made), heard)
    best = next((o for o in tried.outcomes if not o.empty and not o.reading.rest), None)
    return tried.choice(best) if best is not None else None


def _told_in_one(way: _Way, question: str) -> Choice | None:
    """What answers both parts of a question: a fact that tells a matter whole, and meets all."""
    try:
        choice = _one(way, question)
    except (NotUnderstood, UnknownName):
        return None
    outcome = choice.outcome
    if not outcome.facts or outcome.missing or not (outcome.named and outcome.itself):
        return None
    best = outcome.facts[0].id
    near = outcome.confidence >= _BOTH and outcome.alike >= ALIKE
    return choice if near and postings(way.graph).joining([best]) else None


def _resolved(way: _Way, question: str | None) -> Outcome | None:
    """What a template for it tells of a second part that has its names put in."""
    if question is None:
        return None
    try:
        outcome = _one(way, question).outcome
    except (NotUnderstood, UnknownName):
        return None
    if outcome.empty or outcome.reading.template.broad:
        return None
    return replace(outcome, facts=outcome.facts[:_MOST_NEAR])


def _other_way_round(way: _Way, parts: Twofold) -> Choice | None:
    """What answers the second part by itself, where its passage answers the first one too."""
    try:
        other = _one(way, parts.second)
    except (NotUnderstood, UnknownName, DateError):
        return None
    context = way.context(other.heard, other.units)
    told = second_answer(context, other.outcome, parts.first, way.templates, turned=True)
    if told is None or other.outcome.missing:
        return None
    return replace(other, outcome=replace(other.outcome, second=told), second=parts.first)


_BOTH = 0.75
"""What a fact has to account for of two questions in one, to answer both."""


def _one(way: _Way, question: str) -> Choice:
    without, left_out = excepted(way.graph, question)
    if left_out:
        try:
            choice = _answered(way, without)
        except (NotUnderstood, UnknownName):
            return _answered(way, question)
        left = leave_out(choice.outcome, left_out)
        listed = choice.outcome.answers or "total" in choice.outcome.extra
        if listed and not (left.empty and left.reading.template.broad):
            return replace(choice, outcome=left)
    return _answered(way, question)


def _answered(way: _Way, question: str) -> Choice:
    refused: list[_Run] = []
    empty: tuple[_Run, Outcome] | None = None
    for plainly in (False, True):
        heard = hear(way.graph, question, plainly)
        _refuse(way.graph, heard)
        tried = _run(way, heard)
        best = _confirmed(tried)
        if best is None:
            refused.append(tried)
            continue
        if not best.empty:
            return tried.choice(_with_what_is_asked(tried.context, best))
        empty = empty or (tried, best)
    if empty is not None:
        tried, nothing = empty
        _refuse_unknown(tried.context, (), answered=True)
        return tried.choice(nothing)
    named = {i for m in refused[0].context.heard.of("entity") for i in range(m.first, m.last)}
    for tried in refused:
        alone = _alone(tried)
        if alone is not None and not lacks_part_of_a_name(alone, named):
            return tried.choice(_with_what_is_asked(tried.context, alone))
    blamed = _blamed(refused[0])
    _refuse_unknown(refused[0].context, blamed)
    for absent in (
        _after_all_sources, _no_such_event, _without_a_price, _denied, _apart, _without_the_detail,
    ):  # fmt: skip
        told = absent(refused[0])
        if told is not None:
            return refused[0].choice(told)
    _refuse_nobody(refused[0].context, blamed)
    raise _not_understood(refused[0], way.templates)


def _with_what_is_asked(context: Context, best: Outcome) -> Outcome:
    """The outcome, or nothing where it lacks what is asked for; no unknown name is passed over."""
    _refuse_nobody(context, best.missing)
    _refuse_unknown(context, best.missing, answered=True)
    return only_foreseen(context, best) or without_the_detail(context, best)


def _refuse_unknown(context: Context, missing: Sequence[str], answered: bool = False) -> None:
    unknown = unknown_run(context, missing, answered)
    if unknown is not None:
        raise unknown


def _refuse_nobody(context: Context, missing: Sequence[str]) -> None:
    unknown = nobody_known(context, missing)
    if unknown is not None:
        raise unknown


def _denied(tried: _Run) -> Outcome | None:
    return denied_instead(tried.context, (*tried.readings, *tried.last))


def _apart(tried: _Run) -> Outcome | None:
    return apart(tried.context, (*tried.readings, *tried.last))


def _without_the_detail(tried: _Run) -> Outcome | None:
    return untold(tried.context, (*tried.readings, *tried.last))


def _after_all_sources(tried: _Run) -> Outcome | None:
    return after_all_sources(tried.context, (*tried.readings, *tried.last), _blamed(tried))


def _no_such_event(tried: _Run) -> Outcome | None:
    return no_such_event(tried.context, (*tried.readings, *tried.last))


def _without_a_price(tried: _Run) -> Outcome | None:
    return without_a_price(tried.context, (*tried.readings, *tried.last))


def _refuse(graph: Graph, heard: Heard) -> None:
    refuse_what_points_elsewhere(heard)
    for mention in heard.of("date"):
        if mention.period is None:
            from diplograph import spoken

            spoken.read(mention.text)  # says what is wrong with it
    if heard.unknown:
        raise told_in_full(graph, heard, heard.unknown[0])


@dataclass(frozen=True)
class _Run:
    """What came of the readings of a question."""

    context: Context
    readings: tuple[Reading, ...]
    last: tuple[Reading, ...]
    """Readings that are tried where no other one answers."""
    outcomes: tuple[Outcome, ...]
    decided: Outcome | None

    @cached_property
    def confirming(self) -> Confirming:
        """What the outcomes are held against."""
        return Confirming(self.context)

    def choice(self, best: Outcome) -> Choice:
        """The choice of one of them."""
        others = tuple(o for o in self.outcomes if o is not best)
        told = with_its_passage(self.context, best)
        return Choice(self.context.heard, self.context.units, told, others)


def _run(way: _Way, heard: Heard) -> _Run:
    units = tuple(units_of(heard))
    weigh(way.graph, units)
    if way.source:
        keep_to(way.graph, units, way.source)
    context = way.context(heard, units)
    found = readings(heard, way.templates, units)
    outcomes: list[Outcome] = []
    decided: Outcome | None = None
    last = [r for r in found if r.template.options.get("nearest")]
    found = [r for r in found if r not in last]
    if gives_a_limit(heard):  # a time that keeps to no limit is not the nearest that does
        last = [r for r in last if r.focus != "when"]
    for reading in found[:_MOST_RUN] + [r for r in found[_MOST_RUN:] if r.template.broad]:
        outcome = run(context, reading)
        if outcome.declined:
            continue
        outcomes.append(outcome)
        if reading.template.broad or reading.rest:
            continue
        decides = reading.template.options.get("decides") and outcome.confidence
        if outcome.empty and decides:
            decided = outcome
        if decided or not outcome.empty:
            break
    return _Run(context, tuple(found), tuple(last), tuple(outcomes), decided)


def _confirmed(tried: _Run) -> Outcome | None:
    """The best outcome; where what meets the whole question says something else, what agrees."""
    best = _best(tried.outcomes, tried.decided)
    if best is not None and best.empty and asks_ahead(tried.context):
        best = _best([o for o in tried.outcomes if o.reading.template.broad], None) or best
    if best is None or not tried.confirming.contradicts(best):
        return best and _told_whole(tried, best)
    broad = [o for o in tried.outcomes if o.reading.template.broad and o is not best]
    return _best([o for o in broad if not tried.confirming.contradicts(o)], None)


def _told_whole(tried: _Run, best: Outcome) -> Outcome:
    """Instead of a list that several facts make up, the one that tells it whole, if one does."""
    if not best.reading.template.broad or len({a.facts[0].id for a in best.answers}) < _SEVERAL:
        return best
    told = [
        o for o in tried.outcomes
        if o.reading.template.broad and o.facts and not o.answers and enough(o)
        and o.confidence >= best.confidence - _AS_GOOD and o.alike >= best.alike
        and not o.missing
    ]  # fmt: skip
    joining = postings(tried.context.graph).joining([o.facts[0].id for o in told])
    return max((o for o in told if o.facts[0].id in joining), key=_merit, default=best)


_SEVERAL, _AS_GOOD = 2, 0.05
"""Of so many facts a list is made up; and how much less of the question the one that tells it whole
may account for."""


def _best(outcomes: Sequence[Outcome], decided: Outcome | None) -> Outcome | None:
    if decided is not None:
        return decided
    exact = [o for o in outcomes if not o.reading.template.broad]
    broad = [o for o in outcomes if o.reading.template.broad]
    nothing = [o for o in exact if o.empty and (not o.reading.rest or (o.lacking and enough(o)))]
    answered = [o for o in exact if not o.empty and enough(o)]
    if nothing:  # what comes near is no answer where all was understood and nothing found
        answered = [o for o in answered if not (o.reading.rest and o.extra.get("otherwise"))]
        answered = [o for o in answered if o.itself or not o.reading.rest]
    best = max(answered, key=_merit, default=None)
    loose = max((o for o in broad if not o.empty and enough(o)), key=_merit, default=None)
    if best is not None:
        passes = best.reading.template.options.get("passes")
        if loose is not None and not passes:
            alone = not any(best.plain) and not best.reading.template.call
            better = _FAR_BETTER if alone else _BETTER
            if loose.confidence > best.confidence + better:
                return loose
        return best
    if nothing:
        final = any(o.reading.template.options.get("final") for o in nothing)
        if loose is not None and not final and says_it_all(loose):
            return loose
        return max(nothing, key=lambda o: o.reading.fit)
    return loose


def _alone(tried: _Run) -> Outcome | None:
    """The outcome that the question singles out, where none accounts for enough of it."""
    question = tried.context.heard.question
    keys = {token.key for token in tried.context.heard.tokens}
    compares = not keys.isdisjoint(grammar("comparison")) or re.search(
        r"(?<!rather)(?<!other) than\b", question, re.IGNORECASE
    )
    outcomes = (*tried.outcomes, *(run(tried.context, reading) for reading in tried.last))
    broad = (
        o for o in outcomes
        if o.reading.template.broad and o.facts and (
            says_the_same(o) or (
                tells(tried.context, o.reading, o.facts[0])
                and (not compares or (o.itself and _COMPARES.search(o.facts[0].statement)))
            )
        )
    )  # fmt: skip
    alone = (o for o in broad if singled_out(o) and not tried.confirming.contradicts(o))
    best = max(alone, key=_merit, default=None)
    if best is None or not best.missing:
        return best
    note = f"This comes nearest: nothing here speaks of {_quoted(best.missing)} in these words."
    return replace(best, notes=(*best.notes, note))


_COMPARES = re.compile(r"\b(?:than|while|whereas|as against|but|face)\b")
"""Words by which a statement sets one thing against another."""


def _merit(outcome: Outcome) -> tuple[float, float]:
    return (
        round(outcome.confidence + 0.02 * min(outcome.reading.fit, 6.0), 2),
        outcome.reading.fit,
    )


_NEAR, _MOST_NEAR = 0.38, 3
"""What facts have to account for, to be shown beside a refusal, and how many are."""


def _not_understood(tried: _Run, templates: Sequence[Template]) -> NotUnderstood:
    """The refusal: which part of the question nothing speaks of, and what could be asked."""
    heard, found = tried.context.heard, tried.readings
    nearest = tuple(dict.fromkeys(r.template.asks for r in found if not r.template.broad))[:3]
    if not nearest:
        focus = focus_of(heard)
        nearest = tuple(t.asks for t in templates if focus in t.focus and not t.broad)[:3]
    part = _quoted(_blamed(tried)) or heard.question
    return NotUnderstood(
        f"nothing in the graph speaks of {part} together with the rest of the question.",
        part,
        nearest,
        _near_facts(tried.outcomes),
    )


def _blamed(tried: _Run) -> tuple[str, ...]:
    """The parts of a question that what comes nearest lacks, or else those that weigh most."""
    closest = max(tried.outcomes, key=lambda o: o.confidence, default=None)
    if closest is not None and closest.missing:
        return closest.missing
    heaviest = sorted(tried.context.units, key=lambda u: -u.weight)[:2]
    return tuple(u.text for u in sorted(heaviest, key=lambda u: u.first))


def _near_facts(outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """The facts that speak of most of the question, and of its names and dates."""
    near = [o for o in outcomes if o.facts and o.named and o.confidence >= _NEAR]
    best = max(near, key=lambda o: o.confidence, default=None)
    return tuple(fact.id for fact in best.facts[:_MOST_NEAR]) if best else ()


def _quoted(texts: Sequence[str]) -> str:
    shown = [f"“{text}”" for text in dict.fromkeys(texts)][:3]
    return " and ".join(shown)
