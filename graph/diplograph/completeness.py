"""How much of each document stands in the graph: the units that facts cite, and those left over.

A document is taken apart into sentences, footnotes, rows of tables and headings
(:mod:`diplograph.units`). Each is *cited* by the passages of facts, or marked in the *ledger* of
its source as stating nothing (``dg:LedgerEntry``), or a *gap*.

A passage counts for a unit that it lies within, and for one of which it covers at least half.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
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
    fact, ``share`` is their share in percent. ``gaps`` are the units left over; ``parts`` are
    longer stretches of cited units that lie in no passage. ``reasons`` counts the ledger entries by
    reason; ``untrue`` are entries for what facts do cite.
    """

    source: str
    counts: tuple[Count, ...]
    words: int
    cited_words: int
    share: float
    reasons: dict[str, int]
    gaps: tuple[Gap, ...]
    parts: tuple[Gap, ...]
    untrue: tuple[Gap, ...]


@dataclass(frozen=True)
class Coverage(Record):
    """The coverage of each document at hand, and the sources whose document is not.

    ``complete`` tells whether there is a document at hand and nothing of those at hand is left over
    or in an untrue ledger entry.
    """

    sources: tuple[SourceCoverage, ...]
    missing: tuple[str, ...]
    complete: bool


def coverage(graph: Graph, folder: str | os.PathLike[str]) -> Coverage:
    """How much of each document in ``folder`` the facts of ``graph`` cite.

    Raises :class:`~diplograph.errors.SourceError` where the folder holds none of the documents, and
    where a copy is not the text that the curators read, since its offsets would mean nothing, or a
    passage lies outside it.

    >>> import tempfile
    >>> from diplograph import new_source, open_graph
    >>> home = Path(tempfile.mkdtemp())
    >>> _ = (home / "pact.txt").write_text("# The Pact\\n\\nAlba and Borea signed it.\\n")
    >>> mine = new_source("pact", home / "pact.txt", home, covers=["China"])
    >>> [source] = coverage(open_graph(mine), home).sources
    >>> [gap.text for gap in source.gaps], source.reasons
    (['Alba and Borea signed it.'], {'heading': 1})
    """
    copies = Copies.find(graph, Path(folder))
    for source in copies.changed(graph):
        raise SourceError(
            f"{source}: your copy is not the text that the curators read, so that places in it "
            "mean nothing; see: diplograph sources verify."
        )
    facts, ledger = _spans(graph, "Fact"), _spans(graph, "LedgerEntry")
    for source, text in copies.texts.items():
        for start, end in sorted(facts[source] | ledger[source]):
            if end > len(text):
                raise SourceError(
                    f"{source}: passage {start}-{end} lies outside the document, which has "
                    f"{len(text):,} characters; correct the dg:at that gives it."
                )
    sections, reasons = _sections(graph), _reasons(graph)
    found = tuple(
        _covered(
            source,
            text,
            _Passages(facts[source]),
            _Passages(ledger[source]),
            sections[source],
            reasons[source],
        )
        for source, text in sorted(copies.texts.items())
    )
    complete = bool(found) and not any(source.gaps or source.untrue for source in found)
    return Coverage(found, copies.missing, complete)


_Span = tuple[int, int]


class _Passages:
    """Passages in order of their starts, made ready to be asked about many stretches."""

    def __init__(self, spans: Iterable[_Span]) -> None:
        self.spans = sorted(spans)
        self.starts = [start for start, _ in self.spans]
        self.reach = list(accumulate((end for _, end in self.spans), max))

    def cite(self, unit: Unit) -> bool:
        """Whether one of them lies within the unit or covers at least half of it."""
        first = bisect_left(self.starts, unit.start)
        half = (unit.end - unit.start) / 2
        if first and min(self.reach[first - 1], unit.end) - unit.start >= half:
            return True
        beginning_here = self.spans[first : bisect_left(self.starts, unit.end)]
        return any(end <= unit.end or unit.end - start >= half for start, end in beginning_here)

    def hold(self, start: int, end: int) -> bool:
        """Whether one of them shares at least a character with the stretch."""
        before = bisect_left(self.starts, end)
        return bool(before) and self.reach[before - 1] > start

    def bare(self, unit: Unit) -> list[_Span]:
        """The stretches of the unit that lie in none of them."""
        first = bisect_left(self.starts, unit.start)
        place = max(unit.start, self.reach[first - 1] if first else 0)
        found = []
        for start, end in self.spans[first : bisect_right(self.starts, unit.end)]:
            if start > place:
                found.append((place, min(start, unit.end)))
            place = max(place, end)
        if place < unit.end:
            found.append((place, unit.end))
        return found


