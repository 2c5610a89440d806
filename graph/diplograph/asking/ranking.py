"""Which of the facts that meet a question alike answers it best.

How much of the question a fact meets does not tell a short statement that says just this from a
long one that says it beside other things, nor a fact whose passage goes on about the matter from
one where a word or two happen to fall. So what a fact is worth counts, besides, the share of its
own words that the question has (the precision beside the recall; C. J. van Rijsbergen,
*Information Retrieval*, 1979, chapter 7), how much of the question it meets together with the
facts of the same passage, and how many words of it stand together in a phrase that the fact is
looked for by. Their weights were chosen by how often the first fact is the right one
among the questions tuned with.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from diplograph.asking.outcome import Context
from diplograph.asking.postings import Phrase, beside, postings
from diplograph.asking.retrieval import Hit
from diplograph.asking.units import Unit
from diplograph.asking.wording import wording
from diplograph.postinglists import Place
from diplograph.stems import stems

__all__ = ["ahead", "ranked"]

_TO_THE_POINT, _TOGETHER = 0.3, 0.2
"""What it counts that the question has all words of a fact, and that its passage meets it all."""
_ALIKE, _WHOLE = 0.4, 0.05
"""What it counts that a fact lies near the question, and that it tells a matter whole."""
_IN_A_PHRASE, _LONGEST = 0.08, 4
"""What each word counts that follows on another in a phrase that a fact is looked for by, and how
many words such a phrase has at most."""
_NEW = 0.2
"""The share of its words that the question may have without a fact being an echo of it."""
_LOOKED_AT = 60
"""So many of the facts that meet most of the question are looked at."""
_MEANT = 0.75
"""How surely a word has to mean the same to be one of the question's."""


def ranked(
    context: Context, units: Sequence[Unit], hits: Sequence[Hit], widely: bool = True
) -> list[Hit]:
    """The hits in the order of what they are worth, each with what it is worth beyond its score.

    Where the units are only what a template leaves over of a question, the question as a whole is
    no measure of them, and ``widely`` is false.
    """
    near = hits[:_LOOKED_AT]
    places = postings(context.graph).places([hit.fact for hit in near])
    weighed = [(unit.weight, unit.met) for unit in units]
    together = _together({hit.fact: places[hit.fact] for hit in near})
    close = _close(context, [hit.fact for hit in near])
    whole = sum(unit.weight for unit in units) or 1.0
    found = []
    for hit in near:
        fact = close[hit.fact]
        met = _met_together(weighed, together[hit.fact])
        extra = _TO_THE_POINT * fact.share + _TOGETHER * met / whole
        if widely:
            extra += _ALIKE * fact.alike + _WHOLE * fact.joins
            extra += _IN_A_PHRASE * fact.phrased
        found.append(
            Hit(
                hit.fact, hit.score, hit.missing, hit.named, hit.plain, hit.itself,
                extra=extra, alike=fact.alike, echo=_TO_THE_POINT * max(0.0, fact.share - _NEW),
            )
        )  # fmt: skip
    return sorted(found, key=lambda h: (-h.worth, h.fact))


class _Close(NamedTuple):
    """How close a fact is to a question, whichever of its parts are asked for."""

    share: float
    """The share of its own words that the question has."""
    alike: float
    joins: bool
    phrased: int
    """How many words of the question follow on others in a phrase it is looked for by."""


def _close(context: Context, facts: Sequence[str]) -> Mapping[str, _Close]:
    """How close some facts are to the question, looked at once for all readings."""
    heard, kept = context.heard, postings(context.graph)
    stems_of_it = tuple(token.stem for token in heard.tokens)
    known: dict[str, _Close] = context.graph.once(("close", heard.question, stems_of_it), dict)
    missing = [fact for fact in facts if fact not in known]
    if missing:
        asked = _asked(context)
        told, joining = kept.told(missing), kept.joining(missing)
        alike = kept.alike(sorted(set(stems_of_it) - wording().fillers), missing)
        phrased = _in_phrases(context, kept.phrases(missing))
        for fact in missing:
            words = told[fact]
            share = len(words & asked) / len(words) if words else 0.0
            known[fact] = _Close(share, alike[fact], fact in joining, phrased[fact])
    return known


def _met_together(
    weighed: Sequence[tuple[float, Mapping[str, float]]], facts: Collection[str]
) -> float:
    """How much of the units some facts meet together, each part by the one that meets it best."""
    if len(facts) == 1:
        (fact,) = facts
        return sum([weight * met.get(fact, 0.0) for weight, met in weighed])
    return sum([weight * max([met.get(f, 0.0) for f in facts]) for weight, met in weighed])


def _in_phrases(context: Context, phrases: Mapping[str, Collection[Phrase]]) -> dict[str, int]:
    """By fact, how many words of the question follow on others in a phrase it is looked for by."""
    own = stems(context.heard.question)
    at: dict[Phrase, list[int]] = {}
    for length in range(2, _LONGEST + 1):
        for start in range(len(own) - length + 1):
            at.setdefault(tuple(own[start : start + length]), []).append(start)
    found = {}
    for fact, known in phrases.items():
        follow = {
            place for phrase in at.keys() & known for start in at[phrase]
            for place in range(start + 1, start + len(phrase))
        }  # fmt: skip
        found[fact] = len(follow)
    return found


def ahead(context: Context, hits: Sequence[Hit]) -> float:
    """How far the best hit is ahead of the best that another passage tells."""
    if not hits or not hits[0].worth:
        return 0.0
    places = postings(context.graph).places([hit.fact for hit in hits])
    own = places[hits[0].fact]
    others = (
        hit.worth for hit in hits
        if not any(beside(a, b) for a in own for b in places[hit.fact])
    )  # fmt: skip
    return 1.0 - next(others, 0.0) / hits[0].worth


def _together(places: Mapping[str, Sequence[Place]]) -> dict[str, set[str]]:
    """By fact, those whose passages stand in one stretch with its own, and itself."""
    found = {fact: {fact} for fact in places}
    stretches = sorted((*place, fact) for fact, own in places.items() for place in own)
    for number, (source, start, end, fact) in enumerate(stretches):
        for other in stretches[number + 1 :]:
            if not beside((source, start, end), other[:3]):
                break
            found[fact].add(other[3])
            found[other[3]].add(fact)
    return found


def _asked(context: Context) -> frozenset[str]:
    """The stems of the question's words, and those that mean the same."""
    own = {token.stem for token in context.heard.tokens}
    like = wording().like
    same = {other for word in own for other, how in like(word).items() if how >= _MEANT}
    return frozenset(own | same)
