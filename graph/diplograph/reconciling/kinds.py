"""For each kind of thing: which pairs are compared at all, and how they are compared.

Not all are compared with all. Transfers are compared where recipient and supplier (or the states that
took its place) are the same and the years of order lie near each other; agreements where they share two
parties and the year of signature nearly is the same; people where they have a word of their names in
common; weapons where they have a designation, or the beginning of one, in common. Only things that
different sources describe are compared.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from diplograph.keys import name_key
from diplograph.reconciling import records
from diplograph.reconciling.comparing import Agreed, Field
from diplograph.reconciling.records import OPEN, Record
from diplograph.store import Graph

__all__ = ["KINDS", "Kind"]

Pair = tuple[Record, Record]
_YEARS = 3
"""How many years apart the orders of transfers may lie that are compared."""
_SHORT = 3


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


# --- names ----------------------------------------------------------------------------------------


_GENERIC = frozenset({"class", "type", "project", "missile", "missiles", "system", "mod"})
"""Words of designations that name no weapon."""


@lru_cache(maxsize=100_000)
def _forms(name: str) -> frozenset[str]:
    """The keys of a designation and of its parts, without the words that all designations share.

    “P-270 Moskit/SS-N-22” is also a Moskit, “Project-636E” also a 636E.
    """
    bare = re.sub(r"\s*\([^)]*\)", "", name)
    parts = [bare, *bare.split("/"), *(word for part in bare.split("/") for word in part.split())]
    found = set()
    for part in parts:
        words = [word for word in name_key(part).split() if word not in _GENERIC]
        if len("".join(words)) > 2:
            found.add(" ".join(words))
    return frozenset(found)


def _all_forms(record: Record) -> frozenset[str]:
    return frozenset().union(*map(_forms, record.names | record.families))


def _designation(one: Record, other: Record) -> Agreed | None:
    if not one.names or not other.names:
        return None
    a, b = _all_forms(one), _all_forms(other)
    keys = {name_key(n): n for n in sorted(one.names)}
    whole = keys.keys() & {name_key(n) for n in other.names}
    if whole:
        return 0, f"both are called {keys[max(whole, key=len)]}"
    if a & b:
        return 1, f"both are called {max(a & b, key=len)} in part"
    best = max(((fuzz.ratio(x, y), x, y) for x in a for y in b), default=(0.0, "", ""))
    begin = [
        (x, y) for x in a for y in b
        if min(len(x), len(y)) > _SHORT and (x.startswith(y) or y.startswith(x))
    ]  # fmt: skip
    if begin or best[0] >= 85:
        x, y = begin[0] if begin else best[1:]
        return 2, f"“{x}” and “{y}” are variants of a name"
    if best[0] >= 65:
        return 3, f"“{best[1]}” and “{best[2]}” are somewhat alike"
    return 4, f"the names {min(one.names)} and {min(other.names)} differ"


# --- times and numbers ------------------------------------------------------------------------------


def _year_of(span: tuple[int, int]) -> str:
    if span[1] == OPEN:
        return f"{span[0]} and since"
    return str(span[0]) if span[0] == span[1] else f"{span[0]}–{span[1]}"


def _gap(one: Iterable[tuple[int, int]], other: Iterable[tuple[int, int]]) -> int | None:
    """The years between the nearest two of several times; None where one has none."""
    gaps = [max(0, c - b, a - d) for a, b in one for c, d in other]
    return min(gaps, default=None)


def _years(what: str) -> Callable[[Record, Record], Agreed | None]:
    def compare(one: Record, other: Record) -> Agreed | None:
        gap = _gap(one.times, other.times)
        if gap is None:
            return None
        years = f"{', '.join(sorted({_year_of(t) for t in one.times}))}"
        others = f"{', '.join(sorted({_year_of(t) for t in other.times}))}"
        words = f"both {what} {years}" if years == others else f"{what} {years} and {others}"
        if max(b - a for a, b in (*one.times, *other.times)) > _YEARS:
            return 4, f"{words}, a stretch of years"  # the time of a whole trade, not of an order
        return (0 if gap == 0 else 1 if gap == 1 else 2 if gap <= _YEARS else 3), words

    return compare


def _number(one: Record, other: Record) -> Agreed | None:
    if not one.numbers or not other.numbers:
        return None
    told = {_shown(*n) for n in one.numbers}, {_shown(*n) for n in other.numbers}
    words = f"number ordered {', '.join(sorted(told[0]))} and {', '.join(sorted(told[1]))}"
    if set(one.numbers) & set(other.numbers):
        return 0, words
    near = any(
        (a <= d and c <= b) or abs(a - c) <= 0.1 * max(a, c)
        for a, b in one.numbers for c, d in other.numbers
    )  # fmt: skip
    return (1 if near else 2), words


def _shown(least: float, most: float) -> str:
    if least == most:
        return f"{least:g}"
    return f"{least:g} or more" if most == float("inf") else f"{least:g}–{most:g}"


def _deliveries(one: Record, other: Record) -> Agreed | None:
    if not one.later or not other.later:
        return None
    a, b = (
        {year for first, last in record.later for year in range(first, min(last, first + 60) + 1)}
        for record in (one, other)
    )
    spans = [f"{min(y)}–{max(y)}" if len(y) > 1 else str(min(y)) for y in (a, b)]
    words = f"delivered {spans[0]} and {spans[1]}"
    return (0 if a == b else 1 if len(a & b) >= len(a | b) / 2 else 2 if a & b else 3), words


# --- transfers --------------------------------------------------------------------------------------


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
                for one in line(supplier):
                    blocks[recipient, one].append(record)
    for record in found:
        if record.sources <= small:
            for recipient in record.parties["recipient"]:
                for supplier in record.parties["supplier"]:
                    blocks[recipient, supplier].append(record)
    for one, other in _within(blocks):
        gap = _gap(one.times, other.times)
        if gap is None or gap <= _YEARS:
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


def _suppliers(one: Record, other: Record) -> Agreed | None:
    if not one.parties["supplier"] or not other.parties["supplier"]:
        return None
    if one.parties["supplier"] & other.parties["supplier"]:
        return 0, "the supplier is the same"
    return 1, "the suppliers took each other's place"


# --- agreements ---------------------------------------------------------------------------------------


def _agreement_pairs(graph: Graph, found: list[Record]) -> Iterator[Pair]:
    blocks: dict[object, list[Record]] = defaultdict(list)
    for record in found:
        for year in {y for first, last in record.times for y in range(first, min(last, first + 5) + 1)}:
            for near in (year, year + 1):
                blocks[near].append(record)
    for one, other in _within(blocks):
        if len(one.parties["party"] & other.parties["party"]) >= 2:
            yield one, other


_FORMAL = frozenset(
    "the of on and for in to a an between among with by concerning regarding agreement agreements treaty "
    "convention protocol accord act government governments republic kingdom federation state states "
    "federal united democratic people peoples their its".split()
)
"""Words that say nothing of what an agreement is about."""


def _subjects(record: Record, parties: frozenset[str]) -> set[str]:
    """The titles of an agreement without formal words and the names of the parties."""
    left = (
        " ".join(w for w in name_key(name).split() if w not in _FORMAL and w not in parties)
        for name in record.names
    )
    return {title for title in left if title}


def _title(one: Record, other: Record) -> Agreed | None:
    parties = frozenset(one.families | other.families)
    a, b = _subjects(one, parties), _subjects(other, parties)
    if not a or not b:
        return None  # a title that only names the parties, as of many agreements between them
    if {name_key(n) for n in one.names} & {name_key(n) for n in other.names}:
        return 0, "the titles are the same"
    best = max(
        0.5 * fuzz.token_sort_ratio(x, y) + 0.5 * fuzz.token_set_ratio(x, y) for x in a for y in b
    )
    level = next((n for n, least in enumerate((90, 78, 62), 1) if best >= least), 4)
    return level, f"what the titles say besides the parties is alike to {best:.0f} %"


def _parties(one: Record, other: Record) -> Agreed | None:
    a, b = one.parties["party"], other.parties["party"]
    if not a or not b:
        return None
    both, all_ = len(a & b), len(a | b)
    if both == all_:
        return 0, f"the {both} parties are the same"
    words = f"{both} of {all_} parties in common"
    return (1 if both / all_ >= 0.8 else 2 if both / all_ >= 0.5 else 3), words


def _signed(one: Record, other: Record) -> Agreed | None:
    if one.day and one.day == other.day:
        return 0, f"both signed on {one.day}"
    found = _years("of")(one, other)
    return None if found is None or found[0] > 3 else (1 + min(found[0], 1), found[1])


# --- people -------------------------------------------------------------------------------------------


def _name_words(name: str) -> list[str]:
    """The words of a name, with ä, ö and ü alike however they are transliterated."""
    words = name_key(re.sub(r"\([^)]*\)", "", name)).split()
    return [re.sub("([aou])e", r"\1", word) for word in words if len(word) > 1]


def _person_pairs(graph: Graph, found: list[Record]) -> Iterator[Pair]:
    blocks: dict[object, list[Record]] = defaultdict(list)
    for record in found:
        for word in {w for name in record.names for w in _name_words(name) if len(w) > 2}:
            blocks[word].append(record)
    return _within(blocks)


def _person_name(one: Record, other: Record) -> Agreed | None:
    a, b = ({tuple(_name_words(n)) for n in record.names} for record in (one, other))
    whole = {x for x in a & b if len(x) > 1}
    if whole:
        return 0, f"both are called {' '.join(max(whole)).title()}"
    alike = max((fuzz.token_sort_ratio(" ".join(x), " ".join(y)) for x in a for y in b
                 if len(x) > 1 and len(y) > 1), default=0.0)  # fmt: skip
    if alike >= 88:
        return 1, f"the full names are alike to {alike:.0f} %"
    single = {x[-1] for x in a | b if len(x) == 1}
    shared = {w for w in single if any(w in x for x in a) and any(w in x for x in b)}
    if shared:
        return 2, f"both are called {max(shared).title()}, of which one source gives no more"
    return 3, "the names have only a word in common"


def _states(one: Record, other: Record) -> Agreed | None:
    a, b = one.parties["state"], other.parties["state"]
    if not a or not b:
        return None
    if a & b:
        return 0, "both held posts in the same state"
    return 1, "they held posts in different states"


def _active(one: Record, other: Record) -> Agreed | None:
    a, b = one.years, other.years
    if a is None or b is None:
        return None
    words = f"told of {_year_of(a)} and {_year_of(b)}"
    gap = max(0, b[0] - a[1], a[0] - b[1])
    return (0 if gap == 0 else 1 if gap <= 15 else 2), words


# --- weapons --------------------------------------------------------------------------------------------


def _weapon_pairs(graph: Graph, found: list[Record]) -> Iterator[Pair]:
    blocks: dict[object, list[Record]] = defaultdict(list)
    for record in found:
        for form in _all_forms(record):
            for key in {form, " ".join(re.findall(r"[a-z]+|\d+", form)[:2])}:
                if len(key) > _SHORT:
                    blocks[key].append(record)
    return _within(blocks)


def _sort_of_weapon(one: Record, other: Record) -> Agreed | None:
    if not one.kinds or not other.kinds:
        return None
    return (0, "of one kind") if one.kinds & other.kinds else (1, "of different kinds")


KINDS: Mapping[str, Kind] = {
    "transfers": Kind(
        records.transfers,
        _transfer_pairs,
        (
            Field("weapon", _designation, (0.55, 0.20, 0.12, 0.06, 0.07)),
            Field("year", _years("ordered in"), (0.71, 0.15, 0.10, 0.03, 0.01)),
            Field("number", _number, (0.60, 0.15, 0.25)),
            Field("deliveries", _deliveries, (0.50, 0.22, 0.20, 0.08)),
            Field("supplier", _suppliers, (0.88, 0.12)),
        ),
    ),
    "agreements": Kind(
        records.agreements,
        _agreement_pairs,
        (
            Field("title", _title, (0.30, 0.25, 0.20, 0.15, 0.10)),
            Field("parties", _parties, (0.60, 0.20, 0.12, 0.08)),
            Field("signature", _signed, (0.60, 0.33, 0.07)),
        ),
    ),
    "people": Kind(
        records.people,
        _person_pairs,
        (
            Field("name", _person_name, (0.45, 0.15, 0.35, 0.05)),
            Field("state", _states, (0.95, 0.05)),
            Field("time", _active, (0.85, 0.13, 0.02)),
        ),
    ),
    "weapons": Kind(
        records.weapons,
        _weapon_pairs,
        (
            Field("designation", _designation, (0.60, 0.22, 0.10, 0.05, 0.03),
                  (0.02, 0.20, 0.40, 0.20, 0.18)),
            Field("kind", _sort_of_weapon, (0.90, 0.10), (0.35, 0.65)),
        ),
    ),
}
"""The kinds of things by name."""
