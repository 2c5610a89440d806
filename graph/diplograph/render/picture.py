"""What a picture is made of, before it becomes a page. Lengths are in pixels at scale one."""

from __future__ import annotations

from dataclasses import dataclass, field

from diplograph.model import Absence, Entity, Fact, Link

__all__ = ["Area", "Edge", "Node", "Picture", "Point", "Tick"]

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Node:
    """An entity at its place.

    ``weight`` says how early its label is drawn, ``tier`` how large (0 the largest; 3 is not drawn
    until there is plenty of room). ``side`` is where the label goes (``right``, ``left``,
    ``below``, ``above``, or ``auto`` for wherever there is room) and ``room`` how wide it may
    become, 0 for the usual. A short ``date`` stands before it, a ``note`` after it; ``dated`` is
    the date in full. ``narrow`` is its place on the screen of a phone, where that differs.
    """

    entity: Entity
    at: Point
    size: float = 8.0
    weight: float = 0.0
    tier: int = 2
    side: str = "auto"
    room: float = 0.0
    date: str = ""
    dated: str = ""
    note: str = ""
    muted: bool = False
    facts: tuple[str, ...] = ()
    narrow: Point | None = None


@dataclass(frozen=True, slots=True)
class Edge:
    """All the facts that tie two entities (IRIs), drawn as one line.

    ``through`` are points that the line passes; ``bend`` is how its parts are curved
    (``horizontal``, ``vertical`` or empty for straight); ``faint`` draws it in the background.
    ``narrow`` are the same points on the screen of a phone.
    """

    one: str
    two: str
    facts: tuple[str, ...]
    dashed: bool = False
    faint: bool = False
    bend: str = ""
    through: tuple[Point, ...] = ()
    narrow: tuple[Point, ...] = ()


@dataclass(frozen=True, slots=True)
class Area:
    """A tinted hull behind nodes that belong together, with an optional heading at ``at``."""

    points: tuple[Point, ...]
    tint: int
    label: str = ""
    at: Point = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Tick:
    """A year at the margin and a hairline across, from ``left`` to ``right`` at height ``y``.

    ``narrow`` is its height on the screen of a phone.
    """

    text: str
    y: float
    left: float
    right: float
    narrow: float


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that a page shows.

    ``facts`` are those of the nodes and edges in order of time; ``links`` are the agreements of a
    picture of the links between two parties, the concluded first. ``corners`` enclose all places;
    ``margin`` is what labels need beside them, whatever the scale.
    """

    kind: str
    title: str
    summary: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    facts: tuple[Fact, ...]
    areas: tuple[Area, ...] = ()
    ticks: tuple[Tick, ...] = ()
    links: tuple[Link, ...] = ()
    pending: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    absence: Absence | None = None
    corners: tuple[Point, Point] = field(default=((0.0, 0.0), (0.0, 0.0)))
    margin: Point = (40.0, 40.0)
