"""The whole graph as clusters placed apart; in the middle the few entities that tie all of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import atan2, ceil, cos, hypot, pi, sin

from diplograph.render.packing import packed
from diplograph.render.picture import Area, Point
from diplograph.render.ties import Near, among

__all__ = ["Clusters", "hull", "place_clusters"]

_APART = 31.0
_LARGE = 40
_SMALL = 6
_FEW = 9
_ROUNDS, _ENOUGH = 200, 1e-3
_THEMES = {
    "ArmsTransfer": "Arms transfers and weapon systems",
    "WeaponSystem": "Arms transfers and weapon systems",
    "Agreement": "Agreements",
    "Event": "Events",
    "Place": "Places",
    "Issue": "Issues",
    "Organization": "Organizations and companies",
    "Country": "Countries",
    "Leader": "People",
    "Person": "People",
    "Post": "People",
}


@dataclass(frozen=True, slots=True)
class Clusters:
    """Where everything stands, the tinted hulls, and the cluster of each entity (-1 for hubs).

    ``chiefs`` are the entities with the most ties within a cluster that has no heading.
    """

    places: dict[str, Point]
    areas: tuple[Area, ...]
    cluster: dict[str, int]
    chiefs: frozenset[str]


@dataclass(slots=True)
class _Group:
    title: str
    members: list[str]
    places: dict[str, Point]
    radius: float = 0.0


def place_clusters(flat: Near, types: dict[str, str]) -> Clusters:
    """Places for all nodes of a network; ``types`` are their classes."""
    hubs = _hubs(flat)
    rest = among(flat, sorted(flat.keys() - set(hubs)))
    groups = [_arranged(title, members, rest) for title, members in _groups(rest, types)]
    groups.sort(key=lambda g: (-g.radius, g.members))
    centres = packed([g.radius for g in groups], _hub_radius(len(hubs)))
    places: dict[str, Point] = dict(zip(hubs, _hub_places(len(hubs)), strict=True))
    cluster = dict.fromkeys(hubs, -1)
    areas = []
    for number, (group, (x, y)) in enumerate(zip(groups, centres, strict=True)):
        for member in group.members:
            dx, dy = group.places[member]
            places[member] = (x + dx, y + dy)
            cluster[member] = number
        outline = hull([places[m] for m in group.members])
        top = min(outline, key=lambda p: (p[1], p[0]))
        members = tuple(group.members)
        areas.append(Area(tuple(outline), number % 6, group.title, (x, top[1] - 4), members))
    chiefs = frozenset(_chief(group.members, rest) for group in groups if not group.title)
    return Clusters(places, tuple(areas), cluster, chiefs)


def _chief(members: list[str], rest: Near) -> str:
    inside = set(members)
    return max(members, key=lambda node: (len(inside.intersection(rest[node])), node))


def hull(points: Sequence[Point], margin: float = 26.0) -> list[Point]:
    """The convex outline around all points, ``margin`` away from them, with rounded corners."""
    corner = [(margin * cos(k * pi / 6), margin * sin(k * pi / 6)) for k in range(12)]
    ring = [(round(x + dx, 1), round(y + dy, 1)) for x, y in _convex(points) for dx, dy in corner]
    return _convex(ring)


def _convex(points: Sequence[Point]) -> list[Point]:
    """Those of the points that are the corners of their convex outline, in order around it."""
    ordered = sorted(set(points))
    if len(ordered) < 3:
        return ordered
    halves = []
    for run in (ordered, ordered[::-1]):
        half: list[Point] = []
        for p in run:
            while len(half) > 1 and _turn(half[-2], half[-1], p) <= 0:
                half.pop()
            half.append(p)
        halves.append(half[:-1])
    return halves[0] + halves[1]


def _turn(a: Point, b: Point, c: Point) -> float:
    return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0])


def _hubs(flat: Near) -> list[str]:
    """The few entities tied to so much that they would pull all clusters into one."""
    least = max(14, 0.1 * len(flat))
    degrees = sorted(((-len(others), node) for node, others in flat.items()))
    return [node for degree, node in degrees[:7] if -degree >= least]


def _groups(rest: Near, types: dict[str, str]) -> list[tuple[str, list[str]]]:
    """What belongs together: communities; of small components, those about the same matter."""
    found: list[tuple[str, list[str]]] = []
    small: dict[str, list[str]] = defaultdict(list)
    for component in sorted(_connected(list(rest), rest)):
        for part in _communities(rest, component) if len(component) > _LARGE else [component]:
            if len(part) < _SMALL:
                small[_theme(part, types)] += part
            else:
                found.append(("", part))
    few = [title for title in small if len(small[title]) < _FEW]
    if len(few) > 1:
        left = [node for title in few for node in small.pop(title)]
        small["Others"] += left
    return found + sorted((title, sorted(members)) for title, members in small.items())


def _communities(rest: Near, component: list[str]) -> list[list[str]]:
    import networkx as nx

    numbers = {node: number for number, node in enumerate(component)}
    numbered = nx.Graph()
    numbered.add_nodes_from(range(len(component)))
    edges = sorted((numbers[a], numbers[b]) for a in component for b in rest[a] if a < b)
    numbered.add_edges_from(edges)
    parts = nx.community.louvain_communities(numbered, seed=1)
    return sorted(sorted(component[i] for i in part) for part in parts)


def _theme(part: list[str], types: dict[str, str]) -> str:
    own = {types[node] for node in part}
    return next((title for name, title in _THEMES.items() if name in own), "Others")


def _arranged(title: str, members: list[str], rest: Near) -> _Group:
    """A group with its connected pieces drawn each for itself and packed side by side."""
    pieces = sorted(_connected(members, rest), key=lambda c: (-len(c), c))
    drawn = [_piece(rest, piece) for piece in pieces]
    radii = [max(hypot(*p) for p in places) + _APART / 2 for places in drawn]
    centres = packed(radii, 0.0, flat=1.2, gap=2.0)
    group = _Group(title, sorted(members), {})
    for piece, places, (x, y) in zip(pieces, drawn, centres, strict=True):
        for node, (dx, dy) in zip(piece, places, strict=True):
            group.places[node] = (x + dx, y + dy)
    middle_x = sum(x for x, _ in group.places.values()) / len(members)
    middle_y = sum(y for _, y in group.places.values()) / len(members)
    group.places = {n: (x - middle_x, y - middle_y) for n, (x, y) in group.places.items()}
    group.radius = max(hypot(x, y) for x, y in group.places.values()) + 30.0
    return group


def _piece(rest: Near, piece: list[str]) -> list[Point]:
    """Places for a connected piece around the middle, as far apart as its ties are long."""
    if len(piece) < 3:
        return [(0.0, 0.0)] if len(piece) == 1 else [(-_APART * 0.6, 0.0), (_APART * 0.6, 0.0)]
    return _pushed(_stress(_walked(rest, piece), rest, piece))


def _connected(members: list[str], rest: Near) -> list[list[str]]:
    """The members in connected pieces, each in order."""
    left, pieces = set(members), []
    while left:
        piece = [left.pop()]
        for node in piece:
            met = left.intersection(rest[node])
            left -= met
            piece += met
        pieces.append(sorted(piece))
    return pieces


def _walked(rest: Near, piece: list[str]) -> list[str]:
    """The nodes in the order of a walk into depth, so that neighbours start near each other."""
    own = set(piece)
    near = {node: sorted(own.intersection(rest[node])) for node in piece}
    walk: list[str] = []
    met: set[str] = set()
    ahead = [min(piece, key=lambda node: (-len(near[node]), node))]
    while ahead:
        node = ahead.pop()
        if node not in met:
            met.add(node)
            walk.append(node)
            ahead += reversed(near[node])
    return walk


def _stress(walk: list[str], rest: Near, order: list[str]) -> list[Point]:
    """Distances on paper made like distances in the graph, by majorization of stress.

    Gansner, Koren and North, Graph Drawing by Stress Majorization (2004); a round moves all nodes
    at once, and the rounds end where they hardly lessen the stress.
    """
    import numpy as np
    from scipy.sparse import csr_array
    from scipy.sparse.csgraph import shortest_path

    place = {node: number for number, node in enumerate(walk)}
    pairs = [(place[a], place[b]) for a in walk for b in rest[a] if b in place]
    ends = np.array(pairs, np.int32).T
    ties = csr_array((np.ones(len(pairs)), (ends[0], ends[1])), shape=(len(walk), len(walk)))
    goal = _APART * 1.25 * shortest_path(ties, unweighted=True) ** 0.9
    weight = np.divide(1.0, goal**2, out=np.zeros_like(goal), where=goal > 0)
    wanted = weight * goal
    pull = np.diag(weight.sum(axis=1)) - weight
    lever = np.linalg.inv(pull + 1.0 / len(walk)) - 1.0 / len(walk)
    turn = 2 * np.pi * np.arange(len(walk)) / len(walk)
    places = np.stack([np.cos(turn), np.sin(turn)], axis=1) * float(goal.max()) / 2
    before = np.inf
    across, along = np.empty_like(goal), np.empty_like(goal)  # most pieces are small: no new arrays
    for number in range(_ROUNDS):
        x, y = places.T
        np.subtract(x[:, None], x, out=across)
        np.subtract(y[:, None], y, out=along)
        distance = np.hypot(across, along, out=across)
        if number % 4 == 0:
            stress = float((weight * (distance - goal) ** 2).sum())
            if before - stress <= _ENOUGH * stress:
                break
            before = stress
        ratio = np.divide(wanted, np.maximum(distance, 1e-6, out=along), out=along)
        places = lever @ (np.add.reduce(ratio, axis=1)[:, None] * places - ratio @ places)
    places -= places.mean(axis=0)
    at = {node: (float(x), float(y)) for node, (x, y) in zip(walk, places, strict=True)}
    return [at[node] for node in order]


def _pushed(places: list[Point], apart: float = _APART, rounds: int = 60) -> list[Point]:
    """The places moved apart until no two are nearer than ``apart``."""
    moved = [list(p) for p in places]
    for _ in range(rounds):
        still = True
        for i in range(len(moved)):
            for j in range(i):
                dx, dy = moved[i][0] - moved[j][0], moved[i][1] - moved[j][1]
                distance = hypot(dx, dy)
                if distance >= apart - 0.01:
                    continue
                still = False
                angle = atan2(dy, dx) if distance > 1e-6 else i * 2.4
                push = (apart - distance) / 2
                moved[i][0] += push * cos(angle)
                moved[i][1] += push * sin(angle)
                moved[j][0] -= push * cos(angle)
                moved[j][1] -= push * sin(angle)
        if still:
            break
    return [(x, y) for x, y in moved]


def _hub_radius(count: int) -> float:
    return 0.0 if count == 0 else 70.0 if count == 1 else 60.0 + 26.0 * count


def _hub_places(count: int) -> list[Point]:
    if count == 1:
        return [(0.0, 0.0)]
    reach = _hub_radius(count) - 55.0
    start = pi if count == 2 else -pi / 2
    return [
        (
            ceil(1.3 * reach * cos(start + 2 * pi * k / count)),
            ceil(reach * sin(start + 2 * pi * k / count)),
        )
        for k in range(count)
    ]
