"""Question: how do I ask in plain English, and what was made of my question?

Teaches: a question is read as one of the declared templates, no language model takes part. What is
not understood is refused, and the part is named; what is not found comes with the reason.

Run: python examples/11_in_english.py ["QUESTION" ...]        (six questions if none is given)
"""

from __future__ import annotations

import sys

import diplograph

QUESTIONS = (
    "When was the friendship treaty signed?",
    "When was the Kovykta agreement signed?",
    "Is Mongolia a member of the SCO?",
    "When did Uzbekistan join the Shangai Five?",
    "Which agreements link Mongolia and Iran?",
    "When was it signed?",
)

graph = diplograph.open_graph()
for question in sys.argv[1:] or QUESTIONS:
    print(f"\n{question}")
    asked = diplograph.ask(question, graph=graph)
    for note in asked.notes:
        print(f"  note: {note}")
    if asked.understood:
        slots = ", ".join(f"{name} = {shown}" for name, shown in asked.understood.slots.items())
        print(f"  read as {asked.understood.template}: {slots}")
    print(f"  {asked.text}")
    for answer in asked.answers[:2]:
        for passage in answer.evidence:
            print(f"    {passage.source} {passage.start}-{passage.end}")
    if asked.absence:
        print(f"    {asked.absence.reason}")
