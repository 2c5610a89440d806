"""Five queries on the shipped graph: the library on its engine against plain rdflib.

    python bench/queries.py [ROUNDS]

The same SPARQL text, the same triples: once through `Graph.select` on the compiled store, once
through an rdflib `Graph` in memory that holds the union of all graphs. Rows are compared first.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

from diplograph import open_graph
from diplograph.namespaces import PROLOGUE

QUERIES = {
    "label": "SELECT ?label WHERE { cty:china skos:prefLabel ?label }",
    "agreements of two parties, with dates": """SELECT ?a ?label ?stage ?when WHERE {
        ?a dg:party cty:china , cty:russia ; skos:prefLabel ?label .
        ?f dg:of ?a ; dg:stage ?stage ; dg:when ?when }""",
    "two hops": """SELECT DISTINCT ?other WHERE {
        ?a dg:party cty:china , ?x . ?b dg:party ?x , ?other FILTER(?other != cty:china) }""",
    "orders by kind of weapon": """SELECT ?kind (COUNT(DISTINCT ?t) AS ?orders) WHERE {
        ?t dg:recipient cty:china ; dg:weapon/dg:kind ?kind . ?f dg:of ?t ; dg:stage stage:ordered
        } GROUP BY ?kind ORDER BY ?kind""",
    "every statement with its passage": """SELECT ?statement ?start ?where WHERE {
        ?f dg:statement ?statement ; dg:evidence ?p . ?p dg:where ?where ;
        oa:hasSelector/oa:start ?start }""",
}


def best(work: Callable[[], object], rounds: int) -> list[float]:
    taken = []
    for _ in range(rounds):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return taken


def main() -> None:
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 7
    graph = open_graph()
    start = time.perf_counter()
    plain = graph.to_rdflib()
    print(f"{len(plain)} triples; the copy for rdflib took {time.perf_counter() - start:.2f} s")
    for name, query in QUERIES.items():
        ours = sorted(tuple(row.values()) for row in graph.select(query))
        theirs = sorted(tuple(str(v) for v in row) for row in plain.query(PROLOGUE + query))
        assert ours == theirs, name
        ratios = []
        for _ in range(rounds):
            a = min(best(lambda q=query: graph.select(q), 3))
            b = min(best(lambda q=query: list(plain.query(PROLOGUE + q)), 1))
            ratios.append(b / a)
        ratios.sort()
        print(
            f"{name:40} {len(ours):5} rows, rdflib / library: median "
            f"{statistics.median(ratios):6.1f}, from {ratios[0]:.1f} to {ratios[-1]:.1f}"
        )


if __name__ == "__main__":
    main()
