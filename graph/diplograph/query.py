"""SPARQL queries of people: read-only, bounded, with hints.

A query is checked (:mod:`diplograph.guard`) and runs in a process of its own
(:mod:`diplograph.worker`) that can open neither sockets nor files, may use so much memory and no
more, and is killed when its time is up. Where the platform has no module ``resource`` (Windows),
only the checks and the deadline hold (:mod:`diplograph.sandbox`).

>>> from diplograph.query import run
>>> result = run("SELECT ?label WHERE { cty:china skos:prefLabel ?label }")
>>> result.rows[0][0].value
'China'
>>> run("ASK { ?a a dg:Agrement }").hints[0]
'dg:Agrement is not in the graph; did you mean dg:Agreement?'
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from diplograph import errors, guard, results
from diplograph.disk import is_store
from diplograph.errors import OptionError, QueryError, QueryTimeout
from diplograph.namespaces import PROLOGUE
from diplograph.results import FORMATS, QueryResult, Term, serialize
from diplograph.store import SHIPPED, Graph, LocalGraph, RemoteGraph, open_graph

__all__ = ["FORMATS", "QueryResult", "Term", "run", "serialize"]

T = TypeVar("T")

LONGEST_TIMEOUT = 86_400.0
"""The most seconds that a query may be given."""

_HINT_SECONDS = 2.0


def run(
    query: str,
    *,
    graph: Graph | None = None,
    addresses: Sequence[str] = (),
    timeout: float = 30.0,
    format: str | None = None,
    most_rows: int = 1_000_000,
    mebibytes: int = 1024,
) -> QueryResult:
    """Run one SPARQL 1.1 query, read-only and bounded.

    The query sees all named graphs together, unless it says FROM; the prefixes of
    :data:`~diplograph.namespaces.PREFIXES` need no declaration. It is put to ``graph``, else to the
    graph at ``addresses`` as in :func:`~diplograph.store.open_graph`, else to the shipped graph.
    ``timeout`` is in seconds and holds for all together; ``mebibytes`` is the memory that the query
    may use; a result of more than ``most_rows`` rows or triples is cut there, and a hint says so.
    ``format`` is one in which the result is going to be written: if it does not suit the query
    form, the query is not run.

    Raises :class:`~diplograph.errors.QueryError` for a query that is refused or wrong,
    :class:`~diplograph.errors.QueryTimeout` for one that is stopped,
    :class:`~diplograph.errors.OptionError` for an argument that cannot be, and
    :class:`~diplograph.errors.AddressError` for a graph that cannot be opened.

    At an endpoint the query is checked likewise, but runs under the limits of the endpoint, for
    ``timeout`` seconds, and without hints.

    >>> run("ASK { cty:china a dg:Country }").boolean
    True
    >>> run("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    diplograph.errors.QueryError: SERVICE is refused: it would send the query over the network; ...
    """
    if not 0 < timeout <= LONGEST_TIMEOUT:
        raise OptionError(
            f"the timeout must be more than 0 and at most {LONGEST_TIMEOUT:g} seconds."
        )
    if most_rows < 1 or mebibytes < 1:
        raise OptionError("most_rows and mebibytes must be greater than 0.")
    if graph is not None and addresses:
        raise OptionError("give either graph or addresses, not both.")
    if format is not None and format not in {name for names in FORMATS.values() for name in names}:
        raise OptionError(f"{format} is no format of results; csv, json, xml and turtle are.")
    guard.scan(query)
    request = {
        "query": query,
        "addresses": list(addresses) or [SHIPPED],
        "format": format,
        "most_rows": most_rows,
        "mebibytes": mebibytes,
        "seconds": timeout,
        "only_check": False,
    }
    deadline = time.monotonic() + timeout
    if graph is None and any(a.startswith(("http://", "https://")) for a in addresses):
        graph = _within(deadline, timeout, lambda: open_graph(*addresses))
    if isinstance(graph, RemoteGraph):
        return _ask_endpoint(graph, request, deadline, timeout)
    return _ask_worker(request, _contents(graph, request), deadline, timeout)


def _contents(graph: Graph | None, request: dict[str, Any]) -> bytes:
    """What the worker cannot open for itself, as N-Quads: a graph that is in memory only."""
    import pyoxigraph as ox

    if graph is None:
        return b""
    assert isinstance(graph, LocalGraph)
    on_disk = len(graph.addresses) == 1 and os.path.isdir(graph.addresses[0])  # noqa: PTH112
    if graph.addresses == (SHIPPED,) or (on_disk and is_store(graph.addresses[0])):
        request["addresses"] = list(graph.addresses)
        return b""
    request["addresses"] = None
    return graph.store.dump(format=ox.RdfFormat.N_QUADS) or b""


# --- the worker ----------------------------------------------------------------------------------


def _ask_worker(
    request: dict[str, Any], quads: bytes, deadline: float, timeout: float
) -> QueryResult:
    with _Worker(deadline) as worker:
        record = worker.ask({**request, "size": len(quads)}, quads)
        if record is None:
            raise worker.failure(timeout, request["mebibytes"])
        _raise_reported(record, request["mebibytes"])
        payload = worker.read(record["size"])
        if payload is None:
            raise worker.failure(timeout, request["mebibytes"])
        hints: list[str] = []
        if record["cut"]:
            hints.append(
                f"The result is cut after {record['count']:,}; fetch it in parts, with ORDER BY, "
                "LIMIT and OFFSET."
            )
        # Hints are worth a moment, and never the result.
        worker.allow(min(deadline, time.monotonic() + _HINT_SECONDS))
        hints += (worker.read_line() or {}).get("hints", [])
    return QueryResult(
        record["kind"],
        tuple(record["variables"]),
        record["boolean"],
        record["count"],
        record["cut"],
        tuple(hints),
        payload,
    )


def _raise_reported(record: dict[str, Any], mebibytes: int) -> None:
    """Raise the error that the worker reports, if it does."""
    name = record.get("error")
    if name == "MemoryError":
        raise _out_of_memory(mebibytes)
    if name is not None:
        known = getattr(errors, name, None) if name in errors.__all__ else None
        raise (known or QueryError)(record["message"])


def _out_of_memory(mebibytes: int) -> QueryError:
    return QueryError(
        f"the query needs more than the {mebibytes:,} MiB of memory that it may use; narrow it: "
        "fewer combinations before ORDER BY, GROUP BY or DISTINCT."
    )


class _Worker:
    """A process that answers one request and is gone afterwards, whatever happens."""

    def __init__(self, deadline: float) -> None:
        self.deadline = deadline
        self.late = False
        path = [os.path.abspath(p) for p in sys.path if isinstance(p, str)]  # noqa: PTH100
        code = f"import sys; sys.path[:] = {path!r}; from diplograph.worker import main; main()"
        # -S and -P: the path is given, and no folder is searched that this process does not search.
        self.process = subprocess.Popen(
            [sys.executable, "-S", "-P", "-W", "ignore", "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self.timer = threading.Timer(0, self._stop)
        self.allow(deadline)

    def __enter__(self) -> _Worker:
        return self

    def __exit__(self, *_: object) -> None:
        self.timer.cancel()
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout, self.process.stderr):
            assert pipe is not None
            with contextlib.suppress(OSError):
                pipe.close()

    def allow(self, until: float) -> None:
        """Kill the process at that time (of the monotonic clock)."""
        self.timer.cancel()
        self.timer = threading.Timer(max(0.0, until - time.monotonic()), self._stop)
        self.timer.daemon = True
        self.timer.start()

    def _stop(self) -> None:
        self.late = True
        self.process.kill()

    def ask(self, request: dict[str, Any], quads: bytes) -> dict[str, Any] | None:
        """Send the request; the line that comes back, or None where the process ended."""
        assert self.process.stdin is not None
        try:
            self.process.stdin.write(json.dumps(request).encode() + b"\n" + quads)
            self.process.stdin.flush()
        except OSError:
            return None
        return self.read_line()

    def read_line(self) -> dict[str, Any] | None:
        """The next record, or None where the process ended before it was complete."""
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line.endswith(b"\n"):
            return None
        record: dict[str, Any] = json.loads(line)
        return record

    def read(self, size: int) -> bytes | None:
        """The next bytes, or None where the process ended before they were complete."""
        assert self.process.stdout is not None
        data = self.process.stdout.read(size) if size else b""
        return data if len(data) == size else None

    def failure(self, timeout: float, mebibytes: int) -> QueryError:
        """Why the process ended without an answer."""
        assert self.process.stderr is not None
        told = self.process.stderr.read(10_000)
        code = self.process.wait()
        if self.late or code == -getattr(signal, "SIGXCPU", 24):
            return _stopped(timeout)
        if any(word in told for word in (b"memory allocation", b"MemoryError", b"bad_alloc")):
            return _out_of_memory(mebibytes)
        last = (told.decode("utf-8", "replace").strip().splitlines() or ["no message"])[-1]
        return QueryError(f"the query broke the engine ({code}): {last[:200]}")


def _stopped(timeout: float) -> QueryTimeout:
    return QueryTimeout(
        f"the query took longer than {timeout:g} s and was stopped; narrow it or allow more time."
    )


# --- an endpoint ---------------------------------------------------------------------------------


def _ask_endpoint(
    graph: RemoteGraph, request: dict[str, Any], deadline: float, timeout: float
) -> QueryResult:
    with _Worker(deadline) as worker:
        checking = {**request, "addresses": None, "only_check": True, "size": 0}
        record = worker.ask(checking, b"")
        if record is None:
            raise worker.failure(timeout, request["mebibytes"])
        _raise_reported(record, request["mebibytes"])

    def fetch() -> QueryResult:
        asked = record["graphs"]
        missing = [iri for iri in asked if iri not in graph.graphs]
        if missing:
            raise QueryError(
                f"FROM <{missing[0]}>: the endpoint has no graph of that name; nothing is fetched."
            )
        # The graphs sent along with a query take precedence over its FROM.
        answer = graph.send(PROLOGUE + record["text"], []) if asked else graph.query(record["text"])
        return results.drain(record["kind"], answer, request["most_rows"])

    return _within(deadline, timeout, fetch)


def _within(deadline: float, timeout: float, work: Callable[[], T]) -> T:
    """Do ``work`` in a thread and wait for it until the deadline at most."""
    done: list[T] = []
    failed: list[BaseException] = []

    def body() -> None:
        try:
            done.append(work())
        except BaseException as error:
            failed.append(error)

    thread = threading.Thread(target=body, daemon=True)
    thread.start()
    thread.join(max(0.0, deadline - time.monotonic()))
    if failed:
        raise failed[0]
    if not done:
        raise _stopped(timeout)
    return done[0]
