"""Question: which treaties and declarations had China and Russia concluded by 2001? Who says so?

Teaches: an answer is a record. `links` gives one `Link` per agreement, each with its stage, its
grade, its time and the passages that say so. What was not concluded stands apart, in `pending`.

Run: python examples/01_which_agreements.py
"""

from __future__ import annotations

import diplograph

answer = diplograph.links("China", "Russia", as_of="2001-12-31")

print("Concluded, as of 31 December 2001")
for link in answer.answers:
    if link.kind not in ("treaty", "declaration"):
        continue
    when = link.when.edtf if link.when else "undated"
    print(f"  {link.label}: {link.stage} {when}, {link.holds}")
    for stage in link.stages:
        places = "; ".join(f"{e.where} {e.start}-{e.end}" for e in stage.evidence)
        print(f"    {stage.stage}, as {stage.grade} by {stage.source} ({places})")
    for detail in sorted({conflict.detail for conflict in link.conflicts}):
        print(f"    disputed: {detail}")

print("Not concluded by then, and why")
for link in answer.pending:
    if link.connection == "direct":
        print(f"  {link.label}: {link.reason}")

# The same record is what `diplograph links China Russia --as-of 2001-12-31 --json` prints.
assert answer.to_dict()["question"]["as_of"]["edtf"] == "2001-12-31"
