"""Volumes of arms transfers: sums by side and by year, estimates and what may fall outside apart.

A register tells the volume of all the deliveries of a transfer, not of each year's. Where they run
over several years, only those that lie wholly in the time asked for are counted in it for certain;
the others may be, in part or whole, and are told apart.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from diplograph import dates
from diplograph.asking.matching import Reading
from diplograph.asking.outcome import Answered, Context, Outcome
from diplograph.asking.patterns import period_of
from diplograph.facts import entities_of
from diplograph.flows import Flow, read_flows
from diplograph.model import Entity, Evidence, Fact, When
from diplograph.namespaces import INDEX_GRAPH, PREFIXES, values_clause
from diplograph.words import in_words

__all__ = ["Sum", "volumes"]

_MOST = 10
"""How many are listed of those in order of size, and how many rows are shown of each."""


@dataclass
class Sum:
    """A volume in millions of TIV, in parts: for certain in the time asked for, and possibly."""

    exact: float = 0.0
    estimated: float = 0.0
    """By rows whose number or years of delivery are estimates."""
    possible: float = 0.0
    """In rows of which only a part may fall into the time."""
    rows: list[tuple[float, str, int]] = field(default_factory=list)

    @property
    def sure(self) -> float:
        """What lies in the time for certain, estimates among it."""
        return self.exact + self.estimated

    def add(self, source: str, flow: Flow, wholly: bool) -> None:
        """Count a transfer."""
        if not wholly:
            self.possible += flow.volume
        elif flow.estimated:
            self.estimated += flow.volume
        else:
            self.exact += flow.volume
        self.rows.append((flow.volume, source, flow.row))

    def in_words(self) -> str:
        """“1,234.5 million TIV, 200 of it by estimates; up to 90 more may fall into that time”."""
        told = f"{round(self.sure, 2):,} million TIV" if self.sure else "none for certain"
        if self.estimated:
            told += f", {round(self.estimated, 2):,} of it by estimated numbers"
        if self.possible:
            told += (
                f"; up to {round(self.possible, 2):,} more in deliveries that go beyond that time"
            )
        return told


def volumes(context: Context, reading: Reading) -> Outcome:
    """The volume that was delivered, in all, by year, or by supplier or recipient."""
    by = str(reading.template.options.get("by", "total"))
    query = _query(reading)
    period, _ = period_of(context, reading)
    kinds = _kinds(context, reading)
    sums: dict[str, Sum] = defaultdict(Sum)
    for ends, source, flow in _flows(context, query):
        if kinds is not None and flow.kind not in kinds:
            continue
        if by == "years":
            _by_year(sums, source, flow, period)
            continue
        wholly = _within(flow, period)
        key = {"suppliers": ends[0], "recipients": ends[1]}.get(by, "all")
        if wholly is not None and key:
            sums[key].add(source, flow, wholly)
    if not sums:
        return Outcome(reading, query, context.share(reading, 0.0), period=period)
    told = _told(context, reading, by, sums, period)
    return Outcome(
        reading,
        query,
        context.share(reading, 0.0),
        facts=tuple(answered.facts[0] for answered in told),
        answers=told if by in ("suppliers", "recipients") else (),
        extra={"volumes": by},
        period=period,
        notes=(_NOTE,),
    )


_NOTE = "TIV are SIPRI's measure of the volume of arms transfers; they are no prices."


def _query(reading: Reading) -> str:
    """The texts of the flows between the sides that the question names."""
    pattern = ["?at dg:flow ?flow"]
    for name, link in (("supplier", "flowFrom"), ("recipient", "flowTo")):
        filled = reading.filled(name)
        ends = f"?{name}"
        if filled is not None:
            pattern.insert(0, values_clause(name, sorted({e.id for e in filled.entities})))
            pattern.append(f"?at dg:{link} {ends}")
        else:
            pattern.append(f"OPTIONAL {{ ?at dg:{link} {ends} }}")
    return (
        f"SELECT ?supplier ?recipient ?flow WHERE {{ GRAPH <{INDEX_GRAPH}> "
        f"{{ {' . '.join(pattern)} }} }}"
    )


def _flows(context: Context, query: str) -> Iterator[tuple[tuple[str, str], str, Flow]]:
    for row in context.graph.select(query):
        source, flows = read_flows(row["flow"])
        for flow in flows:
            yield (row.get("supplier", ""), row.get("recipient", "")), source, flow


def _kinds(context: Context, reading: Reading) -> set[str] | None:
    """The kinds of weapon asked for with all narrower ones; None where none is named."""
    filled = reading.filled("kind")
    if filled is None:
        return None
    prefix = PREFIXES["wkind"]
    found: set[str] = set()
    for concept in filled.concepts:
        rows = context.graph.select(f"SELECT ?kind {{ ?kind skos:broader* <{concept.id}> }}")
        found |= {row["kind"].removeprefix(prefix) for row in rows}
    return found


def _within(flow: Flow, period: dates.Period | None) -> bool | None:
    """Whether the deliveries lie wholly in the time; None where no part of them can."""
    return True if period is None else _compared(flow.first, flow.last, period.edtf)


@lru_cache(maxsize=4096)
def _compared(first: int, last: int, asked: str) -> bool | None:
    years = dates.parse(f"{first}/{last}" if last > first else str(first))
    found = dates.within(years, dates.parse(asked))
    return None if found == "no" else found == "definitely"


def _by_year(sums: dict[str, Sum], source: str, flow: Flow, period: dates.Period | None) -> None:
    for year in range(flow.first, flow.last + 1):
        if period is None or _compared(year, year, period.edtf):
            sums[str(year)].add(source, flow, flow.first == flow.last)


def _told(
    context: Context,
    reading: Reading,
    by: str,
    sums: Mapping[str, Sum],
    period: dates.Period | None,
) -> tuple[Answered, ...]:
    sides = _sides(reading)
    when = f" ({in_words(period.edtf)})" if period else ""
    if by == "years":
        kept = sorted(sums)
    else:
        ranked = sorted(sums, key=lambda k: (-sums[k].sure, -sums[k].possible, k))
        kept = [key for key in ranked if sums[key].sure or by == "total"][:_MOST] or ranked[:_MOST]
    labels = entities_of(context.graph, kept) if by in ("suppliers", "recipients") else {}
    answered = []
    for key in kept:
        entity = labels.get(key) or Entity("", key, "Year")
        who = {"suppliers": f"from {entity.label} ", "recipients": f"to {entity.label} "}.get(
            by, ""
        )
        time = f" in {key}" if by == "years" else when
        statement = f"Deliveries {who}{sides}{time}: {sums[key].in_words()}."
        fact = _fact(" ".join(statement.split()), sums[key], key if by == "years" else period)
        answered.append(Answered(entity, (fact,)))
    return tuple(answered)


def _sides(reading: Reading) -> str:
    supplier, recipient, kind = (reading.filled(n) for n in ("supplier", "recipient", "kind"))
    parts = [f"of {kind.shown}"] if kind else []
    parts += [f"from {supplier.shown}"] if supplier else []
    parts += [f"to {recipient.shown}"] if recipient else []
    return " ".join(parts)


def _fact(statement: str, total: Sum, when: str | dates.Period | None) -> Fact:
    """A sum as a fact that is inferred from rows, the largest of which are its evidence."""
    largest = sorted(total.rows, key=lambda row: (-row[0], row[1], row[2]))[:_MOST]
    period = dates.parse(when) if isinstance(when, str) else when
    return Fact(
        id="",
        kind="Observation",
        statement=statement,
        when=When(
            period.edtf,
            str(period.earliest) if period.earliest else None,
            str(period.latest) if period.latest else None,
        )
        if period
        else None,
        stage=None,
        grade="inferred",
        holds="definitely" if total.sure else "possibly",
        others=(),
        values={
            "value": round(total.sure, 2), "unit": "million TIV",
            "estimated": round(total.estimated, 2),
            "possibly": round(total.possible, 2), "rows": len(total.rows),
        },
        evidence=tuple(
            Evidence(source, row, row + 1, "", None, "row")
            for _, source, row in sorted(largest, key=lambda one: one[1:])
        ),
        conflicts=(),
        source=largest[0][1],
    )  # fmt: skip
