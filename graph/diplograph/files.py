"""Files that are written whole or not at all."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from diplograph.errors import OptionError

__all__ = ["replace_file", "writable"]


def writable(path: str | Path, example: str) -> Path:
    """The path as that of a file that may be written; ``example`` is a name for one.

    Raises :class:`~diplograph.errors.OptionError` where it is none.
    """
    target = Path(path)
    if not target.parent.is_dir():
        raise OptionError(f"{target.parent}: there is no such folder; name one that exists.")
    if target.is_dir():
        raise OptionError(f"{target}: is a folder; name a file, such as {target / example}.")
    if target.exists() and not target.is_file():
        raise OptionError(f"{target}: is not a regular file; name one that may be replaced.")
    return target


def replace_file(target: Path, content: bytes) -> None:
    """Write a file, or replace it only once the new content is complete.

    Raises :class:`~diplograph.errors.OptionError` where it cannot be written.
    """
    try:
        descriptor, name = tempfile.mkstemp(prefix=f".{target.name}-", dir=target.parent)
        beside = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as file:
                file.write(content)
            beside.chmod(target.stat().st_mode & 0o777 if target.exists() else 0o644)
            beside.replace(target)
        finally:
            beside.unlink(missing_ok=True)
    except OSError as error:
        raise OptionError(f"{target}: cannot be written: {error.strerror}.") from None
