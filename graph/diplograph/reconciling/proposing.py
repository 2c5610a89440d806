"""Proposals of what may be the same thing in two sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from diplograph.errors import OptionError
from diplograph.model import Entity
from diplograph.model import Record as _Record
from diplograph.reconciling.comparing import score_all
from diplograph.reconciling.decisions import Decisions
from diplograph.reconciling.kinds import KINDS as _KINDS
from diplograph.reconciling.records import Record
from diplograph.store import Graph

__all__ = ["KINDS", "Proposal", "propose"]

KINDS = tuple(_KINDS)
"""The kinds of things of which two may be the same."""
_LEAST = 0.5
_TYPES = {
    "transfers": "ArmsTransfer",
    "agreements": "Agreement",
    "people": "Person",
    "weapons": "WeaponSystem",
}


@dataclass(frozen=True)
class Reason(_Record):
    """What one field says for (a positive weight, in bits) or against the two being the same."""

    field: str
    weight: float
    words: str


@dataclass(frozen=True)
class Proposal(_Record):
    """Two entries of different sources that may be the same thing.

    ``score`` is the probability by the method of :mod:`diplograph.reconciling.comparing`. ``first``
    is True where neither of the two has a likelier counterpart in the other's source. ``verdict``
    is what the user, or the curators, judged of them, if anything.
    """

    kind: str
    one: Entity
    other: Entity
    sources: tuple[str, str]
    score: float
    first: bool
    reasons: tuple[Reason, ...]
    verdict: str = ""


def propose(
    graph: Graph,
    kind: str,
    decisions: Decisions | None = None,
    *,
    least: float = _LEAST,
    judged: bool = False,
    about: str | None = None,
) -> tuple[Proposal, ...]:
    """The pairs of a kind (one of :data:`KINDS`) that may be the same, the likeliest first.

    Those below the probability ``least`` are left out, and those that were judged too unless
    ``judged``. ``about`` is the IRI of an entry: then all of its pairs come, and no others. Raises
    :class:`~diplograph.errors.OptionError` for another kind.
    """
    if kind not in _KINDS:
        raise OptionError(f"“{kind}” is no kind of thing; those known are {', '.join(KINDS)}.")
    how = _KINDS[kind]
    pairs = [_ordered(one, other) for one, other in how.pairs(graph, how.read(graph))]
    scored = score_all(how.fields, pairs, len({one.iri for one, _ in pairs}))
    verdicts = {j.pair: j.verdict for j in (decisions or Decisions()).judgements}
    for one_iri, other_iri in graph.pairs("SELECT ?a ?b WHERE { ?a dg:mayBe ?b }"):
        verdicts.setdefault(frozenset((one_iri, other_iri)), "curated")
    best: dict[tuple[str, frozenset[str]], float] = defaultdict(float)
    for s in scored:
        for a, b in ((s.one, s.other), (s.other, s.one)):
            key = (a.iri, frozenset(b.sources))
            best[key] = max(best[key], s.probability)
    found = []
    for s in scored:
        verdict = verdicts.get(frozenset((s.one.iri, s.other.iri)), "")
        if about is not None:
            if about not in (s.one.iri, s.other.iri):
                continue
        elif s.probability < least or (verdict and not judged):
            continue
        found.append(
            Proposal(
                kind,
                Entity(s.one.iri, s.one.label, _TYPES[kind]),
                Entity(s.other.iri, s.other.label, _TYPES[kind]),
                (_told(s.one.sources), _told(s.other.sources)),
                round(s.probability, 4),
                s.probability >= best[s.one.iri, frozenset(s.other.sources)]
                and s.probability >= best[s.other.iri, frozenset(s.one.sources)],
                tuple(Reason(name, round(weight, 2), words) for name, weight, words in s.weights),
                verdict,
            )
        )
    return tuple(sorted(found, key=lambda p: (-p.score, not p.first, p.one.id, p.other.id)))


def _told(sources: Iterable[str]) -> str:
    return ", ".join(sorted(sources)) or "entities"


def _ordered(one: Record, other: Record) -> tuple[Record, Record]:
    """The two in an order that does not hang on how they were found: by their sources."""
    return (one, other) if _rank(one) <= _rank(other) else (other, one)


_DATASETS = ("sipri", "ieadb", "desta", "archigos", "cow", "states")


def _rank(record: Record) -> tuple[int, str]:
    """The documents come before the datasets."""
    place = max((_DATASETS.index(s) + 1 for s in record.sources if s in _DATASETS), default=0)
    return place, record.iri
