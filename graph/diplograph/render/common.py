"""What pictures of every kind have in common: sizes, corners, lines, and what is said of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from math import sqrt

from diplograph.model import When
from diplograph.render.gather import Gathered, Request
from diplograph.render.picture import Edge, Point
from diplograph.render.ties import Row, pair_of
from diplograph.render.words import date_words

__all__ = [
    "Pending", "as_of_words", "corners_of", "counted", "edges_of", "notes_of", "only_pending",
    "size_of",
]  # fmt: skip

Pending = frozenset[Row]
"""What is there only because the pending count."""


def edges_of(
    found: Gathered, pending: Pending, faint: Callable[[str, str], bool]
) -> tuple[Edge, ...]:
    """The lines of what was gathered, one for the facts of each two entities."""
    return tuple(
        Edge(
            one, two, ties,
            dashed=all((one, two, t.fact) in pending or t.fact in found.unsure for t in ties),
            faint=faint(one, two),
        )
        for (one, two), ties in found.of_pair.items()
    )  # fmt: skip


def only_pending(rows: Iterable[Row], pending: Pending) -> frozenset[str]:
    """The entities that are there only because the pending count."""
    if not pending:
        return frozenset()
    every, firm = set(), set()
    for one, two, key in rows:
        every |= {one, two}
        if (*pair_of(one, two), key) not in pending:
            firm |= {one, two}
    return frozenset(every - firm)


def size_of(ties: int, most: float) -> float:
    """How large an entity with so many ties is drawn."""
    return round(min(most, 5.0 + 2.2 * sqrt(ties)), 1)


def corners_of(points: Iterable[Point]) -> tuple[Point, Point]:
    """The upper left and the lower right corner of what encloses the points."""
    places = list(points) or [(0.0, 0.0)]
    xs, ys = [x for x, _ in places], [y for _, y in places]
    return (min(xs), min(ys)), (max(xs), max(ys))


def counted(number: int, one: str, many: str) -> str:
    """A number with its noun.

    >>> counted(1, "fact", "facts"), counted(1200, "fact", "facts")
    ('1 fact', '1,200 facts')
    """
    return f"{number:,} {one if number == 1 else many}"


def as_of_words(request: Request) -> str:
    """The date asked for, in words after what is counted; nothing for any date."""
    return f" as of {date_words(When(request.as_of.edtf, None, None))}" if request.as_of else ""


def notes_of(note: str | None, request: Request) -> tuple[str, ...]:
    """What the panel says of a picture as a whole: a note of its own, and what is left out."""
    told = {
        "concluded": "What was not concluded is left out; --include pending shows it.",
        "pending": "Dashed: agreements that were not concluded.",
        "any": "Dashed: agreements that were not concluded, are only rumoured, or are denied.",
    }[request.include.value]
    return (note, told) if note else (told,)
