"""Two names that a question has, and that no fact has together.

That is not on record; neither of the names is a word that is not understood.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Context, Lacking, Outcome
from diplograph.asking.twofold import twofold
from diplograph.asking.understood import covered_by_all
from diplograph.asking.units import Unit
from diplograph.facts import facts_of
from diplograph.model import Fact

__all__ = ["apart"]


def apart(context: Context, readings: Sequence[Reading]) -> Outcome | None:
    """Nothing, of two that a question names and that no fact names or concerns both."""
    heard = context.heard
    keys = {token.key for token in heard.tokens[1:]}
    if not readings or heard.begins or twofold(heard.question) or keys & _OF_ANOTHER_CLAUSE:
        return None
    entities = {e.id: e for m in heard.of("entity") for e in m.entities}
    every = {e.id for e in covered_by_all(context.graph)} | heard.authors
    named = [u for u in context.units if u.entities and every.isdisjoint(u.entities)]
    if any(u.part < 1.0 or u.instead for u in named):
        return None
    named = _of_several(named) if len(named) > _PAIR else named
    if len(named) != _PAIR:
        return None
    one, other = named
    about = [entities[u.entities[0]] for u in named if u.entities[0] in entities]
    if len({e.id for e in about if e.type in _PARTIES}) < _PAIR or not (one.met and other.met):
        return None
    if any(min(how, other.met.get(fact, 0.0)) > _BESIDE for fact, how in one.met.items()):
        return None
    shown = [re.sub(r"['’ʼ`]s?$", "", u.text) for u in named]
    what = f"statement that tells of {' and '.join(shown)} together"
    told = tuple(fact for unit in named for fact in _told_of(context, unit))
    return Outcome(
        readings[-1], "", 0.0, lacking=Lacking(what, tuple(about), apart=True), also=told
    )


def _of_several(named: Sequence[Unit]) -> list[Unit]:
    """Of three names the one that few facts have, and one that none of these has; or nothing."""
    rare = min(named, key=lambda u: len(u.met))
    few = {fact for fact, how in rare.met.items() if how > _BESIDE}
    if len(named) > _MOST or len(few) > _FEW or any(u.joined for u in named):
        return []
    lone = [u for u in named if u is not rare and all(u.met.get(f, 0.0) <= _BESIDE for f in few)]
    return [u for u in named if u in (rare, lone[0])] if lone else []


_MOST, _FEW = 3, 12
"""So many names are looked at, and so many facts has a name that is told of but in passing."""
_PAIR = 2
_BESIDE = 0.5
"""How well a fact meets a name by what stands beside it in the text only."""
_PARTIES = ("Person", "Leader", "Country", "Organization", "Place", "Event")
_OF_ANOTHER_CLAUSE = frozenset({"when", "while", "after", "before", "since", "until", "than"})
"""Words after which a name may belong to another matter than what is asked for."""


def _told_of(context: Context, unit: Unit) -> tuple[Fact, ...]:
    """The fact about a name that has most of the rest of the question."""
    own = [fact for fact, how in unit.met.items() if how == max(unit.met.values())]

    def worth(fact: str) -> tuple[float, str]:
        return sum(u.weight * u.met.get(fact, 0.0) for u in context.units), fact

    return facts_of(context.graph, [max(own, key=worth)], copies=context.copies)
