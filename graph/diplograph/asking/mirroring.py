"""Two figures of one time that mirror each other: what either side put into the other, or took.

“Who had invested more in the other's economy, Russia or China?” is met by no one fact: each tells
the figure of one side. Two figures belong together where they have one unit and one time and stand
side by side in a source, and are of one measure for two areas, or of two directions of trade.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Context, Outcome, amount
from diplograph.asking.postings import beside, postings
from diplograph.asking.retrieval import Hit, retrieve
from diplograph.asking.wording import grammar, wording
from diplograph.facts import facts_of
from diplograph.model import Fact
from diplograph.namespaces import values_clause
from diplograph.stems import stems

__all__ = ["mirrored"]

_TRIED = 24
_AS_GOOD = 0.85
"""What scores at least this share of the best pair is told beside it."""
_DIRECTIONS = {"exports", "imports"}


def mirrored(context: Context, reading: Reading, query: str, allowed: Collection[str]) -> Outcome:
    """The two figures that mirror each other and meet the question best, in its order."""
    if grammar("compared").isdisjoint(token.key for token in context.heard.tokens):
        return Outcome(reading, query, 0.0, missing=tuple(u.text for u in reading.rest))
    hits = retrieve(reading.rest, allowed, most=_TRIED)
    found = facts_of(context.graph, [h.fact for h in hits], copies=context.copies)
    facts = {fact.id: fact for fact in found if amount(fact) is not None}
    asked = {w for t in context.heard.tokens for w in wording().like(t.stem)}
    facts = {iri: fact for iri, fact in facts.items() if asked & _measured(fact)}
    hits = [hit for hit in hits if hit.fact in facts]
    places = postings(context.graph).places(facts)
    areas = _areas(context, facts)
    found_pairs: list[tuple[float, Hit, Hit]] = []
    for one, two in combinations(hits, 2):
        close = any(beside(a, b) for a in places[one.fact] for b in places[two.fact])
        if not close or not _mirror(facts[one.fact], facts[two.fact], areas):
            continue
        score = (one.score + two.score) / 2
        if _all_named(reading, one, two):
            found_pairs.append((score, one, two))
    if not found_pairs:
        return Outcome(reading, query, 0.0, missing=tuple(u.text for u in reading.rest))
    score, one, two = max(found_pairs, key=lambda pair: (pair[0], pair[1].fact))
    measure = facts[one.fact].values.get("measure")
    besides = [
        facts[hit.fact].statement for other, *pair in found_pairs for hit in pair
        if other >= _AS_GOOD * score and facts[hit.fact].values.get("measure") == measure
        and hit.fact not in (one.fact, two.fact)
    ]  # fmt: skip
    pair = [facts[one.fact], facts[two.fact]]
    same = pair[0].values.get("measure") == pair[1].values.get("measure")
    pair.sort(key=lambda fact: _place(context, fact, areas if same else {}))
    return Outcome(
        reading, query, context.share(reading, score), facts=tuple(pair), missing=one.missing,
        plain=max(one.plain, two.plain), notes=_besides(besides),
        extra={"sides": [(_label(fact, areas if same else {}), (fact,)) for fact in pair]},
    )  # fmt: skip


def _besides(statements: Sequence[str]) -> tuple[str, ...]:
    told = " ".join(dict.fromkeys(statements))
    return (f"Figures of the same sort: {told}",) if told else ()


def _areas(context: Context, facts: Collection[str]) -> dict[str, str]:
    """Of what country, organization or region each of some figures is."""
    clause = values_clause("fact", sorted(facts))
    return dict(context.graph.pairs(f"SELECT ?fact ?a WHERE {{ {clause} ?fact dg:area ?a }}"))


def _mirror(one: Fact, two: Fact, areas: Mapping[str, str]) -> bool:
    """Whether two figures are of one unit and time, for two areas or in two directions."""
    if one.values.get("unit") != two.values.get("unit"):
        return False
    if (one.when and one.when.edtf) != (two.when and two.when.edtf):
        return False
    if _things(one) != _things(two):
        return False
    measures = {str(fact.values.get("measure")) for fact in (one, two)}
    same_area = areas.get(one.id) == areas.get(two.id)
    return not same_area if len(measures) == 1 else same_area and measures == _DIRECTIONS


def _things(fact: Fact) -> set[str]:
    """What a figure is about besides the parties: the river, the agreement, the project."""
    return {e.id for e in fact.others if e.type in ("Place", "Agreement", "Project")}


def _all_named(reading: Reading, one: Hit, two: Hit) -> bool:
    """Whether each name is met by one of the two, and each date by both."""
    for unit in reading.rest:
        met = [hit.fact in unit.met for hit in (one, two)]
        if unit.period and unit.named and not all(met):
            return False
        if (unit.named or unit.must) and not any(met):
            return False
    return True


def _measured(fact: Fact) -> set[str]:
    """The stems that tell what a figure measures."""
    return set(stems(str(fact.values.get("measure", "")))) - wording().fillers


def _label(fact: Fact, areas: Mapping[str, str]) -> str:
    """What tells a figure from the other one: whose it is, or without areas its measure."""
    named = (entity.label for entity in fact.others if entity.id == areas.get(fact.id))
    return next(named, str(fact.values.get("measure", "")))


def _place(context: Context, fact: Fact, areas: Mapping[str, str]) -> tuple[int, str]:
    """Where the question first names the area of a figure, or without areas its measure."""
    if areas:
        named = (
            m.first for m in context.heard.of("entity")
            if areas.get(fact.id) in [e.id for e in m.entities]
        )  # fmt: skip
        return next(named, _LAST), fact.id
    words = _measured(fact)
    told = (
        i for i, token in enumerate(context.heard.tokens)
        if any(word in wording().like(token.stem) for word in words)
    )  # fmt: skip
    return next(told, _LAST), fact.id


_LAST = 1_000
