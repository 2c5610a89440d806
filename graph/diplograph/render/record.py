"""The data of a page: its facts once, whatever the number of its pictures, and their places.

What repeats is said once (:mod:`diplograph.render.shared`): texts are numbers in one list, times
and days in lists of their own. Days are numbers from 1 January of the year 1; 0 and ``FAR`` stand
for before and after all of them.

Of a fact the page has its statement, its time (``time``: words, EDTF, what it is sorted by, first
and last year), the days on which it counts (``days``: possibly from, to; surely from, to), class,
stage, grade, source, what kind of line it makes, passages, what contradicts it, and the entities
that it is of (``of``). Of a tie between two entities it has the facts behind it and, where that
differs from the fact's own time, on which days each counts (``told``: since, since when as
concluded, until; 0 where it does not differ). Which facts tell of an entity, and which a picture
shows, follows from these: a picture has the numbers of its entities and of its ties.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from diplograph.model import STATES, Conflict, Fact
from diplograph.render.looks import LINES, line_of, looks
from diplograph.render.payload import day, part
from diplograph.render.picture import Edge, Picture, Times
from diplograph.render.shared import Shared, columns
from diplograph.render.words import class_words, date_words, locator, plain

__all__ = ["record"]


def record(pictures: Sequence[Picture]) -> dict[str, Any]:
    """Everything that the scripts of a page need to know of its pictures, as JSON values.

    The first of them has the facts of all.
    """
    first, texts = pictures[0], Shared()
    entities: dict[str, int] = {}
    rows: list[dict[str, Any]] = []
    types: dict[str, str] = {}
    for picture in pictures:
        for node in picture.nodes:
            if node.opens is not None or node.entity.id in entities:
                continue
            iri, types[node.entity.id] = plain(node.entity.id), node.entity.type
            entities[node.entity.id] = len(rows)
            cut = max(iri.rfind("/"), iri.rfind("#")) + 1
            rows.append({
                "label": texts.number(plain(node.entity.label) or "(no name)"),
                "type": texts.number(plain(node.entity.type)),
                "base": texts.number(iri[:cut]),
                "name": iri[cut:],
                "also": [plain(name) for name in node.also] or 0,
            })  # fmt: skip
    ties = _Ties(entities, first)
    parts = [
        part(picture, entities, ties.of(picture.edges), ties.of(picture.crossing))
        for picture in pictures
    ]
    return {
        "entities": columns(rows),
        "facts": _facts(first, entities, types, texts),
        "ties": columns(ties.rows),
        "looks": looks(),
        "parts": parts,
        "texts": texts.all,
    }


class _Ties:
    """What ties two entities, each once."""

    def __init__(self, entities: dict[str, int], first: Picture) -> None:
        self.rows: list[dict[str, Any]] = []
        self._entities, self._times = entities, first.times
        self._place = {fact.id: number for number, fact in enumerate(first.facts)}

    def of(self, edges: Sequence[Edge]) -> list[int]:
        """The numbers of the ties of the edges between entities."""
        return [self._add(e) for e in edges if e.one in self._entities and e.two in self._entities]

    def _add(self, edge: Edge) -> int:
        told: list[Any] = []
        facts = [self._place[tie.fact] for tie in edge.ties]
        for tie, fact in zip(edge.ties, facts, strict=True):
            (first, last), _ = self._times[fact]
            same = (tie.since, tie.firm, tie.last) == (first, first, last)
            told.append(0 if same else [day(tie.since), day(tie.firm), day(tie.last)])
        ways = [int(tie.way[0]) + 2 * int(tie.way[1]) for tie in edge.ties]
        self.rows.append({
            "one": self._entities[edge.one],
            "two": self._entities[edge.two],
            "facts": facts,
            "told": told if any(told) else 0,
            "ways": ways if any(ways) else 0,
            "dashed": int(edge.dashed),
            "fixed": int(edge.fixed),
        })  # fmt: skip
        return len(self.rows) - 1


def _facts(
    picture: Picture, entities: dict[str, int], types: dict[str, str], texts: Shared
) -> dict[str, Any]:
    facts = picture.facts
    names = {
        "stages": sorted({plain(f.stage) for f in facts if f.stage}),
        "grades": sorted({plain(f.grade) for f in facts}),
        "sources": sorted({plain(f.source) for f in facts}),
        "kinds": sorted({f.kind for f in facts}),
    }
    number = {kind: {name: n for n, name in enumerate(own)} for kind, own in names.items()}
    times, days, lines = Shared(), Shared(), {name: n for n, name in enumerate(LINES)}
    made: dict[tuple[str | None, bool], int] = {}
    rows = []
    for fact, counts, own in zip(facts, picture.times, picture.owners, strict=True):
        rows.append({
            "statement": texts.number(plain(fact.statement)),
            "time": _time(fact, times, made),
            "days": days.number(_days(counts)),
            "kind": number["kinds"][fact.kind],
            "line": lines[line_of(fact.kind, [types[iri] for iri in own if iri in types])],
            "stage": number["stages"].get(plain(fact.stage or ""), -1),
            "grade": number["grades"][plain(fact.grade)],
            "source": number["sources"][plain(fact.source)],
            "holds": int(fact.holds == "definitely"),
            "passages": [texts.number(passage) for passage in passages(fact)],
            "conflicts": [_conflict(c, texts) for c in fact.conflicts] or 0,
            "of": [entities[iri] for iri in own if iri in entities],
        })  # fmt: skip
    return {
        **columns(rows),
        **names,
        "soft": [name for name in names["stages"] if name in map(plain, picture.soft)],
        "lasts": [int(kind in STATES) for kind in names["kinds"]],
        "kindnames": [class_words(kind) for kind in names["kinds"]],
        "times": times.all,
        "spans": days.all,
    }


def passages(fact: Fact) -> list[str]:
    """Where each passage of a fact stands, and its words where they are at hand."""
    told = [locator(e) + (f": “{plain(e.text.strip())}”" if e.text else "") for e in fact.evidence]
    return told or [f"{plain(fact.source)}, no passage given"]


def _conflict(conflict: Conflict, texts: Shared) -> list[int]:
    """Who says what else, in what it differs, and where."""
    by = "; ".join(sorted({evidence.source for evidence in conflict.evidence}))
    where = "; ".join(
        locator(e) + (f": “{plain(e.text.strip())}”" if e.text else "") for e in conflict.evidence
    )
    told = (plain(by), plain(conflict.label), plain(conflict.detail), where)
    return [texts.number(text) for text in told]


def _time(fact: Fact, times: Shared, made: dict[tuple[str | None, bool], int]) -> int:
    """The number of the time of a fact: words, EDTF, what it is sorted by, first and last year."""
    when, happened = fact.when, fact.kind not in STATES
    key = (f"{when.edtf} {when.earliest} {when.latest}" if when else None, happened)
    if key not in made:
        told: tuple[Any, ...] = ("", "", "", None, None)
        if when:
            first, last = when.earliest or when.latest or "", when.latest or "9999"
            told = (
                plain(date_words(when, happened)), plain(when.edtf), plain(f"{first} {last}"),
                int(when.earliest[:4]) if when.earliest else None,
                int(when.latest[:4]) if when.latest else None,
            )  # fmt: skip
        made[key] = times.number(told)
    return made[key]


def _days(times: Times) -> tuple[int, ...]:
    (first, last), (sure, until) = times
    return day(first), day(last), day(sure), day(until)
