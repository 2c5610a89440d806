"""The sources of a graph: what they are, what they cover, and the proof of their passages.

A passage is proved against the reader's own copy: the characters at its offsets must have the
digest that the curators recorded in ``passages.lock`` beside the facts.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from diplograph.copies import Copies, digest_of
from diplograph.digests import word_mark
from diplograph.errors import SourceError
from diplograph.model import Evidence, Record
from diplograph.read import LOCK_FILE
from diplograph.resources import asking_words
from diplograph.stems import stem, stems, words_of
from diplograph.store import Graph, open_graph
from diplograph.units import UnitKind, units, without_marks

__all__ = ["Failure", "Source", "Verification", "list_sources", "lock_passages", "verify"]


@dataclass(frozen=True)
class Source(Record):
    """A source: identifier, title, author, date, what it covers, and how much rests on it.

    ``covers`` says in words what it sets out to tell, ``period`` in which time (EDTF), ``parties``
    among whom and ``issues`` on what.
    """

    id: str
    title: str
    creator: str | None
    issued: str | None
    covers: str | None
    facts: int
    passages: int
    period: str | None = None
    parties: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()


@dataclass(frozen=True)
class Failure(Record):
    """A passage that could not be proved, with the facts that rest on it and the reason."""

    source: str
    start: int
    end: int
    where: str
    reason: str
    facts: tuple[str, ...]

    @property
    def locator(self) -> str:
        """Where the passage stands, as one line."""
        return Evidence(self.source, self.start, self.end, self.where).locator


@dataclass(frozen=True)
class Verification(Record):
    """How many passages were proved, which failed, and which sources had no copy at hand.

    ``changed`` are the sources whose copy as a whole is not the text that the curators read.
    """

    proved: int
    failures: tuple[Failure, ...]
    missing: tuple[str, ...]
    changed: tuple[str, ...]


def list_sources(graph: Graph) -> tuple[Source, ...]:
    """The sources of the graph, in order of their identifiers.

    >>> [source.id for source in list_sources(open_graph())]
    ['background', 'curation', 'mitchell-2007', 'yubin-2000']
    """
    rows = graph.select(
        """SELECT ?id ?title ?creator ?issued ?covers ?period
               (COUNT(DISTINCT ?fact) AS ?facts) (COUNT(DISTINCT ?passage) AS ?passages) WHERE {
            ?s a dg:Source ; dct:identifier ?id ; dct:title ?title .
            OPTIONAL { ?s dct:creator ?creator } OPTIONAL { ?s dct:issued ?issued }
            OPTIONAL { ?s dg:coverage ?c . ?c rdfs:label ?covers OPTIONAL { ?c dg:when ?period } }
            OPTIONAL { GRAPH ?s { ?fact dg:grade ?grade } }
            OPTIONAL { ?passage oa:hasSource ?s }
        } GROUP BY ?id ?title ?creator ?issued ?covers ?period ORDER BY ?id"""
    )
    themes = graph.select(
        """SELECT DISTINCT ?id ?thing ?issue WHERE {
            ?s a dg:Source ; dct:identifier ?id ; dg:coverage/dg:covers ?t .
            ?t skos:prefLabel ?thing
            BIND(EXISTS { ?t a dg:Issue } AS ?issue)
        } ORDER BY ?thing"""
    )

    def covered(source: str, issue: str) -> tuple[str, ...]:
        return tuple(r["thing"] for r in themes if (r["id"], r["issue"]) == (source, issue))

    return tuple(
        Source(
            row["id"],
            row["title"],
            row.get("creator"),
            row.get("issued"),
            row.get("covers"),
            int(row["facts"]),
            int(row["passages"]),
            row.get("period"),
            covered(row["id"], "false"),
            covered(row["id"], "true"),
        )
        for row in rows
    )


def verify(graph: Graph, folder: Path) -> Verification:
    """Prove every passage of the graph against the copies in ``folder``.

    A passage fails where the copy is shorter than its end, where the characters have another
    digest, or where no digest was recorded. Raises :class:`~diplograph.errors.SourceError` where
    the folder holds none of the documents.
    """
    copies = Copies.find(graph, folder)
    rows = graph.select(
        """SELECT ?id ?start ?end ?where ?digest ?fact WHERE {
            ?passage oa:hasSource/dct:identifier ?id ; oa:hasSelector ?position .
            ?position oa:start ?start ; oa:end ?end . ?fact dg:evidence ?passage .
            OPTIONAL { ?passage dg:where ?where } OPTIONAL { ?passage dg:digest ?digest }
        } ORDER BY ?id ?start ?end ?fact"""
    )
    passages: dict[tuple[str, int, int], tuple[str, str | None, list[str]]] = {}
    for row in rows:
        key = (row["id"], int(row["start"]), int(row["end"]))
        _, _, facts = passages.setdefault(key, (row.get("where", ""), row.get("digest"), []))
        facts.append(row["fact"])
    failures = []
    proved = 0
    for (source, start, end), (where, digest, facts) in passages.items():
        if source not in copies.texts:
            continue
        reason = _reason(copies.passage(source, start, end), digest)
        if reason is None:
            proved += 1
        else:
            failures.append(Failure(source, start, end, where, reason, tuple(facts)))
    return Verification(proved, tuple(failures), copies.missing, copies.changed(graph))


def _reason(text: str | None, digest: str | None) -> str | None:
    if text is None:
        return "the copy ends before the passage does"
    if digest is None:
        return "no digest is recorded; run: diplograph sources lock"
    return None if digest_of(text) == digest else "the copy has other characters there"


def lock_passages(folder: Path, copies_folder: Path) -> int:
    """Record the digest and the words of every passage of a source's folder in ``passages.lock``.

    Of the words, without the small ones of English, the marks of their stems are recorded
    (:func:`diplograph.digests.word_mark`), so that facts are found by the words of the document
    although neither it nor its words are at hand. For curators, after facts were added or
    corrected. Returns the number of passages. Raises :class:`~diplograph.errors.SourceError` where
    the document is not at hand or is another text than the source declares by its digest, or where
    a passage lies outside it.
    """
    graph = open_graph(folder)
    copies = Copies.find(graph, copies_folder)
    for source in copies.changed(graph):
        raise SourceError(
            f"{source}: the document in {copies_folder} is not the text whose digest (dg:digest) "
            "the source declares; correct the one or the other before locking passages in it."
        )
    rows = graph.select(
        """SELECT DISTINCT ?id ?start ?end WHERE {
            ?passage oa:hasSource/dct:identifier ?id ; oa:hasSelector ?position .
            ?position oa:start ?start ; oa:end ?end
        }"""
    )
    spans = sorted((int(row["start"]), int(row["end"]), row["id"]) for row in rows)
    parts = {source: units(without_marks(text)) for source, text in copies.texts.items()}
    lines = []
    for start, end, source in spans:
        text = copies.passage(source, start, end)
        if text is None:
            raise SourceError(
                f"{source}: passage {start}-{end} lies outside the copy of the document."
            )
        around = " ".join(
            copies.texts[source][unit.start : unit.end]
            for unit in parts[source]
            if unit.start < end and unit.end > start and unit.kind is not UnitKind.HEADING
        )
        own = _words(text)
        beside = _words(around) - own
        words = f"{' '.join(sorted(own))} | {' '.join(sorted(beside))}".rstrip()
        lines.append(f"{start}-{end} {digest_of(text)} {words}\n")
    (folder / LOCK_FILE).write_text("".join(lines), encoding="utf-8")
    return len(lines)


def _words(text: str) -> set[str]:
    """The marks of the words of a text."""
    small = {stem(word) for word in words_of(asking_words()["fillers"])}
    return {word_mark(w) for w in {*stems(without_marks(text))} - small if len(w) > 1}
