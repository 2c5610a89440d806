"""Question: how do I work on with rdflib, and which source gives which date of a treaty?

Teaches: `graph.dataset` is the graph as an `rdflib.Dataset`, one named graph per source, without
copying. One trap: its plain strings come back typed as xsd:string, and rdflib's Python comparison
holds "2001-07" and "2001-07"^^xsd:string for different. Compare `str(value)`, or take the copy
that `to_rdflib()` makes, whose literals are rdflib's own.

Run: python examples/07_rdflib.py
"""

from __future__ import annotations

from rdflib import Literal, Namespace

import diplograph
from diplograph.namespaces import PREFIXES

DG, DM = Namespace(PREFIXES["dg"]), Namespace(PREFIXES["dm"])
graph = diplograph.open_graph()

# The usual prefixes are bound, and GRAPH tells which source says it.
QUERY = """
SELECT DISTINCT ?source ?stage ?when WHERE {
  GRAPH ?g { ?fact dg:of agr:friendship-treaty-2001 ; dg:stage ?s ; dg:when ?when }
  ?g dct:identifier ?source . ?s skos:prefLabel ?stage
} ORDER BY ?source ?stage"""
for row in graph.dataset.query(QUERY):
    print(f"{row.source}: {row.stage} {row.when}")

signed = DM["friendship-treaty-signed"]
shared = graph.dataset.value(signed, DG.when)
copied = graph.to_rdflib().value(signed, DG.when)
print("shared store:", shared == Literal("2001-07"), "| its text:", str(shared) == "2001-07")
print("copy:", copied == Literal("2001-07"))
