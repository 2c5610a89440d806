"""Arms transfers by the year of their order and by class, the estimated and the unknown apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from diplograph.absence import absence_of
from diplograph.charts.asked import Asked, Told
from diplograph.charts.words import clean, counted, plural
from diplograph.errors import OptionError
from diplograph.facts import entities_of, facts_of, values_clause
from diplograph.model import Fact
from diplograph.names import Resolved, resolve
from diplograph.namespaces import PREFIXES

__all__ = ["Bar", "Deal", "Panel", "Transfers", "find_transfers"]

_ORDERED = PREFIXES["stage"] + "ordered"
_NUMBER = PREFIXES["measure"] + "number-ordered"


@dataclass(frozen=True)
class Deal:
    """A transfer as one teller has it: a source in its own words, or by the figures of others.

    ``year`` is that of the order, None where none is told or it lies in no single year; ``low`` and
    ``high`` are the number ordered, both None where it is not told or not known.
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

    @property
    def estimated(self) -> bool:
        """Whether its year or its number is not simply stated."""
        return self.year_estimated or self.number_estimated


@dataclass(frozen=True)
class Bar:
    """What one teller tells of one year: a sum that is sure, one that is estimated, and more.

    ``more`` is by how much the numbers that are ranges may exceed the two; ``unknown`` is how many
    transfers of the year are of a number that is not known.
    """

    year: int
    teller: str
    sure: float = 0
    estimated: float = 0
    more: float = 0
    unknown: int = 0


@dataclass(frozen=True)
class Panel:
    """The transfers of one class of weapon that has any with a year, and what is in no bar."""

    name: str
    unit: str
    bars: tuple[Bar, ...]
    deals: int
    unknown: int
    undated: int


@dataclass(frozen=True)
class Transfers:
    """How many transfers were ordered in each year, and how many items of each class."""

    title: str
    orders: tuple[Bar, ...]
    panels: tuple[Panel, ...]
    tellers: tuple[str, ...]
    deals: tuple[Deal, ...]
    told: Told
    notes: tuple[str, ...] = ()


class _Found(NamedTuple):
    fact: Fact
    measure: str
    stage: str


def find_transfers(asked: Asked, *names: str) -> Transfers:
    """The transfers of the graph, of one supplier, recipient or weapon, or between two parties.

    Raises :class:`~diplograph.errors.OptionError` with the reason where there is none.
    """
    whom = tuple(resolve(asked.graph, name) for name in names)
    transfers = _transfers(asked, whom)
    facts = _facts(asked, transfers)
    unsettled = asked.unsettled(facts)
    settled = {t: own for t, own in facts.items() if asked.counts("stated", t not in unsettled)}
    deals = tuple(
        deal
        for t in sorted(settled, key=lambda t: (transfers[t][0], t))
        for deal in _deals(asked, t, *transfers[t], settled[t])
    )
    if not deals:
        raise OptionError(_absence(asked, whom, len(facts)))
    if all(deal.year is None for deal in deals):
        raise OptionError(
            f"no year of order is told of the {counted(len(deals), 'arms transfer')} that "
            f"{'counts' if len(deals) == 1 else 'count'} here; there is nothing to draw."
        )
    tellers = tuple(dict.fromkeys(sorted(d.teller for d in deals)))
    of = " and ".join(w.label for w in whom)
    title = f"Arms transfers between {of}" if len(whom) > 1 else f"Arms transfers of {of}"
    used = [f.fact for own in settled.values() for f in own]
    told = asked.told(
        (f.source for f in used), (b for f in used for b in f.values.get("attributedTo", ()))
    )
    return Transfers(
        clean(title if whom else "Arms transfers"),
        _by_year(deals),
        _panels(deals),
        tellers,
        deals,
        told,
        (*(w.note for w in whom if w.note), *_notes(asked, deals, len(facts) - len(settled))),
    )


def _transfers(asked: Asked, whom: tuple[Resolved, ...]) -> dict[str, tuple[str, str]]:
    """Label and class of weapon of each of the transfers."""
    patterns = ""
    if len(whom) == 1:
        patterns = f"?t dg:supplier|dg:recipient|dg:weapon <{whom[0].id}> ."
    elif whom:
        one, two = (w.id for w in whom)
        patterns = (
            f"{{ ?t dg:supplier <{one}> ; dg:recipient <{two}> }} UNION "
            f"{{ ?t dg:supplier <{two}> ; dg:recipient <{one}> }}"
        )
    rows = asked.graph.select(
        f"""SELECT DISTINCT ?t ?label ?kind WHERE {{ {patterns} ?t a dg:ArmsTransfer .
            OPTIONAL {{ ?t skos:prefLabel ?label }}
            OPTIONAL {{ ?t dg:weapon/dg:kind ?k . ?k skos:broader* ?top . ?top skos:prefLabel ?kind
                       FILTER NOT EXISTS {{ ?top skos:broader ?wider }} }}
        }} ORDER BY DESC(?kind) DESC(?label)"""
    )
    return {
        row["t"]: (row.get("label", row["t"]), row.get("kind", "of no class told")) for row in rows
    }


