"""What two parties put into or sold to each other at two times, in the direction asked for or both.

“How much had Russian investment in China grown from Yu Bin's figure to Mitchell's?” goes one way,
“compare the mutual investment around 2000 with that at the end of 2006” both. A time may be given
by a date or by the source that tells a figure. All directions asked for are told at both times, or
it is said what is missing: half of them is no answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from diplograph import dates
from diplograph.asking.calls.limits import gives_a_limit
from diplograph.asking.calls.measured import (
    Measured,
    asks_for_a_multiple,
    bounds,
    measured,
    sized,
    with_amount,
)
from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Context, Lacking, Outcome, once
from diplograph.asking.parts import Heard, Mention
from diplograph.asking.patterns import query_of
from diplograph.asking.understood import sources_by_author
from diplograph.asking.wording import grammar, wording
from diplograph.facts import entities_of, facts_of
from diplograph.model import Fact
from diplograph.namespaces import values_clause
from diplograph.stems import stems
from diplograph.words import in_words

__all__ = ["growth"]

_TOWARDS = frozenset({"in", "into", "to", "within"})
_Time = Callable[[Fact], bool]
_Pair = tuple[str, str]
_Sides = tuple[Measured, Measured]
_TWO = 2


def growth(context: Context, reading: Reading) -> Outcome:
    """A figure at two times in each direction asked for, with the difference and the factor."""
    declined = Outcome(reading, "", 0.0, declined=True)
    heard = context.heard
    times, pairs = _times(context), _directions(context)
    if len(times) != _TWO or not pairs or gives_a_limit(heard) or _asks_how_many_times(heard):
        return declined
    query = query_of(reading)
    facts = facts_of(
        context.graph, sorted({row["fact"] for row in context.graph.select(query)}),
        copies=context.copies,
    )  # fmt: skip
    figures = _of_the_measure(heard, measured(context, facts).values())
    known = [f for f in figures if (f.area, f.counterpart) in pairs]
    if len({(f.measure, f.unit) for f in known}) != 1:
        return declined
    told: list[_Sides] = []
    open_ends: list[str] = []
    for area, counterpart in pairs:
        own = [f for f in known if (f.area, f.counterpart) == (area, counterpart)]
        ends = [_at(own, is_then) for is_then, _ in times]
        open_ends += [shown for end, (_, shown) in zip(ends, times, strict=True) if end is None]
        if ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
            one, two = sorted((ends[0], ends[1]), key=_day)
            told.append((one, two))
    share = context.share(reading, 1.0)
    if open_ends:
        return _untold(context, reading, known, open_ends[0])
    if len(told) != len(pairs):
        return declined
    worked = " ".join([*(_told(context, one, two) for one, two in told), _compared(context, told)])
    return Outcome(
        reading, query, share, facts=once(f.fact for pair in told for f in pair), itself=True,
        decision=_decision(heard, told), extra={"worked": worked.strip()},
    )  # fmt: skip


def _untold(context: Context, reading: Reading, known: Sequence[Measured], shown: str) -> Outcome:
    """Nothing, where one of the two times has no figure; those that there are are shown."""
    about = tuple(e for m in context.heard.of("entity") for e in m.entities)
    what = f"figure of {known[0].measure} {shown}"
    return Outcome(
        reading, "", context.share(reading, 1.0), lacking=Lacking(what, about),
        also=once(f.fact for f in known),
    )  # fmt: skip


# --- which times, and which directions ------------------------------------------------------------


def _times(context: Context) -> list[tuple[_Time, str]]:
    """The two times that a question names, by dates or by the sources that tell of them."""
    heard = context.heard
    found: list[tuple[int, _Time, str]] = []
    for mention in heard.of("date"):
        if not isinstance(mention.period, dates.Period):
            continue
        ends = (mention.period.earliest, mention.period.latest)
        if mention.relation in ("between", "") and None not in ends and _is_a_span(mention):
            first, last = (dates.parse(f"{end.year:04}") for end in ends if end is not None)
            found += [
                (mention.first, _then(first), f"for {first.edtf}"),
                (mention.first, _then(last), f"for {last.edtf}"),
            ]
        else:
            told = in_words(mention.period.edtf)
            found.append((mention.first, _then(mention.period), f"for {told}"))
    if len(found) < _TWO:
        dated = [m for m in heard.of("date") if isinstance(m.period, dates.Period)]
        for place, source in _sources(context):
            if not any(_belongs(heard, place, m) for m in dated):
                found.append((place, _told_in(source), f"by {source}"))
    return [(is_then, shown) for _, is_then, shown in sorted(found, key=lambda f: f[0])]


def _is_a_span(mention: Mention) -> bool:
    """Whether a date names a beginning and an end: “between 2000 and 2006”, “from 2000 to 2006”."""
    return " to " in mention.text or " and " in mention.text or mention.relation == "between"


def _belongs(heard: Heard, place: int, date_told: Mention) -> bool:
    """Whether a date only tells of what year the source before it is: “Yu Bin's essay of 2000”."""
    return 0 < date_told.first - place <= _OF_IT and not any(
        token.key in ("and", "to", "with", "against")
        for token in heard.tokens[place : date_told.first]
    )


