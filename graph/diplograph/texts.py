"""Many texts in order in two arrays, which can be kept in files and mapped into memory."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from operator import index
from typing import SupportsIndex, overload

import numpy as np
from numpy.typing import NDArray

__all__ = ["Texts"]


class Texts(Sequence[str]):
    """Texts as one run of UTF-8 with the places where each begins; a list takes four times that.

    ``letters`` are the bytes of all, ``starts`` has one place more than there are texts.

    >>> texts = Texts.of(["Almaty", "Bangkok", "Şanghay"])
    >>> texts[2], len(texts), texts.number("Bangkok"), texts.number("Beijing")
    ('Şanghay', 3, 1, None)
    """

    def __init__(self, letters: NDArray[np.uint8], starts: NDArray[np.int64]) -> None:
        self.letters, self.starts = letters, starts

    @classmethod
    def of(cls, texts: Iterable[str]) -> Texts:
        """The texts in the order given; for :meth:`number` it must be that of ``sorted``."""
        letters, starts = bytearray(), array("q", [0])
        for text in texts:
            letters += text.encode()
            starts.append(len(letters))
        return cls(np.frombuffer(letters, np.uint8), np.frombuffer(starts, np.int64))

    def __len__(self) -> int:
        return len(self.starts) - 1

    @overload
    def __getitem__(self, place: SupportsIndex) -> str: ...
    @overload
    def __getitem__(self, place: slice) -> list[str]: ...
    def __getitem__(self, place: SupportsIndex | slice) -> str | list[str]:
        if isinstance(place, slice):
            first, last, step = place.indices(len(self))
            if step != 1 or last <= first:
                return [self[n] for n in range(first, last, step)]
            starts = self.starts[first : last + 1].tolist()
            run = self.letters[starts[0] : starts[-1]].tobytes()
            return [run[a - starts[0] : b - starts[0]].decode() for a, b in pairwise(starts)]
        place = index(place)
        if not 0 <= place < len(self):
            raise IndexError(place)
        return self.letters[self.starts[place] : self.starts[place + 1]].tobytes().decode()

    def number(self, text: str) -> int | None:
        """The place of a text, or None; the texts must be in order."""
        place = bisect_left(self, text)
        return place if place < len(self) and self[place] == text else None
