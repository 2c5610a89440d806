"""Which agreements link two parties.

An agreement links X and Y *directly* where both are parties to it. It links them through an
*organization* where one of them is party only as a member of one, through an *affiliate* where a
company, service or office holder of X or Y is the party, and through a *predecessor* where a state
or organization is that X or Y succeeded. Shared membership of an organization is no agreement.

How far an agreement came is told by its stage facts. It counts as concluded where a source states
a concluded stage; what is only proposed, initialled, reported or rumoured is pending.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

from diplograph.facts import (
    began,
    entities_of,
    merge_evidence,
    passage_text,
    values_clause,
    when_of,
)  # fmt: skip
from diplograph.model import ASSERTED, DOUBTED, Conflict, Entity, Evidence, Include, Link, Stage
from diplograph.namespaces import INDEX_GRAPH, PREFIXES
from diplograph.store import Graph

if TYPE_CHECKING:
    from diplograph import dates
    from diplograph.copies import Copies

__all__ = ["Found", "Standing", "find_links", "lives"]

MODES = ("direct", "organization", "affiliate", "predecessor")
"""How a party can be reached, the nearest first."""

_CONCLUDED = PREFIXES["stage"] + "concluded"
_IN_FORCE, _ENDED = 60, 80
"""The order of being in force, and from which on a stage ends an agreement or a party's part."""


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


_View = dict[str, Any]
"""An agreement as one document; see :mod:`diplograph.views`."""
_Fact = dict[str, Any]
"""One of its facts."""
_Told = tuple[_Fact, "dates.Certainty"]
"""A stage fact, and whether it had come about by the date asked for."""


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
        for day in _changes(views[iri], _floor(views[iri], since)):
            as_of = dates.parse(date.fromordinal(day).isoformat())
            built = _link(iri, views[iri], joint, through, as_of, None, since)
            link, concluded = built if built else (None, False)
            life.append(Standing(dates.ALWAYS if len(life) == 1 else day, link, concluded))
        found[iri] = tuple(life[1:])
    return found


def _changes(view: _View, floor: str | None) -> list[int]:
    """The days on which the standing of an agreement may change, and one before all of them."""
    from diplograph import dates

    days = {date.fromisoformat(floor).toordinal()} if floor else set()
    for fact in _stages(view):
        time = fact.get("when") or fact.get("latest")
        days.update(dates.days(dates.parse(time)) if time else ())
    within = sorted(day for day in days if 1 < day <= date.max.toordinal())
    return [within[0] - 1, *within] if within else [1]


def _chosen(
    graph: Graph, x: str, y: str
) -> tuple[dict[str, _View], dict[str, _Joint], dict[str, Entity]]:
    """The agreements that link the parties, how they do, and through whom."""
    reach_x, reach_y = _reach(graph, x), _reach(graph, y)
    views = _views(graph, reach_x, reach_y)
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


def _views(graph: Graph, side_x: Collection[str], side_y: Collection[str]) -> dict[str, _View]:
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
    both = sorted(a for a, agents in reached.items() if agents & {*side_x} and agents & {*side_y})
    if not both:
        return {}
    pairs = graph.pairs(
        f"""SELECT ?agreement ?view WHERE {{ {values_clause("agreement", both)}
            GRAPH <{INDEX_GRAPH}> {{ ?agreement dg:view ?view }} }} ORDER BY ?agreement"""
    )
    views = {agreement: json.loads(view) for agreement, view in pairs}
    _add_what_is_told_of_parties(graph, views, {*side_x, *side_y})
    return views


def _add_what_is_told_of_parties(
    graph: Graph, views: dict[str, _View], agents: Collection[str]
) -> None:
    """Put what is told of single parties among the agents with the facts of their agreements."""
    apart = {
        (agreement, party)
        for agreement, view in views.items()
        for party in view.get("alone", ())
        if party in agents
    }
    if not apart:
        return
    # Asked for each pair, or with the views, the engine looks through all facts of the agreements.
    rows = graph.select(
        f"""SELECT ?fact ?party ?agreement WHERE {{
            {values_clause("party", sorted({party for _, party in apart}))}
            ?fact dg:agent ?party ; dg:of ?agreement }}"""
    )
    of = {r["fact"]: r["agreement"] for r in rows if (r["agreement"], r["party"]) in apart}
    told = graph.pairs(
        f"""SELECT ?fact ?view WHERE {{ {values_clause("fact", sorted(of))}
            GRAPH <{INDEX_GRAPH}> {{ ?fact dg:view ?view }} }} ORDER BY ?fact"""
    )
    for fact, view in told:
        views[of[fact]]["facts"] += json.loads(view)


