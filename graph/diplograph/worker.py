"""The process in which a query of somebody else runs; :mod:`diplograph.query` starts it.

It reads one request from its standard input, opens the graph, limits itself
(:mod:`diplograph.sandbox`), checks the query and runs it. It answers with one line of JSON, the
engine's bytes behind it, and one more line with hints. It ends when
its standard input does, so that it never outlives the process that asked.
"""

from __future__ import annotations

import json
import os
import re
import signal
import sys
import threading
from typing import Any

# All that is needed later is imported here: once limited, the process can open no file.
import pyoxigraph as ox
import rdflib.plugins.sparql.parser  # noqa: F401

from diplograph import errors, guard, hints, results, sandbox
from diplograph.namespaces import PREFIXES
from diplograph.store import LocalGraph, open_graph

__all__ = ["main"]

_STACK = 256 << 20
_FRAMES = 100_000


def main() -> None:
    """Serve the one request on standard input and end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    request = json.loads(sys.stdin.buffer.readline())
    quads = sys.stdin.buffer.read(request["size"]) if request["size"] else b""
    sys.setrecursionlimit(_FRAMES)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    threading.stack_size(_STACK)
    thread = threading.Thread(target=_answer, args=(request, quads))
    thread.start()
    thread.join()
    os._exit(0)


def _end_with_parent() -> None:
    sys.stdin.buffer.read()
    os._exit(1)


def _answer(request: dict[str, Any], quads: bytes) -> None:
    try:
        store, disk = _open(request, quads)
        sandbox.close_in(request["seconds"], request["mebibytes"], disk)
        _serve(request, store)
    except errors.DiplographError as error:
        _say({"error": type(error).__name__, "message": str(error)})
    except MemoryError:
        _say({"error": "MemoryError", "message": ""})


def _open(request: dict[str, Any], quads: bytes) -> tuple[ox.Store, str | None]:
    if request["addresses"] is None:
        store = ox.Store()
        store.bulk_load(quads, ox.RdfFormat.N_QUADS)
        return store, None
    graph = open_graph(*request["addresses"])
    assert isinstance(graph, LocalGraph)
    return graph.store, request["addresses"][0]


def _serve(request: dict[str, Any], store: ox.Store) -> None:
    query = guard.check(guard.scan(request["query"]))
    if request["format"]:
        results.refuse_format(query.kind, request["format"])
    if request["only_check"]:
        _say({"text": query.text, "kind": query.kind, "graphs": query.graphs})
        return
    _refuse_unknown_graphs(store, query)
    try:
        answer = store.query(query.text, prefixes=PREFIXES)
        result = results.drain(query.kind, answer, request["most_rows"])
    except SyntaxError as error:
        raise errors.QueryError(f"the query is not SPARQL: {_reason(str(error.msg))}") from None
    except (OSError, RuntimeError, ValueError) as error:
        raise errors.QueryError(f"the query failed: {_one_line(error)}") from None
    _say(
        {
            "kind": query.kind,
            "variables": result.variables,
            "boolean": result.boolean,
            "count": result.count,
            "cut": result.cut,
            "size": len(result.payload),
        },
        result.payload,
    )
    _say({"hints": _hints(store, query, result)})


def _hints(store: ox.Store, query: guard.Checked, result: results.QueryResult) -> list[str]:
    found = hints.unknown_names(store, query)
    empty = result.boolean is False if query.kind == "ask" else result.count == 0
    if empty and query.kind != "describe":
        reason = hints.why_empty(store, query)
        found += [reason] if reason else []
    return found


def _refuse_unknown_graphs(store: ox.Store, query: guard.Checked) -> None:
    for iri in query.graphs:
        if not store.contains_named_graph(ox.NamedNode(iri)):
            near = hints.nearest_graph(store, iri)
            hint = f"did you mean <{near}>?" if near else "see: diplograph sources"
            raise errors.QueryError(
                f"FROM <{iri}>: the graph has no part of that name, and nothing is fetched; {hint}"
            )


def _say(record: dict[str, Any], payload: bytes = b"") -> None:
    output = sys.stdout.buffer
    output.write(json.dumps(record).encode() + b"\n")
    output.write(payload)
    output.flush()


def _reason(message: str) -> str:
    """The place, and the sentence if there is one, of the engine's list of what it expected."""
    place = re.match(r"error at (\d+):(\d+)", message)
    sentence = re.search(r"\b[A-Z][A-Za-z]*(?: [A-Za-z]+){2,}", message)
    where = f"line {place[1]}, column {place[2]}: " if place else ""
    return f"{where}{sentence[0] if sentence else 'the engine cannot read it'}."


def _one_line(text: object) -> str:
    return re.sub(r"\s+", " ", str(text))[:300]


if __name__ == "__main__":
    main()
