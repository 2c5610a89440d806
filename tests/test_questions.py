"""The competency questions: each gives its expected rows, in one short query."""

from __future__ import annotations

import pytest

from diplograph.questions import CompetencyQuestion, competency_questions

QUESTIONS = competency_questions()


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.name)
def test_expected_rows(shipped, question: CompetencyQuestion) -> None:
    """The shipped graph gives exactly the rows that the question expects, in their order."""
    assert question.rows(shipped) == question.expected


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.name)
def test_questions_are_explained_and_short(question: CompetencyQuestion) -> None:
    """A question says what and why, expects rows, and needs at most eight lines of SPARQL."""
    assert question.question.endswith("?")
    assert len(question.why) > 20
    assert question.expected
    assert len(question.sparql.strip().splitlines()) <= 8


def test_the_hard_cases_are_all_asked() -> None:
    """The cases that the model was made for stay asked for."""
    assert {q.name for q in QUESTIONS} >= {
        "friendship-treaty-stages", "friendship-treaty-as-of", "kovykta-initialled", "su-27-accord-reported",
        "sipri-iiss-rows", "beijing-summit-dates", "fleet-rumour-tellers", "shanghai-names", "uzbekistan-joins",
        "complementary-agreement", "trade-2006-by-source", "conflated-company", "su-30-numbers", "no-peace-treaty",
    }  # fmt: skip
