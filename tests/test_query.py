"""SPARQL of people: results, formats, prefixes, hints, limits, and the command ``sparql``."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import signal
import subprocess
import sys
import threading
import time
import xml.etree.ElementTree as ET
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest
import rdflib
from click.testing import CliRunner

from diplograph import errors, guard, query, results, worker
from diplograph.namespaces import PREFIXES
from diplograph.query import Term, run, serialize
from diplograph.storage import build_store
from diplograph.store import LocalGraph, open_graph
from diplograph_cli.app import cli

EX = "https://example.org/"
TERMS = """
ex:x ex:p "plain", "tab\\t and \\"quote\\", and comma", "schön"@de, 5, 1.5, true, ex:y, [] ;
    ex:q "2001-05-06"^^xsd:date .
"""


def command(*args: str, **kwargs):
    """Run ``diplograph sparql`` in this process."""
    return CliRunner().invoke(cli, ["sparql", *args], **kwargs)


# --- results -------------------------------------------------------------------------------------


def test_select_gives_typed_terms(write_graph) -> None:
    """A SELECT gives its variables and its rows as terms with kind, datatype and language."""
    path = str(write_graph(TERMS))
    found = run(f"SELECT ?o ?n WHERE {{ <{EX}x> <{EX}p> ?o }}", addresses=[path])
    assert (found.kind, found.variables, found.count, found.cut) == ("select", ("o", "n"), 8, False)
    terms = {row[0] for row in found.rows}
    xsd = PREFIXES["xsd"]
    assert Term("plain") in terms
    assert Term('tab\t and "quote", and comma') in terms
    assert Term("schön", "literal", None, "de") in terms
    assert Term("5", "literal", xsd + "integer") in terms
    assert Term("1.5", "literal", xsd + "decimal") in terms
    assert Term(EX + "y", "iri") in terms
    assert {t.kind for t in terms if t} == {"iri", "literal", "bnode"}
    assert {row[1] for row in found.rows} == {None}


def test_ask_construct_and_describe() -> None:
    """ASK gives a truth value, CONSTRUCT and DESCRIBE triples, each once."""
    assert run("ASK { cty:china a dg:Country }").boolean is True
    assert run("ASK { cty:china a dg:Event }").boolean is False
    made = run("CONSTRUCT { ?c a dg:Country } WHERE { ?c a dg:Country ; skos:altLabel ?any }")
    assert made.kind == "construct"
    assert made.count == len(made.triples) == len(set(made.triples)) > 10
    described = run("DESCRIBE cty:china")
    assert {t[0].value for t in described.triples} == {PREFIXES["cty"] + "china"}


def test_rows_without_a_column() -> None:
    """A SELECT of which no variable remains still has its number of rows."""
    assert run("SELECT * { }").rows == ((),)
    assert run("SELECT ?x { }").rows == ((None,),)
    assert json.loads(serialize(run("SELECT * { }"), "json"))["results"]["bindings"] == [{}]


@pytest.mark.parametrize("format", ["json", "xml", "csv"])
def test_formats_of_select_round_trip(write_graph, format: str) -> None:
    """JSON, XML and CSV hold the same values as the rows."""
    path = str(write_graph(TERMS))
    found = run(f"SELECT ?o WHERE {{ <{EX}x> <{EX}p> ?o }}", addresses=[path])
    values = sorted(row[0].value for row in found.rows if row[0] and row[0].kind != "bnode")
    written = serialize(found, format)
    if format == "json":
        bindings = json.loads(written)["results"]["bindings"]
        read = [b["o"]["value"] for b in bindings if b["o"]["type"] != "bnode"]
        assert {b["o"].get("xml:lang") for b in bindings} == {None, "de"}
    elif format == "xml":
        root = ET.fromstring(written)
        space = "{http://www.w3.org/2005/sparql-results#}"
        read = [e.text for kind in ("uri", "literal") for e in root.iter(space + kind)]
    else:
        read = [row[0] for row in csv.reader(io.StringIO(written, newline=""))][1:]
        read = [value for value in read if not value.startswith("_:")]
    assert sorted(str(value) for value in read) == values


def test_formats_of_ask() -> None:
    """The JSON and XML of an ASK hold its truth value."""
    found = run("ASK { cty:china a dg:Country }")
    assert json.loads(serialize(found, "json"))["boolean"] is True
    assert "<boolean>true</boolean>" in serialize(found, "xml")


def test_turtle_round_trips_and_is_stable(write_graph) -> None:
    """Turtle holds the triples, with the prefixes in use, and is the same each time."""
    path = str(write_graph(TERMS))
    asked = f"CONSTRUCT {{ ?s ?p ?o ; a dg:Event }} WHERE {{ ?s ?p ?o FILTER(?s = <{EX}x>) }}"
    found = run(asked, addresses=[path])
    written = serialize(found, "turtle")
    assert len(rdflib.Graph().parse(data=written, format="turtle")) == found.count == 10
    assert written.startswith("@prefix")
    assert "@prefix cty:" not in written
    assert serialize(run("DESCRIBE cty:china"), "turtle") == serialize(
        run("DESCRIBE cty:china"), "turtle"
    )


@pytest.mark.parametrize(
    ("asked", "format"),
    [
        ("SELECT * { }", "turtle"),
        ("ASK { }", "csv"),
        ("DESCRIBE cty:china", "json"),
        ("CONSTRUCT WHERE { ?s ?p ?o }", "table"),
        ("ASK { }", "pdf"),
    ],
)
def test_a_format_that_does_not_suit(asked: str, format: str) -> None:
    """A format that does not suit the query form is refused before the query runs."""
    with pytest.raises(errors.OptionError, match=format):
        run(asked, format=format)


def test_a_large_result_is_cut_and_says_so() -> None:
    """A result longer than allowed is cut there, and a hint says so; one just as long is not."""
    whole = run("SELECT * { ?s ?p ?o } LIMIT 50", most_rows=50)
    assert (len(whole.rows), whole.cut, whole.hints) == (50, False, ())
    for asked in (
        "SELECT * { ?s ?p ?o }",
        "CONSTRUCT WHERE { ?s ?p ?o }",
        "SELECT * { { } UNION { } UNION { } UNION { } UNION { } UNION { } UNION { } UNION { } }",
    ):
        cut = run(asked, most_rows=7)
        assert (cut.count, cut.cut) == (7, True)
        assert len(cut.rows or cut.triples) == 7
        assert "cut after 7" in cut.hints[0]


# --- prefixes and graphs -------------------------------------------------------------------------


def test_prefixes_are_there_and_can_be_declared_anew() -> None:
    """Shipped prefixes need no declaration, and a query's own takes their place."""
    assert run("ASK { cty:china a dg:Country }").boolean
    own = "PREFIX cty: <https://w3id.org/diplograph/ns#> SELECT ?c { ?c a cty:Country }"
    assert run(own).count > 10


