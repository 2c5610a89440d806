"""Find an entity from what a person types: labels, aliases, codes, typing errors.

A name is matched whatever its case, accents, hyphens and article (see
:func:`diplograph.keys.name_key`); then without a possessive (``China's``, ``Moscow's SCO``); then,
if it is long enough, with one or two typing errors in its letters. A name that leads to several
entities or to none is an error that carries what to choose from.

>>> from diplograph.store import open_graph
>>> from diplograph.names import resolve
>>> resolve(open_graph(), "P.R.C.").label
'China'
>>> resolve(open_graph(), "Moscow's SCO").label
'Shanghai Cooperation Organization'
"""

from __future__ import annotations

import re
import weakref
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from diplograph.errors import AmbiguousName, UnknownName
from diplograph.keys import name_key
from diplograph.namespaces import INDEX_GRAPH, expand, values_clause
from diplograph.store import Graph, Row

__all__ = ["Resolved", "resolve"]

_POSSESSIVE = re.compile(r"['’ʼ`]s\b", re.IGNORECASE)
_MOST_SUGGESTIONS = 5
_AT_ONCE = 200
_LONGEST = 300
_KEYS: weakref.WeakKeyDictionary[Graph, Mapping[str, Sequence[str]]] = weakref.WeakKeyDictionary()


class Resolved(NamedTuple):
    """An entity that a name led to; ``note`` says how, where it was not the name as typed."""

    id: str
    label: str
    note: str | None = None


def resolve(graph: Graph, name: str, types: Sequence[str] = ("Entity",)) -> Resolved:
    """The entity that ``name`` leads to, among those of the classes given (local names of ``dg:``).

    An IRI or a prefixed name such as ``cty:china`` is taken as it is. Raises
    :class:`~diplograph.errors.UnknownName` with the nearest names, or
    :class:`~diplograph.errors.AmbiguousName` with the candidates.
    """
    text = name.strip()
    if len(text) > _LONGEST:
        raise UnknownName(f"a name of {len(text):,} characters leads nowhere.", text[:_LONGEST])
    if not text:
        raise UnknownName("an empty name leads nowhere; name a country, person, agreement …", name)
    iri = expand(text)
    if iri.startswith(("http://", "https://")):
        return _by_iri(graph, iri, name)
    for candidate in _readings(text):
        rows = _bearers(graph, name_key(candidate), types)
        if rows:
            return _choose(rows, candidate, name)
    return _nearly(graph, text, types)


def _readings(text: str) -> list[str]:
    """The name as typed, then without possessives: ``China's``, ``Moscow's SCO``."""
    readings = [text]
    if _POSSESSIVE.search(text):
        readings.append(_POSSESSIVE.sub("", text))
        last = _POSSESSIVE.split(text)[-1].strip()
        if last:
            readings.append(last)
    unmarked = re.sub(r"^\w+s\s+", "", text)  # “moscows SCO”
    if unmarked != text:
        readings.append(unmarked)
    compact = re.sub(r"\.(?=\w\b|\s|$)", "", text)
    if compact != text:
        readings.append(compact)
    return readings


def _by_iri(graph: Graph, iri: str, name: str) -> Resolved:
    if re.search(r'[<>"{}|\\^`\s]', iri):
        raise UnknownName(f"“{name}” is neither a name nor an IRI.", name)
    rows = graph.select(f"SELECT ?label WHERE {{ <{iri}> a dg:Entity ; skos:prefLabel ?label }}")
    if not rows:
        raise UnknownName(f"nothing in the graph has the IRI “{iri}”.", name)
    return Resolved(iri, rows[0]["label"])


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _bearers(graph: Graph, key: str, types: Sequence[str]) -> list[Row]:
    """The entities that bear a key, with label and whether it is the key of their label."""
    return graph.select(
        f"""SELECT DISTINCT ?e ?label WHERE {{
            GRAPH <{INDEX_GRAPH}> {{ ?e dg:key {_quote(key)} }} {_of_types(types)}
        }} ORDER BY ?label"""
    )


def _of_types(types: Sequence[str]) -> str:
    """The SPARQL pattern of what is of one of the classes, with its label.

    Asked for the classes by ``VALUES``, the engine would go through all that is of them.
    """
    classes = ", ".join(f"dg:{t}" for t in types)
    return f"?e skos:prefLabel ?label ; a ?type FILTER(?type IN ({classes}))"


def _choose(rows: list[Row], candidate: str, name: str) -> Resolved:
    own = [row for row in rows if name_key(row["label"]) == name_key(candidate)]
    chosen = own if len(own) == 1 else rows
    if len(chosen) == 1:
        return Resolved(chosen[0]["e"], chosen[0]["label"])
    labels = tuple(dict.fromkeys(row["label"] for row in chosen))
    raise AmbiguousName(
        f"“{name}” can be {_or(labels)}; write the one that is meant.", name, labels
    )


