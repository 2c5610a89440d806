"""What to tell somebody whose query names what is not there, or finds nothing.

Both functions put a few cheap questions of their own to the store; run them where the query ran,
under the same limits.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import pyoxigraph as ox
from rapidfuzz import fuzz, process

from diplograph.guard import Checked, entry, nodes
from diplograph.keys import name_key
from diplograph.namespaces import DG, RDF_TYPE, VOCABULARY_GRAPH, local_name, shorten

__all__ = ["nearest_graph", "unknown_names", "why_empty"]

_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
_MOST_NAMES = 30
_NEAR_ENOUGH = 75.0
_STEPS = {
    "Filter": "a FILTER",
    "MinusGraphPattern": "a MINUS",
    "InlineData": "VALUES",
    "GroupOrUnionGraphPattern": "a UNION",
    "SubSelect": "a subquery",
    "Bind": "a BIND",
}


class _Unwritable(Exception):
    """A pattern that rdflib's tree does not hold completely."""


# --- names that are not there --------------------------------------------------------------------


def unknown_names(store: ox.Store, query: Checked) -> list[str]:
    """One sentence for each IRI of the query that the graph does not hold, with the nearest."""
    sentences = []
    for iri in list(_names(query))[:_MOST_NAMES]:
        if _is_there(store, ox.NamedNode(iri)):
            continue
        near = _bearer(store, iri) or _nearest(iri, _candidates(store, iri))
        question = f"; did you mean {_short(near)}?" if near else "."
        sentences.append(f"{_short(iri)} is not in the graph{question}")
    return sentences


def nearest_graph(store: ox.Store, iri: str) -> str | None:
    """The named graph of the store whose name is nearest to ``iri``, None if none is near."""
    return _nearest(iri, [g.value for g in store.named_graphs() if isinstance(g, ox.NamedNode)])


def _names(query: Checked) -> dict[str, None]:
    """The IRIs that the query looks for: in its patterns, values and conditions."""
    passing = {id(entry(query.tree, "template")), id(entry(query.tree, "datasetClause"))}
    for node in nodes(query.tree):
        name = getattr(node, "name", "")
        if name in ("Function", "literal"):
            passing.add(id(entry(node, "iri" if name == "Function" else "datatype")))
    passing.discard(id(None))
    found = (query.iri(node) for node in nodes(query.tree, passing))
    return dict.fromkeys(iri for iri in found if iri is not None and not iri.startswith(_RDF))


def _is_there(store: ox.Store, iri: ox.NamedNode) -> bool:
    patterns: list[tuple[Any, Any, Any, Any]] = [
        (iri, None, None, None),
        (None, iri, None, None),
        (None, None, iri, None),
        (None, None, None, iri),
    ]
    return any(next(store.quads_for_pattern(*p), None) is not None for p in patterns)


def _bearer(store: ox.Store, iri: str) -> str | None:
    """The entity of the same kind that bears the local name as a name: cty:usa, cty:prc."""
    local = local_name(iri)
    key = ox.Literal(name_key(local))
    found = store.quads_for_pattern(None, ox.NamedNode(DG + "key"), key, None)
    bearers = {q.subject.value for q in found if isinstance(q.subject, ox.NamedNode)}
    namespace = iri[: len(iri) - len(local)]
    same = sorted(b for b in bearers if b.startswith(namespace))
    return same[0] if len(same) == 1 else None


def _candidates(store: ox.Store, iri: str) -> Iterable[str]:
    """The terms of the vocabulary and those in use, and the entities of the same namespace."""
    vocabulary = ox.NamedNode(VOCABULARY_GRAPH)
    found = {
        quad.subject.value
        for quad in store.quads_for_pattern(None, None, None, vocabulary)
        if isinstance(quad.subject, ox.NamedNode)
    }
    namespace = iri[: len(iri) - len(local_name(iri))]
    if any(name.startswith(namespace) for name in found):
        return found
    text = namespace.replace("\\", "\\\\").replace('"', '\\"')
    for query in (
        "SELECT DISTINCT ?x WHERE { ?s ?x ?o }",
        f'SELECT DISTINCT ?x WHERE {{ ?x ?p ?o FILTER(STRSTARTS(STR(?x), "{text}")) }}',
    ):
        rows = store.query(query)
        found |= {row[0].value for row in rows if isinstance(row[0], ox.NamedNode)}  # type: ignore[union-attr]
    return found


def _nearest(iri: str, candidates: Iterable[str]) -> str | None:
    """The candidate with the most similar local name, those of the same namespace before others."""
    local = local_name(iri)
    namespace = iri[: len(iri) - len(local)]
    for pool in (
        {c: local_name(c).casefold() for c in sorted(candidates) if c.startswith(namespace)},
        {c: local_name(c).casefold() for c in sorted(candidates)},
    ):
        best = process.extractOne(
            local.casefold(), pool, scorer=fuzz.ratio, score_cutoff=_NEAR_ENOUGH
        )
        if best is not None:
            return str(best[2])
    return None


