"""The reading of one question that is answered, or why none is.

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
from diplograph.asking.denying import says_no_such
from diplograph.asking.excepting import excepted, leave_out
from diplograph.asking.focus import focus_of, head_of
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
from diplograph.asking.parts import Heard
from diplograph.asking.passages import with_its_passage
from diplograph.asking.postings import postings
from diplograph.asking.refusing import refuse_what_points_elsewhere
from diplograph.asking.retrieval import keep_to, weigh
from diplograph.asking.running import run
from diplograph.asking.strangers import told_in_full, unknown_run
from diplograph.asking.sufficing import (
    enough,
    lacks_part_of_a_name,
    says_it_all,
    says_the_same,
    singled_out,
)
from diplograph.asking.templates import Template
from diplograph.asking.together import apart
from diplograph.asking.typed import tells
from diplograph.asking.units import Unit, units_of
from diplograph.asking.wording import grammar
from diplograph.copies import Copies
from diplograph.dates import Period
from diplograph.errors import NotUnderstood, UnknownName
from diplograph.model import Include
from diplograph.store import Graph

__all__ = ["Choice", "Run", "Way", "answer_one", "run_all"]

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


@dataclass(frozen=True)
class Way:
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
        return answer_one(replace(self, source=source) if source else self, question)


def answer_one(way: Way, question: str) -> Choice:
    """Answer one question by the best of its readings; what it leaves out is left out.

    Raises what :func:`diplograph.asking.dividing.choose` does.
    """
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


def _answered(way: Way, question: str) -> Choice:
    refused: list[Run] = []
    empty: tuple[Run, Outcome] | None = None
    for plainly in (False, True):
        heard = hear(way.graph, question, plainly)
        _refuse(way.graph, heard)
        tried = run_all(way, heard)
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
    told = only_foreseen(context, best) or without_the_detail(context, best)
    denies = told.facts and says_no_such(context, told.reading.focus, told.facts[0])
    return told if denies or told.facts != best.facts else told.as_told


def _refuse_unknown(context: Context, missing: Sequence[str], answered: bool = False) -> None:
    unknown = unknown_run(context, missing, answered)
    if unknown is not None:
        raise unknown


def _refuse_nobody(context: Context, missing: Sequence[str]) -> None:
    unknown = nobody_known(context, missing)
    if unknown is not None:
        raise unknown


def _denied(tried: Run) -> Outcome | None:
    return denied_instead(tried.context, (*tried.readings, *tried.last))


def _apart(tried: Run) -> Outcome | None:
    return apart(tried.context, (*tried.readings, *tried.last))


def _without_the_detail(tried: Run) -> Outcome | None:
    return untold(tried.context, (*tried.readings, *tried.last))


def _after_all_sources(tried: Run) -> Outcome | None:
    return after_all_sources(tried.context, (*tried.readings, *tried.last), _blamed(tried))


def _no_such_event(tried: Run) -> Outcome | None:
    return no_such_event(tried.context, (*tried.readings, *tried.last))


def _without_a_price(tried: Run) -> Outcome | None:
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
class Run:
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


def run_all(way: Way, heard: Heard) -> Run:
    """Run the readings of a question, exact ones first, until one takes up all and answers."""
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
    return Run(context, tuple(found), tuple(last), tuple(outcomes), decided)


def _confirmed(tried: Run) -> Outcome | None:
    """The best outcome; where what meets the whole question says something else, what agrees."""
    best = _best(tried.outcomes, tried.decided, tried.context.heard)
    if best is not None and best.empty and asks_ahead(tried.context):
        broad = [o for o in tried.outcomes if o.reading.template.broad]
        best = _best(broad, None, tried.context.heard) or best
    if best is None or not tried.confirming.contradicts(best):
        return best and _told_whole(tried, best)
    broad = [o for o in tried.outcomes if o.reading.template.broad and o is not best]
    agreeing = [o for o in broad if not tried.confirming.contradicts(o)]
    return _best(agreeing, None, tried.context.heard)


def _told_whole(tried: Run, best: Outcome) -> Outcome:
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


def _best(outcomes: Sequence[Outcome], decided: Outcome | None, heard: Heard) -> Outcome | None:
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
            if best.extra.get("otherwise") and not _asks_for_its_kind(best, heard):
                better = -_BETTER  # it only comes nearest
            if loose.confidence > best.confidence + better:
                return loose
        return best
    if nothing:
        final = any(o.reading.template.options.get("final") for o in nothing)
        if loose is not None and not final and says_it_all(loose):
            return loose
        return max(nothing, key=lambda o: o.reading.fit)
    return loose


def _asks_for_its_kind(outcome: Outcome, heard: Heard) -> bool:
    """Whether a question asks for things of the kind that fills a slot: “which *treaty* …”."""
    head, kind = head_of(heard, outcome.reading.focus), outcome.reading.filled("kind")
    return (
        head is not None
        and kind is not None
        and any(m.first <= head < m.last for m in kind.mentions)
    )


def _alone(tried: Run) -> Outcome | None:
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


def _not_understood(tried: Run, templates: Sequence[Template]) -> NotUnderstood:
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


def _blamed(tried: Run) -> tuple[str, ...]:
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
