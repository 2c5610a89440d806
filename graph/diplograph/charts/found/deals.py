"""Arms transfers as each teller has them: a source in its own words, or by figures of others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from diplograph.charts.asked import Asked
from diplograph.charts.words import clean, plural
from diplograph.model import Fact
from diplograph.namespaces import PREFIXES

__all__ = ["Deal", "FoundFact", "deals_of"]

_ORDERED = PREFIXES["stage"] + "ordered"
_NUMBER = PREFIXES["measure"] + "number-ordered"


@dataclass(frozen=True)
class Deal:
    """A transfer as one teller has it: a source in its own words, or by the figures of others.

    ``year`` is that of the order, None where none is told or it lies in no single year; ``low`` and
    ``high`` are the number ordered, both None where it is not told or not known. ``facts`` are what
    the teller tells of the transfer (IRIs).
    """

    id: str
    label: str
    group: str
    teller: str
    year: int | None = None
    year_estimated: bool = False
    low: float | None = None
    high: float | None = None
    number_estimated: bool = False
    unit: str = ""
    facts: tuple[str, ...] = ()

    @property
    def estimated(self) -> bool:
        """Whether its year or its number is not simply stated."""
        return self.year_estimated or self.number_estimated


class FoundFact(NamedTuple):
    """A fact of a transfer, with the measure and the stage (IRIs) that it tells of."""

    fact: Fact
    measure: str
    stage: str


def deals_of(
    asked: Asked, transfer: str, label: str, kind: str, facts: list[FoundFact]
) -> list[Deal]:
    """A transfer as each of its tellers has it."""
    by_source: dict[str, list[FoundFact]] = defaultdict(list)
    for found in facts:
        if asked.counts(found.fact.grade):
            by_source[found.fact.source].append(found)
    telling = {t: own for source in by_source.values() for t, own in _tellers(source).items()}
    apt = {
        teller: own
        for teller, own in telling.items()
        if any(f.stage == _ORDERED or f.measure == _NUMBER for f in own)
    }
    group = plural(clean(kind))
    chosen = apt or dict(sorted(telling.items())[:1])
    return [
        _deal(Deal(transfer, clean(label), group, teller), own)
        for teller, own in sorted(chosen.items())
    ]


def _deal(bare: Deal, own: list[FoundFact]) -> Deal:
    orders = [f.fact for f in own if f.stage == _ORDERED and f.fact.when]
    numbers = [f.fact for f in own if f.measure == _NUMBER]
    years = {_year(fact) for fact in orders}
    year = years.pop() if len(years) == 1 else None
    lows = [v for f in numbers if (v := _bound(f, "minimum")) is not None]
    highs = [v for f in numbers if (v := _bound(f, "maximum")) is not None]
    low, high = min(lows or highs, default=None), max(highs or lows, default=None)
    return Deal(
        bare.id,
        bare.label,
        bare.group,
        bare.teller,
        year,
        year is not None and any(_estimated(fact) for fact in orders),
        0.0 if low is not None and not lows else low,
        high,
        any(_estimated(fact) or fact.values.get("approximate") for fact in numbers),
        clean(next((fact.values["unit"] for fact in numbers if "unit" in fact.values), "")),
        tuple(f.fact.id for f in own),
    )


def _tellers(facts: list[FoundFact]) -> dict[str, list[FoundFact]]:
    """The facts of a source by who tells them: all together, unless it tells one thing twice.

    It does where it has both a number, or an order, of its own and one by figures of others.
    """
    telling: dict[str, list[FoundFact]] = defaultdict(list)
    for found in facts:
        telling[_teller(found.fact)].append(found)
    orders, numbers = (
        [teller for teller, own in telling.items() if any(map(tells, own))]
        for tells in (
            lambda f: bool(f.stage == _ORDERED and f.fact.when),
            lambda f: f.measure == _NUMBER,
        )
    )
    if len(orders) > 1 or len(numbers) > 1:
        return dict(telling)
    return {(numbers or orders or sorted(telling))[0]: facts}


def _teller(fact: Fact) -> str:
    bodies = fact.values.get("attributedTo", ())
    return clean(f"{fact.source}, by figures of others" if bodies else fact.source)


def _year(fact: Fact) -> int | None:
    assert fact.when is not None
    first, last = fact.when.earliest, fact.when.latest
    return int(first[:4]) if first and last and first[:4] == last[:4] else None


def _estimated(fact: Fact) -> bool:
    uncertain = fact.when is not None and any(sign in fact.when.edtf for sign in "~?%X")
    number = "measure" in fact.values
    return fact.grade != "stated" or (uncertain and not number)


def _bound(fact: Fact, name: str) -> float | None:
    value = fact.values.get(name, fact.values.get("value"))
    return None if value is None else float(value)
