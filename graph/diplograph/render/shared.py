"""Values that repeat, said once: numbers in a list of texts, columns that name the exceptions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping, Sequence
from typing import Any

__all__ = ["Shared", "column", "columns"]


class Shared:
    """Values in the order in which they were first met, each once, known by their numbers.

    >>> texts = Shared()
    >>> [texts.number(text) for text in ("signed", "stated", "signed")], texts.all
    ([0, 1, 0], ['signed', 'stated'])
    """

    def __init__(self) -> None:
        self.all: list[Any] = []
        self._number: dict[Hashable, int] = {}

    def number(self, value: Hashable) -> int:
        """The number of a value, a new one where it was not met before."""
        found = self._number.get(value)
        if found is None:
            found = self._number[value] = len(self.all)
            self.all.append(value)
        return found


def column(values: Sequence[Any]) -> Any:
    """The values; where most of them are the same, that one, and the others by their places.

    >>> column([0, 0, 0, 7, 0, 0])
    {'most': 0, 'but': {'3': 7}}
    >>> column([1, 2, 3])
    [1, 2, 3]
    """
    if not values:
        return []
    keys = [tuple(value) if type(value) is list else value for value in values]
    if len(set(map(type, keys))) > 1 or not isinstance(keys[0], Hashable):
        keys = [_exact(key) for key in keys]
    try:
        most, count = Counter(keys).most_common(1)[0]
    except TypeError:  # lists in lists
        return list(values)
    if count * 4 < len(values) * 3:
        return list(values)
    others = {str(n): value for n, value in enumerate(values) if keys[n] != most}
    return {"most": values[keys.index(most)], "but": others}


def _exact(key: Any) -> Hashable:
    """A key by which 1, 1.0 and True are three values."""
    return (type(key), key if isinstance(key, Hashable) else repr(key))


def columns(rows: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Rows as columns, with their number (``length``); what a row does not say is null.

    >>> columns([{"x": 1}, {"x": 2, "to": "a"}])
    {'length': 2, 'to': [None, 'a'], 'x': [1, 2]}
    """
    every = list(rows)
    names = sorted({name for row in every for name in row})
    told = {name: column([row.get(name) for row in every]) for name in names}
    return {"length": len(every), **told}
