"""Answers that belong together: all of a thing or a time, two sides, and what a scene leads up to."""

from __future__ import annotations

import pytest

import diplograph
from diplograph.asking.scenes import scene_of, without_its_scene
from diplograph.asking.sided import sides
from diplograph.asking.twofold import Twofold, twofold
from diplograph.spoken import find
from diplograph.store import Graph, open_graph


@pytest.fixture(scope="module")
def graph() -> Graph:
    return open_graph()


TOLD = [
    ("Tell me everything the two papers say about India.", ["carriers", "observers", "Pakistan"]),
    ("Where does Kazakhstan come up in these documents?", ["Xinjiang", "Atasu", "Shanghai Five"]),
    ("What do both documents have on Vietnam, taken together?", ["arms", "Cambodia"]),
    (
        "Tell me all that happened in Russo-Chinese affairs from 6 to 8 September 2000.",
        ["Kovykta", "Chechnya", "Security Council", "Tokyo"],
    ),
    (
        "Summarise what happened between China and Russia on 27 and 28 July 2000.",
        ["Bangkok", "Khabarovsk", "Wu Tao"],
    ),
    (
        "Give me the successive names of the grouping that started out as the Shanghai Five.",
        ["Shanghai Forum", "since June 2001"],
    ),
    (
        "By what means of transport did Russian oil reach China, according to Yu Bin and Mitchell?",
        ["Yu Bin: ", "Mitchell: ", "rail"],
    ),
    (
        "Compare the size of China's trade with the United States in the two texts.",
        ["close to 100 billion", "300 billion"],
    ),
    (
        "Contrast Russia's line on American missile defence in 2000 with that of 2002.",
        ["in 2000: ", "in 2002: ", "come to terms"],
    ),
    (
        "The 15-year military plan talked over in Beijing in 2000 called for more joint exercises. "
        "When was the first joint exercise actually held, and under what name?",
        ["October 2005", "Peace Mission 2005"],
    ),
    (
        "How many deputies travelled with Li Peng, and to what places besides Vladivostok?",
        ["50", "Novosibirsk"],
    ),
]


@pytest.mark.parametrize(("question", "wanted"), TOLD)
def test_what_belongs_together_is_told(graph: Graph, question: str, wanted: list[str]) -> None:
    found = diplograph.ask(question, graph=graph)
    assert found.refused is None
    assert [text for text in wanted if text not in found.text] == []


def test_each_side_is_asked_of_its_own_source(graph: Graph) -> None:
    question = "How much had China invested in Russia, according to Yu Bin and to Mitchell?"
    found = diplograph.ask(question, graph=graph)
    assert {answer.source for answer in found.answers} == {"yubin-2000", "mitchell-2007"}


def test_a_time_without_any_entry_has_no_record(graph: Graph) -> None:
    found = diplograph.ask("What has the chronology for 1 to 5 August 2000?", graph=graph)
    assert found.absence is not None
    assert found.absence.reason.value == "no-record"


@pytest.mark.parametrize(
    "question",
    [
        "Where was the Altay agreement signed, and how many tons of oil did Russia ship in 2004?",
        "What did Yu Bin expect of Su-30 production, and who was Russia's premier in 1998?",
    ],
)
def test_unrelated_questions_stay_refused(graph: Graph, question: str) -> None:
    found = diplograph.ask(question, graph=graph)
    assert found.refused is not None
    assert found.refused.part in question


def test_sides_are_parted(graph: Graph) -> None:
    both = sides(graph, "How much was invested according to Yu Bin, and how much for Mitchell?")
    assert both is not None
    assert [side.source for side in both] == ["yubin-2000", "mitchell-2007"]
    assert {side.question for side in both} == {"How much was invested?"}
    assert sides(graph, "What do Yu Bin and Mitchell do for a living?") is None
    assert sides(graph, "Compare trade in 2000 with the United States.") is None


def test_a_scene_leads_up_to_another_time() -> None:
    assert (
        scene_of("They planned it for 2005. Was it finally built?") == "They planned it for 2005. "
    )
    assert scene_of("Which three sold more oil, ca. 2006?") == ""
    assert without_its_scene("They had planned it long before. Was it finally built?") == ""
    own = "When was the first joint exercise actually held?"
    assert without_its_scene(f"A plan called for joint exercises. {own}") == own


def test_a_second_part_may_do_without_a_verb() -> None:
    parts = twofold("Which programmes had them as guests, and on which networks?")
    assert parts == Twofold(
        "Which programmes had them as guests?", "on which networks", told_whole=True
    )
    assert twofold("What differs between what one sells and what other goods?") is None


def test_days_in_a_row_and_weeks_are_spans() -> None:
    said = {
        "on 27 and 28 July 2000": "2000-07-27/2000-07-28",
        "in the first week of July 2000": "2000-07-01/2000-07-07",
        "in the last week of September 2000": "2000-09-24/2000-09-30",
    }
    for text, edtf in said.items():
        assert [m.period and m.period.edtf for m in find(text)] == [edtf]
    assert [m.text for m in find("on 22 and 27 July 2000")] == ["27 July 2000"]
