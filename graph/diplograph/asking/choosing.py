"""The reading of a question that is answered, or why none is.

Each reading is run. The one that accounts for the largest share of the question wins; one of a
template that knows what is asked comes before one that only looks for facts that speak of the same
things. A question of which too much is not accounted for is refused, and the part is named: a wrong
answer is worse than none, and so is the answer to another question.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from diplograph.asking.focus import focus_of
from diplograph.asking.hearing import hear
from diplograph.asking.matching import Reading, readings
from diplograph.asking.outcome import Context, Outcome
from diplograph.asking.parts import Heard
from diplograph.asking.passages import with_its_passage
from diplograph.asking.refusing import refuse_what_cannot_be_one_question
from diplograph.asking.retrieval import weigh
from diplograph.asking.running import run
from diplograph.asking.telling import affirms
from diplograph.asking.templates import Template
from diplograph.asking.units import Unit, units_of
from diplograph.copies import Copies
from diplograph.dates import Period
from diplograph.errors import NotUnderstood
from diplograph.model import Include
from diplograph.store import Graph

__all__ = ["Choice", "choose"]

LONGEST = 500
"""The most characters that a question may have."""
_MOST_RUN = 12
_FAR_BETTER = 0.15
"""How much more of the question a broad reading must account for to come before an exact one."""
_SURE = 0.85
"""A broad reading that accounts for so much answers although an exact one finds nothing."""


@dataclass(frozen=True)
class Choice:
    """What a question was understood as and what that gave; ``others`` are not taken."""

    heard: Heard
    units: tuple[Unit, ...]
    outcome: Outcome
    others: tuple[Outcome, ...] = ()


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
    refused: NotUnderstood | None = None
    empty: Choice | None = None
    for plainly in (False, True):
        heard = hear(graph, question, plainly)
        _refuse(heard)
        try:
            choice = _chosen(graph, heard, templates, as_of, include, copies)
        except NotUnderstood as error:
            refused = refused or error
            continue
        if not choice.outcome.empty:
            return choice
        empty = empty or choice
    if empty is not None:
        return empty
    assert refused is not None
    raise refused


def _refuse(heard: Heard) -> None:
    refuse_what_cannot_be_one_question(heard)
    for mention in heard.of("date"):
        if mention.period is None:
            from diplograph import spoken

            spoken.read(mention.text)  # says what is wrong with it
    if heard.unknown:
        raise heard.unknown[0]


def _chosen(
    graph: Graph,
    heard: Heard,
    templates: Sequence[Template],
    as_of: Period | None,
    include: Include,
    copies: Copies | None,
) -> Choice:
    units = tuple(units_of(heard))
    weigh(graph, units)
    context = Context(graph, heard, units, as_of, include, copies)
    found = readings(heard, templates, units)
    outcomes: list[Outcome] = []
    decided: Outcome | None = None
    for reading in found[:_MOST_RUN] + [r for r in found[_MOST_RUN:] if r.template.broad]:
        outcome = run(context, reading)
        outcomes.append(outcome)
        if reading.template.broad or reading.rest:
            continue
        if outcome.empty and reading.template.options.get("decides"):
            decided = outcome
        if decided or not outcome.empty:
            break
    best = decided or _best(outcomes)
    if best is None:
        raise _not_understood(heard, units, found, outcomes, templates)
    others = tuple(o for o in outcomes if o is not best)
    return Choice(heard, units, with_its_passage(context, best), others)


def _best(outcomes: Sequence[Outcome]) -> Outcome | None:
    exact = [o for o in outcomes if not o.reading.template.broad]
    broad = [o for o in outcomes if o.reading.template.broad]
    nothing = [o for o in exact if o.empty and not o.reading.rest]
    answered = [o for o in exact if not o.empty and _enough(o)]
    if nothing:  # what comes near is no answer where all was understood and nothing found
        answered = [o for o in answered if not (o.reading.rest and o.extra.get("otherwise"))]
    best = max(answered, key=_merit, default=None)
    loose = max((o for o in broad if not o.empty and _enough(o)), key=_merit, default=None)
    if best is not None:
        passes = best.reading.template.options.get("passes")
        if loose is not None and not passes and loose.confidence > best.confidence + _FAR_BETTER:
            return loose
        return best
    if nothing:
        final = any(o.reading.template.options.get("final") for o in nothing)
        if loose is not None and loose.confidence >= _SURE and not final:
            return loose
        return max(nothing, key=lambda o: o.reading.fit)
    return loose


def _merit(outcome: Outcome) -> tuple[float, float]:
    return (
        round(outcome.confidence + 0.02 * min(outcome.reading.fit, 6.0), 2),
        outcome.reading.fit,
    )


def _enough(outcome: Outcome) -> bool:
    template = outcome.reading.template
    if not outcome.named or any(unit.essential for unit in outcome.reading.rest):
        return False
    met, unmet = outcome.plain
    if template.broad and outcome.reading.focus == "who" and not met:
        return False  # names alone do not say what the one asked for did
    wanted = _MET_STRICTLY if template.options.get("strict") else _MET
    nearly = unmet < len(wanted) and met >= wanted[unmet] and template.call != "rank"
    yes_or_no = template.broad and outcome.reading.focus == "yes-no"
    if yes_or_no:
        if affirms(outcome.facts[0]) is not None:
            return outcome.confidence >= _YES_OR_NO
        return outcome.confidence >= _SURE and met > 1
    return outcome.confidence >= template.needs - (_NEARLY if nearly else 0.0)


_MET, _MET_STRICTLY = (1, 3, 5), (2, 3, 5)
"""How many plain words have to be met where none, one or two are not; and of who and how many."""
_NEARLY = 0.15
"""How much less a reading may account for where so many plain words are met."""
_YES_OR_NO = 0.75
"""What a fact has to account for, to be the yes or the no to a question."""
_NEAR = 0.38
"""What facts have to account for, to be shown beside a refusal."""
_MOST_NEAR = 3


def _not_understood(
    heard: Heard,
    units: Sequence[Unit],
    found: Sequence[Reading],
    outcomes: Sequence[Outcome],
    templates: Sequence[Template],
) -> NotUnderstood:
    """The refusal: which part of the question nothing speaks of, and what could be asked."""
    nearest = tuple(dict.fromkeys(r.template.asks for r in found if not r.template.broad))[:3]
    if not nearest:
        focus = focus_of(heard)
        nearest = tuple(t.asks for t in templates if focus in t.focus and not t.broad)[:3]
    closest = max(outcomes, key=lambda o: o.confidence, default=None)
    if closest is not None and closest.missing:
        part = _quoted(closest.missing)
    else:
        heaviest = sorted(units, key=lambda u: -u.weight)[:2]
        part = _quoted([u.text for u in sorted(heaviest, key=lambda u: u.first)]) or heard.question
    return NotUnderstood(
        f"nothing in the graph speaks of {part} together with the rest of the question.",
        part,
        nearest,
        _near_facts(outcomes),
    )


def _near_facts(outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """The facts that speak of most of the question, and of its names and dates."""
    near = [o for o in outcomes if o.facts and o.named and o.confidence >= _NEAR]
    best = max(near, key=lambda o: o.confidence, default=None)
    return tuple(fact.id for fact in best.facts[:_MOST_NEAR]) if best else ()


def _quoted(texts: Sequence[str]) -> str:
    shown = [f"“{text}”" for text in dict.fromkeys(texts)][:3]
    return " and ".join(shown)
