"""What is asked of a graph for a picture, and what its frame tells of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from diplograph import dates
from diplograph.charts.words import clean, counted
from diplograph.copies import Copies
from diplograph.facts import source_identifiers
from diplograph.model import ASSERTED, DOUBTED, Include
from diplograph.namespaces import values_clause
from diplograph.store import Graph
from diplograph.words import in_words

__all__ = ["Asked", "Told"]


@dataclass(frozen=True)
class Told:
    """Of whom and when a picture tells: the line of its sources and the date of its data."""

    sources: str
    dated: str


@dataclass(frozen=True)
class Asked:
    """A graph, as of when and how widely it is asked, and with whose copies of the sources."""

    graph: Graph
    as_of: dates.Period | None = None
    include: Include = Include.CONCLUDED
    sources: Path | None = None

    def copies(self) -> Copies | None:
        """The reader's copies of the sources, where there are any."""
        return Copies.find(self.graph, self.sources) if self.sources else None

    def counts(self, grade: str, concluded: bool = True) -> bool:
        """Whether a fact counts: by its grade, and by whether its stage is a concluded one."""
        if self.include is Include.ANY:
            return True
        if self.include is Include.PENDING:
            return grade not in DOUBTED
        return grade in ASSERTED and concluded

    def concluded(self) -> frozenset[str]:
        """The labels of the stages at which a thing is concluded."""
        rows = self.graph.select(
            "SELECT ?name WHERE { ?s skos:broader stage:concluded ; skos:prefLabel ?name }"
        )
        return frozenset(row["name"] for row in rows)

    def unsettled(self, things: Iterable[str]) -> frozenset[str]:
        """Those of the things (IRIs) that have stages, none of them concluded as of the date."""
        wanted = sorted(set(things))
        if not wanted:
            return frozenset()
        rows = self.graph.select(
            f"""SELECT ?t ?stage ?grade ?earliest WHERE {{ {values_clause("t", wanted)}
                ?f dg:of ?t ; dg:stage/skos:prefLabel ?stage ; dg:grade/skos:prefLabel ?grade
                OPTIONAL {{ ?f dg:earliest ?earliest }} }}"""
        )
        concluded, last = self.concluded(), self.as_of.latest if self.as_of else None
        by_then = "9999" if last is None else last.isoformat()
        settled = {
            row["t"]
            for row in rows
            if row["stage"] in concluded
            and row["grade"] in ASSERTED
            and row.get("earliest", "") <= by_then
        }
        return frozenset({row["t"] for row in rows} - settled)

    def left_out(self, number: int, what: str = "fact") -> tuple[str, ...]:
        """A line on what is left out because of how widely is asked."""
        if not number:
            return ()
        pending = self.include is Include.CONCLUDED
        grades = "pending, reported, rumoured or denied" if pending else "rumoured or denied"
        wider = "pending or any" if pending else "any"
        return (f"Left out as {grades}: {counted(number, what)} (include: {wider}).",)

    def told(self, identifiers: Iterable[str], figures_of: Iterable[str] = ()) -> Told:
        """The line of the sources with these identifiers, and the date of what they tell."""
        wanted = sorted({i for i in identifiers if i})
        titles, issued = self._sources()
        named = [
            f"{titles[i]} [{clean(i)}]" if i in titles and len(wanted) < 7 else clean(i)
            for i in wanted
        ]
        if len(named) > 12:
            named = [*named[:12], f"and {len(named) - 12} more"]
        line = f"{'Source' if len(wanted) == 1 else 'Sources'}: {'; '.join(named) or 'not named'}."
        bodies = sorted({clean(body) for body in figures_of})
        if bodies:
            more = f" and {len(bodies) - 6} more" if len(bodies) > 6 else ""
            line += f" By the figures or word of: {'; '.join(bodies[:6])}{more}."
        return Told(line, self._dated(max((issued[i] for i in wanted if i in issued), default="")))

    def _dated(self, latest: str) -> str:
        if self.as_of:
            return f"As of {in_words(self.as_of.edtf)}."
        return f"As told up to {in_words(latest)}." if latest else "The sources give no date."

    def _sources(self) -> tuple[dict[str, str], dict[str, str]]:
        """Title and year, and the date, of each source by its identifier."""
        rows = self.graph.select(
            """SELECT ?s ?title ?issued WHERE { ?s a dg:Source
                OPTIONAL { ?s dct:title ?title } OPTIONAL { ?s dct:issued ?issued } }
            ORDER BY ?s DESC(?title) DESC(?issued)"""
        )
        names = source_identifiers(self.graph)
        titles, issued = {}, {}
        for row in rows:
            name = names.get(row["s"])
            if name is None:
                continue
            year = f" ({row['issued'][:4]})" if "issued" in row else ""
            if "title" in row:
                titles[name] = f"“{clean(row['title'])}”{year}"
            if "issued" in row:
                issued[name] = row["issued"]
        return titles, issued
