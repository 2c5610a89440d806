"""Short digests that tell whether what was made from files still belongs to them.

Two checksums and the length stand in for a cryptographic hash: nobody is to be kept from forging
their own cache, and importing hashlib takes longer than reading all files.
"""

from __future__ import annotations

import os
import zlib
from collections.abc import Iterable

__all__ = ["digest", "word_mark"]

_AT_ONCE = 1 << 20


def digest(head: str, files: Iterable[str]) -> str:
    """A digest of a text, and of the files of these names: what is in them and their last names.

    >>> digest("edition 2", []) == digest("edition 2", []) != digest("edition 3", [])
    True
    """
    crc, adler, length = 0, 1, 0

    def add(content: bytes) -> None:
        nonlocal crc, adler, length
        crc, adler = zlib.crc32(content, crc), zlib.adler32(content, adler)
        length += len(content)

    add(head.encode())
    for name in files:
        with open(name, "rb") as file:  # noqa: PTH123 - pathlib is not loaded at every start
            while content := file.read(_AT_ONCE):
                add(content)
        add(name.rpartition(os.sep)[2].encode())
    return f"{crc:08x}{adler:08x}{length:x}"


def word_mark(word: str) -> str:
    """The mark of a word: one who has the word finds it, and it cannot be read by itself.

    It keeps no secret: who tries the words of a dictionary finds out which ones there are.
    Twenty-four bits: of a thousand words that a document has not, hardly one has the mark of one
    that it has.

    >>> word_mark("treati"), word_mark("pact")
    ('b39ef3', 'd653d6')
    """
    return f"{zlib.crc32(word.encode()) & 0xFFFFFF:06x}"
