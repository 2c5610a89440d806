"""What a dataset tells, written down as N-Quads with all that loading would derive.

:func:`diplograph.derive.derive` sees a whole graph at once, in memory. A dataset of millions of
triples is told a row at a time instead: :class:`Told` takes entities and facts, and gives the lines
for the dataset's named graph and for the merge of all graphs, with the classes above each class,
the bounds of each date, the shortcuts and the keys of names already in them. A test holds the one
to the other.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import pyoxigraph as ox

from diplograph import dates
from diplograph.derive import fact_shortcuts, superclasses
from diplograph.keys import name_key
from diplograph.namespaces import BASE, DCT, DG, INDEX_GRAPH, OA, PREFIXES, RDF_TYPE, SKOS, SOURCE
from diplograph.records import write_record

__all__ = ["Links", "Told", "slug"]

Links = Mapping[str, str | Sequence[str]]
"""Values of an entity or a fact by their properties: local names of ``dg:``, or full IRIs."""

_XSD = "http://www.w3.org/2001/XMLSchema#"
_TYPE = f"<{RDF_TYPE}>"
_PREF, _ALT, _NOTATION = f"<{SKOS}prefLabel>", f"<{SKOS}altLabel>", f"<{SKOS}notation>"
_KEY = f"<{DG}key>"
_INDEX = f"<{INDEX_GRAPH}>"
_DATED = {4: "gYear", 7: "gYearMonth", 10: "date"}
_ROW = "http://tools.ietf.org/rfc/rfc7111"
_PLAIN = re.compile(r'[^"\\\x00-\x1f]*')


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
    >>> "1999-12-31" in told.take().decode()
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
        self._home = f"<{self.graph}>"
        self._lines: list[str] = []
        self._entities: set[str] = set()
        self._file = identifier
        self._row = ""
        self._noted: dict[tuple[str, str, str], str] = {}
        self._noted_of = -1
        latest = dates.parse(issued).latest if issued else None
        self._latest = [f'<{DG}latest> "{latest}"^^<{_XSD}date>'] if latest else []

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
        told = [*_types(kind), f'{_PREF} "{_escaped(label)}"@en']
        told += [f'{_ALT} "{_escaped(name)}"@en' for name in names]
        told += [f'{_NOTATION} "{_escaped(code)}"' for code in notation]
        self._write(subject, told + _links(links) + _values(values))
        self._keys(subject, (label, *names, *notation))
        return True

    def alias(self, iri: str, name: str) -> None:
        """Tell another name of an entity that was told of."""
        self._write(f"<{iri}>", [f'{_ALT} "{_escaped(name)}"@en'])
        self._keys(f"<{iri}>", (name,))

    def add(
        self,
        iri: str,
        *,
        links: Links | None = None,
        values: Links | None = None,
        dated: Mapping[str, str] | None = None,
    ) -> None:
        """Say more of an entity that was told of; ``dated`` are years, months or days as such."""
        days = [
            f'{_property(name)} "{day}"^^<{_XSD}{_DATED[len(day)]}>'
            for name, day in (dated or {}).items()
        ]
        self._write(f"<{iri}>", _links(links) + _values(values) + days)

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
        told = [
            *_types(kind),
            f'<{DG}statement> "{_escaped(statement)}"@en',
            f"<{DG}grade> <{PREFIXES['grade']}{grade}>",
            *(f"<{DG}evidence> <{self.passage(one)}>" for one in (row, *also)),
        ]
        told += self._latest if when is None else _times(when)
        told += _links(links) + _values(values)
        for key, number in (numbers or {}).items():
            told.append(
                f'<{DG}{key}> "{number}"^^<{_XSD}{"decimal" if "." in number else "integer"}>'
            )
        told += [f'<{DG}{flag}> "true"^^<{_XSD}boolean>' for flag in flags]
        self._write(f"<{iri}>", told)
        record = _escaped(self._record(told, (row, *also)))
        self._lines.append(f'<{iri}> <{DG}record> "{record}" {_INDEX} .\n')
        for thing, name_, value in fact_shortcuts(kind, _lists(links)):
            self._write(f"<{thing}>", [f"{_property(name_)} <{value}>"])
        return iri

    def index(self, iri: str, *, links: Links | None = None, values: Links | None = None) -> None:
        """Write what the library looks up about a thing, and nothing that the facts do not say."""
        self._lines += [f"<{iri}> {what} {_INDEX} .\n" for what in _links(links) + _values(values)]

    def conflict(
        self, name: str, aspect: str, between: Sequence[str], label: str, detail: str
    ) -> str:
        """Tell that facts contradict each other in an aspect (``date``, ``quantity`` …); its IRI.

        ``name`` is its own within the dataset, ``label`` names it, ``detail`` says what differs.
        """
        iri = f"{self._facts}conflict-{name}"
        told = [
            f"{_TYPE} <{DG}Conflict>",
            f'<{PREFIXES["rdfs"]}label> "{_escaped(label)}"@en',
            f"<{DG}aspect> <{PREFIXES['aspect']}{aspect}>",
            f'<{DG}detail> "{_escaped(detail)}"@en',
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
            f"{_TYPE} <{DG}LedgerEntry>",
            f"<{DG}reason> <{PREFIXES['reason']}{reason}>",
            f'<{DG}detail> "{_escaped(detail)}"@en',
            f"<{DG}evidence> <{self.passage(row, rows)}>",
        ]
        if printed:
            told.append(f'<{DG}printed> "{_escaped(printed)}"')
        told += [f"<{DG}candidate> <{candidate}>" for candidate in candidates]
        self._write(iri, told)

    def take(self) -> bytes:
        """The lines since the last time, as N-Quads in UTF-8."""
        text = "".join(self._lines).encode()
        self._lines.clear()
        return text

    def _record(self, told: Iterable[str], rows: Iterable[int]) -> str:
        own: dict[str, list[str]] = {}
        for what in told:
            predicate, _, value = what.partition(" ")
            own.setdefault(predicate[1:-1], []).append(_text(value))
        own.pop(DG + "evidence")
        evidence = [[self._file, row, row + 1, "", None, "row"] for row in sorted(rows)]
        return write_record(self.graph, own, evidence)

    # --- the lines -----------------------------------------------------------------------------

    def _write(self, subject: str, told: Iterable[str]) -> None:
        home, add = self._home, self._lines.append
        for what in told:
            add(f"{subject} {what} {home} .\n{subject} {what} .\n")

    def _keys(self, subject: str, names: Iterable[str]) -> None:
        """What the names are looked up by, in the index."""
        keys = dict.fromkeys(name_key(name) for name in names)
        self._lines += [f'{subject} {_KEY} "{_escaped(key)}" {_INDEX} .\n' for key in keys if key]

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
                    f"{_TYPE} <{OA}SpecificResource>",
                    f"<{OA}hasSource> <{SOURCE}{self._file}>",
                    f"<{OA}hasSelector> {selector}",
                    f'<{DG}row> "{row}"^^<{_XSD}integer>',
                ],
            )
            self._write(
                selector,
                [
                    f"{_TYPE} <{OA}FragmentSelector>",
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


@lru_cache(maxsize=256)
def _types(kind: str) -> tuple[str, ...]:
    above = [name.value for name in superclasses().get(DG + kind, ())]
    return tuple(f"{_TYPE} <{name}>" for name in dict.fromkeys((DG + kind, *above)))


@lru_cache(maxsize=4096)
def _times(when: str) -> list[str]:
    period = dates.parse(when)
    told = [f'<{DG}when> "{_escaped(when)}"']
    if period.earliest:
        told.append(f'<{DG}earliest> "{period.earliest}"^^<{_XSD}date>')
    if period.latest:
        told.append(f'<{DG}latest> "{period.latest}"^^<{_XSD}date>')
    if period.uncertain:
        told.append(f'<{DG}uncertain> "true"^^<{_XSD}boolean>')
    return told


def _property(name: str) -> str:
    return f"<{name}>" if ":" in name else f"<{DG}{name}>"


def _links(links: Links | None) -> list[str]:
    return [f"{_property(name)} <{iri}>" for name, iri in _each(links)]


def _values(values: Links | None) -> list[str]:
    return [f'{_property(name)} "{_escaped(text)}"' for name, text in _each(values)]


def _lists(links: Links | None) -> dict[str, Sequence[str]]:
    return {k: (v,) if isinstance(v, str) else v for k, v in (links or {}).items()}


def _each(several: Links | None) -> Iterable[tuple[str, str]]:
    return ((name, one) for name, values in _lists(several).items() for one in values)


def _text(term: str) -> str:
    """The text of a term of N-Quads: an IRI, or a literal without its language or type."""
    if term.startswith("<"):
        return term[1:-1]
    text = term[1 : term.rindex('"')]
    return str(json.loads(f'"{text}"')) if "\\" in text else text  # their escapes are JSON's


def _escaped(text: str) -> str:
    if _PLAIN.fullmatch(text):
        return text
    return str(ox.Literal(text))[1:-1]