def _short(iri: str) -> str:
    short = shorten(iri)
    return f"<{iri}>" if short == iri else short


# --- results that are empty ----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Pattern:
    """A triple pattern: as it is asked, and as it is shown."""

    asked: str
    shown: str


def why_empty(store: ox.Store, query: Checked) -> str | None:
    """Which part of a query without results emptied it, in one sentence; None if not found out.

    Looks at the triple patterns that must all hold, in the order of the query: first at each
    alone, then at them together, one more each time. What is left are the FILTERs and the like.
    """
    where = entry(query.tree, "where")
    others: list[str] = []
    try:
        patterns = list(_patterns(query, where, others))
    except _Unwritable:
        return None
    dataset = "".join(f" FROM <{g}>" for g in query.default_graphs)
    dataset += "".join(f" FROM NAMED <{g}>" for g in query.named_graphs)

    def holds(some: list[_Pattern]) -> bool:
        text = f"ASK{dataset} {{ {' '.join(p.asked for p in some)} }}"
        return bool(store.query(text))

    for pattern in patterns:
        if not holds([pattern]):
            return f"Nothing in the graph matches: {pattern.shown}"
    for count in range(2, len(patterns) + 1):
        if not holds(patterns[:count]):
            return (
                f"{patterns[count - 1].shown} has matches, but none together with what stands "
                "before it in the query."
            )
    if not others or not patterns:
        return None
    kinds = sorted(set(others))
    what = kinds[0] if len(kinds) == 1 else f"{', '.join(kinds[:-1])} or {kinds[-1]}"
    return f"The triple patterns have matches; {what} leaves none of them."


def _patterns(
    query: Checked, group: Any, others: list[str], around: str = ""
) -> Iterator[_Pattern]:
    """The triple patterns of a group that must hold; what else narrows it goes to ``others``."""
    if getattr(group, "name", "") == "SubSelect":
        others.append(_STEPS["SubSelect"])
        return
    for part in entry(group, "part") or ():
        name = part.name
        if name == "TriplesBlock":
            for triples in part["triples"]:
                flat = list(triples)
                for start in range(0, len(flat), 3):
                    yield _pattern(query, flat[start : start + 3], around)
        elif name == "GraphGraphPattern":
            graph = f"GRAPH {_term(query, part['term'], False)}"
            yield from _patterns(query, part["graph"], others, graph)
        elif name == "GroupOrUnionGraphPattern" and len(part["graph"]) == 1:
            yield from _patterns(query, part["graph"][0], others, around)
        elif name in _STEPS:
            others.append(_STEPS[name])


def _pattern(query: Checked, triple: list[Any], around: str) -> _Pattern:
    asked, shown = (
        " ".join(_term(query, term, short) for term in triple) for short in (False, True)
    )
    return _Pattern(f"{around} {{ {asked} }}" if around else f"{asked} .", shown)


def _term(query: Checked, node: Any, short: bool) -> str:
    """A node of a triple pattern as SPARQL, with prefixes where it is to be shown."""
    iri = query.iri(node)
    if iri is not None:
        if short:
            return "a" if iri == RDF_TYPE else _short(iri)
        return f"<{iri}>"
    kind = type(node).__name__
    if kind == "Variable":
        return f"?{node}"
    if kind == "BNode":
        return "[]" if short else f"?_{node}"
    if kind == "Literal":
        return str(node.n3())
    if getattr(node, "name", "") == "literal":
        text, language, datatype = (entry(node, key) for key in ("string", "lang", "datatype"))
        if language:
            return f"{text.n3()}@{language}"
        return f"{text.n3()}^^{_term(query, datatype, short)}" if datatype else str(text.n3())
    return _path(query, node, short)


def _path(query: Checked, node: Any, short: bool) -> str:
    name, part = getattr(node, "name", ""), entry(node, "part")
    if part is None:
        raise _Unwritable
    several = [part] if isinstance(part, (str, dict)) else list(part)
    steps = [_term(query, step, short) for step in several]
    if name in ("PathAlternative", "PathSequence"):
        joined = ("|" if name == "PathAlternative" else "/").join(steps)
        return steps[0] if len(steps) == 1 else f"({joined})"
    if name == "PathElt":
        return f"{steps[0]}{entry(node, 'mod') or ''}"
    if name == "PathEltOrInverse":
        return f"^{steps[0]}"
    if name == "PathNegatedPropertySet":
        return f"!({'|'.join(steps)})"
    raise _Unwritable
