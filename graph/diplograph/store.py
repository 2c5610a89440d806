"""Open a graph by address.

An address is ``shipped`` (the default), an RDF file, a folder of Turtle (a source), a folder that
holds an on-disk store, or the ``http(s)`` address of a SPARQL 1.1 endpoint. Files and source
folders can be combined with each other and with ``shipped``; a store and an endpoint stand alone.

>>> from diplograph.store import open_graph
>>> graph = open_graph()
>>> graph.select("SELECT ?label WHERE { cty:china skos:prefLabel ?label }")
[{'label': 'China'}]
"""

from __future__ import annotations

import os
import re
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache, cached_property
from typing import TYPE_CHECKING, Any, TypeVar

import pyoxigraph as ox

from diplograph import resources
from diplograph.digests import digest
from diplograph.disk import Place, is_store, open_disk, place_of, write_store
from diplograph.errors import AddressError, EndpointError, QueryError, StoreError
from diplograph.namespaces import PROLOGUE
from diplograph.shelf import cache_folder

if TYPE_CHECKING:
    from pathlib import Path

    import httpx
    import rdflib

__all__ = [
    "SHIPPED",
    "Graph",
    "LocalGraph",
    "RemoteGraph",
    "Row",
    "open_graph",
    "rdflib_copy",
]

Made = TypeVar("Made")
SHIPPED = "shipped"
Result = ox.QuerySolutions | ox.QueryBoolean | Iterable[ox.Triple]
"""What a query gives: solutions, a truth value, or triples."""

Row = dict[str, str]
"""One solution: the bound variables with their values as text (an IRI, or a literal's form)."""

_CACHE_FORMAT = "1"
_COMPILERS = (
    "read",
    "derive",
    "views",
    "records",
    "wordindex",
    "postinglists",
    "latent",
    "stems",
    "keys",
    "dates",
    "words",
)
"""The modules by which the shipped graph is compiled."""
_ENDPOINT_TIMEOUT = 30.0


