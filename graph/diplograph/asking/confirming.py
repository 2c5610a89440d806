"""Whether two ways to an answer lead to the same place.

A template knows what is asked, but its words may be in a question that asks something else; what
meets the whole question best knows nothing of what is asked. They are independent, and where they
lead to passages far from each other the template is mostly wrong: among the questions tuned with,
an answer that only a template gave was wrong in 23 of 83 cases, one that both gave in 41 of 1,100.
"""

from __future__ import annotations

from diplograph.asking.outcome import Context, Outcome
from diplograph.asking.postings import beside, postings
from diplograph.asking.ranking import ahead, ranked
from diplograph.asking.retrieval import retrieve

__all__ = ["contradicted"]

_TAKES_ALL = 0.95
"""An answer that accounts for so much of the question needs nothing to confirm it."""
_WORTH, _OF_SIDES = 0.9, 0.6
"""The share of what the best fact is worth that an answer from elsewhere may have; and one that
sets figures or sources side by side, which each tell a part."""
_SIDES = frozenset({"sides", "conflicts"})
_AHEAD = 0.05
"""By how much the best passage has to be ahead of all others to say that an answer is another."""
_FIRST = 3
"""So many facts or agreements of an answer are looked at."""
_MOST = 60


def contradicted(context: Context, outcome: Outcome) -> bool:
    """Whether what meets the whole question best says something else than the outcome."""
    if outcome.empty or outcome.confidence >= _TAKES_ALL or not outcome.reading.rest:
        return False
    hits = ranked(context, context.units, retrieve(context.units, most=_MOST))
    hits = [hit for hit in hits if hit.named] or hits
    if not hits:
        return False
    kept = postings(context.graph)
    own = [fact.id for fact in outcome.facts[:_FIRST]]
    places = kept.places([hits[0].fact, *own])
    best = places[hits[0].fact]
    told = [place for fact in own for place in places[fact]]
    told += [
        (f"{best[0][0].rpartition('/')[0]}/{e.source}", e.start, e.end)
        for link in (*outcome.links, *outcome.pending)[:_FIRST] for e in link.evidence if best
    ]  # fmt: skip
    if any(beside(a, b) for a in told for b in best) or ahead(context, hits) < _AHEAD:
        return False
    met = ranked(context, context.units, retrieve(context.units, own))
    most = _OF_SIDES if outcome.extra.keys() & _SIDES else _WORTH
    return not met or met[0].worth < most * hits[0].worth
