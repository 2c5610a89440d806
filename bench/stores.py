"""Networks and paths from stores on disk: python bench/stores.py [--edges N …].

A made-up network of relations (bench/synthetic.py) is written as facts of the vocabulary, a fact an
edge, each with time, grade and source, into an on-disk store; agreements have a stage as well.
Then, in processes of their own: how fast the rows of the projection come in and how much memory
that takes; what is tied, by the engine alone and by rdflib over the same store; the first
``path`` on the store, which reads its steps, and the next, which finds them kept; ``central`` and
``communities`` as whole commands.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pyoxigraph as ox
from synthetic import COUNTRIES, DAYS, KINDS, NEVER, Made, made_up

from diplograph.derive import derive
from diplograph.namespaces import PREFIXES
from diplograph.read import read_vocabulary

EX = "https://example.org/"
TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
MEMBERS = ("member", "observer", "office", "envoy", "acts for", "kin")
ROWS = """
import re, sys, time
from pathlib import Path
from diplograph.edges import read_edges
from diplograph.store import open_graph
graph = open_graph(sys.argv[1])
def memory():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) * 1024
before = memory()
start = time.perf_counter()
edges = read_edges(graph, "facts")
took = time.perf_counter() - start
print(len(edges), took, memory() - before)
"""
ENGINE = """
import sys, time
from diplograph.projections import find_projection
from diplograph.store import open_graph
graph = open_graph(sys.argv[1])
start = time.perf_counter()
count = sum(1 for _ in graph.query(find_projection("facts").sparql))
print(count, time.perf_counter() - start, 0)
"""
RDFLIB = """
import sys, time
from diplograph.namespaces import PROLOGUE
from diplograph.projections import find_projection
from diplograph.store import open_graph
graph = open_graph(sys.argv[1])
start = time.perf_counter()
count = sum(1 for _ in graph.dataset.query(PROLOGUE + find_projection("facts").sparql))
print(count, time.perf_counter() - start, 0)
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edges", type=int, nargs="+", default=[200_000, 2_000_000])
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    print("| edges | what | median | range |\n| --- | --- | --- | --- |")
    for edges in given.edges:
        with tempfile.TemporaryDirectory() as folder:
            measure(edges, Path(folder) / "made.store", given.rounds)


def measure(edges: int, store: Path, rounds: int) -> None:
    made = made_up(edges)
    size = len(made.one)

    def row(what: str, values: list[float], form: str = ".1f") -> None:
        low, high = min(values), max(values)
        print(f"| {size:,} | {what} | {statistics.median(values):{form}} | "
              f"{low:{form}}–{high:{form}} |", flush=True)  # fmt: skip

    start = time.perf_counter()
    build(made, store)
    row("write and load the store, s", [time.perf_counter() - start])
    small = size <= 200_000
    rounds = rounds if small else 1
    told = [run(ROWS, store) for _ in range(rounds)]
    row("rows of the network in all", [told[0][0]], ",.0f")
    row("read as columns, rows a second", [rows / took for rows, took, _ in told], ",.0f")
    row("memory for it, bytes a row", [memory / rows for rows, _, memory in told], ",.0f")
    if small:
        bare = [run(ENGINE, store) for _ in range(rounds)]
        row("what is tied alone, rows a second", [rows / took for rows, took, _ in bare], ",.0f")
        slow = [run(RDFLIB, store) for _ in range(rounds)]
        row("the same by rdflib, rows a second", [rows / took for rows, took, _ in slow], ",.0f")
    x, y = (f"{EX}{n}" for n in np.argsort(made.degree)[-2 * COUNTRIES :][:2])
    row("path, the first, s", [command("path", x, y, "--weak", "--graph", store)])
    again = [command("path", x, y, "--weak", "--graph", store) for _ in range(5)]
    row("path, the next, s", again, ".2f")
    row("central, the first, s", [command("central", "--bootstrap", "0", "--graph", store)])
    for words in (
        ("central", "--bootstrap", "0"),
        ("central", "--bootstrap", "10"),
        ("central", "--measure", "pagerank", "--bootstrap", "0"),
        ("central", "--measure", "betweenness", "--bootstrap", "0"),
        ("communities", "--bootstrap", "0"),
    ):
        row(" ".join(words) + ", s", [command(*words, "--graph", store)])


