"""What the cells of one row give: concepts, times, numbers, parties, or an entry in the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from diplograph import dates, states
from diplograph.errors import DateError
from diplograph.importers.knowing import Known, Party
from diplograph.importers.mapping.concepts import find_concept
from diplograph.importers.mapping.dating import compose, joined, read_date
from diplograph.importers.mapping.numbers import Number, read_number
from diplograph.importers.mapping.records import Cells, Concept, Figure, Parties, Thing, When
from diplograph.importers.telling import Told, slug
from diplograph.namespaces import PREFIXES

__all__ = ["Finder", "Named", "Names", "earliest", "listed"]


@dataclass(frozen=True)
class Named:
    """A party as a row prints it, and what else the row has of it.

    ``cell`` is the cell below its name, where the head of a column is the name.
    """

    printed: str
    label: str | None
    cell: str = ""


class Names:
    """IRIs for things by what tells them apart: two that differ never share one."""

    def __init__(self, told: Told) -> None:
        self._told = told
        self._taken: dict[str, str] = {}

    def iri(self, kind: str, text: str) -> str:
        """The IRI of the thing of that kind that is called so; always the same for one text."""
        base = slug(text) or "unnamed"
        number = 1
        while True:
            iri = self._told.own(kind, base if number == 1 else f"{base}-{number}")
            if self._taken.setdefault(iri, text) == text:
                return iri
            number += 1


class Finder:
    """Reads cells for one import.

    What cannot be read is entered in the ledger and is then not there. ``latest`` is the day of the
    dataset's edition: no date of it can be later.
    """

    def __init__(self, told: Told, known: Known, issued: str | None) -> None:
        self.told, self.known = told, known
        self.names = Names(told)
        self._latest = dates.parse(issued).latest if issued else None

    # --- concepts and numbers ------------------------------------------------------------------

    def concept(self, concept: Concept | None, cells: Cells, row: int) -> str | None:
        """The local name of the concept, or None where nothing is printed or to be told."""
        if concept is None:
            return None
        if concept.value is None:
            return concept.given
        printed = concept.value.fill(cells)
        table = concept.table or {}
        if printed in table:
            return table[printed]
        if printed and (found := find_concept(concept.scheme, printed)):
            return found
        if printed and concept.default is None:
            self.told.note(
                row, "damaged-value",
                f"“{printed}” is no {concept.scheme} by the mapping; write it into the map.",
                printed,
            )  # fmt: skip
        return concept.default

    def number(self, figure: Figure, cells: Cells, row: int) -> tuple[str, Number] | None:
        """What is printed and the number that it is."""
        printed = figure.value.fill(cells)
        if not printed or printed in figure.null:
            return None
        try:
            return printed, read_number(printed, figure)
        except ValueError as error:
            self.told.note(row, "damaged-value", f"{error}; the figure is not told.", printed)
            return None

    # --- times ---------------------------------------------------------------------------------

    def time(self, when: When | None, cells: Cells, row: int) -> str | None:
        """The time as EDTF, or None."""
        if when is None:
            return None
        if when.begin or when.end:
            return self._period(when, cells, row)
        printed, mark = self._printed(when, cells)
        if not printed or printed in when.null:
            return None
        try:
            read = self._read(when, cells, printed)
            if mark:
                qualifier = (when.marks or {}).get(mark)
                if qualifier is None:
                    raise ValueError(f"“{mark}” is no mark of a date by the mapping")
                read = dates.parse(read + qualifier).edtf
            earliest = dates.parse(read).earliest
            if self._latest and earliest and earliest > self._latest:
                raise ValueError(f"“{printed}” is later than the dataset itself")
        except (ValueError, DateError) as error:
            self.told.note(row, "damaged-value", f"{_sentence(error)}; it is not told.", printed)
            return None
        return read

    def _read(self, when: When, cells: Cells, printed: str) -> str:
        if when.parts is None:
            return read_date(printed, when.formats)
        year, month, day = (part.fill(cells) if part else "" for part in when.parts)
        return compose(year, *("" if p in when.null else p for p in (month, day)))

    @staticmethod
    def _printed(when: When, cells: Cells) -> tuple[str, str]:
        template = when.value or (when.parts and when.parts[0])
        assert template is not None
        return template.fill(cells), when.mark.fill(cells) if when.mark else ""

    def _period(self, when: When, cells: Cells, row: int) -> str | None:
        begin = self.time(when.begin, cells, row) or ""
        end = ""
        if when.end is not None:
            printed = self._printed(when.end, cells)[0]
            end = ".." if printed in when.ongoing else self.time(when.end, cells, row) or ""
        if not begin and end in ("", ".."):
            return None
        try:
            return joined(begin, end)
        except ValueError:
            text = f"{begin}/{end}"
            self.told.note(
                row, "damaged-value",
                f"“{text}” ends before it begins; only the beginning is told.", text,
            )  # fmt: skip
            return joined(begin, "")

    # --- parties -------------------------------------------------------------------------------

    def named(self, spec: Parties, cells: Cells, row: int) -> list[Named]:
        """The parties that a row names, as they are printed."""
        return [
            one
            for one in self._each(spec, cells, row)
            if one.printed and one.printed not in spec.null
        ]

    def _each(self, spec: Parties, cells: Cells, row: int) -> Iterator[Named]:
        label = spec.label.fill(cells) if spec.label else None
        for head in spec.headers.names if spec.headers else ():
            cell = cells[head]
            if spec.stage is not None:
                if cell:
                    yield Named(head, None, cell)
            elif cell in spec.yes:
                yield Named(head, None, cell)
            elif cell and cell not in spec.no:
                self.told.note(
                    row, "damaged-value",
                    f"“{cell}” under “{head}” is neither “yes” nor “no” by the mapping.", cell,
                )  # fmt: skip
        texts = [template.fill(cells) for template in spec.cells]
        texts += [cells[name] for name in (spec.columns.names if spec.columns else ())]
        for text in texts:
            for part in text.split(spec.separator) if spec.separator else (text,):
                yield Named(part.strip(), label)

    def party(self, spec: Parties, named: Named, when: str | None, row: int) -> Party:
        """Who is meant, on that date."""
        if spec.kind_of == "state":
            period = dates.parse(_beginning(when)) if when else None
            return self.known.party(
                named.printed, row=row, when=period, scheme=spec.by, label=named.label or None
            )
        iri = self.names.iri(spec.kind_of.casefold(), named.printed)
        shown = named.label or named.printed
        kind = self.concept(spec.kind, {}, row)
        links = {"kind": PREFIXES["okind"] + kind} if kind else {}
        self.told.entity(iri, spec.kind_of, shown, links=links)
        self.known.how["own"] += 1
        return Party(iri, shown)

    def organization(self, thing: Thing, cells: Cells, row: int) -> Party | None:
        """The organization of a membership: one of the crosswalk, or one of the dataset's own."""
        assert thing.label is not None
        label = thing.label.fill(cells)
        ident = thing.id.fill(cells) if thing.id else label
        if not label or not ident:
            return None
        found = states.resolve(label).state
        if found is not None and found.kind == "Organization":
            return Party(found.iri, found.label)
        iri = self.names.iri("organization", ident)
        kind = self.concept(thing.kind, cells, row)
        links = {"kind": PREFIXES["okind"] + kind} if kind else {}
        self.told.entity(iri, "Organization", label, links=links)
        return Party(iri, label)


def earliest(times: Iterable[str | None]) -> str | None:
    """The time that begins first; None where there is none."""

    def first(time: str) -> str:
        begins = dates.parse(time).earliest
        return begins.isoformat() if begins else "9999"

    return min((time for time in times if time), key=first, default=None)


def _beginning(when: str) -> str:
    """The beginning of a period, where it is known: by it a name is read."""
    begin, slash, _ = when.partition("/")
    return begin if slash and begin not in ("", "..") else when


def _sentence(error: Exception) -> str:
    return str(error).rstrip(".")


def listed(labels: Sequence[str]) -> str:
    """Names as a sentence lists them.

    >>> listed(["Kenya", "Uganda", "Tanzania"])
    'Kenya, Uganda and Tanzania'
    """
    *first, last = labels
    return f"{', '.join(first)} and {last}" if first else last