@pytest.mark.parametrize(
    ("prefix", "meant"), [("dgg", "dg: ?"), ("ctyy", "cty: ?"), ("zzzzz", "PREFIX")]
)
def test_an_undeclared_prefix(prefix: str, meant: str) -> None:
    """An undeclared prefix is named, with the nearest that is known."""
    with pytest.raises(errors.QueryError, match=f"{prefix}: .*not declared.*{meant}"):
        run(f"SELECT * {{ ?s {prefix}:thing/dg:party ?o }}")


def test_all_graphs_are_asked_together_and_from_names_one() -> None:
    """Without FROM the query sees every source; with FROM only those that it names."""
    count = "SELECT (COUNT(*) AS ?n) {} {{ ?s ?p ?o }}".format
    numbers = {
        clause: int(run(count(clause)).rows[0][0].value)  # type: ignore[union-attr]
        for clause in ("", "FROM src:yubin-2000", "FROM src:yubin-2000 FROM src:mitchell-2007")
    }
    one, two, every = sorted(numbers.values())
    assert 0 < one < two < every
    assert list(numbers.values()) == [every, one, two]
    named = run("SELECT DISTINCT ?g FROM NAMED src:yubin-2000 { GRAPH ?g { ?s ?p ?o } }")
    assert [row[0].value for row in named.rows if row[0]] == [PREFIXES["src"] + "yubin-2000"]


def test_from_of_an_unknown_graph_is_an_error() -> None:
    """FROM of a graph that is not there is refused, with the nearest name."""
    with pytest.raises(errors.QueryError, match=r"nothing is fetched; did you mean <.*yubin-2000>"):
        run("SELECT * FROM src:yubin-20000 { ?s ?p ?o }")
    with pytest.raises(errors.QueryError, match="nothing is fetched"):
        run("BASE <http://e.org/> SELECT * FROM NAMED <g> { GRAPH ?g { ?s ?p ?o } }")


