"""Names that nothing bears, names that no fact has together, and words that point to nothing."""

from __future__ import annotations

import pytest

import diplograph
from diplograph.model import AbsenceReason

_UNKNOWN = {
    "When was the Harbin Convention on fisheries signed?": "“Harbin Convention”",
    "When did Putin meet Kim Il-sung?": "“Kim Il-sung”",
    "Has Yeltsin met Kim Jong-il?": "“Kim Jong-il”",
    "What did Stalin and Gorbachev agree on?": "“Stalin”",
    "Who built the Three Gorges Dam?": "“Three Gorges Dam”",
    "Is the ABM Treaty older than the Ottawa Treaty?": "“Ottawa Treaty”",
    "What line did the Beijing statement of July 2000 take on the CFE Treaty?": "“CFE Treaty”",
    "What did the Treaty of Aigun give Russia?": "“Treaty of Aigun”",
}
_APART = {
    "What did Larry King say about the Andijan crackdown?": ("Larry King", "Andijan"),
    "Did the European Union take part in the Beijing summit of July 2000?": ("European", "summit"),
}
_POINTS_ELSEWHERE = [
    "Did India join that too?",
    "And was that true of Japan as well?",
    "Does this hold for Mongolia too?",
    "Did Russia and China both veto that as well?",
]
_UNDERSTOOD = [
    "How many of those who fought in Chechnya did Russia hand over to China?",
    "When Uzbekistan joined the Shanghai Five, did India join it too?",
    "Name every single member of the SCO.",
    "As far as the papers go, who are the members of the SCO so far?",
    "Which destroyer was apparently delivered in November 2000?",
    "When was the Nerchinks Treaty signed?",
]


@pytest.mark.parametrize("question", _UNKNOWN)
def test_a_name_that_nothing_bears_is_told_whole(question: str) -> None:
    found = diplograph.ask(question)
    assert found.absence is not None
    assert found.absence.reason is AbsenceReason.UNKNOWN_NAME
    assert _UNKNOWN[question] in found.text


@pytest.mark.parametrize("question", _APART)
def test_two_names_that_no_fact_has_together_are_not_on_record(question: str) -> None:
    found = diplograph.ask(question)
    assert found.absence is not None
    assert found.absence.reason is AbsenceReason.NO_RECORD
    assert "together" in found.text
    for name, fact in zip(_APART[question], found.also, strict=True):
        assert name in fact.statement


@pytest.mark.parametrize(
    "question",
    [
        "Does Larry King live in Moscow or in Beijing?",
        "What did Li Peng do while Larry King interviewed Putin?",
        "When was the Pipeline Dream Closed For Good?",
    ],
)
def test_it_is_not_said_lightly_that_nothing_is_told(question: str) -> None:
    assert "together is on record" not in diplograph.ask(question).text
    assert "Unknown name" not in diplograph.ask(question).text


@pytest.mark.parametrize("question", _POINTS_ELSEWHERE)
def test_what_follows_up_on_another_question_is_refused(question: str) -> None:
    refused = diplograph.ask(question).refused
    assert refused is not None
    assert "points to an earlier question" in refused.detail


@pytest.mark.parametrize("question", _UNDERSTOOD)
def test_framing_words_and_those_who_are_no_reason_to_refuse(question: str) -> None:
    found = diplograph.ask(question)
    assert found.refused is None
    assert found.absence is None or found.absence.reason is AbsenceReason.DENIED
