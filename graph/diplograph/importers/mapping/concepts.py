"""The concepts of the vocabulary by the names that people write."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import pyoxigraph as ox

from diplograph.keys import name_key
from diplograph.namespaces import PREFIXES, SKOS
from diplograph.read import read_shipped, read_vocabulary

__all__ = ["concept_label", "find_concept", "names_of"]


def find_concept(scheme: str, name: str) -> str | None:
    """The local name of the concept that is called so, or None.

    ``scheme`` is the prefix of the scheme. Local name and labels count, whatever their case.

    >>> find_concept("kind", "Memorandum of Understanding"), find_concept("stage", "in-force")
    ('memorandum', 'in-force')
    """
    return _names(scheme).get(name_key(name))


def names_of(scheme: str) -> list[str]:
    """The local names of a scheme's concepts, in order.

    >>> names_of("grade")
    ['denied', 'estimated', 'inferred', 'reported', 'rumoured', 'stated']
    """
    return sorted(_labels(scheme))


def concept_label(scheme: str, name: str) -> str:
    """How a concept is called."""
    return _labels(scheme)[name]


@cache
def _labels(scheme: str) -> Mapping[str, str]:
    return dict(_labelled(scheme, "prefLabel"))


@cache
def _names(scheme: str) -> Mapping[str, str]:
    found = {name_key(name): name for name in _labels(scheme)}
    for property_ in ("prefLabel", "altLabel"):
        for name, label in _labelled(scheme, property_):
            found.setdefault(name_key(label), name)
    return found


def _labelled(scheme: str, property_: str) -> list[tuple[str, str]]:
    base = PREFIXES[scheme]
    # Issues are described with the shipped facts, all other concepts in the vocabulary.
    quads = read_shipped()[0] if scheme == "issue" else read_vocabulary()
    return [
        (quad.subject.value[len(base) :], quad.object.value)
        for quad in quads
        if quad.predicate.value == SKOS + property_
        and isinstance(quad.subject, ox.NamedNode)
        and isinstance(quad.object, ox.Literal)
        and quad.subject.value.startswith(base)
    ]
