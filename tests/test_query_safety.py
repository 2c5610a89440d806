"""A query reaches neither network nor files, and ends: every door is tried with a listener behind."""

from __future__ import annotations

import contextlib
import json
import os
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
from rdflib.plugins.sparql import prepareQuery

from diplograph import errors, guard, sandbox, worker
from diplograph.dataset import closed_dataset
from diplograph.query import run
from diplograph.store import LocalGraph, open_graph
from tests.test_query import ENDLESS, command


class Listener:
    """A TCP server on the loopback that records every connection."""

    def __init__(self) -> None:
        self.calls: list[bytes] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.port = self.socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/graph.ttl"
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            self.calls.append(b"")
            with connection:
                connection.settimeout(1)
                self.calls[-1] = connection.recv(200)
                connection.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")


@pytest.fixture
def listener() -> Iterator[Listener]:
    """A listener that must not have been called when the test is over."""
    listening = Listener()
    yield listening
    time.sleep(0.05)
    listening.socket.close()
    assert listening.calls == []


@pytest.fixture
def witness() -> Iterator[Listener]:
    """A listener that may be called: with it a test shows that the door is real."""
    listening = Listener()
    yield listening
    listening.socket.close()


SERVICES = {
    "plain": "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT <URL> { ?s ?p ?o } }",
    "lower case": "select * { service <URL> { ?s ?p ?o } }",
    "no space": "SELECT*{SERVICE<URL>{?s ?p ?o}}",
    "after a number": "SELECT * { ?a ?b 1.SERVICE <URL> { ?s ?p ?o } }",
    "after a number, glued": "SELECT * { ?a ?b 1SERVICE <URL> { ?s ?p ?o } }",
    "in optional": "SELECT * { ?a ?b ?c OPTIONAL { SERVICE <URL> { ?s ?p ?o } } }",
    "in union": "SELECT * { { ?a ?b ?c } UNION { SERVICE <URL> { ?s ?p ?o } } }",
    "in minus": "SELECT * { ?s ?p ?o MINUS { SERVICE <URL> { ?s ?p ?o } } }",
    "in graph": "SELECT * { GRAPH ?g { SERVICE <URL> { ?s ?p ?o } } }",
    "in exists": "SELECT * { ?s ?p ?o FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
    "in not exists": "ASK { ?s ?p ?o FILTER(1 = 2 || NOT EXISTS { SERVICE <URL> { ?s ?p ?o } }) }",
    "in a projection": "SELECT (EXISTS { SERVICE <URL> { ?s ?p ?o } } AS ?x) { ?a ?b ?c }",
    "in bind": "SELECT * { BIND(EXISTS { SERVICE <URL> { ?s ?p ?o } } AS ?x) }",
    "in order by": "SELECT * { ?a ?b ?c } ORDER BY (EXISTS { SERVICE <URL> { ?s ?p ?o } })",
    "in having": "SELECT ?a { ?a ?b ?c } GROUP BY ?a HAVING (EXISTS { SERVICE <URL> { ?s ?p ?o } })",
    "in a subselect": "SELECT * { { SELECT ?s { SERVICE <URL> { ?s ?p ?o } } } }",
    "by a variable": "SELECT * { BIND(<URL> AS ?u) SERVICE ?u { ?s ?p ?o } }",
    "by a prefix": "PREFIX u: <URL> SELECT * { SERVICE u: { ?s ?p ?o } }",
    "construct": "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
    "describe": "DESCRIBE ?s { SERVICE <URL> { ?s ?p ?o } }",
    "escaped": "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
    "escaped, long": "SELECT * { SERV\\U00000049CE <URL> { ?s ?p ?o } }",
    "after a comment that ends with a return": "SELECT * { # x\r SERVICE <URL> { ?s ?p ?o }\n}",
    "behind an escaped quote": (
        'SELECT * { ?a ?b "\\u0022 , " . SERVICE <URL> { ?s ?p ?o } ?c ?d "\\u0022" }'
    ),
    "behind a doubled backslash": (
        'SELECT * { ?a ?b "\\\\u0022" . SERVICE <URL> { ?s ?p ?o } ?c ?d "\\u0022" }'
    ),
    "behind an escaped comment": "SELECT * { \\u0023 } \\u000A SERVICE <URL> { ?s ?p ?o } }",
    "behind a less-than": (
        "SELECT * { ?a ?b ?c FILTER(?a<?b#>\r) SERVICE <URL> { ?s ?p ?o } FILTER(1=1 \n) }"
    ),
    "with what only the engine reads": "SELECT * { LATERAL { SERVICE <URL> { ?s ?p ?o } } }",
}
DATASETS = {
    "from": "SELECT * FROM <URL> { ?s ?p ?o } LIMIT 1",
    "from named": "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } } LIMIT 1",
    "from relative": "BASE <URL> SELECT * FROM <> { ?s ?p ?o } LIMIT 1",
    "from escaped": "SELECT * FR\\u004fM <URL> { ?s ?p ?o } LIMIT 1",
    "from a file": "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o } LIMIT 1",
    "from a named file": "SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }",
    "describe from": "DESCRIBE <URL> FROM <URL>",
}
UPDATES = {
    "load": "LOAD <URL>",
    "load silent": "LOAD SILENT <URL> INTO GRAPH <http://e.org/>",
    "insert": "INSERT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
}


