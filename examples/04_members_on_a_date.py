"""Question: who belonged to the Shanghai Cooperation Organization on a date?

Teaches: a membership is a dated fact, and a date is only as sharp as its source. "2001-06/.." means
from some day in June 2001 on: for the middle of that month the honest answer is "possibly".

Run: python examples/04_members_on_a_date.py [DATE]        (2001-06-15 if none is given)
"""

from __future__ import annotations

import sys

import diplograph
from diplograph import dates

MEMBERSHIPS = """
SELECT ?who ?role ?when WHERE {
  ?membership a dg:Membership ; dg:within ogn:sco ; dg:agent/skos:prefLabel ?who ;
              dg:role/skos:prefLabel ?role ; dg:when ?when
}"""

asked = sys.argv[1] if len(sys.argv) > 1 else "2001-06-15"
day = dates.parse(asked)

# Several facts may speak of the same member; the surest of them counts.
found: dict[tuple[str, str], str] = {}
for row in diplograph.open_graph().select(MEMBERSHIPS):
    certainty = dates.holds(dates.parse(row["when"]), day)
    key = (row["role"], row["who"])
    if certainty != "no" and found.get(key) != "definitely":
        found[key] = certainty

print(f"Shanghai Cooperation Organization on {asked}")
for (role, who), certainty in sorted(found.items()):
    print(f"  {who}: {role}, {certainty}")
if not found:
    print("  nobody, by what the sources tell")
