"""What follows from figures that belong together: balances of trade, and whether parts add up.

A balance is exports less imports of one party with one other, of one time and by one who counts
them. Where it is told as it is, or has been computed by the curators, that is given first. Parts
add up to a total of one unit and time: what each side received of what was shared out, exports and
imports of a trade.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import combinations

from diplograph import dates
from diplograph.asking.calls.measured import (
    Measured,
    bounds,
    measured,
    sized,
    tellers_named,
    with_amount,
)
from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Context, Outcome, once
from diplograph.asking.parts import Mention
from diplograph.asking.patterns import query_of
from diplograph.asking.retrieval import retrieve
from diplograph.asking.wording import grammar
from diplograph.facts import facts_of
from diplograph.model import Entity, Fact
from diplograph.words import in_words

__all__ = ["adds_up", "balance"]

_SURPLUS, _EXPORTS, _IMPORTS = "trade surplus", "exports", "imports"
_MOST = 60


def balance(context: Context, reading: Reading) -> Outcome:
    """Who sold more to the other than it bought, and by how much."""
    query = query_of(reading)
    allowed = {row["fact"] for row in context.graph.select(query)}
    named = [e for m in context.heard.of("entity") for e in m.entities if e.type == "Country"]
    figures = _of_the_time(context, _figures(context, allowed))
    whose = tellers_named(context.heard)
    tellers = set(whose)
    if len({e.id for e in named}) < _SIDES or _leaves_over(context, reading, whose.values()):
        return Outcome(reading, query, 0.0, missing=tuple(u.text for u in reading.rest))
    figures = [
        f for f in figures
        if {e.id for e in named} <= {f.area, f.counterpart}
        and (not tellers or f.tellers & tellers)
    ]  # fmt: skip
    told = [f for f in figures if f.measure == _SURPLUS]
    given = {(f.time, f.tellers & tellers or f.tellers) for f in told}
    computed = [
        (one, two) for one, two in combinations(figures, 2)
        if {one.measure, two.measure} == {_EXPORTS, _IMPORTS} and _together(one, two)
        and (one.time, one.tellers & tellers or one.tellers) not in given
    ]  # fmt: skip
    if len({f.time for f in told} | {one.time for one, _ in computed}) != 1:
        return Outcome(reading, query, 0.0, missing=tuple(u.text for u in reading.rest))
    lines, winners = [], set()
    facts: list[Fact] = []
    for figure in sorted(told, key=lambda f: (f.fact.grade == "inferred", f.fact.id)):
        winners.add(figure.area)
        facts.append(figure.fact)
    for one, two in computed:
        line, winner = _balanced(context, *sorted((one, two), key=lambda f: f.measure))
        lines.append(line)
        winners.add(winner)
        facts += [one.fact, two.fact]
    if len(winners) != 1:
        return Outcome(reading, query, 0.0)
    return Outcome(
        reading, query, 1.0, facts=once(facts), itself=True,
        decision=_has_it(context, named, winners.pop()), extra={"worked": " ".join(lines)},
    )  # fmt: skip


_SIDES = 2


def _leaves_over(context: Context, reading: Reading, whose: Collection[Mention]) -> bool:
    """Whether a question has a part that is no name, no time and not whose figures are meant."""
    countries = [
        m for m in context.heard.of("entity") if all(e.type == "Country" for e in m.entities)
    ]
    for unit in reading.rest:
        keys = {context.heard.tokens[i].key for i in range(unit.first, unit.last)}
        named = any(m.first <= unit.first < m.last for m in (*countries, *whose))
        if not named and unit.period is None and not keys <= grammar("tellings"):
            return True
    return False


def _figures(context: Context, allowed: Collection[str]) -> list[Measured]:
    found = facts_of(context.graph, sorted(allowed), copies=context.copies)
    return [f for f in measured(context, found).values() if bounds(f.fact) is not None]


def _of_the_time(context: Context, figures: Sequence[Measured]) -> list[Measured]:
    """The figures of the time that a question names; all, where it names none."""
    periods = [m.period for m in context.heard.of("date") if isinstance(m.period, dates.Period)]
    return [f for f in figures if all(_is_of(f, period) for period in periods)]


def _is_of(figure: Measured, period: dates.Period) -> bool:
    """Whether a figure is of a time, and not of a small part of it: of a half of the year."""
    if not figure.time:
        return False
    own = dates.parse(figure.time)
    if _starts_with(own, period):
        return True
    ends = (own.earliest, own.latest, period.earliest, period.latest)
    if dates.within(own, period) != "definitely" or None in ends:
        return False
    first, last, begin, end = (end.toordinal() for end in ends if end is not None)
    return last - first + 1 >= _MOST_OF_IT * (end - begin + 1)


def _starts_with(own: dates.Period, period: dates.Period) -> bool:
    """Whether the time asked for is vague, and most of what a figure is of: “early 2000”."""
    ends = (own.earliest, own.latest, period.earliest, period.latest)
    if None in ends or "~" not in period.edtf:
        return False
    first, last, begin, end = (e.toordinal() for e in ends if e is not None)
    return first == begin and end <= last and last - first + 1 <= 2 * (end - begin + 1)


_MOST_OF_IT = 0.8
"""The share of the time asked for that a figure has to be of."""


def _together(one: Measured, two: Measured) -> bool:
    return (one.area, one.counterpart, one.unit, one.time, one.tellers) == (
        two.area, two.counterpart, two.unit, two.time, two.tellers,
    )  # fmt: skip


def _balanced(context: Context, exports: Measured, imports: Measured) -> tuple[str, str]:
    """The balance of two figures in words, and the one to whom it is a surplus.

    It is told of the one who has what is asked for, a surplus or a deficit.
    """
    labels = {e.id: e.label for e in exports.fact.others}
    sold, bought = (float(f.fact.values["value"]) for f in (exports, imports))
    own, other = labels[exports.area], labels[exports.counterpart]
    what, whose = "surplus" if sold > bought else "deficit", ""
    asks = {token.key for token in context.heard.tokens} & {"surplus", "deficit"}
    if len(asks) == 1 and what not in asks:
        own, other, what, whose = other, own, asks.pop(), f"{own}'s "
    text = (
        f"{own} had a {what} of {sized(abs(sold - bought))} {exports.unit} in its "
        f"trade with {other} ({in_words(exports.time)}): "
        f"{whose}exports of {with_amount(exports.fact)}, imports of {with_amount(imports.fact)}."
    )
    return text, exports.area if sold > bought else exports.counterpart


def _has_it(context: Context, named: Sequence[Entity], winner: str) -> bool | None:
    """Whether the one asked about has the surplus or deficit that is asked about."""
    keys = [token.key for token in context.heard.tokens]
    subject = next(
        (
            m
            for m in context.heard.of("entity")
            if m.entities[0] in named and m.before not in ("with", "to", "from", "between")
        ),
        None,
    )
    asks = [what for what in ("surplus", "deficit") if what in keys]
    if subject is None or len(asks) != 1 or {"or", "not", "no"} & set(keys):
        return None
    return (subject.entities[0].id == winner) == (asks[0] == "surplus")


# --- parts and totals ----------------------------------------------------------------------------


def adds_up(context: Context, reading: Reading) -> Outcome:
    """Whether the parts that a source gives of something make up the total that it gives."""
    query = query_of(reading)
    allowed = {row["fact"] for row in context.graph.select(query)}
    hits = [h for h in retrieve(reading.rest, allowed, most=_MOST) if h.named]
    found = facts_of(context.graph, [h.fact for h in hits], copies=context.copies)
    figures = measured(context, [f for f in found if f.grade != "inferred"])
    score = {hit.fact: hit for hit in hits}
    sums = [
        (total, parts) for total in figures.values()
        for parts in combinations(figures.values(), 2) if _parts_of(total, *parts)
    ]  # fmt: skip
    if not sums:
        return Outcome(reading, query, 0.0, missing=tuple(u.text for u in reading.rest))
    total, parts = max(
        sums, key=lambda s: (sum(score[f.fact.id].score for f in (s[0], *s[1])), s[0].fact.id)
    )
    values = [float(part.fact.values["value"]) for part in parts]
    made, wanted = round(sum(values), 6), float(total.fact.values["value"])
    text = f"{' and '.join(map(sized, values))} make {sized(made)}"
    if made == wanted:
        text += ", which is the total given."
    else:
        less = "less" if made < wanted else "more"
        text += f", {sized(abs(made - wanted))} {less} than the total given, {sized(wanted)}."
    best = max((score[f.fact.id] for f in (total, *parts)), key=lambda hit: hit.score)
    return Outcome(
        reading, query, context.share(reading, best.score), plain=best.plain, itself=True,
        facts=(total.fact, *(part.fact for part in parts)), decision=made == wanted,
        missing=best.missing, extra={"worked": text},
    )  # fmt: skip


def _parts_of(total: Measured, one: Measured, two: Measured) -> bool:
    """Whether two figures are the parts of a third: of a thing shared out, or of a trade."""
    if total.fact.id in (one.fact.id, two.fact.id) or not (one.unit == two.unit == total.unit):
        return False
    if any("value" not in figure.fact.values for figure in (total, one, two)):
        return False
    if not (one.time == two.time == total.time) or one.tellers != two.tellers:
        return False
    if {one.measure, two.measure} == {_EXPORTS, _IMPORTS}:
        return total.measure == "two-way trade" and _together(one, two) and one.area == total.area
    shared = {e.id for e in one.fact.others} & {e.id for e in two.fact.others}
    return (
        one.measure == two.measure != total.measure
        and one.area != two.area
        and bool(total.area) and total.area in shared
    )  # fmt: skip