# --- where the graph comes from ------------------------------------------------------------------


def test_every_kind_of_graph_answers_alike(write_graph, tmp_path: Path) -> None:
    """A file, an opened file, a store on disk and a graph in memory give the same answer."""
    path = write_graph("ex:a a dg:Country ; skos:prefLabel 'A'@en .")
    store = tmp_path / "store"
    build_store(store, [str(path)])
    memory = ox.Store()
    memory.bulk_extend(open_graph(str(path)).quads())
    asked = "SELECT ?label { ?c a dg:Country ; skos:prefLabel ?label }"
    answers = [
        run(asked, addresses=[str(path)]),
        run(asked, graph=open_graph(str(path))),
        run(asked, addresses=[str(store)]),
        run(asked, graph=open_graph(str(store))),
        run(asked, graph=LocalGraph(memory, ())),
    ]
    assert {a.rows for a in answers} == {((Term("A", "literal", None, "en"),),)}


def test_a_graph_that_cannot_be_opened() -> None:
    """An address that leads nowhere is the same error as everywhere else."""
    with pytest.raises(errors.GraphFileError, match="no such file"):
        run("ASK { }", addresses=["/nowhere/at-all.ttl"])


@pytest.mark.parametrize(
    "arguments",
    [{"timeout": 0}, {"most_rows": 0}, {"mebibytes": -1}, {"graph": "both", "addresses": ["x"]}],
)
def test_arguments_that_cannot_be(arguments: dict, shipped) -> None:
    """Limits below zero and two graphs at once are refused."""
    if "graph" in arguments:
        arguments = arguments | {"graph": shipped}
    with pytest.raises(errors.OptionError):
        run("ASK { }", **arguments)


class _Endpoint(BaseHTTPRequestHandler):
    """A SPARQL 1.1 endpoint over a store of one named graph."""

    store = ox.Store()
    asked: ClassVar[list[dict[str, list[str]]]] = []
    slow = 0.0

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.asked.append(form)
        if "GRAPH ?g" not in form["query"][0]:
            time.sleep(self.slow)
        joined = "default-graph-uri" in form or "FROM" not in form["query"][0]
        answer = self.store.query(form["query"][0], use_default_graph_as_union=joined)
        rows = not isinstance(answer, ox.QueryTriples)
        kind = ox.QueryResultsFormat.JSON if rows else ox.RdfFormat.N_TRIPLES
        body = answer.serialize(format=kind)  # type: ignore[arg-type]
        self.send_response(200)
        self.send_header("Content-Type", kind.media_type)
        self.send_header("Content-Length", str(len(body or b"")))
        self.end_headers()
        self.wfile.write(body or b"")

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def endpoint():
    """The address of an endpoint, and its handler."""
    graph = ox.NamedNode(EX + "g")
    handler = type("Handler", (_Endpoint,), {"store": ox.Store(), "asked": []})
    handler.store.add(
        ox.Quad(ox.NamedNode(EX + "s"), ox.NamedNode(EX + "p"), ox.Literal("1"), graph)
    )
    with HTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/", handler
        server.shutdown()


def test_an_endpoint_is_asked_after_the_same_checks(endpoint) -> None:
    """At an endpoint every query form works; SERVICE and a FROM it does not hold are never sent."""
    url, handler = endpoint
    assert run("SELECT ?o { ?s ?p ?o }", addresses=[url]).rows == ((Term("1"),),)
    assert run("ASK { ?s ?p ?o }", addresses=[url]).boolean is True
    made = run("CONSTRUCT WHERE { ?s ?p ?o }", addresses=[url])
    assert (made.kind, made.count) == ("construct", 1)
    assert run(f"SELECT * FROM <{EX}g> {{ ?s ?p ?o }}", addresses=[url]).count == 1
    assert "default-graph-uri" not in handler.asked[-1]
    sent = len(handler.asked)
    for refused in ("SELECT * { SERVICE <http://e.org/> { ?s ?p ?o } }", "CLEAR ALL"):
        with pytest.raises(errors.QueryError):
            run(refused, graph=open_graph(url))
    with pytest.raises(errors.QueryError, match="nothing is fetched"):
        run("SELECT * FROM <http://e.org/g> { ?s ?p ?o }", graph=open_graph(url))
    # Opening the endpoint lists its graphs and looks into its default graph; no more was sent.
    asked = [form["query"][0] for form in handler.asked[sent:]]
    assert all("GRAPH ?g" in query or "LIMIT 1" in query for query in asked)


