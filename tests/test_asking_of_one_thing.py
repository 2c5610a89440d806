"""Two questions about one thing, and all that is told of it, by whom it was said or done."""

from __future__ import annotations

import pytest

import diplograph
from diplograph.store import Graph, open_graph


@pytest.fixture(scope="module")
def graph() -> Graph:
    return open_graph()


TOLD = [
    (  # a fact that tells a matter whole need not have the name that the second part uses
        "When did Bill Clinton kick the missile shield can down the road, "
        "and what did that spare him at the UN?",
        ["September 2000", "joint criticism"],
    ),
    (  # the passage of a fact that only may hold at the time asked for
        "How fast was commerce between the two growing in the first half of the 2000s "
        "and how large was it by 2006?",
        ["30 percent a year", "33 billion"],
    ),
    (  # the second part is understood by itself, and its passage tells the first
        "Why was it embarrassing to have Tehran hanging around the Shanghai group, "
        "and how did the Chinese justify it?",
        ["nuclear program", "diplomatic solution"],
    ),
    (
        "Had the Beijing meeting of July 2000 been put off, and how did the Chinese take the "
        "waiting?",
        ["came late", "with impatience"],
    ),
    (  # what came of a proposal of the first document, by the second one
        "What was proposed at the Beijing summit of July 2000, by whom, and what came of it?",
        ["Jiang Zemin proposed a treaty", "signed, July 2001"],
    ),
    (
        "Two more Sovremenny warships were under discussion in 2000. For what price, "
        "and what finally became of the deal?",
        ["1 billion dollars", "ordered 2002, delivered 2005"],
    ),
    ("What came of the plan for a friendship treaty?", ["signed, July 2001", "under negotiation"]),
    (
        "What came of the plan for two more Sovremenny destroyers discussed in 2000?",
        ["ordered 2002, delivered 2005"],
    ),
    (
        "When did Putin visit North Korea, and what did he himself say of it?",
        ["July 2000", "an account of his stay in North Korea"],
    ),
    ("Where is Kosovo mentioned?", ["1999 in Kosovo"]),
    ("List every mention of Iran in the chapter.", ["more oil than Russia", "Security Council"]),
    ("What did Jiang say and do in September 2000?", ["60 Minutes on 2 September 2000"]),
]


@pytest.mark.parametrize(("question", "wanted"), TOLD)
def test_both_parts_are_told(graph: Graph, question: str, wanted: list[str]) -> None:
    text = diplograph.ask(question, graph=graph).text
    assert [w for w in wanted if w not in text] == []


@pytest.mark.parametrize(
    "question",
    [
        "In what contexts does Mitchell's chapter mention Japan?",
        "In what contexts does Mitchell mention Japan?",
    ],
)
def test_mentions_are_of_the_one_source_named(graph: Graph, question: str) -> None:
    found = diplograph.ask(question, graph=graph)
    assert {a.source for a in found.answers} == {"mitchell-2007"}
    assert "Nakhodka" in found.text


def test_what_only_may_have_been_then_is_left_out(graph: Graph) -> None:
    found = diplograph.ask("What did Putin say and do in July 2000?", graph=graph)
    assert found.answers
    assert all(a.holds != "possibly" for a in found.answers)


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("When was the treaty of 1950 signed, and what did Stalin say about it?", "Stalin"),
        ("When did Li Peng visit Russia, and what did he say of it?", "he say of it"),
        ("Who signed the Treaty of Nerchinsk, and what did he think of Clinton?", "Clinton"),
        ("How many people died in the Kursk disaster, and what did he say?", "he say"),
        ("When was Nerchinsk signed and how many submarines did China order?", "submarines"),
        (
            "How many islands did China receive on the Argun, and what did Jiang say on CBS?",
            "Jiang say on CBS",
        ),
    ],
)
def test_what_has_nothing_to_do_with_the_first_is_refused(
    graph: Graph, question: str, part: str
) -> None:
    found = diplograph.ask(question, graph=graph)
    assert found.refused
    assert part in found.refused.part
