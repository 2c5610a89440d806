"""How what a dataset tells is written as lines of N-Triples, without their subject."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

import pyoxigraph as ox

from diplograph import dates
from diplograph.derive import superclasses
from diplograph.namespaces import DG, RDF_TYPE

__all__ = [
    "XSD", "Links", "Times", "escaped", "iri_of", "links_of", "lists", "times", "type_of",
    "types", "values_of",
]  # fmt: skip

Links = Mapping[str, str | Sequence[str]]
"""Values of an entity or a fact by their properties: local names of ``dg:``, or full IRIs."""

XSD = "http://www.w3.org/2001/XMLSchema#"
_PLAIN = re.compile(r'[^"\\\x00-\x1f]*')


class Times(NamedTuple):
    """A time as lines, and as texts by property."""

    lines: Sequence[str]
    own: Mapping[str, str]


def type_of(name: str) -> str:
    """That something is of a class, which is given by its IRI."""
    return f"<{RDF_TYPE}> <{name}>"


@lru_cache(maxsize=256)
def types(kind: str) -> tuple[str, ...]:
    """The IRIs of a class, given by its local name in ``dg:``, and of those above it."""
    above = [name.value for name in superclasses().get(DG + kind, ())]
    return tuple(dict.fromkeys((DG + kind, *above)))


@lru_cache(maxsize=4096)
def times(when: str) -> Times:
    """A time in EDTF with its bounds.

    Raises :class:`~diplograph.errors.DateError` for what is none.
    """
    period = dates.parse(when)
    own = {DG + "when": when}
    lines = [f'<{DG}when> "{escaped(when)}"']
    for name, day in (("earliest", period.earliest), ("latest", period.latest)):
        if day:
            own[DG + name] = str(day)
            lines.append(f'<{DG}{name}> "{day}"^^<{XSD}date>')
    if period.uncertain:
        own[DG + "uncertain"] = "true"
        lines.append(f'<{DG}uncertain> "true"^^<{XSD}boolean>')
    return Times(lines, own)


def iri_of(name: str) -> str:
    """The IRI of a property, given as such or by its local name in ``dg:``."""
    return name if ":" in name else DG + name


def links_of(told: Links | None) -> list[str]:
    """IRIs by their properties."""
    return [f"<{iri_of(name)}> <{iri}>" for name, iri in _each(told)]


def values_of(told: Links | None) -> list[str]:
    """Texts by their properties."""
    return [f'<{iri_of(name)}> "{escaped(text)}"' for name, text in _each(told)]


def lists(told: Links | None) -> dict[str, Sequence[str]]:
    """Each value as a sequence."""
    return {k: (v,) if isinstance(v, str) else v for k, v in (told or {}).items()}


def _each(told: Links | None) -> Iterable[tuple[str, str]]:
    """Each value with its property."""
    return ((name, one) for name, several in lists(told).items() for one in several)


def escaped(text: str) -> str:
    r"""A text as it stands between the quotes of a literal.

    >>> escaped('a "b"')
    'a \\"b\\"'
    """
    if _PLAIN.fullmatch(text):
        return text
    return str(ox.Literal(text))[1:-1]
