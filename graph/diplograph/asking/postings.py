"""Which facts have a word or a name, kept from one question to the next."""

from __future__ import annotations

import weakref
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from diplograph.asking.wording import wording
from diplograph.digests import word_mark
from diplograph.errors import StoreError
from diplograph.latent import cosines, read_vector, square, stem_iri, together
from diplograph.namespaces import INDEX_GRAPH, values_clause
from diplograph.postinglists import (
    FactListed,
    Place,
    mark_iri,
    place_of_passage,
    read_entry,
    read_list,
    read_postings,
)
from diplograph.store import Graph, Row

__all__ = [
    "EVER",
    "SOUGHT",
    "Having",
    "Phrase",
    "Postings",
    "beside",
    "facts_with",
    "narrowed",
    "postings",
]

EVER = ("0001-01-01", "9999-12-31")
"""The first and the last day of a time that is open."""
SOUGHT = 0.7
"""How well a fact meets a word that it is looked for by."""
_CONTEXT, _NEAR, _AMONG = 0.8, 0.85, 0.5
"""How well a fact meets a word of its context, a name that it concerns without naming it, and one
that its stretch of text has beside it."""
_WORDS = (
    ("word", 1.0), ("context", _CONTEXT), ("sought", SOUGHT), ("said", 0.72), ("beside", 0.4),
)  # fmt: skip
"""How well a fact meets a word of its own statement, of its context, of what it is looked for by,
of its passage, and of the rest of its sentence."""
_NAMES = (("names", 1.0), ("concerns", _NEAR), ("around", _AMONG))
"""How well a fact meets an entity, by its kind of having it."""
_MOST_KEPT, _MOST_ROWS = 20_000, 200_000
"""How many words, names or facts are kept, and of how many facts the rows of queries."""

_KNOWN_BY = frozenset({"word", "sought"})
"""Of these a fact has one of its own or of its curators."""
_AROUND = 150
"""How many characters before and after a passage belong to it."""

_LONGEST_PASSAGE = 2_000
"""No passage is longer."""

Phrase = tuple[str, ...]

Having = dict[float, frozenset[str]]
"""The facts that have a word or a name, by how well they do."""


class _Entry(NamedTuple):
    """What is looked at of a fact: its stems but form words, its phrases, its vector squared."""

    words: frozenset[str] = frozenset()
    phrases: frozenset[Phrase] = frozenset()
    vector: Sequence[float] = ()
    square: float = 0.0