_OF_IT = 4


def _sources(context: Context) -> list[tuple[int, str]]:
    """The sources that the question names, by their authors or their forms, each once."""
    author = sources_by_author(context.graph)
    found: dict[str, int] = {}
    for mention in context.heard.of("source", "entity"):
        names = [mention.name] if mention.kind == "source" and mention.name else []
        names += [author[e.id] for e in mention.entities if e.id in author]
        for name in names:
            found[name] = min(found.get(name, mention.first), mention.first)
    return sorted((place, name) for name, place in found.items())


def _then(period: dates.Period) -> _Time:
    """Whether a figure is of a time: what is known “by” some day is as things stood then."""

    def is_then(fact: Fact) -> bool:
        last = fact.when.latest if fact.when else None
        if not last or not fact.when:
            return False
        if fact.when.earliest is None:
            day = date.fromisoformat(last)
            after = period.latest is None or day <= period.latest
            return after and (period.earliest is None or period.earliest <= day)
        return dates.within(dates.parse(fact.when.edtf), period) != "no"

    return is_then


def _told_in(source: str) -> _Time:
    return lambda fact: fact.source == source


def _at(figures: Sequence[Measured], is_then: _Time) -> Measured | None:
    """The one figure of a time, the stated and the latest first; None where they differ."""
    found = [f for f in figures if is_then(f.fact) and bounds(f.fact)]
    stated = [f for f in found if f.fact.grade == "stated"] or found
    last = max((_day(f) for f in stated), default="")
    latest = [f for f in stated if _day(f) == last]
    return latest[0] if len({bounds(f.fact) for f in latest}) == 1 else None


def _day(figure: Measured) -> str:
    return (figure.fact.when.latest or "") if figure.fact.when else ""


def _directions(context: Context) -> list[_Pair]:
    """From whom to whom: the one direction that the question names, or both where it names none."""
    heard = context.heard
    countries = [m for m in heard.of("entity") if any(e.type == "Country" for e in m.entities)]
    ids = list(dict.fromkeys(e.id for m in countries for e in m.entities if e.type == "Country"))
    mutual = not grammar("mutual").isdisjoint(token.key for token in heard.tokens)
    named = _of_events(context)
    if named and not (mutual and len(ids) > _TWO):
        return named
    if len(ids) != _TWO:
        return []
    ends = {e.id for m in countries if _is_an_end(heard, m) for e in m.entities}
    starts = set(ids) - ends
    if not mutual and len(ends) == 1 and len(starts) == 1:
        return [(starts.pop(), ends.pop())]
    one, two = ids
    return [(one, two), (two, one)]


def _of_events(context: Context) -> list[_Pair]:
    """From whom to whom by a name that tells it: “Russian investment in China”."""
    events = [e.id for m in context.heard.of("entity") for e in m.entities if e.type == "Event"]
    if not events:
        return []
    rows = context.graph.select(
        f"""SELECT DISTINCT ?who ?other WHERE {{ {values_clause("event", events)}
            ?event dg:part? ?own . ?deed a dg:Participation ; dg:of ?own ; dg:agent ?who .
            ?fact dg:of ?own ; dg:about ?other . ?other a dg:Country FILTER(?other != ?who) }}
            ORDER BY ?who ?other"""
    )
    return [(row["who"], row["other"]) for row in rows]


