"""Question: how do I add a source of my own, and ask it together with the shipped graph?

Teaches: a source is a Turtle file (10_own_facts.ttl) with a `dg:Source`, entities and facts; it may
speak of the entities of the shipped graph by their identifiers. Loading it derives date bounds,
passages and shortcuts, keeps it in a named graph of its own, and every question works over both.
With the folder of the source's text at hand, the passages are shown.

Run: python examples/10_own_facts.py        (check: diplograph validate shipped FILE)
"""

from __future__ import annotations

from pathlib import Path

import diplograph

HERE = Path(__file__).parent
graph = diplograph.open_graph("shipped", HERE / "10_own_facts.ttl")


def show(x: str, y: str, **options: str) -> None:
    """Print which agreements link x and y, or why none does."""
    answer = diplograph.links(x, y, graph=graph, sources=HERE, **options)
    print(f"{x} and {y} {options or ''}".rstrip())
    for link in answer.answers:
        print(f"  {link.label}: {link.stage} {link.when.edtf if link.when else ''}")
        for passage in link.evidence:
            print(f"    {passage.source} {passage.start}-{passage.end}: {passage.text!r}")
    for link in answer.pending:
        print(f"  not among the answers: {link.label}, {link.reason}")
    if answer.absence:
        print(f"  {answer.absence.reason.value}: {answer.absence.detail}")


show("Ruritania", "China")
show("Ruritania", "China", as_of="2003-12")
show("Ruritania", "Russia")
show("Ruritania", "Mongolia")
show("Ruritania", "Japan")

chain = diplograph.path("Ruritania", "Gazprom", graph=graph, most=1, weak=True).paths[0]
print(" - ".join(entity.label for entity in chain.entities))
