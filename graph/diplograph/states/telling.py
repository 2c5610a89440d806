"""The answers of the crosswalk, each with its sentence for a report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal

from diplograph.dates import Period
from diplograph.keys import name_key
from diplograph.states.records import Resolution, Scheme, State

__all__ = ["ambiguous", "eliminated", "found", "outside", "replaced", "undated", "unknown"]


def found(
    printed: str,
    scheme: Scheme,
    when: Period,
    state: State,
    bearers: tuple[State, ...],
    rulers: list[State],
) -> Resolution:
    """One state bore it or was there on that date, alone or of several.

    That a state is called by its main name needs no sentence, even if others bore that name too.
    """
    notes = []
    called = scheme == "name" and name_key(printed) == name_key(state.label)
    if len(bearers) > 1 and not called:
        notes.append(f"of those that bear it ({_listed(bearers)}) it is the one of that time")
    if rulers:
        notes.append(f"it was then a territory under {_listed(rulers)}")
    note = f"{_read_as(printed, scheme, when, state)}: {', and '.join(notes)}." if notes else ""
    how: Literal["by-date", "exact"] = "by-date" if len(bearers) > 1 else "exact"
    return Resolution(printed, scheme, state, how, note=note)


def undated(printed: str, scheme: Scheme, state: State, bearers: tuple[State, ...]) -> Resolution:
    """Without a date, the one that bears it all its life."""
    others = _listed(one for one in bearers if one is not state)
    note = (
        f"{_read_as(printed, scheme, None, state)}, which bears it all its life; {others} bore it "
        "for a time."
    )
    return Resolution(printed, scheme, state, "exact", note=note)


def replaced(
    printed: str,
    scheme: Scheme,
    when: Period,
    side: Literal["predecessor", "successor"],
    state: State,
    bearers: tuple[State, ...],
) -> Resolution:
    """Another state was in its place."""
    note = (
        f"{_read_as(printed, scheme, when, state)}, the {side} that was in its place: "
        f"{_listed(bearers)} was not a state of its own then."
    )
    return Resolution(printed, scheme, state, side, note=note)


def eliminated(answer: Resolution, state: State, when: Period | None) -> Resolution:
    """The one candidate that the dataset does not name apart."""
    others = _listed(one for one in answer.candidates if one is not state)
    read_as = _read_as(answer.printed, answer.scheme, when, state)
    note = f"{read_as}: the dataset names {others} apart."
    return replace(answer, state=state, how="apart", note=note)


def outside(printed: str, scheme: Scheme, when: Period, state: State) -> Resolution:
    """The only one that bears it, though it was none on that date."""
    periods = " and ".join(period.edtf for period in state.periods)
    life = f", but through {periods}" if periods else ""
    note = (
        f"{_read_as(printed, scheme, when, state)}, though it is not known as a state or territory "
        f"of that time{life}."
    )
    return Resolution(printed, scheme, state, "outside", note=note)


def ambiguous(
    printed: str, scheme: Scheme, when: Period | None, candidates: Iterable[State]
) -> Resolution:
    """Several can be meant."""
    among = tuple(candidates)
    note = f"{_told(printed, scheme, when)} can be any of {_listed(among)}."
    return Resolution(printed, scheme, None, "ambiguous", among, note)


def unknown(printed: str, scheme: Scheme, hints: tuple[State, ...]) -> Resolution:
    """No state bears it."""
    alike = f"; names like it: {_listed(hints)}" if hints else ""
    told = _told(printed, scheme, None).removesuffix(", without a date,")
    note = f"{told} is borne by no state or party of the crosswalk{alike}."
    return Resolution(printed, scheme, None, "unknown", hints, note)


def _read_as(printed: str, scheme: Scheme, when: Period | None, state: State) -> str:
    return f"{_told(printed, scheme, when)} was read as {state.label}"


def _told(printed: str, scheme: Scheme, when: Period | None) -> str:
    value = f"“{printed}”" if scheme == "name" else f"{scheme} “{printed}”"
    return f"{value}, {f'for {when.edtf}' if when else 'without a date'},"


def _listed(states: Iterable[State]) -> str:
    return ", ".join(state.label for state in states)
