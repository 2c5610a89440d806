"""What a dataset tells, written down as N-Triples with all that loading would derive.

:func:`diplograph.derive.derive` sees a whole graph at once, in memory. A dataset of millions of
triples is told a row at a time instead: :class:`Told` takes entities and facts, and gives the lines
for the dataset's named graph and for the merge of all graphs, with the classes above each class,
the bounds of each date, the shortcuts, the keys of names and the record of each fact already in
them. A test holds the one to the other.

Left out on purpose is what cannot be told a row at a time or would cost more than all else: the
views of agreements, which are made when the dataset is complete (:mod:`.viewing`), and the words
and names by which questions in English find a fact (:mod:`diplograph.wordindex`), which are not
made for datasets at all. Conflicts are not told; two datasets that differ are found by asking. An
entity of another source counts as no event, so a dataset tells of an event itself before it tells
who took part.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence

from diplograph.derive import fact_shortcuts
from diplograph.errors import DateError
from diplograph.importers.ntriples import (
    XSD,
    Links,
    Times,
    escaped,
    iri_of,
    links_of,
    lists,
    times,
    type_of,
    types,
    values_of,
)
from diplograph.importers.portions import Portion
from diplograph.keys import name_key
from diplograph.namespaces import BASE, DCT, DG, OA, PREFIXES, RDF_TYPE, SKOS, SOURCE
from diplograph.records import write_record
from diplograph.words import PLAIN_DATE

__all__ = ["Links", "Told", "slug"]

_PREF, _ALT, _NOTATION = f"<{SKOS}prefLabel>", f"<{SKOS}altLabel>", f"<{SKOS}notation>"
_KEY = f"<{DG}key>"
_DATED = {4: "gYear", 7: "gYearMonth", 10: "date"}
_ROW = "http://tools.ietf.org/rfc/rfc7111"


def slug(text: str) -> str:
    """The last part of an IRI for a name: letters and digits of ASCII, joined by hyphens.

    Letters of other alphabets stay; a name without letters and digits gives the empty text.

    >>> slug("Su-27S/Flanker-B"), slug("Côte d’Ivoire")
    ('su-27s-flanker-b', 'cote-divoire')
    """
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    letters = "".join(c for c in decomposed if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "-", re.sub(r"[’'ʼ`]", "", letters)).strip("-")


class Told:
    """Collects what one dataset tells.

    ``identifier`` is the dataset's, by which its named graph, its facts and the things that it
    alone speaks of are named: ``https://w3id.org/diplograph/id/fact/IDENTIFIER/…``. ``issued`` is
    the date of its edition, in EDTF: no fact without a time of its own is later.

    >>> told = Told("demo")
    >>> fact = told.fact("one", "StageFact", "A was signed.", row=2, when="1999",
    ...     links={"of": told.own("agreement", "a"), "stage": told.concept("stage", "signed")})
    >>> fact
    'https://w3id.org/diplograph/id/fact/demo/one'
    >>> b"1999-12-31" in told.take().triples
    True
    """

    def __init__(self, identifier: str, issued: str | None = None) -> None:
        self.identifier = identifier
        self.graph = SOURCE + identifier
        self.facts = 0
        """How many facts have been told."""
        self.refused = 0
        """How many rows have been refused."""
        self.notes = 0
        """How many entries the ledger has, those of refused rows among them."""
        self.covers: str | None = None
        """The period that the file covers, in EDTF, where the file itself tells it."""
        self._facts = f"{BASE}id/fact/{identifier}/"
        self._lines: list[str] = []
        self._index: list[str] = []
        self._entities: set[str] = set()
        self._events: set[str] = set()
        self._file = identifier
        self._row = ""
        self._noted: dict[tuple[str, str, str], str] = {}
        self._noted_of = -1
        self._untimed = _until(issued)

    # --- names ---------------------------------------------------------------------------------

    def own(self, kind: str, name: str) -> str:
        """The IRI of a thing that is this dataset's own: ``kind`` is the kind of IRI, as in
        ``agreement``, ``transfer``, ``weapon``, ``person``, ``post``, ``organization``."""
        return f"{BASE}id/{kind}/{self.identifier}-{name}"

    @staticmethod
    def concept(scheme: str, name: str) -> str:
        """The IRI of a concept by the prefix of its scheme: ``concept("stage", "signed")``."""
        return PREFIXES[scheme] + name

    def file(self, source: str) -> None:
        """Say of which file the rows are from now on, by the identifier of its source.

        Only a dataset of several files needs that; the file of another has the dataset's own.
        """
        self._file, self._row, self._noted_of = source, "", -1

    # --- telling -------------------------------------------------------------------------------

    def entity(
        self,
        iri: str,
        kind: str,
        label: str,
        *,
        alt: Iterable[str] = (),
        notation: Iterable[str] = (),
        links: Links | None = None,
        values: Links | None = None,
    ) -> bool:
        """Tell of an entity of the class ``kind``, once; False where that was done before.

        ``alt`` are other names, ``notation`` codes, ``links`` IRIs and ``values`` texts by their
        properties.
        """
        if iri in self._entities:
            return False
        self._entities.add(iri)
        subject = f"<{iri}>"
        names = dict.fromkeys(alt)
        names.pop(label, None)
        classes = types(kind)
        told = [*map(type_of, classes), f'{_PREF} "{escaped(label)}"@en']
        told += [f'{_ALT} "{escaped(name)}"@en' for name in names]
        told += [f'{_NOTATION} "{escaped(code)}"' for code in notation]
        self._write(subject, told + links_of(links) + values_of(values))
        also = lists(values).get("natoName", ())
        self._keys(subject, (label, *names, *notation, *also))
        for other in lists(links).get("mayBe", ()):
            self._write(f"<{other}>", [f"<{DG}mayBe> {subject}"])
        if DG + "Event" in classes:
            self._events.add(iri)
        return True

    def alias(self, iri: str, name: str) -> None:
        """Tell another name of an entity that was told of."""
        self._write(f"<{iri}>", [f'{_ALT} "{escaped(name)}"@en'])
        self._keys(f"<{iri}>", (name,))

    def add(
        self,
        iri: str,
        *,
        links: Links | None = None,
        values: Links | None = None,
        dated: Mapping[str, str] | None = None,
        when: str | None = None,
    ) -> None:
        """Say more of an entity that was told of; ``dated`` are years, months or days as such.

        ``when`` is a time in EDTF, which gets its bounds.
        Raises :class:`~diplograph.errors.DateError` for a ``dated`` value that is none of these.
        """
        for day in (dated or {}).values():
            if not PLAIN_DATE.fullmatch(day) or len(day) not in _DATED:
                raise DateError(
                    f"“{day}” is no year, month or day; write it as 2000-07-18 or less."
                )
        days = [
            f'<{iri_of(name)}> "{day}"^^<{XSD}{_DATED[len(day)]}>'
            for name, day in (dated or {}).items()
        ]
        self._write(
            f"<{iri}>",
            links_of(links) + values_of(values) + days + [*(times(when).lines if when else ())],
        )

    def fact(
        self,
        name: str,
        kind: str,
        statement: str,
        *,
        row: int,
        also: Sequence[int] = (),
        when: str | None = None,
        grade: str = "stated",
        links: Links | None = None,
        values: Links | None = None,
        numbers: Mapping[str, str] | None = None,
        flags: Iterable[str] = (),
    ) -> str:
        """Tell a fact of the class ``kind``; its IRI.

        ``name`` is its own within the dataset, ``statement`` one sentence in our words, ``row`` the
        row of the file on which it rests (the header is row 1 of a file that begins with it) and
        ``also`` others that say the same,
        ``when`` its time in EDTF; ``numbers`` are values such as ``value`` as they are printed,
        ``flags`` properties that are true. Raises :class:`~diplograph.errors.DateError` for a time
        that is not EDTF.
        """
        iri = self._facts + name
        self.facts += 1
        rows = (row, *also)
        given = lists(links)
        if kind == "Stance" and "target" in given:
            given["about"] = list(dict.fromkeys((*given.get("about", ()), *given["target"])))
        time = self._untimed if when is None else times(when)
        texts = lists(values)
        typed = {
            **{k: (n, "decimal" if "." in n else "integer") for k, n in (numbers or {}).items()},
            **dict.fromkeys(flags, ("true", "boolean")),
        }
        grade_iri = f"{PREFIXES['grade']}{grade}"
        told = [
            *map(type_of, types(kind)),
            f'<{DG}statement> "{escaped(statement)}"@en',
            f"<{DG}grade> <{grade_iri}>",
            *(f"<{DG}evidence> <{self.passage(one)}>" for one in rows),
            *time.lines,
            *links_of(given),
            *values_of(texts),
            *(f'<{DG}{name}> "{text}"^^<{XSD}{kind_}>' for name, (text, kind_) in typed.items()),
        ]
        self._write(f"<{iri}>", told)
        own: dict[str, list[str]] = {
            RDF_TYPE: [*types(kind)],
            f"{DG}statement": [statement],
            f"{DG}grade": [grade_iri],
            **{name: [text] for name, text in time.own.items()},
            **{f"{DG}{name}": [text] for name, (text, _) in typed.items()},
        }
        for several in (given, texts):
            for key, found in several.items():
                own.setdefault(iri_of(key), []).extend(found)
        record = write_record(
            self.graph, own, [[self._file, one, one + 1, "", None, "row"] for one in sorted(rows)]
        )
        self._look_up(f"<{iri}>", [f'<{DG}record> "{escaped(record)}"'])
        self._follow(kind, given, texts)
        return iri

    def _follow(
        self, kind: str, links: Mapping[str, Sequence[str]], values: Mapping[str, Sequence[str]]
    ) -> None:
        """The plain triples and the keys that follow from a fact."""
        for thing, name, value in fact_shortcuts(kind, links, self._events):
            self._write(f"<{thing}>", [f"<{iri_of(name)}> <{value}>"])
        if kind == "Citation":
            cited = [f"<{DCT}references> <{document}>" for document in links.get("cited", ())]
            self._write(f"<{self.graph}>", cited)
        elif kind == "Naming":
            for thing in links.get("of", ()):
                self._keys(f"<{thing}>", values.get("name", ()))

    def index(self, iri: str, *, links: Links | None = None, values: Links | None = None) -> None:
        """Write what the library looks up about a thing, and nothing that the facts do not say."""
        self._look_up(f"<{iri}>", links_of(links) + values_of(values))

    def conflict(
        self, name: str, aspect: str, between: Sequence[str], label: str, detail: str
    ) -> str:
        """Tell that facts contradict each other in an aspect (``date``, ``quantity`` …); its IRI.

        ``name`` is its own within the dataset, ``label`` names it, ``detail`` says what differs.
        """
        iri = f"{self._facts}conflict-{name}"
        told = [
            type_of(DG + "Conflict"),
            f'<{PREFIXES["rdfs"]}label> "{escaped(label)}"@en',
            f"<{DG}aspect> <{PREFIXES['aspect']}{aspect}>",
            f'<{DG}detail> "{escaped(detail)}"@en',
            *(f"<{DG}between> <{fact}>" for fact in between),
        ]
        self._write(f"<{iri}>", told)
        for one in between:
            self._write(f"<{one}>", [f"<{DG}contradicts> <{o}>" for o in between if o != one])
        return iri

    def refuse(self, row: int, reason: str, detail: str, printed: str = "") -> None:
        """Enter a row of which no fact is told into the ledger; see :meth:`note`."""
        self.refused += 1
        self.note(row, reason, detail, printed)

    def note(
        self,
        row: int,
        reason: str,
        detail: str,
        printed: str = "",
        *,
        rows: Sequence[int] = (),
        candidates: Iterable[str] = (),
    ) -> None:
        """Enter what was not taken over of a row, or only with a reserve, into the ledger.

        ``reason`` is a concept of the scheme of reasons, ``detail`` one sentence that says what is
        wrong and what would be right, ``printed`` the value as it stands, ``candidates`` the IRIs
        of what may be meant. What stands alike in many rows is one entry: ``rows`` are all of them,
        the first is ``row``.
        """
        if row != self._noted_of:
            self._noted_of = row
            self._noted.clear()
        if (reason, printed, detail) in self._noted:
            return
        name = f"{row}-{reason}-{slug(printed)[:40]}"
        same = sum(name == other for other in self._noted.values())
        self._noted[reason, printed, detail] = name
        self.notes += 1
        iri = f"<{BASE}id/ledger/{self._file}/{name}{f'-{same + 1}' if same else ''}>"
        told = [
            type_of(DG + "LedgerEntry"),
            f"<{DG}reason> <{PREFIXES['reason']}{reason}>",
            f'<{DG}detail> "{escaped(detail)}"@en',
            f"<{DG}evidence> <{self.passage(row, rows)}>",
        ]
        if printed:
            told.append(f'<{DG}printed> "{escaped(printed)}"')
        told += [f"<{DG}candidate> <{candidate}>" for candidate in candidates]
        self._write(iri, told)

    def take(self) -> Portion:
        """What was told since the last time."""
        portion = Portion(self.graph, "".join(self._lines).encode(), "".join(self._index).encode())
        self._lines.clear()
        self._index.clear()
        return portion

    # --- the lines -----------------------------------------------------------------------------

    def _write(self, subject: str, told: Iterable[str]) -> None:
        self._lines += [f"{subject} {what} .\n" for what in told]

    def _look_up(self, subject: str, told: Iterable[str]) -> None:
        """What the index has of a subject."""
        self._index += [f"{subject} {what} .\n" for what in told]

    def _keys(self, subject: str, names: Iterable[str]) -> None:
        """What the names are looked up by."""
        keys = dict.fromkeys(name_key(name) for name in names)
        self._look_up(subject, [f'{_KEY} "{escaped(key)}"' for key in keys if key])

    def passage(self, row: int, rows: Sequence[int] = ()) -> str:
        """The IRI of the passage that is a row, or several rows from ``row`` on, by RFC 7111.

        It is written down where it is another than before.
        """
        several = len(rows) > 1
        iri = f"{BASE}id/passage/{self._file}/row-{row}" + (f"-and-{len(rows) - 1}" * several)
        if iri != self._row:
            self._row = iri
            passage, selector = f"<{iri}>", f"<{iri}#selector>"
            self._write(
                passage,
                [
                    type_of(OA + "SpecificResource"),
                    f"<{OA}hasSource> <{SOURCE}{self._file}>",
                    f"<{OA}hasSelector> {selector}",
                    f'<{DG}row> "{row}"^^<{XSD}integer>',
                ],
            )
            self._write(
                selector,
                [
                    type_of(OA + "FragmentSelector"),
                    f"<{DCT}conformsTo> <{_ROW}>",
                    f'<{PREFIXES["rdf"]}value> "row={_ranges(rows) if several else row}"',
                ],
            )
        return iri


def _ranges(rows: Sequence[int]) -> str:
    """Rows as RFC 7111 selects them.

    >>> _ranges([3, 4, 5, 9, 11, 12])
    '3-5;9;11-12'
    """
    parts: list[list[int]] = []
    for row in sorted(rows):
        if parts and row == parts[-1][-1] + 1:
            parts[-1][1:] = [row]
        else:
            parts.append([row])
    return ";".join("-".join(map(str, part)) for part in parts)


def _until(issued: str | None) -> Times:
    """The time of a fact that has none of its own: not after the edition that tells it."""
    latest = times(issued).own.get(f"{DG}latest") if issued else None
    if latest is None:
        return Times((), {})
    return Times((f'<{DG}latest> "{latest}"^^<{XSD}date>',), {f"{DG}latest": latest})