class Postings:
    """The words, names and times of the facts of a graph, looked up when they are first needed."""

    def __init__(self, graph: Graph) -> None:
        self.graph = weakref.ref(graph)
        self._listed: list[FactListed] | None = None
        self._by_iri: dict[str, FactListed] = {}
        self._places: dict[str, tuple[Place, ...]] = {}
        self._times: dict[str, tuple[str, str] | None] | None = None
        self._issued: str | None = None
        self._figures: dict[str, bool] = {}
        self._stretches: list[tuple[str, int, int, str]] | None = None
        self._entries: dict[str, _Entry] = {}
        self._vectors: dict[str, Sequence[float]] = {}
        self._longer: dict[str, set[tuple[str, str]]] | None = None
        self._joining: set[str] | None = None
        self._rows: dict[str, dict[str, list[Row]]] = {}
        self.words: dict[str, Having] = {}
        self.names: dict[str, Having] = {}

    def listed(self) -> list[FactListed]:
        """All facts but those of imported datasets, each at the place that is its number.

        These are found by the patterns of templates, and there may be millions.
        """
        if self._listed is None:
            rows = self._told("facts", [INDEX_GRAPH])
            if not rows:
                self._refuse_an_older_index()
            self._listed = [fact for _, text in rows for fact in read_list(text)]
            self._by_iri = {fact.iri: fact for fact in self._listed}
        return self._listed

    def _refuse_an_older_index(self) -> None:
        """Raise :class:`~diplograph.errors.StoreError` where words are indexed as triples."""
        graph = self.graph()
        assert graph is not None
        if graph.ask(f"ASK {{ GRAPH <{INDEX_GRAPH}> {{ ?fact dg:word ?stem }} }}"):
            raise StoreError(
                "the index of this store was made by an earlier version of diplograph; build the "
                "store again (diplograph store, diplograph import) to ask it questions."
            )

    def of_words(self, stems: Collection[str]) -> dict[str, Having]:
        """By stem, the facts that have it: 1 in their statement, less in their context."""
        if missing := _new(self.words, stems):
            iris = {stem: (stem_iri(stem), mark_iri(word_mark(stem))) for stem in missing}
            lists = self._lists({iri for pair in iris.values() for iri in pair})
            for stem, (own, mark) in iris.items():
                told = lists.get(mark, {}) | lists.get(own, {})
                self.words[stem] = _by_strength(told, _WORDS)
        return self.words

    def known(self, stems: Collection[str]) -> set[str]:
        """Those of some stems that a statement has or that a fact is looked for by."""
        of_iri = {stem_iri(stem): stem for stem in stems}
        lists = self._lists(of_iri)
        return {of_iri[iri] for iri, own in lists.items() if not _KNOWN_BY.isdisjoint(own)}

    def of_names(self, iris: Collection[str]) -> dict[str, Having]:
        """By entity, the facts that name it (1) or concern it (less)."""
        if missing := _new(self.names, iris):
            lists = self._lists(missing)
            self.names |= {iri: _by_strength(lists.get(iri, {}), _NAMES) for iri in missing}
        return self.names

    def _lists(self, iris: Collection[str]) -> dict[str, dict[str, list[str]]]:
        """The posting lists of stems, marks or entities, by kind, with the IRIs of the facts."""
        facts = self.listed()
        return {
            iri: {
                kind: [facts[number].iri for number in numbers]
                for kind, numbers in read_postings(text).items()
            }
            for iri, text in self._told("postings", iris)
        }

    @property
    def total(self) -> int:
        """How many facts have words, two at the least."""
        return max(len(self.times()), 2)

    def times(self) -> dict[str, tuple[str, str] | None]:
        """The first and last day of each fact that has words, None where it has no date."""
        if self._times is None:
            self._times = {
                fact.iri: _ends(fact.span) if fact.span else None
                for fact in self.listed()
                if fact.span is not None
            }
        return self._times

    def issued(self) -> str:
        """When the latest of the sources was issued: what lies after it they can only foresee."""
        if self._issued is None:
            graph = self.graph()
            assert graph is not None
            rows = graph.select("SELECT ?issued WHERE { ?s a dg:Source ; dct:issued ?issued }")
            self._issued = max((row["issued"][:4] + "-12-31" for row in rows), default=EVER[1])
        return self._issued

    def longer_names(self, key: str) -> set[str]:
        """The organizations in whose name a place's name is a part: the Shanghai Five."""
        if self._longer is None:
            self._longer = {}
            for iri, name in self._pairs(
                f"""SELECT ?e ?key WHERE {{ ?e a dg:Organization
                    GRAPH <{INDEX_GRAPH}> {{ ?e dg:key ?key }} }}"""
            ):
                words = name.split()
                for word in words if len(words) > 1 else ():
                    self._longer.setdefault(word, set()).add((name, iri))
        near = self._longer.get(key.split(" ")[0], set())
        return {iri for name, iri in near if name != key and f" {key} " in f" {name} "}

    def figures(self, among: Collection[str]) -> set[str]:
        """Those of some facts that give a figure, which is of all its time and no part of it."""
        asked = sorted(set(among) - set(self._figures))
        if asked:
            graph = self.graph()
            assert graph is not None
            rows = graph.select(
                f"SELECT ?fact WHERE {{ {values_clause('fact', asked)} ?fact dg:measure ?measure }}"
            )
            told = {row["fact"] for row in rows}
            self._figures |= {fact: fact in told for fact in asked}
        return {fact for fact in among if self._figures[fact]}

    def places(self, facts: Collection[str]) -> dict[str, tuple[Place, ...]]:
        """Where the passages of some facts stand: source, first character, one after the last."""
        self.listed()
        new, known = sorted(set(facts) - self._places.keys()), self._by_iri
        found = {fact: known[fact].places if fact in known else () for fact in new}
        missing = [fact for fact in new if fact not in known]
        query = f"SELECT ?fact ?e WHERE {{ {values_clause('fact', missing)} ?fact dg:evidence ?e }}"
        for fact, passage in self._pairs(query) if missing else ():
            if place := place_of_passage(passage):
                found[fact] += (place,)
        self._places |= found
        return self._places

    def of_source(self, source: str, among: Collection[str]) -> set[str]:
        """Those of some facts that rest on a passage of a source, by its identifier."""
        places = self.places(among)
        return {
            fact for fact in among
            if any(place[0].rpartition("/")[2] == source for place in places[fact])
        }  # fmt: skip

    def around(self, places: Collection[Place], gap: int) -> dict[str, int]:
        """The facts with words of their own within so many characters, each with how far it is."""
        if self._stretches is None:
            self._stretches = sorted(
                (*place, fact.iri)
                for fact in self.listed() if fact.span is not None
                for place in fact.places
            )  # fmt: skip
        found: dict[str, int] = {}
        for source, first, last in places:
            begin = bisect_left(self._stretches, (source, first - gap - _LONGEST_PASSAGE))
            for other, start, end, fact in self._stretches[begin:]:
                if other != source or start >= last + gap:
                    break
                if end > first - gap:
                    found[fact] = min(found.get(fact, abs(start - first)), abs(start - first))
        return found

    def told(self, facts: Collection[str]) -> dict[str, frozenset[str]]:
        """By fact, the stems of its statement, without those of mere form words."""
        return {fact: entry.words for fact, entry in self._looked_up(facts).items()}

    def phrases(self, facts: Collection[str]) -> dict[str, frozenset[Phrase]]:
        """By fact, the stems of each term of several words that it is looked for by."""
        return {fact: entry.phrases for fact, entry in self._looked_up(facts).items()}

    def _looked_up(self, facts: Collection[str]) -> dict[str, _Entry]:
        if missing := _new(self._entries, facts):
            found = dict.fromkeys(missing, _Entry())
            fillers = wording().fillers
            for fact, text in self._told("entry", missing):
                words, phrases, told = read_entry(text)
                vector = read_vector(told) if told else ()
                found[fact] = _Entry(words - fillers, phrases, vector, square(vector))
            self._entries |= found
        return {fact: self._entries[fact] for fact in facts}

    def alike(self, stems: Collection[str], facts: Collection[str]) -> dict[str, float]:
        """By fact, how near it lies to some stems in the latent space; 0 where it has no vector.

        A stem that no fact has makes all of them the farther.
        """
        asked = tuple(stems)
        of_stems = self._of_stems(asked)
        question = together(of_stems)
        near = dict.fromkeys(facts, 0.0)
        if not question:
            return near
        known = len(of_stems) / len(asked)
        vectors = {f: (e.vector, e.square) for f, e in self._looked_up(facts).items() if e.vector}
        found = zip(vectors, cosines(question, vectors.values()), strict=True)
        return near | {fact: known * how for fact, how in found}

    def _of_stems(self, stems: Collection[str]) -> list[Sequence[float]]:
        """The vectors of those of some stems that have one."""
        wanted = {stem_iri(stem) for stem in stems}
        if missing := _new(self._vectors, wanted):
            found = {iri: read_vector(text) for iri, text in self._told("latent", missing)}
            self._vectors |= {iri: found.get(iri, ()) for iri in missing}
        return [self._vectors[iri] for iri in sorted(wanted) if self._vectors[iri]]

    def joining(self, among: Collection[str]) -> set[str]:
        """Those of some facts that tell whole what others tell in parts."""
        if self._joining is None:
            self._joining = {fact.iri for fact in self.listed() if fact.joins}
        return self._joining.intersection(among)

    def rows(self, query: str, facts: Collection[str]) -> list[Row]:
        """The rows of a query for ``?fact``, of some facts."""
        known = self._rows.setdefault(query, {})
        missing = [fact for fact in facts if fact not in known]
        if missing:
            graph = self.graph()
            assert graph is not None
            if sum(map(len, self._rows.values())) + len(missing) > _MOST_ROWS:
                self._rows.clear()
                known, missing = self._rows.setdefault(query, {}), list(facts)
            found: dict[str, list[Row]] = {fact: [] for fact in missing}
            for row in graph.select(narrowed(query, missing)):
                found[row["fact"]].append(row)
            known |= found
        return [row for fact in facts for row in known[fact]]

    def _told(self, name: str, iris: Iterable[str]) -> list[tuple[str, str]]:
        """What the index tells of each of some things by a property."""
        return self._pairs(
            f"""SELECT ?key ?text WHERE {{ {values_clause("key", iris)}
                GRAPH <{INDEX_GRAPH}> {{ ?key dg:{name} ?text }} }}"""
        )

    def _pairs(self, query: str) -> list[tuple[str, str]]:
        graph = self.graph()
        assert graph is not None
        return graph.pairs(query)


