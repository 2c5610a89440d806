"""The crosswalk of states, read from its Turtle once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import cache
from typing import cast

import pyoxigraph as ox

from diplograph import dates, resources
from diplograph.errors import UnknownName
from diplograph.namespaces import DG, PREFIXES, RDF_TYPE, SKOS, SOURCE, local_name
from diplograph.read import read_file
from diplograph.states.records import Borne, Coded, Dependence, Scheme, State

__all__ = ["STATES_GRAPH", "all_states", "state", "state_quads"]

STATES_GRAPH = SOURCE + "states"
"""The named graph in which the facts of the crosswalk stand."""

_Values = Mapping[str, list[str]]


def state_quads() -> list[ox.Quad]:
    """All that the crosswalk says, as quads in the named graph :data:`STATES_GRAPH`.

    Nothing is derived yet; :func:`diplograph.derive.derive` does that as for any other source.

    >>> {quad.graph_name.value for quad in state_quads()} == {STATES_GRAPH}
    True
    """
    return [quad for path in resources.world_files() for quad in read_file(path, STATES_GRAPH)]


@cache
def all_states() -> Mapping[str, State]:
    """Every state, territory and other party of the crosswalk by its IRI, in order of the IRIs.

    >>> all_states()["https://w3id.org/diplograph/id/country/kenya"].label
    'Kenya'
    """
    triples: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for path in resources.world_files():
        for triple in ox.parse(path=str(path)):
            triples[_text(triple.subject)][triple.predicate.value].append(_text(triple.object))
    facts: dict[str, list[_Values]] = defaultdict(list)
    parties = {}
    for subject, values in triples.items():
        kind = values[RDF_TYPE][0] if values[RDF_TYPE] else ""
        if kind in (DG + "Country", DG + "Organization"):
            parties[subject] = values
        for about in values[DG + "of"]:
            facts[about].append(values)
        if kind == DG + "Succession":
            facts[values[DG + "predecessor"][0]].append(values)
            facts[values[DG + "successor"][0]].append(values)
    return {iri: _state(iri, parties[iri], facts[iri]) for iri in sorted(parties)}


def state(slug: str) -> State:
    """The state with this slug, the last part of its IRI.

    Raises :class:`~diplograph.errors.UnknownName` where the crosswalk has none.

    >>> state("kenya").begin.isoformat()
    '1963-12-12'
    """
    for prefix in ("cty", "ogn"):
        found = all_states().get(PREFIXES[prefix] + slug)
        if found:
            return found
    message = f"“{slug}” is no state of the crosswalk; see diplograph.states.all_states()."
    raise UnknownName(message, slug)


def _text(term: object) -> str:
    return str(getattr(term, "value", ""))


def _state(iri: str, values: _Values, facts: Iterable[_Values]) -> State:
    by_class: dict[str, list[_Values]] = defaultdict(list)
    for fact in facts:
        by_class[local_name(fact[RDF_TYPE][0])].append(fact)
    periods = sorted(
        (_period(fact) for fact in by_class["Statehood"]), key=lambda p: p.earliest or date.min
    )
    dated = [Borne(fact[DG + "name"][0], _period(fact)) for fact in by_class["Naming"]]
    timed = {borne.name for borne in dated}
    label = values[SKOS + "prefLabel"][0]
    plain = [Borne(n) for n in (label, *sorted(values[SKOS + "altLabel"])) if n not in timed]
    codes = [
        Coded(cast(Scheme, local_name(f[DG + "scheme"][0])), f[DG + "code"][0], _period(f))
        for f in by_class["Coding"]
    ]
    successions = by_class["Succession"]
    return State(
        iri=iri,
        slug=local_name(iri),
        label=label,
        begin=periods[0].earliest if periods else None,
        end=periods[-1].latest if periods else None,
        names=(*plain, *sorted(dated, key=lambda b: (b.when.edtf if b.when else "", b.name))),
        codes=tuple(sorted(codes, key=lambda c: (c.scheme, c.when.edtf, c.code))),
        predecessors=_others(successions, "predecessor", iri),
        successors=_others(successions, "successor", iri),
        periods=tuple(periods),
        dependences=tuple(
            sorted(
                (Dependence(f[DG + "within"][0], _period(f)) for f in by_class["Dependence"]),
                key=lambda d: (d.when.edtf, d.within),
            )
        ),
        kind=local_name(values[RDF_TYPE][0]),
    )


def _period(fact: _Values) -> dates.Period:
    return dates.parse(fact[DG + "when"][0])


def _others(successions: Iterable[_Values], role: str, iri: str) -> tuple[str, ...]:
    """Those that stand in the role where the state itself stands in the other."""
    return tuple(sorted({f[DG + role][0] for f in successions} - {iri}))
