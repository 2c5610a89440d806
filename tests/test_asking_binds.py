"""Questions in English: everything that a question names binds the answer, or it is refused."""

from __future__ import annotations

import pytest

import diplograph
from diplograph.errors import DateError
from diplograph.model import AbsenceReason
from diplograph.store import Graph, open_graph


@pytest.fixture(scope="module")
def graph() -> Graph:
    """The shipped graph."""
    return open_graph()


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("When did Li Peng visit Russia?", "11–19 September 2000"),
        ("When did Jiang Zemin visit Moscow?", "expects Jiang Zemin to visit Russia in 2001"),
        ("Did Putin visit Japan in 2000?", "Yes. "),
        ("When was the strategic partnership between China and Russia announced?", "1996."),
        ("When was the friendship treaty due to be signed?", "Signature of the friendship treaty"),
        ("When did the 2001 treaty enter into force?", "No source gives the date of the entry"),
        ("When did the friendship treaty of 2001 enter into force?", "No source gives the date"),
        ("When did China get the IL-78?", "Nothing on record: No delivery of IL-78"),
        ("When did China order the Sovremenny destroyers?", "1996 and 2002. "),
        ("Who signed the 1991 accord?", "China and Soviet Union"),
        ("What was agreed at Putin's July 2000 summit with Jiang Zemin in Beijing?", "Declaration"),
        ("When did Putin's visit to Uzbekistan take place?", "November 1999"),
        ("Which treaty did Russia and China conclude in 1689?", "Treaty of Nerchinsk"),
        ("What did the People's Republic of China sign with Russia in 2004?", "complementary"),
        ("Which Chinese warship called on the Russian Pacific Fleet?", "Zhenghe"),
        ("Which aircraft engines did China order in 2005?", "AL-31FN"),
        ("Which SCO summit did Ahmadinejad attend?", "June 2006"),
        ("Who was Russia's president in July 2000?", "July 2000: Vladimir Putin."),
        ("Which treaty ended the border dispute?", "No treaty on record fits."),
        (
            "By what percentage did Chinese exports to Russia rise in the first half of 2000?",
            "China's exports to Russia grew by 70 percent",
        ),
        ("How many Tor-M1 systems were ordered in 1998?", "20 by figures given as exact; possibly"),
    ],
)
def test_what_is_named_binds(graph: Graph, question: str, told: str) -> None:
    """Names, kinds, dates and stages of the question are those of the answer."""
    assert told in diplograph.ask(question, graph=graph).text


@pytest.mark.parametrize(
    "question",
    [
        "Is there a military alliance between China and Russia?",
        "Are China and Russia allies?",
        "Does China have a defence pact with Russia?",
        "Does the treaty of July 2001 contain security guarantees?",
    ],
)
def test_what_is_denied_is_a_no(graph: Graph, question: str) -> None:
    """A denial of the sources is the answer, whatever was only thought of besides."""
    found = diplograph.ask(question, graph=graph)
    assert found.text.startswith("No")
    assert found.absence is None or found.absence.reason is AbsenceReason.DENIED


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("Who painted the Unity Party delegation that toured China in July 2000?", "painted"),
        ("Which country is the biggest oil supplier of China?", "oil"),
        ("What was the value of Chinese exports to Russia in 2005?", "exports"),
        ("Who makes the Su-30?", "Su-30"),
    ],
)
def test_what_is_not_met_is_named(graph: Graph, question: str, part: str) -> None:
    """Rather than by facts about something near, such a question is refused by its part."""
    found = diplograph.ask(question, graph=graph)
    assert found.refused is not None, found.text
    assert part in found.refused.part


def test_a_founding_that_is_not_told_is_no_meeting(graph: Graph) -> None:
    """The first meeting of a body that is told of is not when it was set up."""
    found = diplograph.ask("When was the SCO Business Council set up?", graph=graph)
    assert found.absence is not None
    assert found.absence.reason is AbsenceReason.NO_RECORD


def test_an_improbable_thing_is_no_yes(graph: Graph) -> None:
    """What a source judges is told as its judgement, not as a yes."""
    found = diplograph.ask("Does Mitchell think the SCO will become an alliance?", graph=graph)
    assert found.text.startswith("According to the sources: ")


def test_a_state_is_read_as_the_one_of_the_time(graph: Graph) -> None:
    """Before Russia existed its predecessor is meant, and that is said; the SCO is left alone."""
    found = diplograph.ask("Which agreement did China and Russia reach in May 1991?", graph=graph)
    assert [a.label for a in found.answers] == ["Border agreement of May 1991"]
    assert "“Russia” was read as Soviet Union, as at that time." in found.notes
    later = diplograph.ask("Which agreement did China and Russia reach in 2004?", graph=graph)
    assert not any("was read as" in note for note in later.notes)


def test_an_office_is_held_by_one_at_a_time(graph: Graph) -> None:
    """Who may have held it by a date that is only about right is told beside who did."""
    found = diplograph.ask("Who was the president of Russia in 2000?", graph=graph)
    assert [a.label for a in found.answers] == ["Vladimir Putin"]
    assert any("Boris Yeltsin is possible" in note for note in found.notes)


def test_dates_in_numerals(graph: Graph) -> None:
    """A date that can be two days is refused with both; one that cannot is read."""
    found = diplograph.ask("Who met in Bangkok on 27/7/2000?", graph=graph)
    assert "Ivanov" in found.text
    with pytest.raises(DateError, match="7 May 2000 or 5 July 2000"):
        diplograph.ask("What happened on 7/5/2000?", graph=graph)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("Which cities did Li Peng visit in September 2000?", "Novosibirsk"),
        ("When did Putin become president?", "No source gives the day on which"),
        ("How did China react to the collapse of the Soviet Union?", "came to China as a shock"),
        ("Which treaty has a term of 20 years?", "Treaty of Good-Neighborliness"),
        ("Where will Peace Mission-Rubezh 2007 be held?", "Central Asia will be the place"),
        ("Whom did Jiang Zemin meet in Dushanbe?", "Vladimir Putin. "),
    ],
)
def test_who_is_asked_about_is_who_is_told_of(graph: Graph, question: str, told: str) -> None:
    """The one that the question names first is the one asked about, and authors are no guests."""
    assert told in diplograph.ask(question, graph=graph).text


def test_a_place_is_not_an_organization_of_its_name(graph: Graph) -> None:
    """What is told of the Shanghai Five is not told of Shanghai."""
    found = diplograph.ask("What did the Russian foreign minister do in Shanghai?", graph=graph)
    assert "Shanghai Five" not in found.text
