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
from collections.abc import Collection, Iterable
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, NamedTuple

from diplograph.facts import (
    began,
    entities_of,
    evidence_from,
    merge_evidence,
    when_of,
)  # fmt: skip
from diplograph.model import ASSERTED, DOUBTED, Conflict, Entity, Include, Link, Stage
from diplograph.namespaces import values_clause
from diplograph.sides import (
    ENDED,
    ToldFact,
    ToldStage,
    View,
    concerns,
    current_of,
    floor_of,
    furthest,
    holds_at,
    is_concluded,
    number_of,
    sides_of,
    stages_of,
    undated,
)
from diplograph.store import Graph
from diplograph.viewed import name_parties, views_of

if TYPE_CHECKING:
    from diplograph import dates
    from diplograph.copies import Copies

__all__ = ["Found", "Standing", "find_links", "lives"]

MODES = ("direct", "organization", "affiliate", "predecessor")
"""How a party can be reached, the nearest first."""


class Found(NamedTuple):
    """The agreements found, before they are wrapped into an answer.

    ``hidden`` are those reached only through a predecessor when predecessors were not asked for.
    """

    concluded: tuple[Link, ...]
    pending: tuple[Link, ...]
    hidden: tuple[Link, ...]


class _Reach(NamedTuple):
    """One way from X or Y to a party: how, through whom, when that held, and whether it is sure.

    It is not where a source prints one name for two, so that the party may be another.
    """

    mode: str
    via: str | None
    earliest: str | None = None
    latest: str | None = None
    sure: bool = True


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
    views, chosen, labels = _chosen(graph, x, y)
    since_both = began(graph, (x, y)) if as_of else None
    concluded, pending, hidden = [], [], []
    for iri, joint in chosen.items():
        through = tuple(labels[v] for v in joint.via)
        since = None if joint.mode == "predecessor" else since_both
        built = _link(iri, views[iri], joint, through, as_of, copies, since)
        if built is None:
            continue
        link, is_concluded = built
        if joint.mode == "predecessor" and not predecessors:
            hidden.append(link)
        elif is_concluded or _wanted(link, include):
            concluded.append(link)
        else:
            pending.append(link)
    return Found(_sorted(concluded), _sorted(pending), _sorted(hidden))


class Standing(NamedTuple):
    """How an agreement stood from a day on; the link is None where nothing of it was known yet.

    The day is a number as of :func:`diplograph.dates.days`.
    """

    since: int
    link: Link | None
    concluded: bool


def lives(graph: Graph, x: str, y: str) -> dict[str, tuple[Standing, ...]]:
    """How each agreement of the parties, also of their predecessors, stood, from day to day.

    As of any day :func:`find_links` says of it what the last standing by then does.
    """
    from diplograph import dates

    views, chosen, labels = _chosen(graph, x, y)
    since_both = began(graph, (x, y))
    found = {}
    for iri, joint in chosen.items():
        since = None if joint.mode == "predecessor" else since_both
        through = tuple(labels[v] for v in joint.via)
        life = [Standing(dates.ALWAYS, None, False)]
        for day in _changes(views[iri], floor_of(views[iri], since)):
            as_of = dates.parse(date.fromordinal(day).isoformat())
            built = _link(iri, views[iri], joint, through, as_of, None, since)
            link, concluded = built if built else (None, False)
            life.append(Standing(dates.ALWAYS if len(life) == 1 else day, link, concluded))
        found[iri] = tuple(life[1:])
    return found


def _changes(view: View, floor: str | None) -> list[int]:
    """The days on which the standing of an agreement may change, and one before all of them."""
    from diplograph import dates

    days = {date.fromisoformat(floor).toordinal()} if floor else set()
    for fact in stages_of(view):
        time = fact.get("when") or fact.get("latest")
        days.update(dates.days(dates.parse(time)) if time else ())
    within = sorted(day for day in days if 1 < day <= date.max.toordinal())
    return [within[0] - 1, *within] if within else [1]


def _chosen(
    graph: Graph, x: str, y: str
) -> tuple[dict[str, View], dict[str, _Joint], dict[str, Entity]]:
    """The agreements that link the parties, how they do, and through whom."""
    reach_x, reach_y = _reach(graph, x), _reach(graph, y)
    views = _views(graph, reach_x, reach_y)
    name_parties(graph, views.values())
    joints = {iri: _joint(view, reach_x, reach_y) for iri, view in views.items()}
    chosen = {iri: joint for iri, joint in joints.items() if joint is not None}
    return views, chosen, entities_of(graph, {v for joint in chosen.values() for v in joint.via})


