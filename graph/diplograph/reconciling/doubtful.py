"""Names of parties that imports could not resolve for certain, and decisions on them."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from diplograph.disk import is_store
from diplograph.errors import OptionError, StoreError
from diplograph.facts import entities_of
from diplograph.model import Entity, Record
from diplograph.names import resolve
from diplograph.namespaces import SOURCE
from diplograph.reconciling.decisions import UNSURE, decisions_path, read_decisions
from diplograph.store import Graph, LocalGraph, open_graph

__all__ = ["Doubt", "decide", "doubtful_names"]

_PARTIES = ("Country", "Organization", "Agent")


@dataclass(frozen=True)
class Doubt(Record):
    """A printed name or code of a dataset of which it is not certain whom it means.

    ``rows`` is how many rows name it, ``first`` the first of them, ``candidates`` who it may be;
    ``why`` says what was found in those rows. ``decided`` is the entity that the user decided on;
    ``unsure`` says that the user left it open.
    """

    dataset: str
    printed: str
    rows: int
    first: int | None
    candidates: tuple[Entity, ...]
    why: tuple[str, ...]
    decided: Entity | None = None
    unsure: bool = False


def doubtful_names(into: Path, dataset: str | None = None) -> tuple[Doubt, ...]:
    """The doubtful names of a dataset, or of all, those on which most rows hang first.

    What was decided on is among them. Raises :class:`~diplograph.errors.StoreError` where there is
    no store at ``into``, :class:`~diplograph.errors.OptionError` where it holds no such dataset,
    and :class:`~diplograph.errors.DecisionError` for a file of decisions that cannot be read.
    """
    graph = opened(into)
    if dataset is not None:
        _held(graph, into, dataset)
    decided = read_decisions(decisions_path(into)).names
    rows = graph.select(
        """SELECT ?g ?printed ?why ?row ?rows (GROUP_CONCAT(STR(?who); separator=" ") AS ?may)
        WHERE {
            GRAPH ?g { ?entry dg:reason reason:unresolved-party ; dg:printed ?printed ;
                       dg:detail ?why ; dg:evidence ?passage .
                       ?passage dg:row ?row ; oa:hasSelector/rdf:value ?rows
                       OPTIONAL { ?entry dg:candidate ?who } }
        } GROUP BY ?g ?entry ?printed ?why ?row ?rows"""
    )
    told: dict[tuple[str, str], list[dict[str, str]]] = defaultdict(list)
    for row in rows:
        told[row["g"].removeprefix(SOURCE), row["printed"]].append(row)
    keys = [key for key in {*told, *decided} if dataset in (None, key[0])]
    iris = {iri for own in told.values() for row in own for iri in row.get("may", "").split()}
    named = entities_of(graph, sorted(iris | {iri for iri in decided.values() if iri != UNSURE}))
    found = []
    for key in keys:
        own = told.get(key, [])
        means = decided.get(key)
        candidates = {iri for row in own for iri in row.get("may", "").split()}
        found.append(
            Doubt(
                *key,
                sum(_count(row["rows"]) for row in own),
                min((int(row["row"]) for row in own), default=None),
                tuple(sorted((named[iri] for iri in candidates), key=lambda e: e.label)),
                tuple(sorted({row["why"] for row in own})),
                None if means in (None, UNSURE) else named.get(means, Entity(means, means, "")),
                means == UNSURE,
            )
        )
    return tuple(sorted(found, key=lambda d: (-d.rows, d.dataset, d.printed)))


def _count(selector: str) -> int:
    """The rows that a selector of RFC 7111 names: ``row=3-5;9`` names four."""
    spans = re.findall(r"(\d+)(?:-(\d+))?", selector)
    return sum(int(last or first) - int(first) + 1 for first, last in spans)


def decide(
    into: Path, dataset: str, printed: str, means: str | None = None, *, undo: bool = False
) -> Doubt:
    """Decide whom a printed name means (an entity, by name or IRI), or leave it open; the doubt.

    Without ``means`` it is left open; with ``undo`` the decision is taken back. It is written into
    the file beside the store and holds from the next import of the dataset on. Raises the errors of
    :func:`doubtful_names`, :class:`~diplograph.errors.OptionError` for a name that is not in doubt,
    and those of :func:`diplograph.names.resolve` for ``means``.
    """
    path = decisions_path(into)
    decisions = read_decisions(path)
    doubts = {doubt.printed: doubt for doubt in doubtful_names(into, dataset)}
    if printed not in doubts:
        raise OptionError(_not_in_doubt(dataset, printed, list(doubts)))
    if undo and (dataset, printed) not in decisions.names:
        raise OptionError(f"“{printed}” of {dataset} was not decided on; there is nothing to undo.")
    iri = None if undo else UNSURE
    if means is not None and not undo:
        iri = resolve(opened(into), means, _PARTIES).id
        if iri.rpartition("/")[2].startswith(f"{dataset}-"):
            raise OptionError(
                f"“{means}” is the name as {dataset} prints it; name the state or body that is "
                "meant."
            )
    decisions.with_name(dataset, printed, iri).write(path)
    after = {doubt.printed: doubt for doubt in doubtful_names(into, dataset)}
    return after.get(printed, doubts[printed])


def _not_in_doubt(dataset: str, printed: str, known: list[str]) -> str:
    from rapidfuzz import process

    near = [f"“{name}”" for name, _, _ in process.extract(printed, known, limit=3, score_cutoff=60)]
    hint = f"; names like it that are: {', '.join(near)}" if near else ""
    return f"“{printed}” is not in doubt in {dataset}{hint}; see: diplograph reconcile names."


def opened(into: Path) -> LocalGraph:
    """The graph of the on-disk store at ``into``.

    Raises :class:`~diplograph.errors.StoreError` where there is none.
    """
    if not is_store(into):
        raise StoreError(f"{into}: is no on-disk store; diplograph import makes one.")
    graph = open_graph(into)
    assert isinstance(graph, LocalGraph)
    return graph


def _held(graph: Graph, into: Path, dataset: str) -> None:
    held = sorted(
        row["s"].removeprefix(SOURCE) for row in graph.select("SELECT ?s { ?s dg:importMark ?m }")
    )
    if dataset not in held:
        raise OptionError(
            f"{into}: holds no dataset “{dataset}”; it holds {', '.join(held) or 'none'}."
        )
