"""Which agreements link two parties.

An agreement links X and Y *directly* where both are parties to it. It links them through an
*organization* where one of them is party only as a member of one, through an *affiliate* where a
company, service or office holder of X or Y is the party, and through a *predecessor* where a state
or organization is that X or Y succeeded. Shared membership of an organization is no agreement.

How far an agreement came is told by its stage facts. It counts as concluded where a source states
a concluded stage; what is only proposed, initialled, reported or rumoured is pending.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from itertools import product

from diplograph import dates
from diplograph.copies import Copies
from diplograph.facts import (
    conflicts_of,
    entities_of,
    evidence_of,
    merge_evidence,
    values_clause,
    when_of,
)
from diplograph.model import Conflict, Entity, Evidence, Include, Link, Stage
from diplograph.namespaces import PREFIXES, local_name
from diplograph.store import Graph, Row

__all__ = ["Found", "find_links"]

MODES = ("direct", "organization", "affiliate", "predecessor")
"""How a party can be reached, the nearest first."""

_ASSERTED = frozenset({"stated", "estimated", "inferred"})
_DOUBTED = frozenset({"rumoured", "denied"})
_CONCLUDED = PREFIXES["stage"] + "concluded"


@dataclass(frozen=True)
class Found:
    """The agreements found, before they are wrapped into an answer.

    ``hidden`` are those reached only through a predecessor when predecessors were not asked for.
    """

    concluded: tuple[Link, ...]
    pending: tuple[Link, ...]
    hidden: tuple[Link, ...]


@dataclass(frozen=True)
class _Reach:
    """One way from X or Y to a party: how, through whom, and when that held."""

    mode: str
    via: str | None
    earliest: str | None = None
    latest: str | None = None


@dataclass
class _Agreement:
    label: str
    kind: str
    parties: dict[str, None] = field(default_factory=dict)
    within: dict[str, None] = field(default_factory=dict)
    may_be: dict[str, None] = field(default_factory=dict)
    stages: list[Row] = field(default_factory=list)
    facts: dict[str, Row] = field(default_factory=dict)


def find_links(
    graph: Graph,
    x: str,
    y: str,
    as_of: dates.Period | None = None,
    include: Include = Include.CONCLUDED,
    predecessors: bool = False,
    copies: Copies | None = None,
) -> Found:
    """The agreements that link the parties with the IRIs ``x`` and ``y``."""
    reach_x, reach_y = _reach(graph, x), _reach(graph, y)
    agreements = _agreements(graph, {*reach_x, *reach_y})
    chosen: dict[str, tuple[_Agreement, str, tuple[str, ...]]] = {}
    for iri, agreement in agreements.items():
        joint = _joint(agreement, reach_x, reach_y)
        if joint is not None:
            chosen[iri] = (agreement, *joint)
    passages = evidence_of(graph, (f for a, _, _ in chosen.values() for f in a.facts), copies)
    conflicts = conflicts_of(graph, (f for a, _, _ in chosen.values() for f in a.facts), copies)
    people = {p for a, _, via in chosen.values() for p in (*a.parties, *a.within, *a.may_be, *via)}
    labels = entities_of(graph, people)
    concluded, pending, hidden = [], [], []
    for iri, (agreement, mode, via) in chosen.items():
        built = _link(iri, agreement, mode, via, as_of, labels, passages, conflicts)
        if built is None:
            continue
        link, is_concluded = built
        if mode == "predecessor" and not predecessors:
            hidden.append(link)
        elif is_concluded or _wanted(link, include):
            concluded.append(link)
        else:
            pending.append(link)
    return Found(_sorted(concluded), _sorted(pending), _sorted(hidden))


def _wanted(link: Link, include: Include) -> bool:
    """Whether an agreement that was not concluded is asked for all the same."""
    return include is Include.ANY or (include is Include.PENDING and link.grade not in _DOUBTED)


def _sorted(links: Iterable[Link]) -> tuple[Link, ...]:
    def key(link: Link) -> tuple[int, str, str]:
        first = link.when.earliest if link.when else None
        return (MODES.index(link.connection), first or "9999", link.label)

    return tuple(sorted(links, key=key))


def _reach(graph: Graph, party: str) -> dict[str, list[_Reach]]:
    """Every agent through which ``party`` can be party to an agreement, and how."""
    rows = graph.select(
        f"""SELECT DISTINCT ?agent ?mode ?earliest ?latest WHERE {{
            {{ ?m a dg:Membership ; dg:agent <{party}> ; dg:within ?agent ;
                  dg:role/skos:broader? role:member .
               OPTIONAL {{ ?m dg:earliest ?earliest }} OPTIONAL {{ ?m dg:latest ?latest }}
               BIND("organization" AS ?mode) }}
            UNION {{ <{party}> (^dg:successor/dg:predecessor)+ ?agent
                     BIND("predecessor" AS ?mode) }}
            UNION {{ ?agent dg:bodyOf <{party}> BIND("affiliate" AS ?mode) }}
            UNION {{ ?t a dg:Tenure ; dg:agent ?agent ; dg:post/dg:postIn <{party}>
               BIND("affiliate" AS ?mode) }}
        }} ORDER BY ?agent ?mode ?earliest ?latest"""
    )
    reach: dict[str, list[_Reach]] = defaultdict(list)
    reach[party].append(_Reach("direct", None))
    for row in rows:
        if row["agent"] != party:
            step = _Reach(row["mode"], row["agent"], row.get("earliest"), row.get("latest"))
            reach[row["agent"]].append(step)
    return dict(reach)


def _agreements(graph: Graph, agents: set[str]) -> dict[str, _Agreement]:
    """All agreements that have one of the agents as a party, or were concluded within one.

    Several small queries: a wide one with many optional parts costs the engine far more.
    """
    rows = graph.select(
        f"""SELECT ?agreement ?label ?kind WHERE {{
            {{ SELECT DISTINCT ?agreement WHERE {{ {values_clause("agent", sorted(agents))}
               {{ ?agreement dg:party ?agent }}
               UNION {{ ?s dg:within ?agent ; dg:of ?agreement }} }} }}
            ?agreement a dg:Agreement ; skos:prefLabel ?label .
            OPTIONAL {{ ?agreement dg:kind/skos:prefLabel ?kind }}
        }} ORDER BY ?agreement"""
    )
    found = {r["agreement"]: _Agreement(r["label"], r.get("kind", "agreement")) for r in rows}
    if not found:
        return {}
    these = values_clause("agreement", found)
    for row in graph.select(
        f"""SELECT DISTINCT ?agreement ?party ?other WHERE {{ {these}
            {{ ?agreement dg:party ?party }} UNION {{ ?agreement dg:mayBe ?other }} }}
            ORDER BY ?party ?other"""
    ):
        agreement = found[row["agreement"]]
        if "party" in row:
            agreement.parties[row["party"]] = None
        else:
            agreement.may_be[row["other"]] = None
    concepts = {
        row["concept"]: row
        for row in graph.select(
            """SELECT ?concept ?label ?order ?group WHERE {
                VALUES ?scheme { stage:scheme grade:scheme }
                ?concept skos:inScheme ?scheme ; skos:prefLabel ?label .
                OPTIONAL { ?concept dg:order ?order } OPTIONAL { ?concept skos:broader ?group } }"""
        )
    }
    identifiers = {
        row["s"]: row["id"]
        for row in graph.select("SELECT ?s ?id WHERE { ?s a dg:Source ; dct:identifier ?id }")
    }
    for row in graph.select(
        f"""SELECT ?agreement ?fact ?graph ?grade ?stage ?within ?when ?earliest ?latest ?statement
            WHERE {{ {these}
            GRAPH ?graph {{ ?fact dg:of ?agreement ; dg:grade ?grade }}
            OPTIONAL {{ ?fact dg:when ?when }}
            OPTIONAL {{ ?fact dg:stage ?stage ; dg:latest ?latest ; dg:statement ?statement
                        OPTIONAL {{ ?fact dg:earliest ?earliest }}
                        OPTIONAL {{ ?fact dg:within ?within }} }}
        }} ORDER BY ?agreement ?earliest ?latest ?fact"""
    ):
        agreement = found[row["agreement"]]
        row["grade"] = concepts[row["grade"]]["label"]
        row["source"] = identifiers.get(row["graph"], local_name(row["graph"]))
        agreement.facts[row["fact"]] = row
        if "within" in row:
            agreement.within[row["within"]] = None
        if "stage" in row:
            stage = concepts[row["stage"]]
            row |= {
                "stage": stage["label"],
                "order": stage["order"],
                "group": stage.get("group", ""),
            }
            agreement.stages.append(row)
    return found


def _joint(
    agreement: _Agreement, reach_x: dict[str, list[_Reach]], reach_y: dict[str, list[_Reach]]
) -> tuple[str, tuple[str, ...]] | None:
    """How the agreement links X and Y, the nearest way first, or None where it does not."""
    ways_x, ways_y = _ways(agreement, reach_x), _ways(agreement, reach_y)
    best: tuple[int, str, tuple[str, ...]] | None = None
    for (party_x, x), (party_y, y) in product(ways_x, ways_y):
        worst = max(x.mode, y.mode, key=MODES.index)
        if party_x == party_y and len(agreement.parties) > 1:
            continue  # the organization's agreement with a third party does not link its members
        rank = MODES.index(x.mode) + MODES.index(y.mode)
        via = tuple(dict.fromkeys(v for v in (x.via, y.via) if v))
        candidate = (rank, worst, via)
        if best is None or (candidate[0], len(via), via) < (best[0], len(best[2]), best[2]):
            best = candidate
    return None if best is None else best[1:]


def _ways(agreement: _Agreement, reach: dict[str, list[_Reach]]) -> list[tuple[str, _Reach]]:
    """The parties of the agreement that are reached, each with how; members only in their time."""
    ways = []
    for party in (*agreement.parties, *agreement.within):
        for step in reach.get(party, ()):
            framed_only = party not in agreement.parties
            if framed_only and step.mode not in ("organization", "direct"):
                continue
            if step.mode == "organization" and not _in_time(agreement, step):
                continue
            if framed_only and step.mode == "direct":
                step = _Reach("organization", party)
            ways.append((party, step))
    return ways


def _in_time(agreement: _Agreement, step: _Reach) -> bool:
    """Whether the membership can have held when the agreement reached any of its stages."""
    if not agreement.stages:
        return True
    return any(
        (step.earliest or "0") <= (row.get("latest") or "9999")
        and (row.get("earliest") or "0") <= (step.latest or "9999")
        for row in agreement.stages
    )


def _link(
    iri: str,
    agreement: _Agreement,
    mode: str,
    via: tuple[str, ...],
    as_of: dates.Period | None,
    labels: dict[str, Entity],
    passages: dict[str, tuple[Evidence, ...]],
    conflicts: dict[str, tuple[Conflict, ...]],
) -> tuple[Link, bool] | None:
    """An agreement's record as of a date, and whether it was concluded; None before its time."""
    stages = [(row, _holds(row, as_of)) for row in agreement.stages]
    stages = [(row, certainty) for row, certainty in stages if certainty != "no"]
    if agreement.stages and not stages:
        return None
    asserted = [s for s in stages if s[0].get("grade") in _ASSERTED]
    firm = [s for s in asserted if _is_concluded(s[0])]
    current = max(firm or asserted or stages, key=_furthest, default=None)
    if firm:
        holds = "definitely" if any(c == "definitely" for _, c in firm) else "possibly"
        reason = None
    else:
        holds = current[1] if current else "possibly"
        claimed = max(stages, key=_furthest, default=None)
        if claimed is not None and _is_concluded(claimed[0]):
            current = claimed
        reason = _reason(current[0]) if current else "no source tells how far it came"
    row = current[0] if current else {}
    facts = _facts_by_then(agreement, [s for s, _ in stages], as_of)
    link = Link(
        id=iri,
        label=agreement.label,
        kind=agreement.kind,
        stage=row.get("stage", "unknown"),
        grade=row.get("grade", "stated"),
        when=when_of(row),
        holds=holds,
        parties=tuple(sorted((labels[p] for p in agreement.parties), key=lambda e: e.label)),
        connection=mode,
        via=tuple(labels[v] for v in via),
        evidence=merge_evidence(passages.get(fact, ()) for fact in facts),
        conflicts=tuple(dict.fromkeys(c for fact in facts for c in conflicts.get(fact, ()))),
        stages=tuple(_stage(s, certainty, passages) for s, certainty in stages),
        reason=reason,
        may_be=tuple(labels[other] for other in agreement.may_be),
    )
    return link, bool(firm)


