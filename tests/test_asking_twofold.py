"""Two questions in one are answered where one passage or row answers both, and else refused."""

from __future__ import annotations

import pytest

import diplograph
from diplograph.asking.twofold import Twofold, twofold
from diplograph.store import Graph, open_graph


@pytest.fixture(scope="module")
def graph() -> Graph:
    return open_graph()


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Who led the delegation, and how large was it?",
            Twofold("Who led the delegation?", "how large was it?"),
        ),
        (
            "What was the value of the arms, and what share of the imports?",
            Twofold("What was the value of the arms?", "what share of the imports?"),
        ),
        (
            "Is the SCO an alliance? What did the minister say?",
            Twofold("Is the SCO an alliance?", "What did the minister say?"),
        ),
        (
            "How many Su-30s and how many Su-27s were ordered?",
            Twofold("How many Su-30s were ordered?", "how many Su-27s were ordered?"),
        ),
        (
            "Which body does Russia prefer, and why?",
            Twofold(
                "Which body does Russia prefer?",
                "why: Which body does Russia prefer?",
                loose=True,
            ),
        ),
        (
            "Where and when did they meet?",
            Twofold("Where did they meet?", "when did they meet?", loose=True),
        ),
    ],
)
def test_a_question_is_parted(question: str, parts: Twofold) -> None:
    assert twofold(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "Who was there and who else?",
        "What do China and Russia want?",
        "The sources disagree on when it joined and what it was called. What does each say?",
        "Any agreements about the border? Give me all of them",
    ],
)
def test_one_question_stays_one(question: str) -> None:
    assert twofold(question) is None


@pytest.mark.parametrize(
    ("question", "told"),
    [
        (  # the whole row that answers the first part, and no other
            "How many Su-30 fighters did China order in 2001 and when were they delivered?",
            ("38", "2002–2003"),
        ),
        (
            "In 2004, how much Russian crude did China buy and what part of its oil imports was that?",
            ("10.8 million tons", "8.77 percent"),
        ),
        (  # the same passage
            "Who led the Chinese parliament's delegation to Russia in mid-September 2000, "
            "and how large was it?",
            ("Li Peng", "50 deputies"),
        ),
        (  # “that” is what the first part tells of
            "Which three countries initialled the Kovykta study deal in September 2000, "
            "and where was that done?",
            ("South Korea", "in Moscow"),
        ),
        (
            "Which security organization does Russia prefer to the SCO, and why?",
            ("Collective Security Treaty Organization", "China is not a member"),
        ),
        (
            "Where and when did Putin first sit down with Jiang Zemin after becoming president?",
            ("Dushanbe", "5–6 July 2000"),
        ),
    ],
)
def test_both_parts_are_answered(graph: Graph, question: str, told: tuple[str, ...]) -> None:
    found = diplograph.ask(question, graph=graph)
    for text in told:
        assert text in found.text


@pytest.mark.parametrize(
    ("question", "second"),
    [
        (  # the second part is answered elsewhere, of something else
            "What was Sino-Russian trade worth in 1999, and who went to Bangkok for the ASEAN "
            "Regional Forum in July 2000?",
            "who went to Bangkok",
        ),
        (  # the passage speaks of somebody's visit, but not of what was said
            "When did Dai Bingguo travel to Moscow, and what did he talk about with them there?",
            "what did he talk about",
        ),
        (
            "Which nine documents were signed in Beijing in July 2000, and why did Clinton put off "
            "the missile defence programme?",
            "why did Clinton",
        ),
    ],
)
def test_what_the_passage_does_not_tell_is_refused(
    graph: Graph, question: str, second: str
) -> None:
    """The part is named, and what answers the first one is shown beside the refusal."""
    found = diplograph.ask(question, graph=graph)
    assert found.refused is not None
    assert found.refused.part.startswith(second)
    assert not found.answers
    assert found.also


def test_how_the_second_part_was_taken_is_explained(graph: Graph) -> None:
    found = diplograph.ask(
        "In 2004, how much Russian crude did China buy and what part of its oil imports was that?",
        graph=graph, explain=True,
    )  # fmt: skip
    assert found.explanation is not None
    (second,) = [p for p in found.explanation.parts if p.kind == "second question"]
    assert second.text == "what part of its oil imports was that?"
    assert second.taken_for == ("asks for: which, of the same passage",)


def test_a_slip_in_the_second_part_is_said(graph: Graph) -> None:
    found = diplograph.ask(
        "Who led the Chinese parliament's delegation to Russia in mid-September 2000, and how large "
        "was the group of Li Pengg?",
        graph=graph,
    )
    assert "50" in found.text
    assert any("Pengg" in note for note in found.notes)
