"""Orders of arms: what was ordered, how many, when, and what has been delivered.

A row of a register, or a sentence of an essay, tells of one order: its number, its year and the
years of its delivery are facts apart. Here they are brought together, so that a question can name
any of them and is told all: a date stands by the verb of ordering or of delivering that is nearest
before it, and several kinds of weapon may be asked for at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from diplograph import dates
from diplograph.asking.matching import Filled, Reading
from diplograph.asking.outcome import Answered, Context, Lacking, Outcome, once
from diplograph.asking.parts import Mention
from diplograph.asking.patterns import by_pattern, in_period, query_of
from diplograph.asking.understood import sources_by_author
from diplograph.asking.wording import grammar
from diplograph.facts import entities_of, facts_of
from diplograph.model import Entity, Fact
from diplograph.namespaces import values_clause
from diplograph.stems import stem
from diplograph.words import NUMBERS, in_words

__all__ = [
    "Order",
    "dates_are_heard",
    "family",
    "fate",
    "number_of",
    "orders",
    "orders_of",
    "say_fate",
    "say_only_sought",
    "say_orders",
    "say_sought",
    "sought",
    "sources_asked",
]

_FIRST = re.compile(r"\bfirst\b")
_WHOLLY = re.compile(r"\b(?:wholly|entirely|completely|fully|all of (?:it|them))\b", re.IGNORECASE)
_VAGUE = 3
"""An order that may be of so many years is told of in passing, and is no single one."""
_SEVERAL = 2
_FEW = 4
"""So many statements are told."""
_LISTED = 30
"""So many orders are listed."""


@dataclass(frozen=True)
class Order:
    """One order: of what, and the facts that tell of it."""

    transfer: str
    weapon: Entity
    kind: str
    known_as: str
    """The name by which another body, or its class, goes; empty where it has none."""
    ordered: Fact
    number: Fact | None = None
    delivered: Fact | None = None

    @property
    def vague(self) -> bool:
        """Whether it is not known to a year or two."""
        when = dates.parse(self.ordered.when.edtf) if self.ordered.when else None
        if when is None or when.earliest is None or when.latest is None:
            return True
        return when.latest.year - when.earliest.year >= _VAGUE

    @property
    def facts(self) -> tuple[Fact, ...]:
        """All that is told of it."""
        return tuple(f for f in (self.ordered, self.number, self.delivered) if f is not None)


def orders(context: Context, reading: Reading) -> Outcome:
    """The orders that a question asks for, by kind, party, and the years of order and delivery."""
    told_by = sources_asked(context, reading)
    if told_by is None or not dates_are_heard(context) or _passes_over_one(context, reading):
        return Outcome(reading, "", 0.0, declined=True)
    reading = _of_any_kind(context, reading)
    query = query_of(reading)
    rows = context.graph.select(query.replace("SELECT DISTINCT ", "SELECT DISTINCT ?transfer ", 1))
    found = orders_of(context, {row["transfer"] for row in rows})
    found = [o for o in found if not told_by or o.ordered.source in told_by]
    when = _dated(context, reading)
    kept = [o for order in found if (o := _in_time(order, when))]
    if _WHOLLY.search(context.heard.question):
        kept = [o for o in kept if _is_wholly_told(o)]
    kept = _estimated(context, _of_number(context, kept))
    asked = sorted(when, key=lambda name: name != "delivering" or not _asks_for_deliveries(reading))
    period = next((period for name in asked for period, _ in when[name]), None)
    exact = [o for o in kept if not o.vague]
    passing = [o for o in kept if o.vague] if not when else []
    if not exact and all(o.vague for o in found):
        exact, passing = [o for o in kept if o.vague], []
    if not exact:
        then = {"ordering": when["ordering"]} if "ordering" in when else {}
        of_then = [order for order in found if _in_time(order, then)]
        return _nothing(
            context, reading, Outcome(reading, query, 1.0, period=period), found, of_then
        )
    sure = any(o.ordered.holds != "possibly" for o in exact)
    if when and not sure and not _asks_for_arms(context, reading):
        return Outcome(reading, query, 0.0, declined=True)
    delivering = "delivering" in when or _asks_for_deliveries(reading)
    by_weapon: dict[str, list[Fact]] = {}
    for order in exact:
        own = (order.delivered if delivering else None) or order.ordered
        by_weapon.setdefault(order.weapon.id, []).append(own)
    labels = {o.weapon.id: o.weapon for o in exact}
    answers = tuple(Answered(labels[iri], tuple(facts)) for iri, facts in by_weapon.items())
    facts = once(f for facts in by_weapon.values() for f in facts)
    return Outcome(
        reading, query, 1.0, facts=facts, answers=answers, period=period,
        extra={"orders": tuple(exact), "when": when, "without": _without(context, reading, exact)},
        notes=_in_passing(exact, passing),
    )  # fmt: skip


def _without(context: Context, reading: Reading, found: Sequence[Order]) -> tuple[str, ...]:
    """The weapons that a question lists and of which no such order is told."""
    weapons = [e for f in reading.slots for e in f.entities if e.type == "WeaponSystem"]
    listed = weapons if reading.focus == "yes-no" and len(weapons) > 1 else ()
    ordered = {o.weapon.id for o in found if not o.vague}
    return tuple(e.label for e in listed if ordered.isdisjoint(family(context, [e.id])))


def _passes_over_one(context: Context, reading: Reading) -> bool:
    """Whether a yes or no is asked of a weapon besides those that the reading is about."""
    taken = {i for f in reading.slots for m in f.mentions for i in range(m.first, m.last)}
    return reading.focus == "yes-no" and any(
        taken.isdisjoint(range(m.first, m.last))
        for m in context.heard.of("entity")
        if any(e.type == "WeaponSystem" for e in m.entities)
    )


def _asks_for_arms(context: Context, reading: Reading) -> bool:
    """Whether a question has more to do with arms than a “buy”: a weapon, a kind, an order."""
    arms = any(f.slot.name not in ("recipient", "supplier") for f in reading.slots)
    arms = arms or any(m.name == "WeaponSystem" for m in context.heard.of("class"))
    return arms or any(token.stem == _ORDER for token in context.heard.tokens)


_ORDER = stem("order")


def _nothing(
    context: Context,
    reading: Reading,
    empty: Outcome,
    found: Sequence[Order],
    of_then: Sequence[Order],
) -> Outcome:
    """What there is of the weapons named, where there is no such order or no such delivery.

    ``found`` is what was ordered of them at any time, ``of_then`` those orders of the time of
    ordering that is named, delivered at another time.
    """
    named = [e for f in reading.slots for e in f.entities if e.type == "WeaponSystem"]
    if not named:
        return empty
    if _asks_for_deliveries(reading):
        without = _without_delivery(context, [e.id for e in named])
        lacking = Lacking(reading.what, tuple(named))
        told = once(o.ordered for o in without)
        told = once(o.delivered for o in of_then if o.delivered) or told
        return replace(empty, lacking=lacking, also=told)
    recipient = reading.filled("recipient")
    to = values_clause("to", [e.id for e in recipient.entities]) if recipient else ""
    rows = context.graph.select(
        f"""SELECT DISTINCT ?fact WHERE {{ {values_clause("weapon", [e.id for e in named])} {to}
            ?transfer a dg:ArmsTransfer ; dg:weapon ?weapon ; dg:recipient ?to .
            ?fact dg:of ?transfer ; dg:stage/skos:broader stage:pending }}"""
    )
    sought = facts_of(context.graph, {row["fact"] for row in rows}, copies=context.copies)
    if not sought:
        return empty
    others = tuple(o for o in found if not o.vague) if empty.period else ()
    when = context.heard.of("date")[0].text if others and context.heard.of("date") else ""
    facts = once((*sought, *(o.ordered for o in others)))
    return replace(empty, facts=facts, extra={"only-sought": (when, sought, others)})


def sought(context: Context, reading: Reading) -> Outcome:
    """What is only wanted or talked of, by whom it is for and how far it has come."""
    outcome = by_pattern(context, reading)
    if not outcome.facts:
        return outcome
    given = values_clause("fact", [fact.id for fact in outcome.facts])
    rows = context.graph.select(
        f"""SELECT ?fact ?to ?weapon WHERE {{ {given} ?fact dg:of ?transfer .
            ?transfer dg:recipient/skos:prefLabel ?to ; dg:weapon/skos:prefLabel ?weapon }}
            ORDER BY ?to ?weapon"""
    )
    stage = {fact.id: fact.stage or "" for fact in outcome.facts}
    found: dict[str, dict[str, list[str]]] = {}
    for row in rows:
        found.setdefault(row["to"], {}).setdefault(stage[row["fact"]], []).append(row["weapon"])
    return replace(outcome, extra={"sought": found})


def say_sought(outcome: Outcome) -> str:
    """The weapons by the party that they are for and by the stage of the deal."""
    parts = []
    for party, stages in outcome.extra["sought"].items():
        told = "; ".join(f"{stage}: {', '.join(names)}" for stage, names in stages.items())
        parts.append(f"For {party}, {told}.")
    return f"Not concluded, by what the sources tell. {' '.join(parts)}"


def fate(context: Context, reading: Reading) -> Outcome:
    """What became of a deal: what was talked of, and the orders of the same or what it may be."""
    named = [e for f in reading.slots for e in f.entities if e.type == "WeaponSystem"]
    weapons = family(context, [e.id for e in named])
    query = f"""SELECT DISTINCT ?transfer ?fact ?pending WHERE {{ {values_clause("weapon", weapons)}
            ?transfer a dg:ArmsTransfer ; dg:weapon ?weapon . ?fact dg:of ?transfer ; dg:stage ?s
            BIND(EXISTS {{ ?s skos:broader stage:pending }} AS ?pending) }}"""
    rows = context.graph.select(query)
    pending = sorted({r["fact"] for r in rows if str(r["pending"]).lower() == "true"})
    before = facts_of(context.graph, pending, copies=context.copies)
    found = [o for o in orders_of(context, {r["transfer"] for r in rows}) if not o.vague]
    talked = min((f.when.earliest or "" for f in before if f.when), default="")
    later = [o for o in found if _first_day(o.ordered) >= talked]
    if not before or not later or not dates_are_heard(context):
        return Outcome(reading, "", 0.0, declined=True)
    return Outcome(
        reading, query, 1.0, facts=once((*before, *(f for o in later for f in o.facts))),
        extra={"fate": (before, tuple(later))},
    )  # fmt: skip


# --- which ---------------------------------------------------------------------------------------


def orders_of(context: Context, transfers: Iterable[str]) -> list[Order]:
    """The orders among transfers, in the order of their sources."""
    given = values_clause("transfer", sorted(transfers))
    rows = context.graph.select(
        f"""SELECT ?transfer ?weapon ?kind ?known ?ordered ?number ?delivered WHERE {{ {given}
            ?transfer dg:weapon ?weapon . ?ordered dg:of ?transfer ; dg:stage stage:ordered
            OPTIONAL {{ ?weapon dg:kind/skos:prefLabel ?kind }}
            OPTIONAL {{ ?weapon dg:natoName ?known }}
            OPTIONAL {{ ?number dg:of ?transfer ; dg:measure measure:number-ordered }}
            OPTIONAL {{ ?delivered dg:of ?transfer ; dg:stage stage:delivered }} }}"""
    )
    parts = ("ordered", "number", "delivered")
    told = {row[part] for row in rows for part in parts if part in row}
    facts = {f.id: f for f in facts_of(context.graph, sorted(told), copies=context.copies)}
    labels = entities_of(context.graph, {row["weapon"] for row in rows})
    found: dict[str, Order] = {}

    def precise(row: dict[str, str]) -> tuple[object, ...]:
        """Of several numbers for one order that comes first that is no mere bound."""
        number = facts.get(row.get("number", ""))
        bound = number is None or "value" not in number.values
        return bound, -len(row.get("known", "")), *(row.get(part, "") for part in parts)

    for row in sorted(rows, key=precise):
        own = {part: facts.get(row.get(part, "")) for part in parts}
        ordered = own["ordered"]
        if ordered is None or row["transfer"] in found:
            continue
        found[row["transfer"]] = Order(
            row["transfer"], labels[row["weapon"]], row.get("kind", ""), row.get("known", ""),
            ordered, own["number"], own["delivered"],
        )  # fmt: skip

    def place(order: Order) -> tuple[str, int]:
        evidence = order.ordered.evidence[0]
        return evidence.source, evidence.start

    return sorted(found.values(), key=place)


def family(context: Context, weapons: Iterable[str]) -> list[str]:
    """Weapons with their variants, what they are variants of, and what they may be."""
    named = set(weapons)
    rows = context.graph.select(
        f"""SELECT DISTINCT ?other WHERE {{ {values_clause("weapon", sorted(named))}
            {{ ?other dg:variantOf ?weapon }} UNION {{ ?weapon dg:variantOf ?other }} UNION
            {{ ?other dg:mayBe ?weapon }} UNION {{ ?weapon dg:mayBe ?other }} }}"""
    )
    return sorted(named | {row["other"] for row in rows})


def sources_asked(context: Context, reading: Reading) -> set[str] | None:
    """The sources that the question names; None where it names somebody who wrote none."""
    asked = {m.name for m in context.heard.of("source") if m.name}
    author = reading.filled("author")
    if author is None:
        return asked
    known = sources_by_author(context.graph)
    named = {known[e.id] for e in author.entities if e.id in known}
    return asked | named if named else None


def _of_any_kind(context: Context, reading: Reading) -> Reading:
    """The reading, not narrowed by a kind that a list sets beside weapons of all kinds."""
    mentions = sorted((m for f in reading.slots for m in f.mentions), key=lambda m: m.first)
    joined = any(
        {one.kind, two.kind} == {"class", "concept"} and _are_listed(context, one, two)
        for one, two in pairwise(mentions)
    )

    def narrows(filled: Filled) -> bool:
        if any(m.kind == "class" for m in filled.mentions):
            return False
        return not (joined and filled.concepts)

    return replace(reading, slots=tuple(f for f in reading.slots if narrows(f)))


def _are_listed(context: Context, one: Mention, two: Mention) -> bool:
    between = context.heard.tokens[one.last : two.first]
    return bool(between) and all(t.key in ("and", "or", "as", "well") for t in between)


def _of_number(context: Context, found: list[Order]) -> list[Order]:
    """The orders of the number that a yes-or-no question names: “two more destroyers”."""
    if context.heard.tokens[0].key not in grammar("auxiliary") | {"and"}:
        return found
    dated = {i for m in context.heard.of("date", "entity") for i in range(m.first, m.last)}
    numbers = [
        int(t.key) if t.key.isdecimal() else NUMBERS[t.key]
        for i, t in enumerate(context.heard.tokens)
        if i not in dated and (t.key.isdecimal() or NUMBERS.get(t.key, 1) > 1)
    ]
    if not numbers:
        return found
    return [o for o in found if o.number and _may_be(o.number, numbers[0])]


def _is_wholly_told(order: Order) -> bool:
    """Whether it lies in the time asked for, and not just its first delivery or a part of it."""
    first = order.delivered and _FIRST.search(order.delivered.statement)
    return not first and all(fact.holds != "possibly" for fact in order.facts)


def _estimated(context: Context, found: list[Order]) -> list[Order]:
    """Those with an estimated number or year, where the question asks for estimates alone."""
    keys = {token.key for token in context.heard.tokens}
    if keys.isdisjoint(grammar("estimates")) or keys & grammar("included"):
        return found
    return [o for o in found if any(f.grade == "estimated" for f in (o.number, o.ordered) if f)]


def _may_be(fact: Fact, number: int) -> bool:
    values = fact.values
    if "value" in values:
        return bool(values["value"] == number)
    least, most = values.get("minimum"), values.get("maximum")
    return least is not None and most is not None and bool(least <= number <= most)


# --- when ----------------------------------------------------------------------------------------


_YEAR = re.compile(r"(?:19|20)\d\d")


def dates_are_heard(context: Context) -> bool:
    """Whether each year of the question was taken for a time, or for a part of a name."""
    heard = {i for m in context.heard.of("date", "entity") for i in range(m.first, m.last)}
    tokens = context.heard.tokens
    return all(i in heard or not _YEAR.fullmatch(t.key) for i, t in enumerate(tokens))


_Dated = dict[str, list[tuple[dates.Period, str]]]


def _dated(context: Context, reading: Reading) -> _Dated:
    """The times that the question names, by what was done then: ordering or delivering.

    Of several times for one of the two any will do.
    """
    tokens = context.heard.tokens
    verbs = [
        (i, name)
        for i, token in enumerate(tokens)
        for name in ("ordering", "delivering")
        if token.key in grammar(name)
    ]
    found: _Dated = {}
    for mention in context.heard.of("date"):
        if not isinstance(mention.period, dates.Period):
            continue
        before = [name for i, name in verbs if i < mention.first]
        after = [name for i, name in verbs if i >= mention.last and _of_deliveries(reading)]
        name = before[-1] if before else after[0] if after else "ordering"
        for one in {name, *_joined_to(context, verbs, mention.first)}:
            found.setdefault(one, []).append((mention.period, mention.text))
    return found


def _joined_to(context: Context, verbs: list[tuple[int, str]], place: int) -> list[str]:
    """What was done at a time besides: “ordered *and* delivered in 2000”."""
    before = [(i, name) for i, name in verbs if i < place][-2:]
    joined = [(i, j) for (i, _), (j, _) in pairwise(before)]
    keys = [token.key for token in context.heard.tokens]
    return [before[0][1] for i, j in joined if j - i == 2 and keys[i + 1] == "and"]


def _in_time(order: Order, when: _Dated) -> Order | None:
    """The order as its facts hold at the times named; None where one of them does not."""
    told = {"ordering": order.ordered, "delivering": order.delivered}
    for name, periods in when.items():
        fact = told[name]
        held = [h for p, _ in periods if fact and (h := in_period(fact, p))]
        if not held:
            return None
        told[name] = next((h for h in held if h.holds != "possibly"), held[0])
    ordered = told["ordering"]
    return replace(order, ordered=ordered, delivered=told["delivering"]) if ordered else None


def _asks_for_deliveries(reading: Reading) -> bool:
    return not reading.words.isdisjoint(grammar("delivering"))


def _without_delivery(context: Context, weapons: Iterable[str]) -> list[Order]:
    """The orders of weapons of which no delivery is told."""
    rows = context.graph.select(
        f"""SELECT ?transfer WHERE {{ {values_clause("weapon", family(context, weapons))}
            ?transfer a dg:ArmsTransfer ; dg:weapon ?weapon }}"""
    )
    found = orders_of(context, {row["transfer"] for row in rows})
    return [o for o in found if not o.vague and o.delivered is None]


def _first_day(fact: Fact) -> str:
    return (fact.when.earliest or "") if fact.when else ""


# --- telling -------------------------------------------------------------------------------------


def say_orders(outcome: Outcome) -> str:
    """The orders in a list: how many of what, ordered and delivered when."""
    found: tuple[Order, ...] = outcome.extra["orders"]
    lead = ""
    if outcome.reading.focus == "yes-no":
        sure = any(_is_sure(o, outcome) for o in found)
        lead = "Yes. " if sure else "Possibly. "
        if outcome.extra["without"]:
            names = " or ".join(outcome.extra["without"])
            lead = f"Not of all: no such order of {names} is on record. "
    listed = _by_source(found, _is_sure_of(outcome))
    when: _Dated = outcome.extra["when"]
    told = {name: " or ".join(text for _, text in periods) for name, periods in when.items()}
    only = _asks_only_for_deliveries(outcome)
    title = "Delivered" if only else "Ordered or licensed"
    first = told.get("delivering" if only else "ordering", "")
    title += f" {first}" if first else ""
    if not only and "delivering" in told:
        title += f" and delivered {told['delivering']}"
    undelivered = "" if any(o.delivered for o in found) else ", with no delivery on record"
    return f"{lead}{title}{undelivered}: {_in_all(outcome, found)}{listed}."


def _in_all(outcome: Outcome, found: Sequence[Order]) -> str:
    """The sum, where it is asked how many and each order of one source has a number."""
    if outcome.reading.focus != "how-many" or len({o.ordered.source for o in found}) > 1:
        return ""
    values = [o.number.values.get("value") if o.number else None for o in found]
    if len(found) < _SEVERAL or not all(isinstance(v, (int, float)) for v in values):
        return ""
    about = any(o.number is not None and o.number.grade == "estimated" for o in found)
    return f"{'about ' if about else ''}{sum(v for v in values if v):,g} in all, "


def say_only_sought(outcome: Outcome) -> str:
    """That no order is told of, and what is: an interest, a talk."""
    when, sought, others = outcome.extra["only-sought"]
    told = " ".join(fact.statement for fact in sought[:_FEW])
    asked = f"order {when}" if when else "order"
    lead = f"No {asked} is on record. " if outcome.reading.focus == "yes-no" else ""
    if others:
        listed = _by_source(others, {o.transfer for o in others})
        lead += f"What was ordered or licensed: {listed}. "
    return f"{lead}Only sought or under discussion: {told}"


def _asks_only_for_deliveries(outcome: Outcome) -> bool:
    reading = outcome.reading
    return _of_deliveries(reading) and reading.words.isdisjoint(grammar("ordering"))


def _of_deliveries(reading: Reading) -> bool:
    """Whether only what was delivered is asked for."""
    return re.search(r"\?transfer ; dg:stage stage:delivered$", reading.template.where) is not None


def _is_sure(order: Order, outcome: Outcome) -> bool:
    facts = (order.delivered,) if _asks_only_for_deliveries(outcome) else order.facts
    return all(f is None or f.holds != "possibly" for f in facts)


def _is_sure_of(outcome: Outcome) -> set[str]:
    return {o.transfer for o in outcome.extra["orders"] if _is_sure(o, outcome)}


def _by_source(found: Sequence[Order], sure: set[str]) -> str:
    """The orders, those that are not sure to be of the time last; each source by its name."""
    sources = list(dict.fromkeys(o.ordered.source for o in found))
    parts = []
    for source in sources:
        own = [o for o in found if o.ordered.source == source]
        certain = [_told(o) for o in own if o.transfer in sure]
        possible = [_told(o) for o in own if o.transfer not in sure]
        listed = [*certain, *(f"possibly {one}" for one in possible)]
        more = [f"and {len(listed) - _LISTED} more"] if len(listed) > _LISTED else []
        told = "; ".join([*listed[:_LISTED], *more])
        parts.append(f"by {source}, {told}" if len(sources) > 1 else told)
    return "; ".join(parts)


def _told(order: Order) -> str:
    when = in_words(order.ordered.when.edtf) if order.ordered.when else ""
    years = [f"ordered {when}"] if when else []
    if order.delivered and order.delivered.when:
        first = "first " if _FIRST.search(order.delivered.statement) else ""
        years.append(f"{first}delivered {in_words(order.delivered.when.edtf)}")
    return f"{number_of(order.number)}{_named(order)} ({', '.join(years)})"


def _named(order: Order) -> str:
    """What was ordered, with its kind: “IL-76 transport aircraft”."""
    one = order.number is not None and order.number.values.get("value") == 1
    kind = order.kind
    plural = kind if one or not kind or kind.endswith("aircraft") else f"{kind}s"
    known = f" ({order.known_as})" if order.known_as else ""
    return f"{order.weapon.label}{known} {plural}".strip()


def number_of(fact: Fact | None) -> str:
    """How many, as a phrase that a name may follow; nothing where no number is told."""
    if fact is None:
        return ""
    values: dict[str, Any] = fact.values
    if values.get("unknown"):
        return "an unknown number of "
    if "value" in values:
        about = values.get("approximate") or fact.grade == "estimated"
        return f"{'about ' if about else ''}{values['value']:,g} "
    if "minimum" in values and "maximum" in values:
        return f"{values['minimum']:,g} to {values['maximum']:,g} "
    if "maximum" in values:
        return f"up to {values['maximum']:,g} "
    return f"at least {values['minimum']:,g} " if "minimum" in values else ""


def _in_passing(exact: Sequence[Order], passing: Sequence[Order]) -> tuple[str, ...]:
    """A note on what is told to have been bought, without its own year; not of what is listed."""
    listed = {o.weapon.id for o in exact} | {o.kind for o in exact}
    other = [o for o in passing if o.weapon.id not in listed and o.kind not in listed]
    if not other:
        return ()
    names = ", ".join(dict.fromkeys(o.weapon.label for o in other))
    return (f"Also told of as bought, with no year or number of its own: {names}.",)


def say_fate(outcome: Outcome) -> str:
    """What was talked of first, and what was ordered and delivered later."""
    before, later = outcome.extra["fate"]
    lead = "Yes. " if outcome.reading.focus == "yes-no" else ""
    name = later[0].weapon.label
    asked = {e.label for f in outcome.reading.slots for e in f.entities}
    may = (
        f" (which may be what is meant by {', '.join(sorted(asked))})" if name not in asked else ""
    )
    listed = "; ".join(_told(order) for order in later)
    open_ones = [o for o in later if o.delivered is None]
    none = " No year of delivery is on record." if len(open_ones) == len(later) else ""
    return f"{lead}Ordered or licensed later{may}: {listed}.{none} Before: {before[0].statement}"
