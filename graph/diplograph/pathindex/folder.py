"""Arrays in a folder of their own, which is there as a whole or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from diplograph.errors import StoreError

__all__ = ["read_arrays", "told", "write_arrays"]

_FORMAT = 1
_META = "meta.json"


def write_arrays(
    target: Path,
    arrays: dict[str, NDArray[Any]],
    more: dict[str, Any],
    also: Callable[[Path], None] = lambda inside: None,
) -> None:
    """Write one-dimensional arrays, and what else is to be known of them, in place of a folder.

    ``also`` writes into the folder what belongs with them. What is written stands beside the folder
    until it is complete. A process that ends between the two renamings leaves none, not half of
    one. Raises :class:`~diplograph.errors.StoreError` where it cannot be written, or would take the
    place of something else.
    """
    lengths = {name: len(array) for name, array in arrays.items()}
    meta = {"format": _FORMAT, "lengths": lengths, **more}
    try:
        if target.is_dir() and not (target / _META).is_file() and any(target.iterdir()):
            raise StoreError(f"“{target}” holds something else than a path index.")
        target.parent.mkdir(parents=True, exist_ok=True)
        building = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
        try:
            for name, array in arrays.items():
                np.save(building / f"{name}.npy", array)
            also(building)
            (building / _META).write_text(json.dumps(meta), encoding="utf-8")
            building.chmod(0o755)  # whoever may read what it was made from may read it
            _put(building, target)
        finally:
            shutil.rmtree(building, ignore_errors=True)
    except OSError as error:
        raise StoreError(f"the path index “{target}” cannot be written: {error}.") from None


def read_arrays(source: Path, names: tuple[str, ...]) -> tuple[list[NDArray[Any]], dict[str, Any]]:
    """The arrays of a folder, mapped into memory, and what else was written; within ``told``."""
    meta = json.loads((source / _META).read_text(encoding="utf-8"))
    if meta["format"] != _FORMAT:
        raise StoreError(
            f"the path index “{source}” is of format {meta['format']}, not {_FORMAT}; "
            "build it again."
        )
    arrays = [np.load(source / f"{name}.npy", mmap_mode="r", allow_pickle=False) for name in names]
    lengths = {name: len(array) for name, array in zip(names, arrays, strict=True)}
    if lengths != meta["lengths"] or any(array.ndim != 1 for array in arrays):
        raise ValueError("its arrays do not fit together")
    return arrays, meta


@contextmanager
def told(source: Path) -> Iterator[None]:
    """Tell every way in which a folder can be no index in one line."""
    try:
        yield
    except FileNotFoundError as error:
        what = "is incomplete" if source.is_dir() else "does not exist"
        name = Path(error.filename).name
        raise StoreError(f"the path index “{source}” {what} ({name}); build it again.") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise StoreError(f"“{source}” is no path index, or damaged: {reason}.") from None


def _put(building: Path, target: Path) -> None:
    """Move a complete folder to where it belongs, and what was there out of the way."""
    for _ in range(100):
        former = Path(tempfile.mkdtemp(prefix=f".{target.name}-former-", dir=target.parent))
        try:
            if target.exists():
                target.rename(former / "index")
            building.rename(target)
            return
        except OSError:  # another one moved it first, or put its own there
            if not building.exists():
                raise
        finally:
            shutil.rmtree(former, ignore_errors=True)
    raise OSError("others keep writing it")
