"""Which of the facts found suit the question: its noun, its measures, its stage, its why."""

from __future__ import annotations

from dataclasses import replace

from diplograph.asking.calls.measured import tellers_named
from diplograph.asking.focus import head_of
from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Context
from diplograph.asking.parts import Mention
from diplograph.asking.postings import facts_with, postings
from diplograph.asking.retrieval import Hit
from diplograph.asking.trading import dealt_that_way
from diplograph.asking.typed import is_expected
from diplograph.asking.wording import grammar, wording
from diplograph.namespaces import PREFIXES, values_clause
from diplograph.stems import stems

__all__ = ["directed", "suited"]

_WRONG_STAGE = 0.6
"""What a fact's score is worth where it tells another stage than the question names."""


_AGREED = {PREFIXES["stage"] + name for name in ("agreed", "signed", "concluded")}
"""Stages that people do not tell apart when they ask."""


def suited(context: Context, reading: Reading, hits: list[Hit]) -> list[Hit]:
    """The hits that meet the noun asked for; those that tell another stage are worth less."""
    head = head_of(context.heard, reading.focus)
    asked = next((u for u in reading.rest if head is not None and u.first <= head < u.last), None)
    nearest = reading.template.options.get("nearest")
    if asked is not None and reading.focus != "who" and not nearest:
        hits = [hit for hit in hits if hit.fact in asked.met]
    measures = {
        c.id: c.label for m in context.heard.of("concept") for c in m.concepts
        if c.scheme == "measure"
    }  # fmt: skip
    if measures and hits:
        hits = _of_measures(context, hits, measures)
    hits = _told_by_its_side(context, dealt_that_way(context, directed(context, hits)))
    told = [m for m in context.heard.of("concept") if any(c.scheme == "stage" for c in m.concepts)]
    told = [m for m in told if not _ends_something(context, m) and not _is_a_plan(context, m)]
    if reading.focus == "when" and len(told) > 1:
        # “When was what was ordered in 2002 *delivered*?”: the stage without a date of its own
        dated = {m.first for m in context.heard.of("date")}
        told = [m for m in told if not dated & {m.last, m.last + 1}] or told
    stages = {c.id for m in told for c in m.concepts if c.scheme == "stage"}
    if stages & _AGREED:
        stages |= _AGREED
    asks_what_is = reading.focus not in ("when", "yes-no") or is_expected(context)
    if stages and hits and not (nearest and asks_what_is):
        rows = context.graph.select(
            f"SELECT ?fact ?stage WHERE {{ {values_clause('fact', [h.fact for h in hits])} "
            "?fact dg:stage ?stage }"
        )
        of = {row["fact"]: row["stage"] for row in rows}
        other = {iri for iri, stage in of.items() if stage not in stages}
        if reading.focus == "yes-no" or (reading.focus == "when" and not is_expected(context)):
            # what tells another stage, or what only counts, is no yes and no date
            counts = context.graph.select(
                f"SELECT ?fact WHERE {{ {values_clause('fact', [h.fact for h in hits])} "
                "VALUES ?class { dg:TransferFact dg:Observation } ?fact a ?class }"
            )
            other |= {row["fact"] for row in counts}
            hits = [hit for hit in hits if hit.fact not in other]
        hits = [replace(h, score=h.score * _WRONG_STAGE) if h.fact in other else h for h in hits]
        hits.sort(key=lambda h: (-h.worth, h.fact))
    if reading.focus in ("when", "yes-no") and hits:
        hedged = postings(context.graph).of_words(["nearli", "almost"])
        nearly = facts_with(hedged["nearli"]) | facts_with(hedged["almost"])
        hits = [replace(h, score=h.score * _NEARLY_SO) if h.fact in nearly else h for h in hits]
        hits.sort(key=lambda h: (-h.worth, h.fact))
    if reading.template.options.get("causal") and hits:
        posted = postings(context.graph).of_words([*_CAUSES, *_SINCE])
        causal = set().union(*(facts_with(posted[word], 1.0) for word in _CAUSES))
        caused = causal.union(*(facts_with(posted[word], 1.0) for word in _SINCE))
        bare = postings(context.graph).figures([h.fact for h in hits]) - caused
        hits = [hit for hit in hits if hit.fact not in bare]
        hits = [
            h if h.fact in causal else replace(h, extra=h.extra - _NO_CAUSE * h.score) for h in hits
        ]  # it comes later, and meets of the question what it meets
        hits.sort(key=lambda h: (-h.worth, h.fact))
    return hits


_TOWARDS = frozenset({"in", "into", "to", "from", "with", "for"})
"""Words before the country at the other end of what is measured: invested *in*, imported *from*."""
_OTHER_WAY = 0.75
"""What a figure's score is worth where it goes the other way than the question says."""


