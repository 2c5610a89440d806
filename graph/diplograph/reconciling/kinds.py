"""For each kind of thing: which pairs are compared at all, and how they are compared.

Not all are compared with all. Transfers are compared where recipient and supplier (or the states
that took its place) are the same and the years of order lie near each other; agreements where they
share two parties and the year of signature nearly is the same; people where they have a word of
their names in common; weapons where they have a designation, or the beginning of one, in common.
Only things that different sources describe are compared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from diplograph.reconciling import records
from diplograph.reconciling.agreeing import (
    WIDE,
    active,
    all_forms,
    deliveries,
    designation,
    gap,
    name_words,
    number,
    parties,
    person_name,
    signed,
    sort_of_weapon,
    states,
    suppliers,
    title,
    years,
)
from diplograph.reconciling.comparing import Field
from diplograph.reconciling.records import Record
from diplograph.store import Graph

__all__ = ["KINDS", "Kind"]

Pair = tuple[Record, Record]
_SHORT = 3
"""Designations that are no longer are no reason to compare two weapons."""


@dataclass(frozen=True)
class Kind:
    """A kind of thing: how its records are read, paired and compared."""

    read: Callable[[Graph], list[Record]]
    pairs: Callable[[Graph, list[Record]], Iterator[Pair]]
    fields: tuple[Field[Record], ...]


def _apart(one: Record, other: Record) -> bool:
    """Whether two records are described by different sources."""
    return one.iri != other.iri and not (one.sources & other.sources)


def _within(blocks: Mapping[object, Sequence[Record]]) -> Iterator[Pair]:
    """The pairs within blocks whose records different sources describe, each once."""
    seen: set[tuple[str, str]] = set()
    for block in blocks.values():
        by_source: dict[frozenset[str], list[Record]] = defaultdict(list)
        for record in block:
            by_source[frozenset(record.sources)].append(record)
        groups = list(by_source.values())
        for place, group in enumerate(groups):
            for others in groups[place + 1 :]:
                for one in group:
                    for other in others:
                        key = (one.iri, other.iri) if one.iri < other.iri else (other.iri, one.iri)
                        if _apart(one, other) and key not in seen:
                            seen.add(key)
                            yield one, other


# --- transfers -----------------------------------------------------------------------------------


def _lines(graph: Graph) -> Callable[[str], set[str]]:
    """For a state, itself and those that took its place or whose place it took."""
    near: dict[str, set[str]] = defaultdict(set)
    for old, new in graph.pairs("SELECT ?a ?b WHERE { ?s dg:predecessor ?a ; dg:successor ?b }"):
        near[old].add(new)
        near[new].add(old)
    return lambda state: {state, *near.get(state, ())}


def _transfer_pairs(graph: Graph, found: list[Record]) -> Iterator[Pair]:
    line = _lines(graph)
    blocks: dict[object, list[Record]] = defaultdict(list)
    small = _smaller(found)
    own = [r for r in found if not r.sources <= small]
    for record in own:
        for recipient in record.parties["recipient"]:
            for supplier in record.parties["supplier"]:
                for state in line(supplier):
                    blocks[recipient, state].append(record)
    for record in found:
        if record.sources <= small:
            for recipient in record.parties["recipient"]:
                for supplier in record.parties["supplier"]:
                    blocks[recipient, supplier].append(record)
    for one, other in _within(blocks):
        apart = gap(one.times, other.times)
        if apart is None or apart <= WIDE:
            yield one, other


def _smaller(found: list[Record]) -> set[str]:
    """All sources but the one with most records: the others are compared with it, and among each
    other."""
    count: dict[str, int] = defaultdict(int)
    for record in found:
        for source in record.sources:
            count[source] += 1
    most = max(count, key=lambda s: (count[s], s), default="")
    return set(count) - {most}


# --- agreements ----------------------------------------------------------------------------------


def _agreement_pairs(graph: Graph, found: list[Record]) -> Iterator[Pair]:
    blocks: dict[object, list[Record]] = defaultdict(list)
    for record in found:
        for year in {
            y for first, last in record.times for y in range(first, min(last, first + 5) + 1)
        }:
            for near in (year, year + 1):
                blocks[near].append(record)
    for one, other in _within(blocks):
        if len(one.parties["party"] & other.parties["party"]) >= 2:
            yield one, other


# --- people --------------------------------------------------------------------------------------


def _person_pairs(graph: Graph, found: list[Record]) -> Iterator[Pair]:
    blocks: dict[object, list[Record]] = defaultdict(list)
    for record in found:
        for word in {w for name in record.names for w in name_words(name) if len(w) > 2}:
            blocks[word].append(record)
    return _within(blocks)


# --- weapons -------------------------------------------------------------------------------------


def _weapon_pairs(graph: Graph, found: list[Record]) -> Iterator[Pair]:
    blocks: dict[object, list[Record]] = defaultdict(list)
    for record in found:
        for form in all_forms(record):
            for key in {form, " ".join(re.findall(r"[a-z]+|\d+", form)[:2])}:
                if len(key) > _SHORT:
                    blocks[key].append(record)
    return _within(blocks)


KINDS: Mapping[str, Kind] = {
    "transfers": Kind(
        records.transfers,
        _transfer_pairs,
        (
            Field("weapon", designation, (0.55, 0.20, 0.12, 0.06, 0.07)),
            Field("year", years("ordered in"), (0.71, 0.15, 0.10, 0.03, 0.01)),
            Field("number", number, (0.60, 0.15, 0.25)),
            Field("deliveries", deliveries, (0.50, 0.22, 0.20, 0.08)),
            Field("supplier", suppliers, (0.88, 0.12)),
        ),
    ),
    "agreements": Kind(
        records.agreements,
        _agreement_pairs,
        (
            Field("title", title, (0.30, 0.25, 0.20, 0.15, 0.10)),
            Field("parties", parties, (0.60, 0.20, 0.12, 0.08)),
            Field("signature", signed, (0.60, 0.33, 0.07)),
        ),
    ),
    "people": Kind(
        records.people,
        _person_pairs,
        (
            Field("name", person_name, (0.45, 0.15, 0.35, 0.05)),
            Field("state", states, (0.95, 0.05)),
            Field("time", active, (0.85, 0.13, 0.02)),
        ),
    ),
    "weapons": Kind(
        records.weapons,
        _weapon_pairs,
        (
            Field(
                "designation",
                designation,
                (0.60, 0.22, 0.10, 0.05, 0.03),
                (0.02, 0.20, 0.40, 0.20, 0.18),
            ),
            Field("kind", sort_of_weapon, (0.90, 0.10), (0.35, 0.65)),
        ),
    ),
}
"""The kinds of things by name."""
