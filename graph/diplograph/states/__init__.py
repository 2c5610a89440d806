"""States through time: which state a printed name or code means on a date.

The crosswalk is Turtle of the ontology (``world/states.ttl`` and, for parties that are no states,
``world/parties.ttl``): each state and territory with the dates through which it was a state, its
names, its codes in several schemes, its predecessors and successors. It is not part of the shipped
graph; :func:`state_quads` gives it to stores that datasets are imported into.

>>> from diplograph import dates
>>> resolve("Russia", when=dates.parse("1975")).state.label
'Soviet Union'
>>> resolve("365", scheme="cow", when=dates.parse("1900")).state.label
'Tsarist Russia'
>>> answer = resolve("Germany", when=dates.parse("1970"))
>>> answer.how, [state.slug for state in answer.candidates]
('ambiguous', ['east-germany', 'west-germany'])
"""

from __future__ import annotations

from diplograph.states.reading import STATES_GRAPH, all_states, state, state_quads
from diplograph.states.records import (
    SCHEMES,
    Borne,
    Coded,
    Dependence,
    How,
    Resolution,
    Scheme,
    State,
)
from diplograph.states.resolving import resolve

__all__ = [
    "SCHEMES",
    "STATES_GRAPH",
    "Borne",
    "Coded",
    "Dependence",
    "How",
    "Resolution",
    "Scheme",
    "State",
    "all_states",
    "resolve",
    "state",
    "state_quads",
]