def _facts_by_then(
    agreement: _Agreement, stages: list[Row], as_of: dates.Period | None
) -> list[str]:
    """The facts on which the record as of a date rests.

    Besides the stages reached: what is dated by then, and what is undated of the sources that tell
    one of those stages.
    """
    if as_of is None:
        return list(agreement.facts)
    reached = {row["fact"] for row in stages}
    told_by = {row["graph"] for row in stages}
    staged = {row["fact"] for row in agreement.stages}
    return [
        fact
        for fact, row in agreement.facts.items()
        if fact in reached
        or (
            fact not in staged
            and (_holds(row, as_of) != "no" if "when" in row else row["graph"] in told_by)
        )
    ]


def _is_concluded(row: Row) -> bool:
    return row.get("group") == _CONCLUDED


def _furthest(stage: tuple[Row, str]) -> tuple[bool, int, bool, int, int, str]:
    """Order of stages: the stated before the inferred, then how far it came; of equals the certain,
    the most precisely dated, the earliest."""
    row, certainty = stage
    precise = -_span(row)
    earliest = -int(row.get("earliest", "9999-12-31").replace("-", ""))
    stated = row.get("grade") != "inferred"
    return (stated, int(row["order"]), certainty == "definitely", precise, earliest, row["fact"])


def _span(row: Row) -> int:
    """How many days a stage's time can mean; very many where an end is open."""
    if "earliest" not in row or "latest" not in row:
        return 10**6
    return (date.fromisoformat(row["latest"]) - date.fromisoformat(row["earliest"])).days


def _reason(row: Row) -> str:
    grade, stage = row.get("grade", "stated"), row["stage"]
    if _is_concluded(row) and grade not in _ASSERTED:
        return f"{grade} to be {stage}; no source states it"
    return f"only {stage}" + (f", as {grade}" if grade not in _ASSERTED else "")


def _holds(row: Row, as_of: dates.Period | None) -> dates.Certainty:
    if as_of is None:
        return "definitely"
    if "when" in row:
        return dates.reached(dates.parse(row["when"]), as_of)
    if "latest" in row and dates.reached(dates.parse(row["latest"]), as_of) == "definitely":
        return "definitely"
    return "possibly"


def _stage(row: Row, certainty: str, passages: dict[str, tuple[Evidence, ...]]) -> Stage:
    return Stage(
        stage=row["stage"],
        grade=row.get("grade", "stated"),
        when=when_of(row),
        source=row.get("source", ""),
        statement=row.get("statement", local_name(row["fact"])),
        holds=certainty,
        evidence=passages.get(row["fact"], ()),
    )
