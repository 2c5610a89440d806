"""The facts of a large graph, made from the columns of its network instead of from their triples.

The columns (:mod:`diplograph.edges`) have of each fact that ties entities all that a page tells of
it but its statement, its passages and what contradicts it. To read that again, triple by triple,
takes most of the time in which a large page is made. A fact without a beginning, and a state
without an end, are left to :func:`diplograph.facts.facts_of`, since the days on which they count
hang on everything that they name.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

import numpy as np

from diplograph import dates
from diplograph.asof import History
from diplograph.edges import Edges
from diplograph.facts import conflicts_of, evidence_of
from diplograph.model import STATES, Fact, When
from diplograph.namespaces import DG, local_name, values_clause
from diplograph.render.picture import Times
from diplograph.store import Graph

if TYPE_CHECKING:
    from diplograph.copies import Copies

__all__ = ["MANY", "many_facts"]

MANY = 5_000
"""From how many facts on they are made so."""


def many_facts(
    graph: Graph,
    edges: Edges,
    wanted: Collection[str],
    as_of: dates.Period | None = None,
    copies: Copies | None = None,
) -> dict[str, tuple[Fact, Times]]:
    """Those of the facts that the columns tell, by IRI, with the days on which each counts.

    They are as :func:`diplograph.facts.facts_of` and :func:`diplograph.facts.windows_of` give them,
    but without the entities and the values that they name, which no page shows. Facts that did not
    hold or had not happened by ``as_of`` are left out.
    """
    history, chosen, names = History(graph), set(wanted), edges.facts[:]
    own = {kind for kind in edges.kinds if not graph.narrower.get(DG + kind)}
    found: dict[str, tuple[int, Times, dates.Certainty]] = {}
    _, rows = np.unique(edges.fact, return_index=True)
    columns = (edges.fact, edges.kind, edges.time, edges.source, edges.first, edges.last)
    for row, number, kind, time, source, first, last in zip(
        rows.tolist(), *(column[rows].tolist() for column in columns), strict=True
    ):
        name, teller = edges.kinds[kind], edges.sources[source]
        edtf, earliest, latest = edges.times[time]
        if names[number] not in chosen or not teller or name not in own:
            continue
        if not earliest or (name in STATES and not latest):
            continue
        sure = history.sure(name, edtf, latest or None, teller)
        times: Times = ((first, last), (sure.first, sure.last))
        holds = "definitely" if as_of is None else _certainty(times, as_of)
        if holds != "no":
            found[names[number]] = (row, times, holds)
    statements = _statements(graph, found, len(names))
    # Few facts are contradicted: to ask of all takes far longer than of these.
    contested = dict(graph.pairs("SELECT ?f ?c WHERE { ?c dg:between ?f }"))
    evidence = evidence_of(graph, found, copies)
    conflicts = conflicts_of(graph, found.keys() & contested.keys(), copies)
    made = {}
    for iri, (row, times, holds) in found.items():
        edtf, earliest, latest = edges.times[edges.time[row]]
        told = Fact(
            id=iri,
            kind=edges.kinds[edges.kind[row]],
            statement=statements.get(iri) or local_name(iri),
            when=When(edtf, earliest, latest or None),
            stage=edges.stages[edges.stage[row]] or None,
            grade=edges.grades[edges.grade[row]] or "stated",
            holds=holds,
            others=(),
            values={},
            evidence=evidence.get(iri, ()),
            conflicts=conflicts.get(iri, ()),
            source=edges.sources[edges.source[row]],
        )
        made[iri] = (told, times)
    return made


def _certainty(times: Times, as_of: dates.Period) -> dates.Certainty:
    begins, ends = dates.days(as_of)
    (first, last), (sure, until) = times
    if first > ends or last < begins:
        return "no"
    return "definitely" if sure <= begins and ends <= until else "possibly"


def _statements(graph: Graph, facts: Collection[str], every: int) -> dict[str, str]:
    """What each of the facts says; of several sentences the first by their letters.

    Of most of the facts that there are (``every``), all are read: one by one takes twice as long.
    """
    given = values_clause("f", facts) if len(facts) * 2 < every else ""
    found: dict[str, str] = {}
    for iri, words in graph.pairs(f"SELECT ?f ?s WHERE {{ {given} ?f dg:statement ?s }}"):
        if iri in facts:
            found[iri] = min(words, found.get(iri, words))
    return found
