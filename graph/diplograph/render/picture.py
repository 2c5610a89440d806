"""What a picture is made of, before it becomes a page. Lengths are in pixels at scale one."""

from __future__ import annotations

from dataclasses import dataclass, field

from diplograph.model import Absence, Entity, Fact, Link

__all__ = ["Area", "Edge", "Node", "Picture", "Point", "State", "Tick", "Tie", "Times", "Way"]

Point = tuple[float, float]

Way = tuple[bool, bool]
"""Whether an edge has a direction from its first end to its second, and back."""

Times = tuple[tuple[int, int], tuple[int, int]]
"""The first and last day on which a fact counts possibly, and those on which it surely does."""


@dataclass(frozen=True, slots=True)
class Tie:
    """How a fact ties two entities: from which day to which, since when among what is concluded.

    Days are numbers as of :func:`diplograph.dates.days`.
    """

    fact: str
    since: int
    firm: int
    last: int
    way: Way = (False, False)


@dataclass(frozen=True, slots=True)
class State:
    """How an agreement stood from a day on; ``shown`` is whether anything of it was known.

    The other fields are those of the node at that time.
    """

    since: int
    shown: bool
    muted: bool = False
    possibly: bool = False
    date: str = ""
    dated: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Node:
    """An entity at its place.

    ``weight`` says how early its label is drawn, ``tier`` how large (0 the largest; 3 is not drawn
    until there is plenty of room). ``side`` is where the label goes (``right``, ``left``,
    ``below``, ``above``, or ``auto`` for wherever there is room) and ``room`` how wide it may
    become, 0 for the usual. A short ``date`` stands before it, a ``note`` after it; ``dated`` is
    the date in full. ``narrow`` is its place on the screen of a phone, where that differs. ``life``
    is how it stood from day to day, ``along`` the entities that are shown because it is, ``also``
    its other names. ``opens`` is the number of the picture that a group of entities
    stands for, ``holds`` are the entities (IRIs) of a group that opens in the same picture, in
    which these have places of their own.
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
    life: tuple[State, ...] = ()
    along: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    opens: int | None = None
    holds: tuple[str, ...] = ()

    @property
    def stands_for_others(self) -> bool:
        """Whether it is a group of entities, and no entity itself."""
        return self.opens is not None or bool(self.holds)


@dataclass(frozen=True, slots=True)
class Edge:
    """All the facts that tie two entities (IRIs), drawn as one line.

    ``ties`` says of each of the facts when it does. What is ``fixed`` is there whenever both its
    ends are.

    ``through`` are points that the line passes; ``bend`` is how its parts are curved
    (``horizontal``, ``vertical`` or empty for straight); ``faint`` draws it in the background.
    ``narrow`` are the same points on the screen of a phone. ``weight`` is its width where the
    number of its facts does not tell that.
    """

    one: str
    two: str
    ties: tuple[Tie, ...]
    dashed: bool = False
    faint: bool = False
    bend: str = ""
    through: tuple[Point, ...] = ()
    narrow: tuple[Point, ...] = ()
    fixed: bool = False
    weight: float = 0.0

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts, in order of time."""
        return tuple(tie.fact for tie in self.ties)


@dataclass(frozen=True, slots=True)
class Area:
    """A tinted hull behind nodes that belong together, with an optional heading at ``at``.

    ``members`` are the entities (IRIs) in it.
    """

    points: tuple[Point, ...]
    tint: int
    label: str = ""
    at: Point = (0.0, 0.0)
    members: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tick:
    """A year at the margin and a hairline across, from ``left`` to ``right`` at height ``y``.

    ``narrow`` is its height on the screen of a phone; ``of`` the number of the group with which it
    is shown, of those that open in the picture, -1 for always.
    """

    text: str
    y: float
    left: float
    right: float
    narrow: float
    of: int = -1


@dataclass(frozen=True, slots=True)
class Picture:
    """Everything that a page shows.

    ``facts`` are those of the nodes and edges in order of time; ``links`` are the agreements of a
    picture of the links between two parties, the concluded first; ``told`` is what the panel says
    of the whole, paragraph by paragraph, beside the ``notes``. ``corners`` enclose all places;
    ``margin`` is what labels need beside them, whatever the scale.

    ``times`` says of each fact on which days it counts, ``owners`` which entities it is of,
    ``soft`` which stages of those of the facts are not concluded ones. ``root`` is the entity in
    the middle and ``depth`` how many facts away others are. ``dated`` is whether the picture is as
    of a date, so that it holds nothing of other dates.

    Of a graph that is too large for one picture, ``part`` is the number of this one, and ``around``
    that of the one that it opens from, -1 for the first. One of groups has all facts of what is in
    them; its edges are between groups, and ``crossing`` those between entities of different ones.
    """

    kind: str
    title: str
    summary: str
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    facts: tuple[Fact, ...]
    crossing: tuple[Edge, ...] = ()
    areas: tuple[Area, ...] = ()
    ticks: tuple[Tick, ...] = ()
    links: tuple[Link, ...] = ()
    pending: frozenset[str] = frozenset()
    notes: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    absence: Absence | None = None
    corners: tuple[Point, Point] = field(default=((0.0, 0.0), (0.0, 0.0)))
    margin: Point = (40.0, 40.0)
    times: tuple[Times, ...] = ()
    owners: tuple[tuple[str, ...], ...] = ()
    soft: tuple[str, ...] = ()
    root: str | None = None
    depth: int = 0
    dated: bool = False
    part: int = 0
    around: int = -1
