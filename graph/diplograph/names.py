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
from collections.abc import Sequence
from typing import NamedTuple

from diplograph.errors import AmbiguousName, UnknownName
from diplograph.keys import name_key
from diplograph.namespaces import INDEX_GRAPH, expand
from diplograph.store import Graph, Row

__all__ = ["Resolved", "resolve"]

_POSSESSIVE = re.compile(r"['’ʼ`]s\b", re.IGNORECASE)
_MOST_SUGGESTIONS = 5
_LONGEST = 300


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
    classes = " ".join(f"dg:{t}" for t in types)
    return graph.select(
        f"""SELECT DISTINCT ?e ?label WHERE {{
            GRAPH <{INDEX_GRAPH}> {{ ?e dg:key {_quote(key)} }} VALUES ?type {{ {classes} }}
            ?e a ?type ; skos:prefLabel ?label
        }} ORDER BY ?label"""
    )


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
    from rapidfuzz.distance import DamerauLevenshtein

    classes = " ".join(f"dg:{t}" for t in types)
    rows = graph.select(
        f"""SELECT DISTINCT ?e ?key ?label WHERE {{
            VALUES ?type {{ {classes} }} ?e a ?type ; skos:prefLabel ?label .
            GRAPH <{INDEX_GRAPH}> {{ ?e dg:key ?key }}
        }} ORDER BY ?key ?label"""
    )
    key = name_key(text)
    allowed = 0 if len(key) < 4 else 1 if len(key) < 10 else 2
    distances = [
        (DamerauLevenshtein.distance(key, row["key"], score_cutoff=allowed), row) for row in rows
    ]
    near = [(d, row) for d, row in distances if d <= allowed and _slip(key, row["key"])]
    if near:
        best = min(d for d, _ in near)
        entities = {row["e"]: row["label"] for d, row in near if d == best}
        if len(entities) == 1:
            iri, label = next(iter(entities.items()))
            return Resolved(iri, label, f"“{text}” was read as “{label}”.")
        labels = tuple(dict.fromkeys(entities.values()))
        raise AmbiguousName(
            f"“{text}” can be {_or(labels)}; write the one that is meant.", text, labels
        )
    likely = sorted(
        (-_likeness(key, row["key"]), not row["key"].startswith(key), len(row["key"]), row["label"])
        for row in rows
        if len(row["key"]) > 3
    )  # the likest, of those the ones that begin as typed, of those the shortest
    labels = tuple(dict.fromkeys(label for unlike, _, _, label in likely if unlike <= -60))
    labels = labels[:_MOST_SUGGESTIONS]
    hint = f"Did you mean {_or(labels)}?" if labels else "See what there is with: diplograph stats"
    kinds = " or ".join(t.lower() for t in types) if tuple(types) != ("Entity",) else "entity"
    raise UnknownName(f"no {kinds} of the graph is called “{text}”. {hint}", text, labels)


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


def _likeness(typed: str, key: str) -> float:
    """How alike two keys are, from 0 to 100, whatever the order of their words."""
    from rapidfuzz import fuzz

    return max(fuzz.token_set_ratio(typed, key), fuzz.ratio(typed, key))


def _or(labels: Sequence[str]) -> str:
    quoted = [f"“{label}”" for label in labels]
    return quoted[0] if len(quoted) == 1 else f"{', '.join(quoted[:-1])} or {quoted[-1]}"