def _wanted(link: Link, include: Include) -> bool:
    """Whether an agreement that was not concluded is asked for all the same."""
    return include is Include.ANY or (include is Include.PENDING and link.grade not in DOUBTED)


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
            UNION {{ ?agent dg:conflatedWith <{party}> BIND("conflated" AS ?mode) }}
            UNION {{ ?t a dg:Tenure ; dg:agent ?agent ; dg:post/dg:postIn <{party}>
               BIND("affiliate" AS ?mode) }}
        }} ORDER BY ?agent ?mode ?earliest ?latest"""
    )
    reach: dict[str, list[_Reach]] = defaultdict(list)
    reach[party].append(_Reach("direct", None))
    for row in rows:
        if row["agent"] != party:
            sure = row["mode"] != "conflated"
            mode = row["mode"] if sure else "affiliate"
            reach[row["agent"]].append(
                _Reach(mode, row["agent"], row.get("earliest"), row.get("latest"), sure)
            )
    return dict(reach)


def _views(graph: Graph, side_x: Collection[str], side_y: Collection[str]) -> dict[str, View]:
    """The views of the agreements with an agent of either side, in order of their IRIs."""
    these = values_clause("agent", sorted({*side_x, *side_y}))
    rows = graph.select(
        f"""SELECT ?agreement ?agent WHERE {{
            {{ {these} ?agreement dg:party ?agent }}
            UNION {{ {these} ?s dg:within ?agent ; dg:stage ?stage ; dg:of ?agreement }} }}"""
    )
    reached: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        reached[row["agreement"]].add(row["agent"])
    both = [a for a, agents in reached.items() if agents & {*side_x} and agents & {*side_y}]
    return views_of(graph, both, {*side_x, *side_y})


class _Joint(NamedTuple):
    """How an agreement links X and Y: nearness first, so that the least is the nearest way."""

    rank: int
    steps: int
    via: tuple[str, ...]
    mode: str
    sure: bool
    parties: tuple[str, str]


def _joint(
    view: View, reach_x: dict[str, list[_Reach]], reach_y: dict[str, list[_Reach]]
) -> _Joint | None:
    """The nearest way in which the agreement links X and Y, or None where it does not."""
    best: _Joint | None = None
    for (party_x, x), (party_y, y) in product(_ways(view, reach_x), _ways(view, reach_y)):
        if party_x == party_y and len(view["parties"]) > 1:
            continue  # the organization's agreement with a third party does not link its members
        via = tuple(dict.fromkeys(v for v in (x.via, y.via) if v))
        rank = MODES.index(x.mode) + MODES.index(y.mode)
        mode = max(x.mode, y.mode, key=MODES.index)
        way = _Joint(rank, len(via), via, mode, x.sure and y.sure, (party_x, party_y))
        best = way if best is None else min(best, way)
    return best


def _ways(view: View, reach: dict[str, list[_Reach]]) -> list[tuple[str, _Reach]]:
    """The parties of the agreement that are reached, each with how; members only in their time.

    Where states are named as the parties, no other member of the organization is one of them.
    """
    ways = [
        (party, step)
        for party in view["parties"]
        for step in reach.get(party, ())
        if step.mode != "organization" or _in_time(view, step)
    ]
    if any(view["entities"][party][1] == "Country" for party in view["parties"]):
        return ways
    for frame in view["within"]:
        if frame in view["parties"]:
            continue
        for step in reach.get(frame, ()):
            if step.mode == "direct":
                ways.append((frame, _Reach("organization", frame)))
            elif step.mode == "organization" and _in_time(view, step):
                ways.append((frame, step))
    return ways


def _in_time(view: View, step: _Reach) -> bool:
    """Whether the membership can have held when the agreement reached any of its stages."""
    stages = stages_of(view)
    return not stages or any(
        (step.earliest or "0") <= fact.get("latest", "9999")
        and fact.get("earliest", "0") <= (step.latest or "9999")
        for fact in stages
    )


def _link(
    iri: str,
    view: View,
    joint: _Joint,
    via: tuple[Entity, ...],
    as_of: dates.Period | None,
    copies: Copies | None,
    since: str | None,
) -> tuple[Link, bool] | None:
    """An agreement's record as of a date, and whether it was concluded; None before its time."""
    floor = floor_of(view, since)
    view = {**view, "facts": [f for f in view["facts"] if concerns(f, joint.parties)]}
    known = stages_of(view)
    stages = [(f, certainty) for f in known if (certainty := holds_at(f, as_of, floor)) != "no"]
    if known and not stages:
        return None
    sides = sides_of(known, stages, joint.parties)
    if sides is None:
        return None
    firm = [[s for s in side if s[0]["grade"] in ASSERTED and is_concluded(s[0])] for side in sides]
    concluded = bool(firm) and all(firm)
    current = min((current_of(side) for side in sides), key=_between, default=None)
    if concluded:
        sure = all(any(c == "definitely" for _, c in side) for side in firm)
        holds = "definitely" if sure else "possibly"
        reason = None
    else:
        open_ = [s for side, own in zip(sides, firm, strict=True) if not own for s in side]
        claimed = max(open_ or stages, key=furthest, default=None)
        if claimed is not None and is_concluded(claimed[0]):
            current = claimed
        holds = current[1] if current else "possibly"
        reason = _reason(current[0]) if current else "no source tells how far it came"
    if not joint.sure or undated(view["facts"], known, joint.parties):
        holds = "possibly"
    now: ToldFact = current[0] if current else {}
    facts = _facts_by_then(view, [f for f, _ in stages], as_of)
    passages = {fact["fact"]: evidence_from(fact["evidence"], copies) for fact in facts}
    link = Link(
        id=iri,
        label=view["label"],
        kind=view["kind"],
        stage=now.get("stage", "unknown"),
        grade=now.get("grade", "stated"),
        when=when_of(now),
        holds=holds,
        parties=_entities(view, "parties"),
        connection=joint.mode,
        via=via,
        evidence=merge_evidence(passages.values()),
        conflicts=_conflicts(facts, copies),
        stages=tuple(
            Stage(
                stage=fact["stage"],
                grade=fact["grade"],
                when=when_of(fact),
                source=fact["source"],
                statement=fact["statement"],
                holds=certainty,
                evidence=passages[fact["fact"]],
                party=_party(view, fact),
            )
            for fact, certainty in stages
        ),
        reason=reason,
        may_be=_entities(view, "may_be"),
    )
    return link, concluded


