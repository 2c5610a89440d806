"""Arrays, and records of arrays, in a folder of their own that is there whole or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from diplograph.errors import StoreError
from diplograph.texts import Texts

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

__all__ = ["read_arrays", "read_record", "told", "write_arrays", "write_record"]

_FORMAT = 1
_META, _OWN = "meta.json", ("format", "lengths")
_STARTS = "-starts"


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
        if all(_is_of_others(target) for _ in range(_LOOKS)):
            raise StoreError(f"“{target}” holds something else than an index.")
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
        raise StoreError(f"the index “{target}” cannot be written: {error}.") from None


_LOOKS = 5
"""How often is looked whether a folder is of others: an index that another process replaces at that
moment seems to be so, but not each time."""


def _is_of_others(folder: Path) -> bool:
    try:
        return not (folder / _META).is_file() and any(folder.iterdir())
    except (FileNotFoundError, NotADirectoryError):
        return False


def write_record(
    target: Path,
    record: DataclassInstance,
    instead: dict[str, Any],
    also: Callable[[Path], None] = lambda inside: None,
) -> None:
    """Write the fields of a record: one-dimensional arrays, texts, and what JSON can hold.

    ``instead`` is written in place of some of them, and beside them; a field for which it has None
    is left out. Errors and ``also`` as of :func:`write_arrays`.
    """
    arrays: dict[str, NDArray[Any]] = {}
    more = {name: value for name, value in instead.items() if value is not None}
    for field in fields(record):
        value = getattr(record, field.name)
        if field.name in instead:
            continue
        if isinstance(value, Texts):
            arrays[field.name] = value.letters
            arrays[field.name + _STARTS] = value.starts
        elif isinstance(value, np.ndarray):
            arrays[field.name] = value
        else:
            more[field.name] = value
    write_arrays(target, arrays, more, also)


def read_record(source: Path) -> dict[str, Any]:
    """What :func:`write_record` wrote, by its names, arrays mapped into memory; within ``told``.

    Lists come back as tuples.
    """
    meta = json.loads((source / _META).read_text(encoding="utf-8"))
    names = tuple(meta["lengths"])
    arrays = dict(zip(names, read_arrays(source, names)[0], strict=True))
    found = {name: _tuples(value) for name, value in meta.items() if name not in _OWN}
    for name, array in arrays.items():
        if name + _STARTS in arrays:
            found[name] = Texts(array, arrays[name + _STARTS])
        elif not name.endswith(_STARTS):
            found[name] = array
    return found


def _tuples(value: Any) -> Any:
    return tuple(_tuples(item) for item in value) if isinstance(value, list) else value


def read_arrays(source: Path, names: tuple[str, ...]) -> tuple[list[NDArray[Any]], dict[str, Any]]:
    """The arrays of a folder, mapped into memory, and what else was written; within ``told``."""
    meta = json.loads((source / _META).read_text(encoding="utf-8"))
    if meta["format"] != _FORMAT:
        raise StoreError(
            f"the index “{source}” is of format {meta['format']}, not {_FORMAT}; build it again."
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
        raise StoreError(f"the index “{source}” {what} ({name}); build it again.") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError) as error:
        reason = str(error).splitlines()[0] if str(error) else type(error).__name__
        raise StoreError(f"“{source}” is no index, or damaged: {reason}.") from None


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
