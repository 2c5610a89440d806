"""The public datasets in one store: how long the import takes, and what questions cost then.

    python bench/world.py DATA [STORE]             import all six files, then ask
    python bench/world.py --ask STORE              only ask
    python bench/world.py --rdflib STORE           SPARQL, in turns with rdflib's own store
    python bench/world.py --grow FOLDER TIMES …    made-up registers so many times as large, and ask

DATA is the folder with the public datasets. Each import is a process of its own, whose greatest
memory is told by the system. Questions (those below, and those of the tests, which stand in
world_questions.txt) are asked in a running process, each four times, of which the first does not
count and the median of the others does; then SPARQL through the library, in turns with the bare
engine. With --rdflib the merge of all graphs is read into rdflib's own store in memory, which takes
some minutes and many gigabytes.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from diplograph.store import Graph

FILES = {
    "cow": ("cow-states2016.csv",),
    "archigos": ("archigos-4.1.dta",),
    "desta": ("desta-treaties.csv",),
    "ieadb": ("ieadb-treaties.csv", "ieadb-members.xlsx"),
    "sipri": ("sipri-trade-register.csv",),
}
QUESTIONS = (
    "Which agreements link Norway and Kenya?",
    "Which weapons did India order from Russia in the 1990s?",
    "Which fighters did China order from Russia after 1995?",
    "Who led Japan in July 2000?",
    "Who led Kenya in 1985?",
    "Which trade agreements link Mexico and Japan?",
    "When did Kenya sign the Convention On Biological Diversity?",
    "Who supplied arms to Egypt in the 1970s?",
    "Which countries ordered weapons from Sweden in 1990?",
    "Did Brazil and Argentina have a trade agreement in 1995?",
)
CALLS = (
    ("links", "Norway", "Kenya"),
    ("links", "Germany", "France"),
    ("links", "Chile", "New Zealand"),
    ("describe", "Malta"),
    ("timeline", "Norway", "Kenya"),
    ("timeline", "India", "Israel"),
)
SPARQL = {
    "one entity": "SELECT ?label WHERE { cty:kenya skos:prefLabel ?label }",
    "agreements of two": """SELECT ?a WHERE { ?a dg:party cty:norway , cty:kenya }""",
    "stages of one party": """SELECT ?a ?stage ?when WHERE {
        ?f dg:forParty cty:kenya ; dg:of ?a ; dg:stage ?stage ; dg:when ?when }""",
    "leaders of a state": """SELECT ?who ?when WHERE {
        ?post dg:postIn cty:japan . ?t dg:post ?post ; dg:agent ?who ; dg:when ?when }""",
    "deals by year": """SELECT ?when (COUNT(?f) AS ?n) WHERE {
        ?f dg:supplier cty:sweden ; dg:of ?t . ?s dg:of ?t ; dg:stage stage:ordered ; dg:when ?when
        } GROUP BY ?when""",
}  # fmt: skip


def imported(name: str, files: list[Path], store: Path) -> tuple[float, float, float, str]:
    """Seconds, of which the processors worked, greatest memory in MB, and what the import said."""
    command = [sys.executable, "-m", "diplograph_cli", "import", name, *map(str, files)]
    start = time.perf_counter()
    child = subprocess.Popen(
        [*command, "--into", str(store)], stdout=subprocess.PIPE, text=True, env=os.environ
    )
    assert child.stdout is not None
    said = child.stdout.read().splitlines()
    _, status, used = os.wait4(child.pid, 0)
    assert status == 0, said
    worked = used.ru_utime + used.ru_stime
    return time.perf_counter() - start, worked, used.ru_maxrss / 1024, said[0]


def told(name: str, seconds: float, worked: float, memory: float, said: str) -> str:
    return f"{name:16} {seconds:7.1f} s, of processors {worked:7.1f} s  {memory:5.0f} MB  {said}"


def import_all(data: Path, store: Path) -> None:
    total = 0.0
    for name, files in FILES.items():
        seconds, worked, memory, said = imported(name, [data / file for file in files], store)
        total += seconds
        print(told(name, seconds, worked, memory, said), flush=True)
    size = sum(f.stat().st_size for f in store.rglob("*") if f.is_file()) / 1e6
    print(f"{'together':10} {total:6.1f} s, {size:,.0f} MB on disk", flush=True)


def ask(store: Path) -> None:
    import pyoxigraph as ox

    import diplograph
    from diplograph.namespaces import PROLOGUE

    start = time.perf_counter()
    graph = diplograph.open_graph(store)
    graph.ask("ASK { cty:kenya a ?c }")
    print(f"opening the store and a first look: {(time.perf_counter() - start) * 1000:.0f} ms")
    took = []
    for what, call in [
        *((q, lambda q=q: diplograph.ask(q, graph=graph)) for q in (*QUESTIONS, *listed())),
        *((" ".join(c), lambda c=c: getattr(diplograph, c[0])(*c[1:], graph=graph)) for c in CALLS),
    ]:
        times = []
        for _ in range(4):
            start = time.perf_counter()
            call()
            times.append((time.perf_counter() - start) * 1000)
        took.append(statistics.median(times[1:]))
        print(f"{took[-1]:8.0f} ms (at first {times[0]:6.0f})  {what}", flush=True)
    within = sum(t < 100 for t in took) / len(took)
    print(
        f"{len(took)} questions: median {statistics.median(took):.0f} ms, "
        f"95 in a hundred within {sorted(took)[int(len(took) * 0.95)]:.0f} ms, "
        f"{within:.1%} under 100 ms"
    )
    commands = []
    for _ in range(5):
        start = time.perf_counter()
        subprocess.run(
            [sys.executable, "-m", "diplograph_cli", "links", "Norway", "Kenya", "--graph", store],
            stdout=subprocess.DEVNULL, check=True,
        )  # fmt: skip
        commands.append(time.perf_counter() - start)
    print(f"links Norway Kenya as a whole command: {statistics.median(commands):.2f} s "
          f"({min(commands):.2f}–{max(commands):.2f})")  # fmt: skip
    bare = ox.Store.read_only(str(store))
    every = asked(graph)
    beside(graph, SPARQL, lambda q: len(list(bare.query(PROLOGUE + q))), "the bare engine", 15)
    beside(graph, every, lambda q: len(list(bare.query(PROLOGUE + q))), "the bare engine", 7)


def beside(
    graph: Graph, queries: dict[str, str], other: Callable[[str], int], name: str, rounds: int
) -> None:
    """Put queries to the library and to another store in turns.

    A query that the other has not answered after twenty seconds is counted as answered then.
    """
    medians, late = [], 0
    for what, query in queries.items():
        ratios = []
        for _ in range(rounds):
            start = time.perf_counter()
            rows = len(graph.select(query))
            ours = time.perf_counter() - start
            start = time.perf_counter()
            found = in_time(lambda q=query: other(q))
            assert found in (None, rows), (what, rows, found)
            ratios.append((time.perf_counter() - start) / ours)
            if found is None:
                late += 1
                break
        medians.append(statistics.median(ratios))
        spread = f"{medians[-1]:.3g} ({min(ratios):.3g}–{max(ratios):.3g})"
        print(f"{what[:60]:60} {rows:6,} rows, {name} takes {spread} times as long", flush=True)
    medians.sort()
    print(
        f"{len(queries)} queries: {name} takes {statistics.median(medians):.3g} times as long "
        f"({medians[0]:.3g}–{medians[-1]:.3g}); {late} were cut off after 20 s"
    )


def in_time(run: Callable[[], int]) -> int | None:
    def cut(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, cut)
    signal.alarm(20)
    try:
        return run()
    except TimeoutError:
        return None
    finally:
        signal.alarm(0)


def asked(graph: Graph) -> dict[str, str]:
    """The SPARQL of the questions, and some more."""
    import diplograph

    found = {q: diplograph.ask(q, graph=graph).sparql for q in (*QUESTIONS, *listed())}
    return SPARQL | {q: sparql for q, sparql in found.items() if sparql}


def listed() -> list[str]:
    return (Path(__file__).parent / "world_questions.txt").read_text(encoding="utf-8").splitlines()


def with_rdflib(store: Path) -> None:
    import pyoxigraph as ox
    import rdflib

    import diplograph
    from diplograph.namespaces import PROLOGUE

    graph = diplograph.open_graph(store)
    held = rdflib.Graph()
    start = time.perf_counter()
    default = graph.store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    held.parse(data=ox.serialize((q.triple for q in default), format=ox.RdfFormat.N_TRIPLES),
               format="nt")  # fmt: skip
    print(
        f"rdflib holds {len(held):,} triples after {time.perf_counter() - start:.0f} s", flush=True
    )
    # A graph of rdflib has no named graphs, so what asks for the index is left out.
    queries = {what: query for what, query in asked(graph).items() if "GRAPH" not in query}
    beside(graph, queries, lambda q: len(list(held.query(PROLOGUE + q))), "rdflib", 3)


def grow(folder: Path, sizes: list[float], trade_alone: bool) -> None:
    from registers import write, write_trade

    for times in sizes:
        made = folder / f"times-{times:g}"
        store = folder / f"store-{times:g}"
        registers = {"desta": [write_trade(made / "trade.csv", times)]}
        if not trade_alone:
            register, treaties, members = write(made, times)
            registers |= {"ieadb": [treaties, members], "sipri": [register]}
        for name, files in registers.items():
            found = imported(name, files, store)
            print(told(f"{times:g} times: {name}", *found), flush=True)
        ask(store)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("store", nargs="*")
    parser.add_argument("--ask", action="store_true")
    parser.add_argument("--grow", action="store_true")
    parser.add_argument("--rdflib", action="store_true")
    parser.add_argument("--trade", action="store_true", help="with --grow: trade agreements alone")
    given = parser.parse_args()
    if given.grow:
        grow(given.data, [float(times) for times in given.store], given.trade)
    elif given.rdflib:
        with_rdflib(given.data)
    elif given.ask:
        ask(given.data)
    else:
        with tempfile.TemporaryDirectory() as folder:
            store = Path(given.store[0]) if given.store else Path(folder) / "world"
            import_all(given.data, store)
            ask(store)


if __name__ == "__main__":
    main()
