"""Each agreement as one document, made at load time so that questions need not gather it.

``links`` shows, for some seventy agreements at once, parties, stages, passages and conflicts: over
a thousand look-ups in the graph. The view of an agreement (``dg:view``) is all of that as one JSON
text, derived from the facts like everything else that loading makes explicit. It says
nothing that the facts do not say.

Of an agreement with many parties, each with dates of its own (``dg:forParty``), what is told of one
party alone stands not there but in a view of its participation, so that a question about two of
them need not read of all. Which facts are told of it as a whole is then in the index too
(``dg:ofWhole``): a convention of 150 states has some 500 facts, of which few concern each.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from typing import Any

import pyoxigraph as ox

from diplograph.namespaces import DCT, DG, INDEX_GRAPH, RDF_TYPE, RDFS, SKOS, local_name
from diplograph.records import FactRecord, passage

__all__ = ["agreement_views"]

_Values = dict[str, dict[str, list[str]]]
_LABEL = SKOS + "prefLabel"
_INDEX = ox.NamedNode(INDEX_GRAPH)
_FEW_PARTIES = 12
"""Of more parties the names do not stand in each view, since many agreements have the same."""


def agreement_views(
    quads: Iterable[ox.Quad],
    only: Container[str] | None = None,
    records: Mapping[str, FactRecord] | None = None,
) -> Iterator[ox.Quad]:
    """A ``dg:view`` for each agreement, from all quads of a graph with what loading derives, and
    ``dg:ofWhole`` for its facts where others are told of single parties.

    Where the quads are those about some agreements, ``only`` are the IRIs of these: of others that
    are named in them, not all is known. ``records`` are those of facts whose quads are left out.
    """
    graph = _Graph(quads, records or {})
    values, about = graph.values, graph.about
    agreement = DG + "Agreement"
    named = (s for s, own in values.items() if agreement in own.get(RDF_TYPE, ()) and ":" in s)
    for iri in sorted(named):
        if only is not None and iri not in only:
            continue
        facts = sorted(about.get(iri, ()))
        of_party = {fact: graph.one(fact, DG + "forParty") for fact in facts}
        alone = graph.alone(facts, {party for party in of_party.values() if party})
        by_party: dict[str | None, list[str]] = defaultdict(list)
        for fact, one in of_party.items():
            by_party[one].append(fact)
        for participation, party in alone.items():
            told = [graph.fact(f) | {"party": party} for f in (participation, *by_party[party])]
            yield _view_of(participation, told)
        view = graph.view(iri, of_party, alone)
        yield _view_of(iri, view)
        for told_of_all in view["facts"] if alone else ():
            if "party" not in told_of_all:
                fact_iri, agreement_iri = ox.NamedNode(told_of_all["fact"]), ox.NamedNode(iri)
                yield ox.Quad(fact_iri, ox.NamedNode(DG + "ofWhole"), agreement_iri, _INDEX)


def _view_of(iri: str, view: object) -> ox.Quad:
    text = json.dumps(view, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return ox.Quad(ox.NamedNode(iri), ox.NamedNode(DG + "view"), ox.Literal(text), _INDEX)


def _text(term: object) -> str:
    return str(getattr(term, "value", ""))


class _Graph:
    """What is told, by subject and predicate, with what a view takes from it."""

    def __init__(self, quads: Iterable[ox.Quad], records: Mapping[str, FactRecord]) -> None:
        values: _Values = defaultdict(lambda: defaultdict(list))
        self.values = values
        self.records = records
        self.home: dict[str, str] = {iri: record.graph for iri, record in records.items()}
        self.about: dict[str, list[str]] = defaultdict(list)
        self.conflicts: dict[str, list[str]] = defaultdict(list)
        for quad in quads:
            subject, value = _text(quad.subject), _text(quad.object)
            predicate = _text(quad.predicate)
            own = values[subject][predicate]
            if value not in own:
                own.append(value)
            if predicate == DG + "of" and subject not in self.about[value]:
                self.about[value].append(subject)
            elif predicate == DG + "grade":
                self.home[subject] = _text(quad.graph_name)
            elif predicate == DG + "between" and subject not in self.conflicts[value]:
                self.conflicts[value].append(subject)
        for iri, record in records.items():
            values[iri] = defaultdict(list, record.own)
            for thing in record.own.get(DG + "of", ()):
                self.about[thing].append(iri)
        self.began = {
            successor: values[s][DG + "earliest"][0]
            for s, own in list(values.items())
            if DG + "earliest" in own
            for successor in own.get(DG + "successor", ())
        }

    def all(self, subject: str, predicate: str) -> list[str]:
        own = self.values.get(subject)
        return sorted(own[predicate]) if own and predicate in own else []

    def one(self, subject: str, predicate: str) -> str | None:
        found = self.all(subject, predicate)
        return found[0] if found else None

    def label(self, subject: str | None) -> str | None:
        return None if subject is None else self.one(subject, _LABEL) or local_name(subject)

    def alone(self, facts: list[str], parties: set[str]) -> dict[str, str]:
        """The participations of one party each, where stages of single parties are told."""
        found = {}
        for fact in facts if parties else ():
            agents = self.all(fact, DG + "agent")
            if DG + "Participation" in self.all(fact, RDF_TYPE) and len(agents) == 1:
                found[fact] = agents[0]
        return found

    def view(self, iri: str, facts: dict[str, str | None], alone: dict[str, str]) -> dict[str, Any]:
        parties, may_be = self.all(iri, DG + "party"), self.all(iri, DG + "mayBe")
        apart = set(alone.values())
        told = [
            self.fact(fact) | ({"party": party} if party else {})
            for fact, party in facts.items()
            if fact in self.home and fact not in alone and party not in apart
        ]
        return {
            **({"alone": True} if apart else {}),
            "label": self.label(iri),
            "kind": self.label(self.one(iri, DG + "kind")) or "agreement",
            "parties": parties,
            "may_be": may_be,
            "within": sorted({w for fact in facts for w in self.all(fact, DG + "within")}),
            "entities": {e: self.entity(e) for e in (*parties, *may_be)}
            if len(parties) <= _FEW_PARTIES
            else {},
            "since": max((self.began[p] for p in parties if p in self.began), default=None),
            "facts": told,
        }

    def entity(self, iri: str) -> list[str | None]:
        classes = [c for c in self.all(iri, RDF_TYPE) if c.startswith(DG)]
        broader = {b for c in classes for b in self.all(c, RDFS + "subClassOf")}
        narrow = [c for c in classes if c not in broader] or [DG + "Entity"]
        return [self.label(iri), local_name(narrow[0])]

    def fact(self, fact: str) -> dict[str, Any]:
        graph, stage = self.home[fact], self.one(fact, DG + "stage")
        told: dict[str, Any] = {
            "fact": fact,
            "graph": graph,
            "source": self.one(graph, DCT + "identifier") or local_name(graph),
            "grade": self.label(self.one(fact, DG + "grade")),
            "statement": self.one(fact, DG + "statement") or local_name(fact),
            "evidence": self.evidence(fact),
        }
        for name in ("when", "earliest", "latest"):
            value = self.one(fact, DG + name)
            if value is not None:
                told[name] = value
        if stage is not None:
            told["stage"] = self.label(stage)
            told["order"] = int(self.one(stage, DG + "order") or 0)
            told["group"] = self.one(stage, SKOS + "broader") or ""
        conflicts = [
            [self.one(c, DG + "detail"), self.statement(other, c), self.evidence(other)]
            for c in sorted(self.conflicts.get(fact, ()))
            for other in self.others(c, fact)
        ]
        if conflicts:
            told["conflicts"] = conflicts
        return told

    def others(self, conflict: str, fact: str) -> list[str | None]:
        found: list[str | None] = [f for f in self.all(conflict, DG + "between") if f != fact]
        return found or [None]

    def statement(self, fact: str | None, conflict: str) -> str:
        told = self.one(fact, DG + "statement") if fact else None
        return told or self.one(conflict, RDFS + "label") or local_name(conflict)

    def evidence(self, fact: str | None) -> list[list[Any]]:
        if fact is None:
            return []
        if fact in self.records:
            return self.records[fact].evidence
        passages = [passage(self.values, iri) for iri in self.all(fact, DG + "evidence")]
        return sorted(filter(None, passages), key=lambda e: (e[0], e[1], e[2]))
