"""The picture of what is around one entity: rings of what one fact ties to it, of what two do."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import atan2, cos, pi, sin, sqrt
from typing import TYPE_CHECKING, NamedTuple

from diplograph.errors import OptionError
from diplograph.facts import entities_of
from diplograph.model import Entity, Fact
from diplograph.names import resolve
from diplograph.networks import simple
from diplograph.render.bunches import Bunch, Sorted, bunches_around
from diplograph.render.common import (
    as_of_words,
    corners_of,
    counted,
    edges_of,
    notes_of,
    only_pending,
    size_of,
)  # fmt: skip
from diplograph.render.gather import Request, also_called, gather
from diplograph.render.layout import ovals
from diplograph.render.picture import Node, Picture, Point
from diplograph.render.ties import bundles, networks

if TYPE_CHECKING:
    import networkx as nx

__all__ = ["around_picture"]

_MOST = 1500
_BOLD = 20
_OPENS = "A large mark stands for all further entities of a kind, and opens on a click."
_ORDER = (
    "Country", "Organization", "UnidentifiedParty", "Leader", "Person", "Post", "Agreement",
    "Event", "Project", "Place", "Issue", "ArmsTransfer", "WeaponSystem", "Document",
)  # fmt: skip


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
    ties, muted = bundles(net, far), only_pending(net.edges(keys=True), pending)
    found = gather(request, entities, ties)
    facts = {fact.id: fact for fact in found.facts}
    order = {iri: _in_class(entities[iri], found.of_node[iri], facts) for iri in far}
    ties_of = {iri: flat.degree(iri) if iri in flat else 1 for iri in far}
    groups = bunches_around(far, entities, order.__getitem__, ties_of.__getitem__)
    held = {iri for group in groups for iri in group.members}
    rings = [
        [iri for iri in far if far[iri] == distance and iri not in held]
        for distance in range(1, max(far.values()) + 1)
    ]
    laid = {named.id: _Place((0.0, 0.0), 0, "below")}
    laid |= _grouped(rings[0], groups, order) if groups else _ringed(rings, order, flat)
    rooms = _rooms(laid)
    near = rings[0] if len(rings) > 1 or groups else ()
    also = also_called(request.graph, far)
    nodes = tuple(
        Node(
            entity=entities[iri],
            at=laid[iri].at,
            size=17.0 if far[iri] == 0 else size_of(ties_of[iri], laid[iri].most),
            weight=1e6 if far[iri] == 0 else (depth - far[iri]) * 1e4 + ties_of[iri],
            tier=0 if far[iri] == 0 else 1 if iri in near and len(near) <= _BOLD else 2,
            side=laid[iri].side,
            room=rooms.get(iri, 0.0),
            muted=iri in muted,
            facts=found.of_node[iri],
            also=also.get(iri, ()),
        )
        for iri in sorted(far)
    ) + tuple(
        Node(
            entity=Entity(f"group:{number}", group.name, group.type),
            at=laid[f"group:{number}"].at,
            size=round(8.0 + 1.6 * sqrt(len(group.members)), 1),
            weight=5e3 + len(group.members),
            tier=1,
            side=laid[f"group:{number}"].side,
            holds=group.members,
        )
        for number, group in enumerate(groups)
    )
    edges = edges_of(found, pending, faint=lambda a, b: far[a] + far[b] > 1)
    reach = f"within {depth} facts" if depth > 1 else "directly"
    summary = f"{counted(len(far) - 1, 'entity', 'entities')} tied to {named.label} {reach}; with "
    alone = (f"No fact that counts here ties {named.label} to anything else.",) * (len(far) == 1)
    return Picture(
        kind="around",
        title=f"Around {named.label}",
        summary=summary
        + f"{counted(len(found.facts), 'fact', 'facts')} about them{as_of_words(request)}.",
        nodes=nodes,
        edges=edges,
        facts=found.facts,
        notes=(*alone, *(_OPENS,) * bool(groups), *notes_of(named.note, request)),
        corners=corners_of(place.at for place in laid.values()),
        margin=(200.0, 22.0),
        times=found.times,
        owners=found.owners,
        soft=found.soft,
        root=named.id,
        depth=depth,
        dated=request.as_of is not None,
    )


class _Place(NamedTuple):
    """Where something stands, in which ring, on which side its label, how large it may be."""

    at: Point
    ring: int
    side: str
    most: float = 13.0


def _ringed(
    rings: list[list[str]], order: dict[str, Sorted], flat: nx.Graph[str]
) -> dict[str, _Place]:
    """Places ring by ring.

    The first ring is sorted by class and time, the others stand near what they hang on.
    """
    laid: dict[str, _Place] = {}
    for number, (members, oval) in enumerate(zip(rings, ovals(map(len, rings)), strict=True), 1):
        if number == 1:
            members.sort(key=order.__getitem__)
        else:
            members.sort(key=lambda iri: (_angle(flat, iri, laid), order[iri][2:]))
        laid |= _along(members, oval, number)
    return laid


def _grouped(
    near: list[str], groups: Sequence[Bunch], order: dict[str, Sorted]
) -> dict[str, _Place]:
    """Places in two rings: what is near, and the groups or, when one is open, its members."""
    near.sort(key=order.__getitem__)
    names = [f"group:{number}" for number in range(len(groups))]
    first, outer = ovals((len(near), len(groups)))
    laid = _along(near, first, 1) | _along(names, outer, 2)
    for group in groups:
        laid |= _along(group.members, ovals((len(near), len(group.members)))[1], 2)
    return laid


def _along(members: Sequence[str], oval: Sequence[Point], ring: int) -> dict[str, _Place]:
    most = max(min(13.0, 0.48 * abs(oval[1][1] - oval[0][1])), 6.0) if len(oval) > 2 else 13.0
    return {
        iri: _Place(at, ring, "right" if at[0] > 0 else "left", most)
        for iri, at in zip(members, oval, strict=True)
    }


def _rooms(laid: dict[str, _Place]) -> dict[str, float]:
    """How wide the labels of inner rings may be, so that they end before the next ring."""
    found = {}
    for iri, ((x, y), ring, *_) in laid.items():
        beyond = [
            abs(there[0])
            for there, further, *_ in laid.values()
            if further == ring + 1 and abs(there[1] - y) < 34
        ]
        if ring and beyond:
            found[iri] = round(max(min(beyond) - abs(x) - 36.0, 60.0), 1)
    return found


def _in_class(
    entity: Entity, own: Iterable[str], facts: dict[str, Fact]
) -> tuple[int, str, str, str]:
    order = _ORDER.index(entity.type) if entity.type in _ORDER else len(_ORDER)
    times = (w.earliest or w.latest or "" for f in own if (w := facts[f].when))
    dated = entity.type in ("Agreement", "Event", "ArmsTransfer")
    return (order, next((t for t in times if t), "9999") if dated else "", entity.label, entity.id)


def _angle(flat: nx.Graph[str], iri: str, laid: dict[str, _Place]) -> float:
    """The direction of what an entity hangs on, clockwise from the top; the rare weigh most."""
    x = y = 0.0
    for other in sorted(flat[iri]):
        if other in laid:
            turn = atan2(laid[other].at[0], -laid[other].at[1])
            x += cos(turn) / flat.degree(other) ** 2
            y += sin(turn) / flat.degree(other) ** 2
    return round(atan2(y, x) % (2 * pi), 9)


def _check(count: int, advice: str) -> None:
    if count > _MOST:
        raise OptionError(f"no picture is legible with the {count} entities {advice}.")
