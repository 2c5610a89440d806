"""What the page is made from: terms, concepts, rules, and questions about them all."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from diplograph.namespaces import PREFIXES

STYLE = ("Term", "Concept", "Scheme", "Vocabulary")
"""What the rules on the vocabulary itself are named after (shapes/style.ttl)."""

_CONCEPT = PREFIXES["skos"] + "Concept"


@dataclass(frozen=True)
class Term:
    """A class or a property."""

    iri: str
    kind: str
    label: str
    definition: str
    examples: tuple[str, ...]
    supers: tuple[str, ...]
    domains: tuple[str, ...]
    ranges: tuple[str, ...]
    also: tuple[str, ...]
    """Further types: an outside class of properties, a characteristic of OWL."""

    @property
    def is_class(self) -> bool:
        """Whether it is a class and not a property."""
        return self.kind == "class"


@dataclass(frozen=True)
class Concept:
    """A value out of a scheme."""

    iri: str
    label: str
    other_labels: tuple[str, ...]
    definition: str
    example: str
    broader: tuple[str, ...]
    order: str


@dataclass(frozen=True)
class Scheme:
    """A scheme and its concepts."""

    iri: str
    label: str
    definition: str
    example: str
    concepts: tuple[Concept, ...]


@dataclass(frozen=True)
class Theme:
    """What one file of the vocabulary declares."""

    name: str
    title: str
    terms: tuple[Term, ...]
    schemes: tuple[Scheme, ...]


@dataclass(frozen=True)
class Rule:
    """A SHACL shape with a message: what must hold, or should where it only warns."""

    iri: str
    subject: str
    """The class or property whose name the shape bears, or one of :data:`STYLE`."""
    message: str
    warning: bool


@dataclass(frozen=True)
class Use:
    """By the shape of ``owner``: its ``property`` leads to ``values``, classes or a scheme."""

    owner: str
    property: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Vocabulary:
    """All of it."""

    title: str
    description: str
    version: str
    licence: str
    themes: tuple[Theme, ...]
    rules: tuple[Rule, ...]
    uses: tuple[Use, ...]
    prefixes: dict[str, str]

    @cached_property
    def terms(self) -> dict[str, Term]:
        """Every class and property by its IRI."""
        return {term.iri: term for theme in self.themes for term in theme.terms}

    @cached_property
    def schemes(self) -> dict[str, Scheme]:
        """Every scheme by its IRI."""
        return {scheme.iri: scheme for theme in self.themes for scheme in theme.schemes}

    def above(self, iri: str) -> list[str]:
        """The vocabulary's own classes above a class, nearest first."""
        found: list[str] = []
        for parent in self.terms[iri].supers:
            if parent in self.terms:
                found += [parent, *self.above(parent)]
        return list(dict.fromkeys(found))

    def below(self, iri: str) -> list[str]:
        """The terms directly below a class or property."""
        return [term.iri for term in self.terms.values() if iri in term.supers]

    def properties(self, iri: str) -> dict[str, tuple[str, ...]]:
        """The properties of a class itself, by its shape or their domain, with their values."""
        found = {use.property: use.values for use in self.uses if use.owner == iri}
        for term in self.terms.values():
            if iri in term.domains:
                found.setdefault(term.iri, ())
        return {name: self.values(name, values) for name, values in found.items()}

    def values(self, name: str, told: tuple[str, ...] = ()) -> tuple[str, ...]:
        """Of what a property's values are: as told, else by its range, else by the shapes."""
        ranges = self.terms[name].ranges if name in self.terms else ()
        by_shape = [value for use in self.uses if use.property == name for value in use.values]
        general = [value for value in ranges if value != _CONCEPT]
        return told or tuple(general) or tuple(dict.fromkeys(by_shape)) or ranges

    def shorten(self, iri: str) -> str:
        """The IRI with the prefix under which the vocabulary or its queries know it."""
        for prefix, base in sorted(self.prefixes.items(), key=lambda p: -len(p[1])):
            local = iri.removeprefix(base)
            if local != iri and local and not set(local) & set("/#"):
                return f"{prefix}:{local}"
        return iri