def run(code: str, store: Path) -> tuple[float, float, float]:
    words = [sys.executable, "-c", code, str(store)]
    done = subprocess.run(words, check=True, capture_output=True, text=True)
    rows, took, memory = (float(value) for value in done.stdout.split())
    return rows, took, memory


def command(*words: str | Path) -> float:
    start = time.perf_counter()
    program = Path(sys.executable).parent / "diplograph"
    subprocess.run([program, *words], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def build(made: Made, store: Path) -> None:
    """The facts in a graph of a source of their own, and all once more in the default graph."""
    facts = store.with_suffix(".nq")
    with facts.open("w", encoding="utf-8") as file:
        for line in lines(made):
            file.write(f"{line} .\n{line} <{EX}source> .\n")
    target = ox.Store(str(store))
    target.bulk_extend(derive(read_vocabulary(), {}))
    target.bulk_load(path=os.fspath(facts), format=ox.RdfFormat.N_QUADS)
    target.optimize()
    facts.unlink()


def lines(made: Made) -> Iterator[str]:
    dg, skos, dct = PREFIXES["dg"], PREFIXES["skos"], PREFIXES["dct"]
    text = "<http://www.w3.org/2001/XMLSchema#string>"
    day = "<http://www.w3.org/2001/XMLSchema#date>"
    yield f"<{EX}source> {TYPE} <{dg}Source>"
    yield f'<{EX}source> <{dct}identifier> "made-up"'
    yield f'<{EX}source> <{dct}issued> "2025"^^<http://www.w3.org/2001/XMLSchema#gYear>'
    agreements = set(made.one[np.isin(made.kind, [KINDS.index("party")])].tolist())
    for node in range(made.nodes):
        if not made.degree[node]:
            continue
        kind = "Country" if node < COUNTRIES else "Agreement" if node in agreements else "Person"
        yield f"<{EX}{node}> {TYPE} <{dg}Entity>"
        yield f"<{EX}{node}> {TYPE} <{dg}{kind}>"
        yield f'<{EX}{node}> <{skos}prefLabel> "Entity {node}"@en'
        yield f'<{EX}{node}> <{skos}prefLabel> "Entity {node}"^^{text}'
    stated = f"<{dg}grade> <{PREFIXES['grade']}stated>"
    signed = f"<{dg}stage> <{PREFIXES['stage']}signed>"
    for node in agreements:
        fact = f"<{EX}fact/stage-{node}>"
        yield f"{fact} {TYPE} <{dg}StageFact>"
        yield f"{fact} <{dg}of> <{EX}{node}>"
        yield f"{fact} {stated}"
        yield f"{fact} {signed}"
        yield f'{fact} <{dg}when> "1950"^^{text}'
        yield f'{fact} <{dg}earliest> "1950-01-01"^^{day}'
        yield f'{fact} <{dg}latest> "1950-12-31"^^{day}'
    columns = (made.one, made.two, made.kind, made.since[2], made.until)
    first = date.fromordinal(int(DAYS[0]))
    for edge, (one, two, code, since, until) in enumerate(
        zip(*(column.tolist() for column in columns), strict=True)
    ):
        fact, member = f"<{EX}fact/{edge}>", KINDS[code] in MEMBERS
        begins = max(date.fromordinal(since), first).isoformat()
        ends = ".." if until == NEVER else date.fromordinal(until).isoformat()
        yield f"{fact} {TYPE} <{dg}{'Affiliation' if member else 'Participation'}>"
        yield f"{fact} <{dg}{'within' if member else 'of'}> <{EX}{one}>"
        yield f"{fact} <{dg}agent> <{EX}{two}>"
        yield f"{fact} {stated}"
        yield f'{fact} <{dg}statement> "Entity {one} has to do with entity {two}."@en'
        yield f'{fact} <{dg}when> "{begins}/{ends}"^^{text}'
        yield f'{fact} <{dg}earliest> "{begins}"^^{day}'
        if until != NEVER:
            yield f'{fact} <{dg}latest> "{ends}"^^{day}'


if __name__ == "__main__":
    main()
