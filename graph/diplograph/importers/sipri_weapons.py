"""Kinds of weapon by the register's descriptions, as the vocabulary has them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from diplograph import read
from diplograph.keys import name_key
from diplograph.namespaces import PREFIXES, SKOS

__all__ = ["UNSPECIFIED", "kind_of"]

UNSPECIFIED = PREFIXES["wkind"] + "unspecified"
"""The kind of what the vocabulary has no kind for."""

_CATEGORIES = {
    "aircraft": "aircraft", "air defence systems": "sam-system",
    "air-defence systems": "sam-system",
    "anti-submarine warfare weapons": "anti-submarine-weapon",
    "armoured vehicles": "armoured-vehicle", "artillery": "artillery",
    "engines": "engine", "missiles": "missile", "satellites": "satellite",
    "sensors": "sensor", "ships": "ship",
}  # fmt: skip
"""The kinds that the classes of later layouts come to, where the description says no more."""


def kind_of(description: str, category: str = "") -> str | None:
    """The kind of weapon for a description, or for the class it is filed under; None for neither.

    Letter for letter first, then whatever the case and the punctuation.

    >>> kind_of("FGA aircraft").rpartition("/")[2], kind_of("(armed) UAV").rpartition("/")[2]
    ('fga-aircraft', 'armed-or-unarmed-uav')
    >>> kind_of("torpdeo boat").rpartition("/")[2], kind_of("ray gun")
    ('torpedo-boat', None)
    """
    exactly, loosely = _kinds()
    text = " ".join(description.split()).casefold()
    found = exactly.get(text) or loosely.get(name_key(text))
    if found is None and category.casefold() in _CATEGORIES:
        return PREFIXES["wkind"] + _CATEGORIES[category.casefold()]
    return found


@cache
def _kinds() -> tuple[Mapping[str, str], Mapping[str, str]]:
    exactly: dict[str, str] = {}
    loosely: dict[str, str] = {}
    names: dict[str, list[tuple[str, str]]] = {}
    for quad in read.read_vocabulary():
        subject = str(getattr(quad.subject, "value", ""))
        if subject.startswith(PREFIXES["wkind"]):
            text = str(getattr(quad.object, "value", ""))
            names.setdefault(quad.predicate.value, []).append((text, subject))
    for label in ("prefLabel", "altLabel", "hiddenLabel"):
        for text, kind in names.get(SKOS + label, ()):
            exactly.setdefault(text.casefold(), kind)
            loosely.setdefault(name_key(text), kind)
    return exactly, loosely