@pytest.mark.thorough
def test_a_slow_endpoint_is_left_at_the_deadline(endpoint) -> None:
    """An endpoint that does not answer in time ends with a timeout."""
    url, handler = endpoint
    handler.slow = 3.0
    graph = open_graph(url)
    started = time.monotonic()
    with pytest.raises(errors.QueryTimeout):
        run("ASK { ?s ?p ?o }", graph=graph, timeout=1.5)
    assert time.monotonic() - started < 2.8


# --- hints ---------------------------------------------------------------------------------------


def hints_of(graph: LocalGraph, asked: str) -> list[str]:
    """The hints that a worker gives to the result of a query, without its process."""
    checked = guard.check(guard.scan(asked))
    answer = graph.store.query(checked.text, prefixes=PREFIXES)
    return worker._hints(graph.store, checked, results.drain(checked.kind, answer, 1000))


@pytest.mark.parametrize(
    ("asked", "hint"),
    [
        ("?a a dg:Agrement", "dg:Agrement is not in the graph; did you mean dg:Agreement?"),
        ("?a dg:agrement ?b", "dg:agrement is not in the graph; did you mean dg:Agreement?"),
        ("?a dg:partty/skos:prefLabel ?b", "dg:partty is not in the graph; did you mean dg:party?"),
        ("cty:chna skos:prefLabel ?b", "cty:chna is not in the graph; did you mean cty:china?"),
        ("cty:prc skos:prefLabel ?b", "cty:prc is not in the graph; did you mean cty:china?"),
        ("VALUES ?a { cty:rusia } ?a a ?b", "did you mean cty:russia?"),
        ("?a ?b ?c FILTER(?c = stage:signd)", "did you mean stage:signed?"),
        ("?a <http://e.org/qqqqqqq> ?b", "<http://e.org/qqqqqqq> is not in the graph."),
    ],
)
def test_a_name_that_is_not_there(shipped, asked: str, hint: str) -> None:
    """A property, class or entity that the graph does not hold is pointed out with the nearest."""
    assert any(hint in said for said in hints_of(shipped, f"SELECT * {{ {asked} }}"))


def test_a_result_has_the_hints_of_its_worker(shipped) -> None:
    """What a worker says of names and of what emptied a result comes with it."""
    for asked in ("SELECT * { ?a a dg:Agrement }", "ASK { ?a a dg:Country ; dg:weapon cty:china }"):
        assert run(asked).hints == tuple(hints_of(shipped, asked)) != ()


def test_names_that_are_there_or_not_asked_for_get_no_hint() -> None:
    """Declared terms, datatypes, functions and the template of CONSTRUCT are no matter of hints."""
    found = run(
        "CONSTRUCT { ?c <http://e.org/mine> ?n } WHERE { ?c a dg:Country ; skos:prefLabel ?n "
        "FILTER(xsd:string(?n) != 'x'^^<http://e.org/type> || true) }"
    )
    assert found.hints == ()
    assert run("SELECT * { ?c a dg:Country OPTIONAL { ?c dg:successor ?x } }").hints == ()


@pytest.mark.parametrize(
    ("where", "why"),
    [
        (
            "?a a dg:Country . ?a dg:weapon cty:china . ?a skos:prefLabel ?l",
            "Nothing in the graph matches: ?a dg:weapon cty:china",
        ),
        (
            "?a a dg:Country ; skos:prefLabel ?l ; dg:stage ?s",
            "?a dg:stage ?s has matches, but none together with what stands before it",
        ),
        (
            "?a a dg:Country ; (dg:stage/skos:broader)|^dg:supplier+ ?s . ?a a dg:Person",
            "?a a dg:Person has matches, but none together",
        ),
        (
            "?a a dg:Country ; skos:prefLabel ?l FILTER(STRLEN(?l) > 1000)",
            "The triple patterns have matches; a FILTER leaves none of them.",
        ),
        (
            "?a a dg:Country MINUS { ?a a dg:Country } FILTER(true)",
            "a FILTER or a MINUS leaves none",
        ),
        (
            "GRAPH src:yubin-2000 { cty:china a dg:Country } GRAPH src:mitchell-2007 { ?a ?b ?c }",
            "Nothing in the graph matches: cty:china a dg:Country",
        ),
    ],
)
@pytest.mark.parametrize("form", ["SELECT *", "ASK", "CONSTRUCT { ?a ?a ?a }"])
def test_what_emptied_a_result(shipped, form: str, where: str, why: str) -> None:
    """An empty result says which triple pattern emptied it, or that a FILTER or the like did."""
    assert any(why in said for said in hints_of(shipped, f"{form} {{ {where} }}"))


