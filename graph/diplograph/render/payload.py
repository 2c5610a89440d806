"""The data of a page: what its scripts read. Places, looks, and on which days each thing counts.

Nodes and lines are pyvis nodes and edges. Of a fact the page has, by its number: the days on which
it counts (possibly from, to; surely from, to), stage, grade and source (numbers of the names), and
the nodes that it is of; its words stand in the tables. Of a line (``ties``) it has the facts behind
it and, where that differs from the fact's own time, on which days each counts (``told``: since,
since when as concluded, until; 0 where it does not differ). Days are numbers from 1 January of the
year 1; 0 and :data:`FAR` stand for before and after all of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise
from typing import Any

from diplograph.model import STATES, Fact
from diplograph.render.looks import CLASSES, OTHER, classes_of
from diplograph.render.picture import Edge, Node, Picture, State, Times
from diplograph.render.words import class_words, plain

__all__ = ["FAR", "names_of", "payload"]

FAR = 9_999_999
"""After all days."""

_OPTICAL = {
    "dot": 1.0, "square": 0.9, "diamond": 1.2, "triangle": 1.1, "triangleDown": 1.1, "hexagon": 1.1,
    "star": 1.6,
}  # fmt: skip
"""What makes shapes of one size look equally large."""


def payload(picture: Picture) -> dict[str, Any]:
    """Everything that the scripts of a page need to know of a picture, as JSON values."""
    from pyvis.network import Network

    # Directed, because an undirected pyvis network drops parallel edges and takes quadratic time.
    network = Network(directed=True)
    number = {node.entity.id: i for i, node in enumerate(picture.nodes)}
    fact_number = {fact.id: i for i, fact in enumerate(picture.facts)}
    for i, node in enumerate(picture.nodes):
        _add_node(network, i, node, fact_number, number)
    ties: list[dict[str, Any]] = []
    for edge in picture.edges:
        ends = (number[edge.one], number[edge.two])
        _add_line(network, len(ties), edge, ends)
        ties.append(_tie(edge, ends, fact_number, picture.times))
    return {
        "kind": picture.kind,
        "title": plain(picture.title),
        "margin": picture.margin,
        "corners": [[round(v, 1) for v in corner] for corner in picture.corners],
        "classes": {name: _look(name) for name in classes_of(picture)},
        "nodes": network.nodes,
        "lines": network.edges,
        "ties": ties,
        "facts": _facts(picture, number),
        "dated": picture.dated,
        "root": number.get(picture.root or ""),
        "depth": picture.depth,
        "part": picture.part,
        "areas": [
            {"points": a.points, "tint": a.tint, "label": plain(a.label), "at": a.at}
            for a in picture.areas
        ],
        "ticks": [
            {
                "text": t.text,
                "y": round(t.y, 1),
                "left": t.left,
                "right": t.right,
                "narrow": round(t.narrow, 1),
            }
            for t in picture.ticks
        ],
    }


def names_of(picture: Picture) -> dict[str, list[str]]:
    """The stages, grades and sources of the facts, each in a fixed order."""
    facts = picture.facts
    return {
        "stages": sorted({plain(f.stage) for f in facts if f.stage}),
        "grades": sorted({plain(f.grade) for f in facts}),
        "sources": sorted({plain(f.source) for f in facts}),
    }


def _facts(picture: Picture, number: dict[str, int]) -> dict[str, Any]:
    names = names_of(picture)
    stage, grade, source = (
        {name: i for i, name in enumerate(names[kind])} for kind in ("stages", "grades", "sources")
    )
    return {
        **names,
        "soft": [name for name in names["stages"] if name in map(plain, picture.soft)],
        "time": [
            [_day(first), _day(last), _day(sure), _day(until)]
            for (first, last), (sure, until) in picture.times
        ],
        "years": [_years(fact) for fact in picture.facts],
        "possibly": [i for i, fact in enumerate(picture.facts) if fact.holds != "definitely"],
        "lasts": [int(fact.kind in STATES) for fact in picture.facts],
        "stage": [stage.get(plain(fact.stage or ""), -1) for fact in picture.facts],
        "grade": [grade[plain(fact.grade)] for fact in picture.facts],
        "source": [source[plain(fact.source)] for fact in picture.facts],
        "of": [[number[iri] for iri in own if iri in number] for own in picture.owners],
    }


def _day(day: int) -> int:
    return max(0, min(day, FAR))


def _years(fact: Fact) -> list[int | None] | None:
    """The first and last year that a fact can mean, None where it is open; None for no date."""
    if fact.when is None:
        return None
    first, last = fact.when.earliest, fact.when.latest
    return [int(first[:4]) if first else None, int(last[:4]) if last else None]


def _tie(
    edge: Edge, ends: tuple[int, int], fact_number: dict[str, int], times: tuple[Times, ...]
) -> dict[str, Any]:
    told: list[Any] = []
    for tie in edge.ties:
        (first, last), _ = times[fact_number[tie.fact]]
        same = (tie.since, tie.firm, tie.last) == (first, first, last)
        told.append(0 if same else [_day(tie.since), _day(tie.firm), _day(tie.last)])
    return {
        "ends": ends,
        "facts": [fact_number[tie.fact] for tie in edge.ties],
        "told": told if any(told) else 0,
        "ways": [int(way[0]) + 2 * int(way[1]) for way in (tie.way for tie in edge.ties)]
        if any(any(tie.way) for tie in edge.ties)
        else 0,
        "dashed": edge.dashed,
        "faint": edge.faint,
        "fixed": edge.fixed,
    }


def _add_node(
    network: Any, i: int, node: Node, fact_number: dict[str, int], number: dict[str, int]
) -> None:
    shape, _, _ = CLASSES.get(node.entity.type, OTHER)
    network.add_node(
        i,
        label=plain(node.entity.label) or "(no name)",
        shape=shape,
        group=plain(node.entity.type),
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
        facts=[fact_number[f] for f in node.facts],
        narrow=None if node.narrow is None else [round(v, 1) for v in node.narrow],
        **_optional("life", [_state(state) for state in node.life]),
        **_optional("along", [number[iri] for iri in node.along if iri in number]),
        **_optional("also", [plain(name) for name in node.also]),
        **({} if node.opens is None else {"opens": node.opens}),
    )


def _optional(name: str, values: list[Any]) -> dict[str, list[Any]]:
    return {name: values} if values else {}


def _state(state: State) -> dict[str, Any]:
    if not state.shown:
        return {"since": _day(state.since), "shown": False}
    return {
        "since": _day(state.since),
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
            stops[-1], label=" ", shape="dot", group="", size=0, x=round(x, 1), y=round(y, 1),
            narrow=[round(v, 1) for v in edge.narrow[n]] if edge.narrow else None,
        )  # fmt: skip
    stops.append(ends[1])
    for one, two in pairwise(stops):
        network.add_edge(
            one, two, tie=tie, bend=edge.bend, arrows="", width=edge.weight or _width(edge.facts)
        )


def _width(facts: Iterable[str]) -> float:
    return round(min(3.0, 0.75 + 0.25 * len(tuple(facts))), 2)


def _look(name: str) -> dict[str, Any]:
    _, colour, filled = CLASSES.get(name, OTHER)
    return {"colour": colour, "filled": filled, "name": class_words(name)}
