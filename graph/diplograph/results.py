"""What a SPARQL query gave, and the standard formats in which it is written.

A result holds the engine's own bytes (SPARQL TSV for rows, N-Triples for triples) and makes Python
values of them only when they are asked for, so that a large result goes straight into a file.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import pyoxigraph as ox

from diplograph.errors import OptionError
from diplograph.namespaces import PREFIXES

__all__ = ["FORMATS", "QueryResult", "Term", "drain", "refuse_format", "serialize"]

FORMATS: dict[str, tuple[str, ...]] = {
    "select": ("table", "csv", "json", "xml"),
    "ask": ("table", "json", "xml"),
    "construct": ("turtle",),
    "describe": ("turtle",),
}
"""The formats that suit each query form; drawing a ``table`` is left to the command line."""

_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_NATIVE = {
    "json": ox.QueryResultsFormat.JSON,
    "csv": ox.QueryResultsFormat.CSV,
    "xml": ox.QueryResultsFormat.XML,
}


@dataclass(frozen=True, slots=True)
class Term:
    """An RDF term: ``kind`` is ``iri``, ``literal`` or ``bnode``.

    ``datatype`` is the IRI of a literal's datatype, None for plain and for language-tagged text.
    """

    value: str
    kind: str = "literal"
    datatype: str | None = None
    language: str | None = None


@dataclass(frozen=True)
class QueryResult:
    """What a query gave.

    ``kind`` is ``select``, ``ask``, ``construct`` or ``describe``; ``count`` the number of rows or
    triples; ``cut`` whether there were more than were allowed; ``hints`` are sentences about names
    that the graph does not know and about what emptied the result. ``payload`` is the engine's
    SPARQL TSV (``select``) or N-Triples (``construct``, ``describe``).
    """

    kind: str
    variables: tuple[str, ...] = ()
    boolean: bool | None = None
    count: int = 0
    cut: bool = False
    hints: tuple[str, ...] = ()
    payload: bytes = field(default=b"", repr=False)

    @cached_property
    def rows(self) -> tuple[tuple[Term | None, ...], ...]:
        """The rows of a SELECT query, a term a variable and None where it is not bound."""
        if self.kind != "select":
            return ()
        if not self.variables:
            return ((),) * self.count
        return tuple(tuple(_term(value) for value in row) for row in _solutions(self.payload))

    @cached_property
    def triples(self) -> tuple[tuple[Term, Term, Term], ...]:
        """The triples of a CONSTRUCT or DESCRIBE query, each once, in a fixed order."""
        if self.kind not in ("construct", "describe"):
            return ()
        parsed = ox.parse(_each_once(self.payload), ox.RdfFormat.N_TRIPLES)
        return tuple((_some(q.subject), _some(q.predicate), _some(q.object)) for q in parsed)


class _Enough(Exception):
    pass


class _Lines:
    """A file for an engine to write lines into, which stops it after the most that are wanted."""

    def __init__(self, most: int) -> None:
        self.parts: list[bytes] = []
        self.count = 0
        self.most = most

    def write(self, data: bytes) -> int:
        lines = data.count(b"\n")
        if self.count == self.most:
            raise _Enough
        if self.count + lines > self.most:
            wanted = data.split(b"\n", self.most - self.count)[: self.most - self.count]
            self.parts += [line + b"\n" for line in wanted]
            self.count = self.most
            raise _Enough
        self.parts.append(bytes(data))
        self.count += lines
        return len(data)

    def flush(self) -> None:
        pass

    def whole(self) -> bytes:
        """The lines that are complete; of the one after the last nothing is kept."""
        data = b"".join(self.parts)
        return data[: data.rfind(b"\n") + 1]


def drain(
    kind: str,
    answer: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples | Iterable[ox.Triple],
    most_rows: int,
) -> QueryResult:
    """Take what the engine gives, up to ``most_rows`` rows or triples, and run it to its end."""
    if isinstance(answer, ox.QueryBoolean):
        return QueryResult(kind, boolean=bool(answer))
    if isinstance(answer, ox.QuerySolutions):
        variables = tuple(v.value for v in answer.variables)
        if not variables:
            count = 0
            for _ in answer:
                count += 1
                if count > most_rows:
                    return QueryResult(kind, count=most_rows, cut=True)
            return QueryResult(kind, count=count)
        lines, cut = _Lines(most_rows + 1), False
        try:
            answer.serialize(lines, format=ox.QueryResultsFormat.TSV)  # type: ignore[arg-type]
        except _Enough:
            cut = True
        payload = lines.whole()
        return QueryResult(kind, variables, None, lines.count - 1, cut, payload=payload)
    lines, cut = _Lines(most_rows), False
    try:
        if isinstance(answer, ox.QueryTriples):
            answer.serialize(lines, format=ox.RdfFormat.N_TRIPLES)  # type: ignore[arg-type]
        else:
            ox.serialize(answer, lines, format=ox.RdfFormat.N_TRIPLES)  # type: ignore[arg-type]
    except _Enough:
        cut = True
    payload = _each_once(lines.whole())
    return QueryResult(kind, count=payload.count(b"\n"), cut=cut, payload=payload)


def refuse_format(kind: str, format: str) -> None:
    """Raise :class:`~diplograph.errors.OptionError` where a format does not suit the query form.

    >>> refuse_format("select", "csv")
    """
    allowed = FORMATS[kind]
    if format not in allowed:
        suited = " or ".join(allowed)
        raise OptionError(
            f"{format} does not suit {kind.upper()}, whose result is written as {suited}."
        )


def serialize(result: QueryResult, format: str) -> str:
    """The result in a standard format.

    ``json`` and ``xml`` (SPARQL 1.1 Query Results) suit SELECT and ASK, ``csv`` SELECT, ``turtle``
    CONSTRUCT and DESCRIBE. Turtle declares the shipped prefixes that it uses, and its triples come
    in a fixed order. Raises :class:`~diplograph.errors.OptionError` for any other format.

    >>> from diplograph.query import run
    >>> serialize(run("SELECT ?label { cty:china skos:prefLabel ?label }"), "csv")
    'label\\r\\nChina\\r\\n'
    """
    refuse_format(result.kind, format)
    if format == "table":
        raise OptionError("a table is no standard format; csv, json, xml and turtle are.")
    if format == "turtle":
        payload = result.payload
        used = {
            prefix: iri
            for prefix, iri in PREFIXES.items()
            if re.search(rb"<%s[^<>/#]+>" % re.escape(iri.encode()), payload)
        }
        quads = ox.parse(_each_once(payload), ox.RdfFormat.N_TRIPLES)
        written = ox.serialize((q.triple for q in quads), format=ox.RdfFormat.TURTLE, prefixes=used)
    elif result.kind == "select" and result.variables:
        written = _solutions(result.payload).serialize(format=_NATIVE[format])
    else:
        empty = {"head": {"vars": []}, "results": {"bindings": [{}] * result.count}}
        answer = {"head": {}, "boolean": result.boolean} if result.kind == "ask" else empty
        parsed = ox.parse_query_results(json.dumps(answer), ox.QueryResultsFormat.JSON)
        written = parsed.serialize(format=_NATIVE[format])
    assert written is not None
    return written.decode("utf-8")


def _solutions(payload: bytes) -> ox.QuerySolutions:
    solutions = ox.parse_query_results(payload, ox.QueryResultsFormat.TSV)
    assert isinstance(solutions, ox.QuerySolutions)
    return solutions


def _each_once(lines: bytes) -> bytes:
    return b"".join(line + b"\n" for line in sorted(set(lines.split(b"\n"))) if line)


def _term(term: object) -> Term | None:
    return None if term is None else _some(term)


def _some(term: object) -> Term:
    if isinstance(term, ox.NamedNode):
        return Term(term.value, "iri")
    if isinstance(term, ox.BlankNode):
        return Term(term.value, "bnode")
    assert isinstance(term, ox.Literal)
    datatype = term.datatype.value
    plain = term.language is not None or datatype == _XSD_STRING
    return Term(term.value, "literal", None if plain else datatype, term.language)
