"""Orders of one weapon held against each other, and the figures that sources give for one order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from diplograph import dates
from diplograph.asking.calls.ordering import (
    Order,
    dates_are_heard,
    family,
    number_of,
    orders_of,
)
from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Context, Outcome, once
from diplograph.asking.patterns import in_period
from diplograph.asking.understood import sources_by_author
from diplograph.asking.wording import grammar
from diplograph.facts import facts_of
from diplograph.model import Fact
from diplograph.namespaces import values_clause
from diplograph.resources import asking_words
from diplograph.words import in_words

__all__ = ["batches", "by_source", "of_the_table", "say_batches", "say_by_source"]

# --- two orders ----------------------------------------------------------------------------------

_PLACES = {
    "first": 0, "earlier": 0, "former": 0, "initial": 0, "original": 0, "older": 0,
    "second": 1, "third": 2, "later": -1, "latter": -1, "last": -1, "newer": -1, "latest": -1,
}  # fmt: skip
_OF_TWO = frozenset({"earlier", "later", "former", "latter", "older", "newer"})
"""Words by which one of two is meant."""


def batches(context: Context, reading: Reading) -> Outcome:
    """Two orders of one weapon compared: “was the second larger than the first”."""
    declined = Outcome(reading, "", 0.0, declined=True)
    named = [e.id for f in reading.slots for e in f.entities if e.type == "WeaponSystem"]
    query = _query_of_orders(named)
    found = of_the_table(_orders(context, query))
    if len({o.weapon.id for o in found}) != 1 or not dates_are_heard(context):
        return declined
    sides = _sides(context, found)
    if sides is None or any(_number(o) is None for o in sides):
        return declined
    facts = once(o.number for o in sides if o.number is not None)
    sure = all(o.number is not None and o.number.grade != "estimated" for o in sides)
    told = (sides, _asked(context), sure)
    return Outcome(reading, query, 1.0, facts=facts, extra={"batches": told})


def _query_of_orders(weapons: Sequence[str]) -> str:
    return f"""SELECT ?transfer WHERE {{ {values_clause("weapon", weapons)}
            ?transfer a dg:ArmsTransfer ; dg:weapon/dg:variantOf? ?weapon }}"""


def _orders(context: Context, query: str) -> list[Order]:
    found = orders_of(context, {row["transfer"] for row in context.graph.select(query)})
    return sorted((o for o in found if not o.vague), key=_day)


def of_the_table(found: Sequence[Order]) -> list[Order]:
    """The orders of the source that has most of them: two sources may tell of the same."""
    sources = [order.ordered.source for order in found]
    main = max(dict.fromkeys(sources), key=sources.count, default="")
    return [order for order in found if order.ordered.source == main]


def _day(order: Order) -> tuple[str, str]:
    when = order.ordered.when
    return ((when.earliest or "") if when else "", order.transfer)


def _sides(context: Context, found: Sequence[Order]) -> tuple[Order, Order] | None:
    """The two orders that the question names, in its order; None where they cannot be told."""
    periods = {m.first: m.period for m in context.heard.of("date")}
    sides: list[Order] = []
    placed = 0
    for i, token in enumerate(context.heard.tokens):
        period = periods.get(i)
        if isinstance(period, dates.Period):
            own = [o for o in found if in_period(o.ordered, period)]
            if len(own) != 1:
                return None
            sides.append(own[0])
        elif token.key in _PLACES:
            if token.key in _OF_TWO and len(found) != 2:
                return None
            place = _PLACES[token.key]
            if not -len(found) <= place < len(found):
                return None
            sides.append(found[place])
            placed += 1
    if len(sides) == placed == 1 and len(found) == 2:  # “was the second order larger”
        sides.append(next(o for o in found if o is not sides[0]))
    return (sides[0], sides[1]) if len(sides) == 2 and sides[0] is not sides[1] else None


def _number(order: Order) -> float | None:
    value = order.number.values.get("value") if order.number else None
    return float(value) if isinstance(value, (int, float)) else None


def _asked(context: Context) -> str:
    """What the question asks of the first: ``more``, ``less``, ``same`` or only for the numbers."""
    keys = {token.key for token in context.heard.tokens}
    for name in ("more", "less", "same"):
        if keys & grammar(f"order-{name}"):
            return name
    return ""


def say_batches(outcome: Outcome) -> str:
    """Whether one order exceeds the other, and by how many."""
    (one, two), asked, sure = outcome.extra["batches"]
    a, b = _number(one) or 0.0, _number(two) or 0.0
    lead = ""
    if outcome.reading.focus == "yes-no" and asked:
        yes = {"more": a > b, "less": a < b, "same": a == b}[asked]
        lead = "Yes: " if yes else "No: "
    word = "more" if a > b else "fewer"
    by = "the same number" if a == b else f"{'' if sure else 'about '}{abs(a - b):,g} {word}"
    told = [
        f"{number_of(o.number).strip()} ordered {in_words(o.ordered.when.edtf)}"
        for o in (one, two)
        if o.ordered.when
    ]
    return f"{lead}{one.weapon.label}: {told[0]}, against {told[1]}, {by}. " + " ".join(
        fact.statement for fact in outcome.facts
    )


# --- one order in several texts ------------------------------------------------------------------


@dataclass(frozen=True)
class _Part:
    """A text, or a part of one, that may give a figure of its own."""

    name: str
    source: str
    where: str
    words: frozenset[str]
    """By which a question names it."""


_ByPart = tuple[tuple[_Part, Fact], ...]
"""What parts of the texts give for the number of one weapon."""


def _parts() -> tuple[_Part, ...]:
    """The parts that the shipped words tell of."""
    return tuple(
        _Part(name, part["source"], part["where"], frozenset(part["words"].split()))
        for name, part in asking_words()["parts"].items()
    )


def by_source(context: Context, reading: Reading) -> Outcome:
    """The figures that the texts give for the number of one order, and whether they agree."""
    declined = Outcome(reading, "", 0.0, declined=True)
    named = [e for f in reading.slots for e in f.entities if e.type == "WeaponSystem"]
    wanted = _parts_asked(context)
    if not named or len(wanted) < 2 or not dates_are_heard(context):
        return declined
    periods = [m.period for m in context.heard.of("date") if isinstance(m.period, dates.Period)]
    each: list[tuple[str, _ByPart]] = []
    for weapon in named:
        query = _query_of_figures(family(context, [weapon.id]))
        told = tuple(
            (part, fact)
            for part in wanted
            for fact, order in _figures(context, query)
            if fact.source == part.source
            and any(e.where.startswith(part.where) for e in fact.evidence)
            and all(in_period(order, period) for period in periods)
        )
        if len(told) < 2 or len({part.name for part, _ in told}) != len(told):
            return declined
        each.append((weapon.label, told))
    facts = once(fact for _, told in each for _, fact in told)
    keys = [token.key for token in context.heard.tokens]
    asked = ""
    if keys[0] in grammar("auxiliary"):
        asked = "differ" if set(keys) & grammar("differing") else "agree"
    query = _query_of_figures(family(context, [weapon.id for weapon in named]))
    return Outcome(reading, query, 1.0, facts=facts, extra={"by-source": (tuple(each), asked)})


def _parts_asked(context: Context) -> tuple[_Part, ...]:
    """The texts that a question holds against each other: those it names, or all of both sources.

    Of a source that it names by its author alone all parts are meant.
    """
    keys = {token.key for token in context.heard.tokens}
    parts = _parts()
    named = tuple(part for part in parts if keys & part.words)
    authors = sources_by_author(context.graph)
    people = [e.id for m in context.heard.of("entity") for e in m.entities]
    sources = {part.source for part in named} | {authors[p] for p in people if p in authors}
    if keys & (grammar("both") | grammar("order-same")) and not sources:
        return parts
    whole = sources - {part.source for part in named}
    return tuple(part for part in parts if part in named or part.source in whole)


def _query_of_figures(weapons: Sequence[str]) -> str:
    """For the numbers of the orders of weapons that more than one text may tell of."""
    return f"""SELECT DISTINCT ?number ?ordered WHERE {{ {values_clause("weapon", weapons)}
            ?transfer a dg:ArmsTransfer ; dg:weapon ?weapon .
            {{ ?transfer dg:mayBe ?other }} UNION {{ ?other dg:mayBe ?transfer }}
            ?number dg:of ?transfer ; dg:measure measure:number-ordered .
            ?ordered dg:of ?transfer ; dg:stage stage:ordered .
            ?same dg:of ?other ; dg:measure measure:number-ordered }} ORDER BY ?number ?ordered"""


def _figures(context: Context, query: str) -> list[tuple[Fact, Fact]]:
    """Each number that a query gives, with the order that it is of."""
    rows = context.graph.select(query)
    ids = sorted({iri for row in rows for iri in (row["number"], row["ordered"])})
    facts = {f.id: f for f in facts_of(context.graph, ids, copies=context.copies)}
    return [(facts[row["number"]], facts[row["ordered"]]) for row in rows]


def say_by_source(outcome: Outcome) -> str:
    """What each text gives, and whether the texts agree."""
    each, asked = outcome.extra["by-source"]
    listed = []
    for label, told in each:
        lead = f"{label}: " if len(each) > 1 else ""
        listed.append(lead + "; ".join(
            f"{part.name} of {fact.source}: {number_of(fact).strip()}" for part, fact in told
        ))  # fmt: skip
    text = ". ".join(listed)
    lead = ""
    if asked:
        agree = all(_agree(told) for _, told in each)
        lead = "Yes: " if agree == (asked == "agree") else "No: "
    return f"{lead}{text[:1].upper() if not lead else text[:1]}{text[1:]}. " + " ".join(
        fact.statement for fact in outcome.facts
    )


def _agree(told: _ByPart) -> bool:
    """Whether the texts give one number: the first that each source gives, if there are two."""
    main = {part.source: fact for part, fact in reversed(told)}
    held = list(main.values()) if len(main) > 1 else [fact for _, fact in told]
    return len({_of(fact) for fact in held}) == 1


def _of(fact: Fact) -> tuple[object, ...]:
    values = fact.values
    return values.get("value"), values.get("minimum"), values.get("maximum")
