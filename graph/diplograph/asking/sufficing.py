"""Whether what a reading gave is enough to answer by.

It is where it accounts for enough of the question; or where the question singles out one passage,
which no other one fits nearly as well. A wrong answer is worse than none: the limits were chosen on
the questions tuned with (docs/asking.md).
"""

from __future__ import annotations

from diplograph.asking.outcome import Outcome
from diplograph.asking.retrieval import surely

__all__ = [
    "ALIKE",
    "SURE",
    "enough",
    "lacks_part_of_a_name",
    "lies_far",
    "meets_it_all",
    "says_it_all",
    "says_the_same",
    "singled_out",
]

SURE = 0.85
"""A broad reading that accounts for so much answers although an exact one finds nothing."""


def enough(outcome: Outcome) -> bool:
    """Whether it accounts for enough of the question, and for what it cannot do without."""
    template = outcome.reading.template
    if not outcome.named or any(unit.essential for unit in outcome.reading.rest):
        return False
    met, unmet = outcome.plain
    focus = outcome.reading.focus
    alone = unmet or focus in ("who", "how", "why") if template.broad else unmet >= _TOO_MANY
    if not met and alone and not template.options.get("passes"):
        return False  # names alone do not say what is asked of them
    if template.broad and _lacks_what_is_exact(outcome):
        return False
    figure = (template.broad and focus == "how-many") or not (template.broad or template.call)
    if figure and _lacks_what_is_measured(outcome):
        return False
    if template.broad and lies_far(outcome):
        return False
    if template.broad and _nameless(outcome) and outcome.confidence < _NAMELESS:
        return False
    wanted = _MET_STRICTLY if template.options.get("strict") else _MET
    nearly = unmet < len(wanted) and met >= wanted[unmet] and template.call != "rank"
    yes_or_no = template.broad and focus == "yes-no"
    if yes_or_no:
        if outcome.decision is not None:
            return outcome.confidence >= _YES_OR_NO
        least = _LEFT_OPEN if outcome.lead >= _AHEAD else _YES_OR_NO
        return outcome.confidence >= least and (met > 1 or outcome.confidence >= SURE)
    return outcome.confidence >= template.needs - (_NEARLY if nearly else 0.0)


_NAMELESS, _LITTLE = 0.75, 0.65
"""What a fact has to account for where the question names nobody and nothing, and no time; and what
where no other passage fits it nearly as well."""


def _nameless(outcome: Outcome) -> bool:
    return not any(unit.entities or unit.period for unit in outcome.reading.rest)


def _lacks_what_is_exact(outcome: Outcome) -> bool:
    return any(unit.exact and unit.text in outcome.missing for unit in outcome.reading.rest)


def _lacks_what_is_measured(outcome: Outcome) -> bool:
    best = outcome.facts[0].id if outcome.facts else ""
    return any(u.measures and u.met.get(best, 0.0) < _MEASURED for u in outcome.reading.rest)


_MEASURED = 0.71
"""How well a fact has to meet what a figure is of: by its own words or those of its passage."""


def singled_out(outcome: Outcome) -> bool:
    """Whether the question fits one passage, and no other nearly as well, in other words.

    Its names and dates are met, and at least half of its plain words; what compares or counts has
    to be met as it is, since a fact that only speaks of the same things does not tell it.
    """
    met, unmet = outcome.plain
    reading = outcome.reading
    if met and meets_it_all(outcome):
        return True
    if not outcome.named or _lacks_what_is_exact(outcome) or _lacks_what_is_measured(outcome):
        return False
    if any(u.counted and u.met.get(outcome.facts[0].id, 0.0) < _COUNTED for u in reading.rest):
        return False
    if says_the_same(outcome):
        return True
    if lies_far(outcome):
        return False
    if reading.focus == "yes-no" or not met or met + 1 < unmet:
        return False
    if _nameless(outcome) and outcome.confidence < _LITTLE:
        return False
    if outcome.alike >= ALIKE and outcome.lead >= _HARDLY_AHEAD and outcome.itself:
        return met > unmet or outcome.confidence >= _ACCOUNTS
    if outcome.lead >= _FAR_AHEAD and outcome.itself:
        return outcome.confidence >= _FAR_ALONE
    return outcome.lead >= _AHEAD and outcome.confidence >= _ALONE


def lies_far(outcome: Outcome) -> bool:
    """Whether the best fact has too little of the question, and lies far from it (0: unknown)."""
    alike, met = outcome.alike, outcome.confidence
    return (met < _MEETS and 0.0 < alike < _UNLIKE) or (met < SURE and 0.0 < alike < _FAR)


def meets_it_all(outcome: Outcome) -> bool:
    """Whether the best fact has each part of the question, and lies near it."""
    return (
        outcome.named and outcome.itself and not outcome.missing
        and outcome.alike >= _MEANS and outcome.confidence >= _MEETS
    )  # fmt: skip


_MEETS, _UNLIKE, _FAR = 0.7, 0.5, 0.3
"""What it has to account for; how near a fact has to lie that accounts for less, and any."""


def says_the_same(outcome: Outcome) -> bool:
    """Whether the best fact says by all measures what is asked for, where that is no number or day.

    A fact on the same matter that has no number is as near to a question for one as that which has.
    """
    if outcome.reading.focus in ("when", "where", "how-many") or not outcome.itself:
        return False
    return (
        outcome.alike >= _MEANS
        and outcome.confidence >= _ACCOUNTS
        and outcome.lead >= _CLEARLY_AHEAD
    )


_MEANS, _ACCOUNTS, _CLEARLY_AHEAD = 0.62, 0.75, 0.1
"""How near it has to lie to the question, what it accounts for, and how far it is ahead."""
ALIKE, _HARDLY_AHEAD = 0.6, 0.05
"""How near a fact has to lie to the question to answer where its passage is but little ahead."""
_COUNTED = 0.55
"""How well the best fact has to meet what is counted."""
_AHEAD, _ALONE = 0.12, 0.6
"""How far a passage has to be ahead of all others, and what it has to account for, to answer."""
_FAR_AHEAD, _FAR_ALONE = 0.3, 0.57
"""The same where it is far ahead."""
_MET, _MET_STRICTLY = (1, 3, 5), (2, 3, 5)
"""How many plain words have to be met where none, one or two are not; and of who and how many."""
_TOO_MANY = 2
"""So many plain words cannot be missed, and none met, where a template takes up the rest."""
_NEARLY = 0.1
"""How much less a reading may account for where so many plain words are met."""
_YES_OR_NO, _LEFT_OPEN = 0.75, 0.66
"""What a fact has to account for, to be the yes or the no to a question, and to be told as what the
sources say where it is neither and far ahead of others."""


def lacks_part_of_a_name(outcome: Outcome, named: set[int]) -> bool:
    """Whether a word that the best fact lacks is one of a name: Peace *Mission* 2005."""
    return any(
        unit.text in outcome.missing and not named.isdisjoint(range(unit.first, unit.last))
        for unit in outcome.reading.rest
    )


def says_it_all(outcome: Outcome) -> bool:
    """Whether the best fact has each name and word of the question, so that it is on record."""
    best = outcome.facts[0].id
    told = all(surely(unit, best) for unit in outcome.reading.rest if unit.period is None)
    return told and outcome.confidence >= SURE
