"""Which state a printed name or code means on a date.

The states that bear it are looked at in this order, and the first step at which any are left
decides:

1. those that bore it on that date;
2. those that were there on that date, as a state or as a territory of another;
3. those in whose place others stood on that date: their predecessors where the date is before
   their statehood, their successors where it is after, as far back or on as need be;
4. all that bear it.

One that is left is the answer; several are candidates, between which nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import Literal

from diplograph.dates import Period, days
from diplograph.errors import OptionError
from diplograph.keys import name_key
from diplograph.states.reading import all_states
from diplograph.states.records import SCHEMES, How, Resolution, Scheme, State
from diplograph.states.spelling import code_form, halves, name_forms

__all__ = ["resolve"]

_HINTS, _ALIKE = 3, 75.0
_Days = tuple[int, int]
_Bearers = Mapping[str, tuple[State, ...]]


def resolve(printed: str, *, scheme: Scheme = "name", when: Period | None = None) -> Resolution:
    """The state that a printed name or code means, where the date leaves one.

    ``when`` is the time that the row tells of. Without it a name that several bear is read as the
    one whose main name it is, and a code that several bear stays open.
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
    """
    if scheme not in SCHEMES:
        raise OptionError(f"“{scheme}” is no scheme of names or codes; it is {', '.join(SCHEMES)}.")
    return _resolved(printed, scheme, when)


@lru_cache(maxsize=65536)
def _resolved(printed: str, scheme: Scheme, when: Period | None) -> Resolution:
    bearers = _named(printed) if scheme == "name" else _coded(printed, scheme)
    if not bearers:
        return _unknown(printed, scheme)
    if when is None:
        return _undated(printed, scheme, bearers)
    asked = days(when)
    for meets in (_bore(printed, scheme), _was_there):
        left = [state for state in bearers if meets(state, asked)]
        if left:
            return _decided(printed, scheme, when, left, bearers)
    placed = _in_common([_in_place(state, asked) for state in bearers])
    if placed:
        return _replaced(printed, scheme, when, placed, bearers)
    if len(bearers) > 1:
        return _ambiguous(printed, scheme, when, bearers)
    (only,) = bearers
    note = (
        f"{_told(printed, scheme)}, for {when.edtf}, was read as {only.label}, though it is not "
        f"known as a state or territory of that time{_life(only)}."
    )
    return Resolution(printed, scheme, only, "outside", note=note)


# --- who bears it ---------------------------------------------------------------------------------


@cache
def _names() -> _Bearers:
    found: dict[str, dict[str, State]] = {}
    for state in all_states().values():
        for borne in state.names:
            for key in {name_key(borne.name), *name_forms(borne.name)}:
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
    for key in name_forms(printed):
        if key in _names():
            return _names()[key]
    both = halves(printed)
    if both:
        one, other = (_names().get(key, ()) for key in both)
        return tuple(state for state in one if state in other)
    return ()


def _coded(printed: str, scheme: Scheme) -> tuple[State, ...]:
    return _codes().get((scheme, code_form(printed, scheme)), ())


# --- who was there --------------------------------------------------------------------------------


def _meets(period: Period, asked: _Days) -> bool:
    first, last = days(period)
    return first <= asked[1] and asked[0] <= last


def _was_there(state: State, asked: _Days) -> bool:
    """Whether it was a state or a territory then; what has no times at all was there always."""
    times = [*state.periods, *(d.when for d in state.dependences)]
    return not times or any(_meets(period, asked) for period in times)


def _bore(printed: str, scheme: Scheme) -> Callable[[State, _Days], bool]:
    forms = {*name_forms(printed), *(halves(printed) or ())}

    def bore_name(state: State, asked: _Days) -> bool:
        return any(
            forms & {name_key(borne.name), *name_forms(borne.name)}
            and (_meets(borne.when, asked) if borne.when else _was_there(state, asked))
            for borne in state.names
        )

    def bore_code(state: State, asked: _Days) -> bool:
        code = code_form(printed, scheme)
        return any(
            (coded.scheme, coded.code) == (scheme, code) and _meets(coded.when, asked)
            for coded in state.codes
        )

    return bore_name if scheme == "name" else bore_code


_Side = Literal["predecessor", "successor"]
_Places = Mapping[str, tuple[_Side, State]]


def _in_place(state: State, asked: _Days) -> _Places:
    """The states that stood in its place, the nearest in the line of succession, by their IRIs."""
    spans = [days(period) for period in state.periods]
    found: dict[str, tuple[_Side, State]] = {}
    if any(last < asked[0] for _, last in spans):
        found |= {one.iri: ("successor", one) for one in _along(state, asked, "successor")}
    if any(asked[1] < first for first, _ in spans):
        found |= {one.iri: ("predecessor", one) for one in _along(state, asked, "predecessor")}
    return found


def _in_common(places: Iterable[_Places]) -> list[tuple[_Side, State]]:
    """What stood in the place of all bearers that had another in their place, else of any."""
    some = [place for place in places if place]
    every = {iri: found for place in some for iri, found in place.items()}
    shared = [iri for iri in sorted(every) if all(iri in place for place in some)]
    return [every[iri] for iri in shared or sorted(every)]


def _along(state: State, asked: _Days, side: _Side) -> list[State]:
    seen, level = {state.iri}, [state]
    while level:
        iris = {
            iri
            for one in level
            for iri in (one.predecessors if side == "predecessor" else one.successors)
        } - seen
        seen |= iris
        level = [all_states()[iri] for iri in sorted(iris)]
        here = [one for one in level if any(_meets(p, asked) for p in one.periods)]
        if here:
            return here
    return []


# --- what is answered -----------------------------------------------------------------------------


def _told(printed: str, scheme: Scheme) -> str:
    return f"“{printed}”" if scheme == "name" else f"{scheme} “{printed}”"


def _life(state: State) -> str:
    if not state.periods:
        return ""
    return f"; it was one through {' and '.join(period.edtf for period in state.periods)}"


def _listed(states: Iterable[State]) -> str:
    return ", ".join(state.label for state in states)


def _undated(printed: str, scheme: Scheme, bearers: tuple[State, ...]) -> Resolution:
    if len(bearers) == 1:
        return Resolution(printed, scheme, bearers[0], "exact")
    forms = set(name_forms(printed))
    main = [state for state in bearers if scheme == "name" and name_key(state.label) in forms]
    if len(main) != 1:
        return _ambiguous(printed, scheme, None, bearers)
    note = (
        f"{_told(printed, scheme)}, without a date, was read as {main[0].label}, whose main name it "
        f"is; it is also borne by {_listed(s for s in bearers if s is not main[0])}."
    )
    return Resolution(printed, scheme, main[0], "exact", note=note)


def _decided(
    printed: str, scheme: Scheme, when: Period, left: list[State], bearers: tuple[State, ...]
) -> Resolution:
    if len(left) > 1:
        return _ambiguous(printed, scheme, when, left)
    (one,) = left
    asked = days(when)
    under = [all_states()[d.within] for d in one.dependences if _meets(d.when, asked)]
    if len(bearers) > 1:
        note = (
            f"{_told(printed, scheme)}, for {when.edtf}, was read as {one.label}: of those that bear "
            f"it ({_listed(bearers)}) the one of that time."
        )
        return Resolution(printed, scheme, one, "by-date", note=note)
    note = ""
    if under and not any(_meets(period, asked) for period in one.periods):
        note = (
            f"{_told(printed, scheme)}, for {when.edtf}, was read as {one.label}, then a territory "
            f"under {_listed(under)}."
        )
    return Resolution(printed, scheme, one, "exact", note=note)


def _replaced(
    printed: str,
    scheme: Scheme,
    when: Period,
    placed: list[tuple[_Side, State]],
    bearers: tuple[State, ...],
) -> Resolution:
    if len(placed) > 1:
        return _ambiguous(printed, scheme, when, [state for _, state in placed])
    ((side, state),) = placed
    note = (
        f"{_told(printed, scheme)}, for {when.edtf}, was read as {state.label}, the {side} that was "
        f"in its place: {_listed(bearers)} was not a state of its own then."
    )
    return Resolution(printed, scheme, state, side, note=note)


def _ambiguous(
    printed: str, scheme: Scheme, when: Period | None, candidates: Iterable[State]
) -> Resolution:
    among = tuple(candidates)
    dated = f", for {when.edtf}," if when else ", without a date,"
    note = f"{_told(printed, scheme)}{dated} can be any of {_listed(among)}."
    return Resolution(printed, scheme, None, "ambiguous", among, note)


def _unknown(printed: str, scheme: Scheme) -> Resolution:
    hints: tuple[State, ...] = ()
    if scheme == "name" and name_key(printed):
        from rapidfuzz import fuzz, process

        near = process.extract(
            name_key(printed), list(_names()), scorer=fuzz.ratio, limit=_HINTS, score_cutoff=_ALIKE
        )
        hints = tuple(dict.fromkeys(state for key, _, _ in near for state in _names()[key]))
    alike = f"; names like it: {_listed(hints)}" if hints else ""
    note = f"{_told(printed, scheme)} is borne by no state or party of the crosswalk{alike}."
    how: How = "unknown"
    return Resolution(printed, scheme, None, how, hints, note)
