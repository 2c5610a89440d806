"""What the crosswalk says of a state, and what a printed name or code was read as."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, get_args

from diplograph.dates import Period

__all__ = [
    "SCHEMES",
    "Borne",
    "Coded",
    "Dependence",
    "How",
    "Resolution",
    "Scheme",
    "State",
]

Scheme = Literal["name", "iso2", "iso3", "iso-numeric", "cow", "cow-abb", "gw"]
"""What a printed value is: a name, or a code of ISO 3166, Correlates of War or Gleditsch–Ward."""

SCHEMES: tuple[Scheme, ...] = get_args(Scheme)

How = Literal[
    "exact", "by-date", "predecessor", "successor", "apart", "outside", "ambiguous", "unknown"
]
"""How a printed value led to a state.

=============== ==================================================================================
``exact``       one state bears it, and was there on that date (or no date was given)
``by-date``     several bear it, and the date leaves one
``predecessor`` the one that is named was not there yet; another state was in its place
``successor``   the one that is named was there no longer; another state was in its place
``apart``       several can be meant, and all but this one are named apart in the same dataset
``outside``     one state bears it, was none on that date, and nothing is known in its place
``ambiguous``   several states can be meant: they are the candidates
``unknown``     no state bears it; the candidates are those with names that look alike
=============== ==================================================================================
"""


@dataclass(frozen=True, slots=True)
class Borne:
    """A name, with the time through which it was borne; None is through all of the state's life."""

    name: str
    when: Period | None = None


@dataclass(frozen=True, slots=True)
class Coded:
    """A code of a scheme, with the time through which it stood for the state."""

    scheme: Scheme
    code: str
    when: Period


@dataclass(frozen=True, slots=True)
class Dependence:
    """A time through which a territory was under another state, by the IRI of that state."""

    within: str
    when: Period


@dataclass(frozen=True, slots=True)
class State:
    """A state, a territory or another party of agreements, as the crosswalk has it.

    ``kind`` is the local name of its class: ``Country`` for states and territories,
    ``Organization`` for parties that are none. ``begin`` and ``end`` are the first and the last day
    of its statehood, None where that end is open or where it never was a state; ``periods`` are the
    times of statehood themselves, which can have gaps. ``predecessors`` and ``successors`` are
    IRIs.

    >>> from diplograph.states import state
    >>> soviet_union = state("soviet-union")
    >>> soviet_union.begin.isoformat(), soviet_union.end.year, soviet_union.kind
    ('1922-12-30', 1991, 'Country')
    """

    iri: str
    slug: str
    label: str
    begin: date | None = None
    end: date | None = None
    names: tuple[Borne, ...] = ()
    codes: tuple[Coded, ...] = ()
    predecessors: tuple[str, ...] = ()
    successors: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    dependences: tuple[Dependence, ...] = ()
    kind: str = "Country"


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a printed name or code was read as.

    ``state`` is None where nothing certain can be said; ``candidates`` are then the states between
    which the date does not decide (``how`` is ``ambiguous``), or mere hints (``unknown``). ``note``
    is one sentence for a report, empty where there is nothing to explain: one state bears it, or
    it is the main name of the state that it was read as.
    """

    printed: str
    scheme: Scheme
    state: State | None
    how: How
    candidates: tuple[State, ...] = field(default=())
    note: str = ""
