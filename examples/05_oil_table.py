"""Question: how much crude oil did China import from Russia each year, as a table?

Teaches: a figure is a node too. The figures of one table form an RDF Data Cube (`qb:DataSet`);
each cell is an observation with its measure, its year, its unit and its own passage. Here the
cells are put back into rows, as CSV.

Run: python examples/05_oil_table.py > oil.csv
"""

from __future__ import annotations

import csv
import sys

import diplograph

CELLS = """
SELECT ?year ?measure ?unit ?value WHERE {
  ?cell qb:dataSet dset:crude-oil-from-russia ; dg:when ?year ; dg:value ?value ;
        dg:measure/skos:prefLabel ?measure ; dg:unit/skos:prefLabel ?unit
}"""

table: dict[str, dict[str, str]] = {}
for cell in diplograph.open_graph().select(CELLS):
    column = f"{cell['measure']} ({cell['unit']})"
    table.setdefault(cell["year"], {})[column] = cell["value"]

columns = sorted({column for row in table.values() for column in row})
writer = csv.writer(sys.stdout, lineterminator="\n")
writer.writerow(["year", *columns])
for year in sorted(table):
    writer.writerow([year, *(table[year].get(column, "") for column in columns)])
