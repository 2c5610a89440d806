"""The three pictures: links between two parties, what is around one entity, the whole graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import atan2, cos, log2, pi, sin, sqrt
from typing import TYPE_CHECKING

from diplograph.errors import OptionError
from diplograph.facts import entities_of
from diplograph.model import Entity, Fact
from diplograph.names import resolve
from diplograph.networks import simple
from diplograph.render.clusters import packed, place_clusters
from diplograph.render.gather import Gathered, Parts, Request, also_called, gather
from diplograph.render.layout import ovals
from diplograph.render.linked import links_picture
from diplograph.render.parts import Part, divide
from diplograph.render.picture import Edge, Node, Picture, Point
from diplograph.render.ties import (
    Near,
    Row,
    among,
    bundles,
    bundles_of,
    neighbours,
    networks,
    pair_of,
    pending_of,
    tied,
)
from diplograph.render.words import date_words

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Request", "around_picture", "links_picture", "whole_pictures"]

_MOST = 1500
_LEGIBLE = 300
"""Up to how many entities the whole graph is one picture."""

_STRONGEST = 3
_ORDER = (
    "Country", "Organization", "UnidentifiedParty", "Leader", "Person", "Post", "Agreement",
    "Event", "Project", "Place", "Issue", "ArmsTransfer", "WeaponSystem", "Document",
)  # fmt: skip
_Pending = frozenset[Row]


def around_picture(request: Request, name: str, depth: int = 1) -> Picture:
    """Rings around one entity: what one fact ties to it, then what two do, up to ``depth``."""
    import networkx as nx

    named = resolve(request.graph, name)
    net, pending = networks(request)
    flat = simple(net)
    far = {named.id: 0}
    if named.id in flat:
        far = nx.single_source_shortest_path_length(flat, named.id, cutoff=depth)
    _check(len(far), f"within {depth} facts of {named.label}; take a smaller --depth")
    entities = entities_of(request.graph, far)
    ties, muted = bundles(net, far), _only_pending(net.edges(keys=True), pending)
    found = gather(request, entities, ties)
    places, sides = _rings(flat, far, entities, found)
    also = also_called(request.graph, far)
    rooms = _rooms(far, places)
    outermost = max(far.values())
    nodes = tuple(
        Node(
            entity=entities[iri],
            at=places[iri],
            size=17.0 if far[iri] == 0 else _size(flat.degree(iri) if iri in flat else 1, 13.0),
            weight=1e6 if far[iri] == 0 else (depth - far[iri]) * 1e4 + flat.degree(iri),
            tier=0 if far[iri] == 0 else 1 if far[iri] < outermost else 2,
            side=sides[iri],
            room=rooms.get(iri, 0.0),
            muted=iri in muted,
            facts=found.of_node[iri],
            also=also.get(iri, ()),
        )
        for iri in sorted(far)
    )
    edges = _edges(found, pending, faint=lambda a, b: far[a] + far[b] > 1)
    reach = f"within {depth} facts" if depth > 1 else "directly"
    summary = f"{_count(len(far) - 1, 'entity', 'entities')} tied to {named.label} {reach}; with "
    alone = (f"No fact that counts here ties {named.label} to anything else.",) * (len(far) == 1)
    return Picture(
        kind="around",
        title=f"Around {named.label}",
        summary=summary
        + f"{_count(len(found.facts), 'fact', 'facts')} about them{_as_of(request)}.",
        nodes=nodes,
        edges=edges,
        facts=found.facts,
        notes=(*alone, *_notes(named.note, request)),
        corners=_corners(places.values()),
        margin=(245.0, 30.0),
        times=found.times,
        owners=found.owners,
        soft=found.soft,
        root=named.id,
        depth=depth,
        dated=request.as_of is not None,
    )


def whole_pictures(request: Request, most: int = _LEGIBLE) -> tuple[Picture, ...]:
    """The whole graph in one picture or, with more than ``most`` entities, in several.

    The first then has groups of entities, each of which stands for the picture of that number.
    """
    rows = tied(request, request.include)
    pending = pending_of(request, rows)
    entities = entities_of(request.graph, {end for one, two, _ in rows for end in (one, two)})
    ties = bundles_of(rows)
    flat = neighbours(sorted(entities), ties)
    found = gather(request, entities, ties)
    every = _Whole(
        request, _only_pending(rows, pending), pending, entities, flat, found, Parts(found),
        also_called(request.graph, entities),
    )  # fmt: skip
    if len(entities) <= most:
        return (_clustered(every, sorted(entities), "The whole graph"),)
    parts = divide(flat)
    names = [_title(every, part) for part in parts]
    return tuple(
        _grouped(every, parts, names, part) if part.inner
        else _clustered(every, part.members, names[part.number], part)
        for part in parts
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Whole:
    """The whole network, of which pictures show parts."""

    request: Request
    muted: frozenset[str]
    pending: _Pending
    entities: dict[str, Entity]
    near: Near
    found: Gathered
    parts: Parts
    called: dict[str, tuple[str, ...]]


def _clustered(
    every: _Whole, members: Sequence[str], title: str, part: Part | None = None
) -> Picture:
    """Entities in clusters, with the facts that tie them and those of each alone.

    Facts that tie one of them to what is outside of a part are told of it, without a line.
    """
    request, pending = every.request, every.pending
    entities = {iri: every.entities[iri] for iri in members}
    found = every.parts.of(members) if part else every.found
    own = among(every.near, members)
    laid = place_clusters(own, {iri: e.type for iri, e in entities.items()})
    called = every.called
    hubs = {iri for iri, number in laid.cluster.items() if number < 0}
    nodes = tuple(
        Node(
            entity=entities[iri],
            at=laid.places[iri],
            size=_size(len(own[iri]), 30.0 if iri in hubs else 18.0),
            weight=len(own[iri])
            + 1000 * (iri in hubs)
            + 500 * (iri in laid.chiefs)
            + _favour(entities[iri]),
            tier=0 if iri in hubs else 1 if iri in laid.chiefs else _tier(entities[iri]),
            muted=iri in every.muted,
            facts=found.of_node[iri],
            also=called.get(iri, ()),
        )
        for iri in sorted(entities)
    )
    edges = _edges(
        found, pending, faint=lambda a, b: laid.cluster[a] != laid.cluster[b] or a in hubs
    )
    return Picture(
        kind="whole",
        title=title,
        summary=f"{_count(len(nodes), 'entity', 'entities')} tied together by "
        f"{_count(len(found.facts), 'fact', 'facts')}{_as_of(request)}.",
        nodes=nodes,
        edges=edges,
        facts=found.facts,
        areas=laid.areas,
        notes=_notes(None, request),
        corners=_corners([p for a in laid.areas for p in a.points] + list(laid.places.values())),
        margin=(70.0, 20.0),
        times=found.times,
        owners=found.owners,
        soft=found.soft,
        dated=request.as_of is not None,
        part=part.number if part else 0,
        around=part.around if part else -1,
    )


def _grouped(every: _Whole, parts: Sequence[Part], names: Sequence[str], part: Part) -> Picture:
    """The parts of a part, each a disc as large as it has entities, the strongest ties as lines."""
    inner = [parts[number] for number in part.inner]
    home = {iri: one.number for one in inner for iri in one.members}
    counts = Counter(
        tuple(sorted((home[a], home[b])))
        for a, b in every.found.of_pair
        if a in home and b in home and home[a] != home[b]
    )
    kept: set[tuple[int, ...]] = set()
    for one in inner:
        own = sorted((-count, pair) for pair, count in counts.items() if one.number in pair)
        kept.update(pair for _, pair in own[:_STRONGEST])
    radii = [12.0 + 3.0 * sqrt(len(one.members)) for one in inner]
    centres = packed(radii, 0.0, gap=70.0)
    entities = {
        one.number: Entity(f"group:{one.number}", every.entities[one.members[0]].label, "Group")
        for one in inner
    }
    nodes = tuple(
        Node(
            entity=entities[one.number], at=centre, size=radius, weight=float(len(one.members)),
            tier=1, side="below", room=200.0, note=f"+ {len(one.members) - 1:,}", opens=one.number,
        )
        for one, radius, centre in zip(inner, radii, centres, strict=True)
    )  # fmt: skip
    edges = tuple(
        Edge(
            entities[one].id, entities[two].id, (), fixed=True,
            weight=round(min(7.0, 0.8 + log2(counts[one, two])), 2),
        )
        for one, two in sorted(kept)
    )  # fmt: skip
    found = every.parts.of(part.members) if part.around >= 0 else every.found
    apart = {
        pair: ties for pair, ties in found.of_pair.items() if home[pair[0]] != home[pair[1]]
    }  # fmt: skip
    return Picture(
        kind="groups",
        title=names[part.number],
        summary=f"{_count(len(part.members), 'entity', 'entities')} in {len(inner)} groups, "
        f"{_count(len(found.of_pair), 'pair', 'pairs')} tied{_as_of(every.request)}; "
        "a group opens on a click.",
        nodes=nodes,
        edges=edges,
        facts=found.facts,
        crossing=_edges(replace(found, of_pair=apart), every.pending, faint=lambda a, b: False),
        times=found.times,
        owners=found.owners,
        soft=found.soft,
        notes=(
            "Each disc is a group of entities that facts tie to each other more than to others, "
            "named after those with the most ties in it. Lines are the strongest ties between "
            "groups.",
            *_notes(None, every.request),
        ),
        corners=_corners([
            (x + side * radius, y + side * radius)
            for (x, y), radius in zip(centres, radii, strict=True) for side in (-1, 1)
        ]),
        margin=(60.0, 40.0),
        dated=every.request.as_of is not None,
        part=part.number,
        around=part.around,
    )  # fmt: skip


def _title(every: _Whole, part: Part) -> str:
    if part.around < 0:
        return "The whole graph"
    named = [every.entities[iri].label for iri in part.members[:2]]
    more = len(part.members) - len(named)
    return ", ".join(named) + (f" and {more:,} more" if more else "")


def _rings(
    flat: nx.Graph[str], far: dict[str, int], entities: dict[str, Entity], found: Gathered
) -> tuple[dict[str, Point], dict[str, str]]:
    """Places ring by ring, and the side of the label of each.

    The first ring is sorted by class and time, the others stand near what they hang on. In a
    crowded ring every second label is written inwards.
    """
    facts = {fact.id: fact for fact in found.facts}
    middle = [iri for iri, distance in far.items() if distance == 0]
    places: dict[str, Point] = dict.fromkeys(middle, (0.0, 0.0))
    sides = dict.fromkeys(middle, "below")
    rings = [[iri for iri in sorted(far) if far[iri] == d] for d in range(1, max(far.values()) + 1)]
    for number, (members, oval) in enumerate(
        zip(rings, ovals([len(r) for r in rings]), strict=True)
    ):
        if number == 0:
            members.sort(key=lambda iri: _in_class(entities[iri], found.of_node[iri], facts))
        else:
            members.sort(key=lambda iri: (_angle(flat, iri, places), entities[iri].label, iri))
        for place, (iri, (x, y)) in enumerate(zip(members, oval.places, strict=True)):
            places[iri] = (x, y)
            inwards = oval.crowded and place % 2 == 1
            sides[iri] = "right" if (x > 0) != inwards else "left"
    return places, sides


def _rooms(far: dict[str, int], places: dict[str, Point]) -> dict[str, float]:
    """How wide the labels of inner rings may be, so that they end before the next ring."""
    found = {}
    for iri, (x, y) in places.items():
        beyond = [
            abs(places[other][0])
            for other, distance in far.items()
            if distance == far[iri] + 1 and abs(places[other][1] - y) < 25
        ]
        if far[iri] and beyond:
            found[iri] = round(max(min(beyond) - abs(x) - 40.0, 60.0), 1)
    return found


def _in_class(
    entity: Entity, own: Iterable[str], facts: dict[str, Fact]
) -> tuple[int, str, str, str]:
    order = _ORDER.index(entity.type) if entity.type in _ORDER else len(_ORDER)
    times = (w.earliest or w.latest or "" for f in own if (w := facts[f].when))
    dated = entity.type in ("Agreement", "Event", "ArmsTransfer")
    return (order, next((t for t in times if t), "9999") if dated else "", entity.label, entity.id)


def _angle(flat: nx.Graph[str], iri: str, places: dict[str, Point]) -> float:
    """The direction of what an entity hangs on, clockwise from the top; the rare weigh most."""
    x = y = 0.0
    for other in sorted(flat[iri]):
        if other in places and places[other] != (0.0, 0.0):
            turn = atan2(places[other][0], -places[other][1])
            x += cos(turn) / flat.degree(other) ** 2
            y += sin(turn) / flat.degree(other) ** 2
    return round(atan2(y, x) % (2 * pi), 9)


def _edges(found: Gathered, pending: _Pending, faint: object) -> tuple[Edge, ...]:
    return tuple(
        Edge(
            one, two, ties,
            dashed=all((one, two, t.fact) in pending or t.fact in found.unsure for t in ties),
            faint=bool(faint(one, two)),  # type: ignore[operator]
        )
        for (one, two), ties in found.of_pair.items()
    )  # fmt: skip


def _only_pending(rows: Iterable[Row], pending: _Pending) -> frozenset[str]:
    """The entities that are there only because the pending count."""
    if not pending:
        return frozenset()
    every, firm = set(), set()
    for one, two, key in rows:
        every |= {one, two}
        if (*pair_of(one, two), key) not in pending:
            firm |= {one, two}
    return frozenset(every - firm)


def _size(ties: int, most: float) -> float:
    return round(min(most, 5.0 + 2.2 * sqrt(ties)), 1)


def _favour(entity: Entity) -> int:
    """Countries and organizations are what people look for first."""
    return {"Country": 40, "Organization": 12, "Leader": 10, "Agreement": 3, "Event": 3}.get(
        entity.type, 0
    )


def _tier(entity: Entity) -> int:
    return 3 if entity.type == "ArmsTransfer" else 2


def _check(count: int, advice: str) -> None:
    if count > _MOST:
        raise OptionError(f"no picture is legible with the {count} entities {advice}.")


def _corners(points: Iterable[Point]) -> tuple[Point, Point]:
    places = list(points) or [(0.0, 0.0)]
    xs, ys = [x for x, _ in places], [y for _, y in places]
    return (min(xs), min(ys)), (max(xs), max(ys))


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def _as_of(request: Request) -> str:
    from diplograph.model import When

    return f" as of {date_words(When(request.as_of.edtf, None, None))}" if request.as_of else ""


def _notes(note: str | None, request: Request) -> tuple[str, ...]:
    told = {
        "concluded": "What was not concluded is left out; --include pending shows it.",
        "pending": "Dashed: agreements that were not concluded.",
        "any": "Dashed: agreements that were not concluded, are only rumoured, or are denied.",
    }[request.include.value]
    return (note, told) if note else (told,)
