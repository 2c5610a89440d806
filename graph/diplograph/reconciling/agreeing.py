"""How two records agree in a field: names and titles, years, numbers, parties, states.

Each function gives the level, the best being 0, and the reason in words; None where one of the two
says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache

from rapidfuzz import fuzz

from diplograph.keys import name_key
from diplograph.reconciling.comparing import Agreed
from diplograph.reconciling.records import OPEN, Record

__all__ = [
    "active", "all_forms", "deliveries", "designation", "gap", "name_words", "number", "parties",
    "person_name", "signed", "sort_of_weapon", "states", "suppliers", "title", "years",
]  # fmt: skip

WIDE = 3
"""Years that orders of one deal may lie apart; a longer stretch is the time of a whole trade."""
_SHORT = 3


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


def all_forms(record: Record) -> frozenset[str]:
    """The keys of all names of a weapon, those of its family among them."""
    return frozenset().union(*map(_forms, record.names | record.families))


def designation(one: Record, other: Record) -> Agreed | None:
    """By the names of the weapons: the same, in part, variants, somewhat alike, different."""
    if not one.names or not other.names:
        return None
    a, b = all_forms(one), all_forms(other)
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


# --- times and numbers ---------------------------------------------------------------------------


def _year_of(span: tuple[int, int]) -> str:
    if span[1] == OPEN:
        return f"{span[0]} and since"
    return str(span[0]) if span[0] == span[1] else f"{span[0]}–{span[1]}"


def gap(one: Iterable[tuple[int, int]], other: Iterable[tuple[int, int]]) -> int | None:
    """The years between the nearest two of several times; None where one has none."""
    gaps = [max(0, c - b, a - d) for a, b in one for c, d in other]
    return min(gaps, default=None)


def years(what: str) -> Callable[[Record, Record], Agreed | None]:
    """By the years: the same, next to each other, near, far apart, or a stretch of years."""

    def compare(one: Record, other: Record) -> Agreed | None:
        apart = gap(one.times, other.times)
        if apart is None:
            return None
        mine, theirs = (
            ", ".join(sorted({_year_of(time) for time in record.times})) for record in (one, other)
        )
        words = f"both {what} {mine}" if mine == theirs else f"{what} {mine} and {theirs}"
        if max(b - a for a, b in (*one.times, *other.times)) > WIDE:
            return 4, f"{words}, a stretch of years"  # the time of a whole trade, not of an order
        return (0 if apart == 0 else 1 if apart == 1 else 2 if apart <= WIDE else 3), words

    return compare


def number(one: Record, other: Record) -> Agreed | None:
    """By the numbers ordered: the same, near each other, different."""
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


def deliveries(one: Record, other: Record) -> Agreed | None:
    """By the years of delivery: the same, half of them in common, some, none."""
    if not one.later or not other.later:
        return None
    a, b = (
        {year for first, last in record.later for year in range(first, min(last, first + 60) + 1)}
        for record in (one, other)
    )
    spans = [f"{min(y)}–{max(y)}" if len(y) > 1 else str(min(y)) for y in (a, b)]
    words = f"delivered {spans[0]} and {spans[1]}"
    return (0 if a == b else 1 if len(a & b) >= len(a | b) / 2 else 2 if a & b else 3), words


# --- parties and titles ---------------------------------------------------------------------------


def suppliers(one: Record, other: Record) -> Agreed | None:
    """By the suppliers: the same, or states that took the place of each other."""
    if not one.parties["supplier"] or not other.parties["supplier"]:
        return None
    if one.parties["supplier"] & other.parties["supplier"]:
        return 0, "the supplier is the same"
    return 1, "the suppliers took each other's place"


_FORMAL = frozenset(
    {
        "the", "of", "on", "and", "for", "in", "to", "a", "an", "between", "among", "with", "by",
        "concerning", "regarding", "agreement", "agreements", "treaty", "convention", "protocol",
        "accord", "act", "government", "governments", "republic", "kingdom", "federation", "state",
        "states", "federal", "united", "democratic", "people", "peoples", "their", "its",
    }
)  # fmt: skip
"""Words that say nothing of what an agreement is about."""


def _subjects(record: Record, parties: frozenset[str]) -> set[str]:
    """The titles of an agreement without formal words and the names of the parties."""
    left = (
        " ".join(w for w in name_key(name).split() if w not in _FORMAL and w not in parties)
        for name in record.names
    )
    return {title for title in left if title}


def title(one: Record, other: Record) -> Agreed | None:
    """By what the titles say besides the parties and formal words."""
    named = frozenset(one.families | other.families)
    a, b = _subjects(one, named), _subjects(other, named)
    if not a or not b:
        return None  # a title that only names the parties, as of many agreements between them
    if {name_key(n) for n in one.names} & {name_key(n) for n in other.names}:
        return 0, "the titles are the same"
    best = max(
        0.5 * fuzz.token_sort_ratio(x, y) + 0.5 * fuzz.token_set_ratio(x, y) for x in a for y in b
    )
    level = next((n for n, least in enumerate((90, 78, 62), 1) if best >= least), 4)
    return level, f"what the titles say besides the parties is alike to {best:.0f} %"


def parties(one: Record, other: Record) -> Agreed | None:
    """By the parties: the same, most of them, half of them, fewer in common."""
    a, b = one.parties["party"], other.parties["party"]
    if not a or not b:
        return None
    both, all_ = len(a & b), len(a | b)
    if both == all_:
        return 0, f"the {both} parties are the same"
    words = f"{both} of {all_} parties in common"
    return (1 if both / all_ >= 0.8 else 2 if both / all_ >= 0.5 else 3), words


def signed(one: Record, other: Record) -> Agreed | None:
    """By the signature: the same day, the same year, another year."""
    if one.day and one.day == other.day:
        return 0, f"both signed on {one.day}"
    found = years("of")(one, other)
    return None if found is None or found[0] > 3 else (1 + min(found[0], 1), found[1])


# --- people --------------------------------------------------------------------------------------


def name_words(name: str) -> list[str]:
    """The words of a name, with ä, ö and ü alike however they are transliterated."""
    words = name_key(re.sub(r"\([^)]*\)", "", name)).split()
    return [re.sub("([aou])e", r"\1", word) for word in words if len(word) > 1]


def person_name(one: Record, other: Record) -> Agreed | None:
    """By the names of people: the same in full, alike, the only one given, a word in common."""
    a, b = ({tuple(name_words(n)) for n in record.names} for record in (one, other))
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


def states(one: Record, other: Record) -> Agreed | None:
    """By the states in which people held posts."""
    a, b = one.parties["state"], other.parties["state"]
    if not a or not b:
        return None
    if a & b:
        return 0, "both held posts in the same state"
    return 1, "they held posts in different states"


_LATER = 15
"""Years before or after an office in which a source may well still speak of who held it."""


def active(one: Record, other: Record) -> Agreed | None:
    """By the times of which the sources tell of people."""
    a, b = one.years, other.years
    if a is None or b is None:
        return None
    words = f"told of {_year_of(a)} and {_year_of(b)}"
    apart = max(0, b[0] - a[1], a[0] - b[1])
    return (0 if apart == 0 else 1 if apart <= _LATER else 2), words


# --- weapons -------------------------------------------------------------------------------------


def sort_of_weapon(one: Record, other: Record) -> Agreed | None:
    """By the kinds of the weapons, the broader ones among them."""
    if not one.kinds or not other.kinds:
        return None
    return (0, "of one kind") if one.kinds & other.kinds else (1, "of different kinds")
