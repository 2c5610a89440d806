"""Whether two ways to an answer lead to the same place.

A template knows what is asked, but its words may be in a question that asks something else; what
meets the whole question best knows nothing of what is asked. They are independent, and where they
lead to passages far from each other the template is mostly wrong: among the questions tuned with,
an answer that only a template gave was wrong in 23 of 83 cases, one that both gave in 41 of 1,100.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from diplograph.asking.outcome import Context, Outcome
from diplograph.asking.postings import beside, postings
from diplograph.asking.ranking import ahead, ranked
from diplograph.asking.retrieval import Hit
from diplograph.namespaces import PASSAGE

__all__ = ["Confirming"]

_TAKES_ALL = 0.95
"""An answer that accounts for so much of the question needs nothing to confirm it."""
_WORTH, _OF_SIDES = 0.9, 0.6
"""The share of what the best fact is worth that an answer from elsewhere may have; and one that
sets figures or sources side by side, which each tell a part."""
_SIDES = frozenset({"sides", "conflicts"})
_AHEAD = 0.05
"""By how much the best passage has to be ahead of all others to say that an answer is another."""
_FIRST = 3
"""So many facts or agreements of an answer are looked at; where a day or a number is asked for, one
alone, from which it is."""
_MOST = 60


class Confirming:
    """What meets the whole of a question best, against which answers to it are held."""

    def __init__(self, context: Context) -> None:
        self.context = context

    def contradicts(self, outcome: Outcome) -> bool:
        """Whether what meets the whole question best says something else than the outcome."""
        reading = outcome.reading
        if outcome.empty or outcome.confidence >= _TAKES_ALL or not reading.rest:
            return False
        if reading.template.options.get("all-facts"):
            return False
        if not self._best or self._ahead < _AHEAD:
            return False
        kept = postings(self.context.graph)
        sides = outcome.extra.keys() & _SIDES
        first = 1 if reading.focus in ("when", "how-many") and not sides else _FIRST
        own = [fact.id for fact in outcome.facts[:first]]
        places = kept.places([self._best[0].fact, *own])
        best = places[self._best[0].fact]
        told = [place for fact in own for place in places[fact]]
        told += [
            (PASSAGE + e.source, e.start, e.end)
            for link in (*outcome.links, *outcome.pending)[:_FIRST] for e in link.evidence
        ]  # fmt: skip
        if any(beside(a, b) for a in told for b in best):
            return False
        met = self._ranked(own)
        most = _OF_SIDES if sides else _WORTH
        return not met or met[0].worth < most * self._best[0].worth

    def _ranked(self, among: Sequence[str] | None = None) -> list[Hit]:
        units = self.context.units
        return ranked(self.context, units, self.context.scored(units).hits(among, _MOST))

    @cached_property
    def _best(self) -> list[Hit]:
        hits = self._ranked()
        return [hit for hit in hits if hit.named] or hits

    @cached_property
    def _ahead(self) -> float:
        return ahead(self.context, self._best)