def _covered(
    source: str,
    text: str,
    facts: _Passages,
    ledger: _Passages,
    sections: Sequence[tuple[int, int, str]],
    reasons: dict[str, int],
) -> SourceCoverage:
    states: dict[UnitKind, Counter[str]] = defaultdict(Counter)
    gaps, parts, untrue = [], [], []
    words = cited_words = 0
    for unit in units(text):
        where = _where(sections, unit.start)
        kind = _kind(unit, where)

        def gap(start: int, end: int, kind: UnitKind = kind, where: str = where) -> Gap:
            return Gap(start, end, kind.value, where, " ".join(text[start:end].split()))

        own = _words(text[unit.start : unit.end])
        words += len(own)
        cited_words += sum(facts.hold(unit.start + s, unit.start + e) for s, e in own)
        cited, marked = facts.cite(unit), ledger.cite(unit)
        states[kind]["cited" if cited else "ledger" if marked else "gap"] += 1
        if cited and marked:
            untrue.append(gap(unit.start, unit.end))
        elif not cited and not marked:
            gaps.append(gap(unit.start, unit.end))
        elif cited:
            bare = facts.bare(unit)
            parts += [gap(s, e) for s, e in bare if len(_words(text[s:e])) >= _LEAST_WORDS]
    counts = tuple(
        Count(kind.value, n.total(), n["cited"], n["ledger"], n["gap"])
        for kind in UnitKind
        if (n := states[kind])
    )
    share = round(100 * cited_words / words, 1) if words else 100.0
    return SourceCoverage(
        source, counts, words, cited_words, share, reasons, tuple(gaps), tuple(parts), tuple(untrue)
    )


def _spans(graph: Graph, kind: str) -> dict[str, set[_Span]]:
    """By source, the passages of the nodes of a class of the vocabulary."""
    rows = graph.select(
        f"""SELECT DISTINCT ?id ?start ?end WHERE {{ ?x a dg:{kind} ; dg:evidence ?passage .
            ?passage oa:hasSource/dct:identifier ?id ; oa:hasSelector ?position .
            ?position oa:start ?start ; oa:end ?end }}"""
    )
    found: dict[str, set[_Span]] = defaultdict(set)
    for row in rows:
        found[row["id"]].add((int(row["start"]), int(row["end"])))
    return found


def _sections(graph: Graph) -> dict[str, list[tuple[int, int, str]]]:
    """By source, length, start and label of its sections, the shortest first."""
    rows = graph.select(
        """SELECT ?id ?label ?at WHERE { ?s dct:identifier ?id ; dg:section ?section .
            ?section rdfs:label ?label ; dg:at ?at }"""
    )
    found = defaultdict(list)
    for row in rows:
        start, _, end = row["at"].partition("-")
        found[row["id"]].append((int(end) - int(start), int(start), row["label"]))
    return defaultdict(list, {source: sorted(sections) for source, sections in found.items()})


def _reasons(graph: Graph) -> dict[str, dict[str, int]]:
    """By source, how many entries its ledger has by reason, the commonest first."""
    rows = graph.select(
        """SELECT ?id ?reason (COUNT(DISTINCT ?x) AS ?count) WHERE {
            ?x a dg:LedgerEntry ; dg:reason ?reason ; dg:evidence/oa:hasSource/dct:identifier ?id
        } GROUP BY ?id ?reason ORDER BY ?id DESC(?count) ?reason"""
    )
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in rows:
        found[row["id"]][local_name(row["reason"])] = int(row["count"])
    return found


def _where(sections: Iterable[tuple[int, int, str]], place: int) -> str:
    """The label of the shortest section around the place; the sections come shortest first."""
    return next((label for n, start, label in sections if start <= place < start + n), "")


def _kind(unit: Unit, where: str) -> UnitKind:
    """The kind of a unit; the rest of a footnote behind a page break is told by its section."""
    footnote = unit.kind is UnitKind.SENTENCE and where.startswith("footnote")
    return UnitKind.FOOTNOTE if footnote else unit.kind


def _words(text: str) -> list[_Span]:
    """Where the words of a text stand."""
    found = re.finditer(r"\w+(?:[’'.,-]\w+)*", without_marks(text))
    return [match.span() for match in found]
