"""A store as an rdflib ``Dataset`` whose queries and updates reach neither network nor files.

rdflib hands a query given as text to the engine, and evaluates a prepared one itself; both would
follow ``SERVICE``. Here both refuse it, ``FROM`` names graphs of the store only, and SPARQL updates
(of which ``LOAD`` fetches) are refused. There is no deadline and no limit of memory: queries of
strangers belong to :func:`diplograph.query.run`.

Loading this module switches off, for all of rdflib in this process, that it fetches the graphs
named after ``FROM``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pyoxigraph as ox
import rdflib
import rdflib.plugins.sparql
from oxrdflib import OxigraphStore

from diplograph import guard
from diplograph.errors import QueryError
from diplograph.namespaces import PREFIXES

__all__ = ["closed_dataset"]


class _ClosedStore(OxigraphStore):
    """An Oxigraph store that answers only queries which stay inside it."""

    def query(
        self,
        query: Any,
        initNs: Mapping[str, Any],  # noqa: N803
        initBindings: Mapping[str, Any],  # noqa: N803
        queryGraph: str,  # noqa: N803
        **kwargs: object,
    ) -> Any:
        if isinstance(query, str):
            checked = guard.check(guard.scan(query), {str(k): str(v) for k, v in initNs.items()})
            query = checked.text
            # The engine disregards FROM where it is told which graph to ask.
            queryGraph = "" if checked.graphs else queryGraph  # noqa: N806
        return super().query(query, initNs, initBindings, queryGraph, **kwargs)

    def update(self, *_: object, **__: object) -> None:
        raise QueryError(
            "this is an update; a graph is only read here: SELECT, ASK, CONSTRUCT or DESCRIBE."
        )


def _stay_inside(ctx: Any, part: Any) -> Any:
    """rdflib's hook for every part of a query that it evaluates itself."""
    if part.name == "ServiceGraphPattern" and isinstance(ctx.graph.store, _ClosedStore):
        raise QueryError("SERVICE is refused: it would send the query over the network.")
    raise NotImplementedError


rdflib.plugins.sparql.SPARQL_LOAD_GRAPHS = False
rdflib.plugins.sparql.CUSTOM_EVALS["diplograph"] = _stay_inside


def closed_dataset(store: ox.Store) -> rdflib.Dataset:
    """The store as an rdflib ``Dataset`` that shares it and whose default graph joins all graphs.

    A query with ``SERVICE``, an update, and whatever :mod:`diplograph.guard` refuses raise
    :class:`~diplograph.errors.QueryError`.

    >>> dataset = closed_dataset(ox.Store())
    >>> list(dataset.query("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }"))
    Traceback (most recent call last):
    diplograph.errors.QueryError: SERVICE is refused: it would send the query over the network; ...
    """
    dataset = rdflib.Dataset(store=_ClosedStore(store=store), default_union=False)
    for prefix, iri in PREFIXES.items():
        dataset.bind(prefix, iri)
    return dataset