def _nearly(graph: Graph, text: str, types: Sequence[str]) -> Resolved:
    key = name_key(text)
    slips = _slips_of(graph, key)
    rows = _rows(graph, list(slips), types)
    if rows:
        best = min(slips[row["key"]] for row in rows)
        entities = {row["e"]: row["label"] for row in rows if slips[row["key"]] == best}
        if len(entities) == 1:
            iri, label = next(iter(entities.items()))
            return Resolved(iri, label, f"“{text}” was read as “{label}”.")
        labels = tuple(dict.fromkeys(entities.values()))
        raise AmbiguousName(
            f"“{text}” can be {_or(labels)}; write the one that is meant.", text, labels
        )
    suggested: dict[str, None] = {}
    for label in _likely(graph, key, types):
        suggested[label] = None
        if len(suggested) == _MOST_SUGGESTIONS:
            break
    labels = tuple(suggested)
    hint = f"Did you mean {_or(labels)}?" if labels else "See what there is with: diplograph stats"
    kinds = " or ".join(t.lower() for t in types) if tuple(types) != ("Entity",) else "entity"
    raise UnknownName(f"no {kinds} of the graph is called “{text}”. {hint}", text, labels)


def _keys(graph: Graph) -> Mapping[str, Sequence[str]]:
    """Every key of the graph with the entities that bear it; read once."""
    if graph not in _KEYS:
        bearers: dict[str, list[str]] = defaultdict(list)
        for iri, key in graph.pairs(
            f"SELECT ?e ?key {{ GRAPH <{INDEX_GRAPH}> {{ ?e dg:key ?key }} }}"
        ):
            bearers[key].append(iri)
        _KEYS[graph] = bearers
    return _KEYS[graph]


def _rows(graph: Graph, keys: Collection[str], types: Sequence[str]) -> list[Row]:
    """The entities of the classes that bear one of the keys, with key and label, in their order."""
    bearers = _keys(graph)
    borne = {iri for key in keys for iri in bearers[key]}
    values = values_clause("e", sorted(borne))
    rows = (
        graph.pairs(f"SELECT DISTINCT ?e ?label {{ {values} {_of_types(types)} }}") if borne else []
    )
    labels = dict(rows)
    found = [
        {"e": iri, "key": key, "label": labels[iri]}
        for key in keys
        for iri in bearers[key]
        if iri in labels
    ]
    return sorted(found, key=lambda row: (row["key"], row["label"]))


def _slips_of(graph: Graph, key: str) -> dict[str, int]:
    """The keys that one may have meant who typed this one, each with the number of slips."""
    from rapidfuzz import process
    from rapidfuzz.distance import DamerauLevenshtein

    allowed = 0 if len(key) < 4 else 1 if len(key) < 10 else 2
    near = process.extract(
        key,
        list(_keys(graph)),
        scorer=DamerauLevenshtein.distance,
        score_cutoff=allowed,
        limit=None,
    )
    return {other: int(distance) for other, distance, _ in near if _slip(key, other)}


def _likely(graph: Graph, key: str, types: Sequence[str]) -> Iterator[str]:
    """Labels that are like what was typed: the likest, of those the ones that begin as it does, of
    those the shortest."""
    from rapidfuzz import fuzz, process

    keys = [other for other in _keys(graph) if len(other) > 3]
    likeness: dict[str, float] = {}
    for scorer in (fuzz.token_set_ratio, fuzz.ratio):  # the first whatever the order of the words
        for other, like, _ in process.extract(
            key, keys, scorer=scorer, score_cutoff=60, limit=None
        ):
            likeness[other] = max(like, likeness.get(other, 0))

    def rank(other: str) -> tuple[float, bool, int]:
        return (-likeness[other], not other.startswith(key), len(other))

    likely = sorted(likeness, key=rank)
    for start in range(0, len(likely), _AT_ONCE):
        rows = _rows(graph, likely[start : start + _AT_ONCE], types)
        yield from (r["label"] for r in sorted(rows, key=lambda r: (*rank(r["key"]), r["label"])))


def _slip(typed: str, key: str) -> bool:
    """Whether a key that is near can be meant: not where it is likelier to be another name.

    The first letter is seldom mistyped, and four letters with another one among them (Iraq, Iran)
    are another name sooner than a slip. A code of two or three letters is near to too many words
    (arms, ARM), and another number is another thing (S-300, S-400).
    """
    if typed[0] != key[0] or len(key) < 4:
        return False
    if re.sub(r"\D", "", typed) != re.sub(r"\D", "", key):
        return False
    return len(typed) > 4 or len(typed) != len(key) or sorted(typed) == sorted(key)


def _or(labels: Sequence[str]) -> str:
    quoted = [f"“{label}”" for label in labels]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
