"""The pictures of the whole graph: one of clusters, or groups that open."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from math import log2, sqrt

from diplograph.facts import entities_of
from diplograph.model import Entity
from diplograph.render.clusters import place_clusters
from diplograph.render.common import (
    Pending,
    as_of_words,
    corners_of,
    counted,
    edges_of,
    notes_of,
    only_pending,
    size_of,
)  # fmt: skip
from diplograph.render.gather import Gathered, Parts, Request, also_called, gather
from diplograph.render.packing import packed
from diplograph.render.parts import Part, divide
from diplograph.render.picture import Edge, Node, Picture
from diplograph.render.ties import Near, among, bundles_of, neighbours, pending_of, tied

__all__ = ["whole_pictures"]

_LEGIBLE = 300
"""Up to how many entities the whole graph is one picture."""

_STRONGEST = 3


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
        request, only_pending(rows, pending), pending, entities, flat, found, Parts(found),
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
    pending: Pending
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
            size=size_of(len(own[iri]), 30.0 if iri in hubs else 18.0),
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
    edges = edges_of(
        found, pending, faint=lambda a, b: laid.cluster[a] != laid.cluster[b] or a in hubs
    )
    return Picture(
        kind="whole",
        title=title,
        summary=f"{counted(len(nodes), 'entity', 'entities')} tied together by "
        f"{counted(len(found.facts), 'fact', 'facts')}{as_of_words(request)}.",
        nodes=nodes,
        edges=edges,
        facts=found.facts,
        areas=laid.areas,
        notes=notes_of(None, request),
        corners=corners_of([p for a in laid.areas for p in a.points] + list(laid.places.values())),
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
        summary=f"{counted(len(part.members), 'entity', 'entities')} in {len(inner)} groups, "
        f"{counted(len(found.of_pair), 'pair', 'pairs')} tied{as_of_words(every.request)}; "
        "a group opens on a click.",
        nodes=nodes,
        edges=edges,
        facts=found.facts,
        crossing=edges_of(replace(found, of_pair=apart), every.pending, faint=lambda a, b: False),
        times=found.times,
        owners=found.owners,
        soft=found.soft,
        notes=(
            "Each disc is a group of entities that facts tie to each other more than to others, "
            "named after those with the most ties in it. Lines are the strongest ties between "
            "groups.",
            *notes_of(None, every.request),
        ),
        corners=corners_of([
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


def _favour(entity: Entity) -> int:
    """Countries and organizations are what people look for first."""
    return {"Country": 40, "Organization": 12, "Leader": 10, "Agreement": 3, "Event": 3}.get(
        entity.type, 0
    )


def _tier(entity: Entity) -> int:
    return 3 if entity.type == "ArmsTransfer" else 2
