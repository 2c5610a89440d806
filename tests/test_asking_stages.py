"""What is a yes or a no: stages of agreements, and what is said of others than those asked about."""

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


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Is Novosibirsk a port?", "the port of Vladivostok"),
        ("Did the two foreign ministers meet in Shanghai?", "in Bangkok"),
        ("Had India got its third aircraft carrier by 2000?", "decided to get"),
        ("Had the pipelines been completed by 2005?", "The stretch from Atasu"),
    ],
)
def test_what_is_said_of_another_place_or_time_decides_nothing(
    shipped: Graph, question: str, told: str
) -> None:
    found = diplograph.ask(question, graph=shipped)
    assert found.text.startswith("According to the sources: "), found.text
    assert told in found.text


def test_a_figure_that_only_stands_beside_a_name_is_not_its_own(shipped: Graph) -> None:
    found = diplograph.ask(
        "Compare what trade with Russia, America and the EU meant for China", graph=shipped
    )
    assert "Russia: about 100 billion" not in found.text
