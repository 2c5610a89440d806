"""Two figures of one time that mirror each other: what either side put into the other, or took.

“Who had invested more in the other's economy, Russia or China?” is met by no one fact: each tells
the figure of one side. Two figures belong together where they have one unit and one time, are given
by the same and stand side by side in a source, and are of one measure for two areas, or of two
directions of trade. Where a question asks by whose figures something is more, they are of one
measure and direction, and given by two. “Both in 2000 and in 2006” and “by both the Russian and the
Chinese figures” ask for a pair of each.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

from diplograph.asking.calls.measured import Measured, measured, tellers_named
from diplograph.asking.calls.siding import in_the_order_of, ways_told
from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Context, Outcome, amount, once
from diplograph.asking.parts import Mention
from diplograph.asking.postings import beside, postings
from diplograph.asking.retrieval import Hit, retrieve
from diplograph.asking.units import Unit
from diplograph.asking.wording import grammar, wording
from diplograph.facts import facts_of
from diplograph.stems import stems

__all__ = ["mirrored", "says_both_times"]

_TRIED = 24
_AS_GOOD = 0.85
"""What scores at least this share of the best pair is told beside it."""
_DIRECTIONS = (
    {"exports", "imports"},
    {"growth of exports", "growth of imports"},
)
_Pair = tuple[float, Hit, Hit]


def mirrored(context: Context, reading: Reading, query: str, allowed: Collection[str]) -> Outcome:
    """The two figures that mirror each other and meet the question best, in its order."""
    nothing = Outcome(reading, query, 0.0, missing=tuple(u.text for u in reading.rest))
    if not _compares(context):
        return nothing
    tellers = tellers_named(context.heard)
    units = [u for u in reading.rest if not _tells_whose(context, u, tellers.values())]
    found: list[tuple[tuple[Measured, Measured], bool, _Pair]] = []
    besides: list[str] = []
    for part in _parts(context, units):
        figures, hits = _hits(context, part, allowed)
        apart = len(tellers) > 1 and not _says_both(context, min(m.first for m in tellers.values()))
        if apart and ways_told(context.heard) > 1:
            return nothing  # of selling and of buying: the disagreements tell both
        for own in [set(tellers)] if apart or not tellers else [{teller} for teller in tellers]:
            pairs = _pairs(context, part, figures, hits, own, apart)
            if not pairs:
                return nothing
            best = max(pairs, key=lambda pair: (round(pair[0], 6), pair[1].fact))
            one, two = figures[best[1].fact], figures[best[2].fact]
            order = (one, two) if apart else in_the_order_of(
                context.heard, one, two, tuple(tellers.values())
            )  # fmt: skip
            if apart:
                order = _as_told(context, (one, two), tellers)
            found.append((order or (one, two), order is not None, best))
            besides += _besides(figures, pairs, best)
    score = sum(best[0] for _, _, best in found) / len(found)
    first = found[0][2][1]
    given = [figure for pair, _, _ in found for figure in pair]
    facts = once(figure.fact for figure in given)
    told = [text for text in besides if text not in {fact.statement for fact in facts}]
    labels = _labels([pair for pair, _, _ in found])
    return Outcome(
        reading, query, context.share(reading, score), facts=facts, missing=first.missing,
        plain=max(first.plain, found[0][2][2].plain),
        notes=(f"Figures of the same sort: {' '.join(dict.fromkeys(told))}",) if told else (),
        extra={
            "sides": [
                (label, (figure.fact,)) for label, figure in zip(labels, given, strict=True)
            ],
            "ordered": all(sure for _, sure, _ in found),
        },
    )  # fmt: skip


def _compares(context: Context) -> bool:
    """Whether a question has a word by which two things are set side by side."""
    keys = [token.key for token in context.heard.tokens]
    return keys.count("as") > 1 or not (
        grammar("compared") | grammar("agreeing") | {"both", "two"}
    ).isdisjoint(keys)


def _parts(context: Context, units: Sequence[Unit]) -> list[list[Unit]]:
    """What is asked for, once, or for each of the times that a “both” joins."""
    dates = [u for u in units if u.period is not None]
    if not says_both_times(context):
        return [list(units)]
    return [[u for u in units if u.period is None or u is date] for date in dates]


def says_both_times(context: Context) -> bool:
    """Whether a question asks for the same at two times: “both in 2000 and in 2006”."""
    dates = context.heard.of("date")
    return len(dates) > 1 and _says_both(context, dates[0].first)


def _says_both(context: Context, place: int) -> bool:
    """Whether a “both” stands before what begins at a place."""
    keys = [token.key for token in context.heard.tokens[: place + 1]]
    return "both" in keys[-3:]


def _tells_whose(context: Context, unit: Unit, tellers: Collection[Mention]) -> bool:
    """Whether a part of the question only tells whose figures are meant."""
    named = any(m.first <= unit.first < m.last for m in tellers)
    keys = {context.heard.tokens[i].key for i in range(unit.first, unit.last)}
    return named or (bool(tellers) and keys <= grammar("tellings"))


def _hits(
    context: Context, units: Sequence[Unit], allowed: Collection[str]
) -> tuple[dict[str, Measured], list[Hit]]:
    """The figures that meet the question best and are of what it measures."""
    hits = retrieve(units, allowed, most=_TRIED)
    found = facts_of(context.graph, [h.fact for h in hits], copies=context.copies)
    asked = {w for t in context.heard.tokens for w in wording().like(t.stem)}
    grows = not {t.key for t in context.heard.tokens}.isdisjoint(grammar("growing"))
    figures = {
        iri: figure
        for iri, figure in measured(context, [f for f in found if amount(f) is not None]).items()
        if asked & (set(stems(figure.measure)) - wording().fillers)
        and (grows or not figure.measure.startswith("growth"))
    }
    if grows and any(figure.measure.startswith("growth") for figure in figures.values()):
        figures = {i: f for i, f in figures.items() if f.measure.startswith("growth")}
    return figures, [hit for hit in hits if hit.fact in figures]


def _pairs(
    context: Context,
    units: Sequence[Unit],
    figures: Mapping[str, Measured],
    hits: Sequence[Hit],
    tellers: Collection[str],
    apart: bool,
) -> list[_Pair]:
    """The pairs of figures that mirror each other, of these tellers, and meet all names."""
    places = postings(context.graph).places(figures)
    found = []
    for one, two in combinations(hits, 2):
        a, b = figures[one.fact], figures[two.fact]
        whose = a.tellers & set(tellers), b.tellers & set(tellers)
        if tellers and not all(whose):
            continue
        if apart and whose[0] == whose[1]:
            continue
        if not apart and a.tellers != b.tellers:
            continue
        close = any(beside(x, y) for x in places[one.fact] for y in places[two.fact])
        if close and _mirror(a, b, apart) and _all_named(units, one, two):
            found.append(((one.score + two.score) / 2, one, two))
    return found


def _mirror(one: Measured, two: Measured, apart: bool) -> bool:
    """Whether two figures are of one unit and time, for two areas or in two directions."""
    if (one.unit, one.time) != (two.unit, two.time) or _things(one) != _things(two):
        return False
    measures = {one.measure, two.measure}
    if apart:
        return len(measures) == 1 and one.area == two.area
    if len(measures) == 1:
        return one.area != two.area
    return one.area == two.area and measures in _DIRECTIONS


def _things(figure: Measured) -> set[str]:
    """What a figure is about besides the parties: the river, the agreement, the project."""
    return {e.id for e in figure.fact.others if e.type in ("Place", "Agreement", "Project")}


def _all_named(units: Sequence[Unit], one: Hit, two: Hit) -> bool:
    """Whether each name is met by one of the two, and each date by both."""
    for unit in units:
        met = [hit.fact in unit.met for hit in (one, two)]
        if unit.period and unit.named and not all(met):
            return False
        if (unit.named or unit.must) and not any(met):
            return False
    return True


def _as_told(
    context: Context, pair: tuple[Measured, Measured], tellers: Mapping[str, Mention]
) -> tuple[Measured, Measured]:
    """Two figures in the order in which the question names those who give them."""
    place = {teller: mention.first for teller, mention in tellers.items()}
    one, two = sorted(
        pair, key=lambda figure: min(place[teller] for teller in figure.tellers & set(place))
    )
    return one, two


def _besides(figures: Mapping[str, Measured], pairs: Sequence[_Pair], best: _Pair) -> list[str]:
    """The statements of the other figures that meet the question nearly as well."""
    measure = figures[best[1].fact].measure
    return [
        figures[hit.fact].fact.statement for score, *pair in pairs for hit in pair
        if score >= _AS_GOOD * best[0] and figures[hit.fact].measure == measure
    ]  # fmt: skip


def _labels(pairs: Sequence[tuple[Measured, Measured]]) -> list[str]:
    """What tells each figure from the other one of its pair: whose it is, or its measure."""
    told = []
    for pair in pairs:
        names = {e.id: e.label for figure in pair for e in figure.fact.others}
        for figure in pair:
            other = pair[1] if figure is pair[0] else pair[0]
            if figure.area != other.area:
                told.append(names.get(figure.area, figure.measure))
            elif figure.measure != other.measure:
                told.append(figure.measure)
            else:
                by = sorted(names[t] for t in figure.tellers if t in names)
                told.append(f"by {by[0]}'s figures" if by else figure.measure)
    return told
