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

from collections.abc import Iterable, Sequence
from typing import Any

from diplograph.model import STATES, Conflict, Fact
from diplograph.render.looks import LINES, line_of, looks
from diplograph.render.payload import day, part
from diplograph.render.picture import Edge, Picture, Times
from diplograph.render.shared import Shared, column, columns
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
            if node.stands_for_others or node.entity.id in entities:
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
        "ties": ties.columns(),
        "looks": looks(),
        "parts": parts,
        "texts": texts.all,
    }


class _Ties:
    """What ties two entities, each once."""

    def __init__(self, entities: dict[str, int], first: Picture) -> None:
        self._rows: list[tuple[Any, ...]] = []
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
        self._rows.append((
            self._entities[edge.one], self._entities[edge.two], facts,
            told if any(told) else 0, ways if any(ways) else 0, int(edge.dashed), int(edge.fixed),
        ))  # fmt: skip
        return len(self._rows) - 1

    def columns(self) -> dict[str, Any]:
        """The ties as columns, with their number."""
        names = ("one", "two", "facts", "told", "ways", "dashed", "fixed")
        told = zip(*self._rows, strict=True) if self._rows else ()
        return {
            "length": len(self._rows),
            **{name: column(values) for name, values in zip(names, told, strict=bool(self._rows))},
        }


def _facts(
    picture: Picture, entities: dict[str, int], types: dict[str, str], texts: Shared
) -> dict[str, Any]:
    facts = picture.facts
    names = {
        "stages": sorted({plain(stage) for stage in {f.stage for f in facts} if stage}),
        "grades": sorted({plain(grade) for grade in {f.grade for f in facts}}),
        "sources": sorted({plain(source) for source in {f.source for f in facts}}),
        "kinds": sorted({f.kind for f in facts}),
    }
    times, days, lines = Shared(), Shared(), {name: n for n, name in enumerate(LINES)}
    made: dict[tuple[str | None, bool], int] = {}
    said = [
        (
            texts.number(plain(fact.statement)),
            [texts.number(passage) for passage in passages(fact)],
            [_conflict(c, texts) for c in fact.conflicts] or 0,
        )
        for fact in facts
    ]
    statement, passage, conflict = zip(*said, strict=True) if said else ((), (), ())
    own = [[iri for iri in iris if iri in entities] for iris in picture.owners]
    rows = {
        "statement": statement,
        "time": [_time(fact, times, made) for fact in facts],
        "days": [days.number(_days(counts)) for counts in picture.times],
        "kind": _numbers((fact.kind for fact in facts), names["kinds"]),
        "line": [
            lines[line_of(fact.kind, [types[iri] for iri in iris])]
            for fact, iris in zip(facts, own, strict=True)
        ],
        "stage": _numbers((fact.stage or "" for fact in facts), names["stages"]),
        "grade": _numbers((fact.grade for fact in facts), names["grades"]),
        "source": _numbers((fact.source for fact in facts), names["sources"]),
        "holds": [int(fact.holds == "definitely") for fact in facts],
        "passages": passage,
        "conflicts": conflict,
        "of": [[entities[iri] for iri in iris] for iris in own],
    }
    return {
        "length": len(facts),
        **{name: column(values) for name, values in rows.items()},
        **names,
        "soft": [name for name in names["stages"] if name in map(plain, picture.soft)],
        "lasts": [int(kind in STATES) for kind in names["kinds"]],
        "kindnames": [class_words(kind) for kind in names["kinds"]],
        "times": times.all,
        "spans": days.all,
    }


def _numbers(names: Iterable[str], known: Sequence[str]) -> list[int]:
    """The places of the names among those known, -1 for one that is not."""
    place = {name: number for number, name in enumerate(known)}
    met: dict[str, int] = {}
    return [
        met[name] if name in met else met.setdefault(name, place.get(plain(name), -1))
        for name in names
    ]


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