class Graph(ABC):
    """An opened graph. Every kind answers the same questions with the same rows.

    ``place`` is None unless it is kept on disk.
    """

    addresses: tuple[str, ...]
    place: Place | None = None
    _made: dict[Hashable, Any] | None = None

    @contextmanager
    def telling_once(self) -> Iterator[None]:
        """Within it a query put a second time by :meth:`select` or :meth:`pairs` is not run again.

        For one question, of which several readings are tried; the rows are not to be changed.
        """
        former, self._made = self._made, {} if self._made is None else self._made
        try:
            yield
        finally:
            self._made = former

    def once(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """What ``make`` gives; within :meth:`telling_once` it is made once for a key."""
        made = self._made
        if made is None:
            return make()
        if key not in made:
            made[key] = make()
        found: Made = made[key]
        return found

    @abstractmethod
    def query(self, query: str) -> Result:
        """Run one SPARQL query over the merge of all graphs; nothing guards it.

        For queries of people use :func:`diplograph.query.run`, which is read-only and bounded.
        """

    def select(self, query: str) -> list[Row]:
        """The rows of a SELECT query; variables that are not bound are left out."""
        return list(self.once(("rows", query), lambda: self._select(query)))

    def _select(self, query: str) -> list[Row]:
        solutions = self.query(query)
        assert isinstance(solutions, ox.QuerySolutions)
        names = [v.value for v in solutions.variables]
        return [
            {name: term.value for name, term in zip(names, row, strict=True) if term is not None}
            for row in solutions
        ]

    def stream(self, query: str) -> Iterator[tuple[str | None, ...]]:
        """The rows of a SELECT query one after the other, None where a variable is not bound.

        Their values stand in the order of the query's variables, as text; nothing is kept.
        """
        solutions = self.query(query)
        assert isinstance(solutions, ox.QuerySolutions)
        columns = range(len(solutions.variables))
        for row in solutions:
            yield tuple([None if (term := row[c]) is None else term.value for c in columns])

    def rows(self, query: str) -> Iterator[tuple[str, ...]]:
        """The rows of a SELECT query whose variables are always bound, cheaper than :meth:`stream`.

        Their values stand in the order of the query's variables, as text; nothing is kept.
        """
        solutions = self.query(query)
        assert isinstance(solutions, ox.QuerySolutions)
        for row in solutions:
            yield tuple([term.value for term in row])

    def pairs(self, query: str) -> list[tuple[str, str]]:
        """The rows of a SELECT query with two variables that are always bound, cheaper."""
        return list(self.once(("pairs", query), lambda: self._pairs(query)))

    def _pairs(self, query: str) -> list[tuple[str, str]]:
        solutions = self.query(query)
        assert isinstance(solutions, ox.QuerySolutions)
        return [(row[0].value, row[1].value) for row in solutions]

    def ask(self, query: str) -> bool:
        """The answer of an ASK query."""
        answer = self.query(query)
        assert isinstance(answer, ox.QueryBoolean)
        return bool(answer)

    @cached_property
    def narrower(self) -> dict[str, frozenset[str]]:
        """The classes that are said to be subclasses of each class."""
        found: dict[str, set[str]] = defaultdict(set)
        for narrow, wide in self.pairs("SELECT ?n ?w { ?n rdfs:subClassOf ?w }"):
            found[wide].add(narrow)
        return {wide: frozenset(narrow) for wide, narrow in found.items()}

    @property
    @abstractmethod
    def dataset(self) -> rdflib.Dataset:
        """The graph as an rdflib ``Dataset`` whose default graph is the merge of all graphs.

        It shares the engine's store and copies nothing. Plain strings come back typed
        ``xsd:string``; :meth:`to_rdflib` gives a copy without that trait.
        """

    def close(self) -> None:  # noqa: B027 - only an endpoint has something to close
        """Let go of what the graph holds open; an endpoint's connections."""

    @abstractmethod
    def quads(self) -> list[ox.Quad]:
        """All quads of the named graphs, and their merge in the default graph."""

    def to_rdflib(self) -> rdflib.Graph:
        """A copy of all triples as one rdflib ``Graph`` in memory, literals normalised."""
        return rdflib_copy(self.quads())


class LocalGraph(Graph):
    """A graph in an Oxigraph store, in memory or on disk."""

    def __init__(
        self, store: ox.Store, addresses: tuple[str, ...], place: Place | None = None
    ) -> None:
        self.store = store
        self.addresses = addresses
        self.place = place

    def query(self, query: str) -> Result:
        try:
            return self.store.query(PROLOGUE + query)
        except SyntaxError as error:
            raise QueryError(f"the query is not SPARQL: {error.msg}") from None

    @cached_property
    def dataset(self) -> rdflib.Dataset:
        from diplograph.dataset import closed_dataset

        return closed_dataset(self.store)

    def quads(self) -> list[ox.Quad]:
        return list(self.store)


class RemoteGraph(Graph):
    """A graph behind a SPARQL 1.1 endpoint.

    Where the endpoint's default graph is empty, its named graphs are sent along with every query as
    the default graph (SPARQL 1.1 Protocol, ``default-graph-uri``).
    """

    graphs: list[str]
    """The names of the endpoint's graphs."""

    def __init__(self, url: str, timeout: float = _ENDPOINT_TIMEOUT) -> None:
        import httpx

        self.addresses = (url,)
        self.url = url
        self._shown = re.sub(r"//[^/@]*@", "//", url)  # no password in a message
        self._client = httpx.Client(timeout=timeout, follow_redirects=False)
        try:
            rows = self._solutions("SELECT DISTINCT ?g WHERE { GRAPH ?g { ?s ?p ?o } }")
            self._merged = bool(self._solutions("SELECT ?s WHERE { ?s ?p ?o } LIMIT 1"))
        except EndpointError:
            self.close()
            raise
        self.graphs = [row["g"].value for row in rows]

    def query(self, query: str) -> Result:
        if self._merged:
            return self.send(PROLOGUE + query, [])
        graphs = [("default-graph-uri", g) for g in self.graphs]
        graphs += [("named-graph-uri", g) for g in self.graphs]
        return self.send(PROLOGUE + query, graphs)

    def close(self) -> None:
        """Close the connections to the endpoint."""
        self._client.close()

    def _solutions(self, query: str) -> list[ox.QuerySolution]:
        result = self.send(query, [])
        assert isinstance(result, ox.QuerySolutions)
        return list(result)

    def send(self, query: str, graphs: list[tuple[str, str]]) -> Result:
        """Send a query as it is, with ``graphs`` as dataset parameters of the protocol."""
        import httpx

        accept = "application/sparql-results+json, application/n-triples;q=0.9"
        body: dict[str, Any] = {"query": query}
        for key, value in graphs:
            body.setdefault(key, []).append(value)
        try:
            response = self._client.post(self.url, data=body, headers={"Accept": accept})
            response.raise_for_status()
        except httpx.TimeoutException:
            raise EndpointError(f"{self._shown}: no answer within the time allowed.") from None
        except httpx.HTTPStatusError as error:
            status, text = error.response.status_code, " ".join(error.response.text.split())[:200]
            raise EndpointError(f"{self._shown}: answered {status}: {text}") from None
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise EndpointError(
                f"{self._shown}: does not answer as an endpoint: {error}."
            ) from None
        return self._read(response)

    def _read(self, response: httpx.Response) -> Result:
        kind = response.headers.get("content-type", "").partition(";")[0].strip()
        try:
            if kind == "application/sparql-results+json":
                return ox.parse_query_results(response.content, ox.QueryResultsFormat.JSON)
            if kind == "application/n-triples":
                return (q.triple for q in ox.parse(response.content, ox.RdfFormat.N_TRIPLES))
        except (SyntaxError, ValueError) as error:
            raise EndpointError(f"{self._shown}: sent a broken answer: {error}.") from None
        raise EndpointError(
            f"{self._shown}: answered with “{kind or 'no content type'}”; "
            "a SPARQL 1.1 endpoint answers with SPARQL results."
        )

    @cached_property
    def dataset(self) -> rdflib.Dataset:
        import rdflib
        from rdflib.plugins.stores.sparqlstore import SPARQLStore

        store = SPARQLStore(self.url, method="GET", timeout=_ENDPOINT_TIMEOUT)
        return rdflib.Dataset(store=store, default_union=True)

    def quads(self) -> list[ox.Quad]:
        rows = self._solutions("SELECT ?g ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } }")
        from diplograph.derive import merged

        quads = [ox.Quad(r["s"], r["p"], r["o"], r["g"]) for r in rows]
        return quads + merged(quads)


def rdflib_copy(quads: Iterable[ox.Quad]) -> rdflib.Graph:
    """The union of all graphs of the quads as one rdflib ``Graph`` in memory.

    Blank nodes keep their labels; plain strings are plain literals, as rdflib has them.
    """
    import rdflib

    plain = rdflib.XSD.string

    @cache
    def term(value: object) -> rdflib.term.Node:
        if isinstance(value, ox.NamedNode):
            return rdflib.URIRef(value.value)
        if isinstance(value, ox.BlankNode):
            return rdflib.BNode(value.value)
        assert isinstance(value, ox.Literal)
        if value.language:
            return rdflib.Literal(value.value, lang=value.language)
        kind = rdflib.URIRef(value.datatype.value)
        return rdflib.Literal(value.value, datatype=None if kind == plain else kind)

    graph = rdflib.Graph()
    for quad in quads:
        graph.add((term(quad.subject), term(quad.predicate), term(quad.object)))
    return graph


# --- opening -------------------------------------------------------------------------------------


def open_graph(*addresses: str | os.PathLike[str]) -> Graph:
    """Open the graph at one address, or the union of several.

    Raises :class:`~diplograph.errors.AddressError` or one of its subclasses where that cannot be
    done.
    """
    given = tuple(os.fspath(a) for a in addresses) or (SHIPPED,)
    if not all(given):
        raise AddressError("an empty address opens nothing; name a file, a folder or an endpoint.")
    if given == (SHIPPED,):
        return _shipped_graph()
    from pathlib import Path

    alone = [a for a in given if _is_url(a) or is_store(a)]
    if alone and len(given) > 1:
        raise AddressError(
            f"{alone[0]}: an endpoint or an on-disk store cannot be combined with others."
        )
    if _is_url(given[0]):
        return RemoteGraph(given[0])
    if alone:
        place = place_of(given[0])  # before it is opened: what is written since belongs to the next
        return LocalGraph(open_disk(Path(given[0])), given, place)
    store = ox.Store()
    store.bulk_extend(read_addresses(given))
    return LocalGraph(store, given)


def read_addresses(addresses: Sequence[str]) -> list[ox.Quad]:
    """The quads of files, source folders and the shipped graph, with all that loading derives."""
    from pathlib import Path

    from diplograph import read
    from diplograph.derive import derive

    quads = read.read_vocabulary()
    locks: dict[str, dict[str, str]] = {}
    for address in addresses:
        if address == SHIPPED:
            more, lock = read.read_shipped()
        elif Path(address).is_dir():
            more, lock = read.read_folder(Path(address))
        else:
            more, lock = read.read_file(Path(address)), {}
        quads += more
        locks |= lock
    return derive(quads, locks)


def _is_url(address: str) -> bool:
    return address.startswith(("http://", "https://"))


# --- the shipped graph, compiled once ------------------------------------------------------------


def _shipped_graph() -> Graph:
    """The shipped graph, from the cache keyed by its content, compiled there at first use."""
    name = os.path.join(cache_folder(), f"shipped-{_shipped_digest()}")  # noqa: PTH118
    if os.path.isdir(name):  # noqa: PTH112
        try:
            return _compiled(name)
        except (OSError, RuntimeError):
            import shutil

            shutil.rmtree(name, ignore_errors=True)
    from pathlib import Path

    quads = read_addresses((SHIPPED,))
    try:
        write_store(Path(name), quads)
        _drop_older(Path(name))
        return _compiled(name)
    except (StoreError, OSError, RuntimeError):
        # No place to write, or another process was quicker: memory serves as well.
        store = ox.Store()
        store.bulk_extend(quads)
        return LocalGraph(store, (SHIPPED,))


def _compiled(name: str) -> Graph:
    place = Place(name, os.path.basename(name))  # noqa: PTH119
    return LocalGraph(ox.Store.read_only(name), (SHIPPED,), place)


def _shipped_digest() -> str:
    """A digest of everything that the compiled graph depends on."""
    here = os.path.dirname(__file__)  # noqa: PTH120
    code = [f"{here}/{name}.py" for name in _COMPILERS]
    return digest(f"{_CACHE_FORMAT} {ox.__version__}", (*code, *resources.compiled_from()))


def _drop_older(kept: Path, most: int = 4) -> None:
    """Remove all but the newest compiled graphs, of which every upgrade leaves one behind."""
    import shutil

    compiled = [path for path in kept.parent.glob("shipped-*") if not path.suffix]
    compiled.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in compiled[most:]:
        for former in (path, path.with_name(f"{path.name}.index")):  # and what was made from it
            shutil.rmtree(former, ignore_errors=True)
