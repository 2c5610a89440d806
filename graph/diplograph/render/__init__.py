"""Pictures of a graph, each one self-contained HTML page that works offline.

A page makes no request of any kind, whatever stands in the graph: its policy forbids it, and every
text of the graph is shown as text. The same graph gives the same bytes.

>>> page = draw(between=("China", "Russia"))
>>> page.startswith("<!doctype html>"), "Beijing Declaration" in page
(True, True)
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict, Unpack

from diplograph import spoken
from diplograph.errors import OptionError
from diplograph.files import replace_file, writable
from diplograph.model import Include
from diplograph.render.around import around_picture
from diplograph.render.gather import Request
from diplograph.render.linked import links_picture
from diplograph.render.page import to_html
from diplograph.render.pathed import path_picture
from diplograph.render.picture import Picture
from diplograph.render.whole import whole_pictures
from diplograph.store import Graph, open_graph

__all__ = ["Asked", "Written", "draw", "picture", "pictures", "write"]


class Asked(TypedDict, total=False):
    """What can be asked of a page; see :func:`draw`."""

    around: str | None
    depth: int
    between: tuple[str, str] | None
    connecting: tuple[str, str] | None
    weak: bool
    as_of: str | None
    include: str | Include
    predecessors: bool
    sources: str | Path | None


@dataclass(frozen=True, slots=True)
class Written:
    """A page that was written: where, how many entities and facts it shows, and its notes."""

    path: Path
    entities: int
    facts: int
    notes: tuple[str, ...] = ()


def draw(graph: Graph | None = None, **asked: Unpack[Asked]) -> str:
    """A relationship graph as the text of one HTML page.

    ``between`` draws the agreements that link two parties in order of time: solid what was
    concluded, dashed what is pending (here always shown, whatever ``include`` says; with
    ``predecessors`` also those of predecessor states). ``around`` draws everything within
    ``depth`` facts of one entity, ``connecting`` the paths between two (:func:`diplograph.path`;
    with ``weak`` also those that tell too little to mean something).
    None of these draws the whole graph; one of more than 300 entities is divided into
    groups, which open on a click. So are agreements of two parties by years, and what is around an
    entity by kind, where they are more than can be named.
    ``as_of`` is a date in words or an EDTF expression; what had not happened or did not hold by
    then is left out. ``include`` widens what counts as an agreement, as in
    :func:`diplograph.links`. With ``sources``, the folder of the reader's own copies, passages
    are quoted on the page.

    Raises :class:`~diplograph.errors.UnknownName`, :class:`~diplograph.errors.AmbiguousName`,
    :class:`~diplograph.errors.DateError`, :class:`~diplograph.errors.SourceError`, and
    :class:`~diplograph.errors.OptionError` where the arguments do not go together or where more
    than 1,500 entities are around one, at which no picture is legible.

    >>> "Shanghai Forum" in draw(around="Shanghai Five")
    True
    """
    with _undisturbed():
        return to_html(*pictures(graph, **asked))


def picture(graph: Graph | None = None, **asked: Unpack[Asked]) -> Picture:
    """What :func:`draw` shows first, as a value: nodes with their places, edges and facts."""
    return pictures(graph, **asked)[0]


def pictures(
    graph: Graph | None = None,
    *,
    around: str | None = None,
    depth: int = 1,
    between: tuple[str, str] | None = None,
    connecting: tuple[str, str] | None = None,
    weak: bool = False,
    as_of: str | None = None,
    include: str | Include = Include.CONCLUDED,
    predecessors: bool = False,
    sources: str | Path | None = None,
) -> tuple[Picture, ...]:
    """All that :func:`draw` shows: one picture, or those of the parts of a large graph as well."""
    if sum(asked is not None for asked in (around, between, connecting)) > 1:
        raise OptionError(
            "draw the links between two parties, the paths between them, or what is around one, "
            "not several at once."
        )
    if depth < 1:
        raise OptionError(f"the depth {depth} is too small; the least is 1.")
    if include not in list(Include):
        raise OptionError(f"include “{include}” is none of {', '.join(Include)}.")
    request = Request(
        graph or open_graph(),
        None if as_of is None else spoken.read(as_of),
        Include(include),
        Path(sources) if sources else None,
    )
    if between is not None:
        return (links_picture(request, *between, predecessors=predecessors),)
    if connecting is not None:
        return (path_picture(request, *connecting, weak=weak),)
    if around is not None:
        return (around_picture(request, around, depth),)
    return whole_pictures(request)


def write(path: str | Path, graph: Graph | None = None, **asked: Unpack[Asked]) -> Written:
    """Draw into a file, which is replaced only when the page is complete; see :func:`draw`.

    Raises what :func:`draw` raises, and :class:`~diplograph.errors.OptionError` where the file
    cannot be written.
    """
    target = writable(path, "graph.html")
    with _undisturbed():
        drawn = pictures(graph, **asked)
        replace_file(target, to_html(*drawn).encode("utf-8"))
    entities = {n.entity.id for one in drawn for n in one.nodes if not n.stands_for_others}
    facts = {fact.id for one in drawn for fact in one.facts}
    return Written(target, len(entities), len(facts), drawn[0].notes)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """No search for garbage: of the many small objects of a large page nearly all are in use.

    They are not looked through afterwards either, before garbage of all ages is searched for.
    """
    searching = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searching:
            if not gc.get_freeze_count():
                gc.freeze()
                gc.unfreeze()  # both together make all objects old ones
            gc.enable()
