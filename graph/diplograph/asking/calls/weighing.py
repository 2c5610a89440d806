"""How two figures set side by side read: which is larger, by how much, and yes or no to it."""

from __future__ import annotations

from diplograph.asking.calls.measured import RANK, by_how_much, with_amount
from diplograph.asking.outcome import Outcome
from diplograph.model import Fact

__all__ = ["say_sides"]

_MORE = {1: "more than", -1: "less than", 0: "the same as"}
_HIGHER = {1: "lower than", -1: "higher than", 0: "the same as"}


def say_sides(outcome: Outcome) -> str:
    """The two figures of each pair with what they say about each other, and their statements."""
    sides = [(label, facts[0]) for label, facts in outcome.extra["sides"]]
    told: list[str] = []
    answers: list[bool | None] = []
    for (label_one, one), (label_two, two) in zip(sides[::2], sides[1::2], strict=False):
        which = _compared(one, two)
        if which is None:
            answers.append(None)
            continue
        told.append(_said(label_one, one, label_two, two))
        answers.append(_answer(outcome, which))
    lead = ""
    yes_or_no = outcome.reading.focus == "yes-no" or outcome.extra.get("yes-no")
    if yes_or_no and len(set(answers)) == 1 and answers[0] is not None:
        lead = "Yes. " if answers[0] else "No. "
    statements = dict.fromkeys(fact.statement for _, fact in sides)
    return " ".join([f"{lead}{told[0]}" if told else lead.strip(), *told[1:], *statements]).strip()


def _compared(one: Fact, two: Fact) -> int | None:
    """Which of two figures of one unit is larger."""
    if one.values.get("unit") != two.values.get("unit"):
        return None
    found = by_how_much(one, two)
    return None if found is None else found[0]


def _said(label_one: str, one: Fact, label_two: str, two: Fact) -> str:
    """One pair: “Russia: 1.4 billion, more than China: about 1 billion (…), by 400 million.”."""
    which, apart = by_how_much(one, two) or (0, "")
    unit = one.values.get("unit", "")
    if one.values.get("measure") == RANK:
        a, b = (_place(int(fact.values["value"])) for fact in (one, two))
        return f"{_begins(label_one)}: {a}, {_HIGHER[which]} {label_two}: {b}."
    by = f", by {apart}" if apart else ""
    points = " points" if by and unit == "percent" else ""
    return (
        f"{_begins(label_one)}: {with_amount(one)}, {_MORE[which]} {label_two}: {with_amount(two)} "
        f"({unit}){by}{points}."
    )


def _begins(label: str) -> str:
    """A label where a sentence begins with it."""
    return label[:1].upper() + label[1:]


def _place(number: int) -> str:
    """A place in an order: 1st, 8th, 12th."""
    ending = "th" if 10 < number % 100 < 14 else _ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"


_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def _answer(outcome: Outcome, which: int) -> bool | None:
    """Yes or no to what is asked of two figures, where that and their order are sure."""
    asks = outcome.extra.get("asks") or outcome.reading.template.options.get("expects")
    if asks in ("same", "differ"):
        return (which == 0) is (asks == "same")
    if not asks or not outcome.extra.get("ordered", True):
        return None
    rank = outcome.facts[0].values.get("measure") == RANK
    more = -which if rank else which
    return {"more": more > 0, "less": more < 0, "as": more >= 0}[asks]
