"""Opening a graph: one contract over every kind of store, and what goes wrong with each."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pyoxigraph as ox
import pytest

from diplograph import build_store, describe, links, open_graph, store, timeline
from diplograph.errors import AddressError, EndpointError, GraphFileError, StoreError
from diplograph.store import Graph, read_addresses

from .conftest import MADE_UP, PREFIXES

OXIGRAPH = shutil.which(
    "oxigraph", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The made-up graph as a Turtle file."""
    path = tmp_path_factory.mktemp("contract") / "made-up.ttl"
    path.write_text(PREFIXES + MADE_UP, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def endpoint(files: Path) -> Iterator[str]:
    """A real SPARQL server on loopback whose default graph is NOT the union of its graphs."""
    if OXIGRAPH is None:
        pytest.skip("the oxigraph server is not installed")
    port = _free_port()
    folder = files.parent / "server"
    quads = files.parent / "derived.nq"
    quads.write_bytes(
        ox.serialize(read_addresses([str(files)]), format=ox.RdfFormat.N_QUADS) or b""
    )
    load = [OXIGRAPH, "load", "--location", str(folder), "--file", str(quads)]
    subprocess.run(load, check=True, capture_output=True)
    serve = [OXIGRAPH, "serve-read-only", "--location", str(folder), "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen(serve, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}/query"
    finally:
        server.terminate()
        server.wait(10)


@pytest.fixture(params=["file", "folder", "store", "endpoint"])
def graph(request: pytest.FixtureRequest, files: Path) -> Iterator[Graph]:
    """The same graph, opened in every way."""
    opened = _opened(request, files)
    yield opened
    opened.close()


def _opened(request: pytest.FixtureRequest, files: Path) -> Graph:
    if request.param == "file":
        return open_graph(files)
    if request.param == "folder":
        folder = files.parent / "source"
        folder.mkdir(exist_ok=True)
        (folder / "facts.ttl").write_text(PREFIXES + MADE_UP, encoding="utf-8")
        return open_graph(folder)
    if request.param == "store":
        target = files.parent / f"on-disk-{os.getpid()}"
        if not target.exists():
            build_store(target, [str(files)])
        return open_graph(target)
    return open_graph(request.getfixturevalue("endpoint"))


def test_every_store_answers_alike(graph: Graph, files: Path) -> None:
    """Rows, links, descriptions and timelines are the same whatever keeps the graph."""
    reference = open_graph(files)
    query = "SELECT ?s ?p ?o WHERE { GRAPH ?g { ?s ?p ?o } FILTER(?g != <https://example.org/none>) } ORDER BY ?s ?p ?o"
    assert graph.select(query) == reference.select(query)
    assert graph.ask("ASK { ?a dg:party ?b . ?b skos:prefLabel ?label }")
    assert not graph.ask('ASK { ?a dg:when "1066" }')
    for as_of in (None, "2000"):
        assert links("Alba", "Borea", graph=graph, as_of=as_of) == links(
            "Alba", "Borea", graph=reference, as_of=as_of
        )
    assert describe("Pact", graph=graph) == describe("Pact", graph=reference)
    assert timeline("Alba", "League", graph=graph) == timeline("Alba", "League", graph=reference)
    triples = {str(t) for t in graph.query("CONSTRUCT { ?a dg:party ?b } WHERE { ?a dg:party ?b }")}
    assert len(triples) == 19


def test_every_store_is_an_rdflib_dataset(graph: Graph) -> None:
    """rdflib is the public interface of every kind of store."""
    dataset = graph.dataset
    rows = list(
        dataset.query(
            "SELECT ?label WHERE { GRAPH ?g { <https://example.org/alba> "
            "<http://www.w3.org/2004/02/skos/core#prefLabel> ?label } }"
        )
    )
    assert [str(row[0]) for row in rows] == ["Alba"]


def test_copy_for_rdflib_has_normal_literals(files: Path) -> None:
    """The copy in memory has rdflib's own plain literals, which the shared store has not."""
    from rdflib import Literal, URIRef

    copy = open_graph(files).to_rdflib()
    fact, when = (
        URIRef("https://example.org/pact-signed"),
        URIRef("https://w3id.org/diplograph/ns#when"),
    )
    assert (fact, when, Literal("2001-05")) in copy


@pytest.mark.thorough
def test_files_combine_with_each_other_and_the_shipped_graph(files: Path) -> None:
    """Several addresses make one graph."""
    graph = open_graph("shipped", files)
    assert graph.ask('ASK { ?a skos:prefLabel "China"@en . ?b skos:prefLabel "Alba"@en }')


def test_a_store_or_endpoint_stands_alone(files: Path, tmp_path: Path) -> None:
    """An on-disk store and an endpoint cannot be combined."""
    target = tmp_path / "store"
    build_store(target, [str(files)])
    for alone in (str(target), "http://127.0.0.1:9/"):
        with pytest.raises(AddressError, match="cannot be combined"):
            open_graph(alone, files)


# --- what goes wrong -----------------------------------------------------------------------------


def test_a_store_is_not_overwritten(files: Path, tmp_path: Path) -> None:
    """Building into a folder that exists is refused and changes nothing."""
    (tmp_path / "kept").write_text("kept")
    with pytest.raises(StoreError, match="exists already"):
        build_store(tmp_path, [str(files)])
    assert [p.name for p in tmp_path.iterdir()] == ["kept"]


def test_a_store_that_cannot_be_built_leaves_nothing(tmp_path: Path) -> None:
    """A broken input leaves no half-built store behind."""
    broken = tmp_path / "broken.ttl"
    broken.write_text("<a> <b> ")
    with pytest.raises(GraphFileError):
        build_store(tmp_path / "store", [str(broken)])
    assert [p.name for p in tmp_path.iterdir()] == ["broken.ttl"]


def test_a_damaged_store_is_said_to_be_damaged(files: Path, tmp_path: Path) -> None:
    """A store whose files are broken is one clear line."""
    target = tmp_path / "store"
    build_store(target, [str(files)])
    for manifest in target.glob("MANIFEST*"):
        manifest.write_bytes(b"\0" * 50)
    with pytest.raises(StoreError, match="damaged"):
        open_graph(target)


def test_a_store_in_use_is_said_to_be_in_use(files: Path, tmp_path: Path) -> None:
    """A store that another process writes to is not read beside it."""
    target = tmp_path / "store"
    build_store(target, [str(files)])
    code = f"import pyoxigraph, sys; s = pyoxigraph.Store({str(target)!r}); print('open', flush=True); sys.stdin.read()"
    with subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "open\n"
        with pytest.raises(StoreError, match="in use"):
            open_graph(target)
        writer.communicate()
    assert open_graph(target).ask("ASK { ?s ?p ?o }")


def test_a_folder_without_a_graph(tmp_path: Path) -> None:
    """A folder that is neither a store nor a source is said to be neither."""
    with pytest.raises(GraphFileError, match="neither an on-disk store nor a folder with Turtle"):
        open_graph(tmp_path)


def test_an_endpoint_that_is_not_there() -> None:
    """A refused connection is one clear line with the address."""
    url = f"http://127.0.0.1:{_free_port()}/query"
    with pytest.raises(EndpointError, match=f"{url}: does not answer"):
        open_graph(url)
    with pytest.raises(EndpointError) as caught:
        open_graph(url.replace("//", "//user:secret@"))
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("status", "kind", "body", "message"),
    [
        (200, "text/html", b"<html>hello</html>", "answered with “text/html”"),
        (500, "text/plain", b"out of order", "answered 500: out of order"),
        (200, "application/sparql-results+json", b'{"head":', "broken answer"),
    ],
)
def test_an_endpoint_that_is_none(status: int, kind: str, body: bytes, message: str) -> None:
    """A web server that is no endpoint, fails or sends rubbish is told apart."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_args: object) -> None:
            pass

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        with pytest.raises(EndpointError, match=message):
            open_graph(f"http://127.0.0.1:{server.server_port}/sparql")
        server.shutdown()
        thread.join()


def test_an_endpoint_that_never_answers() -> None:
    """A server that accepts and keeps silent is given up after the timeout."""
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        with pytest.raises(EndpointError, match="no answer within the time allowed"):
            store.RemoteGraph(f"http://127.0.0.1:{silent.getsockname()[1]}/", timeout=0.3)


# --- the compiled graph --------------------------------------------------------------------------


@pytest.mark.parametrize("whole", [False, pytest.param(True, marks=pytest.mark.thorough)])
def test_the_compiled_graph_is_used_again_and_rebuilt_when_broken(
    files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: bool
) -> None:
    """The shipped graph is compiled once; a broken compilation is made anew."""
    compilations: list[object] = []
    own, made = store.read_addresses, "cty:china" if whole else "<https://example.org/alba>"

    def read(addresses: Sequence[str]) -> list[ox.Quad]:
        compilations.append(tuple(addresses))
        return own(addresses if whole else [str(files)])  # the made-up graph is compiled sooner

    monkeypatch.setattr(store, "read_addresses", read)
    monkeypatch.setenv("DIPLOGRAPH_CACHE", str(tmp_path / "cache"))
    assert open_graph().ask(f"ASK {{ {made} a dg:Country }}")
    [compiled] = (tmp_path / "cache").iterdir()
    assert open_graph().ask(f"ASK {{ {made} a dg:Country }}")
    assert compilations == [("shipped",)]
    for manifest in compiled.glob("MANIFEST*"):
        manifest.write_bytes(b"\0" * 50)
    assert open_graph().ask(f"ASK {{ {made} a dg:Country }}")
    assert open_graph().ask(f"ASK {{ {made} a dg:Country }}")
    assert compilations == [("shipped",)] * 2  # what was made anew is used again, too
    assert [p.name for p in (tmp_path / "cache").iterdir()] == [compiled.name]


@pytest.mark.thorough
def test_without_a_cache_the_graph_is_kept_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where nothing can be written the questions still work."""
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    monkeypatch.setenv("DIPLOGRAPH_CACHE", str(blocked / "cache"))
    assert open_graph().ask("ASK { cty:china a dg:Country }")


@pytest.mark.thorough
def test_old_compilations_are_dropped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Upgrades do not fill the cache."""
    monkeypatch.setenv("DIPLOGRAPH_CACHE", str(tmp_path))
    for number in range(6):
        (tmp_path / f"shipped-{number}").mkdir()
        os.utime(tmp_path / f"shipped-{number}", (number, number))
        (tmp_path / f"shipped-{number}.index").mkdir()
    open_graph()
    left = {path.name for path in tmp_path.iterdir()}
    kept = {f"shipped-{number}" for number in (3, 4, 5)}
    assert left >= kept | {f"{name}.index" for name in kept}
    assert len(left) == 7