def test_what_emptied_a_result_within_from() -> None:
    """The explanation looks at the graphs that the query is about, and only there."""
    found = run("SELECT * FROM src:yubin-2000 { ?a dg:key ?key }")
    assert found.hints == ("Nothing in the graph matches: ?a dg:key ?key",)


def test_hints_never_cost_the_result(monkeypatch) -> None:
    """When hints take too long, the result comes without them."""
    monkeypatch.setattr(query, "_HINT_SECONDS", 0.0)
    found = run("ASK { ?a a dg:Agrement }")
    assert found.boolean is False


# --- errors --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ("", "empty"),
        ("  # nothing\n", "empty"),
        ("SELEKT *", "line 1, column 1: what begins with “SELEKT”"),
        ("SELECT * {\n  ?s ?p }", "line 2, column 3: what begins with “.s”"),
        ("SELECT * { ?s ?p ?o", "ends before its brackets close"),
        ("SELECT * { ?s ?p 'o }", "line 1, column 18: this string is not closed"),
        ("SELECT * {\n\n LATERAL { ?s ?p ?o } }", "line 3, column 2: what begins with “LATERAL”"),
        ("SELECT * { ?s dg:party ?o ?p }", r"line 1, column 27: what begins with “\?p”"),
        ("SELECT ?x { ?s ?p ?o } GROUP BY ?s", "variable that is unbound"),
        ("SELECT * { ?s <rel> ?o }", "IRI parsing failed"),
        ("ASK { ?s ?p '\ud800' }", "no Unicode"),
    ],
)
def test_what_is_no_query(asked: str, message: str) -> None:
    """A query that cannot be read is refused in one line that says where."""
    with pytest.raises(errors.QueryError, match=message) as caught:
        run(asked)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "asked",
    [
        "INSERT DATA { cty:x a dg:Country }",
        "PREFIX x: <http://e.org/>\nDELETE WHERE { ?s ?p ?o }",
        "LOAD <http://127.0.0.1/>",
        "CLEAR ALL",
        "DROP GRAPH <http://e.org/>",
        "INSERT { ?s ?p 1 } WHERE { ?s ?p ?o } ; CLEAR ALL",
    ],
)
def test_an_update_is_refused_as_such(asked: str) -> None:
    """An update is refused, and is told what it is."""
    with pytest.raises(errors.QueryError, match="this is an update"):
        guard.check(guard.scan(asked))
    if asked.startswith("INSERT DATA"):
        with pytest.raises(errors.QueryError, match="this is an update"):
            run(asked)


def test_scan_leaves_strings_and_iris_alone() -> None:
    """Reading characters changes comments and line ends only, and keeps every position."""
    text = (
        "SELECT ?x # a 'b <c\r\nWHERE { ?x <http://e.org/#a> 'it''s # no \\' comment' ; ?p \"#\" }"
    )
    scanned = guard.scan(text).text
    assert scanned.replace(" ", "") == text.replace("# a 'b <c\r\n", "\n").replace(" ", "")
    assert len(scanned) == len(text)


def test_lines_are_cut_at_any_chunk() -> None:
    """The result is cut after the same line wherever the engine breaks its chunks."""
    data = b"?x\n1\n22\n333\n4444\n"
    for size in range(1, len(data) + 1):
        lines = results._Lines(3)
        with contextlib.suppress(results._Enough):
            for start in range(0, len(data), size):
                lines.write(data[start : start + size])
            pytest.fail("not cut")
        assert lines.whole() == b"?x\n1\n22\n"


# --- the command ---------------------------------------------------------------------------------


