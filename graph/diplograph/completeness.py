"""How much of each document stands in the graph: the units that facts cite, and those left over.

A document is taken apart into sentences, footnotes, rows of tables and headings
(:mod:`diplograph.units`). Each is *cited* by the passages of facts, or marked in the *ledger* of
its source as stating nothing (``dg:LedgerEntry``), or a *gap*.

A passage counts for a unit that it lies within, and for one of which it covers at least half.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from diplograph.copies import Copies
from diplograph.errors import SourceError
from diplograph.model import Record
from diplograph.namespaces import local_name
from diplograph.store import Graph
from diplograph.units import Unit, UnitKind, units, without_marks

__all__ = ["Count", "Coverage", "Gap", "SourceCoverage", "coverage"]

_LEAST_WORDS = 6
"""So many words in a row of a cited unit that lie in no passage are worth a second look."""


@dataclass(frozen=True)
class Count(Record):
    """Of one kind of unit: how many there are, are cited, stand in the ledger, are left over."""

    kind: str
    total: int
    cited: int
    ledger: int
    gaps: int


@dataclass(frozen=True)
class Gap(Record):
    """A stretch of a document that no fact cites: its place, its kind, the text of the copy."""

    start: int
    end: int
    kind: str
    where: str
    text: str


@dataclass(frozen=True)
class SourceCoverage(Record):
    """How much of one document stands in the graph.

    ``words`` counts the words of the document, ``cited_words`` those that lie in the passage of a
    fact. ``gaps`` are the units left over; ``parts`` are longer stretches of cited units that lie
    in no passage. ``untrue`` are ledger entries for what facts do cite, with their reason.
    """

    source: str
    counts: tuple[Count, ...]
    words: int
    cited_words: int
    reasons: dict[str, int]
    gaps: tuple[Gap, ...]
    parts: tuple[Gap, ...]
    untrue: tuple[Gap, ...]


@dataclass(frozen=True)
class Coverage(Record):
    """The coverage of each document at hand, and the sources whose document is not."""

    sources: tuple[SourceCoverage, ...]
    missing: tuple[str, ...]

    @property
    def complete(self) -> bool:
        """Whether nothing is left over and no ledger entry is untrue."""
        return not any(source.gaps or source.untrue for source in self.sources)


def coverage(graph: Graph, folder: Path) -> Coverage:
    """How much of each document in ``folder`` the facts of ``graph`` cite.

    Raises :class:`~diplograph.errors.SourceError` where the folder holds none of the documents, and
    where a copy is not the text that the curators read, since its offsets would mean nothing.
    """
    copies = Copies.find(graph, folder)
    for source in copies.changed(graph):
        raise SourceError(
            f"{source}: your copy is not the text that the curators read, so that places in it "
            "mean nothing; see: diplograph sources verify."
        )
    return Coverage(
        tuple(_covered(graph, source, text) for source, text in sorted(copies.texts.items())),
        copies.missing,
    )


def _covered(graph: Graph, source: str, text: str) -> SourceCoverage:
    passages = _spans(graph, source, "?x a dg:Fact .")
    ledger = _spans(graph, source, "?x a dg:LedgerEntry .")
    sections = _sections(graph, source)
    found = units(text)
    by_kind: dict[UnitKind, list[str]] = {kind: [] for kind in UnitKind}
    gaps, parts, untrue = [], [], []
    cited_words = words = 0
    for unit in found:
        where = _where(sections, unit.start)
        kind = _kind(unit, where)
        cited, marked = _told(unit, passages), _told(unit, ledger)
        by_kind[kind].append("cited" if cited else "ledger" if marked else "gap")
        bare = _bare(unit, passages, text)
        words += _words(text[unit.start : unit.end])
        cited_words += _words(text[unit.start : unit.end]) - sum(_words(text[s:e]) for s, e in bare)

        def gap(start: int, end: int, kind: UnitKind = kind, where: str = where) -> Gap:
            return Gap(start, end, kind.value, where, " ".join(text[start:end].split()))

        if cited and marked:
            untrue.append(gap(unit.start, unit.end))
        elif not cited and not marked:
            gaps.append(gap(unit.start, unit.end))
        elif cited:
            parts += [gap(s, e) for s, e in bare if _words(text[s:e]) >= _LEAST_WORDS]
    return SourceCoverage(
        source,
        tuple(
            Count(kind.value, len(s), s.count("cited"), s.count("ledger"), s.count("gap"))
            for kind, s in by_kind.items()
            if s
        ),
        words,
        cited_words,
        _reasons(graph, source),
        tuple(gaps),
        tuple(parts),
        tuple(untrue),
    )


def _spans(graph: Graph, source: str, pattern: str) -> list[tuple[int, int]]:
    rows = graph.select(
        f"""SELECT DISTINCT ?start ?end WHERE {{ {pattern} ?x dg:evidence ?passage .
            ?passage oa:hasSource/dct:identifier "{source}" ; oa:hasSelector ?position .
            ?position oa:start ?start ; oa:end ?end }}"""
    )
    return sorted((int(row["start"]), int(row["end"])) for row in rows)


def _sections(graph: Graph, source: str) -> list[tuple[int, int, str]]:
    rows = graph.select(
        f"""SELECT ?label ?at WHERE {{ ?s dct:identifier "{source}" ; dg:section ?section .
            ?section rdfs:label ?label ; dg:at ?at }}"""
    )
    found = []
    for row in rows:
        start, _, end = row["at"].partition("-")
        found.append((int(end) - int(start), int(start), row["label"]))
    return sorted(found)


def _reasons(graph: Graph, source: str) -> dict[str, int]:
    rows = graph.select(
        f"""SELECT ?reason (COUNT(DISTINCT ?x) AS ?count) WHERE {{
            ?x a dg:LedgerEntry ; dg:reason ?reason ; dg:evidence/oa:hasSource ?s .
            ?s dct:identifier "{source}" }} GROUP BY ?reason ORDER BY DESC(?count) ?reason"""
    )
    return {local_name(row["reason"]): int(row["count"]) for row in rows}


def _where(sections: Iterable[tuple[int, int, str]], place: int) -> str:
    """The label of the shortest section around the place; the sections come shortest first."""
    return next((label for n, start, label in sections if start <= place < start + n), "")


def _kind(unit: Unit, where: str) -> UnitKind:
    """The kind of a unit; the rest of a footnote behind a page break is told by its section."""
    footnote = unit.kind is UnitKind.SENTENCE and where.startswith("footnote")
    return UnitKind.FOOTNOTE if footnote else unit.kind


def _told(unit: Unit, passages: Sequence[tuple[int, int]]) -> bool:
    for start, end in passages:
        shared = min(end, unit.end) - max(start, unit.start)
        if shared > 0 and (
            (start >= unit.start and end <= unit.end) or shared * 2 >= unit.end - unit.start
        ):
            return True
    return False


def _bare(unit: Unit, passages: Sequence[tuple[int, int]], text: str) -> list[tuple[int, int]]:
    """The stretches of a unit that lie in no passage."""
    found, place = [], unit.start
    for start, end in passages:
        if start >= unit.end:
            break
        if start > place:
            found.append((place, start))
        place = max(place, end)
    if place < unit.end:
        found.append((place, unit.end))
    return [(s, e) for s, e in found if any(c.isalnum() for c in text[s:e])]


def _words(text: str) -> int:
    return len(re.findall(r"\w+(?:[’'.,-]\w+)*", without_marks(text)))
