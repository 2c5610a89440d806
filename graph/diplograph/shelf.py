"""What takes long to make from the shipped files is kept in the user's cache folder.

It is a file a thing, with a digest in its name of all that it was made from, so that it is made
again when one of those changes. Where nothing can be written it is made each time. The folder is
trusted as the compiled graph and Python's own compiled modules beside it are.
"""

from __future__ import annotations

import os
import pickle
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from typing import TypeVar

from diplograph.digests import digest

__all__ = ["cache_folder", "shelved"]

Made = TypeVar("Made")


def cache_folder() -> str:
    """``DIPLOGRAPH_CACHE``, else the user's cache folder."""
    chosen = os.environ.get("DIPLOGRAPH_CACHE")
    if chosen:
        return chosen
    if os.name == "posix" and os.environ.get("XDG_CACHE_HOME"):
        return os.path.join(os.environ["XDG_CACHE_HOME"], "diplograph")  # noqa: PTH118
    import platformdirs

    return platformdirs.user_cache_dir("diplograph", appauthor=False)


def shelved(name: str, made_from: Sequence[str], make: Callable[[], Made], state: str = "") -> Made:
    """What is kept under a name, or what ``make`` gives, which is then kept.

    ``made_from`` are the names of the files, modules among them, that say what it is, and ``state``
    tells the graph that it was made from, where it was.
    """
    mark = digest(f"{name} {sys.version_info[:3]} {state}", made_from)
    path = os.path.join(cache_folder(), f"{name}-{mark}.pickle")  # noqa: PTH118
    with suppress(OSError, EOFError, pickle.UnpicklingError, AttributeError, ImportError):
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib is not loaded at every start
            found: Made = pickle.load(file)
        return found
    made = make()
    with suppress(OSError):
        _put(path, name, pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
    return made


def _put(path: str, name: str, content: bytes) -> None:
    """Write a file in one go, and drop those that were made from what is gone."""
    folder = os.path.dirname(path)  # noqa: PTH120
    os.makedirs(folder, exist_ok=True)  # noqa: PTH103
    beside = f"{path}.{os.getpid()}"
    with open(beside, "wb") as file:  # noqa: PTH123
        file.write(content)
    os.replace(beside, path)  # noqa: PTH105
    older = [
        entry for entry in os.scandir(folder)
        if entry.name.startswith(f"{name}-") and entry.name.endswith(".pickle")
    ]  # fmt: skip
    for entry in sorted(older, key=lambda e: e.stat().st_mtime)[:-_KEPT]:
        with suppress(OSError):
            os.remove(entry.path)  # noqa: PTH107


_KEPT = 4
"""How many of one name are kept, as other versions may be in use."""
