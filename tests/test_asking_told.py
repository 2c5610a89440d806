"""What an answer tells: its day, a cause before what happened, and nothing where nobody gives a price."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import diplograph
from diplograph.asking.hearing import hear
from diplograph.asking.matching import readings
from diplograph.asking.outcome import Outcome
from diplograph.asking.sufficing import lies_far, meets_it_all
from diplograph.asking.telling import tell
from diplograph.asking.templates import shipped_templates
from diplograph.facts import facts_of
from diplograph.model import AbsenceReason, Fact
from diplograph.namespaces import expand
from diplograph.store import Graph, open_graph

from .asked import weighed


@pytest.fixture(scope="module")
def graph() -> Graph:
    return open_graph()


def _outcome(graph: Graph, question: str, facts: tuple[Fact, ...], **how: Any) -> Outcome:
    """An outcome of the broad reading of a question with some facts."""
    found = readings(hear(graph, question), shipped_templates(), weighed(graph, question))
    reading = next(r for r in found if r.template.broad)
    return replace(Outcome(reading, "", 0.9, facts), **how)


def _fact(graph: Graph, name: str) -> Fact:
    (fact,) = facts_of(graph, [expand(name)])
    return fact


def test_what_happened_tells_its_day(graph: Graph) -> None:
    """A statement that has no year is told with the day of the fact; one that has is not."""
    without = _fact(graph, "yb:education-accord-signed")
    told = tell(_outcome(graph, "What was signed on education?", (without,)))
    assert told.endswith("(18–19 July 2000).")
    within = _fact(graph, "yb:su-30-first-delivery")
    told = tell(_outcome(graph, "What was delivered?", (within,)))
    assert told.count("2000") == 1


def test_the_day_is_told_once_to_when(graph: Graph) -> None:
    fact = _fact(graph, "yb:education-accord-signed")
    told = tell(_outcome(graph, "When was the accord signed?", (fact,)))
    assert told.startswith("18–19 July 2000. ")
    assert told.count("2000") == 1


def test_the_time_of_a_fact_is_no_answer_where_its_statement_tells_another(graph: Graph) -> None:
    fact = _fact(graph, "yb:education-accord-signed")
    later = replace(fact, statement="It was agreed that gas would flow in 2011.")
    told = tell(_outcome(graph, "When does the gas flow?", (later,)))
    assert told == "It was agreed that gas would flow in 2011."


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Why does the Kremlin hesitate to tie itself to China in oil and gas?", "fear"),
        ("Why was Beijing's army shopping for anti-aircraft missiles?", "because"),
    ],
)
def test_a_cause_comes_first_to_why(graph: Graph, question: str, told: str) -> None:
    found = diplograph.ask(question, graph=graph)
    assert told in " ".join(answer.statement for answer in found.answers[:2])


def test_figures_of_times_within_each_other_are_no_change(graph: Graph) -> None:
    """What grew by so much in half a year and by so much in five years did not change by that."""
    found = diplograph.ask("By what percentage did trade of China and Russia grow?", graph=graph)
    assert "percent" in found.text
    assert "a change of" not in found.text


@pytest.mark.parametrize(
    "question",
    [
        "What did China pay for the 38 Su-30MK jets ordered in 2001?",
        "What price per barrel did China pay for Russian crude in mid-2000?",
        "How much did the Peace Mission 2005 exercise cost?",
    ],
)
def test_a_price_that_nobody_tells_is_not_on_record(graph: Graph, question: str) -> None:
    """What is known of the rest is shown beside it."""
    found = diplograph.ask(question, graph=graph)
    assert found.absence is not None, found.text
    assert found.absence.reason is AbsenceReason.NO_RECORD
    assert found.text.startswith("Nothing on record: No price")
    assert found.also


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("What did the Su-27 accord of July 2000 cost?", "1.4 billion"),
        ("What would two more Sovremenny destroyers cost?", "1 billion"),
    ],
)
def test_a_price_that_somebody_tells_is_told(graph: Graph, question: str, told: str) -> None:
    assert told in diplograph.ask(question, graph=graph).text


def test_no_price_is_missing_of_what_nobody_knows(graph: Graph) -> None:
    """That nothing tells the price says nothing where nothing tells of the thing either."""
    found = diplograph.ask("What did China pay for the beekeepers' hats in 2001?", graph=graph)
    assert found.refused is not None


def test_what_has_all_of_a_question_and_lies_near_it_answers(graph: Graph) -> None:
    fact = _fact(graph, "yb:education-accord-signed")
    near = _outcome(
        graph, "What was signed?", (fact,), confidence=0.75, alike=0.7, itself=True, named=True
    )
    assert meets_it_all(near)
    for worse in ({"missing": ("word",)}, {"alike": 0.5}, {"itself": False}, {"confidence": 0.6}):
        assert not meets_it_all(replace(near, **worse))  # type: ignore[arg-type]


def test_what_has_little_of_a_question_and_lies_far_from_it_does_not(graph: Graph) -> None:
    fact = _fact(graph, "yb:education-accord-signed")
    far = _outcome(graph, "What was signed?", (fact,), confidence=0.65, alike=0.3)
    assert lies_far(far)
    assert not lies_far(replace(far, alike=0.0))  # of imported facts it is not known
    assert not lies_far(replace(far, alike=0.6))
    assert not lies_far(replace(far, confidence=0.8))
    assert lies_far(replace(far, confidence=0.8, alike=0.2))  # hardly anything in common
    assert not lies_far(replace(far, confidence=0.9, alike=0.2))


@pytest.mark.parametrize(
    "question",
    [
        "Who was the defense minister of Mongolia in 2000?",
        "When did Li Peng sit down with Putin during his September 2000 visit to Russia?",
    ],
)
def test_what_only_shares_names_is_no_answer(graph: Graph, question: str) -> None:
    found = diplograph.ask(question, graph=graph)
    assert found.refused is not None or found.absence is not None
