"""What a page knows of one of its pictures: places and looks of nodes and lines, behind them areas.

Nodes and lines are pyvis nodes and edges, written as columns. A node is an entity, by its number in
the record of the page (:mod:`diplograph.render.record`), or a group of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from diplograph.render.looks import CLASSES, OTHER
from diplograph.render.picture import Edge, Node, Picture, State
from diplograph.render.shared import columns
from diplograph.render.words import plain

__all__ = ["FAR", "day", "part"]

FAR = 9_999_999
"""After all days."""

_OPTICAL = {
    "dot": 1.0, "square": 0.9, "diamond": 1.2, "triangle": 1.1, "triangleDown": 1.1, "hexagon": 1.1,
    "star": 1.6,
}  # fmt: skip
"""What makes shapes of one size look equally large."""


def part(
    picture: Picture, entities: dict[str, int], ties: Sequence[int], crossing: Sequence[int]
) -> dict[str, Any]:
    """A picture as JSON values; ``entities``, ``ties`` and ``crossing`` are numbers in the record.

    ``crossing`` are those of the ties between groups, of which each line of a picture of groups
    stands for several.
    """
    from pyvis.network import Network

    # Directed, because an undirected pyvis network drops parallel edges and takes quadratic time.
    network = Network(directed=True)
    number = {node.entity.id: i for i, node in enumerate(picture.nodes)}
    for i, node in enumerate(picture.nodes):
        _add_node(network, i, node, entities, number)
    for tie, edge in enumerate(picture.edges):
        _add_line(network, tie, edge, (number[edge.one], number[edge.two]))
    straight = not any(edge.through or edge.bend for edge in picture.edges)
    return {
        "kind": picture.kind,
        "title": plain(picture.title),
        "summary": plain(picture.summary),
        "remarks": remarks(picture),
        "margin": picture.margin,
        "corners": [[round(v, 1) for v in corner] for corner in picture.corners],
        "nodes": columns(_told(node) for node in network.nodes),
        "lines": 0 if straight else columns(_told(line) for line in network.edges),
        "ties": ties,
        "faint": [n for n, edge in enumerate(picture.edges) if edge.faint],
        "crossing": crossing,
        "ends": [[number[e.one], number[e.two]] for e in picture.edges]
        if picture.kind == "groups" else 0,
        "dated": picture.dated,
        "root": number.get(picture.root or ""),
        "depth": picture.depth,
        "part": picture.part,
        "around": picture.around,
        "areas": [
            {"points": a.points, "tint": a.tint, "label": plain(a.label), "at": a.at,
             "of": [number[iri] for iri in a.members if iri in number]}
            for a in picture.areas
        ],
        "ticks": [
            {"text": t.text, "y": round(t.y, 1), "left": t.left, "right": t.right,
             "narrow": round(t.narrow, 1), "of": t.of}
            for t in picture.ticks
        ],
    }  # fmt: skip


def remarks(picture: Picture) -> list[str]:
    """What the panel says of a picture as a whole, paragraph by paragraph."""
    told = [*picture.told, *picture.notes]
    if picture.absence:
        links = picture.kind == "links"
        told.insert(0, f"{'Nothing was concluded: ' if links else ''}{picture.absence.detail}")
    if picture.pending:
        told.append("Solid lines lead to what was concluded, dashed ones to what is pending.")
    return [plain(text) for text in told]


def day(number: int) -> int:
    """A day as the page has it: 0 and :data:`FAR` before and after all."""
    return max(0, min(number, FAR))


def _told(of: dict[str, Any]) -> dict[str, Any]:
    """A pyvis node or edge without what the record says and what is not there."""
    return {name: value for name, value in of.items() if value is not None and name not in (
        "label", "arrows", "id", "shape"
    )}  # fmt: skip


def _add_node(
    network: Any, i: int, node: Node, entities: dict[str, int], number: dict[str, int]
) -> None:
    shape, _, _ = CLASSES.get(node.entity.type, OTHER)
    label = plain(node.entity.label) or "(no name)"
    group = node.stands_for_others
    network.add_node(
        i,
        label=label,
        shape=shape,
        name=label if group else None,
        entity=None if group else entities[node.entity.id],
        opens=node.opens,
        kind=node.entity.type if node.holds else None,
        holds=[number[iri] for iri in node.holds] or None,
        x=round(node.at[0], 1),
        y=round(node.at[1], 1),
        size=round(node.size * _OPTICAL[shape], 1),
        weight=round(node.weight, 3),
        tier=node.tier,
        side=node.side,
        room=node.room,
        date=plain(node.date),
        dated=plain(node.dated),
        note=plain(node.note),
        muted=node.muted,
        narrow=None if node.narrow is None else [round(v, 1) for v in node.narrow],
        life=[_state(state) for state in node.life] or None,
        along=[number[iri] for iri in node.along if iri in number] or None,
    )


def _state(state: State) -> dict[str, Any]:
    if not state.shown:
        return {"since": day(state.since), "shown": False}
    return {
        "since": day(state.since),
        "shown": True,
        "muted": state.muted,
        "possibly": state.possibly,
        "date": plain(state.date),
        "dated": plain(state.dated),
        "note": plain(state.note),
    }


def _add_line(network: Any, tie: int, edge: Edge, ends: tuple[int, int]) -> None:
    """One pyvis edge for a tie, or several over unseen nodes where it passes through points."""
    stops: list[int | str] = [ends[0]]
    for n, (x, y) in enumerate(edge.through):
        stops.append(f"{tie}-{n}")
        network.add_node(
            stops[-1], label=" ", shape="dot", stop=stops[-1], size=0, x=round(x, 1), y=round(y, 1),
            narrow=[round(v, 1) for v in edge.narrow[n]] if edge.narrow else None,
        )  # fmt: skip
    stops.append(ends[1])
    for one, two in pairwise(stops):
        network.add_edge(one, two, tie=tie, bend=edge.bend, arrows="", width=1)
