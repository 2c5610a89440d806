"""The three pictures: links between two parties, what is around one entity, the whole graph."""

from __future__ import annotations

from collections.abc import Iterable
from math import atan2, cos, pi, sin, sqrt
from typing import TYPE_CHECKING

from diplograph.errors import OptionError
from diplograph.facts import entities_of
from diplograph.model import Entity, Fact
from diplograph.names import resolve
from diplograph.networks import simple
from diplograph.render.clusters import place_clusters
from diplograph.render.gather import Gathered, Request, bundles, gather, networks
from diplograph.render.layout import ovals
from diplograph.render.linked import links_picture
from diplograph.render.picture import Edge, Node, Picture, Point
from diplograph.render.words import date_words

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["Request", "around_picture", "links_picture", "whole_picture"]

_MOST = 1500
_ORDER = (
    "Country", "Organization", "Leader", "Person", "Post", "Agreement", "Event", "Project", "Place",
    "Issue", "ArmsTransfer", "WeaponSystem", "Document",
)  # fmt: skip
_Pending = frozenset[tuple[str, str, str]]


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
    ties = bundles(net, far)
    found = gather(request, entities, ties)
    places, sides = _rings(flat, far, entities, found)
    rooms = _rooms(far, places)
    outermost = max(far.values())
    nodes = tuple(
        Node(
            entity=entities[iri],
            at=places[iri],
            size=17.0 if far[iri] == 0 else _size(flat, iri, 13.0),
            weight=1e6 if far[iri] == 0 else (depth - far[iri]) * 1e4 + flat.degree(iri),
            tier=0 if far[iri] == 0 else 1 if far[iri] < outermost else 2,
            side=sides[iri],
            room=rooms.get(iri, 0.0),
            muted=_muted(iri, net, pending),
            facts=found.of_node[iri],
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
    )


def whole_picture(request: Request) -> Picture:
    """The whole graph: clusters apart, and in the middle what ties them all."""
    net, pending = networks(request)
    _check(net.number_of_nodes(), "in the graph; name two parties, or take --around NAME")
    entities = entities_of(request.graph, net)
    found = gather(request, entities, bundles(net, net))
    flat = simple(net)
    laid = place_clusters(flat, {iri: e.type for iri, e in entities.items()})
    hubs = {iri for iri, number in laid.cluster.items() if number < 0}
    nodes = tuple(
        Node(
            entity=entities[iri],
            at=laid.places[iri],
            size=_size(flat, iri, 30.0 if iri in hubs else 18.0),
            weight=flat.degree(iri)
            + 1000 * (iri in hubs)
            + 500 * (iri in laid.chiefs)
            + _favour(entities[iri]),
            tier=0 if iri in hubs else 1 if iri in laid.chiefs else _tier(entities[iri]),
            muted=_muted(iri, net, pending),
            facts=found.of_node[iri],
        )
        for iri in sorted(entities)
    )
    edges = _edges(
        found, pending, faint=lambda a, b: laid.cluster[a] != laid.cluster[b] or a in hubs
    )
    return Picture(
        kind="whole",
        title="The whole graph",
        summary=f"{_count(len(nodes), 'entity', 'entities')} tied together by "
        f"{_count(len(found.facts), 'fact', 'facts')}{_as_of(request)}.",
        nodes=nodes,
        edges=edges,
        facts=found.facts,
        areas=laid.areas,
        notes=_notes(None, request),
        corners=_corners([p for a in laid.areas for p in a.points] + list(laid.places.values())),
        margin=(70.0, 20.0),
    )


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
            one, two, facts,
            dashed=all((one, two, fact) in pending for fact in facts),
            faint=bool(faint(one, two)),  # type: ignore[operator]
        )
        for (one, two), facts in found.of_pair.items()
    )  # fmt: skip


def _muted(iri: str, net: nx.MultiGraph[str], pending: _Pending) -> bool:
    """Whether an entity is there only because the pending count."""
    return (
        bool(pending)
        and iri in net
        and all(
            (*sorted((one, two)), key) in pending for one, two, key in net.edges(iri, keys=True)
        )
    )


def _size(flat: nx.Graph[str], iri: str, most: float) -> float:
    return round(min(most, 5.0 + 2.2 * sqrt(flat.degree(iri) if iri in flat else 1)), 1)


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
