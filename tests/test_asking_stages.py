"""Yes and no to how far an agreement came, from its stages."""

from __future__ import annotations

import pytest

import diplograph
from diplograph.store import Graph

SIGNED = [
    ("Had the friendship treaty been signed by the end of 2001?", "Yes."),
    ("Is the 1991 border agreement concluded?", "Yes."),
    (
        "Had Russia and China put their names to the new friendship treaty by 31 December 2000?",
        "No,",
    ),
    (
        "Did the two presidents sign the 15-year military cooperation plan in Beijing in July 2000?",
        "No,",
    ),
]


@pytest.mark.parametrize(("question", "lead"), SIGNED, ids=[question for question, _ in SIGNED])
def test_a_stage_that_was_or_was_not_reached(shipped: Graph, question: str, lead: str) -> None:
    found = diplograph.ask(question, graph=shipped)
    assert found.text.startswith(lead), found.text


@pytest.mark.parametrize(
    "question",
    [
        "Was the 1991 border agreement signed?",
        "Did Yeltsin sign the 1991 border agreement?",
        "Was the Beijing Declaration signed by Putin in Dushanbe?",
        "Had the gas pipeline agreement been initialled in Moscow by October 2000?",
    ],
)
def test_what_may_have_been_signed_is_no_no(shipped: Graph, question: str) -> None:
    found = diplograph.ask(question, graph=shipped)
    assert not found.text.startswith(("Yes.", "No.", "No,", "Possibly.")), found.text