def _is_an_end(heard: Heard, mention: Mention) -> bool:
    """Whether a country is the one at the other end: invested *in China*."""
    owns = mention.adjective or heard.tokens[mention.last - 1].possessive
    return mention.before in _TOWARDS and not owns


def _of_the_measure(heard: Heard, figures: Iterable[Measured]) -> list[Measured]:
    """The figures of a measure that the question names, and of no narrower one."""
    asked = {w for t in heard.tokens for w in wording().like(t.stem)}
    keys = {t.key for t in heard.tokens} | {t.stem for t in heard.tokens}
    found = []
    for figure in figures:
        words = set(figure.measure.split())
        narrow = words & grammar("narrowing")
        if asked & (set(stems(figure.measure)) - wording().fillers) and narrow <= keys:
            found.append(figure)
    return found


def _asks_how_many_times(heard: Heard) -> bool:
    """Whether a yes or no is asked to so many times as much, which is not what is told here."""
    begins = heard.tokens[0].key in grammar("auxiliary") if heard.tokens else False
    return begins and asks_for_a_multiple(heard)


# --- telling --------------------------------------------------------------------------------------


def _told(context: Context, one: Measured, two: Measured) -> str:
    """One direction: from what to what, by how much, and how many times as much."""
    names = entities_of(context.graph, {one.area, one.counterpart})
    first, last = with_amount(one.fact), with_amount(two.fact)
    lead = (
        f"{one.measure.capitalize()}, {names[one.area].label} in {names[one.counterpart].label}: "
        f"from {first} ({_when(one)}) to {last} {one.unit} ({_when(two)})"
    )
    change = _change(one, two)
    if change is None:
        return f"{lead}."
    by, about = change
    more = "more" if by > 0 else "less"
    times = f", {about}{_factor(one, two):.2g} times as much" if by > 0 else ""
    return f"{lead}, {about}{sized(abs(by))} {more}{times}."


def _when(figure: Measured) -> str:
    if figure.fact.when is None:
        return ""
    start, _, end = figure.fact.when.edtf.partition("/")
    return f"by the end of {in_words(end)}" if start == ".." else in_words(figure.fact.when.edtf)


def _change(one: Measured, two: Measured) -> tuple[float, str] | None:
    """By how much it grew, and “about” where that is not exact; None where only bounds are told."""
    a, b = bounds(one.fact), bounds(two.fact)
    if a is None or b is None or a[0] != a[1] or b[0] != b[1]:
        return None
    near = any(f.fact.values.get("approximate") for f in (one, two))
    return b[0] - a[0], "about " if near else ""


def _factor(one: Measured, two: Measured) -> float:
    a, b = bounds(one.fact), bounds(two.fact)
    return b[0] / a[0] if a and b and a[0] else 0.0


def _compared(context: Context, told: Sequence[_Sides]) -> str:
    """Which of two directions grew by more, where the question sets one against the other."""
    keys = {token.key for token in context.heard.tokens}
    if len(told) != _TWO or keys.isdisjoint(grammar("growing")) or keys.isdisjoint(_OF_BOTH):
        return ""
    changes = [_change(one, two) for one, two in told]
    if None in changes:
        return ""
    names = entities_of(context.graph, {one.area for one, _ in told})
    by = [change[0] for change in changes if change]
    times = [_factor(one, two) for one, two in told]
    more = [max(range(_TWO), key=lambda i: sizes[i]) for sizes in (by, times)]
    owners = [names[told[i][0].area].label for i in more]
    if owners[0] == owners[1]:
        return f"{owners[0]}'s grew more, by amount and in proportion."
    return f"By amount {owners[0]}'s grew more, in proportion {owners[1]}'s."


_OF_BOTH = frozenset({"more", "faster", "most", "stronger", "less", "slower", "whose", "which"})


def _decision(heard: Heard, told: Sequence[_Sides]) -> bool | None:
    """Yes or no to whether it grew, or fell, where all that is told went the same way."""
    keys = {token.key for token in heard.tokens}
    up = not keys.isdisjoint(grammar("rising"))
    down = not keys.isdisjoint(grammar("falling"))
    changes = [_change(one, two) for one, two in told]
    if up == down or "than" in keys or len(told) > 1 or None in changes:
        return None
    return all((change[0] > 0) == up and change[0] != 0 for change in changes if change)
