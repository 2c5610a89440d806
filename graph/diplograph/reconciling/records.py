"""What the graph tells of the things that may be the same, as records to be compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from diplograph import dates
from diplograph.keys import name_key
from diplograph.namespaces import ENTITIES_GRAPH, INDEX_GRAPH, local_name
from diplograph.store import Graph

__all__ = ["OPEN", "Record", "agreements", "people", "transfers", "weapons"]


OPEN = 9999
"""The last year of what had not ended."""


@dataclass(slots=True)
class Record:
    """A thing as the sources tell of it; ``sources`` are the named graphs that describe it.

    ``families`` are names that several things can bear, such as NATO's, or words of an agreement's
    parties. ``times`` are first and last years, of the order, the signature or the office;
    ``later`` those of deliveries or of the life.
    """

    iri: str
    label: str
    sources: set[str]
    names: set[str] = field(default_factory=set)
    families: set[str] = field(default_factory=set)
    parties: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    times: list[tuple[int, int]] = field(default_factory=list)
    later: list[tuple[int, int]] = field(default_factory=list)
    day: str = ""
    numbers: list[tuple[float, float]] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)

    @property
    def years(self) -> tuple[int, int] | None:
        """The first and the last year of all its times."""
        if not self.times:
            return None
        return min(a for a, _ in self.times), max(b for _, b in self.times)


def _described(graph: Graph, kind: str) -> dict[str, Record]:
    rows = graph.select(
        f"""SELECT ?x ?g ?label WHERE {{ GRAPH ?g {{ ?x a dg:{kind} }} ?x skos:prefLabel ?label
            FILTER(?g != <{INDEX_GRAPH}>) }}"""
    )
    found: dict[str, Record] = {}
    for row in rows:
        record = found.setdefault(row["x"], Record(row["x"], row["label"], set(), {row["label"]}))
        if row["g"] != ENTITIES_GRAPH:
            record.sources.add(local_name(row["g"]))
    return found


def _span(edtf: str) -> tuple[int, int] | None:
    period = dates.parse(edtf)
    if period.earliest is None and period.latest is None:
        return None
    first, last = period.earliest or period.latest, period.latest
    return (first.year if first else 0), (last.year if last else OPEN)


def _dated(found: dict[str, Record], rows: Iterable[dict[str, str]], later: bool = False) -> None:
    for row in rows:
        span = _span(row["when"])
        if span and row["x"] in found:
            record = found[row["x"]]
            (record.later if later else record.times).append(span)
            if not later and len(row["when"]) == 10 and row["when"][:4].isdecimal():
                record.day = row["when"]


def transfers(graph: Graph) -> list[Record]:
    """Arms transfers: supplier, recipient, weapon, year of order, number, deliveries."""
    found = _described(graph, "ArmsTransfer")
    for role in ("supplier", "recipient", "weapon"):
        for one, other in graph.pairs(
            f"SELECT ?x ?v WHERE {{ ?x a dg:ArmsTransfer ; dg:{role} ?v }}"
        ):
            if one in found:
                found[one].parties[role].add(other)
    called, families = _designations(graph)
    for record in found.values():
        record.names = {n for w in record.parties["weapon"] for n in called[w]}
        record.families = {n for w in record.parties["weapon"] for n in families[w]}
    stage = """SELECT ?x ?when WHERE {{ ?f dg:stage stage:{} ; dg:of ?x ; dg:when ?when .
               ?x a dg:ArmsTransfer }}"""
    _dated(found, graph.select(stage.format("ordered")))
    _dated(found, graph.select(stage.format("delivered")), later=True)
    told = "SELECT ?x ?when WHERE { ?f a dg:TransferFact ; dg:of ?x ; dg:when ?when }"
    without = {iri: record for iri, record in found.items() if not record.times}
    _dated(without, graph.select(told))
    for row in graph.select(
        """SELECT ?x ?v ?min ?max WHERE { ?f dg:measure measure:number-ordered ; dg:of ?x
           OPTIONAL { ?f dg:value ?v } OPTIONAL { ?f dg:minimum ?min }
           OPTIONAL { ?f dg:maximum ?max } }"""
    ):
        least, most = row.get("v", row.get("min")), row.get("v", row.get("max"))
        if row["x"] in found and (least is not None or most is not None):
            found[row["x"]].numbers.append((float(least or 0), float(most or "inf")))
    return list(found.values())


def agreements(graph: Graph) -> list[Record]:
    """Agreements: names, parties, year and day of signature."""
    found = _described(graph, "Agreement")
    for one, other in graph.pairs("SELECT ?x ?v WHERE { ?x a dg:Agreement ; dg:party ?v }"):
        found[one].parties["party"].add(other)
    for one, name in graph.pairs("SELECT ?x ?v WHERE { ?x a dg:Agreement ; skos:altLabel ?v }"):
        found[one].names.add(name)
    called: dict[str, set[str]] = defaultdict(set)
    for party, name in graph.pairs(
        """SELECT ?p ?name WHERE { ?p a dg:Country ;
           skos:prefLabel|skos:altLabel|skos:notation ?name }"""
    ):
        called[party] |= set(name_key(name).split())
    for record in found.values():
        record.families = {word for party in record.parties["party"] for word in called[party]}
    stage = """SELECT ?x ?when WHERE {{ VALUES ?stage {{ {} }}
               ?f dg:stage ?stage ; dg:of ?x ; dg:when ?when .
               ?x a dg:Agreement FILTER NOT EXISTS {{ ?f dg:forParty ?party }} }}"""
    _dated(found, graph.select(stage.format("stage:signed stage:agreed stage:concluded")))
    without = {iri: record for iri, record in found.items() if not record.times}
    _dated(without, graph.select(stage.format("stage:in-force stage:proposed stage:negotiation")))
    return list(found.values())


def people(graph: Graph) -> list[Record]:
    """People: names, the states in which they held posts, and when; when they lived."""
    found = _described(graph, "Person")
    for one, name in graph.pairs("SELECT ?x ?v WHERE { ?x a dg:Person ; skos:altLabel ?v }"):
        found[one].names.add(name)
    for one, state in graph.pairs(
        """SELECT DISTINCT ?x ?state WHERE { ?f a dg:Tenure ; dg:agent ?x ;
           dg:post/dg:postIn/dg:bodyOf* ?state . ?state a dg:Country }"""
    ):
        found[one].parties["state"].add(state)
    _dated(found, graph.select(
        "SELECT ?x ?when WHERE { ?f a dg:Tenure ; dg:agent ?x ; dg:when ?when }"))  # fmt: skip
    without = {iri: record for iri, record in found.items() if not record.times}
    _dated(without, graph.select(
        """SELECT ?x ?when WHERE { ?x a dg:Person . ?f dg:agent|dg:by|dg:about ?x ;
           dg:when ?when ; a dg:Fact FILTER NOT EXISTS { ?f a dg:Lifespan } }"""))  # fmt: skip
    lives = graph.select("SELECT ?x ?when WHERE { ?f a dg:Lifespan ; dg:of ?x ; dg:when ?when }")
    _dated(found, lives, later=True)
    return list(found.values())


def weapons(graph: Graph) -> list[Record]:
    """Weapon systems: names and kinds, with the broader kinds of each."""
    found = _described(graph, "WeaponSystem")
    called, families = _designations(graph)
    for one, record in found.items():
        record.names, record.families = called[one], families[one]
    for one, kind in graph.pairs(
        "SELECT ?w ?kind WHERE { ?w a dg:WeaponSystem ; dg:kind/skos:broader* ?kind }"
    ):
        found[one].kinds.add(kind)
    return list(found.values())


def _designations(graph: Graph) -> tuple[dict[str, set[str]], dict[str, set[str]]]:
    """The names of each weapon, and those that its family has."""
    called: dict[str, set[str]] = defaultdict(set)
    families: dict[str, set[str]] = defaultdict(set)
    query = "SELECT ?w ?name WHERE {{ ?w a dg:WeaponSystem ; {} ?name }}"
    for weapon, name in graph.pairs(query.format("skos:prefLabel|skos:altLabel")):
        called[weapon].add(name)
    for weapon, name in graph.pairs(query.format("dg:natoName")):
        families[weapon].add(name)
        called[weapon].discard(name)
    return called, families