ALL_THE_WAY = {
    "plain", "by a prefix", "behind a less-than", "escaped", "with what only the engine reads",
    "from", "from relative", "from a file", "load",
}  # fmt: skip


def _whole(doors: Iterable[str]) -> list:
    """The doors for tests that start a process for each; the guard stands before all in any case."""
    return [
        pytest.param(door, marks=[] if door in ALL_THE_WAY else pytest.mark.thorough)
        for door in doors
    ]


@pytest.mark.parametrize("door", _whole(SERVICES))
def test_service_is_refused(door: str, listener: Listener) -> None:
    """SERVICE is refused wherever and however it is written, and nobody is called."""
    with pytest.raises(errors.QueryError):
        run(SERVICES[door].replace("URL", listener.url))


NOT_READ = {
    "after a number, glued": "SERVICE.* cannot be read",
    "with what only the engine reads": "LATERAL.* cannot be read",
    "behind an escaped quote": "escape",
    "behind a doubled backslash": "escape",
    "behind an escaped comment": "escape",
}


@pytest.mark.parametrize("door", SERVICES)
def test_service_is_refused_for_what_it_is(door: str) -> None:
    """The guard refuses it by itself: the parsed query has SERVICE, or no two can read it alike."""
    with pytest.raises(errors.QueryError, match=NOT_READ.get(door, "SERVICE is refused")):
        guard.check(guard.scan(SERVICES[door].replace("URL", "http://e.org/")))


def test_a_query_that_only_speaks_of_service_is_answered() -> None:
    """All the way: the word stands in a string."""
    assert run("SELECT ('SERVICE <http://e.org/> { }' AS ?service) { }").count == 1


@pytest.mark.parametrize(
    "asked",
    [
        "SELECT ('SERVICE <http://e.org/> { }' AS ?service) { }",
        "SELECT * { ?service ?p ?from } LIMIT 1 # SERVICE <http://e.org/> {}",
        "PREFIX service: <http://e.org/> SELECT * { ?s ?p service:FROM } LIMIT 1",
        "SELECT * { ?s ?p <http://e.org/SERVICE> , dg:service , 'a'@from } LIMIT 1",
        "SELECT * { ?s ?p _:service . _:service ?q '''FROM''' } LIMIT 1",
    ],
)
def test_the_words_alone_are_no_offence(asked: str) -> None:
    """The telling words may stand in strings, comments, names and IRIs."""
    assert guard.check(guard.scan(asked)).kind == "select"


@pytest.mark.parametrize("door", DATASETS)
def test_what_from_names_is_looked_for_in_the_store_only(door: str, shipped) -> None:
    """The guard tells what FROM names, and what the store has not is refused."""
    checked = guard.check(guard.scan(DATASETS[door].replace("URL", "http://e.org/")))
    with pytest.raises(errors.QueryError, match="nothing is fetched"):
        worker._refuse_unknown_graphs(shipped.store, checked)


@pytest.mark.parametrize("door", _whole(DATASETS))
def test_from_never_fetches(door: str, listener: Listener) -> None:
    """FROM of what is not in the store is refused, and nothing is fetched or read."""
    with pytest.raises(errors.QueryError, match="nothing is fetched"):
        run(DATASETS[door].replace("URL", listener.url))


