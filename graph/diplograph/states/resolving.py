"""Which state a printed name or code means on a date.

The states that bear it are looked at in this order, and the first step at which any are left
decides:

1. those that bore it on that date and were there, as a state or as a territory of another;
2. those that bore it on that date;
3. those that were there on that date;
4. those in whose place others stood on that date: their predecessors where the date is before
   their statehood, their successors where it is after, as far back or on as need be;
5. all that bear it.

One that is left is the answer; several are candidates, between which nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from functools import cache, lru_cache
from typing import Literal

from diplograph.dates import Period, days
from diplograph.errors import OptionError
from diplograph.keys import name_key
from diplograph.states import telling
from diplograph.states.reading import all_states
from diplograph.states.records import SCHEMES, Borne, Resolution, Scheme, State
from diplograph.states.spelling import code_form, halves, name_forms, without_rank

__all__ = ["resolve"]

_HINTS, _ALIKE = 3, 75.0
_Days = tuple[int, int]
_Bearers = Mapping[str, tuple[State, ...]]
_Side = Literal["predecessor", "successor"]
_Places = Mapping[str, tuple[_Side, State]]


def resolve(
    printed: str,
    *,
    scheme: Scheme = "name",
    when: Period | None = None,
    apart: Collection[str] = (),
) -> Resolution:
    """The state that a printed name or code means, where the date leaves one.

    ``when`` is the time that the row tells of, all of it: a leader's whole term, not its first day.
    Without it a name is read as the one state that bears it all its life, and a code that several
    bear stays open. ``apart`` are the slugs of the states that the same dataset always names apart:
    where several can be meant, they are not.
    Raises :class:`~diplograph.errors.OptionError` where the scheme is none of
    :data:`~diplograph.states.SCHEMES`.

    >>> from diplograph import dates
    >>> resolve("Sudan", when=dates.parse("2005")).how
    'exact'
    >>> answer = resolve("Czech Republic", when=dates.parse("1985"))
    >>> answer.state.label, answer.how
    ('Czechoslovakia', 'predecessor')
    >>> resolve("DDR", scheme="iso3").state.slug
    'east-germany'
    >>> resolve("Germany", when=dates.parse("1970"), apart={"east-germany"}).state.slug
    'west-germany'
    """
    if scheme not in SCHEMES:
        raise OptionError(f"“{scheme}” is no scheme of names or codes; it is {', '.join(SCHEMES)}.")
    found = _resolved(printed, scheme, when)
    if found.how == "ambiguous" and apart:
        left = [state for state in found.candidates if state.slug not in apart]
        if len(left) == 1:
            return telling.eliminated(found, left[0], when)
    return found


@lru_cache(maxsize=65536)
def _resolved(printed: str, scheme: Scheme, when: Period | None) -> Resolution:
    bearers = _named(printed) if scheme == "name" else _coded(printed, scheme)
    if not bearers:
        return telling.unknown(printed, scheme, _hints(printed) if scheme == "name" else ())
    if when is None:
        return _undated(printed, scheme, bearers)
    asked = days(when)
    bore = _bore(printed, scheme)
    steps: tuple[Callable[[State], bool], ...] = (
        lambda state: bore(state, asked) and _was_there(state, asked),
        lambda state: bore(state, asked),
        lambda state: _was_there(state, asked),
    )
    for holds in steps:
        left = [state for state in bearers if holds(state)]
        if len(left) > 1:
            return telling.ambiguous(printed, scheme, when, left)
        if left:
            return telling.found(printed, scheme, when, left[0], bearers, _rulers(left[0], asked))
    placed = _in_their_place(bearers, asked)
    if len(placed) > 1:
        return telling.ambiguous(printed, scheme, when, [state for _, state in placed])
    if placed:
        return telling.replaced(printed, scheme, when, *placed[0], bearers)
    if len(bearers) > 1:
        return telling.ambiguous(printed, scheme, when, bearers)
    return telling.outside(printed, scheme, when, bearers[0])


def _undated(printed: str, scheme: Scheme, bearers: tuple[State, ...]) -> Resolution:
    if len(bearers) == 1:
        return Resolution(printed, scheme, bearers[0], "exact")
    sought = _sought(printed)
    always = [
        state
        for state in bearers
        if scheme == "name"
        and any(borne.when is None and sought & {*name_forms(borne.name)} for borne in state.names)
    ]
    if len(always) != 1:
        return telling.ambiguous(printed, scheme, None, bearers)
    return telling.undated(printed, scheme, always[0], bearers)


# --- who bears it ---------------------------------------------------------------------------------


def _sought(printed: str) -> frozenset[str]:
    """The keys that a printed name is found under.

    These are its own; where no state bears one of them, those of “One (Other)” if one state bears
    both; else that of the name without its rank.
    """
    own = [key for key in name_forms(printed) if key in _names()]
    if own:
        return frozenset(own[:1])
    both = halves(printed)
    if both and set(_names().get(both[0], ())) & set(_names().get(both[1], ())):
        return frozenset(both)
    plain = without_rank(printed)
    return frozenset({plain} if plain in _names() else ())


@cache
def _names() -> _Bearers:
    found: dict[str, dict[str, State]] = {}
    for state in all_states().values():
        for borne in state.names:
            for key in name_forms(borne.name):
                found.setdefault(key, {})[state.iri] = state
    return {key: tuple(states.values()) for key, states in found.items()}


@cache
def _codes() -> Mapping[tuple[Scheme, str], tuple[State, ...]]:
    found: dict[tuple[Scheme, str], dict[str, State]] = {}
    for state in all_states().values():
        for coded in state.codes:
            found.setdefault((coded.scheme, coded.code), {})[state.iri] = state
    return {key: tuple(states.values()) for key, states in found.items()}


def _named(printed: str) -> tuple[State, ...]:
    keys = sorted(_sought(printed))
    every = [_names()[key] for key in keys]
    return tuple(one for one in every[0] if all(one in some for some in every)) if every else ()


def _coded(printed: str, scheme: Scheme) -> tuple[State, ...]:
    return _codes().get((scheme, code_form(printed, scheme)), ())


def _hints(printed: str) -> tuple[State, ...]:
    from rapidfuzz import fuzz, process

    key = name_key(printed)
    if not key:
        return ()
    near = process.extract(
        key, list(_names()), scorer=fuzz.ratio, limit=_HINTS, score_cutoff=_ALIKE
    )
    return tuple(dict.fromkeys(state for like, _, _ in near for state in _names()[like]))


# --- who was there --------------------------------------------------------------------------------


def _meets(period: Period, asked: _Days) -> bool:
    first, last = days(period)
    return first <= asked[1] and asked[0] <= last


def _was_state(state: State, asked: _Days) -> bool:
    return any(_meets(period, asked) for period in state.periods)


def _was_there(state: State, asked: _Days) -> bool:
    """Whether it was a state or a territory then; what has no times at all was there always."""
    if not state.periods and not state.dependences:
        return True
    return _was_state(state, asked) or any(_meets(d.when, asked) for d in state.dependences)


def _rulers(state: State, asked: _Days) -> list[State]:
    """Those under whom it was a territory then, where it was no state at all."""
    if not state.periods or _was_state(state, asked):
        return []
    return [all_states()[d.within] for d in state.dependences if _meets(d.when, asked)]


def _bore(printed: str, scheme: Scheme) -> Callable[[State, _Days], bool]:
    if scheme != "name":
        code = code_form(printed, scheme)
        return lambda state, asked: any(
            (coded.scheme, coded.code) == (scheme, code) and _meets(coded.when, asked)
            for coded in state.codes
        )
    sought = _sought(printed)

    def in_time(borne: Borne, state: State, asked: _Days) -> bool:
        return _meets(borne.when, asked) if borne.when else _was_there(state, asked)

    return lambda state, asked: any(
        in_time(borne, state, asked) and sought & {*name_forms(borne.name)} for borne in state.names
    )


# --- who was in its place -------------------------------------------------------------------------


def _in_their_place(bearers: Iterable[State], asked: _Days) -> list[tuple[_Side, State]]:
    """What stood in the place of all bearers alike, however far along, else of any, the nearest."""
    far = [place for place in (_in_place(one, asked, far=True) for one in bearers) if place]
    shared = [iri for iri in sorted(far[0]) if all(iri in place for place in far)] if far else []
    if len(far) > 1 and shared:
        return [far[-1][iri] for iri in shared]
    near: dict[str, tuple[_Side, State]] = {}
    for one in bearers:
        near |= _in_place(one, asked, far=False)
    return [near[iri] for iri in sorted(near)]


def _in_place(state: State, asked: _Days, *, far: bool) -> _Places:
    """The states that stood in its place, by their IRIs."""
    spans = [days(period) for period in state.periods]
    found: dict[str, tuple[_Side, State]] = {}
    if any(last < asked[0] for _, last in spans):
        found |= {s.iri: ("successor", s) for s in _along(state, asked, "successor", far)}
    if any(asked[1] < first for first, _ in spans):
        found |= {s.iri: ("predecessor", s) for s in _along(state, asked, "predecessor", far)}
    return found


def _along(state: State, asked: _Days, side: _Side, far: bool) -> list[State]:
    """Who was a state then in the line of succession: the nearest, or all ``far`` along it."""
    seen, level, found = {state.iri}, [state], []
    while level:
        iris = {
            iri
            for one in level
            for iri in (one.predecessors if side == "predecessor" else one.successors)
        } - seen
        seen |= iris
        level = [all_states()[iri] for iri in sorted(iris)]
        found += [one for one in level if _was_state(one, asked)]
        if found and not far:
            break
    return found
