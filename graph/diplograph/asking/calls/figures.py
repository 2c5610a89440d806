"""Figures: sums with estimates apart, order of size, change over time, comparisons."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from diplograph.asking.calls.limits import gives_a_limit
from diplograph.asking.calls.measured import asks_for_a_multiple, measured, tellers_named
from diplograph.asking.calls.mirroring import mirrored, says_both_times
from diplograph.asking.calls.siding import asked_of_two
from diplograph.asking.calls.trending import one_of_each_time, trend
from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Context, Outcome, amount, once
from diplograph.asking.parts import Mention
from diplograph.asking.patterns import by_pattern, query_of
from diplograph.asking.retrieval import retrieve
from diplograph.asking.suiting import directed
from diplograph.asking.understood import sources_by_author
from diplograph.asking.units import Unit
from diplograph.asking.wording import grammar, wording
from diplograph.facts import facts_of
from diplograph.model import Fact
from diplograph.stems import stems

__all__ = ["change", "compare", "rank", "summed", "total"]


def total(context: Context, reading: Reading) -> Outcome:
    """The sum of the figures found; of several times, of those of each, all of which need one."""
    dates = context.heard.of("date")
    if len(dates) < 2 or "period" not in reading.template.takes:
        return summed(_of_one_source(by_pattern(context, reading)))
    told: list[Outcome] = []
    for date in dates:
        others = tuple(m for m in context.heard.mentions if m is date or m not in dates)
        then = replace(context, heard=replace(context.heard, mentions=others))
        told.append(by_pattern(then, reading))
    if any(outcome.empty for outcome in told):
        return replace(told[0], declined=True)
    facts = once(fact for outcome in told for fact in outcome.facts)
    return summed(_of_one_source(replace(told[0], facts=facts, period=None)))


def summed(outcome: Outcome) -> Outcome:
    """The sum of the figures of an outcome: exact ones, estimates apart, unknown ones counted."""
    sure = [f for f in outcome.facts if f.holds != "possibly"]
    maybe = [f for f in outcome.facts if f.holds == "possibly"] if sure else []
    exact = estimated = 0.0
    unknown = 0
    for fact in sure or outcome.facts:
        values = fact.values
        if values.get("unknown"):
            unknown += 1
        elif "value" in values and fact.grade != "estimated" and not values.get("approximate"):
            exact += values["value"]
        elif "value" in values:
            estimated += values["value"]
        elif "minimum" in values or "maximum" in values:
            unknown += 1
    if not outcome.facts:
        return outcome
    more = sum(f.values.get("value", 0.0) for f in maybe)
    total = {"exact": exact, "estimated": estimated, "unknown": unknown, "possibly": more}
    return replace(outcome, facts=(*sure, *maybe) or outcome.facts, extra={"total": total})


def _of_one_source(outcome: Outcome) -> Outcome:
    """The figures of the source that has most of them; what others give is noted.

    Two sources may tell of the same orders, which are not to be counted twice.
    """
    sources = [fact.source for fact in outcome.facts]
    if len(set(sources)) < 2:
        return outcome
    main = max(dict.fromkeys(sources), key=sources.count)
    others = [fact for fact in outcome.facts if fact.source != main]
    told = " ".join(fact.statement for fact in others[:_TOLD])
    note = f"Counted by {main}; not added, as it may be the same: {told}"
    kept = tuple(fact for fact in outcome.facts if fact.source == main)
    return replace(outcome, facts=kept, notes=(*outcome.notes, note))


_TOLD = 3
"""So many figures of another source are told beside a sum."""


def _alike(facts: Sequence[Fact]) -> list[Fact]:
    """The facts whose figures are of one measure, unit and pair of countries.

    Of several such sorts the one with facts that are sure to be of the time comes first, then the
    one that has figures of several times, then that of the best fact.
    """
    sorts: dict[tuple[object, ...], list[Fact]] = {}
    for fact in facts:
        if amount(fact) is None or not fact.when:
            continue
        own = sorts.setdefault(_sort(fact), [])
        if not own or _in_common(own[0], fact) >= _OF_ONE_THING:
            own.append(fact)
    return max(
        sorts.values(),
        key=lambda own: (
            any(f.holds != "possibly" for f in own),
            len({f.when.edtf for f in own if f.when}) > 1,
        ),
        default=[],
    )


_OF_ONE_THING = 0.4
"""The share of their words that the figures of one thing have in common."""


def _in_common(one: Fact, other: Fact) -> float:
    """The share of the words of two statements that both have, numbers and small words apart."""
    a, b = (
        {w for w in stems(fact.statement) if w.isalpha() and w not in wording().fillers}
        for fact in (one, other)
    )
    return len(a & b) / len(a | b) if a | b else 0.0


def _sort(fact: Fact) -> tuple[object, ...]:
    countries = frozenset(e.id for e in fact.others if e.type == "Country")
    return fact.values.get("measure"), fact.values.get("unit"), countries


def rank(context: Context, reading: Reading) -> Outcome:
    """The figures found in order of size, the greatest first."""
    outcome = by_pattern(context, reading)
    sized = [f for f in outcome.facts if "value" in f.values]
    sized = [
        f for f in sized
        if (f.values.get("measure"), f.values.get("unit"))
        == (sized[0].values.get("measure"), sized[0].values.get("unit"))
    ]  # fmt: skip
    sized.sort(key=lambda f: f.values["value"], reverse=True)
    return replace(outcome, facts=tuple(sized), extra={"ranked": True} if sized else {})


def change(context: Context, reading: Reading) -> Outcome:
    """The figures found in order of time; those of one time alone are told, and are no change.

    Nor are those of times of which one is a part of another, such as a half of the first of five
    years. By how much something grew no figure of one time tells, unless it is one of growth, which
    the second pattern of the template finds.
    """
    outcome = by_pattern(context, reading)
    alike = _alike(outcome.facts)
    yes_no = reading.focus == "yes-no"
    alike = one_of_each_time(alike) if yes_no else alike
    timed = sorted(alike, key=lambda f: (f.when.earliest or "", f.id) if f.when else ("", ""))
    if any(_one_holds_the_other(a, b) for a, b in pairwise(timed)):
        return replace(outcome, facts=tuple(alike), extra={"level": True})
    if len({f.when.edtf for f in timed if f.when}) < 2:
        template = reading.template
        if timed and reading.focus == "how-many" and template.otherwise:
            of_growth = replace(template, where=template.otherwise, otherwise="")
            grown = by_pattern(context, replace(reading, template=of_growth))
            return replace(outcome, declined=True) if grown.empty else grown
        return replace(outcome, facts=tuple(timed), extra={"level": True} if timed else {})
    series = replace(outcome, facts=tuple(timed), extra={"series": True})
    return trend(context.heard, series) if yes_no else series


def _one_holds_the_other(one: Fact, other: Fact) -> bool:
    """Whether the time of a figure is a part of that of another one, and not the same."""
    a, b = one.when, other.when
    if not (a and b and a.earliest and a.latest and b.earliest and b.latest):
        return False
    if (a.earliest, a.latest) == (b.earliest, b.latest):
        return False
    return (a.earliest <= b.earliest and b.latest <= a.latest) or (
        b.earliest <= a.earliest and a.latest <= b.latest
    )


def compare(context: Context, reading: Reading) -> Outcome:
    """The best figure for each of the things, dates or sources that are compared."""
    query = query_of(reading)
    allowed = {row["fact"] for row in context.graph.select(query)}
    by = reading.template.options.get("by", "entities")
    if reading.focus == "yes-no" and by in _OF_TWO and gives_a_limit(context.heard):
        return Outcome(reading, query, 0.0)
    if by == "mirrored":
        return _asked(context, mirrored(context, reading, query, allowed))
    if reading.focus == "yes-no" and asks_for_a_multiple(context.heard):
        return Outcome(reading, query, 0.0)  # more is no yes to “three times as much”
    if by == "entities" and tellers_named(context.heard):
        return Outcome(reading, query, 0.0)  # whose figures they are, and not of what
    if by == "dates" and says_both_times(context):
        return Outcome(reading, query, 0.0)  # it compares at either, and not the one to the other
    operands = _operands(context, reading)
    shared = [u for u in reading.rest if not any(u.first in o for o, _, _ in operands)]
    sides: list[tuple[str, list[tuple[float, Fact]]]] = []
    for places, own, keep in operands:
        label = " ".join(context.heard.tokens[i].text for i in sorted(places))
        hits = [h for h in retrieve([*shared, *own], allowed) if h.named and h.itself]
        hits = hits[:_TRIED]
        hits = directed(context, hits)
        found = {
            f.id: f
            for f in facts_of(context.graph, [h.fact for h in hits], copies=context.copies)
            if keep(f)
        }
        sides.append((label, [(h.score, found[h.fact]) for h in hits if h.fact in found]))
    areas: dict[str, str] = {}
    if by == "dates":  # of one party at either time
        given = [fact for _, found_at in sides for _, fact in found_at]
        areas = {iri: figure.area for iri, figure in measured(context, given).items()}
    pair = _best_pair([found_at for _, found_at in sides], areas)
    if pair is None:
        return Outcome(reading, query, 0.0, missing=tuple(label for label, _ in sides))
    named = any(e.type == "WeaponSystem" for m in context.heard.of("entity") for e in m.entities)
    if by in _OF_TEXTS and not named and any(_counts_arms(f) for _, f in pair):
        return Outcome(reading, query, 0.0)  # each may have counted something else
    counted = by in _OF_TEXTS and not grammar("numbering").isdisjoint(
        t.key for t in context.heard.tokens
    )
    measured_alike = any(all(_has(u, f) for _, f in pair) for u in shared)
    if by != "dates" and not (counted or measured_alike):
        # nothing of the question but its names: it asks for something else than figures
        return Outcome(reading, query, 0.0, missing=tuple(u.text for u in shared))
    confidence = sum(score for score, _ in pair) / len(pair)
    labelled = [
        (label or fact.source, (fact,)) for (label, _), (_, fact) in zip(sides, pair, strict=False)
    ]
    return _asked(
        context,
        Outcome(
            reading,
            query,
            context.share(reading, confidence),
            facts=once(fact for _, fact in pair),
            extra={"sides": labelled},
        ),
    )


def _asked(context: Context, outcome: Outcome) -> Outcome:
    """The outcome with what is asked of its sides."""
    if not outcome.extra or outcome.reading.template.options.get("expects") == "same":
        return outcome
    return replace(outcome, extra={**outcome.extra, **asked_of_two(context.heard)})


_OF_TWO = ("entities", "dates", "mirrored")
_OF_TEXTS = ("sources", "all-sources")
_TRIED = 12


def _has(unit: Unit, fact: Fact) -> bool:
    return not unit.named and unit.met.get(fact.id, 0.0) >= _MEASURED


_MEASURED = 0.55
"""How well both figures have to meet a word of the question that is none of its names."""


def _best_pair(
    sides: Sequence[Sequence[tuple[float, Fact]]], areas: Mapping[str, str]
) -> tuple[tuple[float, Fact], tuple[float, Fact]] | None:
    """The two facts, one of either side, of one measure that meet the question best together."""
    if len(sides) != 2:
        return None
    pairs = [
        (one, two)
        for one in sides[0]
        for two in sides[1]
        if one[1].id != two[1].id
        and one[1].values.get("measure") == two[1].values.get("measure")
        and one[1].values.get("unit") == two[1].values.get("unit")
        and areas.get(one[1].id) == areas.get(two[1].id)
    ]

    def merit(pair: tuple[tuple[float, Fact], tuple[float, Fact]]) -> tuple[float, bool, str]:
        (one, fact), (two, other) = pair
        stated = fact.grade != "inferred" and other.grade != "inferred"
        return (round(one + two, 1), stated, fact.id)

    return max(pairs, key=merit, default=None)


def _counts_arms(fact: Fact) -> bool:
    """Whether a figure is the number of a weapon that was ordered or delivered."""
    return str(fact.values.get("measure", "")).startswith("number")


_Operand = tuple[frozenset[int], list[Unit], Callable[[Fact], bool]]


def _operands(context: Context, reading: Reading) -> list[_Operand]:
    by = reading.template.options.get("by", "entities")
    heard, units = context.heard, context.units

    def unit_at(mention: Mention) -> list[Unit]:
        return [u for u in units if u.first < mention.last and mention.first < u.last]

    def places(mention: Mention) -> frozenset[int]:
        return frozenset(range(mention.first, mention.last))

    found: list[_Operand] = []
    if by == "dates":
        for mention in heard.of("date"):
            found.append((places(mention), unit_at(mention), lambda _: True))
    elif by == "sources":
        for name, places_of in _named_sources(context).items():
            own = [u for u in units if u.period and _nearest(context, u) == name]
            dated = {i for u in own for i in range(u.first, u.last)}
            found.append((places_of | dated, own, _told_by(name)))
    elif by == "all-sources":
        told = set(sources_by_author(context.graph).values())
        found += [(frozenset(), [], _told_by(name)) for name in sorted(told)]
    else:
        for name in ("a", "b"):
            filled = reading.filled(name)
            for mention in filled.mentions if filled else ():
                found.append((places(mention), unit_at(mention), _names(mention)))
    return found


def _names(mention: Mention) -> Callable[[Fact], bool]:
    """Whether a figure is of what is mentioned, and does not only stand beside it in the text."""
    iris = {entity.id for entity in mention.entities}
    return lambda fact: not iris.isdisjoint(entity.id for entity in fact.others)


def _nearest(context: Context, date: Unit) -> str | None:
    """The source in whose part of a question a time stands, where each has one of its own."""
    named = _named_sources(context)
    dates = [m for m in context.heard.of("date") if m.period is not None]
    if len(dates) != len(named):
        return None
    before = {max(places): name for name, places in named.items() if max(places) < date.first}
    return before[max(before)] if before else None


def _told_by(name: str) -> Callable[[Fact], bool]:
    return lambda fact: fact.source == name


def _named_sources(context: Context) -> dict[str, frozenset[int]]:
    """The sources that the question names, by their forms or their authors."""
    author = sources_by_author(context.graph)
    found: dict[str, set[int]] = {}
    for mention in context.heard.of("source", "entity"):
        names = [mention.name] if mention.name else []
        names += [author[e.id] for e in mention.entities if e.id in author]
        for name in names:
            found.setdefault(name, set()).update(range(mention.first, mention.last))
    return {name: frozenset(places) for name, places in found.items()}