def test_command_prints_a_plain_table_when_piped() -> None:
    """A SELECT becomes aligned columns with shortened IRIs; numbers stand right."""
    asked = "SELECT ?c ?n { VALUES (?c ?n) { (cty:china 5) (cty:russia 17) } }"
    result = command(asked)
    assert result.exit_code == 0
    assert result.stdout == "c            n\ncty:china    5\ncty:russia  17\n"
    assert result.stderr == ""


def test_command_prints_truth_and_turtle() -> None:
    """An ASK prints true or false, a CONSTRUCT Turtle."""
    assert command("ASK { cty:china a dg:Country }").stdout == "true\n"
    result = command("CONSTRUCT WHERE { cty:china a dg:Country }")
    assert len(rdflib.Graph().parse(data=result.stdout, format="turtle")) == 1


@pytest.mark.parametrize("way", ["stdin", "dash", "file", "argument"])
def test_command_takes_the_query_from_everywhere(way: str, tmp_path: Path) -> None:
    """The query comes as an argument, from a file, or from standard input."""
    asked = "SELECT ('ü' AS ?x) { }"
    path = tmp_path / "q.rq"
    path.write_text(asked, encoding="utf-8")
    arguments = {"stdin": [], "dash": ["-"], "file": ["--file", str(path)], "argument": [asked]}
    result = command("--format", "csv", *arguments[way], input=asked)
    assert result.stdout_bytes == "x\r\nü\r\n".encode()


def test_command_writes_hints_to_standard_error() -> None:
    """Hints never mix with the result."""
    result = command("SELECT ?a { ?a a dg:Agrement }", "--format", "json")
    assert result.exit_code == 0
    assert json.loads(result.stdout)["results"]["bindings"] == []
    assert "did you mean dg:Agreement?" in result.stderr


def test_command_keeps_control_characters_from_the_terminal() -> None:
    """A value with an escape sequence or a line break stays on its line as text."""
    result = command("SELECT ('a\\nb\u001b[31mc' AS ?x) { }")
    assert result.stdout == "x\na b [31mc\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["SELECT * { ?s ?p }"], "not SPARQL: line 1, column 12"),
        (["SELECT * { SERVICE <http://e.org/> { } }"], "SERVICE is refused"),
        (["CLEAR ALL"], "update"),
        (["ASK { }", "--format", "csv"], "csv does not suit ASK"),
        (["DESCRIBE cty:china", "--format", "table"], "table does not suit DESCRIBE"),
        (["ASK { }", "--format", "pdf"], "pdf"),
        (["ASK { }", "--timeout", "0"], "0"),
        (["ASK { }", "--graph", "/nowhere.ttl"], "no such file"),
        (["ASK { }", "--file", __file__], "not both"),
        (["--file", "/nowhere.rq"], "does not exist"),
    ],
)
def test_command_fails_in_one_line_with_exit_code_2(arguments: list[str], message: str) -> None:
    """Whatever is wrong, the command says so in one line and leaves with 2."""
    result = command(*arguments)
    assert result.exit_code == 2
    assert result.stdout == ""
    assert message in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_command_refuses_input_that_is_too_long_or_no_text() -> None:
    """More than a query may be long is not read, and bytes that are no text are refused."""
    assert "100,000" in command(input="x" * 200_000).stderr
    assert "UTF-8" in command(input=b"\xff\xfe").stderr


def test_a_reader_that_leaves_early_is_no_error() -> None:
    """When the output is a pipe that closes, the command ends quietly."""
    process = subprocess.Popen(
        [sys.executable, "-m", "diplograph_cli", "sparql", "SELECT * { ?s ?p ?o }"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.wait() in (0, 1)
    assert process.stderr.read() == b""
    process.stderr.close()


ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="looks for the worker in /proc")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL])
def test_the_worker_ends_with_the_command(sent: signal.Signals) -> None:
    """Ctrl-C, and even the sudden death of the command, end the worker."""
    process = subprocess.Popen(
        [sys.executable, "-m", "diplograph_cli", "sparql", ENDLESS],
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )
    children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    worker = _eventually(lambda: children.read_text().split())[0]
    time.sleep(0.5)
    process.send_signal(sent)
    process.wait()

    def gone() -> bool:
        status = Path(f"/proc/{worker}/status")
        return not status.exists() or "Z (zombie)" in status.read_text()

    assert _eventually(gone)


def _eventually(look, seconds: float = 10.0):
    until = time.monotonic() + seconds
    while not (seen := look()) and time.monotonic() < until:
        time.sleep(0.05)
    return seen
