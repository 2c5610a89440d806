"""What is made from a graph on disk is kept beside it, and made again when the graph changes.

It lies in a folder of the same name with ``.index`` after it, and can be removed at any time. What
is made from a graph that is not on disk, or beside which nothing can be written, is made each time.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol, TypeVar

import numpy as np

from diplograph.digests import digest
from diplograph.errors import StoreError
from diplograph.store import Graph

__all__ = ["Keepable", "kept"]


class Keepable(Protocol):
    """What can be written into a folder of its own, with a mark of what it was made from."""

    def save(self, folder: Path, mark: str) -> None:
        """Write it, in place of what is there."""


Made = TypeVar("Made", bound=Keepable)


def kept(
    graph: Graph,
    name: str,
    made_by: Sequence[str],
    make: Callable[[], Made],
    read: Callable[[Path], tuple[Made, str]],
) -> Made:
    """What is kept beside the graph under a name, or what ``make`` gives, which is then kept.

    ``made_by`` are the queries and the modules (``edges``) that say what it is: it is made again
    where one of them, or the graph, is another. ``read`` opens a folder and gives what is in it
    with the mark that it was saved with.
    """
    if graph.place is None:
        return make()
    here = os.path.dirname(__file__)  # noqa: PTH120
    code = [f"{here}/{one}.py" for one in made_by if "\n" not in one]
    queries = [one for one in made_by if "\n" in one]
    mark = f"{graph.place.state} {digest(chr(10).join((np.__version__, *queries)), code)}"
    folder = Path(f"{graph.place.folder}.index", name)
    with suppress(StoreError):
        found, made_from = read(folder)
        if made_from == mark:
            return found
    made = make()
    with suppress(StoreError):
        made.save(folder, mark)
    return made
