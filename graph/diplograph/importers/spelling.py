"""Text that was written in one encoding and read in another.

A file that went through several programs can hold names whose letters beyond ASCII are damaged.
What is certain can be undone: bytes of UTF-8 that were read as Windows-1252, Latin-1 or Mac Roman
hardly ever make UTF-8 by chance, since each letter must have led to one of few pairs of signs.
"""

from __future__ import annotations

import unicodedata

__all__ = ["damaged", "mended"]

_READ_AS = ("cp1252", "latin-1", "mac_roman")
_PLAIN = frozenset("LMNPZ")
"""The classes of signs that names are made of: letters, marks, numbers, punctuation, spaces."""


def mended(text: str) -> str | None:
    """The text as it was written, where it is UTF-8 that was read as another encoding; else None.

    None too where two readings give different texts.

    >>> mended("HernÃ¡ndez"), mended("Hernández"), mended("Hernandez")
    ('Hernández', None, None)
    """
    if text.isascii():
        return None
    found = set()
    for encoding in _READ_AS:
        try:
            written = text.encode(encoding).decode("utf-8")
        except UnicodeError:
            continue
        if written != text and all(unicodedata.category(c)[0] in _PLAIN for c in written):
            found.add(written)
    return found.pop() if len(found) == 1 else None


def damaged(text: str) -> bool:
    """Whether a text holds signs that no name has: of what could not be read, or of control.

    >>> damaged("Hern\\ufffdndez"), damaged("Hernández")
    (True, False)
    """
    return any(c == "\ufffd" or unicodedata.category(c) in ("Cc", "Co", "Cn") for c in text)
