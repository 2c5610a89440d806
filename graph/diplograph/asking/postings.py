"""Which facts have a word or a name, kept from one question to the next."""

from __future__ import annotations

import weakref
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from diplograph.asking.wording import wording
from diplograph.digests import word_mark
from diplograph.latent import cosine, read_vector, stem_iri, together
from diplograph.namespaces import INDEX_GRAPH, values_clause
from diplograph.stems import stems
from diplograph.store import Graph

__all__ = ["EVER", "SOUGHT", "Phrase", "Place", "Postings", "beside", "postings"]

EVER = ("0001-01-01", "9999-12-31")
"""The first and the last day of a time that is open."""
SOUGHT = 0.7
"""How well a fact meets a word that it is looked for by."""
_CONTEXT, _NEAR, _AMONG = 0.8, 0.85, 0.5
"""How well a fact meets a word of its context, a name that it concerns without naming it, and one
that its stretch of text has beside it."""
_WORDS = (
    ("beside", 0.4), ("said", 0.72), ("sought", SOUGHT), ("context", _CONTEXT), ("word", 1.0),
)  # fmt: skip
"""How well a fact meets a word of the rest of its sentence, of its passage, of what it is looked
for by, of its context, and of its own statement."""
_MOST_KEPT = 20_000

_READ = ("sought", "context", "word")
"""Which of these are in the index as they are; of the others it has the marks."""
_AROUND = 150
"""How many characters before and after a passage belong to it."""

_LONGEST_PASSAGE = 2_000
"""No passage is longer."""

Place = tuple[str, int, int]
Phrase = tuple[str, ...]


