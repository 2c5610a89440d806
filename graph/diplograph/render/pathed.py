"""The picture of the paths between two entities: lines of steps, one above the other."""

from __future__ import annotations

from itertools import pairwise

from diplograph import answers
from diplograph.facts import entities_of
from diplograph.paths import Path
from diplograph.render.gather import Request, also_called, gather
from diplograph.render.picture import Edge, Node, Picture, Point
from diplograph.render.ties import bundles, network_of
from diplograph.render.words import date_words

__all__ = ["path_picture"]

_STEP, _ROW = 290.0, 140.0


def path_picture(request: Request, x: str, y: str, *, most: int = 3, weak: bool = False) -> Picture:
    """X at the left, Y at the right, and between them what each of the paths leads through.

    The best path is in the middle, the others in turn above and below it. An entity that several
    lead through stands where the best of these has it.
    """
    answer = answers.path(
        x, y, graph=request.graph, most=most, weak=weak, include=request.include,
        as_of=request.as_of.edtf if request.as_of else None, sources=request.sources,
    )  # fmt: skip
    one, two = answer.question.x, answer.question.y
    assert one is not None
    assert two is not None
    places, sides, rooms = _places(answer.paths, one.id, two.id)
    entities = entities_of(request.graph, places)
    net = network_of(request, request.include)
    steps = {
        tuple(sorted(pair))
        for path in answer.paths
        for pair in pairwise(entity.id for entity in path.entities)
    }
    told: dict[tuple[str, ...], set[str]] = {pair: set() for pair in steps}
    for path in answer.paths:
        for step in path.steps:
            told[tuple(sorted((step.from_.id, step.to.id)))].add(step.fact)
    between = bundles(net, places)
    ties = {
        (pair[0], pair[1]): tuple(sorted(told[pair] | set(between.get((pair[0], pair[1]), ()))))
        for pair in sorted(steps)
    }
    found = gather(request, entities, ties)
    also = also_called(request.graph, places)
    ends = {one.id, two.id}
    nodes = tuple(
        Node(
            entity=entities[iri],
            at=places[iri],
            size=17.0 if iri in ends else 11.0,
            weight=1e6 if iri in ends else 1e4 - abs(places[iri][1]),
            tier=0 if iri in ends else 1,
            side="below" if iri in ends else sides[iri],
            room=0.0 if iri in ends else rooms[iri],
            facts=found.of_node[iri],
            also=also.get(iri, ()),
        )
        for iri in sorted(places)
    )
    edges = tuple(
        Edge(
            pair[0], pair[1], tied,
            dashed=all(tie.fact in found.unsure for tie in tied),
        )
        for pair, tied in found.of_pair.items()
    )  # fmt: skip
    count = len(answer.paths)
    xs, ys = [x for x, _ in places.values()], [y for _, y in places.values()]
    return Picture(
        kind="path",
        title=f"How {one.label} and {two.label} are connected",
        summary=_summary(count),
        nodes=nodes,
        edges=edges,
        facts=found.facts,
        told=tuple(_told(n, path) for n, path in enumerate(answer.paths, 1)),
        notes=answer.notes,
        absence=answer.absence,
        corners=((min(xs), min(ys)), (max(xs), max(ys))),
        margin=(130.0, 60.0),
        times=found.times,
        owners=found.owners,
        soft=found.soft,
        dated=request.as_of is not None,
    )  # fmt: skip


def _summary(count: int) -> str:
    if count == 0:
        return "No meaningful connection is on record."
    return "1 path." if count == 1 else f"{count} paths, the one that tells most in the middle."


def _places(
    paths: tuple[Path, ...], one: str, two: str
) -> tuple[dict[str, Point], dict[str, str], dict[str, float]]:
    """Where everything stands, and the side and the room of the labels of what is between.

    Along a path they stand below and above in turn, so that each has the room of two steps.
    """
    longest = max((len(path.entities) for path in paths), default=3)
    width = _STEP * (longest - 1)
    places: dict[str, Point] = {one: (0.0, 0.0), two: (width, 0.0)}
    sides: dict[str, str] = {}
    rooms: dict[str, float] = {}
    for number, path in enumerate(paths):
        row = (number + 1) // 2 * (_ROW if number % 2 else -_ROW)
        inner = path.entities[1:-1]
        step = width / (len(inner) + 1)
        for place, entity in enumerate(inner, 1):
            if entity.id not in places:
                places[entity.id] = (step * place, row)
                sides[entity.id] = "below" if place % 2 else "above"
                rooms[entity.id] = 1.25 * step
    return places, sides, rooms


def _told(number: int, path: Path) -> str:
    """A path in words: its steps with their dates, and whether they held together."""
    steps = dict.fromkeys(
        f"{date_words(step.when) or 'No date'}: {step.statement}" for step in path.steps
    )
    through = ", ".join(entity.label for entity in path.entities[1:-1]) or "no one"
    return f"{number}. Through {through}. " + " ".join(steps)
