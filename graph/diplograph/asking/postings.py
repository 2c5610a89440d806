"""Which facts have a word or a name, kept from one question to the next."""

from __future__ import annotations

import weakref
from collections.abc import Collection

from diplograph.namespaces import INDEX_GRAPH, values_clause
from diplograph.store import Graph

__all__ = ["EVER", "Postings", "postings"]

EVER = ("0001-01-01", "9999-12-31")
"""The first and the last day of a time that is open."""
_CONTEXT, _NEAR = 0.8, 0.85
"""How well a fact meets a word of its context, and a name that it concerns without naming it."""
_MOST_KEPT = 20_000


class Postings:
    """The words, names and times of the facts of a graph, looked up when they are first needed."""

    def __init__(self, graph: Graph) -> None:
        self.graph = weakref.ref(graph)
        rows = graph.select(
            f"""SELECT (COUNT(DISTINCT ?f) AS ?n) {{
                GRAPH <{INDEX_GRAPH}> {{ ?f dg:word ?word }} }}"""
        )
        self.total = max(int(rows[0]["n"]), 2)
        self._times: dict[str, tuple[str, str] | None] | None = None
        self._figures: dict[str, bool] = {}
        self._longer: dict[str, set[tuple[str, str]]] | None = None
        self.words: dict[str, dict[str, float]] = {}
        self.names: dict[str, dict[str, float]] = {}

    def of_words(self, stems: Collection[str]) -> dict[str, dict[str, float]]:
        """By stem, the facts that have it: 1 in their statement, less in their context."""
        missing = sorted(set(stems) - set(self.words))
        if missing:
            self._shrink(self.words, missing)
            values = " ".join(f'"{s}"' for s in missing)
            for name, strength in (("context", _CONTEXT), ("word", 1.0)):
                for stem, fact in self._pairs(
                    f"""SELECT ?key ?fact WHERE {{ VALUES ?key {{ {values} }}
                        GRAPH <{INDEX_GRAPH}> {{ ?fact dg:{name} ?key }} }}"""
                ):
                    self.words[stem][fact] = strength
        return self.words

    def of_names(self, iris: Collection[str]) -> dict[str, dict[str, float]]:
        """By entity, the facts that name it (1) or concern it (less)."""
        missing = sorted(set(iris) - set(self.names))
        if missing:
            self._shrink(self.names, missing)
            for name, strength in (("concerns", _NEAR), ("names", 1.0)):
                for iri, fact in self._pairs(
                    f"""SELECT ?key ?fact WHERE {{ {values_clause("key", missing)}
                        GRAPH <{INDEX_GRAPH}> {{ ?fact dg:{name} ?key }} }}"""
                ):
                    self.names[iri][fact] = strength
        return self.names

    def times(self) -> dict[str, tuple[str, str] | None]:
        """The first and last day of each fact that has words, None where it has no date.

        The facts of imported datasets have none: they are found by the patterns of templates, and
        there may be millions.
        """
        if self._times is None:
            graph = self.graph()
            assert graph is not None
            rows = graph.select(
                f"""SELECT ?fact ?when ?first ?last WHERE {{
                    {{ SELECT DISTINCT ?fact WHERE {{
                        GRAPH <{INDEX_GRAPH}> {{ ?fact dg:word ?word }} }} }}
                    OPTIONAL {{ ?fact dg:when ?when }} OPTIONAL {{ ?fact dg:earliest ?first }}
                    OPTIONAL {{ ?fact dg:latest ?last }} }}"""
            )
            self._times = {
                row["fact"]: (row.get("first", EVER[0]), row.get("last", EVER[1]))
                if "when" in row
                else None
                for row in rows
            }
        return self._times

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

    def _pairs(self, query: str) -> list[tuple[str, str]]:
        graph = self.graph()
        assert graph is not None
        return graph.pairs(query)

    @staticmethod
    def _shrink(kept: dict[str, dict[str, float]], coming: Collection[str]) -> None:
        if len(kept) + len(coming) > _MOST_KEPT:
            kept.clear()
        kept.update((key, {}) for key in coming)


_POSTINGS: weakref.WeakKeyDictionary[Graph, Postings] = weakref.WeakKeyDictionary()


def postings(graph: Graph) -> Postings:
    """The postings of a graph."""
    found = _POSTINGS.get(graph)
    if found is None:
        found = _POSTINGS[graph] = Postings(graph)
    return found