@pytest.mark.parametrize("door", _whole(UPDATES))
def test_updates_are_refused(door: str, listener: Listener) -> None:
    """LOAD and its like are refused as updates."""
    with pytest.raises(errors.QueryError, match="update"):
        run(UPDATES[door].replace("URL", listener.url))


@pytest.mark.parametrize("door", UPDATES)
def test_updates_are_refused_by_the_guard(door: str) -> None:
    """Before any engine sees them."""
    with pytest.raises(errors.QueryError, match="update"):
        guard.check(guard.scan(UPDATES[door].replace("URL", "http://e.org/")))


# --- rdflib's door -------------------------------------------------------------------------------


@pytest.fixture
def datasets(shipped) -> list[rdflib.Dataset]:
    """The rdflib view of a graph on disk and of one in memory that could be written to."""
    return [shipped.dataset, LocalGraph(ox.Store(), ()).dataset]


@pytest.mark.parametrize("door", [d for d in SERVICES if "engine reads" not in d])
def test_rdflib_refuses_service(door: str, listener: Listener, datasets) -> None:
    """``graph.dataset.query`` refuses SERVICE as well, through the engine and through rdflib."""
    asked = SERVICES[door].replace("URL", listener.url)
    for dataset in datasets:
        with pytest.raises(errors.QueryError):
            list(dataset.query(asked))
        with pytest.raises(errors.QueryError):
            list(next(iter(dataset.graphs())).query(asked))


@pytest.mark.parametrize("door", ["plain", "in optional", "in exists", "in a subselect", "silent"])
def test_rdflib_refuses_service_when_it_evaluates_itself(
    door: str, listener: Listener, shipped
) -> None:
    """A prepared query and one that bypasses the engine refuse SERVICE when they come to it."""
    asked = SERVICES[door].replace("URL", listener.url).replace("?a ?b ?c", "?a a dg:Source")
    asked = asked.replace("{ ?s ?p ?o FILTER", "{ ?s a dg:Source FILTER")
    dataset = shipped.dataset
    namespaces = dict(dataset.namespaces())
    for given in (prepareQuery(asked, initNs=namespaces), asked):
        with pytest.raises(errors.QueryError, match="SERVICE is refused"):
            list(dataset.query(given, use_store_provided=False))
    with pytest.raises(errors.QueryError, match="SERVICE is refused"):
        list(dataset.query(prepareQuery(asked, initNs=namespaces)))


@pytest.mark.parametrize("door", DATASETS)
def test_rdflib_fetches_nothing_after_from(door: str, listener: Listener, datasets) -> None:
    """rdflib finds nothing in a graph that is not in the store, and does not fetch it."""
    asked = DATASETS[door].replace("URL", listener.url)
    for dataset in datasets:
        assert list(dataset.query(asked)) == []
        assert list(dataset.query(prepareQuery(asked))) == []


def test_rdflib_answers_from_the_graph_named(shipped) -> None:
    """FROM restricts a query through rdflib to the graph that it names."""
    asked = "SELECT (COUNT(*) AS ?n) FROM src:yubin-2000 { ?s ?p ?o }"
    rows = list(shipped.dataset.query(asked))
    assert str(rows[0][0]) == run(asked).rows[0][0].value  # type: ignore[union-attr]


@pytest.mark.parametrize("door", UPDATES)
def test_rdflib_refuses_updates(door: str, listener: Listener, datasets) -> None:
    """SPARQL updates through rdflib are refused, whatever the graph lies in."""
    for dataset in datasets:
        with pytest.raises(errors.QueryError, match="update"):
            dataset.update(UPDATES[door].replace("URL", listener.url))


def test_the_doors_are_real(witness: Listener) -> None:
    """Without the guard the engine does call out, so that these tests can fail."""
    with pytest.raises(OSError, match="404"):
        list(ox.Store().query(SERVICES["plain"].replace("URL", witness.url)))
    assert witness.calls