def _facts(asked: Asked, transfers: dict[str, tuple[str, str]]) -> dict[str, list[_Found]]:
    if not transfers:
        return {}
    rows = asked.graph.select(
        f"""SELECT ?f ?t ?m ?s WHERE {{ {values_clause("t", sorted(transfers))}
            ?f dg:of ?t ; a dg:Fact OPTIONAL {{ ?f dg:measure ?m }} OPTIONAL {{ ?f dg:stage ?s }}
        }}"""
    )
    facts = {f.id: f for f in facts_of(asked.graph, (r["f"] for r in rows), as_of=asked.as_of)}
    found: dict[str, list[_Found]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: r["f"]):
        if row["f"] in facts:
            told = _Found(facts[row["f"]], row.get("m", ""), row.get("s", ""))
            found[row["t"]].append(told)
    return dict(found)


def _deals(asked: Asked, transfer: str, label: str, kind: str, facts: list[_Found]) -> list[Deal]:
    """A transfer as each of its tellers has it."""
    by_source: dict[str, list[_Found]] = defaultdict(list)
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


def _deal(bare: Deal, own: list[_Found]) -> Deal:
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
    )


def _tellers(facts: list[_Found]) -> dict[str, list[_Found]]:
    """The facts of a source by who tells them: all together, unless it tells one thing twice.

    It does where it has both a number, or an order, of its own and one by figures of others.
    """
    telling: dict[str, list[_Found]] = defaultdict(list)
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


def _by_year(deals: tuple[Deal, ...]) -> tuple[Bar, ...]:
    """How many transfers were ordered in each year, by each teller."""
    cells: dict[tuple[int, str], list[Deal]] = defaultdict(list)
    for deal in deals:
        if deal.year is not None:
            cells[deal.year, deal.teller].append(deal)
    return tuple(
        Bar(
            year,
            teller,
            sum(1 for d in own if not d.year_estimated),
            sum(1 for d in own if d.year_estimated),
        )
        for (year, teller), own in sorted(cells.items())
    )


def _panels(deals: tuple[Deal, ...]) -> tuple[Panel, ...]:
    groups: dict[str, list[Deal]] = defaultdict(list)
    for deal in deals:
        groups[deal.group].append(deal)
    panels = []
    for name, own in groups.items():
        units = sorted({d.unit for d in own if d.unit}) or [""]
        for number, unit in enumerate(units):
            these = [d for d in own if d.unit == unit or (not d.unit and number == 0)]
            panel = _panel(name, unit, these)
            panels += [panel] if panel.bars else []
    return tuple(sorted(panels, key=lambda p: (-p.deals, p.name, p.unit)))


def _panel(name: str, unit: str, deals: list[Deal]) -> Panel:
    cells: dict[tuple[int, str], list[Deal]] = defaultdict(list)
    for deal in deals:
        if deal.year is not None:
            cells[deal.year, deal.teller].append(deal)
    bars = tuple(
        Bar(
            year,
            teller,
            sum(d.low or 0 for d in own if not d.estimated),
            sum(d.low or 0 for d in own if d.estimated),
            sum((d.high or 0) - (d.low or 0) for d in own),
            sum(1 for d in own if d.high is None),
        )
        for (year, teller), own in sorted(cells.items())
    )
    return Panel(
        name[:1].upper() + name[1:],
        unit or "items",
        bars,
        len(deals),
        sum(1 for d in deals if d.high is None and d.year is not None),
        sum(1 for d in deals if d.year is None),
    )


def _notes(asked: Asked, deals: tuple[Deal, ...], left_out: int) -> tuple[str, ...]:
    undated = [d for d in deals if d.year is None]
    unknown = [d for d in deals if d.high is None and d.year is not None]
    notes = []
    if undated:
        known = sum(1 for d in undated if d.high is not None)
        groups = Counter(d.group for d in undated)
        notes.append(
            f"In no bar, as no single year of order is told: {counted(len(undated), 'transfer')}"
            f"{f' ({known} of known number)' if known else ''}: "
            f"{', '.join(f'{name} {groups[name]}' for name in sorted(groups))}."
        )
    if unknown:
        notes.append(
            f"Of unknown or untold number, marked “?”: {counted(len(unknown), 'transfer')}."
        )
    twice = _told_twice(asked, deals)
    if twice:
        notes.append(
            f"May be one transfer told twice: {counted(twice, 'pair')}; "
            "what different tellers tell is never added up."
        )
    return (*notes, *asked.left_out(left_out, "transfer"))


def _told_twice(asked: Asked, deals: tuple[Deal, ...]) -> int:
    """How many pairs of the transfers may be the same, or are told by several tellers."""
    these = sorted({d.id for d in deals})
    rows = asked.graph.select(
        f"SELECT DISTINCT ?a ?b WHERE {{ {values_clause('a', these)} ?a dg:mayBe ?b }}"
    )
    pairs = {frozenset((r["a"], r["b"])) for r in rows if r["b"] in these and r["a"] != r["b"]}
    return len(pairs) + len(deals) - len(these)


def _absence(asked: Asked, whom: tuple[Resolved, ...], unsettled: int) -> str:
    if unsettled:
        return (
            f"no arms transfer counts here: {counted(unsettled, 'transfer')} only pending, "
            "reported, rumoured or denied; ask with --include any."
        )
    if not whom:
        return "the graph tells of no arms transfer; there is nothing to draw."
    entities = entities_of(asked.graph, (w.id for w in whom))
    named = " and ".join(w.label for w in whom)
    what = f"arms transfer between {named}" if len(whom) > 1 else f"arms transfer of {named}"
    return absence_of(asked.graph, [entities[w.id] for w in whom], what, asked.as_of).detail
