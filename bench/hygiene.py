"""How the rules of hygiene grow with the graph: python bench/hygiene.py.

Made-up graphs of N states, each with a name, an alias and a figure; the time of all rules together
for N and for four times N, in turn, in one run. A rule that compared everything with everything
would take sixteen times as long.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from pathlib import Path

from diplograph.hygiene import hygiene_rules
from diplograph.namespaces import PREFIXES
from diplograph.store import Graph, open_graph

SIZES = (2_000, 8_000)
ROUNDS = 5


def made_up(folder: Path, size: int) -> Graph:
    head = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in PREFIXES.items())
    lines = [
        f'<urn:e{n}> a dg:Country ; skos:prefLabel "State {n}"@en ; skos:altLabel "Realm {n}"@en . '
        f"<urn:o{n}> a dg:Observation ; dg:measure measure:imports ; dg:area <urn:e{n}> ; "
        f'dg:when "1999" ; dg:value {n} ; dg:unit unit:item ; dg:grade grade:inferred ; '
        f'dg:statement "Figure {n}."@en .'
        for n in range(size)
    ]
    path = folder / f"{size}.ttl"
    path.write_text(head + "\n".join(lines), encoding="utf-8")
    return open_graph(path)


def seconds(graph: Graph) -> float:
    began = time.perf_counter()
    for rule in hygiene_rules():
        rule.broken_by(graph)
    return time.perf_counter() - began


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        small, large = (made_up(Path(folder), size) for size in SIZES)
        pairs = [(seconds(small), seconds(large)) for _ in range(ROUNDS)]
    ratios = sorted(b / a for a, b in pairs)
    for size, times in zip(SIZES, zip(*pairs, strict=True), strict=True):
        print(f"{size:6,} states: median {statistics.median(times):.2f} s")
    print(
        f"four times the graph takes {statistics.median(ratios):.1f} times as long "
        f"(from {ratios[0]:.1f} to {ratios[-1]:.1f})"
    )


if __name__ == "__main__":
    main()
