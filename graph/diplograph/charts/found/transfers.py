"""Arms transfers by the year of their order and by class, the estimated and the unknown apart."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from diplograph.absence import absence_of
from diplograph.charts.asked import Asked, Told
from diplograph.charts.found.deals import Deal, FoundFact, deals_of
from diplograph.charts.words import clean, counted
from diplograph.errors import OptionError
from diplograph.facts import entities_of, facts_of
from diplograph.names import Resolved, resolve
from diplograph.namespaces import values_clause

__all__ = ["Bar", "Deal", "Panel", "Transfers", "find_transfers"]


@dataclass(frozen=True)
class Bar:
    """What one teller tells of one year: a sum that is sure, one that is estimated, and more.

    ``more`` is by how much the numbers that are ranges may exceed the two; ``unknown`` is how many
    transfers of the year are of a number that is not known. ``facts`` are what it rests on (IRIs).
    """

    year: int
    teller: str
    sure: float = 0
    estimated: float = 0
    more: float = 0
    unknown: int = 0
    facts: tuple[str, ...] = ()


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
        for deal in deals_of(asked, t, *transfers[t], settled[t])
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


def _facts(asked: Asked, transfers: dict[str, tuple[str, str]]) -> dict[str, list[FoundFact]]:
    if not transfers:
        return {}
    rows = asked.graph.select(
        f"""SELECT ?f ?t ?m ?s WHERE {{ {values_clause("t", sorted(transfers))}
            ?f dg:of ?t ; a dg:Fact OPTIONAL {{ ?f dg:measure ?m }} OPTIONAL {{ ?f dg:stage ?s }}
        }}"""
    )
    facts = {f.id: f for f in facts_of(asked.graph, (r["f"] for r in rows), as_of=asked.as_of)}
    found: dict[str, list[FoundFact]] = defaultdict(list)
    for row in sorted(rows, key=lambda r: r["f"]):
        if row["f"] in facts:
            told = FoundFact(facts[row["f"]], row.get("m", ""), row.get("s", ""))
            found[row["t"]].append(told)
    return dict(found)


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
            facts=_facts_of(own),
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
            _facts_of(own),
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


def _facts_of(deals: list[Deal]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact for deal in deals for fact in deal.facts))


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