class _Joint(NamedTuple):
    """How an agreement links X and Y: nearness first, so that the least is the nearest way."""

    rank: int
    steps: int
    via: tuple[str, ...]
    mode: str
    sure: bool
    parties: tuple[str, str]


def _joint(
    view: _View, reach_x: dict[str, list[_Reach]], reach_y: dict[str, list[_Reach]]
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


def _ways(view: _View, reach: dict[str, list[_Reach]]) -> list[tuple[str, _Reach]]:
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


def _in_time(view: _View, step: _Reach) -> bool:
    """Whether the membership can have held when the agreement reached any of its stages."""
    stages = _stages(view)
    return not stages or any(
        (step.earliest or "0") <= fact.get("latest", "9999")
        and fact.get("earliest", "0") <= (step.latest or "9999")
        for fact in stages
    )


def _stages(view: _View) -> list[_Fact]:
    """The stage facts of an agreement in order of time."""
    stages = [fact for fact in view["facts"] if "stage" in fact]
    return sorted(stages, key=lambda f: (f.get("earliest", ""), f.get("latest", ""), f["fact"]))


def _link(
    iri: str,
    view: _View,
    joint: _Joint,
    via: tuple[Entity, ...],
    as_of: dates.Period | None,
    copies: Copies | None,
    since: str | None,
) -> tuple[Link, bool] | None:
    """An agreement's record as of a date, and whether it was concluded; None before its time."""
    floor = _floor(view, since)
    view = {**view, "facts": [f for f in view["facts"] if _concerns(f, joint.parties)]}
    known = _stages(view)
    stages = [(f, certainty) for f in known if (certainty := _holds(f, as_of, floor)) != "no"]
    if known and not stages:
        return None
    sides = _sides(known, stages, joint.parties)
    if sides is None:
        return None
    firm = [
        [s for s in side if s[0]["grade"] in ASSERTED and _is_concluded(s[0])] for side in sides
    ]
    concluded = bool(firm) and all(firm)
    current = min((_current(side) for side in sides), key=_between, default=None)
    if concluded:
        sure = all(any(c == "definitely" for _, c in side) for side in firm)
        holds = "definitely" if sure else "possibly"
        reason = None
    else:
        open_ = [s for side, own in zip(sides, firm, strict=True) if not own for s in side]
        claimed = max(open_ or stages, key=_furthest, default=None)
        if claimed is not None and _is_concluded(claimed[0]):
            current = claimed
        holds = current[1] if current else "possibly"
        reason = _reason(current[0]) if current else "no source tells how far it came"
    if not joint.sure or _undated(view["facts"], known, joint.parties):
        holds = "possibly"
    now: _Fact = current[0] if current else {}
    facts = _facts_by_then(view, [f for f, _ in stages], as_of)
    passages = {fact["fact"]: _evidence(fact["evidence"], copies) for fact in facts}
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
            )
            for fact, certainty in stages
        ),
        reason=reason,
        may_be=_entities(view, "may_be"),
    )
    return link, concluded


def _concerns(fact: _Fact, parties: tuple[str, str]) -> bool:
    """Whether a fact is told of the agreement as a whole, or of one of the parties."""
    return fact.get("party") in (None, *parties)


def _sides(
    known: list[_Fact], stages: list[_Told], parties: tuple[str, str]
) -> list[list[_Told]] | None:
    """The stages of an agreement for each of two parties; once where it has none of its own.

    A party of which only the end is told was bound by the agreement as a whole until then. None
    where one of them has stages of its own by which it came in, but none by the date: it was no
    party yet.
    """
    of_all = [s for s in stages if "party" not in s[0]]
    sides: list[list[_Told]] = []
    for party in dict.fromkeys(parties):
        own = [s for s in stages if s[0].get("party") == party]
        if any(f.get("party") == party and f["order"] < _ENDED for f in known):
            if not own:
                return None
            sides.append(_since_it_came_back(own))
        elif own:
            sides.append([*of_all, *own])
        elif of_all not in sides:
            sides.append(of_all)
    return [side for side in sides if side]


def _undated(facts: list[_Fact], known: list[_Fact], parties: tuple[str, str]) -> bool:
    """Whether a party is listed by itself without any date, and the other one has dates."""
    dated = {fact.get("party") for fact in known}
    listed = {fact.get("party") for fact in facts}
    return any(p in dated for p in parties) and any(p in listed - dated for p in parties)


def _since_it_came_back(stages: list[_Told]) -> list[_Told]:
    """The stages of a party without those before it left, where the agreement is in force again."""
    left = max(
        (
            fact.get("latest", "")
            for fact, _ in stages
            if fact["order"] >= _ENDED
            and any(_ENDED > f["order"] >= _IN_FORCE and _after(f, fact) for f, _ in stages)
        ),
        default="",
    )
    return [s for s in stages if s[0].get("earliest", "9999") > left]