def _between(stage: ToldStage) -> tuple[bool, int, int]:
    """Order of the stages of two parties: what has ended, then the less far, then the later."""
    fact, _ = stage
    return (fact["order"] < ENDED, fact["order"], -number_of(fact.get("earliest", "0001-01-01")))


def _party(view: View, fact: ToldFact) -> Entity | None:
    party = fact.get("party")
    return None if party is None else Entity(party, *view["entities"][party])


def _entities(view: View, name: str) -> tuple[Entity, ...]:
    if "named" in view:  # made and put in order once for all agreements
        wanted = set(view[name])
        return tuple(entity for iri, entity in view["named"].items() if iri in wanted)
    found = [Entity(iri, *view["entities"][iri]) for iri in view[name]]
    return tuple(sorted(found, key=lambda e: (e.label, e.id)))


def _conflicts(facts: list[ToldFact], copies: Copies | None) -> tuple[Conflict, ...]:
    """Each conflict once, although both its sides are facts of the agreement."""
    first: dict[str, Conflict] = {}
    for fact in facts:
        for detail, statement, passages in fact.get("conflicts", ()):
            if detail not in first:
                first[detail] = Conflict(statement, detail, evidence_from(passages, copies))
    return tuple(first.values())


def _facts_by_then(
    view: View, stages: list[ToldFact], as_of: dates.Period | None
) -> list[ToldFact]:
    """The facts on which the record as of a date rests.

    Besides the stages reached: what is dated by then, and what is undated of the sources that tell
    one of those stages.
    """
    facts: list[ToldFact] = view["facts"]
    if as_of is None:
        return facts
    reached = {fact["fact"] for fact in stages}
    told_by = {fact["graph"] for fact in stages}

    def counts(fact: ToldFact) -> bool:
        if "stage" in fact:
            return fact["fact"] in reached
        return holds_at(fact, as_of) != "no" if "when" in fact else fact["graph"] in told_by

    return [fact for fact in facts if counts(fact)]


def _reason(row: ToldFact) -> str:
    grade, stage = row["grade"], row["stage"]
    if is_concluded(row) and grade not in ASSERTED:
        return f"{grade} to be {stage}; no source states it"
    return f"only {stage}" + (f", as {grade}" if grade not in ASSERTED else "")
