"""Series of figures: what is measured, of whom, year by year, each teller's beside the others'."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

from diplograph.absence import absence_of
from diplograph.charts.asked import Asked, Told
from diplograph.charts.words import clean, counted
from diplograph.errors import OptionError
from diplograph.facts import entities_of, facts_of
from diplograph.keys import name_key
from diplograph.model import Fact, When
from diplograph.names import Resolved, resolve

__all__ = ["Figure", "Figures", "Series", "find_figures"]


@dataclass(frozen=True)
class Figure:
    """A number as one teller gives it: least and most of what it can be, None where not known."""

    fact: str
    teller: str
    when: When
    low: float | None
    high: float | None
    estimated: bool
    disputed: bool


@dataclass(frozen=True)
class Series:
    """The figures of one measure of one thing, in order of time, and how many have no date."""

    measure: str
    of: str
    unit: str
    figures: tuple[Figure, ...]
    undated: int = 0


@dataclass(frozen=True)
class Figures:
    """The series of a picture, and what its frame tells."""

    title: str
    series: tuple[Series, ...]
    tellers: tuple[str, ...]
    told: Told
    notes: tuple[str, ...] = ()


class _Key(NamedTuple):
    """What figures must have in common to stand in one series."""

    measure: str
    unit: str
    area: str
    counterpart: str
    of: str
    about: str


def find_figures(asked: Asked, *names: str, of: str | None = None, most: int = 8) -> Figures:
    """The series of figures of the graph, of one entity, or of two together.

    ``of`` names a table or a measure. Without it the tables are taken, or, where there is none, all
    series with at least two figures. Raises :class:`~diplograph.errors.OptionError` where there is
    no figure, where ``of`` is no table or measure, and where there are more than ``most`` series.
    """
    whom = tuple(resolve(asked.graph, name) for name in names)
    keys, tables = _keys(asked)
    facts = {f.id: f for f in facts_of(asked.graph, keys, as_of=asked.as_of)}
    unsettled = asked.unsettled(key.of for key in keys.values() if key.of)
    wanted = {w.id for w in whom}
    mine = [
        iri for iri, key in sorted(keys.items())
        if iri in facts and wanted <= {key.area, key.counterpart, key.of, *key.about.split()}
    ]  # fmt: skip
    kept = [i for i in mine if asked.counts(facts[i].grade, keys[i].of not in unsettled)]
    if not kept:
        raise OptionError(_absence(asked, whom, len(mine)))
    groups: dict[_Key, list[str]] = defaultdict(list)
    for iri in kept:
        groups[keys[iri]].append(iri)
    chosen, title = _chosen(groups, tables, of)
    if len(chosen) > most:
        raise OptionError(
            f"{len(chosen)} series of figures are too many for one picture of this width; choose a "
            f"measure or a table with --of: {', '.join(sorted({k.measure for k in chosen}))}."
        )
    labels = entities_of(
        asked.graph,
        {i for key in chosen for i in (key.area, key.counterpart, key.of, *key.about.split()) if i},
    )
    series = tuple(
        sorted(
            (
                _series(key, own, facts, {iri: e.label for iri, e in labels.items()})
                for key, own in chosen.items()
            ),
            key=lambda s: (-len(s.figures), s.measure, s.of, s.unit),
        )
    )
    hidden = [iri for iri in mine if keys[iri] in chosen and iri not in set(kept)]
    used = [facts[iri] for own in chosen.values() for iri in own]
    bodies = {body for f in used for body in f.values.get("attributedTo", ())}
    note = tuple(w.note for w in whom if w.note)
    about = " and ".join(w.label for w in whom)
    return Figures(
        clean(title or (f"Figures of {about}" if about else "Figures")),
        series,
        tuple(sorted({figure.teller for s in series for figure in s.figures})),
        asked.told((f.source for f in used), bodies),
        (*note, *_notes(series), *asked.left_out(len(hidden), "figure")),
    )


def _keys(asked: Asked) -> tuple[dict[str, _Key], dict[str, str]]:
    """What each figure is of, and the table that each is a cell of, where it is one."""
    rows = asked.graph.select(
        """SELECT ?f ?measure ?unit ?area ?counterpart ?of ?about ?table ?cells WHERE {
            ?f a dg:Observation ; dg:measure/skos:prefLabel ?measure
            OPTIONAL { ?f dg:unit/skos:prefLabel ?unit } OPTIONAL { ?f dg:area ?area }
            OPTIONAL { ?f dg:counterpart ?counterpart } OPTIONAL { ?f dg:of ?of }
            OPTIONAL { ?f dg:about ?about }
            OPTIONAL { ?f qb:dataSet ?cells OPTIONAL { ?cells rdfs:label ?table } } }"""
    )
    about: dict[str, set[str]] = defaultdict(set)
    tables: dict[str, str] = {}
    bare: dict[str, _Key] = {}
    for row in sorted(rows, key=lambda r: sorted(r.items())):
        if "about" in row:
            about[row["f"]].add(row["about"])
        if "cells" in row:
            tables.setdefault(row["f"], row.get("table", row["cells"]))
        measure, unit, area, counterpart, thing = (
            row.get(name, "") for name in ("measure", "unit", "area", "counterpart", "of")
        )
        bare.setdefault(row["f"], _Key(measure, unit, area, counterpart, thing, ""))
    return {f: key._replace(about=" ".join(sorted(about[f]))) for f, key in bare.items()}, tables


def _chosen(
    groups: dict[_Key, list[str]], tables: dict[str, str], of: str | None
) -> tuple[dict[_Key, list[str]], str]:
    """The series that are asked for, and the title where a table was."""
    in_table = {key: {tables[i] for i in own if i in tables} for key, own in groups.items()}
    title = ""
    if of is not None:
        wanted = name_key(of)
        chosen = {
            key: own for key, own in groups.items()
            if wanted == name_key(key.measure) or wanted in map(name_key, in_table[key])
        } or {
            key: own for key, own in groups.items()
            if any(wanted in name_key(name) for name in (key.measure, *in_table[key]))
        }  # fmt: skip
        if not chosen:
            known = sorted({name for key in groups for name in (key.measure, *in_table[key])})
            more = f" and {len(known) - 12} more" if len(known) > 12 else ""
            raise OptionError(
                f"no figure here is of “{of}”; there are: {', '.join(known[:12])}{more}."
            )
        title = next((t for key in chosen for t in in_table[key] if wanted in name_key(t)), "")
        measures = {key.measure for key in chosen}
        title = title or (measures.pop() if len(measures) == 1 else "")
    else:
        chosen = {key: own for key, own in groups.items() if in_table[key]}
        one = {table for key in chosen for table in in_table[key]}
        title = one.pop() if len(one) == 1 else ""
        if not chosen:
            chosen = {key: own for key, own in groups.items() if len(own) > 1} or groups
    return chosen, title[:1].upper() + title[1:]


def _series(key: _Key, own: list[str], facts: dict[str, Fact], labels: dict[str, str]) -> Series:
    area, counterpart = labels.get(key.area, ""), labels.get(key.counterpart, "")
    whose = f"{area}, with {counterpart}" if area and counterpart else area or counterpart
    about = ", ".join(labels.get(i, i) for i in key.about.split())
    figures = sorted(
        (_figure(facts[iri]) for iri in own if facts[iri].when),
        key=lambda f: (f.when.earliest or "", f.when.latest or "", f.teller, f.fact),
    )
    return Series(
        clean(key.measure),
        clean(": ".join(part for part in (whose, labels.get(key.of, ""), about) if part)),
        clean(key.unit),
        tuple(figures),
        len(own) - len(figures),
    )


def _figure(fact: Fact) -> Figure:
    assert fact.when is not None
    values = fact.values
    low = values.get("minimum", values.get("value"))
    high = values.get("maximum", values.get("value"))
    bodies = values.get("attributedTo", ())
    inferred = " (inferred)" if fact.grade == "inferred" else ""
    teller = f"{fact.source}{inferred}" + (f", by {' and '.join(bodies)}" if bodies else "")
    marked = any(sign in fact.when.edtf for sign in "~?%X")
    return Figure(
        fact.id,
        clean(teller),
        fact.when,
        None if low is None else float(low),
        None if high is None else float(high),
        fact.grade != "stated" or bool(values.get("approximate")) or marked,
        bool(fact.conflicts),
    )


def _notes(series: tuple[Series, ...]) -> tuple[str, ...]:
    figures = [figure for s in series for figure in s.figures]
    unknown = sum(1 for f in figures if f.low is None and f.high is None)
    disputed = sum(1 for f in figures if f.disputed)
    undated = sum(s.undated for s in series)
    told = (
        (unknown, "Of unknown value, marked “?”"),
        (undated, "Without a date, and not drawn"),
        (disputed, "Contradicted by another fact"),
    )
    return tuple(f"{words}: {counted(number, 'figure')}." for number, words in told if number)


def _absence(asked: Asked, whom: tuple[Resolved, ...], left: int) -> str:
    if left:
        return (
            f"no figure counts here: {counted(left, 'figure')} pending, reported, rumoured or "
            "denied; ask with --include any."
        )
    if not whom:
        return "the graph tells of no figure; there is nothing to draw."
    entities = entities_of(asked.graph, (w.id for w in whom))
    named = " and ".join(w.label for w in whom)
    return absence_of(
        asked.graph, [entities[w.id] for w in whom], f"figure of {named}", asked.as_of
    ).detail