def _after(fact: _Fact, other: _Fact) -> bool:
    return bool(fact.get("earliest", "") > other.get("latest", "9999"))


def _current(stages: list[_Told]) -> _Told:
    """How far it came: by what is stated and concluded, else what is stated, else the rest."""
    asserted = [s for s in stages if s[0]["grade"] in ASSERTED]
    firm = [s for s in asserted if _is_concluded(s[0])]
    return max(firm or asserted or stages, key=_furthest)


def _between(stage: _Told) -> tuple[bool, int, int]:
    """Order of the stages of two parties: what has ended, then the less far, then the later."""
    fact, _ = stage
    return (fact["order"] < _ENDED, fact["order"], -_number(fact.get("earliest", "0001-01-01")))


def _entities(view: _View, name: str) -> tuple[Entity, ...]:
    found = [Entity(iri, *view["entities"][iri]) for iri in view[name]]
    return tuple(sorted(found, key=lambda e: (e.label, e.id)))


def _evidence(passages: list[list[Any]], copies: Copies | None) -> tuple[Evidence, ...]:
    return tuple(
        Evidence(
            source, start, end, where,
            passage_text(copies, source, start, end, digest, *unit), *unit,
        )
        for source, start, end, where, digest, *unit in passages
    )  # fmt: skip


def _conflicts(facts: list[_Fact], copies: Copies | None) -> tuple[Conflict, ...]:
    """Each conflict once, although both its sides are facts of the agreement."""
    first: dict[str, Conflict] = {}
    for fact in facts:
        for detail, statement, passages in fact.get("conflicts", ()):
            if detail not in first:
                first[detail] = Conflict(statement, detail, _evidence(passages, copies))
    return tuple(first.values())


def _facts_by_then(view: _View, stages: list[_Fact], as_of: dates.Period | None) -> list[_Fact]:
    """The facts on which the record as of a date rests.

    Besides the stages reached: what is dated by then, and what is undated of the sources that tell
    one of those stages.
    """
    facts: list[_Fact] = view["facts"]
    if as_of is None:
        return facts
    reached = {fact["fact"] for fact in stages}
    told_by = {fact["graph"] for fact in stages}

    def counts(fact: _Fact) -> bool:
        if "stage" in fact:
            return fact["fact"] in reached
        return _holds(fact, as_of) != "no" if "when" in fact else fact["graph"] in told_by

    return [fact for fact in facts if counts(fact)]


def _is_concluded(fact: _Fact) -> bool:
    return bool(fact["group"] == _CONCLUDED)


def _furthest(stage: _Told) -> tuple[bool, bool, int, int, int, str]:
    """Order of stages: the stated, then the certain, then how far it came; of equals the most
    precisely dated, the earliest."""
    fact, certainty = stage
    earliest = -_number(fact.get("earliest", "9999-12-31"))
    stated = fact["grade"] != "inferred"
    precise = -_span(fact)
    return (stated, certainty == "definitely", fact["order"], precise, earliest, fact["fact"])


def _span(fact: _Fact) -> int:
    """How wide a stage's time is, for comparison only; very wide where an end is open."""
    if "earliest" not in fact or "latest" not in fact:
        return 10**9
    return _number(fact["latest"]) - _number(fact["earliest"])


def _number(day: str) -> int:
    return int(day.replace("-", ""))


def _reason(row: _Fact) -> str:
    grade, stage = row["grade"], row["stage"]
    if _is_concluded(row) and grade not in ASSERTED:
        return f"{grade} to be {stage}; no source states it"
    return f"only {stage}" + (f", as {grade}" if grade not in ASSERTED else "")


def _floor(view: _View, since: str | None) -> str | None:
    """The day before which no stage of an agreement is assumed.

    That of its earliest dated stage, and not before all its parties, and those who ask, existed.
    """
    dated = [fact["earliest"] for fact in view["facts"] if "stage" in fact and "earliest" in fact]
    known = (min(dated, default=None), view.get("since"), since)
    return max(filter(None, known), default=None)


def _holds(row: _Fact, as_of: dates.Period | None, floor: str | None = None) -> dates.Certainty:
    """Whether a fact had come about by the date; what has no beginning, not before the floor."""
    if as_of is None:
        return "definitely"
    if "earliest" not in row and floor and as_of.latest and as_of.latest.isoformat() < floor:
        return "no"
    from diplograph import dates

    if "when" in row:
        return dates.reached(dates.parse(row["when"]), as_of)
    if "latest" in row and dates.reached(dates.parse(row["latest"]), as_of) == "definitely":
        return "definitely"
    return "possibly"