def directed(context: Context, hits: list[Hit]) -> list[Hit]:
    """The hits, figures of the other direction than the question's worth less.

    “How much had Russian firms invested in China?” is not met by what China invested in Russia.
    """
    named = {e.id: m for m in context.heard.of("entity") for e in m.entities}
    tokens = context.heard.tokens
    ends = {
        iri for iri, m in named.items()
        if m.before in _TOWARDS and not m.adjective and not tokens[m.last - 1].possessive
    }  # fmt: skip
    if not hits or not ends or len(named) <= len(ends):
        return hits
    clause = values_clause("fact", [h.fact for h in hits])
    rows = context.graph.select(
        f"""SELECT ?fact ?a ?b WHERE {{ {clause} ?fact dg:area ?a ; dg:counterpart ?b ;
            dg:measure/skos:prefLabel ?measure
            FILTER(!REGEX(?measure, "import|export|share|trade")) }}"""
    )  # of trade either side can be spoken of as the one that sends
    starts = set(named) - ends
    turned = {row["fact"] for row in rows if row["a"] in ends and row["b"] in starts}
    hits = [replace(h, score=h.score * _OTHER_WAY) if h.fact in turned else h for h in hits]
    return sorted(hits, key=lambda h: (-h.worth, h.fact))


def _of_measures(context: Context, hits: list[Hit], measures: dict[str, str]) -> list[Hit]:
    """The hits in their order, figures of other measures than those named worth less."""
    rows = context.graph.select(
        f"SELECT ?fact ?measure ?label WHERE {{ {values_clause('fact', [h.fact for h in hits])} "
        "?fact dg:measure ?measure . ?measure skos:prefLabel ?label }"
    )
    words = {other for token in context.heard.tokens for other in wording().like(token.stem)}

    def fits(measure: str, label: str) -> bool:
        """Whether it is one that is named, or one whose other words the question has too."""
        own = [w for w in stems(label) if w not in wording().fillers]
        return measure in measures or all(w in words for w in own)

    other = {row["fact"] for row in rows if not fits(row["measure"], row["label"])}
    hits = [replace(h, score=h.score * _OTHER_MEASURE) if h.fact in other else h for h in hits]
    return sorted(hits, key=lambda h: (-h.worth, h.fact))


def _told_by_its_side(context: Context, hits: list[Hit]) -> list[Hit]:
    """The hits, figures that the one side named does not give worth less: “by Chinese figures”."""
    tellers = tellers_named(context.heard)
    if len(tellers) != 1 or not hits:
        return hits
    side = next(iter(tellers))
    rows = context.graph.select(
        f"""SELECT DISTINCT ?fact ?own WHERE {{ {values_clause("fact", [h.fact for h in hits])}
            ?fact dg:measure ?measure OPTIONAL {{ ?fact dg:attributedTo ?teller
              OPTIONAL {{ ?part a dg:Affiliation ; dg:agent ?teller ; dg:within ?home }}
              BIND(?teller = <{side}> || ?home = <{side}> AS ?own) }} }}"""
    )
    own = {row["fact"] for row in rows if str(row.get("own", "")).lower() == "true"}
    other = {row["fact"] for row in rows} - own
    if not own:
        return hits
    hits = [replace(h, score=h.score * _OTHER_SIDE) if h.fact in other else h for h in hits]
    return sorted(hits, key=lambda h: (-h.worth, h.fact))


_OTHER_SIDE = 0.7
"""What a fact's score is worth where its figure is not by the side named."""
_OTHER_MEASURE = 0.8
"""What a fact's score is worth where its figure is of another measure than the question names."""


def _ends_something(context: Context, mention: Mention) -> bool:
    """Whether “ended” tells what an agreement did, as in “ended the dispute”, and not its stage."""
    tokens = context.heard.tokens
    after = tokens[mention.last].key if mention.last < len(tokens) else ""
    return any(c.label == "ended" for c in mention.concepts) and after in (
        "the",
        "a",
        "an",
        "their",
    )


def _is_a_plan(context: Context, mention: Mention) -> bool:
    """Whether “plan” is a thing that has parts and aims, and not the stage of another."""
    tokens = context.heard.tokens
    return tokens[mention.last - 1].key in ("plan", "plans") and not any(
        t.key in grammar("auxiliary") for t in tokens[max(0, mention.first - 2) : mention.first]
    )


_NEARLY_SO = 0.75
"""What a fact's score is worth to when and whether, where it was so only nearly."""
_NO_CAUSE = 0.2
_CAUSES = (
    "becaus",
    "caus",
    "reason",
    "explain",
    "sinc",
    "owe",
    "why",
    "purpos",
    "aim",
    "lest",
    "led",
    "fear",
    "afraid",
    "worri",
)
"""Words by which a statement tells a cause; one without them is worth so much less to a why."""
_SINCE = ("after", "follow")
"""Words by which a figure may tell what it came of; a bare figure never says why."""