# --- files ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "context",
    [
        "URL",
        ["URL", {"a": "http://e.org/a"}],
        {"@import": "URL", "@version": 1.1},
        "file:///etc/passwd",
    ],
)
def test_a_remote_context_is_not_fetched(
    context: object, listener: Listener, tmp_path: Path
) -> None:
    """A JSON-LD file whose context lies elsewhere fails in one line; nothing is fetched."""
    path = tmp_path / "door.jsonld"
    text = json.dumps({"@context": context, "@id": "http://e.org/x", "a": "b"})
    path.write_text(text.replace("URL", listener.url))
    with pytest.raises(errors.GraphFileError, match=r"door\.jsonld") as caught:
        open_graph(path)
    assert "\n" not in str(caught.value)
    if context == "URL":  # and so it is where a query opens it
        with pytest.raises(errors.GraphFileError, match=r"door\.jsonld") as caught:
            run("SELECT * { ?s ?p ?o }", addresses=[str(path)])
        assert "\n" not in str(caught.value)
        assert command("ASK { }", "--graph", str(path)).exit_code == 2


def test_rdf_xml_is_not_read(listener: Listener, tmp_path: Path) -> None:
    """RDF/XML, whose entities could reach out, is no graph file."""
    path = tmp_path / "door.rdf"
    path.write_text(f'<!DOCTYPE r [<!ENTITY e SYSTEM "{listener.url}">]><r>&e;</r>')
    with pytest.raises(errors.GraphFileError, match="must end in"):
        run("ASK { }", addresses=[str(path)])


# --- the worker, with nothing but its limits -----------------------------------------------------

BYPASSED = """
import diplograph.worker as worker
def check(scanned):
    kind = "update" if scanned.text.startswith("LOAD") else "select"
    return worker.guard.Checked(kind, scanned.text, (), (), None)
worker.guard.check = check
worker.main()
"""


def _worker(asked: str, code: str = BYPASSED, **request: object) -> tuple[dict, str]:
    """What a worker answers to a query, and what it writes to standard error."""
    given = {
        "query": asked, "addresses": None, "size": 0, "format": None, "most_rows": 1000,
        "mebibytes": 512, "seconds": 10, "only_check": False, **request,
    }  # fmt: skip
    process = subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(json.dumps(given).encode() + b"\n")
        process.stdin.flush()
        line = process.stdout.readline()
        process.kill()
        return json.loads(line or b"{}"), process.stderr.read().decode()


@pytest.mark.parametrize("door", ["plain", "in optional", "with what only the engine reads"])
def test_the_limits_hold_without_the_guard(door: str, listener: Listener) -> None:
    """With the checks bypassed, the worker still cannot open a socket: not one call arrives."""
    asked = SERVICES[door].replace("URL", listener.url).replace("?a ?b ?c", "")
    answer, _ = _worker(asked)
    assert answer.get("error") == "QueryError"


def test_the_worker_with_limits_off_does_call(witness: Listener) -> None:
    """With the limits off as well the call is made, so that the test above can fail."""
    code = "import diplograph.worker as w\nw.sandbox.close_in = lambda *a: None\n" + BYPASSED
    _worker(SERVICES["plain"].replace("URL", witness.url), code)
    assert witness.calls


def test_names_are_not_looked_up_either() -> None:
    """With the checks bypassed, not even a name server is asked: no descriptor, no socket."""
    answer, _ = _worker("SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }")
    assert answer.get("error") == "QueryError"


LIMITED = """
import os, socket, sys
from diplograph import sandbox
sandbox.close_in(5, 256, sys.argv[1] if sys.argv[1:] else None)
for name, act in {
    "socket": lambda: socket.socket(),
    "file": lambda: open("/etc/passwd"),
    "write": lambda: os.write(1, b""),
    "memory": lambda: bytearray(400 << 20),
}.items():
    try:
        act()
        print(name, "allowed")
    except (OSError, MemoryError, ValueError) as error:
        print(name, type(error).__name__)
"""


def _limited(*arguments: str) -> dict[str, str]:
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, *arguments], capture_output=True, text=True, check=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    return dict(line.split() for line in done.stdout.splitlines())


def test_what_a_limited_process_cannot_do() -> None:
    """After the limits there is no socket, no file, and no more memory."""
    assert _limited() == {
        "socket": "OSError",
        "file": "OSError",
        "write": "allowed",
        "memory": "MemoryError",
    }


@pytest.mark.skipif(
    not sys.platform.startswith("linux") or os.uname().machine not in sandbox._SYSCALLS,
    reason="seccomp is Linux's",
)
def test_a_store_of_many_files_opens_them_but_no_socket(tmp_path: Path) -> None:
    """A large store gets descriptors for its files, and the kernel refuses it sockets."""
    for number in range(30):
        (tmp_path / f"{number:06}.sst").touch()
    assert _limited(str(tmp_path)) | {"memory": ""} == {
        "socket": "PermissionError",
        "file": "allowed",
        "write": "allowed",
        "memory": "",
    }


