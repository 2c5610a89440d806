"""What the passage or the row of the best fact says besides."""

from __future__ import annotations

from dataclasses import replace

from diplograph.asking.outcome import Context, Outcome
from diplograph.asking.retrieval import retrieve
from diplograph.facts import facts_of
from diplograph.model import Fact, When

__all__ = ["with_its_passage"]

_ALSO = 10
_PARTS = frozenset({"Participation", "TransferFact", "Containment"})
"""Kinds of facts that say who or what belongs to something, and come last."""
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
    overlap = " || ".join(
        f"(?start < {e.end + _AROUND} && ?end > {e.start - _AROUND})" for e in best.evidence
    )
    rows = context.graph.select(
        f"""SELECT DISTINCT ?fact ?start WHERE {{
            {{ SELECT DISTINCT ?source WHERE {{ <{best.id}> dg:evidence/oa:hasSource ?source }} }}
            ?passage oa:hasSource ?source ; oa:hasSelector ?position .
            ?position oa:start ?start ; oa:end ?end . FILTER({overlap or "false"})
            ?fact dg:evidence ?passage FILTER NOT EXISTS {{ ?fact a dg:Tenure }}
            FILTER NOT EXISTS {{ ?fact a dg:Affiliation }}
        }}"""
    )
    shown = {fact.id for fact in outcome.facts}
    near = {
        row["fact"]: min(abs(int(row["start"]) - e.start) for e in best.evidence)
        for row in rows
        if row["fact"] not in shown
    }
    score = {hit.fact: hit.score for hit in retrieve(context.units, near.keys(), most=len(near))}
    ranked = sorted(near, key=lambda f: (-round(score.get(f, 0.0), 1), near[f], f))
    nearest = ranked[: 2 * _ALSO + len(shown)]
    told = {fact.statement for fact in outcome.facts}
    figures = {(f.values["measure"], f.when) for f in outcome.facts if "measure" in f.values}
    by_id = {f.id: f for f in facts_of(context.graph, nearest, copies=context.copies)}
    found = [by_id[iri] for iri in nearest if iri in by_id and by_id[iri].statement not in told]
    if outcome.reading.focus == "how-many":  # a like figure of another time would only mislead
        found = [f for f in found if not _of_another_time(f, figures)]
    found.sort(key=lambda fact: fact.kind in _PARTS)
    return replace(outcome, also=tuple(found[:_ALSO]))


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