def _new(kept: dict[str, Any], wanted: Collection[str]) -> list[str]:
    """What of the wanted has to be looked up; all of it, where too much would be kept otherwise."""
    missing = sorted(set(wanted) - kept.keys())
    if len(kept) + len(missing) > _MOST_KEPT:
        kept.clear()
        missing = sorted(set(wanted))
    return missing


def _by_strength(
    lists: Mapping[str, Collection[str]], kinds: Sequence[tuple[str, float]]
) -> Having:
    """The facts of posting lists by how well they have it, by the first kind for which they do."""
    found: dict[float, frozenset[str]] = {}
    taken: set[str] = set()
    for kind, strength in kinds:
        facts = frozenset(lists.get(kind, ())) - taken
        if facts:
            found[strength] = facts
            taken |= facts
    return found


def facts_with(having: Having, least: float = 0.0) -> set[str]:
    """The facts that have something at least so well."""
    return set().union(*(facts for strength, facts in having.items() if strength >= least))


def _ends(span: str) -> tuple[str, str]:
    first, _, last = span.partition("/")
    return first or EVER[0], last or EVER[1]


def narrowed(query: str, facts: Iterable[str]) -> str:
    """A query for ``?fact`` that is put to some facts only."""
    head, brace, tail = query.partition("{")
    return f"{head}{brace} {values_clause('fact', facts)} {tail}"


def beside(one: Place, other: Place) -> bool:
    """Whether two passages are the same stretch of a source, or one is beside the other."""
    return one[0] == other[0] and one[1] < other[2] + _AROUND and other[1] < one[2] + _AROUND


_POSTINGS: weakref.WeakKeyDictionary[Graph, Postings] = weakref.WeakKeyDictionary()


def postings(graph: Graph) -> Postings:
    """The postings of a graph."""
    found = _POSTINGS.get(graph)
    if found is None:
        found = _POSTINGS[graph] = Postings(graph)
    return found
