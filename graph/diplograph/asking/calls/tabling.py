"""What a table of orders tells as a whole: what was ordered again, what took longest to come."""

from __future__ import annotations

from diplograph import dates
from diplograph.asking.calls.batches import of_the_table
from diplograph.asking.calls.ordering import Order, number_of, orders
from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Answered, Context, Outcome, once
from diplograph.model import Fact
from diplograph.words import in_words

__all__ = ["again", "waited_longest"]

_SEVERAL = 2


def again(context: Context, reading: Reading) -> Outcome:
    """The weapons of which there is more than one order, with the years and numbers of each."""
    outcome = orders(context, reading)
    by_weapon: dict[str, list[Order]] = {}
    for order in of_the_table(outcome.extra.get("orders", ())):
        by_weapon.setdefault(order.weapon.id, []).append(order)
    several = [sorted(own, key=_ordered) for own in by_weapon.values() if len(own) >= _SEVERAL]
    several.sort(key=lambda own: own[0].weapon.label)
    told = "; ".join(
        f"{own[0].weapon.label} ({', '.join(_with_number(o) for o in own)})" for own in several
    )
    answers = tuple(Answered(own[0].weapon, tuple(o.ordered for o in own)) for own in several)
    return _worked(outcome, f"Ordered or licensed more than once: {told}.", answers)


def waited_longest(context: Context, reading: Reading) -> Outcome:
    """The orders with most years from the order to the first, and to the last, delivery."""
    outcome = orders(context, reading)
    found = [o for o in of_the_table(outcome.extra.get("orders", ())) if _years(o)]
    told, answers = [], list[Answered]()
    for end, name in ((1, "last"), (0, "first")):
        most = max((_waits(order)[end] for order in found), default=0)
        longest = [order for order in found if _waits(order)[end] == most]
        listed = "; ".join(
            f"{o.weapon.label} (ordered {_when(o.ordered)}, delivered {_when(o.delivered)})"
            for o in longest
        )
        told.append(f"to the {name} year of delivery {most} years, {listed}")
        answers += [
            Answered(o.weapon, tuple(f for f in (o.ordered, o.delivered) if f)) for o in longest
        ]
    text = f"Longest, by the years of the table, from order {'; from order '.join(told)}."
    return _worked(outcome, text, tuple(answers))


def _worked(outcome: Outcome, told: str, answers: tuple[Answered, ...]) -> Outcome:
    facts = once(fact for answered in answers for fact in answered.facts)
    once_each = tuple({a.entity.id: a for a in reversed(answers)}.values())[::-1]
    return Outcome(
        outcome.reading, outcome.sparql, outcome.confidence, facts=facts, answers=once_each,
        extra={"worked": told} if facts else {}, declined=not facts,
    )  # fmt: skip


def _ordered(order: Order) -> str:
    return (order.ordered.when.earliest or "") if order.ordered.when else ""


def _with_number(order: Order) -> str:
    number = number_of(order.number).removesuffix(" ").removesuffix(" of")
    when = _when(order.ordered)
    return f"{number} {when if when.startswith('about') else f'in {when}'}".strip()


def _when(fact: Fact | None) -> str:
    return in_words(fact.when.edtf) if fact and fact.when else ""


def _years(order: Order) -> bool:
    """Whether both the order and its delivery have years of their own, if only estimated ones."""
    told = [f.when for f in (order.ordered, order.delivered) if f and f.when]
    return len(told) == _SEVERAL and all(when.earliest and when.latest for when in told)


def _waits(order: Order) -> tuple[int, int]:
    """The years from an order to its first and its last delivery."""
    made = int(_written(order.ordered)[0])
    first, *_, last = (*_written(order.delivered), *_written(order.delivered))
    return int(first) - made, int(last) - made


def _written(fact: Fact | None) -> list[str]:
    """The years that a date names, those that are only about right among them."""
    assert fact is not None
    assert fact.when is not None
    ends = dates.parse(fact.when.edtf).edtf.split("/")
    return [end[:4] for end in ends]
