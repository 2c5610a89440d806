"""Two questions in one of which each is answered by itself, or neither."""

from __future__ import annotations

import pytest

import diplograph
from diplograph.asking.pointing import is_whole, without_its_clause
from diplograph.asking.twofold import Twofold, of_that_year, twofold
from diplograph.store import Graph, open_graph


@pytest.fixture(scope="module")
def graph() -> Graph:
    return open_graph()


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (  # “his” is the one person named
            "How long was Li Peng in Russia and which cities did his delegation see?",
            ("9 days", "Novosibirsk", "Vladivostok"),
        ),
        (  # each part put to a source of its own
            "When was the friendship treaty planned to be signed according to Yu Bin, and when did "
            "it come according to Mitchell?",
            ("Yu Bin: ", "expected for 2001", "Mitchell: July 2001"),
        ),
        (  # “just then” is the year that answers the first part
            "In what year did the two countries move up to a strategic partnership, and what "
            "trouble did Beijing have with Washington just then?",
            ("1996", "tension in the Taiwan Strait"),
        ),
        (  # the first part again, of another time
            "What share of China's oil imports came from Russia in 2005, and what was it in 2001?",
            ("10.08", "2.93"),
        ),
        (  # and of another of its kind
            "When was the constructive partnership declared, and when the strategic one?",
            ("1994", "1996"),
        ),
        (
            "Who ran the trade surplus in early 2000, China or Russia, and how big was it?",
            ("Russia had a surplus of 1.8 billion",),
        ),
        (  # the sentence before says which exercise; its name is in the answer
            "More joint exercises were foreseen in the plan of July 2000. When was the first one "
            "held and what was it called?",
            ("October 2005", "Peace Mission 2005"),
        ),
        (
            "In 2000 a friendship treaty was still being drafted. When was it concluded and how "
            "long does it run?",
            ("July 2001", "20 years"),
        ),
        (  # asked of each of two
            "In 2000 the PLA was keen on more S-300PMU and TOR-M1 systems. Does the arms table "
            "show orders for both of them after that year?",
            ("S-300PMU: Yes.", "TOR-M1: No order after 2000 is on record."),
        ),
        (  # the time of the proposal is not that of the signature
            "Did the friendship treaty that Jiang suggested in 2000 actually get signed? If so, "
            "when?",
            ("Yes.", "July 2001"),
        ),
        (
            "What was the price of the two extra Sovremennys under discussion in 2000, and were "
            "two more really ordered afterwards?",
            ("billion dollars", "Yes.", "ordered 2002"),
        ),
        (  # the list that the first part asks for comes first
            "Who are the observers of the SCO, and why was one of them awkward for China?",
            ("India, Iran, Mongolia and Pakistan", "Because Iran"),
        ),
        ("How long did the Altay conference in Xinjiang last?", ("3 days, 19–21 July 2000",)),
        (  # sources that differ are both told
            "How long did the Beijing summit last?",
            ("17–18 July 2000", "18–19 July 2000"),
        ),
    ],
)
def test_both_parts_are_told(graph: Graph, question: str, told: tuple[str, ...]) -> None:
    found = diplograph.ask(question, graph=graph)
    assert found.refused is None
    assert found.absence is None
    for text in told:
        assert text in found.text


def test_what_is_not_on_record_of_the_second_part_is_said(graph: Graph) -> None:
    found = diplograph.ask(
        "What does the table say of the Su-33, and has it been delivered?", graph=graph
    )
    assert found.answers
    assert "On “has it been delivered?” nothing is on record" in found.text


@pytest.mark.parametrize(
    "question",
    [
        "Who are the observers at the SCO, and how many submarines did Russia sell to China?",
        "How many Russian military experts have been in China since 1991 and which general led "
        "them?",
        "When was the friendship treaty signed and what was it called?",
        "Who ran the trade surplus in early 2006, China or Russia, and how big was it?",
    ],
)
def test_half_an_answer_is_none(graph: Graph, question: str) -> None:
    """Two parts that have nothing to do with each other, and a second that nobody tells of."""
    found = diplograph.ask(question, graph=graph)
    assert found.refused is not None
    assert not found.answers


@pytest.mark.parametrize(
    "question",
    [
        "Were Tor-M1 systems ordered after 2000?",
        "Were the Tor-M1s that China wanted in 2000 ever ordered after that? If so, when?",
    ],
)
def test_an_order_told_in_passing_is_none_of_another_time(graph: Graph, question: str) -> None:
    found = diplograph.ask(question, graph=graph)
    assert found.text.startswith("No order after 2000 is on record. What was ordered")
    assert "ordered 1998" in found.text


def test_how_a_part_by_itself_was_taken_is_explained(graph: Graph) -> None:
    found = diplograph.ask(
        "When was the constructive partnership declared, and when the strategic one?",
        graph=graph, explain=True,
    )  # fmt: skip
    assert found.explanation is not None
    (second,) = [p for p in found.explanation.parts if p.kind == "second question"]
    assert second.taken_for == ("asks for: when, by itself",)


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Was the treaty signed? If so, when?",
            Twofold("Was the treaty signed?", "when: Was the treaty signed?", loose=True),
        ),
        (
            "What did they cost, and were they delivered?",
            Twofold("What did they cost?", "were they delivered?", whether=True),
        ),
        (
            "How many experts came and which general led them?",
            Twofold("How many experts came?", "which general led them"),
        ),
    ],
)
def test_more_questions_are_parted(question: str, parts: Twofold) -> None:
    assert twofold(question) == parts


def test_after_that_year_is_after_it() -> None:
    told = of_that_year("In 2000 they wanted more. Did they order any after that year?")
    assert told == "Did they order any after 2000?"


@pytest.mark.parametrize(
    ("question", "alone"),
    [
        (
            "Were the jets that China wanted in 2000 ever ordered?",
            "Were the jets ever ordered after 2000?",
        ),
        ("Was the plan that they discussed ever carried out after that?", ""),
        ("Did the treaty that Jiang proposed get signed?", ""),
    ],
)
def test_the_clause_that_tells_which_one_is_left_out(question: str, alone: str) -> None:
    assert without_its_clause(question) == alone


def test_a_part_that_points_back_is_not_whole() -> None:
    assert is_whole("when did the treaty come?")
    assert not is_whole("what did the two say of that?")
