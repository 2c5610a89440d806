"""Names, kinds and classes in a question, looked up in the graph and among the shipped words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from diplograph.asking.parts import Concept, Mention, Token
from diplograph.asking.wording import Phrase, wording, words_made_from
from diplograph.facts import entities_of
from diplograph.keys import name_key
from diplograph.model import Entity
from diplograph.namespaces import INDEX_GRAPH
from diplograph.shelf import shelved
from diplograph.stems import stems
from diplograph.store import Graph

__all__ = ["bearers", "concepts_in", "entities_in"]

_LONGEST_NAME = 12
_SCHEMES = frozenset(
    f"{name}-kind" for name in ("agreement", "event", "weapon", "organization", "project", "place")
) | {"stage", "grade", "measure", "role", "position", "mode"}


def entities_in(graph: Graph, text: str, tokens: Sequence[Token]) -> list[Mention]:
    """Every stretch that can be meant as a name, with the entities that bear it."""
    keys: dict[str, list[tuple[int, int, bool]]] = {}
    words = wording()
    for first in range(len(tokens)):
        for last in range(first + 1, min(first + _LONGEST_NAME, len(tokens)) + 1):
            part = tokens[first:last]
            joined = " ".join(t.key for t in part)
            forms = {(joined, False)}
            if len(part[-1].key) > 2 and part[-1].key.endswith("s"):
                forms.add((joined[:-1], False))
            if any(t.possessive for t in part[:-1]):  # “People's Republic of China”
                forms.add((" ".join(t.key + "s" * t.possessive for t in part), False))
            phrase = tuple(t.stem for t in part)
            country = words.demonyms.get(phrase[1:] if part[0].key == "the" else phrase)
            if country and (phrase not in words.abbreviations or part[0].text.isupper()):
                forms.add((name_key(country), True))
            if office := _of_country(part):
                forms.add((office, False))
            for form, adjective in sorted(forms):
                keys.setdefault(form.removeprefix("the "), []).append((first, last, adjective))
    rows = bearers(graph, sorted(keys))
    borne: dict[str, list[Entity]] = {}
    for key, entity in rows:
        borne.setdefault(key, []).append(entity)
    found = []
    spans: dict[tuple[int, int], tuple[dict[str, Entity], bool]] = {}
    for key, places in keys.items():
        for first, last, adjective in places if key in borne else ():
            named, only = spans.get((first, last), ({}, True))
            spans[first, last] = ({**named, **{e.id: e for e in borne[key]}}, only and adjective)
    for (first, last), (named, adjective) in spans.items():
        mention = Mention(
            first, last, "entity", text[tokens[first].start : tokens[last - 1].end],
            entities=tuple(named.values()), adjective=adjective,
        )  # fmt: skip
        if not _everyday(mention, tokens):
            found.append(mention)
    return found


def _of_country(part: Sequence[Token]) -> str:
    """“China's president” and “the Chinese president” as “president of china”, or nothing."""
    start = 1 if part[0].key == "the" else 0
    if len(part) - start < 2:
        return ""
    first = part[start]
    country = wording().demonyms.get((first.stem,))
    owner = name_key(country) if country else first.key if first.possessive else ""
    rest = " ".join(t.key for t in part[start + 1 :])
    return f"{rest} of {owner}" if owner else ""


def _everyday(mention: Mention, tokens: Sequence[Token]) -> bool:
    """Whether a name is, as typed, an everyday word: ``observers``, ``king``, ``education``."""
    part = tokens[mention.first : mention.last]
    part = part[1:] if len(part) > 1 and part[0].key in ("the", "a") else part
    if len(part) > 1 or mention.adjective:
        return False
    token = part[0]
    words = wording()
    everyday = (
        token.stem in words.fillers or (token.stem,) in words.of or (token.stem,) in words.classes
    )
    return everyday and (not token.text[0].isupper() or mention.first == 0)


def bearers(graph: Graph, keys: Sequence[str]) -> list[tuple[str, Entity]]:
    """The entities that bear each of the keys."""
    values = " ".join('"' + key.replace("\\", "").replace('"', "") + '"' for key in keys)
    borne = graph.pairs(
        f"""SELECT ?key ?e WHERE {{
            VALUES ?key {{ {values} }} GRAPH <{INDEX_GRAPH}> {{ ?e dg:key ?key }} }}"""
    )
    entities = entities_of(graph, (iri for _, iri in borne))
    found = dict.fromkeys((key, entities[iri]) for key, iri in borne)
    return sorted(found, key=lambda pair: (pair[0], pair[1].label, pair[1].type, pair[1].id))


@lru_cache(maxsize=4)
def _concept_phrases(graph: Graph) -> dict[Phrase, tuple[Concept, ...]]:
    """The concepts of the vocabulary by the stems of their labels and of what means the same."""
    if graph.place is None:
        return _phrases_of(graph)
    made_from = [*words_made_from(), __file__]
    return shelved("concepts", made_from, lambda: _phrases_of(graph), graph.place.state)


def _phrases_of(graph: Graph) -> dict[Phrase, tuple[Concept, ...]]:
    query = "SELECT ?c ?name WHERE {{ ?c skos:inScheme ?scheme ; skos:{} ?name }}"
    labels = graph.pairs(query.format("prefLabel"))
    label = dict(labels)
    words = wording()
    own: dict[Phrase, set[Concept]] = {}
    wide: dict[Phrase, set[Concept]] = {}
    for iri, name in sorted([*labels, *graph.pairs(query.format("altLabel"))]):
        scheme = iri.rstrip("/").split("/")[-2]
        if scheme not in _SCHEMES:
            continue
        concept = Concept(iri, label[iri], scheme)
        phrase = tuple(stems(name))
        own.setdefault(phrase, set()).add(concept)
        for group in words.of.get(phrase, ()):
            if words.first[group] == phrase:
                for other in words.groups[group]:
                    wide.setdefault(other, set()).add(concept)
    merged = {p: own.get(p) or wide[p] for p in {*own, *wide}}
    return {p: tuple(sorted(c, key=lambda c: c.id)) for p, c in merged.items()}


def concepts_in(graph: Graph, text: str, tokens: Sequence[Token]) -> list[Mention]:
    """Every stretch that names a kind, a stage, a measure, or a class of things."""
    phrases, words = _concept_phrases(graph), wording()
    found = []
    for first in range(len(tokens)):
        for last in range(first + 1, min(first + 5, len(tokens)) + 1):
            part = tokens[first:last]
            phrase = tuple(t.stem for t in part)
            whole = text[part[0].start : part[-1].end]
            if phrase in phrases:
                named = phrases[phrase]
                found.append(Mention(first, last, "concept", whole, concepts=named, stems=phrase))
            if phrase in words.classes:
                found.append(Mention(first, last, "class", whole, name=words.classes[phrase]))
    return found
