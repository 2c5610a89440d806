"""What the passage or the row of the best fact says besides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from diplograph.asking.outcome import Context, Outcome
from diplograph.asking.postings import postings
from diplograph.asking.ranking import ranked
from diplograph.asking.wording import wording
from diplograph.facts import facts_of
from diplograph.model import Fact, When
from diplograph.stems import stems

__all__ = ["with_its_passage"]

_ALSO = 10
_PARTS = frozenset({"Participation", "TransferFact", "Containment"})
"""Kinds of facts that say who or what belongs to something, and come last."""
_OF_PEOPLE = frozenset({"Tenure", "Affiliation"})
"""Kinds of facts that say who somebody is, and are not told beside others."""
_AROUND = 300
"""How many characters before and after a passage belong to it, as the rest of its sentence."""


def with_its_passage(context: Context, outcome: Outcome) -> Outcome:
    """The outcome with what the passage of its best fact says besides, where it is few facts.

    A sentence of a source gives several facts; who asks for one mostly wants the others too.
    """
    if not 0 < len(outcome.facts) <= _FEW or outcome.extra or outcome.links:
        return outcome
    best = outcome.facts[0]
    if all(evidence.unit == "row" for evidence in best.evidence):
        return _with_its_row(context, outcome, best)
    shown = {fact.id for fact in outcome.facts}
    kept = postings(context.graph)
    distance = kept.around(kept.places([best.id])[best.id], _AROUND)
    near = {fact: far for fact, far in distance.items() if fact not in shown}
    among = [*near, best.id]
    hits = ranked(context, context.units, context.scored(context.units).hits(among, len(among)))
    worth = {hit.fact: hit.worth for hit in hits}
    score = {hit.fact: hit.score for hit in hits}
    order = sorted(near, key=lambda f: (-round(worth.get(f, 0.0), 1), near[f], f))
    nearest = order[: 2 * _ALSO + len(shown)]
    told = {fact.statement for fact in outcome.facts}
    figures = {(f.values["measure"], f.when) for f in outcome.facts if "measure" in f.values}
    by_id = {f.id: f for f in facts_of(context.graph, nearest, copies=context.copies)}
    found = [by_id[iri] for iri in nearest if iri in by_id and by_id[iri].statement not in told]
    found = [fact for fact in found if fact.kind not in _OF_PEOPLE]
    if outcome.reading.focus == "how-many":  # a like figure of another time would only mislead
        found = [f for f in found if not _of_another_time(f, figures)]
    found.sort(key=lambda fact: fact.kind in _PARTS)
    found = found[:_ALSO]
    least = _BELONGS[outcome.reading.focus == "why"] * score.get(best.id, 0.0)
    fitting = [fact for fact in found if score.get(fact.id, 0.0) >= least]
    return replace(outcome, also=tuple(found), completing=_completing(outcome, fitting))


_BELONGS = (0.45, 0.25)
"""The share of what the best fact meets of the question that a further statement has to meet to
belong to the answer; and the same of a reason, which is told in words of its own."""


_TELLS_MORE = frozenset({"why", "how", "what", "list"})
"""What is asked for where one statement is often half of the answer."""
_MORE = 3
"""So many more statements of its passage are told with it."""
_SENTENCE = 80
"""How many characters may lie between two passages of one sentence or of two that go together."""
_NEWS = 0.5
"""The share of its words that a further statement has to have beside those told already."""


def _completing(outcome: Outcome, found: Sequence[Fact]) -> tuple[Fact, ...]:
    """What the passage says besides that belongs to the answer.

    The statement that speaks of what is asked about often has one reason of several, or one half of
    what somebody said.
    """
    if outcome.answers or outcome.reading.focus not in _TELLS_MORE:
        return ()
    best = outcome.facts[0]
    told = {word for fact in outcome.facts for word in stems(fact.statement)}
    more: list[Fact] = []
    for fact in found:
        if fact.kind in _PARTS or not _in_one_passage(best, fact):
            continue
        words = set(stems(fact.statement)) - wording().fillers
        if len(words - told) < _NEWS * len(words):
            continue
        told |= words
        more.append(fact)
    return tuple(more[:_MORE])


def _in_one_passage(one: Fact, other: Fact) -> bool:
    return any(
        a.source == b.source and a.start < b.end + _SENTENCE and b.start < a.end + _SENTENCE
        for a in one.evidence for b in other.evidence
    )  # fmt: skip


def _of_another_time(fact: Fact, figures: set[tuple[str, When | None]]) -> bool:
    measure = fact.values.get("measure")
    return any(measure == told and fact.when != when for told, when in figures)


def _with_its_row(context: Context, outcome: Outcome, best: Fact) -> Outcome:
    """The outcome with what the same row of a table says besides."""
    rows = context.graph.select(
        f"""SELECT DISTINCT ?fact WHERE {{
            <{best.id}> dg:evidence ?row . ?fact dg:evidence ?row ; dg:grade ?grade }}"""
    )
    shown = {fact.id for fact in outcome.facts}
    others = sorted({row["fact"] for row in rows} - shown)[:_ALSO]
    return replace(outcome, also=facts_of(context.graph, others, copies=context.copies))


_FEW = 3
