"""Judgements in the store: a named graph of the user's own, made from the file of decisions."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from diplograph.derive import superclasses
from diplograph.digests import digest
from diplograph.errors import OptionError, StoreError
from diplograph.importers.building import locked
from diplograph.importers.forgetting import forget
from diplograph.model import Record
from diplograph.names import resolve
from diplograph.namespaces import (
    BASE,
    DCT,
    DG,
    INDEX_GRAPH,
    PREFIXES,
    RDF_TYPE,
    RDFS,
    SKOS,
    SOURCE,
    values_clause,
)
from diplograph.reconciling.decisions import (
    VERDICTS,
    Decisions,
    Judgement,
    decisions_path,
    read_decisions,
)
from diplograph.reconciling.doubtful import opened

__all__ = ["JUDGEMENTS_GRAPH", "Applied", "apply_judgements", "judge"]

JUDGEMENTS_GRAPH = SOURCE + "judgements"
"""The named graph, and the source, of what the user judged."""


@dataclass(frozen=True)
class Applied(Record):
    """What of the file of decisions is in the store.

    ``stale`` are the judgements on entries that are gone, or that go by another name now, as they
    can in another edition of a dataset; they stay in the file.
    """

    judgements: int
    stale: tuple[str, ...]
    changed: bool


def judge(into: Path, one: str, other: str, verdict: str | None, undo: bool = False) -> Judgement:
    """Judge whether two entries (names or IRIs) are the same thing, and keep it.

    ``verdict`` is one of :data:`~diplograph.reconciling.decisions.VERDICTS`; ``undo`` takes a
    former judgement back. Nothing is merged: the two stay, and answers that show one say that it
    may be the other, unless they are ``different``. Raises :class:`~diplograph.errors.OptionError`
    for another verdict, for two names of one entry, and where there is nothing to undo; the errors
    of :func:`diplograph.names.resolve`; and :class:`~diplograph.errors.StoreError` for a store that
    cannot be written.
    """
    if not undo and verdict not in VERDICTS:
        raise OptionError(f"“{verdict}” is no judgement; it is {', '.join(VERDICTS)}.")
    graph = opened(into)
    a, b = resolve(graph, one), resolve(graph, other)
    if a.id == b.id:
        raise OptionError(f"“{one}” and “{other}” are one entry, {a.label}; name two.")
    path = decisions_path(into)
    decisions = read_decisions(path)
    judgement = Judgement(a.id, b.id, verdict or "", (a.label, b.label))
    former = next((j for j in decisions.judgements if j.pair == judgement.pair), None)
    if undo and former is None:
        raise OptionError(f"{a.label} and {b.label} were not judged; there is nothing to undo.")
    decisions.with_judgement(judgement, undo).write(path)
    try:
        apply_judgements(into)
    except StoreError:
        decisions.write(path)  # what is not in the store is not in the file either
        raise
    return former if undo and former is not None else judgement


def apply_judgements(into: Path) -> Applied:
    """Make the judgements in the store those of the file beside it.

    Raises :class:`~diplograph.errors.StoreError` for a store that is not there or cannot be
    written, and :class:`~diplograph.errors.DecisionError` for a file that cannot be read.
    """
    graph = opened(into)
    decisions = read_decisions(decisions_path(into))
    iris = sorted({iri for j in decisions.judgements for iri in j.pair})
    known = f"""SELECT ?e (STR(?l) AS ?label) {{
        {values_clause("e", iris)} ?e a dg:Entity ; skos:prefLabel ?l }}"""
    labels = dict(graph.pairs(known)) if iris else {}
    fresh, stale = [], []
    for j in decisions.judgements:
        now = (labels.get(j.one), labels.get(j.other))
        if None in now or (any(j.names) and now != j.names):
            stale.append(f"{j.names[0] or j.one} and {j.names[1] or j.other}")
        else:
            fresh.append(j)
    quads = _quads(Decisions({}, tuple(fresh)))
    home = ox.NamedNode(JUDGEMENTS_GRAPH)
    if {q.triple for q in graph.store.quads_for_pattern(None, None, None, home)} == {
        q.triple for q in quads
    }:
        return Applied(len(fresh), tuple(stale), False)
    del graph  # which closes it
    with locked(into):
        _write(into, home, quads)
    return Applied(len(fresh), tuple(stale), True)


def _write(into: Path, home: ox.NamedNode, quads: list[ox.Quad]) -> None:
    try:
        store = ox.Store(str(into))
        may_be = ox.NamedNode(DG + "mayBe")
        near = {q.subject for q in store.quads_for_pattern(None, may_be, None, home)}
        near |= {q.subject for q in quads if q.predicate == may_be}
        if store.contains_named_graph(home):
            forget(store, JUDGEMENTS_GRAPH, lambda _: None)
        store.extend(quads)
        default = ox.DefaultGraph()
        store.extend(ox.Quad(q.subject, q.predicate, q.object, default) for q in quads)
        _views(store, near)
        store.flush()
    except (OSError, RuntimeError) as error:
        reason = " ".join(str(error).split())
        raise StoreError(f"{into}: cannot be written: {reason}") from None


def _quads(decisions: Decisions) -> list[ox.Quad]:
    """The named graph of the judgements: none where there are none."""
    home = ox.NamedNode(JUDGEMENTS_GRAPH)
    told: list[tuple[str, str, ox.NamedNode | ox.Literal]] = []
    for j in decisions.judgements:
        iri = f"{BASE}id/judgement/{digest(' '.join(sorted(j.pair)), ())[:16]}"
        names = f"{j.names[0]} and {j.names[1]}"
        said = {
            "same": f"{names} are the same thing.",
            "different": f"{names} are different things.",
            "unsure": f"Whether {names} are the same thing is left open.",
        }[j.verdict]
        told += [
            (iri, RDF_TYPE, ox.NamedNode(DG + "Judgement")),
            (iri, RDFS + "label", ox.Literal(said, language="en")),
            (iri, DG + "judges", ox.NamedNode(j.one)),
            (iri, DG + "judges", ox.NamedNode(j.other)),
            (iri, DG + "verdict", ox.NamedNode(PREFIXES["verdict"] + j.verdict)),
        ]
        if j.verdict != "different":
            told += [
                (j.one, DG + "mayBe", ox.NamedNode(j.other)),
                (j.other, DG + "mayBe", ox.NamedNode(j.one)),
            ]
    if told:
        told += [
            (JUDGEMENTS_GRAPH, RDF_TYPE, ox.NamedNode(DG + "Source")),
            *(
                (JUDGEMENTS_GRAPH, RDF_TYPE, above)
                for above in superclasses().get(DG + "Source", ())
            ),
            (JUDGEMENTS_GRAPH, DCT + "identifier", ox.Literal("judgements")),
            (JUDGEMENTS_GRAPH, DCT + "title", ox.Literal("Judgements of the user", language="en")),
        ]
    return [ox.Quad(ox.NamedNode(s), ox.NamedNode(p), o, home) for s, p, o in told]


def _views(store: ox.Store, things: Iterable[object]) -> None:
    """Tell in the views of agreements what they may be, as it stands now."""
    index, view, may_be = (
        ox.NamedNode(INDEX_GRAPH),
        ox.NamedNode(DG + "view"),
        ox.NamedNode(DG + "mayBe"),
    )
    for node in things:
        if not isinstance(node, ox.NamedNode):
            continue
        for quad in list(store.quads_for_pattern(node, view, None, index)):
            told = json.loads(_text(quad.object))
            former = set(told["may_be"]) - set(told["parties"])
            others = {
                q.object for q in store.quads_for_pattern(node, may_be, None, ox.DefaultGraph())
            }
            told["may_be"] = sorted(_text(other) for other in others)
            told["entities"] = {k: v for k, v in told["entities"].items() if k not in former} | {
                _text(other): [_label(store, other), "Agreement"] for other in others
            }
            text = json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
            store.remove(quad)
            store.add(ox.Quad(node, view, ox.Literal(text), index))


def _label(store: ox.Store, node: object) -> str:
    label, default = ox.NamedNode(SKOS + "prefLabel"), ox.DefaultGraph()
    if not isinstance(node, ox.NamedNode):
        return ""
    return next((_text(q.object) for q in store.quads_for_pattern(node, label, None, default)), "")


def _text(term: object) -> str:
    return str(getattr(term, "value", ""))