# --- no end, no depth, no memory -----------------------------------------------------------------


@pytest.mark.parametrize(
    "asked",
    [
        ENDLESS,
        pytest.param(
            "SELECT ?a { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(STRLEN(STR(?c)) + STRLEN(STR(?i)) < 0) }",
            marks=pytest.mark.thorough,
        ),
        pytest.param(
            "ASK { ?a (!dg:x)+ ?b . ?c (!dg:y)+ ?d . ?e (!dg:z)+ ?f FILTER(STR(?a) = CONCAT(STR(?f), ?d)) }",
            marks=pytest.mark.thorough,
        ),
        "SELECT * { FILTER(" + "?a = 1 && " * 9000 + "?b) }",
    ],
    ids=["count", "filter", "paths", "slow to parse"],
)
def test_an_endless_query_is_stopped(asked: str) -> None:
    """A query that would run for ages ends at its deadline."""
    started = time.monotonic()
    with pytest.raises(errors.QueryTimeout, match=r"longer than 1\.5 s"):
        run(asked, timeout=1.5)
    assert time.monotonic() - started < 3


def test_the_command_stops_an_endless_query() -> None:
    """``--timeout 1`` ends an endless query with one line and exit code 2."""
    started = time.monotonic()
    result = command(ENDLESS, "--timeout", "1")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "longer than 1 s" in result.stderr
    assert time.monotonic() - started < 4


@pytest.mark.parametrize(
    "asked",
    [
        "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f",
        pytest.param(
            "SELECT ?a ?d ?f (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f } GROUP BY ?a ?c ?d ?f",
            marks=pytest.mark.thorough,
        ),
        pytest.param("SELECT DISTINCT * { ?a ?b ?c . ?d ?e ?f }", marks=pytest.mark.thorough),
        "SELECT (STRLEN(?z) AS ?n) { BIND('xxxxxxxxxxxxxxxx' AS ?a0) "
        + "".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1}) " for n in range(60))
        + "BIND(?a60 AS ?z) }",
    ],
    ids=["order by", "group by", "distinct", "doubled strings"],
)
def test_a_memory_bomb_fails_in_one_line(asked: str) -> None:
    """A query that wants more memory than it may use ends with a line that says so."""
    with pytest.raises(errors.QueryError, match="256 MiB of memory") as caught:
        run(asked, mebibytes=256, most_rows=100_000_000, timeout=240)
    assert "\n" not in str(caught.value)


DEEP = {
    "braces": "SELECT * " + "{" * 3000 + "}" * 3000,
    "unclosed": "SELECT * " + "{" * 3000,
    "parentheses": "SELECT * { FILTER(" + "(" * 3000 + "1" + ")" * 3000 + ") }",
    "paths": "SELECT * { ?s " + "(" * 3000 + "dg:x" + ")" * 3000 + " ?o }",
    "inverse paths": "SELECT * { ?s " + "^" * 3000 + "dg:x ?o }",
    "collections": "SELECT * { ?s ?p " + "(" * 3000 + "1" + ")" * 3000 + " }",
    "blank nodes": "SELECT * { ?s ?p " + "[ ?p " * 3000 + "1" + "]" * 3000 + " }",
    "not": "SELECT * { FILTER(" + "!" * 3000 + "?x) }",
    "minus": "SELECT * { FILTER(" + "- " * 3000 + "?x) }",
    "exists": "SELECT * { " + "FILTER EXISTS { " * 3000 + "}" * 3000 + " }",
    "subselects": "SELECT * { " + "{ SELECT * { " * 3000 + "}}" * 3000 + " }",
    "functions": "SELECT * { FILTER(" + "STR(" * 3000 + "?x" + ")" * 3000 + ") }",
    "not in parentheses": "SELECT * { FILTER(" + "!(" * 3000 + "?x" + ")" * 3000 + ") }",
}


