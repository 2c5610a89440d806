"""What figures are of: measure, area, counterpart, whose figures they are, and their bounds.

A figure is a number, or only has a bound: “over 33 billion”, “fewer than 10 million”. What two
figures say about each other follows from their bounds, and where these overlap it stays open.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from diplograph.asking.outcome import Context
from diplograph.asking.parts import Heard, Mention
from diplograph.asking.wording import grammar
from diplograph.model import Fact
from diplograph.namespaces import values_clause

__all__ = [
    "Measured",
    "asks_for_a_multiple",
    "bounds",
    "by_how_much",
    "measured",
    "sized",
    "tellers_named",
    "with_amount",
]

RANK = "rank"
"""The measure of which less is more: number one is the first."""


@dataclass(frozen=True)
class Measured:
    """A figure and what it is of; ``tellers`` are those whose figure it is, and their countries."""

    fact: Fact
    measure: str
    area: str
    counterpart: str
    tellers: frozenset[str]

    @property
    def unit(self) -> str:
        """What it is counted in."""
        return str(self.fact.values.get("unit", ""))

    @property
    def time(self) -> str:
        """Of what time it is."""
        return self.fact.when.edtf if self.fact.when else ""


def measured(context: Context, facts: Collection[Fact]) -> dict[str, Measured]:
    """The figures among some facts by their IRI, each with what it is of."""
    figures = {fact.id: fact for fact in facts if "measure" in fact.values}
    if not figures:
        return {}
    clause = values_clause("fact", sorted(figures))
    rows = context.graph.select(
        f"""SELECT ?fact ?area ?counterpart ?teller ?home WHERE {{ {clause}
            OPTIONAL {{ ?fact dg:area ?area }} OPTIONAL {{ ?fact dg:counterpart ?counterpart }}
            OPTIONAL {{ ?fact dg:attributedTo ?teller
              OPTIONAL {{ ?part a dg:Affiliation ; dg:agent ?teller ; dg:within ?home }} }} }}"""
    )
    found: dict[str, Measured] = {}
    tellers: dict[str, set[str]] = {}
    for row in rows:
        own = tellers.setdefault(row["fact"], set())
        own |= {row[key] for key in ("teller", "home") if key in row}
    for row in rows:
        fact = figures[row["fact"]]
        found[fact.id] = Measured(
            fact, str(fact.values["measure"]), row.get("area", ""), row.get("counterpart", ""),
            frozenset(tellers[fact.id]),
        )  # fmt: skip
    return found


def bounds(fact: Fact) -> tuple[float, float] | None:
    """The least and the most that a figure can be; None where it is no number."""
    values = fact.values
    if isinstance(values.get("value"), (int, float)):
        return float(values["value"]), float(values["value"])
    low, high = values.get("minimum"), values.get("maximum")
    if low is None and high is None:
        return None
    return (
        -math.inf if low is None else float(low),
        math.inf if high is None else float(high),
    )


def by_how_much(one: Fact, two: Fact) -> tuple[int, str] | None:
    """Which of two figures is larger (1: the first, -1: the second, 0: neither), and by how much.

    None where that cannot be known.
    """
    a, b = bounds(one), bounds(two)
    if a is None or b is None:
        return None
    exact = a[0] == a[1] and b[0] == b[1]
    if exact and a == b:
        return 0, ""
    if a[0] >= b[1]:
        which, apart = 1, a[0] - b[1]
    elif b[0] >= a[1]:
        which, apart = -1, b[0] - a[1]
    else:
        return None
    near = "about " if one.values.get("approximate") or two.values.get("approximate") else ""
    return which, f"{near if exact else 'at least '}{sized(apart)}"


def sized(value: float) -> str:
    """A number as people write it: 5 billion, 1.4 million, 2.1."""
    for size, name in ((1e9, "billion"), (1e6, "million")):
        if abs(value) >= size:
            return f"{value / size:,g} {name}"
    return f"{value:,g}"


def with_amount(fact: Fact) -> str:
    """The number of a figure in words: “about 1 billion”, “over 33 billion”."""
    ends = bounds(fact)
    if ends is None:
        return ""
    low, high = ends
    if low == high:
        return f"{'about ' if fact.values.get('approximate') else ''}{sized(low)}"
    if math.isinf(high):
        return f"over {sized(low)}"
    return f"under {sized(high)}" if math.isinf(low) else f"{sized(low)} to {sized(high)}"


def tellers_named(heard: Heard) -> dict[str, Mention]:
    """The countries by whose figures a question asks: “the Chinese statistics”."""
    keys = [token.key for token in heard.tokens]
    found: dict[str, Mention] = {}
    ends = {i for i, key in enumerate(keys) if key in grammar("tellings")}
    ends |= {i + 1 for i in range(len(keys) - 1) if keys[i] == "own" and i + 1 in ends}
    for mention in sorted(heard.of("entity"), key=lambda m: -m.first):
        countries = [e.id for e in mention.entities if e.type == "Country"]
        owns = mention.adjective or heard.tokens[mention.last - 1].possessive
        if not countries or not owns:
            continue
        after = mention.last
        while after < len(keys) and after not in ends and keys[after] in _BETWEEN:
            after += 1
        if after in ends and _joined(keys[mention.last : after]):
            found[countries[0]] = mention
            ends.add(mention.first)
    return found


def _joined(between: Sequence[str]) -> bool:
    """Whether what stands between a name and its figures only joins them, or is nothing."""
    return not between or between[0] in ("own", "trade", "and", "or", "than", "official", "customs")


def asks_for_a_multiple(heard: Heard) -> bool:
    """Whether a question is about so many times as much: “three times”, “double”, “tenfold”."""
    return any(t.key in grammar("multiples") or t.key.endswith("fold") for t in heard.tokens)


_BETWEEN = frozenset(
    {"own", "trade", "official", "customs", "and", "or", "than", "by", "the", "in", "both"}
)