class Postings:
    """The words, names and times of the facts of a graph, looked up when they are first needed."""

    def __init__(self, graph: Graph) -> None:
        self.graph = weakref.ref(graph)
        self._times: dict[str, tuple[str, str] | None] | None = None
        self._issued: str | None = None
        self._figures: dict[str, bool] = {}
        self._stretches: list[tuple[str, int, int, str]] | None = None
        self._told: dict[str, frozenset[str]] = {}
        self._places: dict[str, tuple[Place, ...]] = {}
        self._vectors: dict[str, Sequence[float]] = {}
        self._joining: dict[str, bool] = {}
        self._phrases: dict[str, frozenset[Phrase]] = {}
        self._longer: dict[str, set[tuple[str, str]]] | None = None
        self.words: dict[str, dict[str, float]] = {}
        self.names: dict[str, dict[str, float]] = {}

    def of_words(self, stems: Collection[str]) -> dict[str, dict[str, float]]:
        """By stem, the facts that have it: 1 in their statement, less in their context."""
        missing = sorted(set(stems) - set(self.words))
        if missing:
            self._shrink(self.words, missing)
            of_mark: dict[str, list[str]] = defaultdict(list)
            for stem in missing:
                of_mark[word_mark(stem)].append(stem)
            for name, strength in _WORDS:
                keys = {stem: [stem] for stem in missing} if name in _READ else of_mark
                values = " ".join(f'"{key}"' for key in keys)
                for key, fact in self._pairs(
                    f"""SELECT ?key ?fact WHERE {{ VALUES ?key {{ {values} }}
                        GRAPH <{INDEX_GRAPH}> {{ ?fact dg:{name} ?key }} }}"""
                ):
                    for stem in keys[key]:
                        self.words[stem][fact] = strength
        return self.words

    def of_names(self, iris: Collection[str]) -> dict[str, dict[str, float]]:
        """By entity, the facts that name it (1) or concern it (less)."""
        missing = sorted(set(iris) - set(self.names))
        if missing:
            self._shrink(self.names, missing)
            for name, strength in (("around", _AMONG), ("concerns", _NEAR), ("names", 1.0)):
                for iri, fact in self._pairs(
                    f"""SELECT ?key ?fact WHERE {{ {values_clause("key", missing)}
                        GRAPH <{INDEX_GRAPH}> {{ ?fact dg:{name} ?key }} }}"""
                ):
                    self.names[iri][fact] = strength
        return self.names

    @property
    def total(self) -> int:
        """How many facts have words, two at the least."""
        return max(len(self.times()), 2)

    def times(self) -> dict[str, tuple[str, str] | None]:
        """The first and last day of each fact that has words, None where it has no date.

        The facts of imported datasets have none: they are found by the patterns of templates, and
        there may be millions.
        """
        if self._times is None:
            rows = self._pairs(
                f"SELECT ?fact ?span {{ GRAPH <{INDEX_GRAPH}> {{ ?fact dg:span ?span }} }}"
            )
            self._times = {fact: _ends(span) if span else None for fact, span in rows}
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
        missing = sorted(set(facts) - set(self._places))
        if missing:
            self._places |= dict.fromkeys(missing, ())
            for fact, passage in self._pairs(
                f"SELECT ?fact ?e WHERE {{ {values_clause('fact', missing)} ?fact dg:evidence ?e }}"
            ):
                if place := _place(passage):
                    self._places[fact] += (place,)
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
                (*place, fact)
                for fact, passage in self._pairs(
                    f"""SELECT ?fact ?e WHERE {{ GRAPH <{INDEX_GRAPH}> {{ ?fact dg:span ?span }}
                        ?fact dg:evidence ?e }}"""
                )
                if (place := _place(passage))
            )
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
        missing = sorted(set(facts) - set(self._told))
        if missing:
            found: dict[str, set[str]] = {fact: set() for fact in missing}
            for fact, word in self._pairs(
                f"""SELECT ?fact ?word WHERE {{ {values_clause("fact", missing)}
                    GRAPH <{INDEX_GRAPH}> {{ ?fact dg:word ?word }} }}"""
            ):
                found[fact].add(word)
            fillers = wording().fillers
            self._told |= {fact: frozenset(words - fillers) for fact, words in found.items()}
        return self._told

    def phrases(self, facts: Collection[str]) -> dict[str, frozenset[Phrase]]:
        """By fact, the stems of each term of several words that it is looked for by."""
        missing = sorted(set(facts) - set(self._phrases))
        if missing:
            self._phrases |= dict.fromkeys(missing, frozenset())
            for fact, terms in self._pairs(
                f"""SELECT ?fact ?terms
                    WHERE {{ {values_clause("fact", missing)} ?fact dg:searchTerms ?terms }}"""
            ):
                told = (tuple(stems(term)) for term in terms.split(",") if " " in term.strip())
                self._phrases[fact] |= frozenset(phrase for phrase in told if len(phrase) > 1)
        return {fact: self._phrases[fact] for fact in facts}

    def alike(self, stems: Collection[str], facts: Collection[str]) -> dict[str, float]:
        """By fact, how near it lies to some stems in the latent space; 0 where it has no vector.

        A stem that no fact has makes all of them the farther.
        """
        asked = tuple(stems)
        of_stems = self._latent(map(stem_iri, asked))
        question = together(of_stems.values())
        known = len(of_stems) / len(asked) if asked else 0.0
        vectors = self._latent(facts) if question else {}
        near = {fact: known * cosine(question, vector) for fact, vector in vectors.items()}
        return dict.fromkeys(facts, 0.0) | near

    def _latent(self, iris: Iterable[str]) -> dict[str, Sequence[float]]:
        """The vectors of facts or stems that have one."""
        wanted = set(iris)
        missing = sorted(wanted - set(self._vectors))
        if missing:
            if len(self._vectors) + len(missing) > _MOST_KEPT:
                self._vectors.clear()
                missing = sorted(wanted)
            self._vectors |= dict.fromkeys(missing, ())
            for iri, text in self._pairs(
                f"""SELECT ?key ?text WHERE {{ {values_clause("key", missing)}
                    GRAPH <{INDEX_GRAPH}> {{ ?key dg:latent ?text }} }}"""
            ):
                self._vectors[iri] = read_vector(text)
        return {iri: self._vectors[iri] for iri in sorted(wanted) if self._vectors[iri]}

    def joining(self, among: Collection[str]) -> set[str]:
        """Those of some facts that tell whole what others tell in parts."""
        asked = sorted(set(among) - set(self._joining))
        if asked:
            rows = self._pairs(
                f"SELECT ?fact ?so WHERE {{ {values_clause('fact', asked)} ?fact dg:joins ?so }}"
            )
            joins = {fact for fact, so in rows if so == "true"}
            self._joining |= {fact: fact in joins for fact in asked}
        return {fact for fact in among if self._joining[fact]}

    def _pairs(self, query: str) -> list[tuple[str, str]]:
        graph = self.graph()
        assert graph is not None
        return graph.pairs(query)

    @staticmethod
    def _shrink(kept: dict[str, dict[str, float]], coming: Collection[str]) -> None:
        if len(kept) + len(coming) > _MOST_KEPT:
            kept.clear()
        kept.update((key, {}) for key in coming)


def _place(passage: str) -> Place | None:
    """Where a passage stands, by its IRI; None for one that counts no characters."""
    source, _, span = passage.rpartition("/")
    start, _, end = span.partition("-")
    return (source, int(start), int(end)) if start.isdecimal() and end.isdecimal() else None


def _ends(span: str) -> tuple[str, str]:
    first, _, last = span.partition("/")
    return first or EVER[0], last or EVER[1]


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