@pytest.mark.parametrize("how", DEEP)
def test_what_is_nested_deeply_is_refused_at_once(how: str) -> None:
    """3,000 levels of whatever nests are refused in no time, before any process starts."""
    started = time.monotonic()
    with pytest.raises(errors.QueryError, match="more than 60"):
        run(DEEP[how])
    assert time.monotonic() - started < 0.5


LONG = {
    "and": "SELECT * { FILTER(" + "?a = 1 && " * 800 + "?b) }",
    "plus": "SELECT * { FILTER(" + "1 + " * 3000 + "?b) }",
    "sequence": "SELECT * { ?s " + "dg:x / " * 200 + "dg:x ?o }",
    "alternatives": "SELECT * { ?s " + "dg:x | " * 3000 + "dg:x ?o }",
    "unions": "SELECT * { " + "{ ?s dg:x ?o } UNION " * 1000 + "{ } }",
    "optionals": "SELECT * { " + "OPTIONAL { ?s dg:x ?o } " * 500 + "}",
    "filters": "SELECT * { " + "FILTER(?a) " * 3000 + "}",
    "binds": "SELECT * { " + "".join(f"BIND(1 AS ?v{n}) " for n in range(1000)) + "}",
    "patterns": "SELECT * { " + "?s dg:x ?o . " * 3000 + "}",
    "values": "SELECT * { VALUES ?x { " + "1 " * 10_000 + "} }",
    "nested up to the limit": "SELECT * " + "{" * 59 + " ?s dg:x ?o " + "}" * 59,
}


@pytest.mark.parametrize(
    "how",
    [pytest.param(h, marks=[] if h in ("and", "sequence") else pytest.mark.thorough) for h in LONG],
)
def test_long_chains_break_nothing(how: str) -> None:
    """A long chain of anything runs or is stopped; no stack overflows."""
    with contextlib.suppress(errors.QueryTimeout):
        run(LONG[how], timeout=3)


def test_a_query_that_is_too_long_is_refused() -> None:
    """More than 100,000 bytes are not looked at."""
    with pytest.raises(errors.QueryError, match="at most 100,000"):
        run("SELECT * { ?s ?p '" + "ü" * 60_000 + "' }")


@pytest.mark.parametrize(
    "escape", ["\\u0022", "\\u005C", "\\u003E", "\\u000A", "\\uD800", "\\UFFFFFFFF", "\\u0000"]
)
def test_escapes_of_telling_characters_are_refused(escape: str) -> None:
    """A code point that two parsers could read in two ways is refused in every place."""
    for asked in (f'ASK {{ ?s ?p "{escape}" }}', f"ASK {{ ?s <http://e.org/{escape}> 1 }}"):
        with pytest.raises(errors.QueryError, match="escape"):
            run(asked)


def test_other_escapes_are_read() -> None:
    """Letters may be written as code points wherever they are allowed."""
    found = run("\\u0053ELECT ('Bei\\u006Aing \\u5317\\u4eac' AS ?x) { }")
    assert found.rows[0][0].value == "Beijing 北京"  # type: ignore[union-attr]


def test_the_two_readers_must_agree(monkeypatch) -> None:
    """A SERVICE or FROM that only one of the two readers sees refuses the query."""
    plain = guard.scan("ASK { ?s ?p ?o }")
    with pytest.raises(errors.QueryError, match="SERVICE"):
        guard.check(guard.Scanned(plain.text, 1, 0))
    with pytest.raises(errors.QueryError, match="FROM"):
        guard.check(guard.Scanned(plain.text, 0, 1))
    named = guard.scan("ASK FROM <http://e.org/> { ?s ?p ?o }")
    with pytest.raises(errors.QueryError, match="FROM"):
        guard.check(guard.Scanned(named.text, 0, 0))


def test_the_folder_of_the_caller_is_not_searched_for_code(tmp_path: Path, monkeypatch) -> None:
    """A file called like a module in the current folder is not run by the worker."""
    for name in ("json", "pyoxigraph", "rdflib", "diplograph"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('run from the current folder')")
    monkeypatch.chdir(tmp_path)
    assert run("ASK { cty:china a dg:Country }").boolean is True


def test_a_store_is_not_written_to(tmp_path: Path) -> None:
    """The dataset of a graph in memory is read only by SPARQL."""
    store = ox.Store()
    with pytest.raises(errors.QueryError):
        closed_dataset(store).update("INSERT DATA { <a:a> <a:b> <a:c> }")
    assert len(store) == 0
